/**
 * The table of IR operations: one row an op, from which printer, parser, verifier and passes read.
 *
 * Value types are `i32`, `i64` and `ptr`; `void` for values that are only effects. There is no narrower arithmetic: C
 * promotes it away, and what is left of narrow widths lives on memory operations (`bytes`, `signed`) and on `extend`.
 * Booleans are i32 values 0 and 1. Pointers are never integers: `ptradd` is the only pointer arithmetic, `ptrtoint` and
 * `inttoptr` mark the places where C left the safe ground.
 */
import type { CType } from "../types/ctype.ts";
import type { Block, Callee, Symbol } from "./module.ts";

export type Type = "void" | "i32" | "i64" | "ptr";

/** Unsigned and signed integer and pointer predicates. */
export type Predicate = "eq" | "ne" | "ult" | "ule" | "ugt" | "uge" | "slt" | "sle" | "sgt" | "sge";

export interface MemoryAccess {
  /** Bytes read or written: 1, 2, 4 or 8. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** Known alignment of the address in bytes. */
  readonly align: number;
  readonly volatile: boolean;
}

/** A load narrower than its result type is extended: by sign when `signed`, else by zero. */
export interface LoadAccess extends MemoryAccess {
  readonly signed: boolean;
}

/**
 * What a comparison of floating values may find, as a set of bits: 1 less, 2 equal, 4 greater, 8 unordered (a NaN). A
 * comparison is true for the outcomes in its set: `<=` is 3, `!=` is 13.
 */
export type Outcomes = number;

/** Memory block operations: constant size in bytes. */
export interface BlockAccess {
  readonly bytes: number;
  /** Alignment of the destination (of both for memcpy, memmove and memcmp: the smaller). */
  readonly align: number;
  readonly volatile: boolean;
}

export type AtomicOperator = "add" | "and" | "or" | "xor" | "exchange" | "compareExchange";

/**
 * Operations that change memory are sequentially consistent. A load with acquire semantics is extended by zero to its
 * type; a store with release semantics takes the low bytes and has no value.
 */
export type AtomicAccess =
  | { readonly operator: AtomicOperator; readonly bytes: 4 | 8 }
  | { readonly operator: "loadAcquire"; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly operator: "storeRelease"; readonly bytes: 1 | 2 | 4 | 8 };

/** A stack slot: an automatic object in the frame. */
export interface SlotInfo {
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** Set for a compiler-made temporary: not named in stack-limit errors as the user's variable. */
  readonly temporary: boolean;
}

/** Memory in the frame of a size that is computed. */
export interface StackMemory {
  /** The variable-length array that it is for; undefined for a call of `alloca`. */
  readonly array: string | undefined;
  readonly align: number;
  /** Its life has ended whenever control comes here again: one place in the frame does for all times. */
  readonly reusable: boolean;
}

export interface SwitchCase {
  readonly low: bigint;
  readonly high: bigint;
  target: Block;
}

/**
 * Inline assembly. `args` are the inputs in order; outputs beyond the first are stored through slots by lower: an asm
 * value has at most one register result (its type), and `outputs` describes all operands for the template.
 */
export interface AsmInfo {
  readonly text: string;
  readonly volatile: boolean;
  readonly operands: readonly AsmOperand[];
  readonly clobbers: readonly string[];
}

/**
 * One operand of the template, in source order (outputs first). Register outputs are numbered by `output` in the order
 * of `asmresult` values; a tied input (`"+r"`, `"0"`) names the output whose register it shares.
 */
export interface AsmOperand {
  readonly name: string | undefined;
  readonly kind: "output" | "earlyOutput" | "input" | "either" | "tied" | "immediate" | "memory" | "symbol" | "label";
  /** 64- or 32-bit register name in the text (`r` or `w` constraint). */
  readonly width: 32 | 64;
  /**
   * Index into args (input, either input or immediate as it turns out, tied, immediate as const, memory as address,
   * symbol as address), -1 for outputs and labels.
   */
  readonly arg: number;
  /** Output number for outputs and tied inputs, label number for labels, else -1. */
  readonly number: number;
}

