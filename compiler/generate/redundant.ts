/**
 * Redundant moves: drops instructions that give a register what it holds already.
 *
 * After allocation, one forward walk over each block keeps what is known of the registers: a constant, an address, a
 * copy of another register, the content of a spill slot. A value that was moved away for later use is often still where
 * it came from (`r6 = r1; r1 = r6; call`), and a constant made again still there. Knowledge comes over an edge into a
 * block with one predecessor.
 *
 * A test teaches the verifier about the register that is tested, and about copies of it only from Linux 5.11 on. So
 * after a test only that register counts as holding the value, but for tests against 0, which old kernels apply to all
 * copies of a pointer.
 */
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { allocatable, forEachDef, predecessors, reversePostorder, slotOf, targetsOf } from "./machine.ts";

/** What the registers hold: equal words for equal values. A word is never used for two values. */
interface Knowledge {
  readonly registers: (string | undefined)[];
  /** Values of spill slots. */
  readonly slots: Map<number, string>;
}

export function dropRedundantMoves(fn: MachineFunction): void {
  const preds = predecessors(fn);
  const inherits = (block: MachineBlock): boolean => preds[block.id]?.length === 1 && block !== fn.blocks[0];
  // What is known behind a block, for as many as are still to inherit it; the last may have the very object.
  const after = new Map<MachineBlock, { readonly known: Knowledge; heirs: number }>();
  let next = 0;
  const fresh = (): string => `v${next++}`;
  const knowledgeBefore = (block: MachineBlock): Knowledge => {
    const [only] = preds[block.id] ?? [];
    const left = only !== undefined && inherits(block) ? after.get(only) : undefined;
    if (only === undefined || left === undefined) return { registers: Array.from({ length: allocatable }, fresh), slots: new Map() };
    if (--left.heirs > 0) return { registers: [...left.known.registers], slots: new Map(left.known.slots) };
    after.delete(only);
    return left.known;
  };
  for (const block of reversePostorder(fn)) {
    const known = knowledgeBefore(block);
    block.code = block.code.filter((i) => !isRedundant(fn, known, i, fresh));
    forgetCopies(known, block);
    const heirs = new Set(targetsOf(block.end).filter(inherits)).size;
    if (heirs > 0) after.set(block, { known, heirs });
  }
}

/** After the block's test, only the tested registers hold the tested values. */
function forgetCopies(known: Knowledge, block: MachineBlock): void {
  const { end } = block;
  if (end.kind !== "branch") return;
  if ((end.cond === "eq" || end.cond === "ne") && end.right.kind === "imm" && end.right.value === 0) return;
  const tested = end.right.kind === "reg" ? [end.left, end.right.reg] : [end.left];
  const values = tested.map((reg) => known.registers[reg]);
  for (let reg = 0; reg < allocatable; reg++) {
    const value = known.registers[reg];
    if (value !== undefined && values.includes(value) && !tested.includes(reg)) known.registers[reg] = undefined;
  }
  for (const [slot, value] of known.slots) if (values.includes(value)) known.slots.delete(slot);
}

/** Is the instruction without effect? If not, the knowledge is brought up to what holds after it. */
function isRedundant(fn: MachineFunction, known: Knowledge, i: MachineInstruction, fresh: () => string): boolean {
  const made = valueOf(fn, known, i);
  if (made !== undefined) {
    if (known.registers[made.dst] === made.value) return true;
    known.registers[made.dst] = made.value;
    return false;
  }
  if (i.op === "store" && i.base < 0) {
    const slot = slotOf(i.base);
    if (fn.slots[slot]?.spill === true && i.src.kind === "reg") {
      const value = known.registers[i.src.reg];
      if (value !== undefined && known.slots.get(slot) === value) return true;
      if (value !== undefined) known.slots.set(slot, value);
      else known.slots.delete(slot);
    }
    return false;
  }
  forEachDef(i, (reg) => {
    if (reg < allocatable) known.registers[reg] = fresh();
  });
  if (i.op === "load" && i.base < 0 && fn.slots[slotOf(i.base)]?.spill === true) {
    known.slots.set(slotOf(i.base), known.registers[i.dst] as string);
  }
  return false;
}

/** The register that the instruction gives a value with a name, and the name. */
function valueOf(fn: MachineFunction, known: Knowledge, i: MachineInstruction): { dst: Reg; value: string } | undefined {
  if ("note" in i && i.note !== undefined && (i.op === "alu" && i.alu === "mov" || i.op === "ld_imm64")) {
    return { dst: i.dst, value: `core ${i.note}` };
  }
  switch (i.op) {
    case "alu": {
      if (i.alu !== "mov") return undefined;
      if (i.src.kind === "imm") {
        const value = i.width === 64 ? BigInt.asUintN(64, BigInt(i.src.value)) : BigInt.asUintN(32, BigInt(i.src.value));
        return { dst: i.dst, value: `const ${value}` };
      }
      const value = i.width === 64 ? known.registers[i.src.reg] : undefined;
      return value === undefined ? undefined : { dst: i.dst, value };
    }
    case "ld_imm64": {
      const { reference } = i;
      const value = reference === undefined ? `${i.pseudo === 0 ? "const" : i.pseudo} ${BigInt.asUintN(64, i.value)}`
        : `@${reference.symbol}+${reference.addend}`;
      return { dst: i.dst, value };
    }
    case "frame":
      return { dst: i.dst, value: `slot ${i.slot}+${i.offset}` };
    case "load": {
      if (i.base >= 0 || fn.slots[slotOf(i.base)]?.spill !== true) return undefined;
      const value = known.slots.get(slotOf(i.base));
      return value === undefined ? undefined : { dst: i.dst, value };
    }
    default:
      return undefined;
  }
}
