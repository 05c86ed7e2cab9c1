/**
 * Module -> text: the IR's notation. parse.ts reads it back; `parse(print(m))` prints the same text.
 *
 * A line is a value: `v7 = add i32 v3, 5`. The op comes first, its width or kind behind a dot (`load.u16`,
 * `compare.ult`, `call.helper.1`), then the result type unless it is void, the arguments, and words for what is left
 * (`align 4`, `volatile`). Constants are written in place, signed; where the op does not fix an argument's type the
 * constant carries it (`compare.eq i32 v3, i64 5`). `null` is the pointer 0. `@name` is the address of a symbol, `b2` a
 * block, `core(byte_off "struct s" "0:1" 4)` the answer to a CO-RE query.
 *
 *   function @f(v0: ptr, v1: i32) -> i32 global section "tc" {
 *     slot v2 "key" 4 align 4
 *   b3:
 *     store.u32 v2, v1 align 4
 *     v4 = load.u32 i32 v0 align 4 !120
 *     branch v4, b5, b6 likely
 *   ...
 *   }
 *
 * `!120` is the source location, written when asked for. C types and leaf ids of constants are not part of the text.
 */
import type { AnyValue, Block, Function, GlobalVariable, Module, Symbol, Value } from "./module.ts";
import { signedValue } from "./module.ts";
import type { AsmInfo, Type } from "./ops.ts";
import { ops } from "./ops.ts";
import { unreachable } from "../source/unreachable.ts";

export interface PrintOptions {
  /** Write each value's source location. */
  readonly locations: boolean;
}

export function printModule(module: Module, options: PrintOptions = { locations: false }): string {
  const parts: string[] = [];
  for (const asm of module.asm) parts.push(`asm ${quote(asm.text)}\n`);
  for (const { name, target, linkage, hidden } of module.aliases) {
    parts.push(`alias @${name} @${target.name} ${linkage}${hidden ? " hidden" : ""}\n`);
  }
  for (const variable of module.variables) parts.push(printVariable(variable));
  for (const fn of module.functions) {
    if (parts.length > 0) parts.push("\n");
    parts.push(printFunction(fn, options));
  }
  return parts.join("");
}

export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Attributes that functions and variables share, each with a leading space. */
function symbolWords(symbol: Symbol): string {
  let words = " " + symbol.linkage;
  if (symbol.hidden) words += " hidden";
  if (symbol.used) words += " used";
  if (symbol.section !== undefined) words += " section " + quote(symbol.section);
  for (const tag of symbol.declTags) words += " tag " + quote(tag);
  return words;
}

