/**
 * The bytes of an object, and what is wanted of them -> text.
 *
 * The listings stand in the order of llvm-objdump's; each is made by a function of its own, and reads only what it
 * needs: a listing of symbols does not care about broken BTF.
 */
import { decodeBtf } from "../btf/decode.ts";
import type { DecodedBtf } from "../btf/decode.ts";
import { decodeBtfExt } from "../btf/ext.ts";
import { formatTypes } from "../btf/format.ts";
import { listTypes } from "../btf/list.ts";
import { BtfError } from "../btf/types.ts";
import { printObject } from "../assembly/print.ts";
import type { CodeNotes } from "../disassemble.ts";
import { disassemble } from "../disassemble.ts";
import { readElf, readSectionHeaders } from "../object/elf-read.ts";
import type { ObjectFile } from "../object/object.ts";
import { findSection, ObjectError } from "../object/object.ts";
import type { DumpSettings } from "./flags.ts";
import type { Dump } from "./classic.ts";
import { dumpClassic } from "./classic.ts";
import { describeAsJson } from "./json.ts";
import { listMaps, objectMaps } from "./maps.ts";
import { tcCommands } from "./tc.ts";
import { listFileHeader, listRelocations, listSections, listSymbols } from "./tables.ts";

/** @param name how the file is called in the text */
export function dumpObject(name: string, bytes: Uint8Array, settings: DumpSettings): Dump {
  if (settings.classic !== undefined) return dumpClassic(bytes, settings.classic);
  try {
    return { kind: "text", text: dump(name, bytes, settings) };
  } catch (error) {
    if (error instanceof ObjectError || error instanceof BtfError) return { kind: "error", message: error.message };
    throw error;
  }
}

function dump(name: string, bytes: Uint8Array, settings: DumpSettings): string {
  const object = readElf(bytes);
  if (settings.assembly) return printObject(object, { alu32: settings.alu32 });
  if (settings.btf !== undefined) return types(object, settings.btf);
  if (settings.json || settings.maps || settings.tc !== undefined) {
    const decoded = objectTypes(object);
    const maps = objectMaps(object, decoded?.types ?? [], name);
    if (settings.tc !== undefined) return tcCommands(object, maps, name, settings.tc);
    if (settings.maps) return listMaps(maps);
    const notes = codeNotes(object, decoded);
    const described = describeAsJson({ file: name, object, types: decoded?.types, notes, maps, alu32: settings.alu32 });
    return `${JSON.stringify(described, undefined, 2)}\n`;
  }
  const wanted = (section: string): boolean =>
    settings.sections.length === 0 || settings.sections.includes(section);
  for (const one of settings.sections) {
    if (findSection(object, one) === undefined) throw new ObjectError(`there is no section ${one}`);
  }
  let text = `\n${name}:\tfile format elf64-bpf\n`;
  if (settings.all) text += listFileHeader(object);
  if (settings.headers) text += listSections(readSectionHeaders(bytes).filter((header) => wanted(header.name)));
  if (settings.symbols) text += listSymbols(object);
  if (settings.relocations && !settings.disassemble) text += listRelocations(object, wanted);
  if (settings.disassemble) {
    const { alu32, noBytes, zeros, source, lineNumbers } = settings;
    const noRelocations = !settings.relocations;
    const notes = source || lineNumbers || !noRelocations ? codeNotes(object, objectTypes(object)) : undefined;
    const options = { alu32, noBytes, zeros, source, lineNumbers, noRelocations };
    text += disassemble(object, {
      ...options, ...(notes === undefined ? {} : { notes }),
      wanted: (section) => wanted(section.name),
    });
  }
  return text;
}

/** The decoded `.BTF`, if there is one. @throws BtfError */
function objectTypes(object: ObjectFile): DecodedBtf | undefined {
  const data = findSection(object, ".BTF")?.data;
  return data === undefined ? undefined : decodeBtf(data);
}

/** What BTF says of instructions. @throws BtfError */
function codeNotes(object: ObjectFile, btf: DecodedBtf | undefined): CodeNotes | undefined {
  const data = findSection(object, ".BTF.ext")?.data;
  if (btf === undefined || data === undefined) return undefined;
  return { types: btf.types, sections: decodeBtfExt(data, btf.littleEndian, btf.types, btf.strings) };
}

function types(object: ObjectFile, form: "c" | "raw"): string {
  const btf = objectTypes(object);
  if (btf === undefined) throw new BtfError("the object has no section .BTF");
  return form === "raw" ? listTypes(btf.types) : headerFile(formatTypes(btf.types));
}

/** A header like bpftool's, whose records are those that CO-RE relocates. */
function headerFile(declarations: string): string {
  const push = "#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)";
  return `#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
${push}
#endif

${declarations}#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

#endif /* __VMLINUX_H__ */
`;
}
