/**
 * Macros: the definition, its table, and its text.
 *
 * The tokens of all bodies lie in one table; a macro knows its rows. In the body of a function-like macro a parameter
 * is a `MacroParameter` token whose text is its index. The interner's macro column leads from a name to its entry
 * here.
 */
import type { Interner, SymbolId } from "../source/interner.ts";
import type { Loc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, Tokens } from "../source/token.ts";
import type { FinalMacro } from "./options.ts";

export interface Macro {
  readonly name: SymbolId;
  /** Of the name in its #define. */
  readonly loc: Loc;
  readonly functionLike: boolean;
  readonly parameters: readonly SymbolId[];
  /** The last parameter takes the rest: __VA_ARGS__ or a name. */
  readonly variadic: boolean;
  /** Rows of the body in the table of bodies. */
  readonly start: number;
  readonly end: number;
  /** The body has ## operators or __VA_OPT__. */
  readonly pastes: boolean;
  /** The name of a macro that the preprocessor computes, such as __LINE__; "" for the others. */
  readonly builtin: string;
  /** #pragma GCC poison: every use is an error; `hidden` is the macro that it was before. */
  readonly poisoned: boolean;
  readonly hidden: Macro | undefined;
  /** How many of its expansions are being rescanned: above 0, its name is no macro (C 6.10.3.4p2). */
  active: number;
}

export class MacroTable {
  readonly bodies = new Tokens(1 << 13);
  private readonly macros: (Macro | undefined)[] = [undefined];
  private readonly interner: Interner;

  constructor(interner: Interner) {
    this.interner = interner;
  }

  /** The macro of a name, poisoned entries included. */
  get(name: SymbolId): Macro | undefined {
    return this.macros[this.interner.macro[name] as number];
  }

  /** As #ifdef sees it: a poisoned name is what it was before. */
  defined(name: SymbolId): Macro | undefined {
    const macro = this.get(name);
    return macro !== undefined && macro.poisoned ? macro.hidden : macro;
  }

  set(name: SymbolId, macro: Macro | undefined): void {
    if (macro === undefined) {
      this.interner.macro[name] = 0;
      return;
    }
    this.interner.macro[name] = this.macros.length;
    this.macros.push(macro);
  }

  /** All macros that have a definition, in order of definition. */
  all(): Macro[] {
    return this.macros.filter(
      (macro, index): macro is Macro => macro !== undefined && this.interner.macro[macro.name] === index,
    );
  }

  /** C 6.10.3p1: same kind, same parameters, same tokens, same spacing but for its amount. */
  equal(a: Macro, b: Macro): boolean {
    if (a.functionLike !== b.functionLike || a.variadic !== b.variadic || a.builtin !== b.builtin) return false;
    if (a.parameters.length !== b.parameters.length || a.end - a.start !== b.end - b.start) return false;
    if (!a.parameters.every((parameter, i) => parameter === b.parameters[i])) return false;
    const { kind, text, flags } = this.bodies;
    for (let i = 0; i < a.end - a.start; i++) {
      const [x, y] = [a.start + i, b.start + i];
      if (kind[x] !== kind[y] || text[x] !== text[y]) return false;
      const spaces = ((flags[x] as number) ^ (flags[y] as number)) & TokenFlag.LeadingSpace;
      if (i > 0 && spaces !== 0) return false;
    }
    return true;
  }

  /** The text behind #define: "NAME(a,b...) body". */
  definition(macro: Macro): string {
    let text = this.interner.text(macro.name);
    if (macro.functionLike) {
      const last = macro.parameters.length - 1;
      const names = macro.parameters.map((parameter, i) => {
        const name = this.interner.text(parameter);
        if (i !== last || !macro.variadic) return name;
        return name === "__VA_ARGS__" ? "..." : `${name}...`;
      });
      text += `(${names.join(",")})`;
    }
    const { bodies } = this;
    for (let row = macro.start; row < macro.end; row++) {
      if (row === macro.start || ((bodies.flags[row] as number) & TokenFlag.LeadingSpace) !== 0) text += " ";
      const symbol = bodies.text[row] as number;
      const isParameter = bodies.kind[row] === TokenKind.MacroParameter;
      text += this.interner.text(isParameter ? (macro.parameters[symbol] as number) : symbol);
    }
    return macro.start === macro.end ? `${text} ` : text;
  }

  final(): FinalMacro[] {
    return this.all()
      .filter((macro) => macro.builtin === "" && !macro.poisoned)
      .map((macro) => ({ name: this.interner.text(macro.name), definition: this.definition(macro) }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}
