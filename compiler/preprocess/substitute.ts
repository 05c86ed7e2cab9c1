/**
 * Substitution (C 6.10.3.1 to 6.10.3.3): a macro's body with its arguments in, onto the expander's arena.
 *
 * First the body is walked: an argument stands expanded, or as it is when it is an operand of ##; # makes a string;
 * __VA_OPT__ gives its contents or nothing. Nothing next to ## is a placemarker. Then ## is done from left to right,
 * and the placemarkers go. GNU's `, ## __VA_ARGS__` is a rule of its own: with arguments there is no pasting, without
 * the comma goes. White space follows clang: a token has it when the body has it there, an argument's first token too.
 */
import type { Loc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens } from "../source/token.ts";
import type { Arguments } from "./arguments.ts";
import type { Expander } from "./expand.ts";
import type { Macro } from "./macro.ts";
import type { State } from "./state.ts";
import { stringify } from "./stringify.ts";

/**
 * Appends the expansion to the arena. `call` is undefined for an object-like macro. Returns the flags that the token
 * behind the expansion gets: white space, when the body has some before an empty argument at its end.
 */
export function substitute(
  expander: Expander,
  state: State,
  macro: Macro,
  nameLoc: Loc,
  call: Arguments | undefined,
): number {
  const substitution = new Substitution(expander, state, macro, nameLoc, call);
  const start = expander.arena.count;
  substitution.build(macro.start, macro.end);
  if (macro.pastes) substitution.paste(start);
  return substitution.space ? TokenFlag.LeadingSpace : 0;
}

class Substitution {
  private readonly expander: Expander;
  private readonly state: State;
  private readonly macro: Macro;
  private readonly nameLoc: Loc;
  private readonly call: Arguments | undefined;
  private readonly arena: Tokens;
  /** White space before the next token. */
  space = false;

  constructor(expander: Expander, state: State, macro: Macro, nameLoc: Loc, call: Arguments | undefined) {
    this.expander = expander;
    this.state = state;
    this.macro = macro;
    this.nameLoc = nameLoc;
    this.call = call;
    this.arena = expander.arena;
  }

  /** Substitutes the body's rows `from` to `to` (exclusive). */
  build(from: number, to: number): void {
    const { macro, call } = this;
    const { bodies } = this.state.macros;
    for (let row = from; row < to; row++) {
      const kind = bodies.kind[row] as number;
      const pasteBefore = row > from && bodies.kind[row - 1] === TokenKind.HashHash;
      const pasteAfter = row + 1 < to && bodies.kind[row + 1] === TokenKind.HashHash;
      if (row > from && !pasteBefore && ((bodies.flags[row] as number) & TokenFlag.LeadingSpace) !== 0) {
        this.space = true;
      }
      if (kind === TokenKind.MacroParameter && call !== undefined) {
        this.argument(call, row, from, pasteBefore, pasteAfter);
      } else if (kind === TokenKind.Hash && call !== undefined) {
        row = this.string(call, row);
      } else if (macro.variadic && call !== undefined && bodies.text[row] === this.state.names.vaOpt) {
        row = this.optional(call, row, pasteBefore || pasteAfter);
      } else {
        this.push(kind, this.placed(row), bodies.text[row] as number);
      }
    }
  }

  private push(kind: number, loc: Loc, text: number): void {
    this.arena.push(kind, loc, text, this.space ? TokenFlag.LeadingSpace : 0);
    this.space = false;
  }

  /** The location of the body's row in this expansion. */
  private placed(row: number): Loc {
    return this.expander.place(this.state.macros.bodies.loc[row] as number, this.nameLoc, this.macro.name, false);
  }

