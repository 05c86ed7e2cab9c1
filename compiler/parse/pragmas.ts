/**
 * The pragmas that the preprocessor hands on: their words, read by hand.
 *
 * A pragma arrives as a token of its kind, its tokens, and an end. Its words are no C: they are read here from the
 * token table, while attributes and expressions within it are the grammar's. A malformed pragma is warned of and
 * means nothing, as in clang; each function leaves the position behind the end of the pragma, or where the grammar
 * has to go on.
 */
import type * as Syntax from "../ast/syntax.ts";
import { TokenKind, isName } from "../source/token.ts";
import { none } from "./build.ts";
import type { Reporter } from "./report.ts";
import type { TokenSource } from "./token-source.ts";

/** Reads the words of one pragma. */
class Words {
  private readonly s: TokenSource;
  private readonly report: Reporter;

  constructor(s: TokenSource, report: Reporter) {
    this.s = s;
    this.report = report;
  }

  /** Takes a token of this kind if it is next. */
  take(kind: number): boolean {
    if (this.s.kind() !== kind) return false;
    this.s.advance();
    return true;
  }

  atWord(): boolean {
    return isName(this.s.kind());
  }

  /** Takes an identifier or keyword, if one is next, and it is one of `wanted` where there are some. */
  word(...wanted: readonly string[]): string | undefined {
    if (!this.atWord()) return undefined;
    if (wanted.length > 0 && !wanted.includes(this.report.spelling(this.s.position))) return undefined;
    return this.text();
  }

  /** Takes a number, if one is next. */
  number(): number | undefined {
    return this.s.kind() === TokenKind.IntegerConstant ? Number(this.text().replace(/[uUlL]+$/, "")) : undefined;
  }

  /** Warns that the pragma is ignored. */
  ignore(pragma: string, reason: string): undefined {
    this.say(`${reason} in '#pragma ${pragma}' - ignored`);
    return undefined;
  }

  /** The same for want of a parenthesis. */
  miss(pragma: string, what: "(" | ")"): undefined {
    this.say(`missing '${what}' after '#pragma ${pragma}' - ignoring`);
    return undefined;
  }

  say(message: string): void {
    this.report.diagnostics.warning("ignored-pragmas", this.s.loc(), message);
  }

  /** Leaves the pragma; tokens that are left over are warned of, and answered with false. */
  end(pragma: string): boolean {
    const clean = this.s.kind() === TokenKind.PragmaEnd;
    if (!clean) this.say(`extra tokens at end of '#pragma ${pragma}' - ignored`);
    this.s.skipPragma();
    return clean;
  }

  private text(): string {
    const text = this.report.spelling(this.s.position);
    this.s.advance();
    return text;
  }
}

/** The declaration pragma whose token was consumed last; undefined if it is malformed. */
export function pragmaDeclaration(s: TokenSource, report: Reporter): Syntax.Pragma | undefined {
  const words = new Words(s, report);
  const kind = s.kind(-1);
  let pragma: Syntax.Pragma | undefined;
  let name = "weak";
  if (kind === TokenKind.PragmaPack) {
    name = report.spelling(s.position - 1);
    pragma = name === "pack" ? pack(words)
      : name === "ms_struct" ? msStruct(words, report, s) : alignment(words, name, report, s);
  } else if (kind === TokenKind.PragmaVisibility) {
    name = "visibility";
    pragma = visibility(words);
  } else if (kind === TokenKind.PragmaRedefineExtname) {
    name = "redefine_extname";
    const from = words.word();
    const to = words.word();
    if (from !== undefined && to !== undefined) pragma = { kind: "redefineName", name: from, symbol: to };
    else words.ignore(name, "expected identifier");
  } else {
    const loc = s.loc();
    const symbol = words.word();
    const isAlias = words.take(TokenKind.Equal);
    const target = isAlias ? words.word() : undefined;
    if (symbol === undefined || (isAlias && target === undefined)) words.ignore(name, "expected identifier");
    else pragma = { kind: "weak", name: symbol, target, loc };
  }
  if (pragma === undefined) s.skipPragma();
  else if (!words.end(name)) pragma = undefined;
  return pragma;
}

