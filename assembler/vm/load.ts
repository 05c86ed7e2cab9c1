/**
 * ObjectFile -> a program that can run: sections become memory, maps are made, relocations are resolved, and every
 * instruction becomes a step.
 *
 * Data sections are regions, and maps of one value named like the section, as libbpf has it. A section of code has a
 * region without bytes: its addresses stand for functions. What a relocation means follows from the section of its
 * symbol, and its addend stands in place (llvm_reloc.rst).
 */

import { decodeBtf } from "../btf/decode.ts";
import type { BtfType } from "../btf/types.ts";
import { decode } from "../isa/decode.ts";
import type { Decoded } from "../isa/decode.ts";
import { fallsThrough, slots } from "../isa/instruction.ts";
import { definedIn, findSection, isCode, R_BPF, SHF } from "../object/object.ts";
import type { ObjectFile, ObjectSymbol, Relocation, Section } from "../object/object.ts";
import type { Cpu, Step } from "./cpu.ts";
import { readMask, translate, writeMask } from "./execute.ts";
import type { Place } from "./execute.ts";
import { declaredMaps, LoadError } from "./map-definitions.ts";
import type { DeclaredMap } from "./map-definitions.ts";
import { BpfMap } from "./maps.ts";
import { addressOf, Fault, lowBase } from "./memory.ts";
import type { Memory, Region } from "./memory.ts";

/** What the loader leaves to the machine: calls that leave the program, and values that only a kernel knows. */
export interface Externals {
  readonly cpus: number;
  helper(number: number): (cpu: Cpu) => void | number;
  kernelFunction(name: string): (cpu: Cpu) => void | number;
  packetBytes: Place["packetBytes"];
  /** Values of `extern` variables of `.kconfig`, by name; others are 0. */
  readonly config: ReadonlyMap<string, bigint>;
}

export interface Program {
  readonly steps: readonly Step[];
  readonly maps: ReadonlyMap<string, BpfMap>;
  /** Maps by the upper half of their handle's addresses. */
  readonly mapOfHandle: ReadonlyMap<number, BpfMap>;
  /** Steps of functions, and of the first instruction of each section of code, by name. */
  readonly functions: ReadonlyMap<string, number>;
  readonly sections: ReadonlyMap<string, number>;
  /** The name of the section in which a function stands. */
  readonly sectionOfFunction: ReadonlyMap<string, string>;
  /** The step at an address of code. @throws Fault */
  codeAt(high: number, low: number): number;
  /** Gives the data sections the contents they had in the object. */
  resetData(): void;
}

/** A section of code while it is loaded. */
interface Code {
  readonly section: Section;
  readonly region: Region;
  readonly placed: readonly { readonly offset: number; readonly instruction: Decoded }[];
  /** The step of each slot; -1 for the second slot of a 64-bit immediate. */
  readonly stepOfSlot: Int32Array;
  /** The step that is reached behind the last instruction. */
  readonly end: number;
  readonly relocations: ReadonlyMap<number, Relocation>;
  /** Functions by offset. */
  readonly functions: ReadonlyMap<number, string>;
}

