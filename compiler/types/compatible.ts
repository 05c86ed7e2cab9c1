/**
 * When two types are one: compatibility (C11 6.2.7) and the composite type that a redeclaration makes of two.
 *
 * Sugar does not count, except qualifiers: at the outside they are compared by `compatible` (as `const int` and `int`
 * are not compatible), and left out by `compatibleUnqualified`. A tag names one declaration object, so record and
 * enumeration types of one unit are compatible when they are the same object.
 *
 * Function types may hold function types many times over (each parameter's type a typedef of the one before): pairs
 * that were compared already are remembered for the length of one question.
 */
import { elementOf, functionReturning, integerOf, isBool, noQualifiers, qualifiersOf, qualify } from "./basic.ts";
import { canonical } from "./ctype.ts";
import type { ArrayType, CType, FunctionType, Parameter, VectorShape } from "./ctype.ts";

/** Pairs of function types, with what was found for them. */
type Pairs<T> = Map<FunctionType, Map<FunctionType, T>>;

function remembered<T>(pairs: Pairs<T>, x: FunctionType, y: FunctionType, find: () => T): T {
  let row = pairs.get(x);
  if (row === undefined) pairs.set(x, row = new Map());
  let found = row.get(y);
  if (found === undefined) row.set(y, found = find());
  return found;
}

/** Are both types compatible, outer qualifiers included? The error type is compatible with everything. */
export function compatible(a: CType, b: CType, known?: Pairs<boolean>): boolean {
  if (a === b) return true;
  const p = qualifiersOf(a);
  const q = qualifiersOf(b);
  if (p.const !== q.const || p.volatile !== q.volatile || p.restrict !== q.restrict || p.atomic !== q.atomic) {
    return canonical(a).kind === "error" || canonical(b).kind === "error";
  }
  return compatibleUnqualified(a, b, known);
}

/** Vectors of both attributes are one type, if their elements are. */
function isSameVector(a: VectorShape | undefined, b: VectorShape | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && canonical(a.element) === canonical(b.element);
}

/** Are both types compatible when the qualifiers on the outside are left out? */
export function compatibleUnqualified(a: CType, b: CType, known?: Pairs<boolean>): boolean {
  const x = canonical(a);
  const y = canonical(b);
  if (x === y || x.kind === "error" || y.kind === "error") return true;
  switch (x.kind) {
    case "void":
      return y.kind === "void";
    case "integer":
      if (y.kind === "enum") return y.decl.underlying === x;
      return y.kind === "integer" && x.name === y.name && x.width === y.width && x.signed === y.signed;
    case "enum":
      if (y.kind === "integer") return x.decl.underlying === y;
      return y.kind === "enum" && x.decl === y.decl;
    case "float":
      return y.kind === "float" && x.name === y.name;
    case "pointer":
      return y.kind === "pointer" && compatible(x.to, y.to, known);
    case "record":
      return y.kind === "record" && (x.decl === y.decl || isSameVector(x.decl.vector, y.decl.vector));
    case "array":
      if (y.kind !== "array") return false;
      if (typeof x.length === "number" && typeof y.length === "number" && x.length !== y.length) return false;
      return compatible(elementOf(a), elementOf(b), known);
    case "function":
      if (y.kind !== "function") return false;
      return known === undefined
        ? compatibleFunctions(x, y, new Map())
        : remembered(known, x, y, () => compatibleFunctions(x, y, known));
  }
}

function compatibleFunctions(x: FunctionType, y: FunctionType, known: Pairs<boolean>): boolean {
  if (!compatibleUnqualified(x.returns, y.returns, known)) return false;
  if (!x.prototyped || !y.prototyped) {
    const prototype = x.prototyped ? x : y;
    if (!prototype.prototyped) return true;
    return !prototype.variadic && prototype.parameters.every((p) => survivesPromotion(p.type));
  }
  if (x.variadic !== y.variadic || x.parameters.length !== y.parameters.length) return false;
  return x.parameters.every((p, i) => {
    const other = y.parameters[i];
    return other !== undefined && compatibleParameters(p.type, other.type, known);
  });
}

/** GNU: a `transparent_union` parameter goes with one of a member's type, which is passed alike. */
function compatibleParameters(a: CType, b: CType, known: Pairs<boolean>): boolean {
  return compatibleUnqualified(a, b, known) || isTransparentFor(a, b, known) || isTransparentFor(b, a, known);
}

function isTransparentFor(a: CType, b: CType, known: Pairs<boolean>): boolean {
  const union = canonical(a);
  if (union.kind !== "record" || !union.decl.attributes.transparentUnion) return false;
  return union.decl.members?.some((member) => compatibleUnqualified(member.type, b, known)) === true;
}

/** Is the type its own default argument promotion (C11 6.7.6.3p15)? */
function survivesPromotion(type: CType): boolean {
  const t = integerOf(type);
  if (t !== undefined) return t.rank >= 3 && !isBool(type);
  const c = canonical(type);
  return c.kind !== "float" || c.size >= 8;
}

/**
 * The composite of two compatible types (C11 6.2.7p3): the length that one array has, the prototype that one function
 * has.
 */
export function composite(a: CType, b: CType, known: Pairs<CType> = new Map()): CType {
  if (a === b) return a;
  const x = canonical(a);
  const y = canonical(b);
  if (x.kind === "array" && y.kind === "array") {
    const element = composite(elementOf(a), elementOf(b), known);
    const isKnown = typeof y.length === "number" || x.length === "incomplete";
    if (typeof x.length !== "number" && isKnown && x.length !== y.length) {
      const longer: ArrayType = { kind: "array", of: element, length: y.length };
      return longer;
    }
    return a;
  }
  if (x.kind === "function" && y.kind === "function") {
    if (!x.prototyped) return b;
    if (!y.prototyped) return a;
    return remembered(known, x, y, () => compositeFunction(x, y, known));
  }
  if (x.kind === "pointer" && y.kind === "pointer" && a.kind === "pointer" && b.kind === "pointer") {
    const to = composite(a.to, b.to, known);
    return to === a.to ? a : { kind: "pointer", to };
  }
  return a;
}

function compositeFunction(x: FunctionType, y: FunctionType, known: Pairs<CType>): CType {
  const parameters = x.parameters.map((p, i): Parameter => {
    const other = y.parameters[i];
    if (other === undefined) return p;
    return {
      name: other.name ?? p.name,
      type: compositeParameter(other.type, p.type, known),
      loc: other.name !== undefined ? other.loc : p.loc,
      declTags: other.declTags.length > 0 ? other.declTags : p.declTags,
    };
  });
  return functionReturning(composite(y.returns, x.returns, known), parameters, x.variadic);
}

/** Of a `transparent_union` and a member's type it is the latter. */
function compositeParameter(a: CType, b: CType, known: Pairs<CType>): CType {
  return canonical(a).kind === "record" && canonical(b).kind !== "record" ? b : composite(a, b, known);
}

/** The composite of two pointees in `?:` and comparisons: the composite with the qualifiers of both (C11 6.5.15p6). */
export function compositeWithQualifiers(a: CType, b: CType): CType {
  const p = qualifiersOf(a);
  const q = qualifiersOf(b);
  return qualify(composite(a, b), {
    ...noQualifiers,
    const: p.const || q.const,
    volatile: p.volatile || q.volatile,
    restrict: p.restrict || q.restrict,
  });
}
