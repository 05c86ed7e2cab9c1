/**
 * The arguments of a macro call (C 6.10.3p4, p10 to p12): read up to the closing parenthesis, and counted.
 *
 * They are read unexpanded, over the ends of frames and lines. A name whose macro is active now is marked: it stays as
 * it is although the macro may be free when the argument is expanded. A ## in an argument is no operator.
 */
import type { Note } from "../source/diagnostic.ts";
import { TokenFlag, TokenKind, type Tokens, isName } from "../source/token.ts";
import type { Expander } from "./expand.ts";
import type { Macro } from "./macro.ts";
import type { State } from "./state.ts";

/** The arguments of one call: rows of `tokens`; argument i is `starts[i]` to `starts[i + 1]`. */
export interface Arguments {
  readonly tokens: Tokens;
  readonly starts: number[];
  /** The variadic argument is not there at all, comma included: GNU's `, ## __VA_ARGS__` drops the comma. */
  elided: boolean;
  /** By argument: its expansion, when it is used. */
  readonly expanded: (Tokens | undefined)[];
}

/** arguments = "(" [ argument { "," argument } ] ")", C 6.10.3p11. */
export function collectArguments(
  expander: Expander,
  state: State,
  macro: Macro,
): Arguments | "unterminated" | "mismatch" {
  const { diagnostics, interner } = state;
  const name = expander.text;
  const nameLoc = expander.loc;
  const tokens = expander.acquire();
  const starts = [0];
  const wanted = macro.parameters.length;
  let severalLines = false;
  let nesting = 0;
  const notes = (): Note[] => [{ place: macro.loc, message: `macro '${interner.text(name)}' defined here` }];
  expander.pull();
  for (;;) {
    expander.pull();
    const kind = expander.kind;
    if (kind === TokenKind.EndOfFile) {
      diagnostics.error(nameLoc, "unterminated function-like macro invocation", notes());
      expander.release(tokens);
      return "unterminated";
    }
    let flags = expander.flags;
    if ((flags & TokenFlag.StartOfLine) !== 0) severalLines = true;
    if (kind === TokenKind.LeftParen) {
      nesting++;
    } else if (kind === TokenKind.RightParen) {
      if (nesting === 0) break;
      nesting--;
    } else if (kind === TokenKind.Comma) {
      if (nesting === 0 && !(macro.variadic && starts.length >= wanted)) {
        starts.push(tokens.count);
        continue;
      }
    } else if (kind === TokenKind.HashHash) {
      flags |= TokenFlag.NoPaste;
    } else if (interner.macro[expander.text] !== 0 && isName(kind)) {
      const inner = state.macros.get(expander.text);
      if (inner !== undefined && inner.active > 0) flags |= TokenFlag.NoExpand;
    }
    tokens.push(kind, expander.loc, expander.text, flags);
  }
  if (severalLines && nameLoc >= 0 && expander.loc >= 0) state.callEnds.set(nameLoc, expander.loc);
  let count = starts.length;
  let elided = false;
  if (wanted === 0 && count === 1 && tokens.count === 0) {
    starts.length = 0;
    count = 0;
  } else if (macro.variadic && count === wanted - 1) {
    elided = true;
    starts.push(tokens.count);
    count++;
    diagnostics.warning("pedantic", expander.loc,
      "passing no argument for the '...' parameter of a variadic macro is a C23 extension", notes());
  } else if (macro.variadic && wanted === 1 && tokens.count === 0) {
    elided = true;
  }
  starts.push(tokens.count);
  if (count !== wanted) {
    const many = count > wanted;
    const place = many ? (tokens.loc[starts[wanted] as number] as number) : expander.loc;
    diagnostics.error(many && (starts[wanted] as number) < tokens.count ? place : expander.loc,
      `too ${many ? "many" : "few"} arguments provided to function-like macro invocation`, notes());
    expander.release(tokens);
    return "mismatch";
  }
  return { tokens, starts, elided, expanded: [] };
}
