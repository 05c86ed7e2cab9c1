/**
 * The instruction table: every form of every instruction, once.
 *
 * A form is one way to fill the five fields of the encoding, with the text that says so. The holes of the text name
 * the fields that are operands; a field that no hole names holds the constant of `fixed`, or 0. Encoder, decoder,
 * validator, parser and printer all read this table and know no instruction by themselves; `build` is the way from
 * fields to the logical instruction, and fields.ts the way back.
 *
 *      8       4     4         16                   32
 *   +--------+-----+-----+-----------+-----------------------+
 *   | opcode | dst | src |  offset   |          imm          |     `high` is the imm field of the second slot,
 *   +--------+-----+-----+-----------+-----------------------+     whose other fields are 0
 *
 * Sources: RFC 9669; include/uapi/linux/bpf.h; LLVM's textual syntax as its assembler takes it, versions 19 to 22.
 */

import type {
  AluOp, AtomicOp, Condition, Instruction, MemorySize, Opcode, Operand, Width,
} from "./instruction.ts";

/** The numbers of an encoded instruction. offset is signed 16-bit, imm and high are signed 32-bit. */
export interface Fields { dst: number; src: number; offset: number; imm: number; high: number }

/** -mcpu level that introduced a form: LLVM's numbering. */
export type CpuLevel = 1 | 2 | 3 | 4;

/**
 * What stands in a hole of the text:
 *   dst, src        an r register in that field; dst32, src32 a w register
 *   offset          `+ 8` or `- 8` behind a base register, in the offset field
 *   target          a jump displacement or label, in the offset field; target32 in the imm field
 *   imm             a 32-bit number or constant; imm64 a 64-bit number or symbol in imm and high
 *   callee          a helper's number in the imm field; function the symbol of a function
 *   pseudo          a number in the src field
 *   to, from        address spaces in the upper and lower half of the imm field
 */
export type Hole =
  | "dst" | "dst32" | "src" | "src32" | "offset" | "target" | "target32" | "imm" | "imm64" | "callee" | "function"
  | "pseudo" | "to" | "from";

/** Which field a hole fills; the address spaces share one. */
export const fieldOfHole: Readonly<Record<Hole, keyof Fields>> = {
  dst: "dst", dst32: "dst", src: "src", src32: "src", pseudo: "src", offset: "offset", target: "offset",
  target32: "imm", imm: "imm", imm64: "imm", callee: "imm", function: "imm", to: "imm", from: "imm",
};

function isHole(name: string): name is Hole {
  return name in fieldOfHole;
}

/** A piece of a form's text: a literal token (a word or one punctuation character) or a hole. */
export type Piece = { readonly kind: "token"; readonly text: string } | { readonly kind: "hole"; readonly hole: Hole };

/** A form's text, in pieces, and as it was written in the table. */
export interface Syntax { readonly text: string; readonly pieces: readonly Piece[] }

export interface Form {
  readonly op: Opcode;
  /** Names the form among those of its op: what fields.ts asks for. */
  readonly key: string;
  readonly opcode: number;
  readonly fixed: Readonly<Partial<Fields>>;
  /**
   * The text. A second one writes the same in other words: w registers where an access of at most 32 bits may be
   * written with either, a number where there is no symbol.
   */
  readonly syntax: readonly [Syntax, ...Syntax[]];
  readonly since: CpuLevel;
  /** Immediates that the kernel takes, where it does not take all: inclusive bounds, and whether 0 is refused. */
  readonly immediates?: { readonly least: number; readonly most: number } | "nonzero";
  readonly build: (fields: Fields) => Instruction;
}

// The parts of the opcode byte

