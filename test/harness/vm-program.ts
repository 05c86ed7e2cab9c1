/** Assembly text -> a machine that holds it, for tests of single instructions. */
import { encodeCode } from "../../assembler/isa/code.ts";
import type { CodeItem } from "../../assembler/isa/code.ts";
import { parseInstructionText } from "../../assembler/isa/parse.ts";
import { makeSection, makeSymbol, makeUndefined, R_BPF, SHF } from "../../assembler/object/object.ts";
import type { Endian, ObjectFile } from "../../assembler/object/object.ts";
import { Machine } from "../../assembler/vm/machine.ts";
import type { MachineOptions } from "../../assembler/vm/machine.ts";

/**
 * An object with one section `tc` of the given code, which is the function `main`: instructions apart by newline or
 * `;`, labels as `name:`.
 */
export function objectOf(text: string, endian: Endian = "little"): ObjectFile {
  const items = text.split(/[\n;]/).map((line) => line.trim()).filter((line) => line !== "").map((line): CodeItem => {
    if (line.endsWith(":")) return { kind: "label", name: line.slice(0, -1) };
    const parsed = parseInstructionText(line);
    if (parsed.kind !== "instruction") throw new Error(`cannot assemble ${line}`);
    return { kind: "instruction", instruction: parsed.instruction };
  });
  const code = encodeCode(items, endian);
  const [problem] = code.problems;
  if (problem !== undefined) throw new Error(problem.message);
  const section = makeSection("tc", SHF.ALLOC | SHF.EXECINSTR, 8, code.bytes.slice());
  const symbols = [makeSymbol("main", section, 0, { bind: "global", type: "func" })];
  for (const [name, value] of code.labels) {
    // A label that is called is a function.
    if (text.includes(`call ${name}`)) symbols.push(makeSymbol(name, section, value, { bind: "global", type: "func" }));
  }
  for (const { offset, kind, reference } of code.fixups) {
    // Names that are no labels are maps, or kernel functions.
    const value = code.labels.get(reference.symbol);
    let symbol = symbols.find(({ name }) => name === reference.symbol);
    if (symbol === undefined) {
      symbol = value === undefined ? makeUndefined(reference.symbol)
        : makeSymbol(reference.symbol, section, value, { bind: "global", type: "func" });
      symbols.push(symbol);
    }
    section.relocations.push({ offset, type: kind === "call" ? R_BPF.R64_32 : R_BPF.R64_64, symbol });
  }
  return { endian, sections: [section], symbols };
}

/** A machine with that code, whose function is `main`. */
export function machineOf(text: string, options: MachineOptions = {}, endian: Endian = "little"): Machine {
  return new Machine(objectOf(text, endian), options);
}
