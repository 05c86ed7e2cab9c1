/**
 * A directive's line: what all directives do with it.
 */
import type { Loc } from "../source/source-map.ts";
import { type Tokens } from "../source/token.ts";
import { LexMode, Stop } from "./lex-context.ts";
import type { OpenFile, State } from "./state.ts";

/** The file that is being read. */
export function innermost(state: State): OpenFile {
  const file = state.files[state.files.length - 1];
  if (file === undefined) throw new Error("preprocess: directive outside a file");
  return file;
}

/** Reads the rest of the line into the table, in place of what is there. */
export function readLine(file: OpenFile, line: Tokens): void {
  line.count = 0;
  while (file.lexer.lex(line, LexMode.Line) !== Stop.EndOfLine);
}

/** Notes for -E that the directive is to be shown. */
export function showDirective(state: State, loc: Loc, text: string): void {
  state.events.push({ kind: "directive", index: state.out.count, loc, text });
}

/** Warns of tokens from a row on, behind what the directive takes. */
export function extraTokens(state: State, line: Tokens, from: number, name: string): void {
  if (from >= line.count) return;
  state.diagnostics.warning("extra-tokens", { at: line.loc[from] as number, ranges: [], insert: "//" },
    `extra tokens at end of #${name} directive`);
}
