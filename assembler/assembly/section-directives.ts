/**
 * The directives that say which section follows: `.section`, `.text` and its like, `.subsection`, `.pushsection`,
 * `.previous`.
 *
 * A section is declared once, with its type and flags; a later mention may leave them out, not change them. Its parts
 * (`.subsection 2`, `.text 2`) lie one behind the other by their numbers, whatever the order in the text.
 */
import { SHF, SHT } from "../object/object.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import {
  accept, atEnd, currentPart, expect, openSection, peek, readName, readNumber, readString, report, switchTo,
} from "./reader.ts";

/** What a section is when the text does not say, by its name or the part of it before the second dot. */
const knownSections: Readonly<Record<string, readonly [type: number, flags: number]>> = {
  ".text": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR], ".init": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR],
  ".fini": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR], ".data": [SHT.PROGBITS, SHF.ALLOC | SHF.WRITE],
  ".bss": [SHT.NOBITS, SHF.ALLOC | SHF.WRITE], ".rodata": [SHT.PROGBITS, SHF.ALLOC],
  ".tdata": [SHT.PROGBITS, SHF.ALLOC | SHF.WRITE | SHF.TLS], ".tbss": [SHT.NOBITS, SHF.ALLOC | SHF.WRITE | SHF.TLS],
  ".init_array": [SHT.INIT_ARRAY, SHF.ALLOC | SHF.WRITE], ".fini_array": [SHT.FINI_ARRAY, SHF.ALLOC | SHF.WRITE],
  ".preinit_array": [SHT.PREINIT_ARRAY, SHF.ALLOC | SHF.WRITE], ".note": [SHT.NOTE, 0],
};

const flagLetters: Readonly<Record<string, number>> = {
  a: SHF.ALLOC, w: SHF.WRITE, x: SHF.EXECINSTR, M: SHF.MERGE, S: SHF.STRINGS, T: SHF.TLS, o: SHF.LINK_ORDER,
  e: SHF.EXCLUDE, R: SHF.GNU_RETAIN,
};

const sectionTypeNames: Readonly<Record<string, number>> = {
  progbits: SHT.PROGBITS, nobits: SHT.NOBITS, note: SHT.NOTE, init_array: SHT.INIT_ARRAY,
  fini_array: SHT.FINI_ARRAY, preinit_array: SHT.PREINIT_ARRAY, unwind: 0x70000001,
  llvm_odrtab: 0x6fff4c00, llvm_linker_options: 0x6fff4c01, llvm_dependent_libraries: 0x6fff4c04, llvm_sympart: 0x6fff4c05,
  llvm_bb_addr_map: 0x6fff4c0a, llvm_offloading: 0x6fff4c0b, llvm_lto: 0x6fff4c0c,
};

/** Subsections have numbers up to this one. */
const maxPart = 8192;

/** `.section name [, "flags" [, @type [, entsize]] [, link] [, unique, number]]` */
function sectionDirective(reader: Reader, args: Arguments): boolean {
  return readSection(reader, args, false);
}

/** What `.section` says, and `.pushsection`, where a part may follow the name. */
function readSection(reader: Reader, args: Arguments, takesPart: boolean): boolean {
  const { position } = peek(args);
  const name = readSectionName(reader, args);
  if (name === undefined) return false;
  const base = /^\.[^.]*/.exec(name)?.[0] ?? "";
  let [type, flags] = knownSections[base] ?? [SHT.PROGBITS, 0];
  let entsize = 0;
  let link: string | undefined;
  let unique: number | undefined;
  let part: number | undefined = 0;
  let explicit = accept(args, ",");
  if (explicit && takesPart && peek(args).kind !== "string") {
    explicit = false;
    part = readNumber(reader, args, 0, maxPart);
    if (part === undefined) return false;
  }
  if (explicit) {
    const letters = readFlags(reader, args);
    if (letters === undefined) return false;
    flags = (flags | letters) >>> 0;
    if (accept(args, ",")) {
      const given = readSectionType(reader, args);
      if (given === undefined) return false;
      type = given;
      if ((flags & SHF.MERGE) !== 0) {
        const size = expect(reader, args, ",") ? readNumber(reader, args, 1, 0x7fffffff) : undefined;
        if (size === undefined) return false;
        entsize = size;
      }
      if ((flags & SHF.LINK_ORDER) !== 0) {
        link = expect(reader, args, ",") ? readLink(reader, args) : undefined;
        if (link === undefined) return false;
      }
      if (accept(args, ",")) {
        unique = readUnique(reader, args);
        if (unique === undefined) return false;
      }
    }
  }
  const section = openSection(reader.assembly, { name, type, flags, entsize, link, unique });
  if (explicit && (section.type !== type || section.flags !== flags || section.entsize !== entsize)) {
    report(reader, position, `section ${name} was declared with another type, flags or entry size`);
    return false;
  }
  switchTo(reader, section, part);
  return true;
}