const LD = 0x00, LDX = 0x01, ST = 0x02, STX = 0x03, ALU32 = 0x04, JMP = 0x05, JMP32 = 0x06, ALU64 = 0x07;
const K = 0x00, X = 0x08;
const ABS = 0x20, IND = 0x40, MEM = 0x60, MEMSX = 0x80, ATOMIC = 0xc0;
const sizeBits: Readonly<Record<MemorySize, number>> = { 4: 0x00, 2: 0x08, 1: 0x10, 8: 0x18 };

const FETCH = 0x01;

/** The two-operand operations: operation bits, the sign of their text, the offset that sets signed ones apart. */
const aluOps: readonly (readonly [AluOp, number, string, number])[] = [
  ["add", 0x00, "+", 0], ["sub", 0x10, "-", 0], ["mul", 0x20, "*", 0], ["div", 0x30, "/", 0], ["sdiv", 0x30, "s/", 1],
  ["or", 0x40, "|", 0], ["and", 0x50, "&", 0], ["lsh", 0x60, "<<", 0], ["rsh", 0x70, ">>", 0], ["mod", 0x90, "%", 0],
  ["smod", 0x90, "s%", 1], ["xor", 0xa0, "^", 0], ["mov", 0xb0, "", 0], ["arsh", 0xc0, "s>>", 0],
];

const NEG = 0x80, MOV = 0xb0, END = 0xd0;

/** The conditions: operation bits, text, first cpu level. */
const conditions: readonly (readonly [Condition, number, string, CpuLevel])[] = [
  ["eq", 0x10, "==", 1], ["gt", 0x20, ">", 1], ["ge", 0x30, ">=", 1], ["set", 0x40, "&", 1], ["ne", 0x50, "!=", 1],
  ["sgt", 0x60, "s>", 1], ["sge", 0x70, "s>=", 1], ["lt", 0xa0, "<", 2], ["le", 0xb0, "<=", 2],
  ["slt", 0xc0, "s<", 2], ["sle", 0xd0, "s<=", 2],
];

const JA = 0x00, CALL = 0x80, EXIT = 0x90, JCOND = 0xe0;

/** Atomic operations by immediate, without FETCH; text of the plain form. */
const atomicOps: readonly (readonly [AtomicOp & ("add" | "or" | "and" | "xor"), number, string])[] = [
  ["add", 0x00, "+"], ["or", 0x40, "|"], ["and", 0x50, "&"], ["xor", 0xa0, "^"],
];

const XCHG = 0xe0, CMPXCHG = 0xf0, LOAD_ACQUIRE = 0x100, STORE_RELEASE = 0x110;

const widths: readonly Width[] = [64, 32];
const sizes: readonly MemorySize[] = [1, 2, 4, 8];
const packetSizes = [1, 2, 4] as const;
const atomicSizes = [4, 8] as const;

/** Suffix of a hole's name for a register of that width. */
function w(width: Width): string {
  return width === 32 ? "32" : "";
}

// The forms, class by class

