/**
 * Instruction selection: an IR function -> machine code on virtual registers.
 *
 * Blocks go backwards through a reverse postorder and values backwards through their blocks (see selector.ts), so every
 * use, but for those of phis over back edges, is known when a value's turn comes. Phis become parallel copies at the
 * end of the predecessors; an edge from a block with several successors to one with several predecessors and phis gets
 * a block of its own for them. A switch becomes tests of the value itself: one after the other while they are few, else
 * a binary search whose leaves are such chains.
 */
import { addressSpaceCast, imm, mov } from "../../assembler/isa/instruction.ts";
import type { AnyValue, Block, Function, Terminator, Value } from "../ir/module.ts";
import { phis, targets, terminator } from "../ir/module.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import { unreachable } from "../source/unreachable.ts";
import { selectBinary, selectByteSwap, selectExtend, selectNegate, selectPointerAdd, selectPointerDifference }
  from "./arithmetic.ts";
import { copyTo, maxArguments, returnValue, selectAsm, selectCall } from "./calls.ts";
import type { Test } from "./condition.ts";
import { branchTest, selectCompare } from "./condition.ts";
import { guess } from "./guess.ts";
import { selectSwitch } from "./switch.ts";
import type { MachineBlock, MachineEnd, MachineFunction } from "./machine.ts";
import { firstVirtual, newSlot } from "./machine.ts";
import { selectAtomic, selectLoad, selectPacketLoad, selectStore } from "./memory.ts";
import { findUnseenZero, findUpperZero } from "./narrow.ts";
import { isTracked } from "./pointers.ts";
import type { Selector } from "./selector.ts";
import {
  emit, emitPseudo, endChunk, finishBlock, isDemanded, register, resultRegister, slotNumber,
} from "./selector.ts";

/** Selects a function that has a body. BPF's own limits are reported as errors at their place. */
export function select(source: Function, options: CodeOptions, diagnostics: Diagnostics): MachineFunction {
  const fn: MachineFunction = {
    name: source.name, naked: source.naked, loc: source.loc, blocks: [], slots: [], queries: [], nextRegister: firstVirtual,
  };
  if (source.params.length > maxArguments) {
    diagnostics.error(source.loc,
      `'${source.name}' has ${source.params.length} parameters: a BPF function takes at most ${maxArguments}`);
  }
  const order = postorder(source);
  const reached = new Set(order);
  const blocks = new Map<Block, MachineBlock>();
  for (const block of source.blocks) if (reached.has(block)) blocks.set(block, newBlock(fn));
  const slots = new Map<AnyValue, number>();
  for (const slot of source.slots) {
    const number = newSlot(fn, { info: slot.aux, loc: slot.loc, spill: false, tracked: isTracked(slot) });
    slots.set(slot, number);
  }
  const upperZero = findUpperZero(source, options.target);
  const s: Selector = {
    source, fn, target: options.target, diagnostics, registers: new Int32Array(source.nextId),
    upperZero, unseenZero: findUnseenZero(source, upperZero), blocks, slots,
    chunks: [], chunk: [], pool: new Map(), loc: source.loc,
  };
  for (const block of order) {
    const machine = blocks.get(block) as MachineBlock;
    const isEntry = block === source.blocks[0];
    if (isEntry && block.preds.length > 0) throw new Error(`${source.name}: the entry block has predecessors`);
    selectEnd(s, block, machine, options);
    for (let index = block.values.length - 2; index >= 0; index--) {
      const value = block.values[index] as AnyValue;
      s.loc = value.loc;
      selectValue(s, value);
      endChunk(s);
    }
    s.loc = source.loc;
    if (block.preds.length === 1) copyPhis(s, block.preds[0] as Block, block);
    if (isEntry) takeParameters(s);
    machine.code = finishBlock(s);
  }
  return fn;
}

