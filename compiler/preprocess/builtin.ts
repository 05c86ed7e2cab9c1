/**
 * The macros that the preprocessor computes: __FILE__ and __LINE__ (C 6.10.8), the __has_… questions, _Pragma.
 *
 * The expander calls `runBuiltin` when such a name is its current token; the answer becomes the current token.
 */
import { type Loc, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens, isName, isStringLiteral } from "../source/token.ts";
import { warningStates } from "../source/warning-names.ts";
import { hasAttribute, hasExtension, hasFeature, hasStandardAttribute, plainName } from "./features.ts";
import { findHeader } from "./include.ts";
import { LexMode, Stop } from "./lex-context.ts";
import { Lexer } from "./lexer.ts";
import type { Macro } from "./macro.ts";
import { runPragma } from "./pragma.ts";
import type { State } from "./state.ts";

/**
 * The current token is the macro's name: replaces it by the answer, and returns false so that it is put out; or, for
 * _Pragma, acts and returns true.
 */
export function runBuiltin(state: State, macro: Macro, out: Tokens): boolean {
  const { expander, sources, diagnostics } = state;
  const { loc } = expander;
  switch (macro.builtin) {
    case "__FILE__":
      return answerString(state, presumed(state, loc).file);
    case "__FILE_NAME__": {
      const { file } = presumed(state, loc);
      return answerString(state, file.slice(file.lastIndexOf("/") + 1));
    }
    case "__BASE_FILE__":
      return answerString(state, presumed(state, state.sources.includeStack(loc).pop() ?? loc).file);
    case "__LINE__": {
      const at = sources.expansion(loc);
      return answerNumber(state, presumed(state, state.callEnds.get(at) ?? at).line);
    }
    case "__INCLUDE_LEVEL__":
      return answerNumber(state, sources.includeStack(sources.expansion(loc)).length);
    case "__COUNTER__":
      return answerNumber(state, state.counter++);
    case "__FLT_EVAL_METHOD__":
      return answerNumber(state, 0);
    case "__DATE__":
    case "__TIME__":
    case "__TIMESTAMP__":
      return answerTime(state, macro.builtin);
    case "_Pragma":
      return pragmaOperator(state, out);
    case "__has_include":
    case "__has_include_next":
    case "__has_embed":
      return answerHeader(state, macro.builtin);
    case "__has_warning":
      return answerWarning(state);
    default: {
      const tokens = operand(state, macro.builtin);
      if (tokens === undefined) return answerNumber(state, 0);
      const answer = ask(state, macro.builtin, tokens);
      expander.release(tokens);
      if (typeof answer !== "object") return answerNumber(state, answer);
      diagnostics.error(loc, answer.error);
      return answerNumber(state, 0);
    }
  }
}

function presumed(state: State, loc: Loc): { file: string; line: number } {
  const position = state.sources.position(state.sources.expansion(loc));
  return position ?? { file: state.mainName, line: 1 };
}

function answer(state: State, kind: number, text: string): false {
  const { expander } = state;
  expander.kind = kind;
  expander.text = state.interner.intern(text);
  return false;
}

function answerNumber(state: State, value: number | string): false {
  return answer(state, TokenKind.IntegerConstant, String(value));
}

function answerString(state: State, text: string): false {
  return answer(state, TokenKind.StringLiteral, `"${text.replace(/[\\"]/g, "\\$&")}"`);
}

