/**
 * What the parser must know of names: which of them are types where it stands.
 *
 * C's grammar is ambiguous without it (C11 6.7.8: a typedef name is a terminal of its own). The table has one byte
 * per symbol, so that a look-up is one array read; leaving a scope undoes what was declared in it. Members, tags and
 * labels have name spaces of their own (C11 6.2.3); of them only tags are noted, for skim.ts.
 */
import type { Interner, SymbolId } from "../source/interner.ts";
import { predeclaredTypes } from "../ast/syntax.ts";

/** What a symbol is; from `Builtin` up the words that begin special forms, as `firstBuiltin + n`. */
export const NameClass = {
  Unknown: 0,
  Ordinary: 1,
  Typedef: 2,
  Offsetof: 3,
  TypesCompatible: 4,
  ChooseExpr: 5,
  VaArg: 6,
} as const;

const builtinForms: readonly (readonly [string, number])[] = [
  ["__builtin_offsetof", NameClass.Offsetof],
  ["__builtin_types_compatible_p", NameClass.TypesCompatible],
  ["__builtin_choose_expr", NameClass.ChooseExpr],
  ["__builtin_va_arg", NameClass.VaArg],
  // Of the same form: a value and a type.
  ["__builtin_convertvector", NameClass.VaArg],
];

export class NameTable {
  /** By symbol: a `NameClass`. */
  readonly classes: Uint8Array;
  /** By symbol: 1 for tags that were named at file scope. */
  readonly tags: Uint8Array;
  /** How many scopes are open below file scope. */
  depth = 0;
  /** Pairs of symbol and former class, in order of declaration. */
  private readonly undo: number[] = [];
  /** By depth: the length of `undo` when the scope was opened. */
  private readonly marks: number[] = [];

  /** All spellings of the translation unit must have been interned. */
  constructor(interner: Interner) {
    const predeclared = predeclaredTypes.map((name) => interner.intern(name));
    const forms = builtinForms.map(([name, form]) => [interner.intern(name), form] as const);
    this.classes = new Uint8Array(interner.count);
    this.tags = new Uint8Array(interner.count);
    for (const symbol of predeclared) this.classes[symbol] = NameClass.Typedef;
    for (const [symbol, form] of forms) this.classes[symbol] = form;
  }

  open(): void {
    this.marks[this.depth++] = this.undo.length;
  }

  close(): void {
    const mark = this.marks[--this.depth] as number;
    const { undo, classes } = this;
    while (undo.length > mark) {
      const former = undo.pop() as number;
      classes[undo.pop() as number] = former;
    }
  }

  /** Closes scopes until `depth` are left. */
  closeTo(depth: number): void {
    while (this.depth > depth) this.close();
  }

  /** A tag is named; below file scope that tells nothing to those outside. */
  nameTag(symbol: SymbolId): void {
    if (this.depth === 0) this.tags[symbol] = 1;
  }

  /** Declares a name in the innermost scope. */
  declare(symbol: SymbolId, isTypedef: boolean): void {
    const now = isTypedef ? NameClass.Typedef : NameClass.Ordinary;
    const before = this.classes[symbol] as number;
    if (before === now || before > NameClass.Typedef) return;
    if (this.depth > 0) this.undo.push(symbol, before);
    this.classes[symbol] = now;
  }
}