/** Loads an object into memory. @throws LoadError, BtfError */
export function load(object: ObjectFile, memory: Memory, externals: Externals): Program {
  const btf = findSection(object, ".BTF");
  const types: readonly BtfType[] = btf?.data === undefined ? [] : decodeBtf(btf.data).types;
  const declared = declaredMaps(object, types);
  const maps = new Map<string, BpfMap>();
  const mapOfHandle = new Map<number, BpfMap>();
  const mapAtOffset = new Map<Section, Map<number, BpfMap>>();
  const addMap = (map: BpfMap): void => {
    maps.set(map.definition.name, map);
    mapOfHandle.set(map.handle.high, map);
  };
  for (const { definition, section, offset } of declared) {
    const map = new BpfMap(memory, definition, externals.cpus);
    addMap(map);
    const ofSection = mapAtOffset.get(section) ?? new Map<number, BpfMap>();
    ofSection.set(offset, map);
    mapAtOffset.set(section, ofSection);
  }

  const data = new Map<Section, Region>();
  for (const section of object.sections) {
    if ((section.flags & SHF.ALLOC) === 0 || isCode(section) || mapAtOffset.has(section)) continue;
    const bytes = section.data === undefined ? new Uint8Array(section.size) : section.data.slice();
    const region = memory.allocate(`section ${section.name}`, bytes, { writable: (section.flags & SHF.WRITE) !== 0 });
    data.set(section, region);
    if (/^\.(data|rodata|bss)/.test(section.name) && !maps.has(section.name)) {
      const map = new BpfMap(memory, {
        name: section.name, type: "array", keySize: 4, valueSize: bytes.length, maxEntries: 1, flags: 0,
      }, externals.cpus);
      map.adopt(region);
      addMap(map);
    }
  }

  const code = loadCode(object, memory);
  const externs = new Map<ObjectSymbol, bigint>();
  const addressOfSymbol = (symbol: ObjectSymbol, addend: bigint, what: string): bigint => {
    const section = definedIn(symbol);
    if (section === undefined) return externAddress(symbol, memory, externals, externs, types, what) + addend;
    const offset = BigInt(symbol.value) + addend;
    const map = mapAtOffset.get(section)?.get(Number(offset));
    if (map !== undefined) return BigInt(addressOf(map.handle));
    if (mapAtOffset.has(section)) throw new LoadError(`${what}: no map stands at byte ${offset} of ${section.name}`);
    const region = data.get(section) ?? code.find((c) => c.section === section)?.region;
    if (region === undefined) throw new LoadError(`${what}: section ${section.name} is not loaded`);
    return BigInt(addressOf(region)) + offset;
  };

  relocateData(data, memory, addressOfSymbol);
  const initial = new Map([...data.values()].map((region) => [region, region.bytes.slice()]));

  const steps: Step[] = [];
  for (const c of code) makeSteps(c, code, steps, externals, addressOfSymbol);
  const codeAt = codeLookup(code);
  const functions = new Map<string, number>();
  const sections = new Map<string, number>();
  const sectionOfFunction = new Map<string, string>();
  for (const c of code) {
    if (c.placed.length > 0 && !sections.has(c.section.name)) sections.set(c.section.name, c.stepOfSlot[0]);
    for (const [offset, name] of c.functions) {
      functions.set(name, c.stepOfSlot[offset / 8]);
      sectionOfFunction.set(name, c.section.name);
    }
  }
  fillMaps(declared, maps, functions, sections, memory);
  return {
    steps, maps, mapOfHandle, functions, sections, sectionOfFunction, codeAt,
    resetData: () => {
      for (const [region, bytes] of initial) region.bytes.set(bytes);
    },
  };
}

/** Decodes the sections of code and numbers their steps. */
function loadCode(object: ObjectFile, memory: Memory): Code[] {
  let next = 0;
  return object.sections.filter((section) => isCode(section)).map((section) => {
    const bytes = section.data ?? new Uint8Array(0);
    const placed = decode(bytes, object.endian);
    const stepOfSlot = new Int32Array(Math.ceil(bytes.length / 8)).fill(-1);
    for (const { offset } of placed) stepOfSlot[offset / 8] = next++;
    const end = next++;
    const functions = new Map<number, string>();
    for (const symbol of object.symbols) {
      const named = symbol.type === "func" || symbol.type === "notype" && symbol.bind !== "local";
      if (definedIn(symbol) === section && named && symbol.value % 8 === 0) functions.set(symbol.value, symbol.name);
    }
    const region = memory.allocate(`code of ${section.name}`, bytes, { readable: false, writable: false });
    const relocations = new Map(section.relocations.map((relocation) => [relocation.offset, relocation]));
    return { section, region, placed, stepOfSlot, end, relocations, functions };
  });
}

type SymbolAddress = (symbol: ObjectSymbol, addend: bigint, what: string) => bigint;

/** The step behind the last instruction, or in the place of one that cannot run. */
function trap(message: string, section: string, slot: number, name: string): Step {
  return {
    run: () => {
      throw new Fault(message);
    },
    reads: 0, writes: 0, instruction: { op: "exit" }, function: name, section, slot,
  };
}