function readFlags(reader: Reader, args: Arguments): number | undefined {
  const { position } = peek(args);
  const letters = readString(reader, args);
  if (letters === undefined) return undefined;
  let flags = 0;
  for (const letter of letters) {
    const flag = flagLetters[letter];
    if (flag === undefined) {
      report(reader, position, `section flag "${letter}" is unknown or not supported`);
      return undefined;
    }
    flags |= flag;
  }
  return flags;
}

/** The symbol whose section this one goes with; "" for 0, which is none. */
function readLink(reader: Reader, args: Arguments): string | undefined {
  const { kind, text } = peek(args);
  if (kind !== "number" || text !== "0") return readName(reader, args, "the linked symbol");
  args.next++;
  return "";
}

/** `unique, number` */
function readUnique(reader: Reader, args: Arguments): number | undefined {
  const { position } = peek(args);
  if (readName(reader, args, "\"unique\"") !== "unique") {
    report(reader, position, "expected \"unique\"");
    return undefined;
  }
  return expect(reader, args, ",") ? readNumber(reader, args, 0, 0xfffffffe) : undefined;
}

/** A name of words, numbers, dots, dashes and slashes, up to a comma: `xdp/frags`; or a quoted one. */
function readSectionName(reader: Reader, args: Arguments): string | undefined {
  const first = peek(args);
  if (first.kind === "string") return readString(reader, args);
  let name = "";
  let end = first.position;
  for (let token = first; token.kind !== "end" && token.position === end; token = peek(args)) {
    if (token.kind === "string" || token.kind === "bad" || token.text === ",") break;
    name += token.text;
    end = token.position + token.text.length;
    args.next++;
  }
  if (name === "") report(reader, first.position, "expected the name of a section");
  return name === "" ? undefined : name;
}

/** `@progbits`, `%progbits`, `@0x6fff4c03` */
function readSectionType(reader: Reader, args: Arguments): number | undefined {
  if (peek(args).kind !== "string" && !accept(args, "@") && !accept(args, "%")) {
    report(reader, peek(args).position, "expected \"@\" and the section's type");
    return undefined;
  }
  const token = peek(args);
  if (token.kind === "number") return readNumber(reader, args, 0, 0xffffffff);
  const name = readName(reader, args, "the section's type");
  const type = name === undefined ? undefined : sectionTypeNames[name];
  if (name !== undefined && type === undefined) report(reader, token.position, `unknown section type "${name}"`);
  return type;
}

/** `.text [part]`, `.data [part]`; for `.bss` and the like. */
function switchToKnown(name: string, type: number, flags: number): Directive {
  return (reader, args) => {
    const part = atEnd(args) ? 0 : readNumber(reader, args, 0, maxPart);
    if (part !== undefined) switchTo(reader, openSection(reader.assembly, { name, type, flags }), part);
    return part !== undefined;
  };
}

/** `.subsection number`: another part of the same section. */
function subsectionDirective(reader: Reader, args: Arguments): boolean {
  const part = atEnd(args) ? 0 : readNumber(reader, args, 0, maxPart);
  if (part !== undefined) switchTo(reader, reader.section, part);
  return part !== undefined;
}

function pushSection(reader: Reader, args: Arguments): boolean {
  const { previous } = reader;
  const at = currentPart(reader);
  if (!readSection(reader, args, true)) return false;
  reader.pushed.push({ at, previous });
  return true;
}

function popSection(reader: Reader, args: Arguments): boolean {
  const last = reader.pushed.pop();
  if (last === undefined) {
    report(reader, peek(args).position, "no section was pushed");
    return false;
  }
  switchTo(reader, last.at.section, last.at.part);
  reader.previous = last.previous;
  return true;
}

function previousDirective(reader: Reader, args: Arguments): boolean {
  if (!atEnd(args)) return true;
  switchTo(reader, reader.previous.section, reader.previous.part);
  return true;
}

/** Sections that are directives too. */
const shorthands: readonly string[] = [
  ".text", ".data", ".bss", ".rodata", ".tdata", ".tbss", ".data.rel", ".data.rel.ro",
];

/** By name. */
export const sectionDirectives: ReadonlyMap<string, Directive> = new Map([
  [".section", sectionDirective], [".subsection", subsectionDirective], [".pushsection", pushSection],
  [".popsection", popSection], [".previous", previousDirective],
  ...shorthands.map((name): [string, Directive] => {
    const [type, flags] = knownSections[/^\.[^.]*/.exec(name)?.[0] ?? ""] ?? [SHT.PROGBITS, 0];
    return [name, switchToKnown(name, type, flags)];
  }),
  [".eh_frame", switchToKnown(".eh_frame", SHT.PROGBITS, SHF.ALLOC)],
]);