// pack: '(' ( number | 'show' | ( 'push' | 'pop' ) ( ',' label )? ( ',' number )? )? ')'
function pack(words: Words): Syntax.Pragma | undefined {
  if (!words.take(TokenKind.LeftParen)) return words.miss("pack", "(");
  let action: "set" | "push" | "pop" | "show" = "set";
  let label: string | undefined;
  let value = words.number();
  if (value === undefined) {
    const word = words.word("show", "push", "pop");
    if (word === "show") action = word;
    else if (word === "push" || word === "pop") {
      action = word;
      while (words.take(TokenKind.Comma)) {
        const number = words.number();
        if (number !== undefined) {
          value = number;
          continue;
        }
        label = words.word();
        if (label === undefined) return words.ignore("pack", "expected integer or identifier");
      }
    } else if (words.atWord()) {
      words.say("unknown action for '#pragma pack' - ignored");
      return undefined;
    }
  }
  if (!words.take(TokenKind.RightParen)) return words.miss("pack", ")");
  return { kind: "pack", action, label, value };
}

// options: 'align' '=' word        align: '=' word
function alignment(words: Words, name: string, report: Reporter, s: TokenSource): Syntax.Pragma | undefined {
  if (name === "options" && words.word("align") === undefined) {
    words.say("expected 'align' following '#pragma options' - ignored");
    return undefined;
  }
  const pragma = name === "options" ? "options align" : "align";
  if (!words.take(TokenKind.Equal)) {
    words.say(`expected '=' following '#pragma ${pragma}' - ignored`);
    return undefined;
  }
  const loc = s.loc();
  const to = words.word("native", "natural", "power", "packed", "reset", "mac68k");
  if (to === "packed" || to === "reset") return { kind: "align", to };
  if (to === "mac68k") report.error(loc, "mac68k alignment pragma is not supported on this target");
  else if (to !== undefined) return { kind: "align", to: "natural" };
  else if (words.atWord()) words.say(`invalid alignment option in '#pragma ${pragma}' - ignored`);
  else words.ignore(pragma, "expected identifier");
  return undefined;
}

// ms_struct: 'on' | 'off' | 'reset'
function msStruct(words: Words, report: Reporter, s: TokenSource): undefined {
  const loc = s.loc();
  const word = words.word("on", "off", "reset");
  if (word === "on") {
    report.error(loc, "'#pragma ms_struct on' is not supported: bit-fields are laid out as GCC and clang do for BPF");
  } else if (word === undefined) words.say("incorrect use of '#pragma ms_struct on|off' - ignored");
}

// visibility: 'push' '(' word ')' | 'pop'
function visibility(words: Words): Syntax.Pragma | undefined {
  const action = words.word("push", "pop");
  if (action === "pop") return { kind: "visibility", value: undefined };
  if (action === undefined) return words.ignore("visibility", "expected identifier");
  if (!words.take(TokenKind.LeftParen)) return words.miss("visibility", "(");
  const value = words.word();
  if (value === undefined) return words.ignore("visibility", "expected identifier");
  if (!words.take(TokenKind.RightParen)) return words.miss("visibility", ")");
  return { kind: "visibility", value };
}

/** What stands before the attributes of `#pragma clang attribute`. */
export interface AttributeHead {
  readonly action: "push" | "add" | "pop" | "malformed";
  readonly namespace: string | undefined;
}

/** Reads up to the attributes: `( namespace . )? ( push | pop )? '('`. */
export function readAttributeHead(s: TokenSource, report: Reporter): AttributeHead {
  const words = new Words(s, report);
  let word = words.word();
  let namespace: string | undefined;
  if (word !== undefined && words.take(TokenKind.Dot)) {
    namespace = word;
    word = words.word();
  }
  if (word === "pop") return { action: "pop", namespace };
  if (word !== undefined && word !== "push") {
    report.error(s.loc(), `unexpected argument '${word}' to '#pragma clang attribute'; expected 'push' or 'pop'`);
    s.skipPragma();
    return { action: "malformed", namespace };
  }
  if (word === "push" && s.kind() === TokenKind.PragmaEnd) return { action: "push", namespace };
  if (!words.take(TokenKind.LeftParen)) {
    report.error(s.loc(), "expected '(' in '#pragma clang attribute'");
    s.skipPragma();
    return { action: "malformed", namespace };
  }
  return { action: word === "push" ? "push" : "add", namespace };
}

/** Reads what follows the attributes: `',' apply_to '=' subjects ')'`. */
export function readAttributeSubjects(
  s: TokenSource,
  report: Reporter,
  head: AttributeHead,
  attributes: readonly Syntax.Attribute[],
): Syntax.Pragma | undefined {
  const { action, namespace } = head;
  if (action === "malformed") return undefined;
  const words = new Words(s, report);
  const name = "clang attribute";
  if (action === "pop") {
    words.end(name);
    return { kind: "attributePop", namespace };
  }
  if (attributes.length === 0) {
    if (action === "push" && s.kind() === TokenKind.PragmaEnd) {
      words.end(name);
      return { kind: "attributePush", namespace, attributes, subjects: none };
    }
    report.error(s.loc(), "expected an attribute in '#pragma clang attribute'");
    s.skipPragma();
    return undefined;
  }
  const subjects: Syntax.AttributeSubject[] = [];
  const wellFormed = words.take(TokenKind.Comma) && words.word() === "apply_to" && words.take(TokenKind.Equal) &&
    readSubjects(s, words, subjects) && words.take(TokenKind.RightParen);
  if (!wellFormed) {
    report.error(s.loc(), "expected ', apply_to = any(...)' with subject rules in '#pragma clang attribute'");
    s.skipPragma();
    return undefined;
  }
  words.end(name);
  return { kind: action === "push" ? "attributePush" : "attributeAdd", namespace, attributes, subjects };
}

