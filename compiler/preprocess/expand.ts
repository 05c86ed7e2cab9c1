/**
 * Macro expansion (C 6.10.3), by clang's rules where the standard leaves room.
 *
 * An expansion is a frame on a stack: rows of a token table that are read before what lies below. While a macro's frame
 * is on the stack the macro is active and its name is no macro; a name met in that time is marked NoExpand for good.
 * Reading the arguments of a call may run over the end of frames, which pops them: their macros are free again. That is
 * where implementations differ (`#define f(a) a*g`, `#define g(a) f(a)`, `f(2)(9)`), and this is clang's answer.
 *
 *   object-like    the frame reads the body itself; each token gets its expansion row as it is read
 *   function-like  arguments are collected, expanded once where they are used bare, substituted into rows on the
 *                  arena (substitute.ts), and the frame reads those
 *
 * An argument is expanded alone: a frame with a barrier, which nothing reads beyond. The arena is a stack as the frames
 * are: a popped frame gives its rows back. A budget on expansion rows ends what would expand for ever.
 */
import { type Loc, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, Tokens, isName } from "../source/token.ts";
import { type Arguments, collectArguments } from "./arguments.ts";
import { runBuiltin } from "./builtin.ts";
import { directiveInArguments } from "./directive.ts";
import { LexMode, Stop } from "./lex-context.ts";
import type { Macro } from "./macro.ts";
import type { State } from "./state.ts";
import { Paster } from "./stringify.ts";
import { substitute } from "./substitute.ts";

interface Frame {
  readonly tokens: Tokens;
  pos: number;
  readonly end: number;
  /** Active while the frame stands. */
  readonly macro: Macro | undefined;
  /** Nothing below the frame is read: its end is the end of the input. */
  readonly barrier: boolean;
  /** Location of the macro's name when rows get their expansion as they are read; `noLoc` when they have it. */
  readonly nameLoc: Loc;
  /** Rows of the arena to give back, from here; -1 for none. */
  readonly arenaStart: number;
  /** White space behind its last token, where the body ends in an empty argument: the token after it gets that. */
  readonly trailing: number;
}

/** A token's flags with what an empty expansion before it left: white space before a line end does not count. */
function inherit(flags: number, inherited: number): number {
  return (flags & TokenFlag.StartOfLine) !== 0 ? flags : flags | inherited;
}

/** Expansion rows in one translation unit: more than 16 million mean that it grows without end. */
const expansionBudget = 1 << 24;

/** Calls inside arguments of calls; each level takes some stack. */
const depthLimit = 256;

const layoutFlags = TokenFlag.StartOfLine | TokenFlag.LeadingSpace;

export class Expander {
  /** The current token: what `pull` read last. */
  kind = 0;
  loc: Loc = 0;
  text = 0;
  flags = 0;
  readonly arena = new Tokens(1 << 12);
  readonly paster: Paster;
  /** A directive's line is being expanded. */
  inDirective = false;
  /** White space and line start that an empty expansion leaves to the next token. */
  private pending = 0;
  private readonly frames: Frame[] = [];
  private readonly single = new Tokens(4);
  private readonly pool: Tokens[] = [];
  private readonly state: State;
  private depth = 0;
  private readonly base: number;

  constructor(state: State) {
    this.state = state;
    this.paster = new Paster(state.lex);
    this.base = state.sources.expansionsUsed;
  }

  /** Is an argument being expanded? Then _Pragma waits until the result is rescanned. */
  get inArgument(): boolean {
    return this.depth > 0;
  }

  /** The last row of `out`, just read from the file, is a macro's name: puts its expansion in its place. */
  expandLast(out: Tokens): void {
    const row = --out.count;
    this.kind = out.kind[row] as number;
    this.loc = out.loc[row] as number;
    this.text = out.text[row] as number;
    this.flags = (out.flags[row] as number) | this.pending;
    this.pending = 0;
    if (!this.enter(out)) out.push(this.kind, this.loc, this.text, this.flags);
    else this.drain(out, 0, false);
    this.finish();
  }

  /**
   * Expands rows of a table that stand alone, as a directive's line or an argument. In a condition the operand of
   * `defined` stays as it is (C 6.10.1p1).
   */
  expandRows(tokens: Tokens, from: number, to: number, out: Tokens, condition: boolean): void {
    const depth = this.frames.length;
    const pending = this.pending;
    this.pending = 0;
    this.frames.push({
      tokens, pos: from, end: to, macro: undefined, barrier: true, nameLoc: noLoc, arenaStart: -1, trailing: 0,
    });
    this.drain(out, depth, condition);
    this.pending = pending;
  }

  /** `expandRows` for a directive's line: __has_include is allowed there. */
  expandDirective(tokens: Tokens, from: number, to: number, out: Tokens, condition: boolean): void {
    const outer = this.inDirective;
    const { depth } = this;
    this.inDirective = true;
    this.depth = 0;
    this.expandRows(tokens, from, to, out, condition);
    this.inDirective = outer;
    this.depth = depth;
  }

