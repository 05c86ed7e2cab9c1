/**
 * Pragmas (C 6.10.6), from a line or from _Pragma.
 *
 * Those about preprocessing and diagnostics act here. Those that the parser must see go into the token table, macros in
 * them expanded, between a token of their own kind and PragmaEnd. For -E all of them are kept as text instead, but for
 * those that only the preprocessor needs. What nobody knows is a warning and nothing else.
 */
import { type Loc, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, Tokens, isName, isStringLiteral } from "../source/token.ts";
import type { Severity } from "../source/warning-state.ts";
import { poison } from "./define.ts";
import { fileEvent } from "./include.ts";
import type { State } from "./state.ts";

/** Pragmas for the parser, by their first names. */
const parserPragmas: Readonly<Record<string, number>> = {
  "pack": TokenKind.PragmaPack,
  "options": TokenKind.PragmaPack,
  "align": TokenKind.PragmaPack,
  "ms_struct": TokenKind.PragmaPack,
  "clang attribute": TokenKind.PragmaAttribute,
  "clang loop": TokenKind.PragmaLoop,
  "unroll": TokenKind.PragmaUnroll,
  "GCC unroll": TokenKind.PragmaUnroll,
  "nounroll": TokenKind.PragmaNounroll,
  "weak": TokenKind.PragmaWeak,
  "redefine_extname": TokenKind.PragmaRedefineExtname,
  "GCC visibility": TokenKind.PragmaVisibility,
  "clang section": TokenKind.PragmaSection,
  "clang optimize": TokenKind.PragmaOptimize,
};

/** Pragmas without effect on BPF code, taken in silence as clang takes them. */
const silentPragmas: ReadonlySet<string> = new Set([
  "STDC FP_CONTRACT", "STDC CX_LIMITED_RANGE", "STDC FENV_ACCESS", "STDC FENV_ROUND", "clang fp",
  "clang arc_cf_code_audited", "clang assume_nonnull", "clang deprecated", "clang restrict_expansion", "clang final",
  "clang debug", "GCC dependency",
  "clang dependency", "region", "endregion", "mark", "unused", "float_control",
]);

/** A pragma's tokens, read word by word. */
class Words {
  readonly tokens: Tokens;
  private readonly state: State;
  private readonly end: Loc;
  row = 0;

  constructor(state: State, tokens: Tokens, end: Loc) {
    this.state = state;
    this.tokens = tokens;
    this.end = end;
  }

  get loc(): Loc {
    return this.row < this.tokens.count ? (this.tokens.loc[this.row] as number) : this.end;
  }

  get kind(): number {
    return this.row < this.tokens.count ? (this.tokens.kind[this.row] as number) : TokenKind.EndOfDirective;
  }

  /** The name at the current row, "" when it is none. */
  get name(): string {
    return isName(this.kind) ? this.state.interner.text(this.tokens.text[this.row] as number) : "";
  }