// subjects: 'any' '(' subject ( ',' subject )* ')' | subject
function readSubjects(s: TokenSource, words: Words, subjects: Syntax.AttributeSubject[]): boolean {
  const loc = s.loc();
  const rule = words.word();
  if (rule === undefined) return false;
  if (rule !== "any") return readSubject(rule, loc, words, subjects);
  if (!words.take(TokenKind.LeftParen)) return false;
  do {
    const at = s.loc();
    const one = words.word();
    if (one === undefined || !readSubject(one, at, words, subjects)) return false;
  } while (words.take(TokenKind.Comma));
  return words.take(TokenKind.RightParen);
}

// subject: rule ( '(' ( condition | 'unless' '(' condition ')' ) ')' )?
function readSubject(rule: string, loc: number, words: Words, subjects: Syntax.AttributeSubject[]): boolean {
  let argument: string | undefined;
  let negated = false;
  if (words.take(TokenKind.LeftParen)) {
    argument = words.word();
    if (argument === "unless") {
      negated = true;
      if (!words.take(TokenKind.LeftParen)) return false;
      argument = words.word();
      if (!words.take(TokenKind.RightParen)) return false;
    }
    if (argument === undefined || !words.take(TokenKind.RightParen)) return false;
  }
  subjects.push({ rule, argument, negated, loc });
  return true;
}

/** Options of `#pragma clang loop` that ask for transformations which tbcc has not. */
const otherLoopOptions = new Set([
  "vectorize", "vectorize_width", "vectorize_predicate", "interleave", "interleave_count", "distribute", "pipeline",
  "pipeline_initiation_interval",
]);

/**
 * Reads the words of a loop pragma up to the next value that is an expression (`value` is true: the grammar reads it,
 * then `endOfHint`), or to behind its end (`value` is false). `hints` are those that the words gave by themselves.
 */
export function nextHint(
  s: TokenSource,
  report: Reporter,
  loc: number,
): { readonly value: boolean; readonly hints: readonly Syntax.LoopHint[] } {
  const words = new Words(s, report);
  const hints: Syntax.LoopHint[] = [];
  const begun = s.kind(-1);
  if (begun === TokenKind.PragmaEnd) return { value: false, hints };
  if (begun === TokenKind.PragmaNounroll) {
    words.end("nounroll");
    return { value: false, hints: [{ unroll: "disable", loc }] };
  }
  if (begun === TokenKind.PragmaUnroll) {
    if (s.kind() !== TokenKind.PragmaEnd) return { value: true, hints };
    s.skipPragma();
    return { value: false, hints: [{ unroll: "enable", loc }] };
  }
  for (;;) {
    if (words.take(TokenKind.PragmaEnd)) return { value: false, hints };
    const at = s.loc();
    const option = words.word();
    if (option === undefined || !words.take(TokenKind.LeftParen)) {
      report.error(at, "expected an option such as unroll(full) in '#pragma clang loop'");
      s.skipPragma();
      return { value: false, hints };
    }
    if (option === "unroll_count") return { value: true, hints };
    if (option === "unroll") {
      const argument = words.word();
      if (argument !== "enable" && argument !== "disable" && argument !== "full") {
        report.error(s.loc(), "invalid argument; expected 'enable', 'full' or 'disable'");
        s.skipPragma();
        return { value: false, hints };
      }
      hints.push({ unroll: argument, loc: at });
      words.take(TokenKind.RightParen);
    } else if (otherLoopOptions.has(option)) {
      s.moveTo(s.behindGroup(s.position - 1));
    } else {
      report.error(at, `invalid option '${option}' in '#pragma clang loop'`);
      s.skipPragma();
      return { value: false, hints };
    }
  }
}

/** Behind the expression of a hint: leaves its parenthesis, or a pragma that has no more. */
export function endOfHint(s: TokenSource, report: Reporter): void {
  const words = new Words(s, report);
  words.take(TokenKind.RightParen);
  if (s.kind() === TokenKind.PragmaEnd) s.skipPragma();
}