function* aluForms(): Iterable<Form> {
  for (const width of widths) {
    const classBits = width === 64 ? ALU64 : ALU32;
    const d = `{dst${w(width)}}`, s = `{src${w(width)}}`;
    for (const [alu, bits, sign, offset] of aluOps) {
      const fixed = { offset };
      const since: CpuLevel = offset === 1 ? 4 : width === 32 ? 3 : 1;
      const shift = alu === "lsh" || alu === "rsh" || alu === "arsh";
      const division = bits === 0x30 || bits === 0x90;
      const make = (dst: number, src: Operand): Instruction => ({ op: "alu", alu, width, dst, src });
      // LLVM's compiler, though not its assembler, also writes a 32-bit move as what it is for: `r1 = w2`.
      const extend = alu === "mov" && width === 32 ? ["{dst} = {src32}"] : [];
      yield form("alu", `${alu}${width} reg`, bits | X | classBits, [`${d} ${sign}= ${s}`, ...extend], since,
        (f) => make(f.dst, { kind: "reg", reg: f.src }), { fixed });
      yield form("alu", `${alu}${width} imm`, bits | K | classBits, [`${d} ${sign}= {imm}`], since,
        (f) => make(f.dst, { kind: "imm", value: f.imm }), {
          fixed,
          ...(shift ? { immediates: { least: 0, most: width - 1 } } : division ? { immediates: "nonzero" } : {}),
        });
    }
    yield form("neg", `${width}`, NEG | K | classBits, [`${d} = -${d}`], width === 32 ? 3 : 1,
      (f) => ({ op: "neg", width, dst: f.dst }));
    for (const bits of [8, 16, 32] as const) {
      if (bits === width) continue;
      yield form("movsx", `${width} ${bits}`, MOV | X | classBits, [`${d} = (s${bits})${s}`], 4,
        (f) => ({ op: "movsx", width, bits, dst: f.dst, src: f.src }), { fixed: { offset: bits } });
    }
  }
  for (const bits of [16, 32, 64] as const) {
    yield form("swap", `le ${bits}`, END | K | ALU32, [`{dst} = le${bits} {dst}`], 1,
      (f) => ({ op: "swap", order: "le", bits, dst: f.dst }), { fixed: { imm: bits } });
    yield form("swap", `be ${bits}`, END | X | ALU32, [`{dst} = be${bits} {dst}`], 1,
      (f) => ({ op: "swap", order: "be", bits, dst: f.dst }), { fixed: { imm: bits } });
    yield form("swap", `bswap ${bits}`, END | K | ALU64, [`{dst} = bswap${bits} {dst}`], 4,
      (f) => ({ op: "swap", order: "bswap", bits, dst: f.dst }), { fixed: { imm: bits } });
  }
  yield form("addr_space_cast", "", MOV | X | ALU64, ["{dst} = addr_space_cast({src}, {to}, {from})"], 1,
    (f) => ({ op: "addr_space_cast", dst: f.dst, src: f.src, to: f.imm >>> 16, from: f.imm & 0xffff }),
    { fixed: { offset: 1 } });
}

function* memoryForms(): Iterable<Form> {
  for (const size of sizes) {
    const bits = sizeBits[size];
    const at = `*(u${8 * size} *)`;
    yield form("load", `u${size}`, MEM | bits | LDX, [
      `{dst} = ${at}({src} {offset})`, ...(size === 8 ? [] : [`{dst32} = ${at}({src} {offset})`]),
    ], 1, (f) => ({ op: "load", size, signed: false, dst: f.dst, base: f.src, offset: f.offset }));
    if (size !== 8) {
      yield form("load", `s${size}`, MEMSX | bits | LDX, [`{dst} = *(s${8 * size} *)({src} {offset})`], 4,
        (f) => ({ op: "load", size, signed: true, dst: f.dst, base: f.src, offset: f.offset }));
    }
    yield form("store", `${size} reg`, MEM | bits | STX, [
      `${at}({dst} {offset}) = {src}`, ...(size === 8 ? [] : [`${at}({dst} {offset}) = {src32}`]),
    ], 1, (f) => ({ op: "store", size, base: f.dst, offset: f.offset, src: { kind: "reg", reg: f.src } }));
    yield form("store", `${size} imm`, MEM | bits | ST, [`${at}({dst} {offset}) = {imm}`], 4,
      (f) => ({ op: "store", size, base: f.dst, offset: f.offset, src: { kind: "imm", value: f.imm } }));
    const wide = w(size === 8 ? 64 : 32);
    yield form("load_acquire", `${size}`, ATOMIC | bits | STX,
      [`{dst${wide}} = load_acquire((u${8 * size} *)({src} {offset}))`], 4,
      (f) => ({ op: "load_acquire", size, dst: f.dst, base: f.src, offset: f.offset }),
      { fixed: { imm: LOAD_ACQUIRE } });
    yield form("store_release", `${size}`, ATOMIC | bits | STX,
      [`store_release((u${8 * size} *)({dst} {offset}), {src${wide}})`], 4,
      (f) => ({ op: "store_release", size, base: f.dst, offset: f.offset, src: f.src }),
      { fixed: { imm: STORE_RELEASE } });
  }
  for (const size of packetSizes) {
    yield form("ld_abs", `${size}`, ABS | sizeBits[size] | LD, [`r0 = *(u${8 * size} *)skb[{imm}]`], 1,
      (f) => ({ op: "ld_abs", size, index: f.imm }));
    // The first text is LLVM's, which has no word for an index beside the register; the second is ours.
    yield form("ld_ind", `${size}`, IND | sizeBits[size] | LD, [`r0 = *(u${8 * size} *)skb[{src}]`], 1,
      (f) => ({ op: "ld_ind", size, src: f.src, index: 0 }));
    yield form("ld_ind", `${size} index`, IND | sizeBits[size] | LD, [`r0 = *(u${8 * size} *)skb[{src} + {imm}]`], 1,
      (f) => ({ op: "ld_ind", size, src: f.src, index: f.imm }));
  }
  yield form("ld_imm64", "plain", 0x18 | LD, ["{dst} = {imm64} ll"], 1,
    (f) => ({ op: "ld_imm64", dst: f.dst, value: join(f), pseudo: 0 }));
  yield form("ld_imm64", "pseudo", 0x18 | LD, ["ld_pseudo {dst}, {pseudo}, {imm64}"], 1,
    (f) => ({ op: "ld_imm64", dst: f.dst, value: join(f), pseudo: f.src }));
}

