/**
 * The token source: from a row of the token table to the terminal that it is in its context.
 *
 * The grammar says which context it is in by `mode`, always before it looks at the next token; the terminal is worked
 * out when it is first asked for and kept until the token is consumed. Here, and not by predicates in the grammar, is
 * decided
 *   whether an identifier names a type (typedef feedback: scope.ts) or is an unknown name where only a type can stand,
 *   whether a `(` opens a cast, a statement expression, a parameter list or a group,
 *   whether `__extension__` belongs to a declaration or an expression, and the like.
 * Any number of tokens may be looked at for that, but each decision looks at a bounded number or skips one balanced
 * group.
 */
import type { IToken } from "chevrotain";
import { TokenFlag, TokenKind, type Tokens, isName } from "../source/token.ts";
import type { Loc } from "../source/source-map.ts";
import { NameClass, type NameTable } from "./scope.ts";
import { beginsType, contextualLimit, shared, terminal, terminalOf } from "./terminals.ts";

export const Mode = {
  /** In expressions, and wherever nothing else is said: typedef names are types. */
  Expression: 0,
  /** In specifiers before a type was seen: typedef names are types, unknown names may stand for types. */
  Type: 1,
  /** In specifiers where a type must come: every identifier stands for one. */
  TypeOnly: 2,
  /** In a declarator that must have a name: identifiers are names, `(` groups. */
  Declarator: 3,
  /** In a declarator that may be abstract: identifiers are names, `(` groups or opens a parameter list. */
  Abstract: 4,
  /** After a declarator's name: `(` opens a parameter list. */
  Suffix: 5,
  /** The next identifier is a tag, a member, an enumerator or a label. */
  Name: 6,
  /** The next identifier or keyword is a word of an attribute. */
  Word: 7,
} as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** By mode: is the name of a type taken as such? */
const namesType = new Uint8Array(8);
for (const mode of [Mode.Expression, Mode.Type, Mode.TypeOnly, Mode.Suffix]) namesType[mode] = 1;

/** What may follow a declarator's name: before these an unknown identifier is that name, before others a type. */
const followsDeclaratorName = new Uint8Array(256);
for (const kind of [
  TokenKind.LeftBracket, TokenKind.LeftParen, TokenKind.RightParen, TokenKind.Semicolon, TokenKind.Comma,
  TokenKind.Equal, TokenKind.Asm, TokenKind.LeftBrace, TokenKind.Colon, TokenKind.EndOfFile, TokenKind.Attribute,
]) {
  followsDeclaratorName[kind] = 1;
}

/** What follows a parenthesised expression never, but the parenthesised type of a cast or compound literal. */
const followsCastOnly = new Uint8Array(256);
for (const kind of [
  TokenKind.Identifier, TokenKind.IntegerConstant, TokenKind.FloatConstant, TokenKind.CharConstant,
  TokenKind.StringLiteral, TokenKind.Tilde, TokenKind.Exclaim, TokenKind.Sizeof,
]) {
  followsCastOnly[kind] = 1;
}

export class TokenSource {
  readonly tokens: Tokens;
  readonly names: NameTable;
  /** Row of the next token. */
  position = 0;
  mode: Mode = Mode.Expression;
  /** The next terminal's token object once it is known. */
  look: IToken | undefined = undefined;
  /** Half of a `::` has been taken as a `:` (in asm statements). */
  private half = false;
  /** The rows from the position up to this one are a run of `__extension__`. */
  private extensionEnd = 0;

  constructor(tokens: Tokens, names: NameTable) {
    this.tokens = tokens;
    this.names = names;
  }

  /** Kind of the token at `position + ahead`. */
  kind(ahead = 0): number {
    const row = this.position + ahead;
    const last = this.tokens.count - 1;
    return this.tokens.kind[row < last ? row : last] as number;
  }

  loc(): Loc {
    return this.tokens.loc[this.position] as number;
  }

  atEnd(): boolean {
    return this.position >= this.tokens.count - 1;
  }

  /** Changes the context; the next token is looked at anew. */
  setMode(mode: Mode): void {
    this.mode = mode;
    this.look = undefined;
  }

  advance(): void {
    this.position++;
    this.look = undefined;
  }

  moveTo(position: number): void {
    this.position = position;
    this.look = undefined;
    this.half = false;
  }

  /** The next terminal. */
  fetch(): IToken {
    const last = this.tokens.count - 1;
    if (this.position > last) this.position = last;
    let found = terminalOf[this.tokens.kind[this.position] as number] as number;
    if (found < contextualLimit || this.mode === Mode.Word) found = this.inContext(found);
    const look = shared[found] as IToken;
    this.look = look;
    return look;
  }

  private inContext(found: number): number {
    const row = this.position;
    const next = this.tokens.kind[row + 1] as number;
    if (this.mode === Mode.Word && isName(this.tokens.kind[row] as number)) return terminal.Name;
    switch (found) {
      case terminal.Name: return this.identifier(row);
      case terminal.LeftParen: return this.leftParen(row);
      case terminal.LeftBracket: return next === TokenKind.LeftBracket ? terminal.AttributeBracket : found;
      case terminal.Star: return next === TokenKind.RightBracket ? terminal.LoneStar : found;
      case terminal.Extension: return this.extension(row);
      case terminal.Atomic: return next === TokenKind.LeftParen ? terminal.AtomicType : found;
      case terminal.ColonColon: return this.mode === Mode.Word ? found : terminal.Colon;
      case terminal.PragmaIgnored:
        this.skipPragma();
        return terminalIndex(this.fetch());
      default: return found;
    }
  }