function printVariable(variable: GlobalVariable): string {
  let text = `variable @${variable.name}${symbolWords(variable)} size ${variable.size} align ${variable.align}`;
  if (variable.constant) text += " constant";
  if (variable.common) text += " common";
  if (variable.isString) text += " string";
  const init = variable.initializer;
  if (init === undefined) return text + " extern\n";
  if (init.bytes !== undefined) {
    text += " bytes " + quote(Array.from(init.bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  for (const reloc of init.relocations) {
    text += ` reloc ${reloc.offset} ${reloc.size} @${reloc.symbol.name} ${reloc.addend}`;
  }
  return text + "\n";
}

export function printFunction(fn: Function, options: PrintOptions = { locations: false }): string {
  const params = fn.params.map((param) => `v${param.id}: ${param.type}`).join(", ");
  let head = `function @${fn.name}(${params}) -> ${fn.returns}${symbolWords(fn)}`;
  if (fn.inlining !== "none") head += " inline " + fn.inlining;
  if (fn.align !== 8) head += " align " + fn.align;
  if (fn.naked) head += " naked";
  if (fn.noreturn) head += " noreturn";
  if (fn.pure) head += " pure";
  if (options.locations) head += ` !${fn.loc} end ${fn.end}`;
  if (fn.blocks.length === 0) return head + "\n";
  const lines = [head + " {"];
  for (const slot of fn.slots) {
    const { name, size, align, temporary } = slot.aux;
    lines.push(`  slot v${slot.id} ${quote(name)} ${size} align ${align}${temporary ? " temporary" : ""}`);
  }
  for (const block of fn.blocks) {
    lines.push(`b${block.id}:${block.unroll === undefined ? "" : " unroll " + block.unroll}`);
    for (const value of block.values) {
      lines.push("  " + printValue(value) + (options.locations ? ` !${value.loc}` : ""));
    }
  }
  lines.push("}\n");
  return lines.join("\n");
}

/** One line without indentation: `v7 = add i32 v3, 5`. */
export function printValue(value: AnyValue): string {
  if (ops[value.op].leaf) return printArgument(value, undefined);
  // An asm has no value of its own, but its results name it.
  const head = value.type === "void" && value.op !== "asm" ? "" : `v${value.id} = `;
  const type = value.type === "void" ? "" : " " + value.type;
  const text = head + value.op + suffix(value) + type;
  const rest = printRest(value);
  return rest === "" ? text : text + " " + rest;
}

/** What stands behind the op's dot. */
function suffix(value: AnyValue): string {
  switch (value.op) {
    case "extend": return `.${value.aux.signed ? "s" : "u"}${value.aux.from}`;
    case "bswap": case "compare": case "fcompare": case "skbload": case "asmresult": return `.${value.aux}`;
    case "addrspace": return `.${value.aux.from}.${value.aux.to}`;
    case "fromint": return value.aux.signed ? ".s" : ".u";
    case "toint": return `.${value.aux.signed ? "s" : "u"}${value.aux.bits}${value.aux.shift === 0 ? "" : ".high"}`;
    case "load": return `.${value.aux.signed ? "s" : "u"}${value.aux.bytes * 8}`;
    case "store": return `.u${value.aux.bytes * 8}`;
    case "memcpy": case "memmove": case "memset": case "memcmp": return `.${value.aux.bytes}`;
    case "memvar": return `.${value.aux.operator}`;
    case "atomic": return `.${value.aux.operator}.${value.aux.bytes}`;
    case "call": {
      const callee = value.aux.callee;
      switch (callee.kind) {
        case "helper": return `.helper.${callee.id}`;
        case "function": return ".function";
        case "indirect": return ".indirect";
        default: return unreachable(callee);
      }
    }
    default: return "";
  }
}

function printRest(value: AnyValue): string {
  switch (value.op) {
    case "alloca": {
      const { array, align, reusable } = value.aux;
      const name = array === undefined ? "" : ` ${quote(array)}`;
      return `${printArguments(value)} align ${align}${reusable ? " reusable" : ""}${name}`;
    }
    case "phi":
      return value.args.map((arg, i) => `[b${value.aux.blocks[i].id} ${printArgument(arg, value.type)}]`).join(" ");
    case "jump": return `b${value.aux.target.id}`;
    case "branch": {
      const hint = value.aux.likely === undefined ? "" : value.aux.likely ? " likely" : " unlikely";
      return `${printArguments(value)}, b${value.aux.then.id}, b${value.aux.else.id}${hint}`;
    }
    case "switch": {
      const cases = value.aux.cases.map((c) => `[${c.low}${c.high === c.low ? "" : ".." + c.high} b${c.target.id}]`);
      return [printArguments(value), ...cases, `b${value.aux.default.id}`].join(" ");
    }
    case "load": case "store": case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar":
      return `${printArguments(value)} align ${value.aux.align}${value.aux.volatile ? " volatile" : ""}`;
    case "call": {
      const callee = value.aux.callee;
      const name = callee.kind === "function" ? "@" + callee.function.name : "";
      return `${name}(${printArguments(value)})`;
    }
    case "asm": return printAsm(value, value.aux);
    default: return printArguments(value);
  }
}

function printAsm(value: Value<"asm">, info: AsmInfo): string {
  let text = `${quote(info.text)}${info.volatile ? " volatile" : ""} (${printArguments(value as AnyValue)})`;
  for (const operand of info.operands) {
    text += ` [${operand.kind} ${operand.width} ${operand.arg} ${operand.number}`;
    text += `${operand.name === undefined ? "" : " " + quote(operand.name)}]`;
  }
  for (const clobber of info.clobbers) text += ` clobber ${quote(clobber)}`;
  return text;
}

function printArguments(value: AnyValue): string {
  return value.args.map((arg, i) => printArgument(arg, argumentType(value.op, value.type, i))).join(", ");
}

/** The type that the op fixes for an argument; undefined when the argument must tell. */
export function argumentType(op: AnyValue["op"], type: Type, index: number): Type | undefined {
  const rule = ops[op].arguments;
  if (rule === "same") return type;
  if (rule === "special") return undefined;
  return rule[index];
}

/** An argument: `v3`, `5`, `i64 5`, `null`, `undef`, `@name`. */
export function printArgument(value: AnyValue, expected: Type | undefined): string {
  switch (value.op) {
    case "const":
      if (value.type === "ptr" && value.aux === 0n) return "null";
      return (value.type === expected ? "" : value.type + " ") + signedValue(value);
    case "undef": return (value.type === expected ? "" : value.type + " ") + "undef";
    case "symbol": return "@" + value.aux.name;
    case "core": {
      const { kind, name, access, value: local } = value.aux;
      return `core(${kind} ${quote(name)} ${quote(access)} ${local})`;
    }
    default: return `v${value.id}`;
  }
}

/** `@main b3 v7`: how errors name a place. */
export function placeName(fn: Function, block: Block | undefined, value: AnyValue | undefined): string {
  let text = "@" + fn.name;
  if (block !== undefined) text += ` b${block.id}`;
  if (value !== undefined) text += `: ${printValue(value)}`;
  return text;
}
