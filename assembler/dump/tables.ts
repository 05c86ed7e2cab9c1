/**
 * The tables of an object in llvm-objdump's layout: sections (-h), symbols (-t), relocations (-r).
 */
import { relocationName, symbolName } from "../disassemble.ts";
import type { SectionHeader } from "../object/elf-read.ts";
import type { ObjectFile, ObjectSymbol } from "../object/object.ts";
import { SHF, SHT } from "../object/object.ts";

const hex = (value: number, digits: number): string =>
  BigInt.asUintN(64, BigInt(value)).toString(16).padStart(digits, "0");

/** The header lines of -x that say what kind of file it is. */
export function listFileHeader(object: ObjectFile): string {
  const architecture = object.endian === "little" ? "bpfel" : "bpfeb";
  return `architecture: ${architecture}\nstart address: 0x${hex(0, 16)}\n\nProgram Header:\n\nDynamic Section:\n`;
}

/** All section headers, those of string, symbol and relocation tables too, under the indices of the file. */
export function listSections(headers: readonly SectionHeader[]): string {
  const width = headers.reduce((most, { name }) => Math.max(most, name.length), 13);
  const lines = headers.map((header) =>
    `${header.index.toString().padStart(3)} ${header.name.padEnd(width)} ${hex(header.size, 8)} ${hex(0, 16)} ${kind(header)}\n`);
  return `\nSections:\nIdx ${"Name".padEnd(width)} Size     VMA              Type\n${lines.join("")}`;
}

function kind({ name, type, flags }: SectionHeader): string {
  const holds = (flag: number): boolean => (flags & flag) !== 0;
  const kinds: string[] = [];
  if (holds(SHF.EXECINSTR)) kinds.push("TEXT");
  const arrays: readonly number[] = [SHT.PROGBITS, SHT.INIT_ARRAY, SHT.FINI_ARRAY, SHT.PREINIT_ARRAY];
  if (arrays.includes(type) && holds(SHF.ALLOC) && !holds(SHF.EXECINSTR)) kinds.push("DATA");
  if (type === SHT.NOBITS && holds(SHF.ALLOC) && holds(SHF.WRITE)) kinds.push("BSS");
  if (/^\.z?debug|^\.gdb_index$/.test(name)) kinds.push("DEBUG");
  return kinds.join(", ");
}

/**
 * The symbols, in the order of the file: value, flags (l local, g global, w weak; d section or file; f file, F
 * function, O object), section, size, name. A common symbol has its size for its value, and its alignment for its size.
 */
export function listSymbols(object: ObjectFile): string {
  const lines = object.symbols.map((symbol) => {
    const common = symbol.home === "common";
    const value = common ? symbol.size : symbol.value, size = common ? symbol.value : symbol.size;
    const visibility = symbol.visibility === "default" ? "" : `.${symbol.visibility} `;
    return `${hex(value, 16)} ${symbolFlags(symbol)} ${homeName(symbol)}\t${hex(size, 16)} ${visibility}`
      + `${symbolName(symbol)}\n`;
  });
  return `\nSYMBOL TABLE:\n${lines.join("")}`;
}

/** Seven columns, of which objects for BPF use four. */
function symbolFlags({ bind, type, home }: ObjectSymbol): string {
  const here = home !== "undefined" && home !== "common";
  const scope = bind === "local" && home !== "undefined" ? "l" : bind === "global" && here ? "g" : " ";
  const debug = type === "section" || type === "file" ? "d" : " ";
  const what = { file: "f", func: "F", object: "O", common: "O", notype: " ", section: " ", tls: " " }[type];
  return `${scope}${bind === "weak" ? "w" : " "}   ${debug}${what}`;
}

function homeName(symbol: ObjectSymbol): string {
  switch (symbol.home) {
    case "undefined": return "*UND*";
    case "absolute": return "*ABS*";
    case "common": return "*COM*";
    default: return symbol.home.name;
  }
}

/** The relocations of each section that has any. @param wanted which sections, by name */
export function listRelocations(object: ObjectFile, wanted: (name: string) => boolean): string {
  let text = "";
  for (const section of object.sections) {
    if (section.relocations.length === 0 || !wanted(section.name)) continue;
    text += `\nRELOCATION RECORDS FOR [${section.name}]:\nOFFSET           TYPE                     VALUE\n`;
    for (const { offset, type, symbol } of section.relocations) {
      text += `${hex(offset, 16)} ${relocationName(type).padEnd(24)} ${symbolName(symbol)}\n`;
    }
  }
  return text;
}
