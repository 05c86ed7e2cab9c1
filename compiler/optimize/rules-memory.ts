/**
 * Rules for pointers, memory accesses, calls and branches.
 *
 * Constant offsets move outward, to where loads and stores take them as their own (verifier rule 7 allows it: a packet
 * check and its accesses keep one base register, constants are part of the verifier's fixed offset). Integer sums that
 * become pointers turn into `ptradd`, so that provenance is not lost.
 */
import type { AnyValue, Callee, Symbol, Value } from "../ir/module.ts";
import { constant, remove, setArg } from "../ir/module.ts";
import { alignmentOf, locate } from "../ir/address.ts";
import { constantOf, stripLowBits } from "./rules-integer.ts";
import type { RuleContext } from "./simplify.ts";

export function simplifyMemory(value: AnyValue, rules: RuleContext): AnyValue | undefined {
  switch (value.op) {
    case "ptradd": return simplifyPtradd(value, rules);
    case "ptrdiff": return simplifyPtrdiff(value, rules);
    case "ptrtoint": return value.args[0].op === "inttoptr" ? value.args[0].args[0] : undefined;
    case "inttoptr": return simplifyInttoptr(value, rules);
    case "addrspace": return simplifySpace(value, rules);
    case "load": return simplifyLoad(value, rules);
    case "store": return simplifyStore(value, rules);
    case "memcpy": case "memmove": case "memset": case "memcmp": return simplifyBlock(value, rules);
    case "memvar": return simplifyVariableBlock(value, rules);
    case "strlen": case "strcmp": return simplifyString(value, rules);
    case "call": return simplifyCall(value, rules);
    case "branch": return simplifyBranch(value, rules);
    case "isconstant": return value.args[0].op === "const" ? rules.b.i32(1) : undefined;
    default: return undefined;
  }
}

function simplifyPtradd(value: AnyValue, { b }: RuleContext): AnyValue | undefined {
  const [p, x] = value.args;
  const c = constantOf(x);
  if (c === 0n) return p;                                                                    // p + 0 = p
  if (p.op === "ptradd") {
    const inner = constantOf(p.args[1]);
    if (inner !== undefined && c !== undefined) return b.ptradd(p.args[0], b.i64(inner + c)); // (p + c) + d = p + (c + d)
    if (inner !== undefined && x.op !== "core" && p.uses.length === 1) {                                        // (p + c) + x = (p + x) + c
      return b.ptradd(b.ptradd(p.args[0], x), p.args[1]);
    }
  }
  // p + (x + c) = (p + x) + c, when the sum is used for nothing else (rule 1: a tested sum stays the address's sum).
  if (x.op === "add" && x.args[1].op === "const" && x.uses.length === 1) {
    return b.ptradd(b.ptradd(p, x.args[0]), x.args[1]);
  }
  return undefined;
}

function simplifyPtrdiff(value: AnyValue, { b }: RuleContext): AnyValue | undefined {
  const x = locate(value.args[0]);
  const y = locate(value.args[1]);
  if (x.root !== y.root) return undefined;
  if (x.offset !== undefined && y.offset !== undefined) return b.i64(x.offset - y.offset);   // (p + c) - (p + d) = c - d
  const [p, q] = value.args;
  return p.op === "ptradd" && p.args[0] === q ? p.args[1] : undefined;                       // (p + x) - p = x
}

function simplifyInttoptr(value: AnyValue, { b }: RuleContext): AnyValue | undefined {
  const [x] = value.args;
  if (x.op === "ptrtoint") return x.args[0];                                                 // there and back
  if (x.op === "add") {
    const [y, z] = x.args;
    if (y.op === "ptrtoint") return b.ptradd(y.args[0], z);                                  // (T *)((long)p + z) = p + z
    if (z.op === "ptrtoint") return b.ptradd(z.args[0], y);
    if (constantOf(z) !== undefined && y.op !== "const") return b.ptradd(b.inttoptr(y), z);  // the base is the pointer
  }
  return undefined;
}

