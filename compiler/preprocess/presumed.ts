/**
 * #line and line markers (C 6.10.4): the name and number that messages and __FILE__ and __LINE__ give from here on.
 */
import { noLoc } from "../source/source-map.ts";
import { TokenKind, type Tokens } from "../source/token.ts";
import { fileEvent } from "./include.ts";
import { extraTokens, readLine } from "./line.ts";
import type { OpenFile, State } from "./state.ts";

/** #line (C 6.10.4) */
export function lineDirective(state: State, file: OpenFile, line: Tokens): void {
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
export function lineMarker(state: State, file: OpenFile, line: Tokens): void {
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
