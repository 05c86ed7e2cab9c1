/**
 * Machine code before it is bytes: the noun of code generation.
 *
 * A `MachineFunction` is a control-flow graph of BPF instructions whose registers may still be virtual. The records are
 * those of the assembler (`Instruction`), read with a wider idea of what a register number is:
 *
 *     0 .. 10         the machine's registers, r10 the frame pointer
 *     16 and up       virtual registers; allocation replaces them
 *     below 0         as the base of a memory access only: stack slot `-1 - base`; frame.ts replaces it by r10 + offset
 *
 * A few operations that need registers of their own before they are instructions stand beside them (`Pseudo`). How a
 * block ends is not an instruction: `MachineEnd` says where control goes, and layout.ts decides which jumps that takes.
 */
import type { Alu, Call, CallIndirect, Condition, Instruction, Operand, Register, Width }
  from "../../assembler/isa/instruction.ts";
import { unreachable } from "../source/unreachable.ts";
import type { Loc } from "../source/source-map.ts";
import type { AsmInfo, CoreQuery, SlotInfo } from "../ir/ops.ts";

export type Reg = Register;

/** The first virtual register. */
export const firstVirtual = 16;

/** The registers that allocation hands out: r0 to r9. */
export const allocatable = 10;

/** r0 to r5: a call leaves nothing in them (r0: its result). */
export const callerSaved = 6;

export function isVirtual(reg: Reg): boolean {
  return reg >= firstVirtual;
}

/** The base that stands for a stack slot's address. */
export function slotBase(slot: number): Reg {
  return -1 - slot;
}

/** The slot of such a base. */
export function slotOf(base: Reg): number {
  return -1 - base;
}

/** `dst = src` for all pairs at once: all sources are read before any destination is written. */
export interface Copies {
  readonly op: "copies";
  readonly moves: readonly { readonly dst: Reg; readonly src: Reg }[];
  readonly loc: Loc;
}

/** `dst` = address of the slot + offset. */
export interface FrameAddress {
  readonly op: "frame"; readonly dst: Reg; readonly slot: number; readonly offset: number; readonly loc: Loc;
}

/** Leaves `dst` as it is when `left cond right` holds, else makes it `value`. */
export interface Keep {
  readonly op: "keep"; readonly cond: Condition; readonly width: Width; readonly left: Reg; readonly right: Operand;
  readonly dst: Reg; readonly value: number; readonly loc: Loc;
}

/** A call: reads r1 to r`count` and, through a register, the callee; leaves its result in r0, nothing in r1 to r5. */
export interface Invoke {
  readonly op: "invoke"; readonly call: Call | CallIndirect; readonly count: number; readonly loc: Loc;
}

/** Inline assembly. `registers` has an entry for each operand: its register, or the base of its address. */
export interface InlineAsm {
  readonly op: "asm";
  readonly info: AsmInfo;
  readonly registers: readonly Reg[];
  /** For each operand: the constant, the offset behind the base, or the symbol that the text names. */
  readonly numbers: readonly bigint[];
  readonly symbols: readonly (string | undefined)[];
  readonly clobbers: readonly Reg[];
  readonly loc: Loc;
}

/** Marks where the content of a slot begins or ends to matter. */
export interface Lifetime { readonly op: "lifetime"; readonly slot: number; readonly start: boolean; readonly loc: Loc }

/** The instruction before reads and writes the slot through a register. */
export interface Touch { readonly op: "touch"; readonly slot: number; readonly loc: Loc }

export type Pseudo = Copies | FrameAddress | Keep | Invoke | InlineAsm | Lifetime | Touch;

/** An instruction; of a memory access selection may tell what its pointer points to, in words that mean equal kinds. */
export type MachineInstruction = (Instruction & { readonly pointer?: string }) | Pseudo;

/** How a block ends. `return` reads r0 when `value` is set. */
export type MachineEnd =
  | { readonly kind: "jump"; target: MachineBlock; readonly loc: Loc }
  | {
      readonly kind: "branch"; readonly cond: Condition; readonly width: Width; readonly left: Reg;
      readonly right: Operand; then: MachineBlock; else: MachineBlock;
      /** Does it go to `then` mostly: the source says so, or it is to be expected. */
      readonly likely: boolean | undefined; readonly usual: boolean | undefined;
      readonly loc: Loc;
    }
  | { readonly kind: "return"; readonly value: boolean; readonly loc: Loc };

export interface MachineBlock {
  /** Index in the function's list, which allocation keeps. */
  readonly id: number;
  code: MachineInstruction[];
  end: MachineEnd;
  /** How many loops it lies in. */
  depth: number;
}

