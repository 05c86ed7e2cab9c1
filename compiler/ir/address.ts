/**
 * Questions on addresses: what a pointer points into, at which offset, how well aligned, and who may share its bytes.
 *
 * `locate` walks `ptradd` chains down to a root value and sums the constant offsets. The kind of the root mirrors the
 * kinds of registers that the kernel's verifier tells apart: the stack, the program's context, the packet (a pointer
 * made from a 32-bit context field), a map value (a helper's result), a symbol. Different kinds never overlap;
 * different slots never do; a slot whose address never left the function overlaps nothing that is not derived from it.
 */
import type { AnyValue, Function, Value } from "./module.ts";

export interface Location {
  /** What is left when the `ptradd`s are peeled off. */
  readonly root: AnyValue;
  /** Sum of the constant offsets; undefined when a variable one is among them. */
  readonly offset: number | undefined;
  /** The one variable offset among them, if there is one, and the sum of the constant ones. */
  readonly index?: { readonly step: AnyValue; readonly rest: number };
}

export function locate(address: AnyValue): Location {
  let rest = 0;
  let variables = 0;
  let variable: AnyValue | undefined;
  let at = address;
  // In code that nothing reaches any more a sum may be its own operand: what follows at half the pace is met then.
  let behind = address;
  for (let count = 0; at.op === "ptradd"; count++) {
    const step: AnyValue = at.args[1];
    if (step.op === "const") rest += Number(BigInt.asIntN(64, step.aux));
    else {
      variables++;
      variable = step;
    }
    at = at.args[0];
    if (count % 2 === 1) behind = behind.args[0];
    if (at === behind) break;
  }
  if (variable === undefined) return { root: at, offset: rest };
  return variables > 1 ? { root: at, offset: undefined } : { root: at, offset: undefined, index: { step: variable, rest } };
}

/**
 * Are two variable places in one object known to be apart: elements `x + c` and `x + d` of one array? A sum that wraps
 * in 32 bits puts gigabytes between them.
 */
function areApart(a: Location, aBytes: number | undefined, b: Location, bBytes: number | undefined): boolean {
  if (a.index === undefined || b.index === undefined || aBytes === undefined || bBytes === undefined) return false;
  const [x, y] = [elementOf(a.index.step), elementOf(b.index.step)];
  if (x.base !== y.base || x.scale !== y.scale || x.extended !== y.extended) return false;
  const distance = (y.plus - x.plus) * x.scale + b.index.rest - a.index.rest;
  return Math.abs(distance) < 0x10000 && (distance >= aBytes || -distance >= bBytes);
}

/** A byte offset as `extend(base + plus) * scale`; `extended`: how the 32-bit sum became one of 64 bits. */
function elementOf(step: AnyValue): { base: AnyValue; plus: number; scale: number; extended: string } {
  let at = step;
  let scale = 1;
  const factor = at.args[1];
  if (at.op === "shl" && factor?.op === "const" && factor.aux < 16n) {
    scale = 2 ** Number(factor.aux);
    at = at.args[0];
  } else if (at.op === "mul" && factor?.op === "const" && factor.aux < 0x10000n) {
    scale = Number(factor.aux);
    at = at.args[0];
  }
  let extended = "";
  if (at.op === "extend" && at.aux.from === 32 && at.args[0].type === "i32") {
    extended = at.aux.signed ? "s" : "u";
    at = at.args[0];
  }
  const plus = at.args[1];
  if (at.op !== "add" || plus?.op !== "const") return { base: at, plus: 0, scale, extended };
  const bits = at.type === "i32" ? 32 : 64;
  const number = BigInt.asIntN(bits, plus.aux);
  return number > -0x10000n && number < 0x10000n ? { base: at.args[0], plus: Number(number), scale, extended }
    : { base: at, plus: 0, scale, extended };
}

export type Region = "slot" | "context" | "packet" | "helper" | "symbol" | "parameter" | "unknown";

export function regionOf(root: AnyValue): Region {
  switch (root.op) {
    case "slot": return "slot";
    case "symbol": return "symbol";
    case "param": return "parameter";
    case "call": return root.aux.callee.kind === "helper" ? "helper" : "unknown";
    case "inttoptr": return isContextField(root.args[0]) ? "packet" : "unknown";
    default: return "unknown";
  }
}

/** An integer that is a 32-bit field of the context: data, data_end, data_meta are pointers in disguise. */
export function isContextField(value: AnyValue): boolean {
  let at = value;
  while (at.op === "extend" || at.op === "truncate") at = at.args[0];
  return at.op === "load" && at.aux.bytes === 4 && locate(at.args[0]).root.op === "param";
}

/** Is this the context of a program: the first parameter of a function in a program section? */
export function isContext(root: AnyValue, fn: Function): boolean {
  return root.op === "param" && root.aux === 0 && root.type === "ptr" && fn.section !== undefined;
}

