/**
 * Initialisers (C11 6.7.9 with GNU's ranges): nested lists -> a flat list of (offset, type, value), in order.
 *
 * A cursor goes over the items of a brace-enclosed list; an aggregate without braces of its own takes its elements from
 * the cursor of the list around it. A designator moves to a subobject, and the list goes on behind it. What is
 * initialised again replaces what was there before. Static objects are then written as bytes by static-data.ts.
 */
import type { Expression, LocalInitializer, StaticInitializer, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { didYouMean } from "../source/spelling.ts";
import {
  arrayOf, complexOf, elementOf, integerOf, isArray, isBool, isCharacter, isError, isPointer, isRecord, isScalar, recordOf,
  unqualified,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import type { BitField, CType, Member, RecordDecl } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { findMember, isComplete, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { cast, stringExpression } from "./build.ts";
import { type Checker, error, warn } from "./context.ts";
import { noteAdvised } from "./advice.ts";
import { convertTo, rvalue } from "./conversions.ts";
import { checkExpression, requireConstant } from "./expressions.ts";
import {
  addItem, type Builder, clear, coversAll, extentOf, moved, repeatItems, switchMember, warnPartlyOverridden,
} from "./initializer-items.ts";
import { internString } from "./literals.ts";
import { staticData } from "./static-data.ts";
import { warnTruthOf } from "./warnings-conditions.ts";
import { warnBitFieldConstant } from "./warnings-conversions.ts";
import { warnMissingBraces, warnMissingMember } from "./warnings-operators.ts";

export interface CheckedInitializer extends LocalInitializer {
  /** Elements of an outermost array without a bound; undefined otherwise. */
  readonly length: number | undefined;
  /** Bytes of the object; more than its type's when a flexible array member is initialised. */
  readonly size: number;
  readonly loc: Loc;
}

/** A position in a list. */
interface Cursor {
  readonly items: readonly Syntax.InitializerItem[];
  at: number;
  /** The value at `at`, when it has been checked already. */
  checked: Expression | undefined;
  /** The list that the items stand in. */
  readonly list: Syntax.InitializerList;
}

/**
 * Checks an initialiser for an object of a type; undefined when it is in error (reported). `place` is the object's
 * name: what is wrong with an initialiser as a whole is said there.
 */
export function checkInitializer(
  c: Checker, type: CType, initializer: Syntax.Initializer, isStatic: boolean, place?: Loc,
): CheckedInitializer | undefined {
  if (isError(type)) {
    if (initializer.kind !== "initializerList") checkExpression(c, initializer);
    return undefined;
  }
  const errors = c.diagnostics.errorCount;
  const b: Builder = {
    c, isStatic, root: type, inList: initializer.kind === "initializerList", items: [], designated: false, hasAggregates: false,
    end: 0, unions: new Map(), saidOf: undefined,
  };
  const length = fillObject(b, type, 0, undefined, initializer, place);
  if (c.diagnostics.errorCount > errors) return undefined;
  const t = canonical(type);
  const incomplete = t.kind === "array" && t.length === "incomplete";
  const own = incomplete ? length * sizeOf(elementOf(type)) : sizeOf(type);
  const size = Math.max(own, Math.ceil(b.end / 8));
  return {
    items: b.items, zeroFirst: !coversAll(b, own), length: incomplete ? length : undefined, size, loc: initializer.loc,
  };
}

/** `T[]` with the length that its initialiser gives. */
export function completeArrayType(type: CType, length: number | undefined): CType {
  if (length === undefined) return type;
  return arrayOf(elementOf(type), length);
}

/** The bytes of a static object. */
export function staticInitializer(
  c: Checker, initializer: CheckedInitializer, variable: Variable,
): StaticInitializer | undefined {
  return staticData(c, initializer, variable);
}

/** An object with an initialiser of its own; gives the number of elements of an array. */
function fillObject(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, init: Syntax.Initializer, place?: Loc,
): number {
  if (init.kind !== "initializerList") return fillFromExpression(b, type, offset, bitField, init, place ?? startOf(init));
  if (isArray(type)) {
    const only = init.items[0];
    const literal = only === undefined || only.designators.length > 0 ? undefined : stringFor(type, only.value);
    if (literal !== undefined) {
      const extra = init.items[1];
      if (extra !== undefined) warn(b.c, "excess-initializers", extra.loc, "excess elements in char array initializer");
      return fillString(b, type, offset, literal);
    }
  }
  if (isArray(type) || isRecord(type)) {
    if (!isArray(type) && !isComplete(type)) {
      error(b.c, init.loc, `variable has incomplete type ${quoteType(type)}`);
      return 0;
    }
    clear(b, extentOf(type, offset, undefined), init.loc);
    const cursor: Cursor = { items: init.items, at: 0, checked: undefined, list: init };
    return fillAggregate(b, type, offset, cursor, true, 0);
  }
  return fillBracedScalar(b, type, offset, bitField, init);
}

function fillBracedScalar(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, init: Syntax.InitializerList,
): number {
  const first = init.items[0];
  if (first === undefined) return 1;
  if (first.designators.length > 0) {
    error(b.c, first.loc, `designator in initializer for scalar type ${quoteType(type)}`);
    return 1;
  }
  if (first.value.kind === "initializerList") {
    warn(b.c, "many-braces-around-scalar-init", first.loc, "too many braces around scalar initializer");
  }
  fillObject(b, type, offset, bitField, first.value);
  const extra = init.items[1];
  if (extra !== undefined) warn(b.c, "excess-initializers", extra.loc, "excess elements in scalar initializer");
  return 1;
}

function fillFromExpression(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, init: Syntax.Expression, place: Loc,
): number {
  if (!isArray(type)) {
    const value = rvalue(b.c, checkExpression(b.c, init));
    if (isBool(type) && isPointer(value.type)) warnTruthOf(b.c, init, value);
    fillValue(b, type, offset, bitField, value, place);
    return 1;
  }
  const literal = stringFor(type, init);
  if (literal !== undefined) return fillString(b, type, offset, literal);
  const value = checkExpression(b.c, init);
  if (isError(value.type)) return 0;
  if (value.kind === "compoundLiteral" && isArray(value.type) && compatibleUnqualified(value.type, type)) {
    // GNU: an array may be initialised with a compound literal of its type.
    for (const item of value.initializer?.items ?? []) addItem(b, moved(item, offset));
    b.designated = true;
    const t = canonical(value.type);
    return t.kind === "array" && typeof t.length === "number" ? t.length : 0;
  }
  if (value.kind === "string" && isArray(value.type)) {
    const isWide = !isCharacter(elementOf(value.type));
    error(b.c, place, isCharacter(elementOf(type)) ? "initializing char array with wide string literal"
      : isWide ? "initializing wide char array with incompatible wide string literal"
      : "initializing wide char array with non-wide string literal");
    return 0;
  }
  const what = isCharacter(elementOf(type)) ? " or string literal" : integerOf(elementOf(type))?.size === 4
    ? " or wide string literal" : "";
  error(b.c, place, `array initializer must be an initializer list${what}`);
  return 0;
}

/** `bitField` counts from the start of the whole object: see `placed`. */
function fillValue(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, value: Expression, loc: Loc,
): void {
  const warned = bitField !== undefined && warnBitFieldConstant(b.c, bitField.width, type, value, value.loc);
  const converted = warned ? cast(value, unqualified(type), value.loc)
    : convertTo(b.c, value, type, b.inList ? "element" : "initialize", loc);
  if (isError(converted.type)) return;
  clear(b, extentOf(type, offset, bitField), converted.loc);
  addItem(b, { offset, type: unqualified(type), bitField, value: converted });
}

// ---- Strings -------------------------------------------------------------------------------------------------------

/** The string literal that initialises an array of this type, if the syntax is one. */
function stringLiteralOf(init: Syntax.Initializer): Syntax.StringLiteral | undefined {
  let e = init;
  while (e.kind === "paren") e = e.inner;
  return e.kind === "string" ? e : undefined;
}

function stringFor(type: CType, init: Syntax.Initializer): Syntax.StringLiteral | undefined {
  const e = stringLiteralOf(init);
  if (e === undefined) return undefined;
  const element = integerOf(elementOf(type));
  if (element === undefined) return undefined;
  const prefix = e.pieces.map((piece) => piece.text.slice(0, piece.text.indexOf('"'))).find((p) => p !== "") ?? "";
  const size = prefix === "L" || prefix === "U" ? 4 : prefix === "u" ? 2 : 1;
  return element.size === size && element.name !== "_Bool" ? e : undefined;
}

function fillString(b: Builder, type: CType, offset: number, syntax: Syntax.StringLiteral): number {
  const e = checkExpression(b.c, syntax);
  if (e.kind !== "string") return 0;
  const literal = e.literal;
  const size = literal.elementSize;
  const count = literal.bytes.length / size;
  const t = canonical(type);
  const length = t.kind === "array" && typeof t.length === "number" ? t.length : count;
  if (count - 1 > length) {
    warn(b.c, "excess-initializers", syntax.loc, `initializer-string for char array is too long`);
  }
  const used = count > length ? internString(b.c, literal.bytes.slice(0, length * size), size, literal.loc) : literal;
  if (length > 0) {
    const target = arrayOf(unqualified(elementOf(type)), length);
    const value = stringExpression(used, arrayOf(elementOf(e.type), used.bytes.length / size), syntax.loc);
    clear(b, extentOf(target, offset, undefined), syntax.loc);
    addItem(b, { offset, type: target, bitField: undefined, value });
  }
  return length;
}

// ---- Aggregates ----------------------------------------------------------------------------------------------------

/**
 * Elements of an array or members of a record from `index` on. With `braced` the cursor's list belongs to this very
 * object: designators count, and what is left over is too much. Gives the highest element index + 1.
 */
function fillAggregate(
  b: Builder, type: CType, offset: number, cursor: Cursor, braced: boolean, index: number,
): number {
  return isArray(type)
    ? fillArray(b, type, offset, cursor, braced, index)
    : fillRecord(b, type, offset, cursor, braced, index);
}

function fillArray(b: Builder, type: CType, offset: number, cursor: Cursor, braced: boolean, start: number): number {
  const t = canonical(type);
  const element = elementOf(type);
  const size = sizeOf(element);
  const limit = t.kind === "array" && typeof t.length === "number" ? t.length : Number.POSITIVE_INFINITY;
  let index = start;
  let highest = start;
  for (let item = cursor.items[cursor.at]; item !== undefined; item = cursor.items[cursor.at]) {
    if (item.designators.length > 0) {
      if (!braced) break;
      const next = fillDesignatedElement(b, type, offset, cursor, item, 0, limit);
      if (next === undefined) {
        cursor.at++;
        continue;
      }
      index = next;
    } else {
      if (index >= limit) {
        if (braced) {
          warn(b.c, "excess-initializers", item.loc, "excess elements in array initializer");
          checkRest(b, cursor);
        }
        break;
      }
      fillElement(b, element, offset + index * size, undefined, cursor);
      index++;
    }
    highest = Math.max(highest, index);
  }
  return highest;
}

function fillRecord(b: Builder, type: CType, offset: number, cursor: Cursor, braced: boolean, start: number): number {
  const record = recordOf(type);
  const members = record?.members;
  if (record === undefined || members === undefined) return 0;
  let index = start;
  let designated = start > 0;
  for (let item = cursor.items[cursor.at]; item !== undefined; item = cursor.items[cursor.at]) {
    if (item.designators.length > 0) {
      if (!braced) break;
      designated = true;
      const next = fillDesignatedMember(b, type, record, offset, cursor, item, 0);
      if (next === undefined) cursor.at++;
      else index = next;
      continue;
    }
    while (index < members.length && isPadding(members[index])) index++;
    const member = members[index];
    if (member === undefined) {
      if (braced) {
        const word = record.vector !== undefined ? "vector" : record.isUnion ? "union" : "struct";
        warn(b.c, "excess-initializers", item.loc, `excess elements in ${word} initializer`);
        checkRest(b, cursor);
      }
      break;
    }
    fillMember(b, type, member, offset, cursor);
    index = record.isUnion ? members.length : index + 1;
  }
  const isShort = !designated && record.vector === undefined && index > 0 && index < members.length;
  if (isShort) warnMissingMember(b.c, cursor.list, members.slice(index));
  return index;
}

/** Unnamed bit-fields take no initialiser (C11 6.7.9p9). */
function isPadding(member: Member | undefined): boolean {
  return member !== undefined && member.name === undefined && member.bitField !== undefined;
}

/** A member's bit-field, counted from the start of the object in which its record lies at an offset. */
function placed(member: Member, record: number): BitField | undefined {
  const field = member.bitField;
  return field === undefined ? undefined : { bitOffset: record * 8 + field.bitOffset, width: field.width };
}

function fillMember(b: Builder, record: CType, member: Member, offset: number, cursor: Cursor): void {
  const item = cursor.items[cursor.at];
  if (item !== undefined && !flexibleAllowed(b, record, member, item.value, item.loc)) {
    cursor.at++;
    return;
  }
  const decl = recordOf(record);
  if (item !== undefined && decl?.isUnion === true) switchMember(b, decl, offset, member, item.loc);
  const isOnly = decl?.members?.length === 1;
  fillElement(b, member.type, offset + member.offset, placed(member, offset), cursor, isOnly);
}

/** Only a static object itself may give its flexible array member elements (GNU); `{}` gives none. */
function flexibleAllowed(b: Builder, record: CType, member: Member, value: Syntax.Initializer, loc: Loc): boolean {
  if (!isFlexible(member) || (value.kind === "initializerList" && value.items.length === 0)) return true;
  if (b.isStatic && canonical(record) === canonical(b.root)) return true;
  refuseFlexible(b, member, loc, "initialization of flexible array member is not allowed");
  return false;
}

/** A designator names a flexible array as a whole, and gives it braces or a string. */
function designatedAllowed(b: Builder, member: Member, item: Syntax.InitializerItem, depth: number): boolean {
  if (!isFlexible(member)) return true;
  const next = item.designators[depth + 1];
  if (next !== undefined) {
    refuseFlexible(b, member, next.loc, "designator into flexible array member subobject");
    return false;
  }
  const { value } = item;
  if (value.kind === "initializerList" || stringLiteralOf(value) !== undefined) return true;
  refuseFlexible(b, member, startOf(value), "flexible array requires brace-enclosed initializer");
  return false;
}

function isFlexible(member: Member): boolean {
  const type = canonical(member.type);
  return type.kind === "array" && type.length === "incomplete";
}

function refuseFlexible(b: Builder, member: Member, loc: Loc, message: string): void {
  error(b.c, loc, message,
    [{ place: member.loc, message: `initialized flexible array member '${member.name ?? ""}' is here` }]);
}

/**
 * One subobject from the cursor's current item, whose designators (if any) are used up. `isOnly`: nobody misses braces
 * around the only member of a record.
 */
function fillElement(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, cursor: Cursor, isOnly = false,
): void {
  const item = cursor.items[cursor.at];
  if (item === undefined) return;
  const value = item.value;
  if (value.kind === "initializerList") {
    cursor.at++;
    fillObject(b, type, offset, bitField, value);
    return;
  }
  if (isArray(type)) {
    const literal = stringFor(type, value);
    if (literal !== undefined) {
      cursor.at++;
      cursor.checked = undefined;
      fillString(b, type, offset, literal);
      return;
    }
  }
  if (isScalar(type) || isError(type)) {
    const checked = takeValue(b, cursor);
    fillValue(b, type, offset, bitField, checked, value.loc);
    return;
  }
  if (isRecord(type)) {
    cursor.checked ??= rvalue(b.c, checkExpression(b.c, value));
    if (isError(cursor.checked.type) || complexOf(type) !== undefined || compatibleUnqualified(cursor.checked.type, type)) {
      fillValue(b, type, offset, bitField, takeValue(b, cursor), value.loc);
      return;
    }
  }
  const before = cursor.at;
  fillAggregate(b, type, offset, elided(cursor), false, 0);
  if (cursor.at !== before) {
    if (!isOnly) warnMissingBraces(b.c, cursor.list, startOf(value));
    return;
  }
  error(b.c, value.loc, "initializer for aggregate with no elements requires explicit braces");
  cursor.at++;
  cursor.checked = undefined;
}

/** The same cursor, seen from an aggregate without braces: the designators of the current item are behind it. */
function elided(cursor: Cursor): Cursor {
  const item = cursor.items[cursor.at];
  if (item === undefined || item.designators.length === 0) return cursor;
  const from = cursor.at;
  const items = [{ ...item, designators: [] }, ...cursor.items.slice(from + 1)];
  return {
    items,
    list: cursor.list,
    get at() { return cursor.at - from; },
    set at(value: number) { cursor.at = value + from; },
    get checked() { return cursor.checked; },
    set checked(value: Expression | undefined) { cursor.checked = value; },
  };
}

function takeValue(b: Builder, cursor: Cursor): Expression {
  const item = cursor.items[cursor.at];
  if (item === undefined || item.value.kind === "initializerList") throw new Error("check: no expression at the cursor");
  const value = cursor.checked ?? rvalue(b.c, checkExpression(b.c, item.value));
  cursor.checked = undefined;
  cursor.at++;
  return value;
}

/** What is too much is still checked. */
function checkRest(b: Builder, cursor: Cursor): void {
  for (; cursor.at < cursor.items.length; cursor.at++) {
    const value = cursor.items[cursor.at]?.value;
    if (value !== undefined && value.kind !== "initializerList" && cursor.checked === undefined) checkExpression(b.c, value);
    cursor.checked = undefined;
  }
}

// ---- Designators ---------------------------------------------------------------------------------------------------

/** Follows the designators from `depth` on into a subobject, and fills it; then the list goes on behind it there. */
function fillDesignated(
  b: Builder, type: CType, offset: number, bitField: BitField | undefined, cursor: Cursor, item: Syntax.InitializerItem,
  depth: number,
): boolean {
  if (depth === item.designators.length) {
    b.designated = true;
    fillElement(b, type, offset, bitField, cursor);
    return true;
  }
  const record = recordOf(type);
  const at = item.designators[depth];
  if (at !== undefined && b.saidOf !== item) {
    const said = warnPartlyOverridden(b, extentOf(type, offset, bitField), at.kind === "field" ? at.start ?? at.loc : at.loc);
    if (said) b.saidOf = item;
  }
  if (isArray(type)) {
    const t = canonical(type);
    const limit = t.kind === "array" && typeof t.length === "number" ? t.length : Number.POSITIVE_INFINITY;
    const next = fillDesignatedElement(b, type, offset, cursor, item, depth, limit);
    if (next === undefined) return false;
    fillAggregate(b, type, offset, cursor, false, next);
    return true;
  }
  if (record !== undefined) {
    const next = fillDesignatedMember(b, type, record, offset, cursor, item, depth);
    if (next === undefined) return false;
    fillAggregate(b, type, offset, cursor, false, next);
    return true;
  }
  const designator = item.designators[depth];
  error(b.c, designator?.loc ?? item.loc, designator?.kind === "field"
    ? `field designator cannot initialize a non-struct, non-union type ${quoteType(type)}`
    : `array designator cannot initialize non-array type ${quoteType(type)}`);
  return false;
}

/** `.name ...` in a record; gives the index of the member behind it, undefined after an error. */
function fillDesignatedMember(
  b: Builder, type: CType, record: RecordDecl, offset: number, cursor: Cursor, item: Syntax.InitializerItem, depth: number,
): number | undefined {
  const designator = item.designators[depth];
  if (designator === undefined) return undefined;
  if (designator.kind !== "field") {
    error(b.c, designator.loc, `array designator cannot initialize non-array type ${quoteType(type)}`);
    return undefined;
  }
  const path = findMember(record, designator.name);
  const first = path?.steps[0];
  if (first === undefined) {
    if (b.c.brokenRecords.get(record) === "members") return undefined;
    const names = (record.members ?? []).flatMap((member) => member.name === undefined ? [] : [member.name]);
    error(b.c, designator.loc,
      `field designator '${designator.name}' does not refer to any field in type ${quoteType(unqualified(type))}` +
        didYouMean(designator.name, names));
    return undefined;
  }
  const { member, index } = first;
  if (path?.steps.length === 1) noteAdvised(b.c, member.loc, designator.name, designator.loc);
  if (!flexibleAllowed(b, type, member, item.value, designator.loc)) return undefined;
  if (!designatedAllowed(b, member, item, depth)) return undefined;
  b.designated = true;
  if (record.isUnion) switchMember(b, record, offset, member, designator.loc);
  const inner = path !== undefined && path.steps.length > 1 ? recordOf(member.type) : undefined;
  if (inner !== undefined) {
    // The name belongs to an anonymous member: go on inside of it.
    const at = offset + member.offset;
    const next = fillDesignatedMember(b, member.type, inner, at, cursor, item, depth);
    if (next === undefined) return undefined;
    fillAggregate(b, member.type, at, cursor, false, next);
  } else if (!fillDesignated(b, member.type, offset + member.offset, placed(member, offset), cursor, item, depth + 1)) {
    return undefined;
  }
  return record.isUnion ? record.members?.length ?? 0 : index + 1;
}

/** `[i] ...` or `[low ... high] ...`; gives the index behind it, undefined after an error. */
function fillDesignatedElement(
  b: Builder, type: CType, offset: number, cursor: Cursor, item: Syntax.InitializerItem, depth: number, limit: number,
): number | undefined {
  const designator = item.designators[depth];
  if (designator === undefined) return undefined;
  if (designator.kind === "field") {
    error(b.c, designator.loc, `field designator cannot initialize a non-struct, non-union type ${quoteType(type)}`);
    return undefined;
  }
  const low = designatorIndex(b, designator.kind === "index" ? designator.index : designator.low, limit);
  const high = designator.kind === "index" ? low : designatorIndex(b, designator.high, limit);
  if (low === undefined || high === undefined) return undefined;
  if (high < low) {
    error(b.c, designator.loc, `array designator range [${low}, ${high}] is empty`);
    return undefined;
  }
  const element = elementOf(type);
  const size = sizeOf(element);
  const before = b.items.length;
  b.designated = true;
  if (high > low) clear(b, { start: (offset + low * size) * 8, end: (offset + (high + 1) * size) * 8 }, designator.loc);
  const start = Math.min(before, b.items.length);
  if (!fillDesignated(b, element, offset + low * size, undefined, cursor, item, depth + 1)) return undefined;
  if (high > low) repeatItems(b, start, size, high - low);
  return high + 1;
}

function designatorIndex(b: Builder, syntax: Syntax.Expression, limit: number): number | undefined {
  const value = requireConstant(b.c, syntax);
  if (value === undefined) return undefined;
  if (value < 0n) {
    error(b.c, syntax.loc, `array designator value '${value}' is negative`);
    return undefined;
  }
  if (value >= BigInt(Math.min(limit, 2 ** 40))) {
    error(b.c, syntax.loc, `array designator index (${value}) exceeds array bounds (${limit})`);
    return undefined;
  }
  return Number(value);
}