/** An object of the frame. */
export interface FrameSlot {
  readonly info: SlotInfo;
  readonly loc: Loc;
  /** A register's place in memory: 8 bytes, written and read whole. */
  readonly spill: boolean;
  /** All accesses are known: direct ones, and `touch` marks where the address is used otherwise. */
  readonly tracked: boolean;
}

export interface MachineFunction {
  readonly name: string;
  /** Consists of its inline assembly alone: no return is added. */
  readonly naked: boolean;
  readonly loc: Loc;
  /** Entry first. */
  blocks: MachineBlock[];
  readonly slots: FrameSlot[];
  /** CO-RE queries whose answers the loader writes into instructions; those name their query by its index as `note`. */
  readonly queries: CoreQuery[];
  /** The number of the next virtual register. */
  nextRegister: Reg;
}

export function newRegister(fn: MachineFunction): Reg {
  return fn.nextRegister++;
}

export function newSlot(fn: MachineFunction, slot: FrameSlot): number {
  fn.slots.push(slot);
  return fn.slots.length - 1;
}

/** Where control can go from the end of a block; a branch to one place twice is two entries. */
export function targetsOf(end: MachineEnd): readonly MachineBlock[] {
  switch (end.kind) {
    case "jump": return [end.target];
    case "branch": return [end.then, end.else];
    case "return": return [];
    default: return unreachable(end);
  }
}

// ---- What an instruction reads and writes --------------------------------------------------------------------------

function operandUse(operand: Operand, visit: (reg: Reg) => void): void {
  if (operand.kind === "reg") visit(operand.reg);
}

function baseUse(base: Reg, visit: (reg: Reg) => void): void {
  if (base >= 0) visit(base);
}

/** Calls `visit` for each register that is read, r10 included; slots are no registers. */
export function forEachUse(i: MachineInstruction, visit: (reg: Reg) => void): void {
  switch (i.op) {
    case "alu":
      if (i.alu !== "mov") visit(i.dst);
      operandUse(i.src, visit);
      return;
    case "neg": case "swap": visit(i.dst); return;
    case "movsx": case "addr_space_cast": visit(i.src); return;
    case "load": case "load_acquire": baseUse(i.base, visit); return;
    case "store":
      baseUse(i.base, visit);
      operandUse(i.src, visit);
      return;
    case "store_release":
      baseUse(i.base, visit);
      visit(i.src);
      return;
    case "atomic":
      baseUse(i.base, visit);
      visit(i.src);
      if (i.atomic === "cmpxchg") visit(0);
      return;
    case "ld_abs": visit(6); return;
    case "ld_ind":
      visit(6);
      visit(i.src);
      return;
    case "copies":
      for (const move of i.moves) visit(move.src);
      return;
    case "keep":
      visit(i.dst);
      visit(i.left);
      operandUse(i.right, visit);
      return;
    case "invoke":
      for (let r = 1; r <= i.count; r++) visit(r);
      if (i.call.op === "callx") visit(i.call.reg);
      return;
    case "asm":
      for (const [index, operand] of i.info.operands.entries()) {
        const reg = i.registers[index] as Reg;
        if (operand.kind === "input" || operand.kind === "tied") visit(reg);
        else if (operand.kind === "memory") baseUse(reg, visit);
      }
      return;
    case "ld_imm64": case "frame": case "lifetime": case "touch": return;
    case "jump": case "branch": case "may_goto": case "call": case "callx": case "gotox": case "exit":
      throw new Error(`${i.op} stands inside a machine block`);
    default: unreachable(i);
  }
}

/** Calls `visit` for each register whose value is new afterwards or lost. */
export function forEachDef(i: MachineInstruction, visit: (reg: Reg) => void): void {
  switch (i.op) {
    case "alu": case "neg": case "movsx": case "swap": case "addr_space_cast": case "ld_imm64": case "load":
    case "load_acquire": case "frame": case "keep":
      visit(i.dst);
      return;
    case "atomic":
      if (i.fetch) visit(i.atomic === "cmpxchg" ? 0 : i.src);
      return;
    case "ld_abs": case "ld_ind": case "invoke":
      for (let r = 0; r < callerSaved; r++) visit(r);
      return;
    case "copies":
      for (const move of i.moves) visit(move.dst);
      return;
    case "asm":
      for (const [index, operand] of i.info.operands.entries()) {
        if (operand.kind === "output" || operand.kind === "earlyOutput") visit(i.registers[index] as Reg);
      }
      for (const reg of i.clobbers) visit(reg);
      return;
    case "store": case "store_release": case "lifetime": case "touch": return;
    case "jump": case "branch": case "may_goto": case "call": case "callx": case "gotox": case "exit":
      throw new Error(`${i.op} stands inside a machine block`);
    default: unreachable(i);
  }
}

