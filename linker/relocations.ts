/**
 * The relocations of all inputs -> those of the output's sections.
 *
 * A relocation against a named symbol needs its new place and the output's symbol. One against a section has the offset
 * inside of that section in the instruction, which moves by as much as the input's part of the section did.
 */

import type { ObjectFile } from "../assembler/object/object.ts";
import type { Layout } from "./sections.ts";
import type { Symbols } from "./symbols.ts";
import type { LinkUnit, Report } from "./unit.ts";

/** The opcode of a call. Its immediate counts instructions, that of others bytes. */
const call = 0x85;

export function mergeRelocations(units: readonly LinkUnit[], layout: Layout, symbols: Symbols, report: Report): void {
  for (const unit of units) {
    for (const part of unit.sections) {
      const placement = layout.placements.get(part);
      const whole = placement?.merged.section;
      if (placement === undefined || placement.repeated || whole === undefined) continue;
      for (const { offset, type, symbol } of part.relocations) {
        const replaced = symbols.replaced.get(symbol);
        if (replaced === undefined) {
          report(`${unit.name}: ${part.name}+${offset} refers to '${symbol.name}', which the output does not take over`);
          continue;
        }
        const place = placement.offset + offset;
        whole.relocations.push({ offset: place, type, symbol: replaced });
        const target = symbol.type === "section" && typeof symbol.home !== "string"
          ? layout.placements.get(symbol.home) : undefined;
        if (target !== undefined && whole.data !== undefined) moveAddend(whole.data, place, target.offset, unit.object.endian);
      }
    }
  }
}

function moveAddend(code: Uint8Array, at: number, distance: number, endian: ObjectFile["endian"]): void {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  const little = endian === "little";
  const by = code[at] === call ? distance / 8 : distance;
  view.setInt32(at + 4, view.getInt32(at + 4, little) + by, little);
}
