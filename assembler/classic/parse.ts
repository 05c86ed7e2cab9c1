/**
 * bpf_asm's text -> a classic program.
 *
 *   program     = { { label ":" } instruction }
 *   instruction = mnemonic operands            operands by mnemonic, below
 *
 * The grammar is that of tools/bpf/bpf_exp.y, and a little more where that costs no meaning: `[x+8]` without blanks,
 * labels of one letter, several labels at one place, `#` comments behind an instruction. Labels are resolved at the
 * end: all jumps lead forward, a conditional one over at most 255 instructions. After an error reading goes on at the
 * next line.
 */

import type { ClassicInstruction, Operation } from "./instruction.ts";
import { aluNames, codeOf, extensionOffset } from "./instruction.ts";
import type { ClassicPlaces, ClassicProblem, ClassicReading } from "./reading.ts";
import type { ClassicToken } from "./scan.ts";
import { describeClassicToken, extensionNamed, scanToken } from "./scan.ts";

/** An instruction whose jumps still are labels. */
interface Draft {
  readonly code: number;
  readonly k: number;
  readonly jt: ClassicToken | undefined;
  readonly jf: ClassicToken | undefined;
  /** The target of an unconditional jump. */
  readonly to: ClassicToken | undefined;
  readonly places: ClassicPlaces;
}

interface Reader {
  readonly text: string;
  token: ClassicToken;
  readonly drafts: Draft[];
  readonly labels: Map<string, number>;
  readonly problems: ClassicProblem[];
}

/** Thrown and caught in this file only. */
class Failure {
  readonly problem: ClassicProblem;
  constructor(position: number, message: string) {
    this.problem = { position, message };
  }
}

/** Problems beyond this number are not looked for: they have one cause. */
const mostProblems = 1000;

/** Reads a text; what the kernel thinks of the program is check.ts's. */
export function parseClassic(text: string): ClassicReading {
  const reader: Reader = { text, token: scanToken(text, 0, true), drafts: [], labels: new Map(), problems: [] };
  while (reader.token.kind !== "end" && reader.problems.length < mostProblems) {
    const start = reader.token.position;
    try {
      statement(reader);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      reader.problems.push(error.problem);
      // To the next line, where in every text that is not meant to puzzle the next statement begins.
      const newline = text.indexOf("\n", start);
      reader.token = scanToken(text, newline < 0 ? text.length : newline, true);
    }
  }
  const { drafts, problems } = reader;
  if (drafts.length === 0 && problems.length === 0) problems.push({ position: text.length, message: "there is no instruction" });
  for (const [name, index] of reader.labels) {
    if (index === drafts.length && problems.length === 0) {
      problems.push({ position: text.length, message: `there is no instruction behind the label "${name}"` });
    }
  }
  const program = drafts.map((draft, index) => resolve(reader, draft, index));
  return { text, program, places: drafts.map(({ places }) => places), problems };
}

// Tokens

/** Goes on behind the current token. */
function advance(reader: Reader, atStatement = false): ClassicToken {
  const { token } = reader;
  reader.token = scanToken(reader.text, token.end, atStatement);
  return token;
}

/** Looks at the current place again: what stands there may be the next statement. */
function endOfOperands(reader: Reader, last: ClassicToken): void {
  reader.token = scanToken(reader.text, last.end, true);
}

function isPunct(reader: Reader, text: string): boolean {
  return reader.token.kind === "punct" && reader.token.text === text;
}

/** Is it this word, whatever its case? */
function isWord(reader: Reader, name: string): boolean {
  return reader.token.kind === "word" && reader.token.text.toLowerCase() === name;
}

function expected(reader: Reader, what: string): Failure {
  const { token } = reader;
  if (token.kind === "bad") return new Failure(token.position, token.text);
  return new Failure(token.position, `expected ${what}, saw ${describeClassicToken(token)}`);
}

function expectPunct(reader: Reader, text: string): ClassicToken {
  if (!isPunct(reader, text)) throw expected(reader, `"${text}"`);
  return advance(reader);
}

