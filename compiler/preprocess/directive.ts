/**
 * Directives (C 6.10): what a `#` at the start of a line begins.
 *
 * The lexer of the innermost file stands behind the `#`. A directive reads its line into a scratch table. A group that
 * is not taken is skipped at once, by bytes, up to the #elif, #else or #endif that ends it.
 */
import { type Loc, noLoc } from "../source/source-map.ts";
import { TokenKind, type Tokens, isName } from "../source/token.ts";
import { didYouMean } from "../source/spelling.ts";
import { headerOf } from "./builtin.ts";
import { evaluateCondition } from "./condition.ts";
import { define, macroName, undefine } from "./define.ts";
import { enterHeader, fileEvent, findHeader } from "./include.ts";
import { LexMode, Stop } from "./lexer.ts";
import { runPragma } from "./pragma.ts";
import type { Conditional, OpenFile, State } from "./state.ts";

const directiveNames: readonly string[] = [
  "define", "undef", "include", "include_next", "import", "embed", "if", "ifdef", "ifndef", "elif", "elifdef",
  "elifndef", "else", "endif", "line", "error", "warning", "pragma", "ident", "sccs",
];

function innermost(state: State): OpenFile {
  const file = state.files[state.files.length - 1];
  if (file === undefined) throw new Error("preprocess: directive outside a file");
  return file;
}

/** Does the directive behind the `#` that the lexer just read. */
export function runDirective(state: State): void {
  const file = innermost(state);
  const { lexer } = file;
  const { expander } = state;
  const line = expander.acquire();
  const stop = lexer.lex(line, LexMode.OneInLine);
  if (file.guard.state === "start") {
    const opens = stop === Stop.One && !lexer.sawToken && isGuardDirective(state, line);
    if (!opens) file.guard = { state: "none" };
  } else if (file.guard.state === "closed") {
    file.guard = { state: "none" };
  }
  if (stop === Stop.One) namedDirective(state, file, line);
  expander.release(line);
}

function isGuardDirective(state: State, line: Tokens): boolean {
  const name = state.interner.text(line.text[0] as number);
  return name === "ifndef" || name === "if";
}

/** A directive between the parentheses of a macro call: most work as they do elsewhere. */
export function directiveInArguments(state: State): void {
  const file = innermost(state);
  const { expander } = state;
  const line = expander.acquire();
  file.guard = { state: "none" };
  if (file.lexer.lex(line, LexMode.OneInLine) === Stop.One) {
    const name = state.interner.text(line.text[0] as number);
    if (["include", "include_next", "import", "embed", "pragma"].includes(name)) {
      state.diagnostics.error(line.loc[0] as number,
        `embedding a #${name} directive within macro arguments is not supported`);
      readLine(file, line);
    } else {
      namedDirective(state, file, line);
    }
  }
  expander.release(line);
}

/** Reads the rest of the line into the table, in place of what is there. */
function readLine(file: OpenFile, line: Tokens): void {
  line.count = 0;
  while (file.lexer.lex(line, LexMode.Line) !== Stop.EndOfLine);
}

/** `line` holds the directive's name. */
function namedDirective(state: State, file: OpenFile, line: Tokens): void {
  const { diagnostics, interner } = state;
  const { lexer } = file;
  const loc = line.loc[0] as number;
  if (line.kind[0] === TokenKind.IntegerConstant) {
    lineMarker(state, file, line);
    return;
  }
  const name = isName(line.kind[0] as number) ? interner.text(line.text[0] as number) : "";
  switch (name) {
    case "define":
      readLine(file, line);
      define(state, line, 0, lexer.lineEnd);
      break;
    case "undef": {
      readLine(file, line);
      const macro = macroName(state, line, 0, lexer.lineEnd, true);
      if (macro === undefined) break;
      extraTokens(state, line, 1, "undef");
      undefine(state, macro, line.loc[0] as number);
      break;
    }
    case "include":
    case "include_next":
    case "import":
    case "__include_macros":
      include(state, file, line, name);
      break;
    case "embed":
      diagnostics.error(loc, "#embed is not supported; write the bytes as an array, or load them at run time");
      readLine(file, line);
      break;
    case "ifdef":
    case "ifndef":
      ifDefined(state, file, line, name);
      break;
    case "if":
      ifCondition(state, file, line);
      break;
    case "elif":
    case "elifdef":
    case "elifndef":
    case "else": {
      // The group before was taken: what is left of the section is skipped.
      const conditional = file.conditionals[file.conditionals.length - 1];
      if (conditional === undefined) {
        diagnostics.error(loc, `#${name} without #if`);
        readLine(file, line);
        break;
      }
      elseDirective(state, file, line, name, conditional);
      if (name !== "else") readLine(file, line);
      skip(state, file, line);
      break;
    }
    case "endif":
      endif(state, file, line);
      break;
    case "line":
      lineDirective(state, file, line);
      break;
    case "error":
      diagnostics.error(loc, lexer.restOfLine());
      break;
    case "warning":
      diagnostics.warning("#warnings", loc, lexer.restOfLine());
      break;
    case "pragma": {
      const hash = lexer.hashLoc;
      readLine(file, line);
      runPragma(state, line, hash, lexer.lineEnd, state.out);
      break;
    }
    case "ident":
    case "sccs":
      ident(state, file, line);
      break;
    default:
      diagnostics.error(loc, `invalid preprocessing directive${name === "" ? "" : didYouMean(name, directiveNames)}`);
      readLine(file, line);
  }
}

