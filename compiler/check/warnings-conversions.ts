/**
 * Warnings about implicit conversions: values that do not survive one, types that may lose some, and changes of sign.
 *
 * -Wconstant-conversion and -Wbitfield-constant-conversion are on by default, as a constant that changes is never meant; the rest of
 * -Wconversion goes by the range of values that the expression may have (ranges.ts). The value that is judged is the one before
 * all implicit conversions: the arms of `?:` each by itself.
 */
import type { Expression } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { integerOf, isBool, isCharacter, isInteger } from "../types/basic.ts";
import type { CType, EnumType, IntegerType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";
import { type Range, rangeOf, rangeOfValue } from "./ranges.ts";

/** The implicit conversion of a value to another arithmetic type. `inList`: it initialises a part of an aggregate. */
export function warnConversion(c: Checker, value: Expression, to: CType, inList = false): void {
  if (value.type === to || c.unevaluated > 0) return;
  let source = value;
  while (source.kind === "cast" && source.implicit && isInteger(source.operand.type)) source = source.operand;
  if (source.kind === "conditional") {
    if (source.then !== undefined) warnConversion(c, source.then, to, inList);
    warnConversion(c, source.else, to, inList);
    return;
  }
  const target = integerOf(to);
  if (target === undefined || isBool(to)) return;
  if (source.kind === "float") {
    const truncated = Math.trunc(source.value);
    if (truncated === source.value) return;
    warn(c, "literal-conversion", source.loc,
      `implicit conversion from ${quoteType(source.type)} to ${quoteType(to)} changes value from ${source.value} to ${truncated}`);
    return;
  }
  const from = integerOf(source.type);
  if (from === undefined) return;
  warnBetweenEnums(c, source, to);
  if (from.signed === target.signed && from.width <= target.width) return;
  if (from.width < target.width && (!from.signed || target.signed)) return;
  warnIntegerConversion(c, source, from, to, target, inList);
}

function warnIntegerConversion(
  c: Checker, source: Expression, from: IntegerType, to: CType, target: IntegerType, inList: boolean,
): void {
  const { loc } = source;
  // A const variable of known value is that value.
  const value = evaluateInteger(c, source);
  const range = value === undefined ? rangeOf(source) : rangeOfValue(value);
  if (value !== undefined && changes(c, value, loc, range, from, target, inList && isCharacter(to))) {
    const wrapped = target.signed ? BigInt.asIntN(target.width, value) : BigInt.asUintN(target.width, value);
    warnAtRunTime(c, "constant-conversion", loc,
      `implicit conversion from ${quoteType(source.type)} to ${quoteType(to)} changes value from ${value} to ${wrapped}`);
    return;
  }
  if (range.width > target.width) {
    const name = target.width === 32 && from.width === 64 ? "shorten-64-to-32" : "implicit-int-conversion";
    if (!c.diagnostics.enabled(name, loc)) return;
    warnAtRunTime(c, name, loc, `implicit conversion loses integer precision: ${quoteType(source.type)} to ${quoteType(to)}`);
    return;
  }
  if (from.signed === target.signed) return;
  const turned = target.signed ? range.nonNegative && range.width === target.width : !range.nonNegative;
  if (!turned || !c.diagnostics.enabled("sign-conversion", loc)) return;
  warn(c, "sign-conversion", loc,
    `implicit conversion changes signedness: ${quoteType(source.type)} to ${quoteType(to)}`);
}

/** Does a constant change, and is that not how bits are written: in hexadecimal, or in a list of bytes? */
function changes(
  c: Checker, value: bigint, loc: Loc, range: Range, from: IntegerType, target: IntegerType, isByte: boolean,
): boolean {
  if (range.width > target.width) return true;
  if (range.width < target.width || value < 0n || !from.signed || !target.signed || isByte) return false;
  return !startsWithZero(c, loc);
}

const startsWithZero = (c: Checker, loc: Loc): boolean => characterAt(c, loc) === "0";

/** Is it what `~` or `-` makes? */
const isNegated = (c: Checker, loc: Loc): boolean => ["~", "-"].includes(characterAt(c, loc));

function characterAt(c: Checker, loc: Loc): string {
  const { sources } = c.diagnostics;
  const at = sources.spelling(loc);
  const file = sources.fileOf(at);
  return String.fromCharCode(file.bytes[at - file.base] ?? 0);
}

// ---- Enumerations -----------------------------------------------------------------------------------------------------

/** The enumeration that a value belongs to: by its type, or as one of its constants. */
export function enumOf(c: Checker, e: Expression): EnumType | undefined {
  const type = canonical(c.enumerators.get(e) ?? e.type);
  return type.kind === "enum" ? type : undefined;
}

function warnBetweenEnums(c: Checker, source: Expression, to: CType): void {
  const target = canonical(to);
  if (target.kind !== "enum") return;
  const from = enumOf(c, source);
  if (from === undefined || from.decl === target.decl || !isNamed(source.type, from) || !isNamed(to, target)) return;
  const type = c.enumerators.get(source) ?? source.type;
  c.diagnostics.warningByDefault("enum-conversion", source.loc,
    `implicit conversion from enumeration type ${quoteType(type)} to different enumeration type ${quoteType(to)}`);
}

/** -Wenum-compare: operands of two enumerations. */
export function warnEnumComparison(c: Checker, left: Expression, right: Expression, loc: Loc): void {
  const [a, b] = [writtenOf(left), writtenOf(right)];
  const [one, other] = [enumOf(c, a), enumOf(c, b)];
  if (one === undefined || other === undefined || one.decl === other.decl) return;
  const [from, to] = [c.enumerators.get(a) ?? a.type, c.enumerators.get(b) ?? b.type];
  if (!isNamed(from, one) || !isNamed(to, other)) return;
  warn(c, "enum-compare", loc, `comparison of different enumeration types (${quoteType(from)} and ${quoteType(to)})`);
}

function writtenOf(value: Expression): Expression {
  let e = value;
  while (e.kind === "cast" && e.implicit) e = e.operand;
  return e;
}

/** Has the enumeration a tag, or a typedef's name? */
function isNamed(written: CType, type: EnumType): boolean {
  return type.decl.tag !== undefined || written.kind === "typedef";
}

// ---- Bit-fields -------------------------------------------------------------------------------------------------------

/** A constant that a bit-field cannot hold. True when a warning was given: then nothing is said of the field's type. */
export function warnBitFieldConstant(c: Checker, width: number, type: CType, value: Expression, loc: Loc): boolean {
  if (value.kind !== "integer" || isBool(type) || c.unevaluated > 0) return false;
  const from = integerOf(value.type);
  if (from === undefined) return false;
  // A negative constant is as wide as its bits; what it fills it may fill, whatever the sign of the field. So is what `~`
  // or `-` makes.
  const bits = value.value < 0n || (!from.signed && isNegated(c, value.loc)) ? BigInt.asIntN(from.width, value.value) : undefined;
  const written = bits === undefined ? from.width : bits < 0n ? (-bits - 1n).toString(2).length + (bits === -1n ? 0 : 1)
    : bits.toString(2).length + 1;
  if (written <= width) return false;
  const signed = integerOf(type)?.signed === true;
  const kept = signed ? BigInt.asIntN(width, value.value) : BigInt.asUintN(width, value.value);
  if (kept === value.value) return false;
  // 1 in the one bit of a signed field has a name of its own.
  const name = signed && width === 1 && value.value === 1n ? "single-bit-bitfield-constant-conversion" : "bitfield-constant-conversion";
  const what = name === "bitfield-constant-conversion" ? "bit-field" : "a one-bit wide bit-field";
  warn(c, name, loc, `implicit truncation from ${quoteType(value.type)} to ${what} changes value from ${value.value} to ${kept}`);
  return true;
}