/** What `#pragma unroll` and its like ask of the loop that a block heads. */
export type UnrollHint = "full" | "enable" | "disable" | number | undefined;

/** What a CO-RE relocation asks, in the words of enum bpf_core_relo_kind (include/uapi/linux/bpf.h). */
export type CoreKind =
  | "byte_off" | "byte_sz" | "field_exists" | "signed" | "lshift_u64" | "rshift_u64" | "local_type_id"
  | "target_type_id" | "type_exists" | "type_size" | "enumval_exists" | "enumval_value" | "type_matches";

/** A number that depends on the types of the running kernel: the loader fills it in. */
export interface CoreQuery {
  readonly kind: CoreKind;
  /** The type that the question starts from. */
  readonly root: CType;
  /** The name of the type, for the notation. */
  readonly name: string;
  /** Indices from the root to the field, "0:1:2"; "0" for types; for enumerators the index. */
  readonly access: string;
  /** The answer that the program's own types give; type ids have none before BTF is written. */
  readonly value: bigint;
}

/** What each op carries beside its arguments. */
export interface Aux {
  // Leaves: not in any block, valid everywhere in their function, interned.
  const: bigint;
  undef: undefined;
  /** Address of a symbol. */
  symbol: Symbol;
  slot: SlotInfo;
  param: number;
  /** The answer to a CO-RE query: unknown to every pass, but always the same. */
  core: CoreQuery;
  // Integer arithmetic on i32 or i64; both arguments and the result have one type.
  add: undefined; sub: undefined; mul: undefined; udiv: undefined; urem: undefined; sdiv: undefined; srem: undefined;
  and: undefined; or: undefined; xor: undefined;
  /** Shift counts have the type of the value shifted; a count >= the width is undefined in the IR. */
  shl: undefined; lshr: undefined; ashr: undefined;
  neg: undefined;
  /** The low `from` bits of the argument (i32 or i64, at least that wide), extended to the result type. */
  extend: { readonly from: 8 | 16 | 32; readonly signed: boolean };
  /** i64 -> i32: the low half. */
  truncate: undefined;
  /** The low 16, 32 or 64 bits with their bytes reversed, the rest zero. 64 only for i64. */
  bswap: 16 | 32 | 64;
  /** i32 0 or 1 (i64 after `widen`); arguments of one type. */
  compare: Predicate;
  // Floating point: i32 holds the bits of a binary32, i64 those of a binary64. BPF cannot compute any of these: what
  // folding leaves of them is refused (optimize/settle.ts).
  fadd: undefined; fsub: undefined; fmul: undefined; fdiv: undefined;
  /** i32 0 or 1; arguments of one type. */
  fcompare: Outcomes;
  /** binary32 -> binary64 or back. */
  fresize: undefined;
  /**
   * An integer as a floating value; a second argument is the high half of a 128-bit integer whose low half is the
   * first.
   */
  fromint: { readonly signed: boolean };
  /**
   * A floating value truncated to an integer: its bits from `shift` on (64: the high half of 128), wrapped to `bits`,
   * extended.
   */
  toint: { readonly bits: number; readonly signed: boolean; readonly shift: 0 | 64 };
  // Pointers.
  /** ptr + i64 bytes -> ptr. */
  ptradd: undefined;
  /** ptr - ptr -> i64 bytes. */
  ptrdiff: undefined;
  /** ptr -> i64. */
  ptrtoint: undefined;
  /** i64 -> ptr. */
  inttoptr: undefined;
  /** ptr -> ptr: the address of the same place as another address space names it (0 is the kernel's, 1 an arena's). */
  addrspace: { readonly from: number; readonly to: number };
  /** A phi's args[i] comes from blocks[i]; one entry for each distinct predecessor, in any order. */
  phi: { readonly blocks: Block[] };
  /** The value itself, opaque to every pass: nothing may be learnt through it (asm barriers). */
  opaque: undefined;
  // Memory.
  load: LoadAccess;
  /** (address, value): the low bytes of the value. */
  store: MemoryAccess;
  /** (destination, source). */
  memcpy: BlockAccess;
  memmove: BlockAccess;
  /** (destination, byte as i32). */
  memset: BlockAccess;
  /** (a, b) -> i32 as C's memcmp. */
  memcmp: BlockAccess;
  /**
   * A block operation whose size is an argument: (a, b, bytes i64). Folding turns it into its constant-size op as soon
   * as the size is a constant; what is left is expanded to a loop. Result i32 for memcmp, else void.
   */
  memvar: { readonly operator: "memcpy" | "memmove" | "memset" | "memcmp"; readonly align: number; readonly volatile: boolean };
  /** (string) -> i64: bytes before the terminator. Folded where the string is a constant, else a loop. */
  strlen: undefined;
  /** (a, b, limit i64, all ones for none) -> i32: the difference of the first bytes that differ, as C's strncmp. */
  strcmp: undefined;
  /**
   * (address, operand), for compareExchange (address, expected, desired) -> old value (i32 for 4 bytes, i64 for 8).
   * Sequentially consistent.
   */
  atomic: AtomicAccess;
  /** Legacy packet load LD_ABS/LD_IND: (context, offset i32 or widened) -> i64. Ends the program when out of bounds. */
  skbload: 1 | 2 | 4;
  /** (bytes i64): memory in the frame that a slot must become, for BPF has no other (optimize/settle.ts). */
  alloca: StackMemory;
  /** Marks the start of a slot's life: its content becomes undefined. */
  lifestart: undefined;
  lifeend: undefined;
  // Calls.
  /** args are the arguments; for an indirect callee args[0] is the function's address. */
  call: { readonly callee: Callee };
  asm: AsmInfo;
  /** The n-th register output of an asm value (its only argument). */
  asmresult: number;
  /** 1 when its argument is known constant when folding is over, else 0 (__builtin_constant_p). */
  isconstant: undefined;
  // Terminators: last in their block, nowhere else.
  jump: { target: Block };
  /** args[0] is i32, i64 or ptr: `then` when it is not zero. `likely`: __builtin_expect. */
  branch: { then: Block; else: Block; readonly likely: boolean | undefined };
  /** args[0] is i32 or i64; ranges do not overlap. */
  switch: { readonly cases: SwitchCase[]; default: Block };
  return: undefined;
  unreachable: undefined;
}