function extraTokens(state: State, line: Tokens, from: number, name: string): void {
  if (from >= line.count) return;
  state.diagnostics.warning("extra-tokens", { at: line.loc[from] as number, ranges: [], insert: "//" },
    `extra tokens at end of #${name} directive`);
}

// Conditional inclusion (C 6.10.1)

/** #ifdef, #ifndef */
function ifDefined(state: State, file: OpenFile, line: Tokens, name: string): void {
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

function ifCondition(state: State, file: OpenFile, line: Tokens): void {
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
function elseDirective(state: State, file: OpenFile, line: Tokens, name: string, conditional: Conditional): void {
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

function endif(state: State, file: OpenFile, line: Tokens): void {
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
function skip(state: State, file: OpenFile, line: Tokens): void {
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

// Files and lines

/** #include, #include_next, #import (C 6.10.2) */
function include(state: State, file: OpenFile, line: Tokens, name: string): void {
  const { diagnostics, expander } = state;
  const { lexer } = file;
  const hash = lexer.hashLoc;
  const nameLoc = line.loc[0] as number;
  line.count = 0;
  lexer.headerName(line);
  const literal = line.count > 0;
  while (lexer.lex(line, LexMode.Line) !== Stop.EndOfLine);
  let tokens = line;
  let header = literal || line.kind[0] === TokenKind.StringLiteral ? headerOf(state, line) : undefined;
  if (header === undefined && line.count > 0) {
    tokens = expander.acquire();
    expander.expandDirective(line, 0, line.count, tokens, false);
    header = headerOf(state, tokens);
  }
  const place = line.count > 0 ? (line.loc[0] as number) : lexer.lineEnd;
  if (header === undefined) {
    if (tokens.count > 0 && tokens.kind[0] === TokenKind.Less) {
      diagnostics.error(lexer.lineEnd, "expected '>'", [{ place, message: "to match this '<'" }]);
    } else {
      diagnostics.error(place, 'expected "FILENAME" or <FILENAME>');
    }
  } else if (header.name === "") {
    diagnostics.error(place, "empty filename");
  } else {
    extraTokens(state, tokens, header.end, name);
  }
  if (tokens !== line) expander.release(tokens);
  if (header === undefined || header.name === "") return;
  let after: number | undefined;
  if (name === "include_next") {
    if (state.files.length === 1) {
      diagnostics.warning("include-next-outside-header", nameLoc,
        "#include_next in primary source file; will search from start of include path");
    } else if (file.file.searchIndex < 0) {
      diagnostics.warning("include-next-absolute-path", nameLoc, "#include_next in file found relative to primary" +
        " source file or found by absolute path; will search from start of include path");
    } else {
      after = file.file.searchIndex;
    }
  }
  const found = findHeader(state, header.name, header.angled, file, after);
  if (found === undefined) {
    if (state.options.missingHeaders) {
      state.missing.push(header.name);
      return;
    }
    notFound(state, header, file, after, place);
  } else if ("error" in found) {
    diagnostics.fatal(place, `cannot open file '${found.path}': ${found.error}`);
  } else {
    if (name === "import") found.header.identity.once = true;
    const entered = enterHeader(state, found, hash, place);
    // Only <built-in> says this, for -imacros.
    if (entered && name === "__include_macros") innermost(state).discardFrom = state.out.count;
  }
}

function notFound(
  state: State,
  header: { name: string; angled: boolean },
  file: OpenFile,
  after: number | undefined,
  place: Loc,
): void {
  const { diagnostics } = state;
  if (header.angled) {
    const beside = findHeader(state, header.name, false, file, after);
    if (beside !== undefined && !("error" in beside)) {
      diagnostics.error(place, `'${header.name}' file not found with <angled> include; use "quotes" instead`);
      enterHeader(state, beside, place, place);
      return;
    }
  }
  diagnostics.fatal({ start: place, end: place }, `'${header.name}' file not found`);
}

/** #line (C 6.10.4) */
function lineDirective(state: State, file: OpenFile, line: Tokens): void {
  const { diagnostics, expander, interner } = state;
  const { lexer } = file;
  readLine(file, line);
  const tokens = expander.acquire();
  expander.expandDirective(line, 0, line.count, tokens, false);
  const place = tokens.count > 0 ? (tokens.loc[0] as number) : lexer.lineEnd;
  const digits = tokens.count > 0 ? interner.text(tokens.text[0] as number) : "";
  const number = /^[0-9]+$/.test(digits) ? Number(digits) : -1;
  if (number < 0 || number > 0xffffffff) {
    diagnostics.error(place, "#line directive requires a positive integer argument");
  } else {
    let name = presumedName(state, file);
    let valid = true;
    if (tokens.count > 1) {
      if (tokens.kind[1] === TokenKind.StringLiteral) name = unquoted(state, tokens.text[1] as number);
      else valid = false;
      if (!valid) diagnostics.error(tokens.loc[1] as number, "invalid filename for #line directive");
      else extraTokens(state, tokens, 2, "line");
    }
    if (valid) rename(state, file, number, name, state.sources.isSystemHeader(lexer.hashLoc), "rename");
  }
  expander.release(tokens);
}

/** # 33 "file" 1 3: the line markers of -E output; the number is read. */
function lineMarker(state: State, file: OpenFile, line: Tokens): void {
  const { diagnostics, interner } = state;
  const digits = interner.text(line.text[0] as number);
  const loc = line.loc[0] as number;
  readLine(file, line);
  if (!/^[0-9]+$/.test(digits) || Number(digits) > 0xffffffff) {
    diagnostics.error(loc, "line marker directive requires a positive integer argument");
    return;
  }
  let name = presumedName(state, file);
  let system = state.sources.isSystemHeader(file.lexer.hashLoc);
  let kind: "rename" | "enter" | "leave" = "rename";
  if (line.count > 0) {
    if (line.kind[0] !== TokenKind.StringLiteral) {
      diagnostics.error(line.loc[0] as number, "invalid filename for line marker directive");
      return;
    }
    name = unquoted(state, line.text[0] as number);
    system = false;
    file.systemFlags = "";
    for (let row = 1; row < line.count; row++) {
      const flag = interner.text(line.text[row] as number);
      if (!/^[1-4]$/.test(flag)) {
        diagnostics.error(line.loc[row] as number, "invalid flag line marker directive");
        return;
      }
      if (flag === "1") kind = "enter";
      if (flag === "2") kind = "leave";
      if (flag === "3") {
        system = true;
        file.systemFlags = " 3";
      }
      if (flag === "4") file.systemFlags = " 3 4";
    }
  }
  rename(state, file, Number(digits), name, system, kind);
}

function unquoted(state: State, text: number): string {
  return state.interner.text(text).slice(1, -1).replace(/\\([\\"])/g, "$1");
}

function presumedName(state: State, file: OpenFile): string {
  const loc = file.lexer.hashLoc;
  return state.sources.position(loc)?.file ?? file.file.name;
}

function rename(
  state: State,
  file: OpenFile,
  number: number,
  name: string,
  system: boolean,
  kind: "rename" | "enter" | "leave",
): void {
  const { lexer } = file;
  state.sources.override(file.file, lexer.pos, number, name, system);
  fileEvent(state, kind, file, lexer.loc, kind === "enter" ? lexer.hashLoc : noLoc);
}

/** #ident "text": kept in -E output, and otherwise nothing. */
function ident(state: State, file: OpenFile, line: Tokens): void {
  const hash = file.lexer.hashLoc;
  readLine(file, line);
  if (line.count === 0 || line.kind[0] !== TokenKind.StringLiteral) {
    state.diagnostics.error(line.count > 0 ? (line.loc[0] as number) : file.lexer.lineEnd, "invalid #ident directive");
    return;
  }
  extraTokens(state, line, 1, "ident");
  if (!state.options.text) return;
  state.out.push(TokenKind.PragmaText, hash, state.interner.intern("ident"), 0);
  state.out.append(line, 0, 1);
  state.out.push(TokenKind.PragmaEnd, noLoc, 0, 0);
}