/**
 * What the spaces have in common are the distances: sums are made of the converted pointer, which others then share.
 */
function simplifySpace(value: Value<"addrspace">, { b }: RuleContext): AnyValue | undefined {
  const [p] = value.args;
  const { from, to } = value.aux;
  if (p.op === "addrspace" && p.aux.from === to && p.aux.to === from && from !== 0) return p.args[0];
  return p.op === "ptradd" && from !== 0 ? b.ptradd(b.addrspace(p.args[0], value.aux), p.args[1]) : undefined;
}

function simplifyLoad(value: Value<"load">, rules: RuleContext): AnyValue | undefined {
  const { root, offset } = locate(value.args[0]);
  if (root.op === "symbol" && offset !== undefined && !value.aux.volatile) {
    const bits = readConstant(root.aux, offset, value.aux.bytes, rules);
    if (bits !== undefined) {                                                                // a constant object's bytes
      const wide = value.aux.signed ? BigInt.asIntN(value.aux.bytes * 8, bits) : bits;
      return constant(rules.fn, value.type, wide);
    }
  }
  return raiseAlignment(value, rules);
}

/** The bytes of a constant variable as a number; undefined where a relocation or nothing stands. */
function readConstant(symbol: Symbol, offset: number, bytes: number, rules: RuleContext): bigint | undefined {
  const data = constantBytes(symbol, offset, bytes);
  if (data === undefined) return undefined;
  let result = 0n;
  const ordered = rules.endian === "little" ? [...data].reverse() : [...data];
  for (const byte of ordered) result = (result << 8n) | BigInt(byte);
  return result;
}

/** Bytes of a read-only object known at compile time. */
export function constantBytes(symbol: Symbol, offset: number, bytes: number): Uint8Array | undefined {
  if (symbol.kind !== "variable" || !symbol.constant || symbol.initializer === undefined) return undefined;
  // Another object may have the definition that counts.
  if (symbol.linkage === "weak" || symbol.common) return undefined;
  if (offset < 0 || offset + bytes > symbol.size) return undefined;
  const { initializer } = symbol;
  if (initializer.relocations.some((r) => r.offset < offset + bytes && offset < r.offset + r.size)) return undefined;
  return initializer.bytes?.subarray(offset, offset + bytes) ?? new Uint8Array(bytes);
}

function raiseAlignment(value: Value<"load"> | Value<"store">, rules: RuleContext): undefined {
  if (value.aux.align >= value.aux.bytes) return undefined;
  const align = alignmentOf(value.args[0], value.aux.align);
  if (align > value.aux.align) {
    value.aux = { ...value.aux, align } as typeof value.aux;
    rules.touched(value);
  }
  return undefined;
}

function simplifyStore(value: Value<"store">, rules: RuleContext): AnyValue | undefined {
  const [, x] = value.args;
  const { bytes } = value.aux;
  if (x.op === "undef") {                                                                    // any value will do
    setArg(value, 1, constant(rules.fn, x.type, 0n));
    rules.touched(value);
    return undefined;
  }
  if (x.type === "ptr") return raiseAlignment(value, rules);
  // The bytes stored see nothing of extensions and masks above them.
  let bare: AnyValue = stripLowBits(x, (1n << BigInt(bytes * 8)) - 1n);
  if (bare.op === "truncate") bare = bare.args[0];
  if (bare.op === "extend" && bare.args[0].type === "i32" && bytes * 8 <= bare.aux.from) bare = bare.args[0];
  if (bare !== x) {
    setArg(value, 1, bare);
    rules.touched(value);
    rules.touched(x);
  }
  return raiseAlignment(value, rules);
}

function simplifyBlock(
  value: Value<"memcpy"> | Value<"memmove"> | Value<"memset"> | Value<"memcmp">, rules: RuleContext,
): AnyValue | undefined {
  const [x, y] = value.args;
  if (value.aux.volatile) return undefined;
  if (value.op === "memcmp") return value.aux.bytes === 0 || x === y ? rules.b.i32(0) : undefined;
  if (value.aux.bytes === 0 || (value.op !== "memset" && x === y)) {                         // moves nothing
    remove(value as AnyValue);
    rules.touched(x);
  }
  return undefined;
}