/** A block at the end of the list; what it ends with is set later. */
export function newBlock(fn: MachineFunction): MachineBlock {
  const block: MachineBlock = {
    id: fn.blocks.length, code: [], end: { kind: "return", value: false, loc: 0 }, depth: 0,
  };
  fn.blocks.push(block);
  return block;
}

/** Blocks in postorder from the entry. */
function postorder(fn: Function): Block[] {
  const order: Block[] = [];
  const seen = new Set<Block>();
  const stack: { block: Block; targets: Block[]; next: number }[] = [];
  const enter = (block: Block): void => {
    if (seen.has(block)) return;
    seen.add(block);
    stack.push({ block, targets: targets(terminator(block)), next: 0 });
  };
  enter(fn.blocks[0] as Block);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.targets[top.next++];
    if (target !== undefined) enter(target);
    else {
      order.push(top.block);
      stack.pop();
    }
  }
  return order;
}

/** r1 to r5 to the parameters' registers. */
function takeParameters(s: Selector): void {
  const moves = [];
  for (const param of s.source.params.slice(0, maxArguments)) {
    if (isDemanded(s, param)) moves.push({ dst: register(s, param), src: param.aux + 1 });
  }
  if (moves.length > 0) emitPseudo(s, { op: "copies", moves, loc: s.source.loc });
  endChunk(s);
}

/** The copies that the edge makes for the phis of its target; the current position is on that edge. */
function copyPhis(s: Selector, from: Block, to: Block): void {
  const pairs = [];
  for (const phi of phis(to)) {
    if (from !== to && to.preds.length === 1 && !isDemanded(s, phi)) continue;
    const at = phi.aux.blocks.indexOf(from);
    const value = phi.args[at];
    if (value === undefined) throw new Error(`${s.source.name}: phi v${phi.id} has no entry for b${from.id}`);
    pairs.push({ dst: register(s, phi), value });
  }
  if (pairs.length > 0) copyTo(s, pairs, s.loc);
  endChunk(s);
}

/** Where the edge leads in the machine's graph: to the target, or to a block of copies before it. */
function edge(s: Selector, from: Block, to: Block): MachineBlock {
  const target = s.blocks.get(to) as MachineBlock;
  if (to.preds.length === 1 || phis(to).length === 0) return target;
  const between = newBlock(s.fn);
  const outer = { chunks: s.chunks, chunk: s.chunk, pool: s.pool };
  s.chunks = [];
  s.chunk = [];
  s.pool = new Map();
  copyPhis(s, from, to);
  between.code = finishBlock(s);
  s.chunks = outer.chunks;
  s.chunk = outer.chunk;
  s.pool = outer.pool;
  between.end = { kind: "jump", target, loc: s.loc };
  return between;
}

function selectEnd(s: Selector, block: Block, machine: MachineBlock, options: CodeOptions): void {
  const end: Terminator = terminator(block);
  const { loc } = end;
  s.loc = loc;
  switch (end.op) {
    case "jump": {
      const target = end.aux.target;
      machine.end = { kind: "jump", target: s.blocks.get(target) as MachineBlock, loc };
      if (target.preds.length > 1) copyPhis(s, block, target);
      return;
    }
    case "branch":
      machine.end = selectBranch(s, block, end);
      return;
    case "switch": {
      const edges = new Map<Block, MachineBlock>();
      const to = (target: Block): MachineBlock => {
        const known = edges.get(target) ?? edge(s, block, target);
        edges.set(target, known);
        return known;
      };
      machine.end = selectSwitch(s, end, to, options.level === "s" || options.level === "z");
      return;
    }
    case "return":
      machine.end = { kind: "return", value: end.args.length > 0, loc };
      if (end.args.length > 0) returnValue(s, end.args[0], loc);
      endChunk(s);
      return;
    case "unreachable":
      // Nothing may fall off the end, and the verifier may still come here: leave with a defined result.
      machine.end = { kind: "return", value: s.source.returns !== "void" && !s.source.naked, loc };
      if (machine.end.value) emitPseudo(s, { ...mov(64, 0, imm(0)), loc });
      endChunk(s);
      return;
    default:
      unreachable(end);
  }
}