/** Does nothing in a caller-saved register survive the instruction? */
export function isCall(i: MachineInstruction): boolean {
  return i.op === "invoke" || i.op === "ld_abs" || i.op === "ld_ind";
}

/** Does it do nothing but write its destination registers? Then it may go when nobody reads them. */
export function isPure(i: MachineInstruction): boolean {
  switch (i.op) {
    case "alu": case "neg": case "movsx": case "swap": case "addr_space_cast": case "ld_imm64": case "frame":
    case "keep": case "copies":
      return true;
    default:
      return false;
  }
}

function mapOperand(operand: Operand, map: (reg: Reg) => Reg): Operand {
  return operand.kind === "reg" ? { kind: "reg", reg: map(operand.reg) } : operand;
}

/**
 * The instruction with other registers; `map` is not asked about slots. Where one field is read and written (`dst op=
 * src`) it is asked once.
 */
export function mapRegisters(i: MachineInstruction, map: (reg: Reg) => Reg): MachineInstruction {
  const base = (reg: Reg): Reg => (reg < 0 ? reg : map(reg));
  switch (i.op) {
    case "alu": return { ...i, dst: map(i.dst), src: mapOperand(i.src, map) };
    case "neg": case "swap": case "ld_imm64": case "frame": return { ...i, dst: map(i.dst) };
    case "movsx": case "addr_space_cast": return { ...i, dst: map(i.dst), src: map(i.src) };
    case "load": case "load_acquire": return { ...i, dst: map(i.dst), base: base(i.base) };
    case "store": return { ...i, base: base(i.base), src: mapOperand(i.src, map) };
    case "store_release": return { ...i, base: base(i.base), src: map(i.src) };
    case "atomic": return { ...i, base: base(i.base), src: map(i.src) };
    case "ld_ind": return { ...i, src: map(i.src) };
    case "copies": return { ...i, moves: i.moves.map((m) => ({ dst: map(m.dst), src: map(m.src) })) };
    case "keep": return { ...i, dst: map(i.dst), left: map(i.left), right: mapOperand(i.right, map) };
    case "invoke": return i.call.op === "callx" ? { ...i, call: { ...i.call, reg: map(i.call.reg) } } : i;
    case "asm": return { ...i, registers: i.registers.map(base) };
    case "ld_abs": case "lifetime": case "touch": return i;
    case "jump": case "branch": case "may_goto": case "call": case "callx": case "gotox": case "exit":
      throw new Error(`${i.op} stands inside a machine block`);
    default: return unreachable(i);
  }
}

/** The end of a block with other registers. */
export function mapEnd(end: MachineEnd, map: (reg: Reg) => Reg): MachineEnd {
  if (end.kind !== "branch") return end;
  return { ...end, left: map(end.left), right: mapOperand(end.right, map) };
}

/** Calls `visit` for each register that the end of a block reads. */
export function forEachEndUse(end: MachineEnd, visit: (reg: Reg) => void): void {
  switch (end.kind) {
    case "jump": return;
    case "branch":
      visit(end.left);
      operandUse(end.right, visit);
      return;
    case "return":
      if (end.value) visit(0);
      return;
    default: unreachable(end);
  }
}

/** `dst = src` between registers, keeping what is known of the value: always all 64 bits. */
export function isRegisterMove(i: MachineInstruction): i is Alu & { readonly src: { readonly kind: "reg" } } {
  return i.op === "alu" && i.alu === "mov" && i.width === 64 && i.src.kind === "reg";
}

// ---- The graph -----------------------------------------------------------------------------------------------------

/** Predecessors of each block, by block id, each once. */
export function predecessors(fn: MachineFunction): MachineBlock[][] {
  const preds: MachineBlock[][] = fn.blocks.map(() => []);
  for (const block of fn.blocks) {
    for (const target of new Set(targetsOf(block.end))) (preds[target.id] as MachineBlock[]).push(block);
  }
  return preds;
}

/** Blocks in reverse postorder from the entry; those that cannot be reached are left out. */
export function reversePostorder(fn: MachineFunction): MachineBlock[] {
  const entry = fn.blocks[0];
  if (entry === undefined) return [];
  const seen = new Uint8Array(fn.blocks.length);
  const order: MachineBlock[] = [];
  const stack: { block: MachineBlock; targets: readonly MachineBlock[]; next: number }[] = [];
  const enter = (block: MachineBlock): void => {
    if (seen[block.id] === 1) return;
    seen[block.id] = 1;
    stack.push({ block, targets: targetsOf(block.end), next: 0 });
  };
  enter(entry);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // The last target first, so that the first one ends up in front.
    const target = top.targets[top.targets.length - 1 - top.next++];
    if (target !== undefined) enter(target);
    else {
      order.push(top.block);
      stack.pop();
    }
  }
  return order.reverse();
}