function makeSteps(
  code: Code, all: readonly Code[], steps: Step[], externals: Externals, addressOfSymbol: SymbolAddress,
): void {
  const { section, placed, stepOfSlot, relocations } = code;
  let name = section.name;
  placed.forEach(({ offset, instruction }, index) => {
    name = code.functions.get(offset) ?? name;
    const slot = offset / 8;
    const what = `${section.name}+${offset}`;
    if (instruction.op === "illegal") {
      steps.push(trap(`no instruction: ${instruction.reason}`, section.name, slot, name));
      return;
    }
    const behind = placed[index + 1];
    const leaves = behind !== undefined && code.functions.has(behind.offset) && fallsThrough(instruction);
    const place: Place = {
      // Running into the next function is as wrong as running off the end.
      next: behind === undefined || leaves ? code.end : stepOfSlot[behind.offset / 8],
      jump: (displacement) => {
        const step = stepOfSlot[slot + slots(instruction) + displacement];
        if (step === undefined || step === -1) throw new LoadError(`${what}: jump to no instruction`);
        return step;
      },
      callee: () => {
        if (instruction.op !== "call") throw new Error(`${what}: ${instruction.op} is no call`);
        return callee(code, all, offset, instruction.value, what);
      },
      external: () => {
        if (instruction.op !== "call") throw new Error(`${what}: ${instruction.op} is no call`);
        const relocation = relocations.get(offset);
        if (relocation !== undefined) return externals.kernelFunction(relocation.symbol.name);
        if (instruction.call === "kfunc") return externals.kernelFunction(`#${instruction.value}`);
        return externals.helper(instruction.value);
      },
      address: ({ value, pseudo }) => {
        const relocation = relocations.get(offset);
        if (relocation !== undefined) {
          // Of the 64 bits only the first slot's are the addend.
          return addressOfSymbol(relocation.symbol, BigInt.asIntN(32, value), what);
        }
        if (pseudo !== 0) throw new LoadError(`${what}: a 64-bit immediate of kind ${pseudo} without a relocation`);
        return value;
      },
      codeAt: (cpu, register) => codeLookup(all)(cpu.hi[register], cpu.lo[register]),
      packetBytes: externals.packetBytes,
    };
    const undefinedCall = instruction.op === "call" && instruction.call === "local"
      && definedInside(relocations.get(offset)) === false;
    const run = translate(undefinedCall ? { ...instruction, call: "kfunc" } : instruction, place);
    steps.push({
      run, reads: readMask(instruction), writes: writeMask(instruction), instruction, function: name,
      section: section.name, slot,
    });
  });
  steps.push(trap("control runs off the end of the function", section.name, stepOfSlot.length, name));
}

/** Is the symbol of a relocation defined in the object? Undefined if there is no relocation. */
function definedInside(relocation: Relocation | undefined): boolean | undefined {
  return relocation === undefined ? undefined : definedIn(relocation.symbol) !== undefined;
}

/** The step of the function that the call at `offset` goes to. */
function callee(code: Code, all: readonly Code[], offset: number, value: number, what: string): number {
  const relocation = code.relocations.get(offset);
  let target = code;
  let slot = offset / 8 + 1 + value;
  if (relocation !== undefined) {
    const home = definedIn(relocation.symbol);
    const found = all.find((c) => c.section === home);
    if (found === undefined) throw new LoadError(`${what}: call of ${relocation.symbol.name}, which is no code`);
    target = found;
    slot = relocation.symbol.value / 8 + value + 1;
  }
  const step = target.stepOfSlot[slot];
  if (step === undefined || step === -1) throw new LoadError(`${what}: call to no instruction`);
  return step;
}

function codeLookup(all: readonly Code[]): (high: number, low: number) => number {
  return (high, low) => {
    const code = all.find((c) => c.region.high === high);
    const offset = low - lowBase;
    const step = code === undefined || offset % 8 !== 0 ? undefined : code.stepOfSlot[offset / 8];
    if (step === undefined || step === -1) throw new Fault("a call or jump through a register to no instruction");
    return step;
  };
}

