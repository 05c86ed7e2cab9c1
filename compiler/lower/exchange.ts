/**
 * What atomic operations make of a compare-exchange, be it the machine's on a word or the one on a part of a word that
 * atomic-word.ts builds: the loop that stands for an operation which the machine has not, and C's compare-exchange
 * through an object that says what to expect.
 */
import { addIncoming } from "../ir/module.ts";
import type { AnyValue, Block } from "../ir/module.ts";
import { branch, compare, emit, enter, load, newBlock, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";

/** The machine's compare-exchange of a word: gives what was found there. */
export function compareExchange(
  f: FunctionContext, word: AnyValue, bytes: 4 | 8, expected: AnyValue, desired: AnyValue,
): AnyValue {
  return emit(f, "atomic", expected.type, [word, expected, desired], { operator: "compareExchange", bytes });
}

/**
 * Puts `next(old)` in a word's place, again until nobody comes between, and gives the old value. `next` may leave to
 * `end` with the word as it is.
 */
export function exchangeLoop(
  f: FunctionContext, word: AnyValue, bytes: 4 | 8, next: (old: AnyValue, end: Block) => AnyValue,
): AnyValue {
  const type = bytes === 8 ? "i64" : "i32";
  const before = newBlock(f);
  const loop = newBlock(f);
  const again = newBlock(f);
  const end = newBlock(f);
  const first = load(f, type, word, { bytes, align: bytes, volatile: true, signed: false });
  enter(f, before);
  enter(f, loop);
  const old = emit(f, "phi", type, [first], { blocks: [before] });
  if (old.op !== "phi") throw new Error("a phi is no phi");
  const found = compareExchange(f, word, bytes, old, next(old, end));
  branch(f, compare(f, "eq", found, old), end, again);
  f.block = again;
  addIncoming(old, again, found);
  enter(f, loop);
  f.block = end;
  return old;
}

/**
 * A compare-exchange that is told what to expect by the object at `place`, which takes the value that was found if it
 * is another (C11 7.17.7.4). `exchange` gives the value found; the result is i32 1 if it was the one expected.
 */
export function exchangeExpected(
  f: FunctionContext, place: AnyValue, bytes: 1 | 2 | 4 | 8, exchange: (expected: AnyValue) => AnyValue,
): AnyValue {
  const access = { bytes, align: bytes, volatile: false } as const;
  const expected = load(f, bytes === 8 ? "i64" : "i32", place, { ...access, signed: false });
  const found = exchange(expected);
  const equal = compare(f, "eq", found, expected);
  const failed = newBlock(f);
  const end = newBlock(f);
  branch(f, equal, end, failed);
  f.block = failed;
  store(f, place, found, access);
  enter(f, end);
  return equal;
}
