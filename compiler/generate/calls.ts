/**
 * Selection of what follows the calling convention: calls and inline assembly.
 *
 * Arguments go to r1 to r5, the result comes in r0, and r1 to r5 are lost. What has a register is moved there all at
 * once;
 * constants and addresses are then made in place, since a register of their own would cost a move as well.
 */
import type { CallIndirect, Call } from "../../assembler/isa/instruction.ts";
import { callHelper, callIndirect, callSymbol, loadAddress } from "../../assembler/isa/instruction.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { signedValue } from "../ir/module.ts";
import type { AsmOperand } from "../ir/ops.ts";
import type { Loc } from "../source/source-map.ts";
import type { MachineInstruction, Reg } from "./machine.ts";
import { newRegister } from "./machine.ts";
import { rootOf } from "./pointers.ts";
import type { Selector } from "./selector.ts";
import {
  address, copy, emitPseudo, isDemanded, makeConstant, makeCore, origin, register, registerBits, resultRegister,
  slotNumber, splitPointer,
} from "./selector.ts";

/** Registers for arguments: r1 to r5. */
export const maxArguments = 5;

/** Puts each value into its register, as if all at once. */
export function copyTo(s: Selector, pairs: readonly { readonly dst: Reg; readonly value: AnyValue }[], loc: Loc): void {
  const moves: { dst: Reg; src: Reg }[] = [];
  const made: MachineInstruction[] = [];
  for (const { dst, value } of pairs) {
    const leaf = makeLeaf(s, dst, value, loc);
    if (leaf !== undefined) made.push(leaf);
    else {
      const src = register(s, value);
      if (src !== dst) moves.push({ dst, src });
    }
  }
  if (moves.length > 0) emitPseudo(s, { op: "copies", moves, loc });
  for (const i of made) emitPseudo(s, i);
}

/** The instruction that makes a constant or an address in `dst`; undefined for other values. */
function makeLeaf(s: Selector, dst: Reg, value: AnyValue, loc: Loc): MachineInstruction | undefined {
  const v = origin(s, value);
  const { base, offset } = splitPointer(v);
  if (base.op === "slot") return { op: "frame", dst, slot: slotNumber(s, base), offset, loc };
  if (base.op === "symbol" && offset >= 0) return { ...loadAddress(dst, base.aux.name, offset), loc };
  if (v.op === "core") return { ...makeCore(s, dst, v), loc };
  if (v.op === "undef") return { ...makeConstant(s, dst, 0n), loc };
  if (v.op !== "const") return undefined;
  return { ...makeConstant(s, dst, registerBits(s, v.aux, v.type === "i32")), loc };
}

export function selectCall(s: Selector, value: Value<"call">): void {
  const { callee } = value.aux;
  const indirect = callee.kind === "indirect";
  const args = indirect ? value.args.slice(1) : value.args;
  if (args.length > maxArguments) {
    const name = callee.kind === "function" ? ` to '${callee.function.name}'` : "";
    s.diagnostics.error(value.loc,
      `call${name} with ${args.length} arguments: a BPF function takes at most ${maxArguments}`);
  }
  const passed = args.slice(0, maxArguments);
  let call: Call | CallIndirect;
  switch (callee.kind) {
    case "helper": call = callHelper(callee.id); break;
    case "function": call = callSymbol(callee.function.name); break;
    case "indirect": call = callIndirect(register(s, value.args[0])); break;
  }
  copyTo(s, passed.map((arg, index) => ({ dst: index + 1, value: arg })), value.loc);
  emitPseudo(s, { op: "invoke", call, count: passed.length, loc: value.loc });
  touchSlots(s, passed, value.loc);
  if (value.type !== "void" && isDemanded(s, value)) copy(s, resultRegister(s, value), 0);
}

/** Notes that the instruction just emitted uses the slots that the pointers point to. */
function touchSlots(s: Selector, pointers: readonly AnyValue[], loc: Loc): void {
  for (const pointer of pointers) {
    const root = rootOf(pointer);
    if (root.op === "slot") emitPseudo(s, { op: "touch", slot: slotNumber(s, root), loc });
  }
}

