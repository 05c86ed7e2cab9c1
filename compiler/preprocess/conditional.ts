/**
 * Conditional inclusion (C 6.10.1): #if and its kin, and the groups that they skip.
 *
 * A file's open sections are a stack. A group that is not taken is skipped at once, by bytes, to the directive that
 * ends it; only the names of the directives between are read.
 */
import { TokenKind, type Tokens, isName } from "../source/token.ts";
import { evaluateCondition } from "./condition.ts";
import { macroName } from "./define.ts";
import { LexMode, Stop } from "./lex-context.ts";
import { extraTokens, readLine } from "./line.ts";
import type { Conditional, OpenFile, State } from "./state.ts";

/** #ifdef, #ifndef */
export function ifDefined(state: State, file: OpenFile, line: Tokens, name: string): void {
  const loc = line.loc[0] as number;
  readLine(file, line);
  const macro = macroName(state, line, 0, file.lexer.lineEnd, false);
  let taken = false;
  if (macro !== undefined) {
    extraTokens(state, line, 1, name);
    taken = (state.macros.defined(macro) !== undefined) === (name === "ifdef");
    if (file.guard.state === "start") {
      file.guard = name === "ifndef" && file.conditionals.length === 0
        ? { state: "inside", name: macro }
        : { state: "none" };
    }
  } else {
    file.guard = { state: "none" };
  }
  file.conditionals.push({ loc, taken, sawElse: false });
  if (!taken) skip(state, file, line);
}

export function ifCondition(state: State, file: OpenFile, line: Tokens): void {
  const loc = line.loc[0] as number;
  readLine(file, line);
  if (file.guard.state === "start") file.guard = guardOfCondition(state, line);
  const taken = condition(state, file, line);
  file.conditionals.push({ loc, taken, sawElse: false });
  if (!taken) skip(state, file, line);
}

/** `!defined X` and `!defined(X)` guard as #ifndef does. */
function guardOfCondition(state: State, line: Tokens): OpenFile["guard"] {
  const { kind, text, count } = line;
  if (count >= 3 && kind[0] === TokenKind.Exclaim && text[1] === state.names.defined) {
    const plain = count === 3 && isName(kind[2] as number);
    const bracketed = count === 5 && kind[2] === TokenKind.LeftParen && isName(kind[3] as number) &&
      kind[4] === TokenKind.RightParen;
    if (plain || bracketed) return { state: "inside", name: text[plain ? 2 : 3] as number };
  }
  return { state: "none" };
}

/** The value of the condition in `line`. */
function condition(state: State, file: OpenFile, line: Tokens): boolean {
  const { expander } = state;
  const expanded = expander.acquire();
  expander.expandDirective(line, 0, line.count, expanded, true);
  const value = !state.diagnostics.stopped && evaluateCondition(state, expanded, file.lexer.lineEnd);
  expander.release(expanded);
  return value;
}

/** Checks an #elif or #else against its section; its line is not read yet. */
export function elseDirective(
  state: State,
  file: OpenFile,
  line: Tokens,
  name: string,
  conditional: Conditional,
): void {
  if (conditional.sawElse) {
    state.diagnostics.error(line.loc[0] as number, `#${name} after #else`);
  }
  if ((name === "elifdef" || name === "elifndef") && state.options.dialect !== "c23") {
    state.diagnostics.warningByDefault("c23-extensions", line.loc[0] as number,
      `use of a '#${name}' directive is a C23 extension`);
  }
  if (file.conditionals.length === 1) file.guard = { state: "none" };
  if (name === "else") {
    conditional.sawElse = true;
    readLine(file, line);
    extraTokens(state, line, 0, "else");
  }
}

export function endif(state: State, file: OpenFile, line: Tokens): void {
  const loc = line.loc[0] as number;
  readLine(file, line);
  extraTokens(state, line, 0, "endif");
  if (file.conditionals.pop() === undefined) {
    state.diagnostics.error(loc, "#endif without #if");
  } else if (file.conditionals.length === 0 && file.guard.state === "inside") {
    file.guard = { state: "closed", name: file.guard.name };
    file.lexer.sawToken = false;
  }
}

/** Skips from behind a line to the group of the innermost section that is taken, or behind its #endif. */
export function skip(state: State, file: OpenFile, line: Tokens): void {
  const { lexer } = file;
  const { interner } = state;
  const depth = file.conditionals.length;
  let atLineStart = true;
  while (lexer.skipGroup(atLineStart)) {
    line.count = 0;
    atLineStart = lexer.lex(line, LexMode.OneInLine) === Stop.EndOfLine;
    if (atLineStart || !isName(line.kind[0] as number)) continue;
    const loc = line.loc[0] as number;
    const name = interner.text(line.text[0] as number);
    const conditional = file.conditionals[file.conditionals.length - 1];
    if (conditional === undefined) throw new Error("preprocess: skipping outside a conditional section");
    const outer = file.conditionals.length === depth;
    switch (name) {
      case "if":
      case "ifdef":
      case "ifndef":
        file.conditionals.push({ loc, taken: true, sawElse: false });
        break;
      case "elif":
      case "elifdef":
      case "elifndef":
        elseDirective(state, file, line, name, conditional);
        if (!outer || conditional.taken || conditional.sawElse) break;
        conditional.taken = elseCondition(state, file, line, name);
        if (conditional.taken) return;
        atLineStart = true;
        break;
      case "else":
        elseDirective(state, file, line, name, conditional);
        atLineStart = true;
        if (!outer || conditional.taken) break;
        conditional.taken = true;
        return;
      case "endif":
        if (outer) {
          endif(state, file, line);
          return;
        }
        file.conditionals.pop();
        break;
      default:
    }
  }
}

function elseCondition(state: State, file: OpenFile, line: Tokens, name: string): boolean {
  readLine(file, line);
  if (name === "elif") return condition(state, file, line);
  const macro = macroName(state, line, 0, file.lexer.lineEnd, false);
  if (macro === undefined) return false;
  extraTokens(state, line, 1, name);
  return (state.macros.defined(macro) !== undefined) === (name === "elifdef");
}
