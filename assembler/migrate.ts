/**
 * A classic program -> the eBPF program that does the same, as an object.
 *
 * It is the kernel's own migration (bpf_convert_filter in net/core/filter.c) as far as it can be said outside of the
 * kernel: A is r0, X is r7, the context is kept in r6, M[k] lies at r10 - 4 - 4k, arithmetic is 32 bits wide, and an
 * error ends with
 * 0. Where the kernel reaches into its `struct sk_buff`, the object reads the same field of `struct __sk_buff`;
 * where it calls functions of its own to load from the packet, the object has ld_abs and ld_ind, which are these
 * functions. Two things the verifier asks for: registers are zeroed by a move, and code that nothing reaches is left
 * out.
 *
 * The kernel computes a few extensions by functions that no program can call: those are refused.
 */

import { encodeBtf } from "./btf/encode.ts";
import type { BtfLineInfo } from "./btf/ext.ts";
import type { BtfFunc, BtfType } from "./btf/types.ts";
import type { ClassicFault } from "./classic/check.ts";
import type { ClassicInstruction, ClassicProgram, ExtensionName, Operation } from "./classic/instruction.ts";
import { extensionOf, operationOf, reachable } from "./classic/instruction.ts";
import type { CodeItem, EncodedCode } from "./isa/code.ts";
import { encodeCode } from "./isa/code.ts";
import type { Condition, Instruction, Operand } from "./isa/instruction.ts";
import {
  alu, at, branch, byteSwap, callHelper, exit, framePointer, imm, jump, load, loadAbsolute, loadIndirect, mov, neg, reg,
  store,
} from "./isa/instruction.ts";
import type { CpuLevel } from "./isa/table.ts";
import type { Endian, ObjectFile } from "./object/object.ts";
import { makeSection, makeSymbol, R_BPF, sectionSymbol, setData, SHF } from "./object/object.ts";
import { unreachable } from "./unreachable.ts";

export interface MigrateOptions {
  readonly endian: Endian;
  /** The section's name, which tells a loader what kind of program it is. */
  readonly section: string;
  /** The function's name. */
  readonly name: string;
  /** Instructions of later levels are not used; undefined: every level is there. */
  readonly cpu?: CpuLevel | undefined;
  /** Where an instruction stands in the source, for the line table; without it there is none. */
  readonly lineOf?: (index: number) => SourceLine;
}

export type SourceLine = Pick<BtfLineInfo, "file" | "line" | "column" | "text">;

export interface Migrated {
  /** Not to be used if there are faults. */
  readonly object: ObjectFile;
  /** What has no counterpart in eBPF. */
  readonly faults: readonly ClassicFault[];
}

const a = 0, tmp = 2, context = 6, x = 7;

/** Offsets in `struct __sk_buff` (include/uapi/linux/bpf.h). */
const field = {
  len: 0, pkt_type: 4, mark: 8, queue_mapping: 12, protocol: 16, vlan_present: 20, vlan_tci: 24, vlan_proto: 28,
  ifindex: 40, hash: 68,
} as const;

/** Helpers by number (enum bpf_func_id). */
const helper = { get_prandom_u32: 7, get_smp_processor_id: 8 } as const;

/** Migrates a program in which check.ts finds no fault. */
export function migrate(program: ClassicProgram, options: MigrateOptions): Migrated {
  const faults: ClassicFault[] = [];
  const items: CodeItem[] = [mov(32, a, imm(0)), mov(32, x, imm(0)), mov(64, context, reg(1))].map((one) => item(at(one, 0)));
  const reached = reachable(program);
  program.forEach((instruction, index) => {
    if (reached[index] !== true) return;
    items.push({ kind: "label", name: labelAt(index) });
    const code = translate(instruction, index, options.cpu);
    if (typeof code === "string") faults.push({ index, part: "k", message: code });
    else items.push(...code.map((one) => item(at(one, index))));
  });
  const code = encodeCode(items, options.endian);
  for (const { loc, message } of faults.length > 0 ? [] : code.problems) faults.push({ index: loc ?? 0, part: "code", message });
  return { object: makeObject(code, options), faults };
}