  /** White space that the next token gets on top of its own. */
  addPending(flags: number): void {
    this.pending |= flags & layoutFlags;
  }

  /** Reads the next token of the frames, or of the file below them, unexpanded. EndOfFile at a barrier. */
  pull(): void {
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined) {
        this.pullFile();
        return;
      }
      if (frame.pos < frame.end) {
        this.read(frame);
        return;
      }
      if (frame.barrier) {
        this.kind = TokenKind.EndOfFile;
        return;
      }
      this.pop();
    }
  }

  /** Is the token that `pull` would give a parenthesis? */
  peekParen(): boolean {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const frame = this.frames[i] as Frame;
      if (frame.pos < frame.end) return frame.tokens.kind[frame.pos] === TokenKind.LeftParen;
      if (frame.barrier) return false;
    }
    const { files } = this.state;
    const file = files[files.length - 1];
    return file !== undefined && file.lexer.peekParen();
  }

  /** A table to use for a while; give it back with `release`. */
  acquire(): Tokens {
    const tokens = this.pool.pop() ?? new Tokens(64);
    tokens.count = 0;
    return tokens;
  }

  release(tokens: Tokens): void {
    this.pool.push(tokens);
  }

  /** A new expansion row; ends the run when the budget is used up. */
  place(spelling: Loc, expansion: Loc, macro: number, argument: boolean): Loc {
    const { sources, diagnostics } = this.state;
    if (sources.expansionsUsed - this.base >= expansionBudget) {
      if (!diagnostics.stopped) {
        diagnostics.fatal(sources.expansion(expansion), "macro expansion gives too many tokens");
      }
      return expansion;
    }
    return sources.addExpansion(spelling, expansion, macro, argument);
  }

  private read(frame: Frame): void {
    const row = frame.pos++;
    const { tokens } = frame;
    this.kind = tokens.kind[row] as number;
    this.text = tokens.text[row] as number;
    this.flags = (tokens.flags[row] as number) | this.pending;
    this.pending = 0;
    const loc = tokens.loc[row] as number;
    this.loc = frame.nameLoc === noLoc
      ? loc
      : this.place(loc, frame.nameLoc, (frame.macro as Macro).name, false);
  }

  private pullFile(): void {
    const { files, diagnostics } = this.state;
    const { single } = this;
    for (;;) {
      const file = files[files.length - 1];
      single.count = 0;
      const stop = file === undefined || diagnostics.stopped ? Stop.EndOfFile : file.lexer.lex(single, LexMode.One);
      if (stop === Stop.EndOfFile) {
        this.kind = TokenKind.EndOfFile;
        return;
      }
      if (stop === Stop.Directive) {
        directiveInArguments(this.state);
        continue;
      }
      if (single.kind[0] === TokenKind.Comment) {
        this.addPending((single.flags[0] as number) | TokenFlag.LeadingSpace);
        continue;
      }
      this.kind = single.kind[0] as number;
      this.loc = single.loc[0] as number;
      this.text = single.text[0] as number;
      this.flags = inherit(single.flags[0] as number, this.pending);
      this.pending = 0;
      return;
    }
  }

  private pop(): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    if (frame.macro !== undefined) frame.macro.active--;
    this.pending |= frame.trailing;
    if (frame.arenaStart >= 0) this.arena.count = frame.arenaStart;
  }

  /** Reads and expands until only `depth` frames are left. */
  private drain(out: Tokens, depth: number, condition: boolean): void {
    const { interner, diagnostics, names } = this.state;
    let operand = 0;
    for (;;) {
      let frame = this.frames[this.frames.length - 1];
      while (this.frames.length > depth && frame !== undefined && frame.pos >= frame.end) {
        this.pop();
        frame = this.frames[this.frames.length - 1];
      }
      if (this.frames.length <= depth || frame === undefined) return;
      if (diagnostics.stopped) {
        while (this.frames.length > depth) this.pop();
        return;
      }
      this.read(frame);
      if (condition && (operand > 0 || this.text === names.defined)) {
        // defined X, defined(X)
        if (operand === 0) operand = 1;
        else if (operand === 1 && this.kind === TokenKind.LeftParen) operand = 2;
        else operand = 0;
        if (this.text === names.defined && this.loc < 0) this.madeDefined();
        out.push(this.kind, this.loc, this.text, this.flags);
        continue;
      }
      if (
        interner.macro[this.text] !== 0 && isName(this.kind) && (this.flags & TokenFlag.NoExpand) === 0 &&
        this.enter(out)
      ) {
        continue;
      }
      out.push(this.kind, this.loc, this.text, this.flags);
    }
  }

  /** `defined` came out of a macro (C 6.10.1p4); from a function-like one it works everywhere. */
  private madeDefined(): void {
    const { diagnostics, macros, sources } = this.state;
    const message = "macro expansion producing 'defined' has undefined behavior";
    const maker = sources.trail(this.loc)[0];
    const functionLike = maker !== undefined && macros.get(maker.macro)?.functionLike === true;
    if (functionLike) diagnostics.warning("expansion-to-defined", this.loc, message);
    else diagnostics.warningByDefault("expansion-to-defined", this.loc, message);
  }

  /** A pending line start goes to the file's next token. */
  private finish(): void {
    if (this.pending === 0) return;
    const { files } = this.state;
    files[files.length - 1]?.lexer.addFlags(this.pending);
    this.pending = 0;
  }

  /** The current token is a macro's name: begins its expansion. False when the token stays as it is. */
  private enter(out: Tokens): boolean {
    const { macros, diagnostics } = this.state;
    let macro = macros.get(this.text);
    if (macro === undefined) return false;
    if (macro.poisoned) {
      diagnostics.error(this.loc, "attempt to use a poisoned identifier");
      if (macro.hidden === undefined) return false;
      macro = macro.hidden;
    }
    if (macro.builtin !== "") return runBuiltin(this.state, macro, out);
    if (macro.active > 0) {
      this.flags |= TokenFlag.NoExpand;
      return false;
    }
    if (!macro.functionLike) {
      if (macro.start === macro.end) {
        this.pending |= this.flags & layoutFlags;
        return true;
      }
      const flags = this.flags;
      if (macro.pastes) {
        const start = this.arena.count;
        const trailing = substitute(this, this.state, macro, this.loc, undefined);
        this.pushArena(macro, start, flags, trailing);
      } else {
        this.frames.push({
          tokens: macros.bodies,
          pos: macro.start,
          end: macro.end,
          macro,
          barrier: false,
          nameLoc: this.loc,
          arenaStart: -1,
          trailing: 0,
        });
        macro.active++;
        this.first(flags);
      }
      return true;
    }
    if (!this.peekParen()) return false;
    return this.call(macro);
  }

  /** A call of a function-like macro whose name is the current token and whose parenthesis comes next. */
  private call(macro: Macro): boolean {
    const { diagnostics } = this.state;
    const { kind, loc, text, flags } = this;
    if (this.depth >= depthLimit) {
      if (!diagnostics.stopped) {
        diagnostics.fatal(this.state.sources.expansion(loc), "macro calls are nested too deeply");
      }
      return true;
    }
    const call = collectArguments(this, this.state, macro);
    if (call === "unterminated") return true;
    if (call === "mismatch") {
      this.kind = kind;
      this.loc = loc;
      this.text = text;
      this.flags = flags;
      return false;
    }
    this.expandArguments(macro, call);
    const start = this.arena.count;
    const trailing = substitute(this, this.state, macro, loc, call);
    this.release(call.tokens);
    for (const tokens of call.expanded) if (tokens !== undefined) this.release(tokens);
    this.pushArena(macro, start, flags, trailing);
    return true;
  }

  /** A frame over the arena's rows from `start`, for the macro whose name had the flags. */
  private pushArena(macro: Macro, start: number, flags: number, trailing: number): void {
    const { arena } = this;
    if (arena.count === start) {
      this.pending |= (flags & layoutFlags) | trailing;
      return;
    }
    this.frames.push({
      tokens: arena,
      pos: start,
      end: arena.count,
      macro,
      barrier: false,
      nameLoc: noLoc,
      arenaStart: start,
      trailing,
    });
    macro.active++;
    this.first(flags);
  }

  /** The first token of an expansion has the white space that stood before the macro's name. */
  private first(flags: number): void {
    const frame = this.frames[this.frames.length - 1] as Frame;
    if (frame.tokens === this.arena) {
      const row = frame.pos;
      this.arena.flags[row] = ((this.arena.flags[row] as number) & ~layoutFlags) | (flags & layoutFlags);
    } else {
      // The body is shared, and its first token has no flags of its own.
      this.pending |= flags & layoutFlags;
    }
  }

  /** Expands, each alone, the arguments that the body uses outside # and ##, and the variadic one for __VA_OPT__. */
  private expandArguments(macro: Macro, call: Arguments): void {
    const { bodies } = this.state.macros;
    for (let row = macro.start; row < macro.end; row++) {
      let index = -1;
      if (bodies.kind[row] === TokenKind.MacroParameter) {
        const pasted = macro.pastes &&
          (bodies.kind[row - 1] === TokenKind.HashHash && row > macro.start ||
            bodies.kind[row + 1] === TokenKind.HashHash && row + 1 < macro.end);
        const spelled = bodies.kind[row - 1] === TokenKind.Hash && row > macro.start;
        if (!pasted && !spelled) index = bodies.text[row] as number;
      } else if (macro.variadic && bodies.text[row] === this.state.names.vaOpt) {
        index = macro.parameters.length - 1;
      }
      if (index >= 0 && call.expanded[index] === undefined) {
        const out = this.acquire();
        call.expanded[index] = out;
        this.depth++;
        this.expandRows(call.tokens, call.starts[index] as number, call.starts[index + 1] as number, out, false);
        this.depth--;
      }
    }
  }
}