function simplifyVariableBlock(value: Value<"memvar">, { b }: RuleContext): AnyValue | undefined {
  const [x, y, size] = value.args;
  const bytes = constantOf(size);
  if (bytes === undefined || bytes > 0xffffffffn) return undefined;
  const access = { bytes: Number(bytes), align: value.aux.align, volatile: value.aux.volatile };
  const { operator } = value.aux;
  if (operator === "memcmp") return b.memcmp(x, y, access);
  if (operator === "memset") b.memset(x, y, access);
  else if (operator === "memcpy") b.memcpy(x, y, access);
  else b.memmove(x, y, access);
  remove(value as AnyValue);
  return undefined;
}

/** What strings say that are known at compile time. */
function simplifyString(value: Value<"strlen"> | Value<"strcmp">, { b }: RuleContext): AnyValue | undefined {
  const [x, y, limit] = value.args;
  const text = constantString(x);
  if (value.op === "strlen") return text === undefined ? undefined : b.i64(text.length);
  const count = constantOf(limit);
  if (x === y || count === 0n) return b.i32(0);
  const other = constantString(y);
  if (text === undefined || other === undefined || count === undefined) return undefined;
  for (let i = 0; BigInt(i) < count && (i < text.length || i < other.length); i++) {
    const difference = (text[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return b.i32(difference);
  }
  return b.i32(0);
}

/** The bytes before the terminator, of a read-only object that has one. */
function constantString(address: AnyValue): Uint8Array | undefined {
  const { root, offset } = locate(address);
  if (root.op !== "symbol" || offset === undefined) return undefined;
  const { aux: symbol } = root;
  const bytes = symbol.kind === "variable" ? constantBytes(symbol, offset, symbol.size - offset) : undefined;
  const end = bytes?.indexOf(0) ?? -1;
  return end < 0 ? undefined : bytes?.subarray(0, end);
}

/** A call through a constant is a call of the helper with that number. */
function simplifyCall(value: Value<"call">, { b }: RuleContext): AnyValue | undefined {
  const direct = directCallee(value);
  if (direct === undefined) return undefined;
  const call = b.call(value.type, direct, value.args.slice(1));
  if (value.type !== "void") return call;
  remove(value as AnyValue);
  return undefined;
}

/**
 * What a call through a pointer that is a constant by now calls; undefined when nothing is known, or when the function
 * found is defined with other types than it is called with, which C leaves undefined (C11 6.5.2.2p9).
 */
export function directCallee(value: Value<"call">): Callee | undefined {
  if (value.aux.callee.kind !== "indirect") return undefined;
  let target = value.args[0];
  while (target.op === "inttoptr" || target.op === "ptrtoint") target = target.args[0];
  if (target.op === "const") return { kind: "helper", id: Number(BigInt.asIntN(64, target.aux)) };
  if (target.op !== "symbol" || target.aux.kind !== "function") return undefined;
  const callee = target.aux;
  const fits = callee.blocks.length === 0 || (value.type === callee.returns && value.args.length === callee.params.length + 1 &&
    callee.params.every((param, i) => param.type === value.args[i + 1].type));
  return fits ? { kind: "function", function: callee } : undefined;
}

/** Branches look at the value itself where an extension or a comparison with 0 says nothing more. */
function simplifyBranch(value: Value<"branch">, rules: RuleContext): undefined {
  let condition = value.args[0];
  while (condition.op === "extend" && condition.aux.from === 32 && condition.args[0].type === "i32" && condition.uses.length === 1) {
    condition = condition.args[0];
  }
  if (condition !== value.args[0]) {
    setArg(value as AnyValue, 0, condition);
    rules.touched(value as AnyValue);
  }
  return undefined;
}
