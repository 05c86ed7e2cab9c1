/**
 * Enumerations (C11 6.7.2.2 as clang extends it): values may need 64 bits; the enumeration's integer type is the smallest of
 * int, unsigned int, long and unsigned long that holds all values (the smallest of all with `packed`), unsigned unless a value
 * is negative. A constant that fits has type int, others the enumeration's integer type.
 */
import type * as Syntax from "../ast/syntax.ts";
import {
  errorType, integerOf, intType, longType, shortType, signedCharType, unsignedCharType, unsignedIntType, unsignedLongType,
  unsignedShortType,
} from "../types/basic.ts";
import { fits } from "../types/convert.ts";
import type { CType, EnumConstant, EnumDecl, EnumType, IntegerType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { keepUses, noteAdvised, releaseUses } from "./advice.ts";
import { readAttributes } from "./attributes.ts";
import { pushedAttributes } from "./pushed-attributes.ts";
import { type Checker, error, warn } from "./context.ts";
import { requireConstant } from "./expressions.ts";
import type { Binding } from "./scope.ts";
import { resolveTypeName } from "./specifiers.ts";

export function resolveEnum(c: Checker, specifier: Syntax.EnumSpecifier, alone: boolean): CType {
  const fixed = specifier.underlying === undefined ? undefined : fixedType(c, specifier.underlying);
  const type = declareTag(c, specifier, alone || fixed !== undefined, fixed);
  if (type.kind !== "enum") return type;
  const attributes = readAttributes(c, [pushedAttributes(c, "enum"), specifier.attributes], { kind: "enum" });
  type.decl.declTags.push(...attributes.declTags);
  if (attributes.flagEnum) type.decl.isFlags = true;
  if (attributes.openEnum !== undefined) type.decl.isOpen = attributes.openEnum;
  if (specifier.enumerators === undefined) {
    if (!alone) noteAdvised(c, type.decl, specifier.tag ?? "", specifier.loc);
    if (attributes.advice !== undefined && alone) c.advice.set(type.decl, attributes.advice);
    return type;
  }
  if (c.openEnums.has(type.decl)) {
    error(c, specifier.loc, `nested redefinition of '${type.decl.tag ?? ""}'`,
      [{ place: type.decl.loc, message: "previous definition is here" }]);
    return errorType;
  }
  if (type.decl.constants !== undefined && (fixed === undefined || type.decl.constants.length > 0)) {
    error(c, specifier.loc, `redefinition of '${type.decl.tag ?? ""}'`,
      [{ place: type.decl.loc, message: "previous definition is here" }]);
    return errorType;
  }
  c.openEnums.add(type.decl);
  const { uses } = keepUses(c, () => defineEnum(c, type, specifier, fixed, attributes.packed || c.options.shortEnums));
  c.openEnums.delete(type.decl);
  if (attributes.advice !== undefined) c.advice.set(type.decl, attributes.advice);
  releaseUses(c, uses, attributes.advice);
  if (type.decl.isFlags === true) warnFlags(c, type);
  return type;
}

function fixedType(c: Checker, name: Syntax.TypeName): IntegerType | undefined {
  const type = resolveTypeName(c, name);
  const integer = integerOf(type);
  if (integer === undefined && type.kind !== "error") {
    error(c, name.loc, `non-integral type ${quoteType(type)} is an invalid underlying type`);
  }
  return integer;
}

function declareTag(
  c: Checker, specifier: Syntax.EnumSpecifier, alone: boolean, fixed: IntegerType | undefined,
): CType {
  const { tag, loc } = specifier;
  const make = (): EnumType => ({
    kind: "enum",
    decl: { tag, loc, constants: fixed === undefined ? undefined : [], underlying: fixed ?? unsignedIntType, declTags: [] },
  });
  if (tag === undefined) {
    const at = c.scope.kind === "prototype" ? c.diagnostics.sources.position(loc) : undefined;
    if (at !== undefined) {
      warn(c, "visibility", loc,
        `declaration of 'enum (unnamed at ${at.file}:${at.line}:${at.column})' will not be visible outside of this function`);
    }
    return make();
  }
  const here = specifier.enumerators !== undefined || alone;
  const known = here ? c.scope.ownTag(tag) : c.scope.findTag(tag);
  if (known !== undefined) {
    if (known.kind === "enum") return known;
    error(c, loc, `use of '${tag}' with tag type that does not match previous declaration`,
      [{ place: known.decl.loc, message: "previous use is here" }]);
    return errorType;
  }
  if (c.scope.kind === "prototype") {
    warn(c, "visibility", loc, `declaration of 'enum ${tag}' will not be visible outside of this function`);
  }
  const type = make();
  c.scope.bindTag(tag, type);
  return type;
}

type ConstantBinding = Extract<Binding, { kind: "enumConstant" }>;

function defineEnum(
  c: Checker, type: EnumType, specifier: Syntax.EnumSpecifier, fixed: IntegerType | undefined, packed: boolean,
): void {
  const constants: EnumConstant[] = [];
  const bindings: ConstantBinding[] = [];
  let next = 0n;
  for (const [index, enumerator] of (specifier.enumerators ?? []).entries()) {
    const advice = enumerator.attributes.length === 0 ? undefined
      : readAttributes(c, [enumerator.attributes], { kind: "enumerator" }).advice;
    if (enumerator.value !== undefined) {
      next = requireConstant(c, enumerator.value) ?? next;
    }
    if (advice !== undefined) c.advice.set(enumerator.loc, advice);
    if (fixed !== undefined && !fits(next, fixed)) {
      error(c, enumerator.loc, `enumerator value is not representable in the underlying type ${quoteType(fixed)}`);
    } else if (!fits(next, longType) && !fits(next, unsignedLongType)) {
      warn(c, "enum-too-large", enumerator.loc, "enumeration values exceed range of largest integer");
      next = BigInt.asUintN(64, next);
    }
    constants.push({ name: enumerator.name, value: next, loc: enumerator.loc });
    const before = c.scope.own(enumerator.name);
    const own = fixed ?? (fits(next, intType) ? intType : smallest([unsignedIntType, longType, unsignedLongType], [next]));
    const binding: ConstantBinding = {
      kind: "enumConstant", value: next, type: fixed === undefined ? own : type, enum: type, index, loc: enumerator.loc,
    };
    if (before === undefined) {
      c.scope.bind(enumerator.name, binding);
      bindings.push(binding);
    } else {
      const what = before.kind === "enumConstant" ? `redefinition of enumerator '${enumerator.name}'`
        : `redefinition of '${enumerator.name}' as different kind of symbol`;
      error(c, enumerator.loc, what, [{ place: before.loc, message: "previous definition is here" }]);
    }
    next += 1n;
  }
  type.decl.constants = constants;
  if (fixed !== undefined) return;
  const values = constants.map((constant) => constant.value);
  const negative = values.some((value) => value < 0n);
  const signedTypes = packed ? [signedCharType, shortType, intType, longType] : [intType, longType];
  const unsignedTypes = packed
    ? [unsignedCharType, unsignedShortType, unsignedIntType, unsignedLongType]
    : [unsignedIntType, unsignedLongType];
  type.decl.underlying = smallest(negative ? signedTypes : unsignedTypes, values);
  for (const binding of bindings) {
    binding.type = fits(binding.value, intType) ? intType : type.decl.underlying;
  }
}

/** The first type that holds all values; the last one when none does. */
function smallest(types: readonly IntegerType[], values: readonly bigint[]): IntegerType {
  const found = types.find((type) => values.every((value) => fits(value, type)));
  return found ?? types[types.length - 1] ?? intType;
}

// ---- Flags ------------------------------------------------------------------------------------------------------------

/** Has the value no bits but those that are constants of their own? */
export function isSetOfFlags({ constants }: EnumDecl, value: bigint): boolean {
  let flags = 0n;
  for (const constant of constants ?? []) if (isOneBit(constant.value)) flags |= constant.value;
  return (value & ~flags) === 0n;
}

const isOneBit = (value: bigint): boolean => value > 0n && (value & (value - 1n)) === 0n;

/** -Wflag-enum: a constant is a flag, a set of flags, or a mask that leaves some out. */
function warnFlags(c: Checker, type: EnumType): void {
  const name = type.decl.tag === undefined ? quoteType(type) : `'${type.decl.tag}'`;
  for (const { name: constant, value, loc } of type.decl.constants ?? []) {
    const others = BigInt.asUintN(type.decl.underlying.width, ~value);
    if (isOneBit(value) || isSetOfFlags(type.decl, value) || isSetOfFlags(type.decl, others)) continue;
    warn(c, "flag-enum", loc, `enumeration value '${constant}' is out of range of flags in enumeration type ${name}`);
  }
}