const days: readonly string[] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months: readonly string[] = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/** Output must not depend on when it is made: the time is what SOURCE_DATE_EPOCH says, or an error. */
function answerTime(state: State, name: string): false {
  const { epoch } = state.options;
  if (epoch === undefined) {
    state.diagnostics.error(state.expander.loc,
      `'${name}' would make the output depend on the time of the build; set SOURCE_DATE_EPOCH to give it a value`);
    return answerString(state, "");
  }
  const time = new Date(epoch * 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  if (name === "__DATE__") return answerString(state, `${day} ${time.getUTCFullYear()}`);
  if (name === "__TIME__") return answerString(state, clock);
  return answerString(state, `${days[time.getUTCDay()]} ${day} ${clock} ${time.getUTCFullYear()}`);
}

/** The tokens between the parentheses behind the name; undefined, with an error, when they are missing. */
function operand(state: State, name: string): Tokens | undefined {
  const { expander, diagnostics } = state;
  const { flags, loc } = expander;
  if (!expander.peekParen()) {
    diagnostics.error(loc, `missing '(' after '${name}'`);
    return undefined;
  }
  const tokens = expander.acquire();
  expander.pull();
  const paren = expander.loc;
  let depth = 0;
  for (;;) {
    expander.pull();
    const { kind } = expander;
    if (kind === TokenKind.EndOfFile) {
      diagnostics.error(loc, `missing ')' after '${name}'`, [{ place: paren, message: "to match this '('" }]);
      expander.release(tokens);
      expander.loc = loc;
      return undefined;
    }
    if (kind === TokenKind.LeftParen) depth++;
    else if (kind === TokenKind.RightParen && depth-- === 0) break;
    tokens.push(kind, expander.loc, expander.text, expander.flags);
  }
  // The answer stands where the question ends.
  expander.flags = flags;
  return tokens;
}

/** The questions that take a name. */
function ask(state: State, builtin: string, tokens: Tokens): number | string | { error: string } {
  const { interner, options } = state;
  if (tokens.count === 0) return { error: "too few arguments provided to function-like macro invocation" };
  const scoped = builtin === "__has_c_attribute" && tokens.count === 3 && tokens.kind[1] === TokenKind.ColonColon;
  if (!isName(tokens.kind[0] as number) || (tokens.count > 1 && !scoped)) {
    return { error: "builtin feature check macro requires a parenthesized identifier" };
  }
  const name = interner.text(tokens.text[0] as number);
  const yes = (value: boolean): number => (value ? 1 : 0);
  switch (builtin) {
    case "__has_attribute":
      return yes(hasAttribute(name));
    case "__has_c_attribute": {
      const value = scoped
        ? hasStandardAttribute(name, interner.text(tokens.text[2] as number))
        : hasStandardAttribute("", name);
      return value > 1 ? `${value}L` : value;
    }
    case "__has_builtin":
      return yes(options.hasBuiltin(name));
    case "__has_feature":
      return yes(hasFeature(plainName(name), options.dialect !== "c89" && options.dialect !== "c99"));
    case "__has_extension":
      return yes(hasExtension(plainName(name)));
    case "__is_identifier":
      return yes(tokens.kind[0] === TokenKind.Identifier);
    case "__is_target_arch":
      return yes(name === "bpf" || name === (options.endian === "big" ? "bpfeb" : "bpfel"));
    case "__is_target_vendor":
      return yes(name === "unknown");
    // A system or environment that a triple cannot name is taken for an unknown one, as BPF's is.
    case "__is_target_os":
      return yes(!systems.test(name));
    case "__is_target_environment":
      return yes(!environments.test(name));
    default:
      return 0;
  }
}

/** How the names of systems and environments begin that stand in triples (llvm/lib/TargetParser/Triple.cpp, LLVM 19). */
const systems = new RegExp(`^(?:${[
  "aix", "amdhsa", "amdpal", "bridgeos", "cuda", "darwin", "dragonfly", "driverkit", "elfiamcu", "emscripten", "freebsd",
  "fuchsia", "haiku", "hermit", "hurd", "ios", "kfreebsd", "linux", "liteos", "lv2", "macos", "mesa3d", "nacl", "netbsd",
  "nvcl", "openbsd", "ps4", "ps5", "rtems", "serenity", "shadermodel", "solaris", "tvos", "uefi", "visionos", "vulkan",
  "wasi", "watchos", "win32", "windows", "xros", "zos",
].join("|")})`, "i");
const environments = new RegExp(`^(?:${[
  "android", "code16", "coreclr", "cygnus", "eabi", "gnu", "itanium", "llvm", "macabi", "msvc", "musl", "ohos", "opencl",
  "openhos", "simulator",
].join("|")})`, "i");

/** __has_warning("-Wname") */
function answerWarning(state: State): false {
  const { expander, diagnostics, interner } = state;
  const { loc } = expander;
  const tokens = operand(state, "__has_warning");
  if (tokens === undefined) return answerNumber(state, 0);
  const isString = tokens.count > 0 && isStringLiteral(tokens.kind[0] as number);
  const text = isString ? interner.text(tokens.text[0] as number).slice(1, -1) : "";
  expander.release(tokens);
  if (!isString) {
    diagnostics.error(loc, "expected string literal in '__has_warning'");
    return answerNumber(state, 0);
  }
  if (!text.startsWith("-W") || text.length === 2) {
    diagnostics.warning("malformed-warning-check", loc,
      '__has_warning expected option name (e.g. "-Wundef")');
    return answerNumber(state, 0);
  }
  return answerNumber(state, warningStates().has(text.slice(2)) ? 1 : 0);
}

/** The file name that tokens spell: a string, <x>, or tokens from < to >; undefined when they spell none. */
export function headerOf(state: State, tokens: Tokens): { name: string; angled: boolean; end: number } | undefined {
  const { interner } = state;
  if (tokens.count === 0) return undefined;
  const kind = tokens.kind[0];
  const text = interner.text(tokens.text[0] as number);
  if (kind === TokenKind.StringLiteral) return { name: text.slice(1, -1), angled: false, end: 1 };
  if (kind === TokenKind.HeaderName) return { name: text.slice(1, -1), angled: true, end: 1 };
  if (kind !== TokenKind.Less) return undefined;
  let name = "";
  for (let row = 1; row < tokens.count; row++) {
    if (tokens.kind[row] === TokenKind.Greater) return { name, angled: true, end: row + 1 };
    if (row > 1 && ((tokens.flags[row] as number) & TokenFlag.LeadingSpace) !== 0) name += " ";
    name += interner.text(tokens.text[row] as number);
  }
  return undefined;
}

/** __has_include("x"), __has_include(<x>), __has_include_next; __has_embed says that there is none. */
function answerHeader(state: State, builtin: string): false {
  const { expander, diagnostics } = state;
  const { loc } = expander;
  if (!expander.inDirective) {
    diagnostics.error(loc, `'${builtin}' must be used within a preprocessing directive`);
    return false;
  }
  const tokens = operand(state, builtin);
  if (tokens === undefined) return answerNumber(state, 0);
  if (builtin === "__has_embed") {
    expander.release(tokens);
    return answerNumber(state, 0);
  }
  let header = headerOf(state, tokens);
  if (header === undefined && tokens.count > 0) {
    const expanded = expander.acquire();
    const { flags, loc: end } = expander;
    expander.expandRows(tokens, 0, tokens.count, expanded, false);
    header = headerOf(state, expanded);
    expander.release(expanded);
    expander.loc = end;
    expander.flags = flags;
  }
  expander.release(tokens);
  if (header === undefined) {
    diagnostics.error(loc, 'expected "FILENAME" or <FILENAME>');
    return answerNumber(state, 0);
  }
  const from = state.files[state.files.length - 1];
  const next = builtin === "__has_include_next" && state.files.length > 1 ? from?.file.searchIndex : undefined;
  const after = next === undefined || next < 0 ? undefined : next;
  const found = findHeader(state, header.name, header.angled, from, after);
  return answerNumber(state, found === undefined || "error" in found ? 0 : 1);
}

/** _Pragma ( string ) (C 6.10.9): the pragma that the string spells, here. In an argument it waits. */
function pragmaOperator(state: State, out: Tokens): boolean {
  const { expander, diagnostics, interner } = state;
  if (expander.inArgument) return false;
  const { loc, flags } = expander;
  const fail = (): true => {
    diagnostics.error(loc, "_Pragma takes a parenthesized string literal");
    return true;
  };
  if (!expander.peekParen()) return fail();
  expander.pull();
  expander.pull();
  const isString = isStringLiteral(expander.kind);
  const text = interner.text(expander.text);
  if (!isString) return fail();
  expander.pull();
  if (expander.kind !== TokenKind.RightParen) return fail();
  expander.addPending(flags);
  const open = text.indexOf('"');
  const plain = text.slice(open + 1, -1).replace(/\\([\\"])/g, "$1");
  const bytes = new TextEncoder().encode(`${plain}\0`);
  const lexer = new Lexer(
    {
      index: -1,
      name: "",
      bytes,
      length: bytes.length - 1,
      base: 0,
      includedFrom: noLoc,
      searchIndex: -1,
      systemFrom: 0,
      overrides: [],
      lines: undefined,
    },
    state.lex,
  );
  const line = expander.acquire();
  while (lexer.lex(line, LexMode.Line) !== Stop.EndOfLine);
  line.loc.fill(loc, 0, line.count);
  runPragma(state, line, loc, loc, out);
  expander.release(line);
  return true;
}