const registerName = /^[rw](\d+)$/;

/** Inline assembly keeps its text until registers are known: see asm.ts. */
export function selectAsm(s: Selector, value: Value<"asm">): void {
  const info = { ...value.aux, operands: value.aux.operands.map((operand) => settled(operand, value.args[operand.arg])) };
  const outputs = new Map<number, Reg>();
  for (const user of value.uses) {
    if (user.op === "asmresult" && isDemanded(s, user)) outputs.set(user.aux, resultRegister(s, user));
  }
  const registers: Reg[] = [];
  const numbers: bigint[] = [];
  const symbols: (string | undefined)[] = [];
  const outputRegister = (number: number): Reg => {
    const known = outputs.get(number);
    if (known !== undefined) return known;
    const made = newRegister(s.fn);
    outputs.set(number, made);
    return made;
  };
  for (const operand of info.operands) {
    const arg = operand.arg >= 0 ? value.args[operand.arg] : undefined;
    let reg: Reg = 0;
    let number = 0n;
    let symbol: string | undefined;
    switch (operand.kind) {
      case "output": case "earlyOutput": reg = outputRegister(operand.number); break;
      case "tied":
        reg = outputRegister(operand.number);
        if (arg !== undefined) copyTo(s, [{ dst: reg, value: arg }], value.loc);
        break;
      case "input": case "either":
        if (arg !== undefined) reg = register(s, arg);
        break;
      case "immediate":
        if (arg?.op === "const") number = signedValue(arg);
        else s.diagnostics.error(value.loc, "operand of the asm statement is not a constant");
        break;
      case "memory":
        if (arg !== undefined) {
          const at = address(s, arg, 8);
          reg = at.base;
          number = BigInt(at.offset);
        }
        break;
      case "symbol":
        symbol = arg === undefined ? undefined : symbolText(arg);
        if (symbol === undefined) s.diagnostics.error(value.loc, "operand of the asm statement is not the address of a symbol");
        break;
      case "label":
        s.diagnostics.error(value.loc, "asm goto is not supported");
        break;
    }
    registers.push(reg);
    numbers.push(number);
    symbols.push(symbol);
  }
  const clobbers: Reg[] = [];
  for (const clobber of info.clobbers) {
    const match = registerName.exec(clobber);
    if (match !== null && Number(match[1]) < 10) clobbers.push(Number(match[1]));
    else if (clobber !== "memory" && clobber !== "cc" && match === null) {
      s.diagnostics.error(value.loc, `unknown register name '${clobber}' in asm`);
    }
  }
  emitPseudo(s, { op: "asm", info, registers, numbers, symbols, clobbers, loc: value.loc });
}

/**
 * An operand that may be a register or an immediate is the latter where the optimiser has found a constant that fits;
 * an immediate may be an address as well.
 */
function settled(operand: AsmOperand, arg: AnyValue | undefined): AsmOperand {
  if (operand.kind === "immediate" && arg !== undefined && symbolText(arg) !== undefined) return { ...operand, kind: "symbol" };
  if (operand.kind !== "either") return operand;
  const isImmediate = arg?.op === "const" && signedValue(arg) === BigInt.asIntN(32, arg.aux);
  return { ...operand, kind: isImmediate ? "immediate" : "input" };
}

/** The address of a symbol, or some bytes from it, as assembly text has it. */
function symbolText(arg: AnyValue): string | undefined {
  const { base, offset } = splitPointer(arg);
  if (base.op !== "symbol") return undefined;
  return offset === 0 ? base.aux.name : `${base.aux.name} ${offset < 0 ? "-" : "+"} ${Math.abs(offset)}`;
}

/** The result of a function: r0. */
export function returnValue(s: Selector, value: AnyValue, loc: Loc): void {
  copyTo(s, [{ dst: 0, value }], loc);
}