function expectNumber(reader: Reader): ClassicToken {
  if (reader.token.kind !== "number") throw expected(reader, "a number");
  return advance(reader);
}

// Statements

/** statement = label ":" | instruction */
function statement(reader: Reader): void {
  const { token } = reader;
  const name = token.text.toLowerCase();
  const parse = token.kind === "word" ? mnemonics.get(name) : undefined;
  if (parse !== undefined) {
    advance(reader);
    reader.drafts.push(parse(reader, token));
    return;
  }
  if (token.kind !== "word") {
    if (token.kind === "extension" || token.kind === "len") {
      throw new Failure(token.position, `expected an instruction, saw the extension "${token.text}"`);
    }
    throw expected(reader, "an instruction");
  }
  const next = scanToken(reader.text, token.end, true);
  if (next.kind !== "punct" || next.text !== ":") throw new Failure(token.position, `"${token.text}" is no instruction`);
  if (registers.has(name)) throw new Failure(token.position, `"${token.text}" cannot be a label`);
  if (reader.labels.has(token.text)) throw new Failure(token.position, `the label "${token.text}" stands here a second time`);
  reader.labels.set(token.text, reader.drafts.length);
  reader.token = scanToken(reader.text, next.end, true);
}

/** Words that are not free for labels. */
const registers: ReadonlySet<string> = new Set(["a", "x", "m"]);

type Parse = (reader: Reader, mnemonic: ClassicToken) => Draft;

/** An instruction that does not jump, whose k is the token's number, or 0. */
function draft(reader: Reader, mnemonic: ClassicToken, operation: Operation, last: ClassicToken, k?: ClassicToken): Draft {
  endOfOperands(reader, last);
  const { position } = mnemonic;
  return {
    code: codeOf(operation), k: k?.value ?? 0, jt: undefined, jf: undefined, to: undefined,
    places: { code: position, k: k?.position ?? position, jt: position, jf: position },
  };
}

/** Operands in brackets: `[k]` or `[x + k]`; the operation follows from which it is. */
function packet(reader: Reader, mnemonic: ClassicToken, size: 1 | 2 | 4): Draft {
  expectPunct(reader, "[");
  const indirect = register(reader, "x");
  if (indirect) plus(reader);
  const k = expectNumber(reader);
  return draft(reader, mnemonic, { op: "load", size, indirect }, expectPunct(reader, "]"), k);
}

/** The `+` before a number, which the scanner has taken for its sign where they touch. */
function plus(reader: Reader): void {
  const { token } = reader;
  if (token.kind === "number" && token.text.startsWith("+")) {
    reader.token = { ...token, text: token.text.slice(1), position: token.position + 1 };
  } else if (token.kind !== "number" || !token.text.startsWith("-")) {
    expectPunct(reader, "+");
  }
}

/** register = [ "%" ] name; is it there? */
function register(reader: Reader, name: "a" | "x"): boolean {
  const percent = isPunct(reader, "%");
  if (percent) advance(reader);
  if (isWord(reader, name)) {
    advance(reader);
    return true;
  }
  if (percent) throw expected(reader, `"${name}"`);
  return false;
}

/** memory = "M" "[" number "]", the "M" still to come */
function memory(reader: Reader, mnemonic: ClassicToken, operation: Operation): Draft {
  if (!isWord(reader, "m")) throw expected(reader, "\"M[\"");
  advance(reader);
  expectPunct(reader, "[");
  const k = expectNumber(reader);
  return draft(reader, mnemonic, operation, expectPunct(reader, "]"), k);
}

/** literal = "#" number */
function literal(reader: Reader, mnemonic: ClassicToken, operation: Operation): Draft {
  expectPunct(reader, "#");
  const k = expectNumber(reader);
  return draft(reader, mnemonic, operation, k, k);
}