/** The root behind conversions between address spaces. */
export function originOf(root: AnyValue): AnyValue {
  let at = root;
  while (at.op === "addrspace") at = locate(at.args[0]).root;
  return at;
}

/** Was the pointer loaded, given by a call or made of a number? */
function isForeign(root: AnyValue): boolean {
  const { op } = originOf(root);
  return op === "load" || op === "call" || op === "asmresult" || op === "inttoptr";
}

/** Is this the address of a variable that foreign pointers do not lead to? */
function isConfined(root: AnyValue): boolean {
  const { op, aux } = originOf(root);
  return op === "symbol" && aux.kind === "variable" && aux.confined === true;
}

/** How far a slot's address gets. */
export interface SlotUse {
  /** Calls of helpers that get a pointer into it: they may read and write all of it, during the call. */
  readonly calls: ReadonlySet<AnyValue>;
  /** The address is stored, returned, compared as an integer, merged by a phi or given to code that may keep it. */
  readonly leaked: boolean;
}

/** Follows a slot's address through `ptradd`. */
export function slotUse(slot: AnyValue): SlotUse {
  const calls = new Set<AnyValue>();
  let leaked = false;
  const work: AnyValue[] = [slot];
  for (let pointer = work.pop(); pointer !== undefined; pointer = work.pop()) {
    for (const user of pointer.uses) {
      switch (user.op) {
        case "ptradd": work.push(user); break;
        case "load": case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar":
        case "strlen": case "strcmp":
        case "lifestart": case "lifeend": case "ptrdiff": case "compare": break;
        case "store": case "atomic":
          if (user.args.indexOf(pointer, 1) >= 0) leaked = true;
          break;
        case "call":
          if (user.aux.callee.kind === "helper") calls.add(user);
          else leaked = true;
          break;
        default: leaked = true;
      }
    }
  }
  return { calls, leaked };
}

/** Alias questions in one function. Slot facts are computed once: valid while no use of a slot's address is added. */
export class Aliases {
  private readonly fn: Function;
  private readonly known = new Map<AnyValue, SlotUse>();

  constructor(fn: Function) {
    this.fn = fn;
  }

  slotUse(slot: AnyValue): SlotUse {
    let use = this.known.get(slot);
    if (use === undefined) this.known.set(slot, use = slotUse(slot));
    return use;
  }

  /** May `aBytes` bytes at `a` share a byte with those at `b`? An undefined size is any size. */
  mayOverlap(a: Location, aBytes: number | undefined, b: Location, bBytes: number | undefined): boolean {
    if (a.root === b.root) {
      if (a.offset === undefined || b.offset === undefined) return !areApart(a, aBytes, b, bBytes);
      return (aBytes === undefined || b.offset < a.offset + aBytes) && (bBytes === undefined || a.offset < b.offset + bBytes);
    }
    const x = this.region(a.root);
    const y = this.region(b.root);
    if (x === "slot") return y === "unknown" && this.slotUse(a.root).leaked;
    if (y === "slot") return x === "unknown" && this.slotUse(b.root).leaked;
    if (x === "unknown" && isForeign(a.root) && isConfined(b.root) || y === "unknown" && isForeign(b.root) && isConfined(a.root)) return false;
    if (x === "unknown" || y === "unknown") return true;
    if (x === "context" || y === "context") return x === y;
    if (x === "parameter" || y === "parameter") return true;
    // Two symbols are two objects; a dynptr may give a helper's result the bytes of a global variable.
    if (x === "symbol" && y === "symbol") return false;
    if (x === "packet" || y === "packet") return x === y;
    return true;
  }

  region(root: AnyValue): Region {
    return isContext(root, this.fn) ? "context" : regionOf(root);
  }
}

/** The alignment in bytes that the address itself guarantees, at least `known`. */
export function alignmentOf(address: AnyValue, known: number): number {
  const { root, offset } = locate(address);
  if (offset === undefined) return known;
  const base = root.op === "slot" || root.op === "symbol" ? rootAlignment(root) : 1;
  return Math.max(known, commonAlignment(base, offset));
}

function rootAlignment(root: Value<"slot"> | Value<"symbol">): number {
  if (root.op === "slot") return root.aux.align;
  return root.aux.kind === "variable" ? root.aux.align : 8;
}

/** The alignment of `base + offset` when base is aligned to `align`. */
export function commonAlignment(align: number, offset: number): number {
  if (offset === 0) return align;
  return Math.min(align, Math.abs(offset) & -Math.abs(offset));
}

/** The widest unit for an address that is aligned to `align` at offset `at`, with `left` bytes to go. */
export function unitAt(align: number, at: number, left: number): 1 | 2 | 4 | 8 {
  const limit = Math.min(8, commonAlignment(align, at));
  for (const unit of [8, 4, 2] as const) if (unit <= limit && unit <= left) return unit;
  return 1;
}