function* atomicForms(): Iterable<Form> {
  for (const size of atomicSizes) {
    const opcode = ATOMIC | sizeBits[size] | STX;
    const bits = 8 * size;
    const s = size === 8 ? "{src}" : "{src32}";
    const since = 3;
    const make = (op: AtomicOp, fetch: boolean) => (f: Fields): Instruction =>
      ({ op: "atomic", atomic: op, fetch, size, base: f.dst, offset: f.offset, src: f.src });
    for (const [op, imm, sign] of atomicOps) {
      const text = `lock *(u${bits} *)({dst} {offset}) ${sign}=`;
      // Only the addition, which v1 has, is also known by the whole register.
      const texts: readonly [string, ...string[]] = size === 4 && op === "add"
        ? [`${text} {src}`, `${text} {src32}`] : [`${text} ${s}`];
      yield form("atomic", `${op} ${size}`, opcode, texts, op === "add" ? 1 : since, make(op, false), { fixed: { imm } });
      yield form("atomic", `fetch ${op} ${size}`, opcode,
        [`${s} = atomic_fetch_${op}((u${bits} *)({dst} {offset}), ${s})`], since, make(op, true),
        { fixed: { imm: imm | FETCH } });
    }
    const suffix = size === 8 ? "_64" : "32_32";
    const r0 = size === 8 ? "r0" : "w0";
    yield form("atomic", `fetch xchg ${size}`, opcode, [`${s} = xchg${suffix}({dst} {offset}, ${s})`], since,
      make("xchg", true), { fixed: { imm: XCHG | FETCH } });
    yield form("atomic", `fetch cmpxchg ${size}`, opcode, [`${r0} = cmpxchg${suffix}({dst} {offset}, ${r0}, ${s})`],
      since, make("cmpxchg", true), { fixed: { imm: CMPXCHG | FETCH } });
  }
}

