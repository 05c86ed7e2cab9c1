/**
 * The order in which an assembly text first names its symbols, and so the order in which they stand in the object that
 * is assembled from it. An object whose symbols are in this order comes back from `assemble(printObject(object))` byte
 * for byte.
 */

import type { Reference } from "../isa/instruction.ts";
import { referenceOf } from "../isa/instruction.ts";
import type { ObjectFile, ObjectSymbol } from "../object/object.ts";
import type { ListedSection } from "./listing.ts";
import { listObject } from "./listing.ts";

/** Brings the object's symbols into that order; source files first. */
export function orderSymbols(object: ObjectFile): void {
  const listing = listObject(object);
  const byName = new Map<string, ObjectSymbol>();
  for (const [symbol, name] of listing.names) byName.set(name, symbol);
  const ordered = new Set<ObjectSymbol>(object.symbols.filter((s) => s.type === "file"));
  for (const listed of listing.sections) {
    const defined = listing.defined.get(listed.section) ?? [];
    for (const symbol of defined) if (symbol.type === "section") ordered.add(symbol);
    for (const symbol of mentions(defined, listed, byName)) ordered.add(symbol);
  }
  for (const symbol of object.symbols) ordered.add(symbol);
  object.symbols = [...ordered];
}

/** Symbols that a section defines or refers to, by offset; a definition before a reference at the same place. */
function mentions(defined: readonly ObjectSymbol[], listed: ListedSection,
                  byName: ReadonlyMap<string, ObjectSymbol>): ObjectSymbol[] {
  const found: { readonly offset: number; readonly symbol: ObjectSymbol }[] = [];
  for (const symbol of defined) if (symbol.type !== "section") found.push({ offset: symbol.value, symbol });
  const refer = (offset: number, reference: Reference | undefined): void => {
    const symbol = reference === undefined ? undefined : byName.get(reference.symbol);
    if (symbol !== undefined) found.push({ offset, symbol });
  };
  for (const { offset, instruction } of listed.code) {
    if (instruction.op !== "illegal") refer(offset, referenceOf(instruction));
  }
  for (const { offset, reference } of listed.values) refer(offset, reference);
  return found.sort((a, b) => a.offset - b.offset).map((f) => f.symbol);
}