/** ld = "ld" ( "[" ... "]" | extension ), likewise ldh and ldb; ld also: "#" number | "len" | memory */
function load(size: 1 | 2 | 4): Parse {
  return (reader, mnemonic) => {
    const { token } = reader;
    const extension = extensionNamed(token);
    if (extension !== undefined) {
      const k = { ...token, value: extensionOffset(extension) };
      return draft(reader, mnemonic, { op: "load", size, indirect: false }, token, k);
    }
    if (isPunct(reader, "[")) return packet(reader, mnemonic, size);
    if (size !== 4) throw expected(reader, "\"[\" or an extension");
    if (isPunct(reader, "#")) return literal(reader, mnemonic, { op: "immediate", to: "a" });
    if (token.kind === "len") return draft(reader, mnemonic, { op: "length", to: "a" }, token);
    if (isWord(reader, "m")) return memory(reader, mnemonic, { op: "recall", to: "a" });
    throw expected(reader, "\"[\", \"#\", \"M[\" or an extension");
  };
}

/** ldx = "ldx" ( "#" number | "len" | memory | header ); ldxb = "ldxb" header */
function loadX(onlyHeader: boolean): Parse {
  return (reader, mnemonic) => {
    const { token } = reader;
    if (token.kind === "number") return header(reader, mnemonic);
    if (onlyHeader) throw expected(reader, "\"4*([\"");
    if (isPunct(reader, "#")) return literal(reader, mnemonic, { op: "immediate", to: "x" });
    if (token.kind === "len") return draft(reader, mnemonic, { op: "length", to: "x" }, token);
    if (isWord(reader, "m")) return memory(reader, mnemonic, { op: "recall", to: "x" });
    if (token.kind === "extension") {
      throw new Failure(token.position, `the extension "${token.text}" can only be loaded into A`);
    }
    throw expected(reader, "\"#\", \"M[\", \"len\" or \"4*([\"");
  };
}

/** header = "4" "*" "(" "[" number "]" "&" "0xf" ")" */
function header(reader: Reader, mnemonic: ClassicToken): Draft {
  const four = expectNumber(reader);
  if (four.value !== 4) throw new Failure(four.position, `the factor can only be 4`);
  for (const text of ["*", "(", "["]) expectPunct(reader, text);
  const k = expectNumber(reader);
  for (const text of ["]", "&"]) expectPunct(reader, text);
  const mask = expectNumber(reader);
  if (mask.value !== 15) throw new Failure(mask.position, "the mask can only be 0xf");
  return draft(reader, mnemonic, { op: "header" }, expectPunct(reader, ")"), k);
}

/** ldi = "ldi" [ "#" ] number, likewise ldxi */
function loadImmediate(to: "a" | "x"): Parse {
  return (reader, mnemonic) => {
    if (isPunct(reader, "#")) advance(reader);
    const k = expectNumber(reader);
    return draft(reader, mnemonic, { op: "immediate", to }, k, k);
  };
}

/** jmp = ( "jmp" | "ja" ) label */
function jump(reader: Reader, mnemonic: ClassicToken): Draft {
  const to = label(reader);
  return { ...draft(reader, mnemonic, { op: "jump" }, to, to), k: 0, to };
}

/**
 * branch = mnemonic ( "#" number | register ) "," label [ "," label ]
 * One label only where the mnemonic means the opposite.
 */
function branch(condition: "jeq" | "jgt" | "jge" | "jset", opposite: boolean): Parse {
  return (reader, mnemonic) => {
    const first = reader.token;
    const source = register(reader, "x") ? "x" : "k";
    if (source === "k") {
      if (!isPunct(reader, "#")) throw expected(reader, "\"#\" or \"x\"");
      advance(reader);
    }
    const k = source === "k" ? expectNumber(reader) : undefined;
    expectPunct(reader, ",");
    const one = label(reader);
    const made = draft(reader, mnemonic, { op: "branch", condition, source }, one, k);
    let two: ClassicToken | undefined;
    if (isPunct(reader, ",")) {
      if (opposite) throw new Failure(reader.token.position, `"${mnemonic.text}" has one label`);
      advance(reader);
      two = label(reader);
      endOfOperands(reader, two);
    }
    const [jt, jf] = opposite ? [undefined, one] : [one, two];
    const { position } = mnemonic;
    const places = { code: position, k: (k ?? first).position, jt: jt?.position ?? position, jf: jf?.position ?? position };
    return { ...made, jt, jf, places };
  };
}

