/**
 * The CO-RE relocations of an object, as lines of text: which function asks what of which type. Instructions are not
 * told apart, since compilers share and repeat them as they like.
 */
import { decodeBtf } from "../../assembler/btf/decode.ts";
import { decodeBtfExt } from "../../assembler/btf/ext.ts";
import type { BtfType } from "../../assembler/btf/types.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { definedIn } from "../../assembler/object/object.ts";

/** Sorted lines "function kind type access", each once. */
export function coreRelocations(object: ObjectFile): string[] {
  const little = object.endian === "little";
  const btf = object.sections.find((section) => section.name === ".BTF")?.data;
  const ext = object.sections.find((section) => section.name === ".BTF.ext")?.data;
  if (btf === undefined || ext === undefined) return [];
  const { types, strings } = decodeBtf(btf);
  const lines = new Set<string>();
  for (const { name, relocations } of decodeBtfExt(ext, little, types, strings)) {
    const functions = object.symbols.filter((s) => s.type === "func" && definedIn(s)?.name === name);
    for (const { offset, type, access, kind } of relocations) {
      const fn = functions.find(({ value, size }) => offset >= value && offset < value + size);
      lines.add(`${fn?.name ?? name} ${kind} ${nameOf(type)} ${access}`);
    }
  }
  return [...lines].sort();
}

function nameOf(type: BtfType): string {
  const name = "name" in type ? type.name : "";
  return `${type.kind} ${name === "" ? "(anonymous)" : name}`;
}
