/**
 * What an initialiser gives: the list of its items, as it is built; in: one (offset, type, value) after the other, out:
 * the list, from which has gone what a later item overrides.
 *
 * Items are carried out in their order, so that an overlap in part needs nothing; an item that lies wholly inside of
 * what is initialised again is taken out, and with it its side effects (C11 6.7.9p19 leaves that open; clang does so,
 * and warns).
 */
import type { Expression, InitializerItem } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import type { BitField, CType, Member, RecordDecl } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { isArray, isRecord } from "../types/basic.ts";
import { sizeOf } from "../types/layout.ts";
import { objectExpression, variableExpression } from "./build.ts";
import { evaluate } from "./constants.ts";
import { type Checker, error, warn } from "./context.ts";
import { makeLocal } from "./entities.ts";

export interface Builder {
  readonly c: Checker;
  readonly isStatic: boolean;
  readonly root: CType;
  /** The initialiser is a list in braces. */
  readonly inList: boolean;
  readonly items: InitializerItem[];
  /** Something may be initialised twice, or out of order. */
  designated: boolean;
  /** An item is a whole aggregate. */
  hasAggregates: boolean;
  /** End of the furthest item, in bits. */
  end: number;
  /**
   * The member of a union, by the bytes from the start of the object at which the union lies, that was initialised
   * last.
   */
  readonly unions: Map<RecordDecl, Map<number, Member>>;
  /** What has been said to override a part: one warning is enough for its designators. */
  saidOf: Syntax.InitializerItem | undefined;
}

/** Bits from the start of the whole object, first and behind the last. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

export function extentOf(type: CType, offset: number, bitField: BitField | undefined): Extent {
  if (bitField !== undefined) return { start: bitField.bitOffset, end: bitField.bitOffset + bitField.width };
  const t = canonical(type);
  const isFlexible = t.kind === "array" && t.length === "incomplete";
  return { start: offset * 8, end: isFlexible ? Number.POSITIVE_INFINITY : (offset + sizeOf(type)) * 8 };
}

/**
 * Adds an item behind whatever was there; what lies in its place is overridden when the items are carried out in order.
 */
export function addItem(b: Builder, item: InitializerItem): void {
  b.items.push(item);
  if (isRecord(item.type) || isArray(item.type)) b.hasAggregates = true;
  b.end = Math.max(b.end, extentOf(item.type, item.offset, item.bitField).end);
}

/** Takes out what lies wholly inside a part of the object that is initialised again, at `loc`. */
export function clear(b: Builder, { start, end }: Extent, loc: Loc): void {
  if (!b.designated || start >= b.end) return;
  let kept = 0;
  let first: InitializerItem | undefined;
  for (const item of b.items) {
    const old = extentOf(item.type, item.offset, item.bitField);
    if (old.start >= start && old.start < end && old.end <= end) first ??= item;
    else b.items[kept++] = item;
  }
  b.items.length = kept;
  if (first === undefined) return;
  warn(b.c, "initializer-overrides", loc, "initializer overrides prior initialization of this subobject",
    [{ place: first.value.loc, message: "previous initialization is here" }]);
}

/** A designator at `loc` goes into an aggregate that may have been initialised as a whole: true when that is so. */
export function warnPartlyOverridden(b: Builder, { start, end }: Extent, loc: Loc): boolean {
  if (!b.hasAggregates || start >= b.end) return false;
  const whole = b.items.find((item) => {
    const old = extentOf(item.type, item.offset, item.bitField);
    return old.start <= start && old.end >= end && (isRecord(item.type) || isArray(item.type));
  });
  if (whole === undefined) return false;
  warn(b.c, "initializer-overrides", loc, "initializer partially overrides prior initialization of this subobject",
    [{ place: whole.value.loc, message: "previous initialization is here" }]);
  return true;
}

/** Do the items leave no byte of an object of this size as it was? */
export function coversAll(b: Builder, size: number): boolean {
  if (b.designated) return false;
  let covered = 0;
  for (const item of b.items) {
    if (item.bitField !== undefined) return false;
    covered += sizeOf(item.type);
  }
  return covered >= size;
}

/** Another member of a union takes the place of the one that was there, with all of its bytes. */
export function switchMember(b: Builder, union: RecordDecl, offset: number, member: Member, loc: Loc): void {
  let members = b.unions.get(union);
  if (members === undefined) b.unions.set(union, members = new Map());
  const before = members.get(offset);
  members.set(offset, member);
  if (before !== undefined && before !== member) clear(b, { start: offset * 8, end: (offset + union.size) * 8 }, loc);
}

/** Copies the items from `start` on to the following elements of a range; the value is evaluated once (GNU). */
export function repeatItems(b: Builder, start: number, size: number, times: number): void {
  const pattern = b.items.slice(start);
  const most = b.isStatic ? mostStaticItems : mostLocalItems;
  const [first] = pattern;
  if (first !== undefined && pattern.length * times > most) {
    error(b.c, first.value.loc, `array range initializes more than ${most} objects`);
    return;
  }
  for (const [i, item] of pattern.entries()) {
    if (item.value.kind === "string" || evaluate(b.c, item.value) !== undefined || b.isStatic) continue;
    const shared = makeLocal("", item.type, item.value.loc);
    const once = objectExpression(shared, {
      zeroFirst: false, items: [{ offset: 0, type: item.type, bitField: undefined, value: item.value }],
    }, item.value.loc);
    b.items[start + i] = { ...item, value: { kind: "load", lvalue: once, type: item.type, loc: item.value.loc } };
    const again: Expression = {
      kind: "load", lvalue: variableExpression(shared, item.value.loc), type: item.type, loc: item.value.loc,
    };
    pattern[i] = { ...item, value: again };
  }
  for (let n = 1; n <= times; n++) {
    for (const item of pattern) {
      addItem(b, moved(item, n * size));
    }
  }
}

/** What a range may stand for: more than that is a mistake in the source, and takes memory for each. */
const mostStaticItems = 2 ** 21;
/** Each is a store, and the stack has 512 bytes. */
const mostLocalItems = 2 ** 15;

/** The item of an object that lies some bytes further on. */
export function moved(item: InitializerItem, bytes: number): InitializerItem {
  const field = item.bitField;
  const bitField = field === undefined ? undefined : { bitOffset: field.bitOffset + bytes * 8, width: field.width };
  return { ...item, offset: item.offset + bytes, bitField };
}