function selectBranch(s: Selector, block: Block, end: Value<"branch">): MachineEnd {
  const { then, else: otherwise, likely } = end.aux;
  if (then === otherwise) {
    const target = s.blocks.get(then) as MachineBlock;
    if (then.preds.length > 1) copyPhis(s, block, then);
    return { kind: "jump", target, loc: end.loc };
  }
  const test: Test = branchTest(s, end.args[0]);
  const usual = guess(end.args[0]);
  const [yes, no] = [edge(s, block, then), edge(s, block, otherwise)];
  return {
    kind: "branch", cond: test.cond, width: test.width, left: test.left, right: test.right,
    then: test.negated ? no : yes, else: test.negated ? yes : no,
    likely: likely === undefined ? undefined : likely !== test.negated,
    usual: usual === undefined ? undefined : usual !== test.negated, loc: end.loc,
  };
}

/** The instructions of one value, if it needs any. */
function selectValue(s: Selector, value: AnyValue): void {
  switch (value.op) {
    case "load":
      if (isDemanded(s, value) || value.aux.volatile) selectLoad(s, value);
      return;
    case "store": selectStore(s, value); return;
    case "atomic": selectAtomic(s, value); return;
    case "skbload": selectPacketLoad(s, value); return;
    case "call": selectCall(s, value); return;
    case "asm": selectAsm(s, value); return;
    case "lifestart": case "lifeend":
      if (value.args[0].op === "slot") {
        const slot = slotNumber(s, value.args[0]);
        emitPseudo(s, { op: "lifetime", slot, start: value.op === "lifestart", loc: value.loc });
      }
      return;
    case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar": case "strlen": case "strcmp":
    case "isconstant":
      throw new Error(`${s.source.name}: ${value.op} must be expanded before code generation`);
    case "jump": case "branch": case "switch": case "return": case "unreachable":
      throw new Error(`${s.source.name}: ${value.op} stands inside a block`);
    default: break;
  }
  // From here on only values without effect: nobody asked, nothing to do.
  if (s.registers[value.id] === 0) return;
  const dst = resultRegister(s, value);
  switch (value.op) {
    case "add": case "sub": case "mul": case "udiv": case "urem": case "sdiv": case "srem": case "and": case "or":
    case "xor": case "shl": case "lshr": case "ashr":
      selectBinary(s, value, dst);
      return;
    case "neg": selectNegate(s, value, dst); return;
    case "extend": selectExtend(s, value, dst); return;
    case "bswap": selectByteSwap(s, value, dst); return;
    case "addrspace": emit(s, addressSpaceCast(dst, register(s, value.args[0]), value.aux.to, value.aux.from)); return;
    case "compare": selectCompare(s, value, dst); return;
    case "ptradd": selectPointerAdd(s, value, dst); return;
    case "ptrdiff": selectPointerDifference(s, value, dst); return;
    case "phi": case "asmresult": return;
    case "truncate": case "ptrtoint": case "inttoptr": case "opaque":
      throw new Error(`${s.source.name}: v${value.id} (${value.op}) has a register of its own`);
    case "fadd": case "fsub": case "fmul": case "fdiv": case "fcompare": case "fresize": case "fromint": case "toint":
      throw new Error(`${s.source.name}: v${value.id} (${value.op}) is floating-point arithmetic, which the machine has not`);
    case "alloca":
      throw new Error(`${s.source.name}: v${value.id} (alloca) has no place in the frame`);
    case "const": case "undef": case "symbol": case "slot": case "param": case "core":
      throw new Error(`${s.source.name}: leaf v${value.id} (${value.op}) stands in a block`);
    default:
      unreachable(value);
  }
}

