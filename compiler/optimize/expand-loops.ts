/**
 * Block operations of variable or great size as loops: an index counts up in units, the verifier sees it compared with
 * its bound (verifier rule 12). What a constant size leaves over is done byte by byte in a second round of the same
 * loop.
 *
 * memmove goes downwards when the destination lies above the source.
 */
import { Builder, plainLoad, plainStore } from "../ir/build.ts";
import type { AnyValue, Block } from "../ir/module.ts";
import { addIncoming, createValue, prepend, remove, replaceUses } from "../ir/module.ts";
import { splitAfter } from "../ir/split.ts";
import { spread } from "./cut.ts";
import type { BlockOperation } from "./expand-blocks.ts";
import { layOut, mayOverlap } from "./expand-blocks.ts";

interface Job {
  readonly operator: "memcpy" | "memmove" | "memset" | "memcmp";
  readonly x: AnyValue;
  readonly y: AnyValue;
  readonly volatile: boolean;
}

/** `bytes` is undefined for memvar: its third argument tells. `unit` is the widest that the alignment allows. */
export function expandLoop(value: BlockOperation, bytes: number | undefined, unit: 1 | 2 | 4 | 8): void {
  const block = value.block;
  if (block === undefined) throw new Error(`v${value.id} stands in no block`);
  const fn = block.function;
  const job: Job = {
    operator: value.op === "memvar" ? value.aux.operator : value.op,
    x: value.args[0], y: value.args[1], volatile: value.aux.volatile,
  };
  const rest = splitAfter(value as AnyValue);
  const b = new Builder(fn, block, value.loc);
  // Units of more than a byte need a size that is known, and an order of bytes that a unit keeps.
  const step = bytes === undefined || job.operator === "memcmp" ? 1 : unit;
  const whole = bytes === undefined ? value.args[2] : b.i64(bytes - (bytes % step));
  if (job.operator === "memcmp") {
    compareLoop(b, value as AnyValue, job, whole, rest);
  } else if (job.operator === "memmove" && mayOverlap(job.x, job.y)) {
    moveLoop(b, job, bytes === undefined ? whole : b.i64(bytes), rest);
  } else {
    countUp(b, b.i64(0), whole, step, (index) => transfer(b, job, index, step));
    if (bytes !== undefined && bytes % step !== 0) countUp(b, whole, b.i64(bytes), 1, (index) => transfer(b, job, index, 1));
    b.jump(rest);
  }
  layOut(fn.blocks, block, rest);
  remove(value as AnyValue);
}

/** `for (i = from; i < to; i += step) body(i)`; the builder is left behind the loop. */
function countUp(b: Builder, from: AnyValue, to: AnyValue, step: number, body: (index: AnyValue) => void): void {
  const before = b.block;
  const header = b.newBlock();
  const inside = b.newBlock();
  const after = b.newBlock();
  b.jump(header);
  b.atEnd(header);
  const index = b.phi("i64");
  addIncoming(index, before, from);
  b.branch(b.compare("ult", index, to), inside, after);
  b.atEnd(inside);
  body(index);
  const next = b.add(index, b.i64(step));
  addIncoming(index, b.block, next);
  b.jump(header);
  b.atEnd(after);
}

function transfer(b: Builder, job: Job, index: AnyValue, unit: 1 | 2 | 4 | 8): void {
  const { volatile } = job;
  const type = unit === 8 ? "i64" : "i32";
  const part = job.operator === "memset" ? spread(b, job.y, unit)
    : b.load(type, b.ptradd(job.y, index), { ...plainLoad(unit), volatile });
  b.store(b.ptradd(job.x, index), part, { ...plainStore(unit), volatile });
}

/** Up when the destination is below the source, else down: i counts up either way, the byte is size - 1 - i. */
function moveLoop(b: Builder, job: Job, bytes: AnyValue, rest: Block): void {
  const up = b.newBlock();
  const down = b.newBlock();
  b.branch(b.compare("ult", job.x, job.y), up, down);
  b.atEnd(up);
  countUp(b, b.i64(0), bytes, 1, (index) => transfer(b, job, index, 1));
  b.jump(rest);
  b.atEnd(down);
  countUp(b, b.i64(0), bytes, 1, (index) => transfer(b, job, b.sub(b.add(bytes, b.i64(-1)), index), 1));
  b.jump(rest);
}

function compareLoop(b: Builder, value: AnyValue, job: Job, bytes: AnyValue, rest: Block): void {
  const { fn } = b;
  const { volatile } = job;
  const result = createValue(fn, "phi", "i32", [], { blocks: [] }, value.loc);
  countUp(b, b.i64(0), bytes, 1, (index) => {
    const p = b.load("i32", b.ptradd(job.x, index), { ...plainLoad(1), volatile });
    const q = b.load("i32", b.ptradd(job.y, index), { ...plainLoad(1), volatile });
    const difference = b.sub(p, q);
    const next = b.newBlock();
    b.branch(b.compare("ne", p, q), rest, next);
    addIncoming(result, b.block, difference);
    b.atEnd(next);
  });
  b.jump(rest);
  addIncoming(result, b.block, b.i32(0));
  prepend(rest, result);
  replaceUses(value, result);
}