function label(reader: Reader): ClassicToken {
  const { token } = reader;
  const name = token.text.toLowerCase();
  if (token.kind !== "word") throw expected(reader, "a label");
  if (mnemonics.has(name) || registers.has(name)) throw new Failure(token.position, `"${token.text}" cannot be a label`);
  return advance(reader);
}

/** alu = mnemonic ( "#" number | register ) */
function alu(name: (typeof aluNames)[number]): Parse {
  return (reader, mnemonic) => {
    if (isPunct(reader, "#")) return literal(reader, mnemonic, { op: "alu", alu: name, source: "k" });
    const last = isPunct(reader, "%") ? scanToken(reader.text, reader.token.end, false) : reader.token;
    if (register(reader, "x")) return draft(reader, mnemonic, { op: "alu", alu: name, source: "x" }, last);
    throw expected(reader, "\"#\" or \"x\"");
  };
}

/** ret = "ret" ( "#" number | register ) */
function ret(reader: Reader, mnemonic: ClassicToken): Draft {
  if (isPunct(reader, "#")) return literal(reader, mnemonic, { op: "return", value: "k" });
  if (isPunct(reader, "%")) advance(reader);
  const { token } = reader;
  for (const value of ["a", "x"] as const) {
    if (isWord(reader, value)) return draft(reader, mnemonic, { op: "return", value }, token);
  }
  throw expected(reader, "\"#\", \"a\" or \"x\"");
}

/** An instruction without operands. */
function bare(operation: Operation): Parse {
  return (reader, mnemonic) => draft(reader, mnemonic, operation, mnemonic);
}

const mnemonics: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["ld", load(4)], ["ldh", load(2)], ["ldb", load(1)], ["ldx", loadX(false)], ["ldxb", loadX(true)],
  ["ldi", loadImmediate("a")], ["ldxi", loadImmediate("x")],
  ["st", (reader, mnemonic) => memory(reader, mnemonic, { op: "store", from: "a" })],
  ["stx", (reader, mnemonic) => memory(reader, mnemonic, { op: "store", from: "x" })],
  ["jmp", jump], ["ja", jump],
  ["jeq", branch("jeq", false)], ["jgt", branch("jgt", false)], ["jge", branch("jge", false)], ["jset", branch("jset", false)],
  ["jneq", branch("jeq", true)], ["jne", branch("jeq", true)], ["jle", branch("jgt", true)], ["jlt", branch("jge", true)],
  ...aluNames.map((name): [string, Parse] => [name, alu(name)]),
  ["neg", bare({ op: "neg" })], ["tax", bare({ op: "copy", to: "x" })], ["txa", bare({ op: "copy", to: "a" })], ["ret", ret],
]);

// Labels

function resolve(reader: Reader, { code, k, jt, jf, to }: Draft, index: number): ClassicInstruction {
  const distance = (name: ClassicToken | undefined, most: number): number => {
    if (name === undefined) return 0;
    const target = reader.labels.get(name.text);
    const skipped = (target ?? 0) - index - 1;
    const problem = target === undefined ? `there is no label "${name.text}"`
      : skipped < 0 ? `"${name.text}" lies behind: jumps only lead forward`
        : skipped > most ? `"${name.text}" is ${skipped} instructions away: a condition reaches ${most}, "jmp" any` : undefined;
    if (problem === undefined) return skipped;
    reader.problems.push({ position: name.position, message: problem });
    return 0;
  };
  return { code, jt: distance(jt, 255), jf: distance(jf, 255), k: to === undefined ? k : distance(to, 0xffffffff) };
}