/** The address or value that stands for a symbol that the object does not define. */
function externAddress(
  symbol: ObjectSymbol, memory: Memory, externals: Externals, known: Map<ObjectSymbol, bigint>,
  types: readonly BtfType[], what: string,
): bigint {
  const made = known.get(symbol);
  if (made !== undefined) return made;
  const config = types.find((type) => type.kind === "datasec" && type.name === ".kconfig");
  const variable = config?.kind === "datasec"
    ? config.vars.find(({ type }) => type.kind === "var" && type.name === symbol.name) : undefined;
  let address = 0n;
  if (variable !== undefined) {
    const bytes = new Uint8Array(8);
    const value = externals.config.get(symbol.name) ?? 0n;
    const size = Math.min(variable.size === 0 ? 8 : variable.size, 8);
    for (let i = 0; i < size; i++) {
      bytes[memory.littleEndian ? i : size - 1 - i] = Number(value >> BigInt(8 * i) & 0xffn);
    }
    address = BigInt(addressOf(memory.allocate(`extern ${symbol.name}`, bytes, { writable: false })));
  } else if (symbol.bind !== "weak") {
    throw new LoadError(`${what}: the symbol ${symbol.name} is defined nowhere`);
  }
  known.set(symbol, address);
  return address;
}

/** Resolves the pointers in data sections. */
function relocateData(data: ReadonlyMap<Section, Region>, memory: Memory, addressOfSymbol: SymbolAddress): void {
  for (const [section, region] of data) {
    for (const { offset, type, symbol } of section.relocations) {
      const what = `${section.name}+${offset}`;
      if (type !== R_BPF.ABS64 && type !== R_BPF.R64_64) {
        throw new LoadError(`${what}: a relocation of type ${type} in data`);
      }
      const addend = region.view.getBigInt64(offset, memory.littleEndian);
      region.view.setBigInt64(offset, addressOfSymbol(symbol, addend, what), memory.littleEndian);
    }
  }
}

/** Puts inner maps and programs into the slots of the maps that want them. */
function fillMaps(
  declared: readonly DeclaredMap[], maps: ReadonlyMap<string, BpfMap>, functions: ReadonlyMap<string, number>,
  sections: ReadonlyMap<string, number>, memory: Memory,
): void {
  const keyOf = (map: BpfMap, index: number): Uint8Array => {
    const key = new Uint8Array(Math.max(map.definition.keySize, 4));
    new DataView(key.buffer).setUint32(0, index, memory.littleEndian);
    return key.slice(0, map.definition.keySize);
  };
  for (const { definition, values, id, innerIndex } of declared) {
    const map = maps.get(definition.name);
    if (map === undefined) continue;
    for (const [index, symbol] of values) {
      const inner = maps.get(symbol.name);
      const entry = functions.get(symbol.name);
      if (inner !== undefined) map.setTarget(keyOf(map, index), { kind: "map", map: inner });
      else if (entry !== undefined) map.setTarget(keyOf(map, index), { kind: "program", name: symbol.name, entry });
    }
    // Legacy: the outer map names the inner one by its id, and the inner one knows its slot.
    if (innerIndex >= 0 && id !== 0) {
      const outer = declared.find((other) => other.innerId === id);
      const target = outer === undefined ? undefined : maps.get(outer.definition.name);
      target?.setTarget(keyOf(target, innerIndex), { kind: "map", map });
    }
    if (definition.type !== "prog_array" || id === 0) continue;
    // Sections "ID/KEY" hold the programs of the map with that id.
    for (const [name, entry] of sections) {
      const match = /^(0[xX][0-9a-fA-F]+|\d+)\/(0[xX][0-9a-fA-F]+|\d+)$/.exec(name);
      if (match === null || cNumber(match[1]) !== id) continue;
      map.setTarget(keyOf(map, cNumber(match[2])), { kind: "program", name, entry });
    }
  }
}

/** A number as scanf's %i reads it: hexadecimal after 0x, octal after 0, else decimal. */
function cNumber(text: string): number {
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}
