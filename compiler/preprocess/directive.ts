/**
 * Directives (C 6.10): what a `#` at the start of a line begins.
 *
 * The lexer of the innermost file stands behind the `#`. A directive reads its line into a scratch table.
 */
import { noLoc } from "../source/source-map.ts";
import { didYouMean } from "../source/spelling.ts";
import { TokenKind, type Tokens, isName } from "../source/token.ts";
import { elseDirective, endif, ifCondition, ifDefined, skip } from "./conditional.ts";
import { define, macroName, undefine } from "./define.ts";
import { include } from "./inclusion.ts";
import { LexMode, Stop } from "./lex-context.ts";
import { extraTokens, innermost, readLine } from "./line.ts";
import { runPragma } from "./pragma.ts";
import { lineDirective, lineMarker } from "./presumed.ts";
import type { OpenFile, State } from "./state.ts";

const directiveNames: readonly string[] = [
  "define", "undef", "include", "include_next", "import", "embed", "if", "ifdef", "ifndef", "elif", "elifdef",
  "elifndef", "else", "endif", "line", "error", "warning", "pragma", "ident", "sccs",
];

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