function item(instruction: Instruction): CodeItem {
  return { kind: "instruction", instruction };
}

function labelAt(index: number): string {
  return `l${index}`;
}

function makeObject(code: EncodedCode, options: MigrateOptions): ObjectFile {
  const { endian, section: name, name: symbol } = options;
  const section = makeSection(name, SHF.ALLOC | SHF.EXECINSTR, 8);
  setData(section, code.bytes);
  const entry = makeSymbol(symbol, section, 0, { type: "func", bind: "global", size: code.bytes.length });
  const object: ObjectFile = { endian, sections: [section], symbols: [entry] };
  describe(object, code, options);
  return object;
}

/** BTF, without which no linker takes an object: the function, `int name(struct __sk_buff *)`, and its lines. */
function describe(object: ObjectFile, code: EncodedCode, { endian, section: name, name: symbol, lineOf }: MigrateOptions): void {
  const int: BtfType = { kind: "int", name: "int", size: 4, encoding: "signed", bitOffset: 0, bits: 32 };
  const pointer: BtfType = { kind: "ptr", type: { kind: "fwd", name: "__sk_buff", record: "struct" } };
  const prototype: BtfType = { kind: "func_proto", returns: int, params: [{ name: "skb", type: pointer }], variadic: false };
  const type: BtfFunc = { kind: "func", name: symbol, type: prototype, linkage: "global" };
  const lines = lineOf === undefined ? [] : code.locs.filter(({ loc }, i) => i === 0 || code.locs[i - 1]?.loc !== loc)
    .map(({ offset, loc }): BtfLineInfo => ({ offset, ...lineOf(loc) }));
  const sections = [{ name, functions: [{ offset: 0, type }], lines, relocations: [] }];
  const { btf, ext, extFixups } = encodeBtf({ types: [type], sections }, endian === "little");
  const types = makeSection(".BTF", 0, 4), extension = makeSection(".BTF.ext", 0, 4);
  setData(types, btf);
  setData(extension, ext ?? new Uint8Array(0));
  const [target] = object.sections;
  if (target === undefined) throw new Error("an object without its program");
  object.sections.push(types, extension);
  for (const { offset } of extFixups) {
    extension.relocations.push({ offset, type: R_BPF.NODYLD32, symbol: sectionSymbol(object, target) });
  }
}

/** The instructions for one, or why there are none. */
function translate(instruction: ClassicInstruction, index: number, cpu: CpuLevel | undefined): readonly Instruction[] | string {
  const operation = operationOf(instruction.code);
  if (operation === undefined) throw new Error(`code ${instruction.code} is migrated unchecked`);
  const k = instruction.k | 0;
  switch (operation.op) {
    case "load": {
      const extension = extensionOf(instruction);
      if (extension !== undefined) return loadExtension(extension);
      return [operation.indirect ? loadIndirect(operation.size, x, k) : loadAbsolute(operation.size, k)];
    }
    case "immediate": return [mov(32, registerOf(operation.to), imm(k))];
    case "recall": return [load(4, registerOf(operation.to), framePointer, wordAt(k))];
    case "store": return [store(4, framePointer, wordAt(k), reg(registerOf(operation.from)))];
    case "length": return [load(4, registerOf(operation.to), context, field.len)];
    case "header":
      // A is kept in X while the byte is loaded, and through tmp while they change places.
      return [
        mov(64, x, reg(a)), loadAbsolute(1, k), alu("and", 32, a, imm(0xf)), alu("lsh", 32, a, imm(2)), mov(64, tmp, reg(x)),
        mov(64, x, reg(a)), mov(64, a, reg(tmp)),
      ];
    case "alu": {
      if (operation.source === "k") return [alu(operation.alu, 32, a, imm(k))];
      const code = alu(operation.alu, 32, a, reg(x));
      if (operation.alu !== "div" && operation.alu !== "mod") return [code];
      return [mov(32, x, reg(x)), ...endIfZero(x, mov(32, a, imm(0))), code];
    }
    case "neg": return [neg(32, a)];
    case "jump": return [jump(labelAt(index + 1 + instruction.k))];
    case "branch": return translateBranch(instruction, operation, index, cpu);
    case "return":
      if (operation.value === "a") return [exit()];
      return [operation.value === "k" ? mov(32, a, imm(k)) : mov(64, a, reg(x)), exit()];
    case "copy": return [operation.to === "x" ? mov(64, x, reg(a)) : mov(64, a, reg(x))];
    default: return unreachable(operation);
  }
}

