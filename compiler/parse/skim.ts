/**
 * Skimming: over a record's body without building it.
 *
 * A kernel header of half a million tokens defines fifteen thousand records, of which a program uses a few. Where a
 * body has a plain shape, this finds its end at once and the grammar reads it when its members are first asked for.
 * Plain means that nothing is lost by waiting: the body is known to be right, so that no syntax error stays unsaid;
 * it declares no name that is visible outside (no enumeration, no tagged record with a body, no tag that was not seen
 * before); and reading it later, when more typedef names exist, gives the same tree. What is not plain is no error:
 * the grammar reads it at once.
 *
 *   body:       '{' ( specifiers ( declarator width? ( ',' declarator width? )* )? ';' )* '}'
 *   specifiers: ( word of a type | qualifier | typedef name | 'struct' seen-tag | 'struct' body | attribute )+
 *   declarator: '*'* ( name | '(' declarator ')' )? ( '[' number? ']' | '(' parameters ')' )* attribute*
 *   width:      ':' number
 */
import { TokenKind } from "../source/token.ts";
import { NameClass } from "./scope.ts";
import { terminal, terminalOf } from "./terminals.ts";
import type { TokenSource } from "./token-source.ts";

/** Not plain. */
const no = -1;

/** Records in records and parameter lists in parameter lists, before a body is no longer plain. */
const maximumDepth = 16;

/** The row behind the `}` of the body whose `{` is at `row`, or -1 if it is not plain. */
export function skimBody(s: TokenSource, row: number): number {
  return body(s, row, 0);
}

function body(s: TokenSource, row: number, depth: number): number {
  if (depth > maximumDepth) return no;
  const { kind } = s.tokens;
  let at = row + 1;
  while (kind[at] !== TokenKind.RightBrace) {
    at = specifiers(s, at, depth);
    if (at === no) return no;
    if (kind[at] === TokenKind.Semicolon) {
      // Only an anonymous record stands without a declarator.
      if (kind[at - 1] !== TokenKind.RightBrace) return no;
    } else {
      for (;;) {
        if (kind[at] !== TokenKind.Colon) {
          at = declarator(s, at, true, depth);
          if (at === no) return no;
        }
        if (kind[at] === TokenKind.Colon) {
          if (kind[at + 1] !== TokenKind.IntegerConstant) return no;
          at += 2;
        }
        if (kind[at] !== TokenKind.Comma) break;
        at++;
      }
      if (kind[at] !== TokenKind.Semicolon) return no;
    }
    at++;
  }
  return at + 1;
}

function specifiers(s: TokenSource, row: number, depth: number): number {
  const { kind, text } = s.tokens;
  const { classes, tags } = s.names;
  let at = row;
  let typed = false;
  for (;;) {
    const k = kind[at] as number;
    if (k === TokenKind.Identifier) {
      if (typed) return at;
      if (classes[text[at] as number] !== NameClass.Typedef) return no;
      typed = true;
      at++;
    } else if (k === TokenKind.Struct || k === TokenKind.Union) {
      if (typed) return no;
      typed = true;
      at = attributes(kind, at + 1);
      if (at === no) return no;
      if (kind[at] === TokenKind.LeftBrace) {
        at = body(s, at, depth + 1);
        if (at === no) return no;
      } else {
        if (kind[at] !== TokenKind.Identifier || kind[at + 1] === TokenKind.LeftBrace) return no;
        if (tags[text[at] as number] === 0) return no;
        at++;
      }
    } else if (k === TokenKind.Enum) {
      if (typed || kind[at + 1] !== TokenKind.Identifier || tags[text[at + 1] as number] === 0) return no;
      if (kind[at + 2] === TokenKind.LeftBrace || kind[at + 2] === TokenKind.Colon) return no;
      typed = true;
      at += 2;
    } else if (k === TokenKind.Attribute) {
      at = attributes(kind, at);
      if (at === no) return no;
    } else {
      const t = terminalOf[k];
      if (t === terminal.TypeWord) typed = true;
      else if (t !== terminal.Qualifier) return typed ? at : no;
      at++;
    }
  }
}

function declarator(s: TokenSource, row: number, named: boolean, depth: number): number {
  if (depth > maximumDepth) return no;
  const { kind } = s.tokens;
  let at = row;
  while (kind[at] === TokenKind.Star || terminalOf[kind[at] as number] === terminal.Qualifier) at++;
  at = attributes(kind, at);
  if (at === no) return no;
  if (kind[at] === TokenKind.Identifier) {
    at++;
  } else if (kind[at] === TokenKind.LeftParen && kind[at + 1] === TokenKind.Star) {
    at = declarator(s, at + 1, named, depth + 1);
    if (at === no || kind[at] !== TokenKind.RightParen) return no;
    at++;
  } else if (named) {
    return no;
  }
  for (;;) {
    if (kind[at] === TokenKind.LeftBracket) {
      at++;
      if (kind[at] === TokenKind.IntegerConstant) at++;
      if (kind[at] !== TokenKind.RightBracket) return no;
      at++;
    } else if (kind[at] === TokenKind.LeftParen) {
      at = parameters(s, at, depth + 1);
      if (at === no) return no;
    } else {
      return attributes(kind, at);
    }
  }
}

function parameters(s: TokenSource, row: number, depth: number): number {
  const { kind } = s.tokens;
  let at = row + 1;
  if (kind[at] === TokenKind.RightParen) return at + 1;
  for (;;) {
    at = specifiers(s, at, depth);
    if (at === no) return no;
    at = declarator(s, at, false, depth);
    if (at === no) return no;
    if (kind[at] === TokenKind.Comma) {
      at++;
      if (kind[at] !== TokenKind.Ellipsis) continue;
      at++;
    }
    return kind[at] === TokenKind.RightParen ? at + 1 : no;
  }
}

/** Behind any number of `__attribute__((name))` and `__attribute__((name(constant)))`. */
function attributes(kind: Uint8Array, row: number): number {
  let at = row;
  while (kind[at] === TokenKind.Attribute) {
    if (kind[at + 1] !== TokenKind.LeftParen || kind[at + 2] !== TokenKind.LeftParen) return no;
    if (kind[at + 3] !== TokenKind.Identifier) return no;
    at += 4;
    if (kind[at] === TokenKind.LeftParen) {
      if (kind[at + 1] !== TokenKind.IntegerConstant && kind[at + 1] !== TokenKind.StringLiteral) return no;
      if (kind[at + 2] !== TokenKind.RightParen) return no;
      at += 3;
    }
    if (kind[at] !== TokenKind.RightParen || kind[at + 1] !== TokenKind.RightParen) return no;
    at += 2;
  }
  return at;
}