  /** The parameter at a row. */
  private argument(call: Arguments, row: number, from: number, pasteBefore: boolean, pasteAfter: boolean): void {
    const { arena, macro } = this;
    const { bodies } = this.state.macros;
    const index = bodies.text[row] as number;
    if (!pasteBefore && !pasteAfter) {
      const expanded = call.expanded[index];
      if (expanded !== undefined) this.copy(expanded, 0, expanded.count, row);
      return;
    }
    const start = call.starts[index] as number;
    const end = call.starts[index + 1] as number;
    const isRest = macro.variadic && index === macro.parameters.length - 1;
    const afterComma = isRest && pasteBefore && row - 2 >= from && bodies.kind[row - 2] === TokenKind.Comma;
    if (afterComma && start < end) {
      // The operator goes; the arguments follow the comma unpasted, with the white space that they have.
      arena.count--;
      this.copy(call.tokens, start, end, row);
      const first = arena.count - (end - start);
      const layout = (call.tokens.flags[start] as number) & (TokenFlag.LeadingSpace | TokenFlag.StartOfLine);
      arena.flags[first] = (arena.flags[first] as number) & ~TokenFlag.LeadingSpace | layout;
      return;
    }
    if (afterComma && !pasteAfter && call.elided && this.dropsComma()) {
      arena.count -= 2;
      // "x ## , ## __VA_ARGS__": the comma was an operand itself.
      if (row - 3 >= from && bodies.kind[row - 3] === TokenKind.HashHash) {
        this.push(TokenKind.Placemarker, this.nameLoc, 0);
      }
      return;
    }
    if (start === end) this.push(TokenKind.Placemarker, this.nameLoc, 0);
    else this.copy(call.tokens, start, end, row);
  }

  /** Strict C99 keeps the comma of a macro that has no named parameter. */
  private dropsComma(): boolean {
    const { dialect, gnu } = this.state.options;
    return gnu || dialect === "c89" || this.macro.parameters.length >= 2;
  }

  /** An argument's tokens in the place of the parameter at a row of the body. */
  private copy(tokens: Tokens, from: number, to: number, row: number): void {
    if (from === to) return;
    const { arena, expander, macro } = this;
    const parameter = this.placed(row);
    const first = arena.count;
    for (let i = from; i < to; i++) {
      const loc = expander.place(tokens.loc[i] as number, parameter, macro.name, true);
      arena.push(tokens.kind[i] as number, loc, tokens.text[i] as number, tokens.flags[i] as number);
    }
    const flags = (arena.flags[first] as number) & ~(TokenFlag.StartOfLine | TokenFlag.LeadingSpace);
    arena.flags[first] = this.space ? flags | TokenFlag.LeadingSpace : flags;
    this.space = false;
  }

  /** The # at a row and its operand; returns the operand's last row. */
  private string(call: Arguments, row: number): number {
    const { arena, state } = this;
    const { bodies } = state.macros;
    const loc = this.placed(row);
    let made: { text: number; dropped: boolean };
    let last = row + 1;
    if (bodies.kind[row + 1] === TokenKind.MacroParameter) {
      const index = bodies.text[row + 1] as number;
      made = stringify(state.interner, call.tokens, call.starts[index] as number, call.starts[index + 1] as number);
    } else {
      // #__VA_OPT__( … )
      const space = this.space;
      const start = arena.count;
      this.space = false;
      last = this.optional(call, row + 1, false);
      this.paste(start);
      made = stringify(state.interner, arena, start, arena.count);
      arena.count = start;
      this.space = space;
    }
    if (made.dropped) {
      state.diagnostics.warning("invalid-pp-token", loc, "invalid string literal, ignoring final '\\'");
    }
    this.push(TokenKind.StringLiteral, loc, made.text);
    return last;
  }