export type Op = keyof Aux;

export interface OpInfo {
  /** Number of arguments; undefined when it varies. */
  readonly arity: number | undefined;
  /** Allowed result types. */
  readonly types: readonly Type[];
  /** Argument types: "same" as the result, or a fixed list; checked in full by verify.ts. */
  readonly arguments: "same" | "special" | readonly Type[];
  readonly commutative?: true;
  /** No effect and no dependence on memory: may be deduplicated, moved, removed. */
  readonly pure?: true;
  readonly reads?: true;
  readonly writes?: true;
  readonly terminator?: true;
  /** Lives outside the blocks. */
  readonly leaf?: true;
}

const ints: readonly Type[] = ["i32", "i64"];
const all: readonly Type[] = ["i32", "i64", "ptr"];
const none: readonly Type[] = ["void"];
const binary = { arity: 2, types: ints, arguments: "same", pure: true } as const;
const commutative = { ...binary, commutative: true } as const;

export const ops: { readonly [O in Op]: OpInfo } = {
  const: { arity: 0, types: all, arguments: [], pure: true, leaf: true },
  undef: { arity: 0, types: all, arguments: [], pure: true, leaf: true },
  symbol: { arity: 0, types: ["ptr"], arguments: [], pure: true, leaf: true },
  slot: { arity: 0, types: ["ptr"], arguments: [], pure: true, leaf: true },
  param: { arity: 0, types: all, arguments: [], pure: true, leaf: true },
  core: { arity: 0, types: ["i64"], arguments: [], pure: true, leaf: true },
  add: commutative, sub: binary, mul: commutative, udiv: binary, urem: binary, sdiv: binary, srem: binary,
  and: commutative, or: commutative, xor: commutative,
  shl: binary, lshr: binary, ashr: binary,
  neg: { arity: 1, types: ints, arguments: "same", pure: true },
  extend: { arity: 1, types: ints, arguments: "special", pure: true },
  truncate: { arity: 1, types: ["i32"], arguments: ["i64"], pure: true },
  bswap: { arity: 1, types: ints, arguments: "same", pure: true },
  compare: { arity: 2, types: ints, arguments: "special", pure: true },
  fadd: commutative, fsub: binary, fmul: commutative, fdiv: binary,
  fcompare: { arity: 2, types: ["i32"], arguments: "special", pure: true },
  fresize: { arity: 1, types: ints, arguments: "special", pure: true },
  fromint: { arity: undefined, types: ints, arguments: "special", pure: true },
  toint: { arity: 1, types: ints, arguments: "special", pure: true },
  ptradd: { arity: 2, types: ["ptr"], arguments: ["ptr", "i64"], pure: true },
  ptrdiff: { arity: 2, types: ["i64"], arguments: ["ptr", "ptr"], pure: true },
  ptrtoint: { arity: 1, types: ["i64"], arguments: ["ptr"], pure: true },
  inttoptr: { arity: 1, types: ["ptr"], arguments: ["i64"], pure: true },
  addrspace: { arity: 1, types: ["ptr"], arguments: ["ptr"], pure: true },
  phi: { arity: undefined, types: all, arguments: "same", pure: true },
  opaque: { arity: 1, types: all, arguments: "same" },
  load: { arity: 1, types: all, arguments: ["ptr"], reads: true },
  store: { arity: 2, types: none, arguments: "special", writes: true },
  memcpy: { arity: 2, types: none, arguments: ["ptr", "ptr"], reads: true, writes: true },
  memmove: { arity: 2, types: none, arguments: ["ptr", "ptr"], reads: true, writes: true },
  memset: { arity: 2, types: none, arguments: ["ptr", "i32"], writes: true },
  memcmp: { arity: 2, types: ["i32"], arguments: ["ptr", "ptr"], reads: true },
  memvar: { arity: 3, types: ["void", "i32"], arguments: "special", reads: true, writes: true },
  strlen: { arity: 1, types: ["i64"], arguments: ["ptr"], reads: true },
  strcmp: { arity: 3, types: ["i32"], arguments: ["ptr", "ptr", "i64"], reads: true },
  atomic: { arity: undefined, types: ["void", ...ints], arguments: "special", reads: true, writes: true },
  skbload: { arity: 2, types: ["i64"], arguments: "special", reads: true, writes: true },
  alloca: { arity: 1, types: ["ptr"], arguments: ["i64"] },
  lifestart: { arity: 1, types: none, arguments: ["ptr"], writes: true },
  lifeend: { arity: 1, types: none, arguments: ["ptr"], writes: true },
  call: { arity: undefined, types: ["void", "i32", "i64", "ptr"], arguments: "special", reads: true, writes: true },
  asm: { arity: undefined, types: none, arguments: "special", reads: true, writes: true },
  asmresult: { arity: 1, types: all, arguments: "special" },
  isconstant: { arity: 1, types: ["i32"], arguments: "special", pure: true },
  jump: { arity: 0, types: none, arguments: [], terminator: true },
  branch: { arity: 1, types: none, arguments: "special", terminator: true },
  switch: { arity: 1, types: none, arguments: "special", terminator: true },
  return: { arity: undefined, types: none, arguments: "special", terminator: true },
  unreachable: { arity: 0, types: none, arguments: [], terminator: true },
};
