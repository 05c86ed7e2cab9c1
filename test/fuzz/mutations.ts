/**
 * Mutated sources: a file of the corpus with a few of its tokens dropped, doubled, swapped, replaced, or with tokens of
 * another file spliced in. The same corpus and seed give the same source.
 *
 * Most changes keep the token's class (a name for a name, a number for an odd number, an operator for another) and
 * leave directives alone, since such sources pass the preprocessor and the grammar and reach the stages behind them.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface CorpusFile {
  readonly path: string;
  /** Tokens, each with the white space and comments before it. */
  readonly tokens: readonly Token[];
}

interface Token {
  readonly space: string;
  readonly text: string;
  readonly kind: "name" | "number" | "literal" | "operator";
  /** Stands on a directive's line. */
  readonly directive: boolean;
}

/** A source to compile, under the name of the file that it was made from. */
export interface Mutant {
  readonly path: string;
  readonly text: string;
}

const tokenPattern = new RegExp(
  "((?:\\s|\\\\\\n|//[^\\n]*|/\\*[^]*?\\*/)*)" +
    "([A-Za-z_$][\\w$]*|\\.?\\d(?:[eEpP][+-]|[\\w.])*|\"(?:[^\"\\\\\\n]|\\\\[^])*\"|'(?:[^'\\\\\\n]|\\\\[^])*'" +
    "|\\.\\.\\.|<<=|>>=|->|\\+\\+|--|&&|\\|\\||##|[-+*/%&|^<>=!]=|<<|>>|[^\\s])",
  "gy",
);

function tokenize(text: string): Token[] {
  let directive = false;
  return [...text.matchAll(tokenPattern)].map(([, space = "", word = ""], i) => {
    const newLine = i === 0 || /(^|[^\\])\n/.test(space);
    directive = newLine ? word === "#" : directive;
    return { space, text: word, kind: kindOf(word), directive };
  });
}

