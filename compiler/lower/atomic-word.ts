/**
 * Atomic operations on 8 and 16 bits, which BPF does not have, by those on the aligned 32-bit word around them.
 *
 * And, or and xor leave the rest of the word alone when their operand is widened by bits that change nothing: one
 * instruction does them. The others compute the new word from the one last seen and compare-exchange it until nobody
 * came between; such a loop has no bound that the kernel's verifier could see, so programs that it checks get by with
 * and, or, xor, loads and stores.
 *
 * Where the word lies is known from the source when the place is a part of an object aligned to 4 or more: then its
 * address and the position in it are worked out on offsets, since the verifier forbids arithmetic on the bits of a
 * pointer. Otherwise they come from the address itself.
 */
import type { Expression } from "../ast/program.ts";
import { isPointer } from "../types/basic.ts";
import { sizeOf } from "../types/layout.ts";
import type { AnyValue } from "../ir/module.ts";
import { alignBehind, alignOfPlace } from "./alignment.ts";
import { binary, branch, compare, emit, int, newBlock, offset, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { preservedPlace } from "./core.ts";
import { exchangeLoop } from "./exchange.ts";
import { expression } from "./expression.ts";
import { lvalue } from "./lvalue.ts";

/** Some bits of a 32-bit word in memory. */
export interface PartOfWord {
  readonly word: AnyValue;
  /** i32: how far up the bits stand. */
  readonly shift: AnyValue;
  readonly bits: 8 | 16;
}

/** An address as an aligned base and bytes from there: a constant and, or, a variable part. */
interface Path {
  readonly base: AnyValue;
  readonly align: number;
  readonly bytes: bigint;
  readonly index: AnyValue | undefined;
}

/** Evaluates a pointer to an object of 8 or 16 bits, aligned as its type asks. */
export function partOfWord(f: FunctionContext, pointer: Expression, bytes: 1 | 2): PartOfWord {
  const path = pathOf(f, pointer);
  const known = path.align >= 4;
  let distance: AnyValue | undefined = path.index;
  if (distance !== undefined && path.bytes !== 0n) distance = binary(f, "add", distance, int(f, "i64", path.bytes));
  const bits = bytes === 1 ? 8 : 16;
  if (known && distance === undefined) {
    const at = path.bytes & 3n;
    return { word: offset(f, path.base, path.bytes - at), shift: int(f, "i32", shiftAt(f, Number(at), bytes)), bits };
  }
  if (known && distance !== undefined) {
    const start = binary(f, "and", distance, int(f, "i64", -4n));
    return { word: emit(f, "ptradd", "ptr", [path.base, start], undefined), shift: shiftOf(f, distance, bytes), bits };
  }
  let address = offset(f, path.base, path.bytes);
  if (path.index !== undefined) address = emit(f, "ptradd", "ptr", [address, path.index], undefined);
  const number = emit(f, "ptrtoint", "i64", [address], undefined);
  const back = emit(f, "neg", "i64", [binary(f, "and", number, int(f, "i64", 3))], undefined);
  return { word: emit(f, "ptradd", "ptr", [address, back], undefined), shift: shiftOf(f, number, bytes), bits };
}

function shiftAt(f: FunctionContext, at: number, bytes: 1 | 2): number {
  return 8 * (f.m.options.target.endian === "big" ? 4 - bytes - at : at);
}

/** The shift of what lies `distance` (i64) bytes from an aligned address. */
function shiftOf(f: FunctionContext, distance: AnyValue, bytes: 1 | 2): AnyValue {
  const low = emit(f, "truncate", "i32", [distance], undefined);
  const at = binary(f, "and", low, int(f, "i32", 3));
  const from = f.m.options.target.endian === "big" ? binary(f, "sub", int(f, "i32", 4 - bytes), at) : at;
  return binary(f, "shl", from, int(f, "i32", 3));
}

function pathOf(f: FunctionContext, e: Expression): Path {
  switch (e.kind) {
    case "cast":
      return isPointer(e.operand.type) ? pathOf(f, e.operand) : pathTo(expression(f, e), alignBehind(e));
    case "addressOf": case "decay":
      return pathOfPlace(f, e.lvalue);
    case "pointerAdd": {
      const path = pathOf(f, e.pointer);
      const sign = e.subtract ? -1n : 1n;
      if (e.index.kind === "integer") {
        return { ...path, bytes: path.bytes + sign * BigInt.asIntN(64, e.index.value) * BigInt(e.elementSize) };
      }
      const step = binary(f, "mul", expression(f, e.index), int(f, "i64", sign * BigInt(e.elementSize)));
      return { ...path, index: path.index === undefined ? step : binary(f, "add", path.index, step) };
    }
    default:
      return pathTo(expression(f, e), alignBehind(e));
  }
}

function pathOfPlace(f: FunctionContext, e: Expression): Path {
  switch (e.kind) {
    case "member": {
      const preserved = preservedPlace(f, e);
      if (preserved !== undefined) return pathTo(preserved.address, preserved.align);
      const path = pathOfPlace(f, e.base);
      return { ...path, bytes: path.bytes + BigInt(e.member.offset) };
    }
    case "dereference":
      return pathOf(f, e.pointer);
    case "variable": {
      const { address, align } = lvalue(f, e);
      if (address.op === "slot") fillPadding(f, address, sizeOf(e.variable.type));
      return pathTo(address, holdsWholeWords(address) ? Math.max(align, 4) : align);
    }
    default:
      return pathTo(lvalue(f, e).address, alignOfPlace(e));
  }
}

/**
 * Writes what is between a frame object's end and that of its last word: the verifier wants words read whole to be
 * written.
 */
function fillPadding(f: FunctionContext, slot: AnyValue, size: number): void {
  for (let at = size; at % 4 !== 0; at++) {
    store(f, offset(f, slot, at), int(f, "i32", 0), { bytes: 1, align: 1, volatile: false });
  }
}

/** Sees to it that the words around an object of this unit are its own; others' objects are as they are. */
function holdsWholeWords(address: AnyValue): boolean {
  const whole = (bytes: number): number => Math.ceil(bytes / 4) * 4;
  if (address.op === "slot") {
    address.aux = { ...address.aux, align: Math.max(address.aux.align, 4), size: whole(address.aux.size) };
    return true;
  }
  if (address.op !== "symbol" || address.aux.kind !== "variable") return false;
  const variable = address.aux;
  if (variable.initializer === undefined) return false;
  const size = whole(variable.size);
  const { bytes } = variable.initializer;
  if (bytes !== undefined && bytes.length < size) {
    const padded = new Uint8Array(size);
    padded.set(bytes);
    variable.initializer = { ...variable.initializer, bytes: padded };
  }
  variable.align = Math.max(variable.align, 4);
  variable.size = size;
  return true;
}

function pathTo(base: AnyValue, align: number): Path {
  return { base, align, bytes: 0n, index: undefined };
}

/** Sets, clears or flips bits of the part: the whole word's operation. Gives the word before. */
export function operateOnWord(f: FunctionContext, part: PartOfWord, operator: "and" | "or" | "xor", operand: AnyValue): AnyValue {
  const moved = binary(f, "shl", binary(f, "and", operand, int(f, "i32", mask(part))), part.shift);
  const rest = binary(f, "xor", binary(f, "shl", int(f, "i32", mask(part)), part.shift), int(f, "i32", -1n));
  const whole = operator === "and" ? binary(f, "or", moved, rest) : moved;
  return emit(f, "atomic", "i32", [part.word, whole], { operator, bytes: 4 });
}

/** The part's value in a word, not extended: the bits above it are zero. */
export function partOf(f: FunctionContext, part: PartOfWord, word: AnyValue): AnyValue {
  return binary(f, "and", binary(f, "lshr", word, part.shift), int(f, "i32", mask(part)));
}

/**
 * Puts `next(old)` in the part's place once nobody comes between. Gives the part's value before. With `expected` (zero
 * above the part) it is left alone, and the loop ends, when it has another value.
 */
export function exchangePart(
  f: FunctionContext, part: PartOfWord, next: (old: AnyValue) => AnyValue, expected?: AnyValue,
): AnyValue {
  const field = binary(f, "shl", int(f, "i32", mask(part)), part.shift);
  const rest = binary(f, "xor", field, int(f, "i32", -1n));
  const word = exchangeLoop(f, part.word, 4, (seen, end) => {
    const old = partOf(f, part, seen);
    if (expected !== undefined) {
      const matches = newBlock(f);
      branch(f, compare(f, "eq", old, expected), matches, end);
      f.block = matches;
    }
    const bits = binary(f, "shl", binary(f, "and", next(old), int(f, "i32", mask(part))), part.shift);
    return binary(f, "or", binary(f, "and", seen, rest), bits);
  });
  return partOf(f, part, word);
}

function mask({ bits }: PartOfWord): number {
  return bits === 8 ? 0xff : 0xffff;
}
