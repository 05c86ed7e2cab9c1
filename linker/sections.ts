/**
 * LinkUnit[] -> the output's sections: those of one name put together, each part at its alignment.
 *
 * The order is that of first sight. Parts must agree in type, flags and entry size. `license` and `version` are said
 * once for the whole object, so all inputs must say the same. A section that only BTF knows (`.kconfig`, `.ksyms`, or
 * `.maps` in an object that declares maps of another) has a place here too, but no bytes.
 */

import type { BtfExtSection } from "../assembler/btf/ext.ts";
import type { BtfSectionVar } from "../assembler/btf/types.ts";
import { SHT } from "../assembler/object/object.ts";
import type { Section } from "../assembler/object/object.ts";
import type { LinkUnit, Report } from "./unit.ts";
import { unboundSection } from "./unit.ts";

/** A section of the output. */
export interface Merged {
  readonly name: string;
  /** Undefined when only BTF knows the section. */
  section: Section | undefined;
  /** The input that showed the section first. */
  readonly origin: string;
  readonly parts: { readonly data: Uint8Array; readonly offset: number }[];
  /** What BTF says is in the section. */
  readonly variables: BtfSectionVar[];
  /** Does BTF speak of the section, even if only to say that it is empty? */
  described: boolean;
  readonly info: BtfExtSection;
}

/** Where a section of an input went. */
export interface Placement {
  readonly merged: Merged;
  readonly offset: number;
  /** The output has the same contents from another input. */
  readonly repeated: boolean;
}

export interface Layout {
  readonly merged: Map<string, Merged>;
  readonly placements: ReadonlyMap<Section, Placement>;
}

/** Sections that speak for the whole object. */
const saidOnce = new Set(["license", "version"]);

const maxSize = 0xffffffff;

/** Puts sections together. Parts that do not agree are reported. */
export function mergeSections(units: readonly LinkUnit[], report: Report): Layout {
  const merged = new Map<string, Merged>();
  const placements = new Map<Section, Placement>();
  for (const unit of units) {
    for (const section of unit.sections) {
      placements.set(section, place(section, unit.name, merged, report));
    }
    for (const type of unit.types) {
      if (type.kind === "datasec" && type.name !== unboundSection) open(merged, type.name, unit.name);
    }
  }
  for (const { section, parts } of merged.values()) {
    if (section?.data === undefined) continue;
    section.data = new Uint8Array(section.size);
    for (const { data, offset } of parts) section.data.set(data, offset);
  }
  return { merged, placements };
}

/** The output's section of that name, made on first sight. */
function open(all: Map<string, Merged>, name: string, origin: string): Merged {
  const known = all.get(name);
  if (known !== undefined) return known;
  const made: Merged = {
    name, origin, section: undefined, parts: [], variables: [], described: false,
    info: { name, functions: [], lines: [], relocations: [] },
  };
  all.set(name, made);
  return made;
}

function place(part: Section, unit: string, all: Map<string, Merged>, report: Report): Placement {
  const merged = open(all, part.name, unit);
  const whole = merged.section ??= {
    name: part.name, type: part.type, flags: part.flags, align: part.align, entsize: part.entsize, size: 0,
    data: part.type === SHT.NOBITS ? undefined : new Uint8Array(0), relocations: [],
  };
  const difference = whole.type !== part.type ? "type" : whole.flags !== part.flags ? "flags"
    : whole.entsize !== part.entsize ? "entry size" : undefined;
  if (difference !== undefined) {
    report(`section '${part.name}' has another ${difference} in '${unit}' than in '${merged.origin}'`);
    return { merged, offset: 0, repeated: false };
  }
  const [first] = merged.parts;
  if (saidOnce.has(part.name) && first !== undefined && part.data !== undefined) {
    if (!isEqual(first.data, part.data)) {
      report(`'${merged.origin}' and '${unit}' differ in section '${part.name}', which must be the same in all objects`);
    }
    return { merged, offset: 0, repeated: true };
  }
  whole.align = Math.max(whole.align, part.align);
  const offset = Math.ceil(whole.size / whole.align) * whole.align;
  whole.size = offset + part.size;
  if (whole.size > maxSize) report(`section '${part.name}' grows over 4 GiB with '${unit}'`);
  if (part.data !== undefined) merged.parts.push({ data: part.data, offset });
  return { merged, offset, repeated: false };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