function* jumpForms(): Iterable<Form> {
  yield form("jump", "short", JA | JMP, ["goto {target}"], 1,
    (f) => ({ op: "jump", long: false, target: f.offset }));
  yield form("jump", "long", JA | JMP32, ["gotol {target32}"], 4,
    (f) => ({ op: "jump", long: true, target: f.imm }));
  for (const width of widths) {
    const classBits = width === 64 ? JMP : JMP32;
    const d = `{dst${w(width)}}`, s = `{src${w(width)}}`;
    for (const [cond, bits, sign, level] of conditions) {
      const since: CpuLevel = width === 32 ? 3 : level;
      const make = (f: Fields, src: Operand): Instruction =>
        ({ op: "branch", cond, width, dst: f.dst, src, target: f.offset });
      yield form("branch", `${cond}${width} reg`, bits | X | classBits, [`if ${d} ${sign} ${s} goto {target}`], since,
        (f) => make(f, { kind: "reg", reg: f.src }));
      yield form("branch", `${cond}${width} imm`, bits | K | classBits, [`if ${d} ${sign} {imm} goto {target}`], since,
        (f) => make(f, { kind: "imm", value: f.imm }));
    }
  }
  yield form("may_goto", "", JCOND | K | JMP, ["may_goto {target}"], 1,
    (f) => ({ op: "may_goto", target: f.offset }));
  yield form("call", "helper", CALL | K | JMP, ["call {callee}"], 1,
    (f) => ({ op: "call", call: "helper", value: f.imm }));
  // LLVM writes a function's name only; where there is none, and for a BTF id, the words are ours.
  yield form("call", "local", CALL | K | JMP, ["call {function}", "call local {imm}"], 1,
    (f) => ({ op: "call", call: "local", value: f.imm }), { fixed: { src: 1 } });
  yield form("call", "kfunc", CALL | K | JMP, ["call kfunc {imm}"], 1,
    (f) => ({ op: "call", call: "kfunc", value: f.imm }), { fixed: { src: 2 } });
  yield form("callx", "", CALL | X | JMP, ["callx {dst}"], 1, (f) => ({ op: "callx", reg: f.dst }));
  yield form("gotox", "", JA | X | JMP, ["gotox {dst}"], 4, (f) => ({ op: "gotox", reg: f.dst }));
  yield form("exit", "", EXIT | K | JMP, ["exit"], 1, () => ({ op: "exit" }));
}

/** The 64-bit immediate of both slots. */
function join(f: Fields): bigint {
  return (BigInt(f.high) << 32n) | BigInt(f.imm >>> 0);
}

function form(op: Opcode, key: string, opcode: number, texts: readonly [string, ...string[]], since: CpuLevel,
              build: Form["build"], rest: Partial<Pick<Form, "fixed" | "immediates">> = {}): Form {
  const [first, ...others] = texts;
  return {
    op, key, opcode, since, build, fixed: {}, syntax: [readSyntax(first), ...others.map(readSyntax)], ...rest,
  };
}

/** Cuts a text into tokens as the scanner does (words, single characters) and holes. Blanks only separate. */
export function readSyntax(text: string): Syntax {
  const pieces = Array.from(text.matchAll(/\{(\w+)\}|\w+|\S/g), ([all, hole]): Piece => {
    if (hole === undefined) return { kind: "token", text: all };
    if (!isHole(hole)) throw new Error(`the syntax "${text}" has an unknown hole`);
    return { kind: "hole", hole };
  });
  return { text, pieces };
}

/** Every form there is. Of two forms with one encoding, the first is printed. */
export const forms: readonly Form[] = [...aluForms(), ...memoryForms(), ...atomicForms(), ...jumpForms()];

const byKey = new Map<string, Form>(forms.map((f) => [`${f.op} ${f.key}`, f]));

/** The form of that op and key. */
export function findForm(op: Opcode, key: string): Form {
  const found = byKey.get(`${op} ${key}`);
  if (found === undefined) throw new Error(`no form "${key}" of instruction "${op}"`);
  return found;
}

const byOpcode: readonly (readonly Form[])[] =
  Array.from({ length: 256 }, (_, opcode) => forms.filter((f) => f.opcode === opcode));

/** The forms that share an opcode byte; other fields tell them apart. */
export function formsOfOpcode(opcode: number): readonly Form[] {
  return byOpcode[opcode] ?? [];
}