  take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.row++;
    return true;
  }

  /** Adjacent string literals joined, without quotes; undefined when none stands here. */
  string(): string | undefined {
    if (!isStringLiteral(this.kind)) return undefined;
    let text = "";
    while (isStringLiteral(this.kind)) {
      const spelling = this.state.interner.text(this.tokens.text[this.row] as number);
      text += spelling.slice(spelling.indexOf('"') + 1, -1).replace(/\\([\\"])/g, "$1");
      this.row++;
    }
    return text;
  }
}

/**
 * Does the pragma whose tokens are all of `line`. `loc` is of its `#` or `_Pragma`, `end` of its end; what the parser
 * must see goes to `out`.
 */
export function runPragma(state: State, line: Tokens, loc: Loc, end: Loc, out: Tokens): void {
  const words = new Words(state, line, end);
  const first = words.name;
  words.row = 1;
  const space = first === "GCC" || first === "clang" || first === "STDC" ? first : "";
  const name = space === "" ? first : `${space} ${words.name}`;
  if (space !== "") words.row = 2;
  const kept = act(state, words, name, out);
  if (kept && state.options.text) {
    out.push(TokenKind.PragmaText, loc, 0, 0);
    out.append(line, 0, line.count);
    out.push(TokenKind.PragmaEnd, end, 0, 0);
  }
}

/** Acts, and tells whether -E shows the pragma. */
function act(state: State, words: Words, name: string, out: Tokens): boolean {
  const { diagnostics, options } = state;
  const at = words.tokens.count > 0 ? (words.tokens.loc[0] as number) : words.loc;
  switch (name) {
    case "once":
      once(state, words, at);
      return false;
    case "push_macro":
    case "pop_macro":
      savedMacro(state, words, name);
      return false;
    case "GCC poison":
      poisonNames(state, words);
      return false;
    case "GCC system_header":
    case "clang system_header":
      systemHeader(state, words);
      return false;
    case "GCC diagnostic":
    case "clang diagnostic":
      return diagnosticState(state, words);
    case "message":
    case "GCC warning":
    case "GCC error":
      message(state, words, name, at, out);
      return false;
    default: {
      const kind = parserPragmas[name];
      if (options.text) return !["region", "endregion", "mark", "GCC dependency", "clang deprecated", "clang final",
        "clang restrict_expansion", "clang debug"].includes(name);
      if (kind === undefined) {
        if (!silentPragmas.has(name)) diagnostics.warning("unknown-pragmas", at, "unknown pragma ignored");
        return false;
      }
      out.push(kind, at, words.tokens.text[0] as number, 0);
      state.expander.expandRows(words.tokens, words.row, words.tokens.count, out, false);
      out.push(TokenKind.PragmaEnd, words.tokens.loc[words.tokens.count - 1] as number, 0, 0);
      return false;
    }
  }
}

function once(state: State, words: Words, at: Loc): void {
  const file = state.files[state.files.length - 1];
  if (file === undefined) return;
  if (file.file.name === state.mainName && state.files.length === 1) {
    state.diagnostics.warning("pragma-once-outside-header", at, "#pragma once in main file");
    return;
  }
  file.header.identity.once = true;
  extra(state, words, "once");
}

function extra(state: State, words: Words, name: string): void {
  if (words.row < words.tokens.count) {
    state.diagnostics.warning("extra-tokens", words.loc, `extra tokens at end of #pragma ${name} directive`);
  }
}

/** push_macro("name"), pop_macro("name") */
function savedMacro(state: State, words: Words, name: string): void {
  const { diagnostics, interner, macros, pushed } = state;
  const open = words.take(TokenKind.LeftParen);
  const text = open ? words.string() : undefined;
  if (text === undefined || !words.take(TokenKind.RightParen)) {
    diagnostics.error(words.loc, `pragma ${name} requires a parenthesized string`);
    return;
  }
  const symbol = interner.intern(text);
  const stack = pushed.get(symbol) ?? [];
  if (name === "push_macro") {
    stack.push(macros.get(symbol));
    pushed.set(symbol, stack);
  } else if (stack.length === 0) {
    diagnostics.warning("ignored-pragmas", words.loc,
      `pragma pop_macro could not pop '${text}', no matching push_macro`);
  } else {
    const macro = stack.pop();
    macros.set(symbol, macro);
  }
}

function poisonNames(state: State, words: Words): void {
  while (words.row < words.tokens.count) {
    if (words.name === "") {
      state.diagnostics.error(words.loc, "can only poison identifier tokens");
      return;
    }
    poison(state, words.tokens.text[words.row] as number, words.loc);
    words.row++;
  }
}

function systemHeader(state: State, words: Words): void {
  const file = state.files[state.files.length - 1];
  if (file === undefined) return;
  if (state.files.length === 1) {
    state.diagnostics.warning("pragma-system-header-outside-header", words.tokens.loc[words.row - 1] as number,
      "#pragma system_header ignored in main file");
    return;
  }
  file.file.systemFrom = Math.min(file.file.systemFrom, file.lexer.pos);
  if (file.systemFlags === "") file.systemFlags = " 3";
  fileEvent(state, "system", file, file.lexer.loc, noLoc);
}

/** diagnostic push | pop | (ignored | warning | error | fatal) "-Wname". False when it is malformed. */
function diagnosticState(state: State, words: Words): boolean {
  const { diagnostics } = state;
  const extension = (place: Loc, text: string): void => {
    diagnostics.warningByDefault("unknown-pragmas", place, text);
  };
  const what = words.name;
  const { loc } = words;
  words.row++;
  switch (what) {
    case "push":
      diagnostics.state.push();
      break;
    case "pop":
      if (!diagnostics.state.pop(loc)) {
        extension(words.loc, "pragma diagnostic pop could not pop, no matching push");
      }
      break;
    case "ignored":
    case "warning":
    case "error":
    case "fatal": {
      const place = words.loc;
      const flag = words.string();
      if (flag === undefined && words.kind === TokenKind.EndOfDirective) {
        diagnostics.error(place, "expected string literal in pragma diagnostic");
        return false;
      }
      if (flag === undefined || !flag.startsWith("-W")) {
        extension(place, flag === undefined
          ? "unexpected token in pragma diagnostic"
          : "pragma diagnostic expected option name (e.g. \"-Wundef\")");
        return false;
      }
      const severity: Severity = what;
      if (!diagnostics.state.set(loc, flag.slice(2), severity)) {
        diagnostics.warning("unknown-warning-option", place, `unknown warning group '${flag}', ignored`);
        return false;
      }
      break;
    }
    default:
      extension(words.loc, "pragma diagnostic expected 'error', 'warning', 'ignored', 'fatal', 'push', or 'pop'");
      return false;
  }
  if (words.row < words.tokens.count) {
    extension(words.loc, "unexpected token in pragma diagnostic");
    return false;
  }
  return true;
}

/** message("text"), GCC warning "text", GCC error "text"; macros are expanded in them. */
function message(state: State, written: Words, name: string, at: Loc, out: Tokens): void {
  const { diagnostics } = state;
  const expanded = new Tokens();
  state.expander.expandRows(written.tokens, written.row, written.tokens.count, expanded, false);
  const words = new Words(state, expanded, at);
  const open = words.take(TokenKind.LeftParen);
  const text = words.string();
  if (text === undefined || (open && !words.take(TokenKind.RightParen))) {
    const pragma = name === "message" ? "message" : name.slice(4);
    if (open && text === undefined) diagnostics.error(words.loc, `expected string literal in pragma ${pragma}`);
    else diagnostics.error(at, `pragma ${pragma} requires parenthesized string`);
    return;
  }
  const place = name === "message" ? at : (written.tokens.loc[1] as number);
  if (name === "GCC error") diagnostics.error(place, text);
  else diagnostics.warning("#pragma-messages", place, text);
  if (!state.options.text) return;
  // -E shows the message as one string.
  const { interner } = state;
  const quoted = `"${text.replace(/[\\"]/g, "\\$&")}"`;
  out.push(TokenKind.PragmaText, at, 0, 0);
  for (const word of name === "message" ? [`message(${quoted})`] : [...name.split(" "), quoted]) {
    out.push(TokenKind.Unknown, at, interner.intern(word), TokenFlag.LeadingSpace);
  }
  out.push(TokenKind.PragmaEnd, at, 0, 0);
}
