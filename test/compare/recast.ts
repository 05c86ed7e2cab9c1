/**
 * ObjectFile -> ObjectFile, for a loader that is to see a part of an object, or its code with other map definitions.
 * The object given stays as it is.
 */
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { ObjectFile, Section } from "../../assembler/object/object.ts";
import { definedIn, findSection, findSymbol, isCode, SHF } from "../../assembler/object/object.ts";

/** The programs of one section alone, with the functions that stand in .text. */
export function alone(object: ObjectFile, section: string): ObjectFile {
  return keep(copy(object), (one) => !isCode(one) || one.name === section || one.name === ".text");
}

/**
 * The object's code, with the map definitions of another object of the same source, whose maps are in `.maps`. BTF
 * comes from there as well, and describes the maps only: nothing is said of functions and lines.
 */
export function withMapsOf(object: ObjectFile, other: ObjectFile): ObjectFile {
  const made = withoutLines(object);
  const donor = copy(other);
  const maps = findSection(donor, ".maps");
  const btf = findSection(donor, ".BTF");
  const own = new Set(["maps", ".maps"].flatMap((name) => findSection(made, name) ?? []));
  if (maps === undefined || btf === undefined || own.size === 0) return made;
  const definitions = new Map(donor.symbols.filter((symbol) => definedIn(symbol) === maps)
    .map((symbol) => [symbol.name, symbol]));
  for (const section of made.sections) {
    for (const relocation of section.relocations) {
      const { symbol } = relocation;
      const home = definedIn(symbol);
      if (home !== undefined && own.has(home)) relocation.symbol = definitions.get(symbol.name) ?? symbol;
    }
  }
  keep(made, (section) => !own.has(section) && section.name !== ".BTF");
  // Programs and inner maps that fill slots are this object's; of BTF's own relocations a loader has no need.
  for (const relocation of maps.relocations) {
    const { symbol } = relocation;
    relocation.symbol = definitions.get(symbol.name) ?? findSymbol(made, symbol.name) ?? symbol;
  }
  btf.relocations = [];
  made.sections.push(maps, btf);
  made.symbols.push(...definitions.values());
  return made;
}

/** Without what BTF says of code, and without debug information. */
export function withoutLines(object: ObjectFile): ObjectFile {
  return keep(copy(object), ({ name }) => name !== ".BTF.ext");
}

function copy(object: ObjectFile): ObjectFile {
  return readElf(writeElf(object));
}

/** Takes sections away, with their symbols, and everything that no loader reads. */
function keep(object: ObjectFile, wanted: (section: Section) => boolean): ObjectFile {
  const gone = new Set(object.sections.filter((section) => !wanted(section) || !isRead(section)));
  object.sections = object.sections.filter((section) => !gone.has(section));
  const stays = (home: Section | undefined): boolean => home === undefined || !gone.has(home);
  object.symbols = object.symbols.filter((symbol) => stays(definedIn(symbol)));
  for (const section of object.sections) {
    section.relocations = section.relocations.filter(({ symbol }) => stays(definedIn(symbol)));
  }
  delete object.addressSignificant;
  return object;
}

function isRead({ name, flags }: Section): boolean {
  return (flags & SHF.ALLOC) !== 0 || name === ".BTF" || name === ".BTF.ext";
}
