/**
 * #include, #include_next and #import (C 6.10.2): the name on the line, the file behind it.
 */
import type { Loc } from "../source/source-map.ts";
import { TokenKind, type Tokens } from "../source/token.ts";
import { headerOf } from "./builtin.ts";
import { enterHeader, findHeader } from "./include.ts";
import { LexMode, Stop } from "./lex-context.ts";
import { extraTokens, innermost, showDirective } from "./line.ts";
import type { OpenFile, State } from "./state.ts";

/** The directive `name`, which is read; its line is not. */
export function include(state: State, file: OpenFile, line: Tokens, name: string): void {
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
    if (state.options.shown.includes) {
      const spelled = header.angled ? `<${header.name}>` : `"${header.name}"`;
      showDirective(state, hash, `#${name} ${spelled} /* clang -E -dI */`);
    }
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