  private identifier(row: number): number {
    const found = this.names.classes[this.tokens.text[row] as number] as number;
    if (found >= NameClass.Typedef) {
      if (found > NameClass.Typedef) return terminal.OffsetofWord + (found - NameClass.Offsetof);
      return namesType[this.mode] === 1 ? terminal.TypedefName : terminal.Name;
    }
    if (this.mode === Mode.TypeOnly) return terminal.UnknownType;
    if (this.mode !== Mode.Type) return terminal.Name;
    return followsDeclaratorName[this.tokens.kind[row + 1] as number] === 0 ? terminal.UnknownType : terminal.Name;
  }

  private leftParen(row: number): number {
    switch (this.mode) {
      case Mode.Expression: {
        if (this.typeBeginsAt(row + 1)) return terminal.TypeParen;
        if (this.tokens.kind[row + 1] === TokenKind.LeftBrace) return terminal.BraceParen;
        return this.unknownCast(row) ? terminal.TypeParen : terminal.LeftParen;
      }
      case Mode.Suffix: return terminal.ParametersParen;
      case Mode.Abstract: {
        const first = this.behindAttributes(row + 1);
        const next = this.tokens.kind[first];
        const parameters = next === TokenKind.RightParen || next === TokenKind.Ellipsis || this.typeBeginsAt(first);
        return parameters ? terminal.ParametersParen : terminal.LeftParen;
      }
      default: return terminal.LeftParen;
    }
  }

  /** Do declaration specifiers begin at a row? */
  typeBeginsAt(row: number): boolean {
    const kind = this.tokens.kind[row] as number;
    if (kind === TokenKind.Identifier) return this.names.classes[this.tokens.text[row] as number] === NameClass.Typedef;
    return beginsType[terminalOf[kind] as number] === 1;
  }

  /** The first row from `row` on that is in no `__attribute__((...))`. */
  private behindAttributes(row: number): number {
    let at = row;
    while (this.tokens.kind[at] === TokenKind.Attribute) at = this.behindGroup(at + 1);
    return at;
  }

  /** The row behind the bracket that closes the one at `row`; the next row if none opens, the last if none closes. */
  behindGroup(row: number): number {
    const { kind, count } = this.tokens;
    let open = 0;
    let at = row;
    while (at < count - 1) {
      const k = kind[at++];
      if (k === TokenKind.LeftParen || k === TokenKind.LeftBrace || k === TokenKind.LeftBracket) open++;
      else if (k === TokenKind.RightParen || k === TokenKind.RightBrace || k === TokenKind.RightBracket) open--;
      if (open <= 0) return at;
    }
    return at;
  }

  /** A run of `__extension__` belongs to what stands behind it; before `_Static_assert` it is skipped. */
  private extension(row: number): number {
    let at = Math.max(row, this.extensionEnd);
    while (this.tokens.kind[at] === TokenKind.Extension) at++;
    this.extensionEnd = at;
    if (this.tokens.kind[at] === TokenKind.StaticAssert) {
      this.position = at;
      return terminal.StaticAssert;
    }
    return this.typeBeginsAt(at) ? terminal.ExtensionDeclaration : terminal.Extension;
  }

  /** Is it `(name)` or `(name *)` before an operand, where the name is declared nowhere: a cast to an unknown type? */
  private unknownCast(row: number): boolean {
    const { kind, text } = this.tokens;
    if (kind[row + 1] !== TokenKind.Identifier) return false;
    if (this.names.classes[text[row + 1] as number] !== NameClass.Unknown) return false;
    let at = row + 2;
    while (kind[at] === TokenKind.Star) at++;
    if (kind[at] !== TokenKind.RightParen) return false;
    return at > row + 2 || followsCastOnly[kind[at + 1] as number] === 1;
  }

  /**
   * To be called where a block item, a labelled statement or an initialiser item may begin: `name:` is a label (or GNU
   * designator) there, even if the name is a type, and an unknown name before a declarator is a type.
   */
  atItem(): void {
    const { kind, text } = this.tokens;
    const row = this.position;
    if (kind[row] !== TokenKind.Identifier) return;
    const next = kind[row + 1];
    if (next === TokenKind.Colon) {
      this.look = shared[terminal.LabelName];
      return;
    }
    if (next !== TokenKind.Identifier && next !== TokenKind.Star) return;
    if (this.names.classes[text[row] as number] !== NameClass.Unknown) return;
    let at = row + 1;
    while (kind[at] === TokenKind.Star) at++;
    if (kind[at] !== TokenKind.Identifier) return;
    const after = kind[at + 1];
    const declares = after === TokenKind.Semicolon || after === TokenKind.Equal || after === TokenKind.Comma ||
      after === TokenKind.LeftBracket;
    if (declares) this.look = shared[terminal.UnknownType];
  }

  /** Takes `::` for two colons: call after a `:` was consumed; a first half is given back. */
  splitColons(): void {
    if (this.half) {
      this.half = false;
    } else if (this.tokens.kind[this.position - 1] === TokenKind.ColonColon) {
      this.position--;
      this.look = undefined;
      this.half = true;
    }
  }

  /** Moves behind the end of the pragma that the position is in. */
  skipPragma(): void {
    const { kind, count } = this.tokens;
    let at = this.position;
    while (at < count - 1 && kind[at] !== TokenKind.PragmaEnd) at++;
    this.moveTo(Math.min(at + 1, count - 1));
  }

  /** Is the next token the first on its line? */
  startsLine(ahead = 0): boolean {
    const row = Math.min(this.position + ahead, this.tokens.count - 1);
    return ((this.tokens.flags[row] as number) & TokenFlag.StartOfLine) !== 0;
  }
}

/** The terminal of a shared token object. */
function terminalIndex(token: IToken): number {
  return shared.indexOf(token);
}