  /** __VA_OPT__ at a row; returns the row of its closing parenthesis. */
  private optional(call: Arguments, row: number, isOperand: boolean): number {
    const { arena, macro } = this;
    const { bodies } = this.state.macros;
    let end = row + 1;
    for (let depth = 0; end < macro.end; end++) {
      if (bodies.kind[end] === TokenKind.LeftParen) depth++;
      else if (bodies.kind[end] === TokenKind.RightParen && --depth === 0) break;
    }
    const rest = call.expanded[macro.parameters.length - 1];
    const start = arena.count;
    if (rest !== undefined && rest.count > 0) {
      const inner = new Substitution(this.expander, this.state, macro, this.nameLoc, call);
      inner.build(row + 2, end);
      inner.joinAll(start);
      this.space ||= inner.space && arena.count === start;
    }
    if (arena.count > start) {
      const flags = (arena.flags[start] as number) & ~(TokenFlag.StartOfLine | TokenFlag.LeadingSpace);
      arena.flags[start] = this.space ? flags | TokenFlag.LeadingSpace : flags;
      this.space = false;
    } else if (isOperand) {
      this.push(TokenKind.Placemarker, this.nameLoc, 0);
    }
    return end;
  }

  /** Does the ## operators in the arena's rows from `start` on, left to right, and drops the placemarkers. */
  paste(start: number): void {
    this.joinAll(start);
    this.dropPlacemarkers(start);
  }

  /** The first half of `paste`: the contents of __VA_OPT__ keep their placemarkers, which may be operands outside. */
  private joinAll(start: number): void {
    const { arena } = this;
    const end = arena.count;
    let write = start;
    for (let read = start; read < end; read++) {
      const operator = arena.kind[read] === TokenKind.HashHash &&
        ((arena.flags[read] as number) & TokenFlag.NoPaste) === 0;
      if (!operator || write === start || read + 1 === end) {
        this.move(read, write++);
        continue;
      }
      read++;
      if (!this.join(write - 1, read, arena.loc[read - 1] as number)) this.move(read, write++);
    }
    arena.count = write;
  }

  private move(from: number, to: number): void {
    if (from === to) return;
    const { arena } = this;
    arena.kind[to] = arena.kind[from] as number;
    arena.loc[to] = arena.loc[from] as number;
    arena.text[to] = arena.text[from] as number;
    arena.flags[to] = arena.flags[from] as number;
  }

  /** Pastes row `right` onto row `left`. False, with an error, when both together are no token. */
  private join(left: number, right: number, operator: Loc): boolean {
    const { arena, state } = this;
    const layout = (arena.flags[left] as number) & (TokenFlag.LeadingSpace | TokenFlag.StartOfLine);
    if (arena.kind[right] === TokenKind.Placemarker) return true;
    if (arena.kind[left] === TokenKind.Placemarker) {
      this.move(right, left);
      const flags = (arena.flags[left] as number) & ~(TokenFlag.LeadingSpace | TokenFlag.StartOfLine);
      arena.flags[left] = flags | layout;
      return true;
    }
    const a = arena.text[left] as number;
    const b = arena.text[right] as number;
    const pasted = this.expander.paster.paste(arena.kind[left] as number, a, b, arena.kind[right] as number);
    if (pasted === undefined) {
      const text = state.interner.text(a) + state.interner.text(b);
      state.diagnostics.error(operator, `pasting formed '${text}', an invalid preprocessing token`);
      return false;
    }
    arena.kind[left] = pasted.kind;
    arena.text[left] = pasted.text;
    arena.flags[left] = pasted.kind === TokenKind.HashHash ? layout | TokenFlag.NoPaste : layout;
    return true;
  }

  private dropPlacemarkers(start: number): void {
    const { arena } = this;
    let write = start;
    let space = 0;
    for (let read = start; read < arena.count; read++) {
      if (arena.kind[read] === TokenKind.Placemarker) {
        space |= (arena.flags[read] as number) & TokenFlag.LeadingSpace;
        continue;
      }
      this.move(read, write);
      arena.flags[write] = (arena.flags[write] as number) | space;
      space = 0;
      write++;
    }
    if (space !== 0) this.space = true;
    arena.count = write;
  }
}
