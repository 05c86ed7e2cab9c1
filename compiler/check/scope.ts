/**
 * Scopes: which declaration a name means (C11 6.2.1, 6.2.3).
 *
 * Ordinary identifiers and tags are two name spaces of every scope; labels belong to the function (or to a block, by GNU's
 * `__label__`), and members to their record. A scope is a link to its parent and two maps that exist once they are needed.
 */
import type { FunctionDecl, Label, Variable } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import type { CType, EnumType, RecordType, TypedefType } from "../types/ctype.ts";

/** What an ordinary identifier names. */
export type Binding =
  | { readonly kind: "variable"; readonly variable: Variable; readonly loc: Loc }
  | { readonly kind: "function"; readonly function: FunctionDecl; readonly loc: Loc }
  | { readonly kind: "typedef"; readonly type: TypedefType; readonly loc: Loc }
  | { readonly kind: "enumConstant"; readonly value: bigint; type: CType; readonly enum: EnumType; readonly index: number;
      readonly loc: Loc }
  /** A declaration that was in error: uses are silent. */
  | { readonly kind: "error"; readonly loc: Loc };

export type Tag = RecordType | EnumType;

export class Scope {
  readonly parent: Scope | undefined;
  /** A "block" has braces; a "statement" is a body or a loop's head without any. */
  readonly kind: "file" | "function" | "block" | "statement" | "prototype";
  private ordinary: Map<string, Binding> | undefined;
  private tags: Map<string, Tag> | undefined;
  private labels: Map<string, Label> | undefined;

  constructor(parent: Scope | undefined, kind: Scope["kind"]) {
    this.parent = parent;
    this.kind = kind;
  }

  /** The innermost declaration of a name. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.ordinary?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The declaration of a name in this very scope. */
  own(name: string): Binding | undefined {
    return this.ordinary?.get(name);
  }

  bind(name: string, binding: Binding): void {
    (this.ordinary ??= new Map()).set(name, binding);
  }

  /** The innermost scope with braces, or the file. */
  enclosingBlock(): Scope {
    let scope: Scope = this;
    while ((scope.kind === "statement" || scope.kind === "prototype") && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  findTag(name: string): Tag | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.tags?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  ownTag(name: string): Tag | undefined {
    return this.tags?.get(name);
  }

  bindTag(name: string, tag: Tag): void {
    (this.tags ??= new Map()).set(name, tag);
  }

  /** A label that a `__label__` of this block or one around it declares, up to the function. */
  findLocalLabel(name: string): Label | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.labels?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  declareLabel(name: string, label: Label): boolean {
    const labels = (this.labels ??= new Map());
    if (labels.has(name)) return false;
    labels.set(name, label);
    return true;
  }

  /** All ordinary names that can be seen from here, for "did you mean". */
  *visibleNames(): Iterable<string> {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.ordinary !== undefined) yield* scope.ordinary.keys();
    }
  }

  *visibleTags(): Iterable<string> {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.tags !== undefined) yield* scope.tags.keys();
    }
  }

  /**
   * Takes over the tags and enumeration constants of a prototype: those of a function definition are seen in its body
   * (C11 6.2.1p4). Its parameters are declared anew, as variables.
   */
  adoptTypes(prototype: Scope): void {
    for (const [name, tag] of prototype.tags ?? []) this.bindTag(name, tag);
    for (const [name, binding] of prototype.bindings()) if (binding.kind === "enumConstant") this.bind(name, binding);
  }

  declaresTypes(): boolean {
    return this.tags !== undefined || [...this.bindings()].some(([, { kind }]) => kind === "enumConstant");
  }

  /** The bindings of this very scope. */
  *bindings(): Iterable<readonly [string, Binding]> {
    if (this.ordinary !== undefined) yield* this.ordinary;
  }
}
