/**
 * Memory in the frame whose size is computed (the op `alloca`): becomes a slot when its size is a constant, goes when
 * nothing reads it.
 *
 * A slot is one place for the whole call of a function. That does for a variable-length array, which has died when
 * control comes to its declaration again; a call of `alloca` on a cycle wants new memory each time. A frame larger
 * than BPF's stack is reported by whoever lays it out, with the names of what is in it.
 */
import { cyclicBlocks } from "../ir/cycles.ts";
import type { AnyValue, Function, Value } from "../ir/module.ts";
import { createSlot, createValue, insertBefore, remove, removeWhere, replaceUses } from "../ir/module.ts";

/** Bytes that no frame can have: such a size is told here, since it may be an accident of arithmetic. */
const sizeLimit = 1n << 30n;

export function placeMemory(fn: Function): boolean {
  const memory = fn.blocks.flatMap((block) => block.values.filter((value) => value.op === "alloca"));
  if (memory.length === 0) return false;
  const cyclic = cyclicBlocks(fn);
  let changed = false;
  for (const value of memory) {
    if (isPlaceable(value, cyclic)) place(fn, value);
    else if (!forget(fn, value)) continue;
    changed = true;
  }
  return changed;
}

function isPlaceable(value: Value<"alloca">, cyclic: ReturnType<typeof cyclicBlocks>): boolean {
  const [bytes] = value.args;
  if (bytes.op !== "const" || bytes.aux > sizeLimit) return false;
  return value.aux.reusable || value.block === undefined || !cyclic.has(value.block);
}

function place(fn: Function, value: Value<"alloca">): void {
  const { array, align } = value.aux;
  const [bytes] = value.args;
  const size = bytes.op === "const" ? Math.max(1, Number(bytes.aux)) : 0;
  const slot = createSlot(fn, { name: array ?? "alloca", size, align, temporary: false }, value.loc);
  insertBefore(value, createValue(fn, "lifestart", "void", [slot], undefined, value.loc));
  replaceUses(value, slot);
  remove(value);
}

/** Drops memory that is only written, with all that writes it. */
function forget(fn: Function, memory: Value<"alloca">): boolean {
  const dead = new Set<AnyValue>([memory]);
  for (const address of dead) {
    for (const user of new Set(address.uses)) {
      if (!isAddressOrWrite(user, address)) return false;
      dead.add(user);
    }
  }
  removeWhere(fn.blocks, (value) => dead.has(value));
  return true;
}

/** Does it compute an address in the memory, or only write there? */
function isAddressOrWrite(user: AnyValue, address: AnyValue): boolean {
  switch (user.op) {
    case "ptradd": return true;
    case "store": case "memcpy": case "memmove": case "memset":
      return !user.aux.volatile && user.args[0] === address && user.args[1] !== address;
    case "memvar":
      return user.aux.operator !== "memcmp" && !user.aux.volatile && user.args[0] === address && user.args[1] !== address;
    default: return false;
  }
}

/** What is said of memory that is left. */
export function describeMemory(value: Value<"alloca">): string {
  const { array } = value.aux;
  const [bytes] = value.args;
  const what = array === undefined ? "'alloca'" : `variable-length array '${array}'`;
  const frame = "the BPF stack frame has a fixed size";
  if (bytes.op === "const") {
    return bytes.aux > sizeLimit ? `${what} of ${bytes.aux} bytes: no stack of BPF is that large`
      : `${what} in a loop is not supported: each round would get memory of its own, and ${frame}; use an array`;
  }
  return `${what} of a size that is known only at run time is not supported: ${frame}; ` +
    (array === undefined ? "use an array with a constant bound" : "give the array a constant bound");
}