function registerOf(name: "a" | "x"): number {
  return name === "a" ? a : x;
}

/** Offset of M[k] from the frame pointer. */
function wordAt(k: number): number {
  return -4 - 4 * k;
}

/** Ends the program if a register is 0, after instructions that set the result. */
function endIfZero(register: number, ...result: readonly Instruction[]): Instruction[] {
  return [branch("ne", 64, register, imm(0), result.length + 1), ...result, exit()];
}

const conditions = { jeq: "eq", jgt: "gt", jge: "ge", jset: "set" } as const;

/** Opposites that need no other instruction; without level v2 there is no "less". */
function oppositeOf(condition: Condition, cpu: CpuLevel | undefined): Condition | undefined {
  if (condition === "eq") return "ne";
  if (cpu === 1) return undefined;
  return condition === "gt" ? "le" : condition === "ge" ? "lt" : undefined;
}

function translateBranch(
  { jt, jf, k }: ClassicInstruction, operation: Extract<Operation, { op: "branch" }>, index: number, cpu: CpuLevel | undefined,
): Instruction[] {
  const condition = conditions[operation.condition];
  // An immediate is sign-extended to 64 bits, and A is not: what has bit 31 set goes through a register.
  const wide = operation.source === "k" && (k | 0) < 0;
  const before = wide ? [mov(32, tmp, imm(k | 0))] : [];
  const source: Operand = operation.source === "x" ? reg(x) : wide ? reg(tmp) : imm(k);
  const yes = labelAt(index + 1 + jt), no = labelAt(index + 1 + jf);
  if (jf === 0) return [...before, branch(condition, 64, a, source, yes)];
  const opposite = jt === 0 ? oppositeOf(condition, cpu) : undefined;
  if (opposite !== undefined) return [...before, branch(opposite, 64, a, source, no)];
  return [...before, branch(condition, 64, a, source, yes), jump(no)];
}

/** A = what an extension says, or why no program can know it. */
function loadExtension(name: ExtensionName): readonly Instruction[] | string {
  switch (name) {
    case "proto": return [load(4, a, context, field.protocol), byteSwap("be", 16, a)];
    case "type": return [load(4, a, context, field.pkt_type)];
    // Without a device the program ends with A.
    case "ifidx": return [load(4, tmp, context, field.ifindex), ...endIfZero(tmp), mov(64, a, reg(tmp))];
    case "mark": return [load(4, a, context, field.mark)];
    case "queue": return [load(4, a, context, field.queue_mapping)];
    case "rxhash": return [load(4, a, context, field.hash)];
    case "cpu": return [callHelper(helper.get_smp_processor_id)];
    case "xor_x": return [alu("xor", 32, a, reg(x))];
    case "vlan_tci": return [load(4, a, context, field.vlan_tci)];
    case "vlan_avail": return [load(4, a, context, field.vlan_present)];
    case "vlan_tpid": return [load(4, a, context, field.vlan_proto), byteSwap("be", 16, a)];
    case "rand": return [callHelper(helper.get_prandom_u32)];
    case "hatype": case "poff": case "nla": case "nlan":
      return `"${name}" is computed inside of the kernel: no eBPF program can ask for it`;
    default: return unreachable(name);
  }
}