function kindOf(word: string): Token["kind"] {
  if (/^[A-Za-z_$]/.test(word)) return "name";
  if (/^\.?\d/.test(word)) return "number";
  return /^["']./.test(word) ? "literal" : "operator";
}

/** C sources and headers under the directories and files that exist, in a fixed order. */
export function readCorpus(roots: readonly string[]): CorpusFile[] {
  const paths = roots.flatMap((root) => {
    const known = statSync(root, { throwIfNoEntry: false });
    if (known === undefined) return [];
    if (known.isFile()) return [root];
    return readdirSync(root, { recursive: true, encoding: "utf8" }).sort().map((name) => join(root, name));
  });
  return paths.filter((path) => /\.[ch]$/.test(path) && statSync(path).isFile() && statSync(path).size < 300_000)
    .map((path) => ({ path, tokens: tokenize(readFileSync(path, "latin1")) }))
    .filter(({ tokens }) => tokens.length > 0);
}

/** Numbers from 0 to below 1 that a seed fixes (the splitmix generator on 32 bits). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 0x100000000;
  };
}

const oddNumbers = [
  "0", "1", "-1", "2", "7", "8", "31", "32", "33", "63", "64", "65", "127", "128", "255", "256", "511", "512", "513", "0x7fff",
  "0x8000", "0xffff", "0x10000", "0x7fffffff", "0x80000000", "0xffffffff", "0x100000000", "0x7fffffffffffffff",
  "0x8000000000000000", "0xffffffffffffffff", "1e9", "1.5", "'a'", "1u", "1ll", "99999999999999999999999",
];
const words = [
  "int", "char", "long", "short", "unsigned", "void", "struct", "union", "enum", "typedef", "static", "extern", "const", "volatile",
  "if", "else", "while", "for", "do", "switch", "case", "default", "return", "break", "continue", "goto", "sizeof", "_Bool",
  "__int128", "_BitInt", "float", "double", "typeof", "__attribute__", "asm", "_Generic", "_Static_assert", "__auto_type", "_Atomic",
  "_Alignas", "inline", "__builtin_memcpy", "__builtin_memset", "__builtin_constant_p", "__builtin_offsetof", "__label__", "_Pragma",
  "__builtin_preserve_access_index", "__builtin_expect", "__builtin_unreachable", "__sync_fetch_and_add", "__VA_ARGS__", "__func__",
];
const operators = [
  "+", "-", "*", "/", "%", "&", "|", "^", "~", "!", "<", ">", "<=", ">=", "==", "!=", "&&", "||", "<<", ">>", "=", "+=", "<<=", "++",
  "--", "->", ".", ",", ";", ":", "?", "(", ")", "[", "]", "{", "}", "...", "#", "##", "\n#", "\\", "\n", "@",
];

/** Words that may stand for one another where a program is to stay right. */
const families: readonly (readonly string[])[] = [
  ["+", "-", "*", "/", "%", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "&&", "||", "<<", ">>", ","],
  ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="],
  ["int", "char", "long", "short", "unsigned", "_Bool", "float", "__int128", "__u8", "__u16", "__u32", "__u64", "__s32", "__s64"],
  ["break", "continue", "return"],
  ["if", "while", "switch"],
  ["struct", "union"],
  ["const", "volatile", "static", "extern", "inline"],
  ["&", "*", "!", "~", "-", "++", "--", "sizeof"],
];

/** Sources that are right more often than those made to be wrong. */
function pickFile(corpus: readonly CorpusFile[], random: () => number): CorpusFile {
  const wrong = random() < 0.2;
  const some = corpus.filter(({ path }) => path.includes("/error/") === wrong);
  const list = some.length > 0 ? some : corpus;
  const file = list[Math.floor(random() * list.length)];
  if (file === undefined) throw new Error("mutate: the corpus is empty");
  return file;
}

/** The mutant of a seed. */
export function mutate(corpus: readonly CorpusFile[], seed: number): Mutant {
  const random = generator(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error("mutate: nothing to pick from");
    return found;
  };
  const file = pickFile(corpus, random);
  const tokens = [...file.tokens];
  const sameKind = (token: Token): string => {
    const family = families.find((words) => words.includes(token.text));
    if (family !== undefined && random() < 0.9) return pick(family);
    switch (token.kind) {
      case "number":
        return pick(oddNumbers);
      case "operator":
        return pick(operators);
      case "name": {
        const other = pick(file.tokens);
        return other.kind === "name" && random() < 0.7 ? other.text : pick(words);
      }
      case "literal":
        return pick(["\"\"", "'\\0'", "\"a\\xffb\"", "L\"w\"", "\"%d\"", "0"]);
    }
  };
  const anyToken = (): Token => {
    const token = pick(pick(corpus).tokens);
    return random() < 0.5 ? token : { ...token, text: pick([...oddNumbers, ...words, ...operators]) };
  };
  // Most mutants have few changes: those get furthest.
  const changes = 1 + Math.floor(-Math.log(1 - random()));
  for (let i = 0; i < changes && tokens.length > 0; i++) {
    let at = below(tokens.length);
    for (let tries = 0; tries < 4 && tokens[at]?.directive === true; tries++) at = below(tokens.length);
    const token = tokens[at];
    if (token === undefined) break;
    // Most changes keep the class.
    switch (below(16)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, token);
        break;
      case 2: {
        const other = random() < 0.5 ? Math.min(at + 1, tokens.length - 1) : below(tokens.length);
        tokens[at] = tokens[other] ?? token;
        tokens[other] = token;
        break;
      }
      case 3:
        tokens[at] = { ...anyToken(), space: token.space };
        break;
      default:
        tokens[at] = { ...token, text: sameKind(token) };
        break;
      case 4: {
        const source = pick(corpus).tokens;
        const from = below(source.length);
        tokens.splice(at, 0, ...source.slice(from, from + 1 + below(40)));
        break;
      }
      case 5: {
        // A stretch dropped, or repeated a few times, or very often.
        const stretch = tokens.slice(at, at + 1 + below(12));
        const often = random();
        if (often < 0.4) tokens.splice(at, stretch.length);
        else for (let n = often < 0.95 ? 1 + below(3) : below(1000); n > 0; n--) tokens.splice(at, 0, ...stretch);
        break;
      }
    }
  }
  const text = tokens.map(({ space, text }) => space + text).join("");
  return { path: file.path, text: `${text}\n` };
}
