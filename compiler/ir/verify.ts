/**
 * What well-formed IR is. `verify` collects every violation as one line of text; an empty list means a sound module.
 *
 * Module: names are unique, those of aliases too, whose targets are definitions that must stay; symbols that the code
 * refers
 *   to stand in the module.
 * Function: a definition has blocks; the entry has no predecessors and no phis; every block is reachable from the
 * entry.
 *   Block and value ids are unique and below `nextId`.
 * Block: not empty; phis first; exactly one terminator, last. `preds` holds each predecessor once and nothing else.
 * Value: `block` is the block that lists it. Arguments are leaves of this function, or stand in its blocks, and every
 * use
 *   is dominated by its definition (a phi uses its argument at the end of the predecessor). `uses` of a counted value holds
 *   its user once for each argument position.
 * Types, by the op table; and beyond it:
 *   constants are wrapped to their type; pointer constants are allowed (absolute addresses, null);
 *   extend: i32 or i64 to i32 or i64, `from` at most the argument's width and below the result's;
 *   bswap: 64 only on i64; compare: two arguments of one type; shift counts have the shifted type;
 *   load and store of a pointer is 8 bytes; a value is at least as wide as the bytes stored; a load's result is at least as
 *   wide as the bytes loaded, and `signed` needs a narrower access; alignment is a power of two;
 *   atomic: address, operand, for compareExchange the expected value between them; all of one type, i64 for 8 bytes;
 *   skbload: context, integer offset;
 *   memvar: (ptr, ptr, i64), (ptr, i32, i64) for memset; call of a function: arity and types as declared, unless it is
 *   declared only (then C lets a call differ); helpers and indirect calls: any; at most 5 arguments is checked elsewhere;
 *   asmresult's argument is an asm; lifestart and lifeend take a slot; isconstant takes any value;
 *   branch takes a value of any type, switch an integer, its cases ordered pairs that do not overlap;
 *   return matches the function's type; phi entries are one for each predecessor.
 */
import type { Dominators } from "./dominators.ts";
import { dominates, dominators } from "./dominators.ts";
import type { AnyValue, Block, Function, Module } from "./module.ts";
import { isTerminator, targets } from "./module.ts";
import type { Type } from "./ops.ts";
import { ops } from "./ops.ts";
import { placeName } from "./print.ts";

export function verify(module: Module): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  for (const symbol of [...module.variables, ...module.functions]) {
    if (names.has(symbol.name)) problems.push(`@${symbol.name} is defined twice`);
    names.add(symbol.name);
  }
  const known = new Set<object>([...module.variables, ...module.functions]);
  for (const { name, target } of module.aliases) {
    if (names.has(name)) problems.push(`@${name} is defined twice`);
    names.add(name);
    if (!known.has(target)) problems.push(`@${name} stands for @${target.name}, which is not in the module`);
    else if (!target.used) problems.push(`@${target.name} has an alias and is not used`);
  }
  for (const variable of module.variables) {
    for (const { symbol } of variable.initializer?.relocations ?? []) {
      if (!known.has(symbol)) problems.push(`@${variable.name}: refers to @${symbol.name}, which is not in the module`);
    }
  }
  for (const fn of module.functions) problems.push(...verifyFunction(fn, known));
  return problems;
}

/** The same for these functions of the module alone. */
export function verifyFunctions(functions: readonly Function[], module: Module): string[] {
  const known = new Set<object>([...module.variables, ...module.functions]);
  return functions.flatMap((fn) => verifyFunction(fn, known));
}

/** `known`: the module's symbols; undefined skips that check. */
export function verifyFunction(fn: Function, known?: ReadonlySet<object>): string[] {
  const problems: string[] = [];
  const say = (block: Block | undefined, value: AnyValue | undefined, text: string): void => {
    problems.push(`${placeName(fn, block, value)}: ${text}`);
  };
  if (fn.blocks.length === 0) return problems;
  verifyShape(fn, say);
  // Dominance needs a sound graph.
  if (problems.length > 0) return problems;
  verifyUses(fn, dominators(fn), known, say);
  for (const block of fn.blocks) {
    for (const value of block.values) verifyTypes(fn, value, (text) => say(block, value, text));
  }
  return problems;
}

type Say = (block: Block | undefined, value: AnyValue | undefined, text: string) => void;

/** Blocks, terminators, edges, ids. */
function verifyShape(fn: Function, say: Say): void {
  const blocks = new Set(fn.blocks);
  const taken = new Uint8Array(fn.nextId);
  const takeId = (id: number, block: Block, value: AnyValue | undefined): void => {
    if (taken[id] !== 0) say(block, value, `id ${id} is taken or not below nextId`);
    taken[id] = 1;
  };
  /** Where edges come from, by the id of the block that they lead to; each once. */
  const preds: Block[][] = [];
  for (const block of fn.blocks) preds[block.id] = [];
  for (const block of fn.blocks) {
    takeId(block.id, block, undefined);
    if (block.function !== fn) say(block, undefined, "belongs to another function");
    const last = block.values.at(-1);
    if (last === undefined || !isTerminator(last)) {
      say(block, undefined, "has no terminator");
      continue;
    }
    let phisOver = false;
    for (const value of block.values) {
      takeId(value.id, block, value);
      if (value.block !== block) say(block, value, "does not know its block");
      if (ops[value.op].leaf) say(block, value, "a leaf stands in a block");
      if (value !== last && isTerminator(value)) say(block, value, "a terminator stands before the end");
      if (value.op !== "phi") phisOver = true;
      else if (phisOver) say(block, value, "a phi stands behind another value");
    }
    for (const target of targets(last)) {
      if (!blocks.has(target)) {
        say(block, last, `goes to b${target.id}, which is not in the function`);
        continue;
      }
      // Edges of one block follow each other.
      const known = preds[target.id];
      if (known.at(-1) !== block) known.push(block);
    }
  }
  for (const block of fn.blocks) {
    const expected = preds[block.id];
    const actual = block.preds;
    if (actual.length === expected.length && actual.length < 2 && actual[0] === expected[0]) continue;
    const [wanted, recorded] = [new Set(expected), new Set(actual)];
    if (recorded.size !== actual.length) say(block, undefined, "a predecessor is listed twice");
    for (const pred of wanted) if (!recorded.has(pred)) say(block, undefined, `predecessor b${pred.id} is not recorded`);
    for (const pred of recorded) if (!wanted.has(pred)) say(block, undefined, `recorded predecessor b${pred.id} is none`);
  }
  const entry = fn.blocks[0];
  if (entry.preds.length > 0) say(entry, undefined, "the entry has predecessors");
  if (entry.values[0]?.op === "phi") say(entry, undefined, "the entry has phis");
}

/** Arguments, uses, dominance, phi entries. Ids are known to be sound. */
function verifyUses(fn: Function, dom: Dominators, known: ReadonlySet<object> | undefined, say: Say): void {
  /** By id: the values that stand in blocks, where in their block, and how many arguments they are. */
  const standing: (AnyValue | undefined)[] = new Array<undefined>(fn.nextId).fill(undefined);
  const position = new Int32Array(fn.nextId);
  const counts = new Int32Array(fn.nextId);
  for (const block of fn.blocks) {
    if (!dom.index.has(block)) say(block, undefined, "is unreachable");
    for (const [i, value] of block.values.entries()) {
      standing[value.id] = value;
      position[value.id] = i;
    }
  }
  /** Parameters and slots, with how many arguments they are. */
  const leaves = new Map<AnyValue, number>([...fn.params, ...fn.slots].map((leaf) => [leaf, 0]));
  const verifyArgument = (block: Block, user: AnyValue, arg: AnyValue | undefined, i: number): void => {
    if (arg === undefined) {
      say(block, user, `argument ${i} is missing`);
      return;
    }
    if (ops[arg.op].leaf) {
      const count = leaves.get(arg);
      if (count !== undefined) leaves.set(arg, count + 1);
      else if (arg.op === "param") say(block, user, `uses a parameter of another function`);
      else if (arg.op === "slot") say(block, user, `uses v${arg.id}, a slot that the function has not`);
      if (arg.op === "symbol" && known !== undefined && !known.has(arg.aux)) {
        say(block, user, `@${arg.aux.name} is not in the module`);
      }
      if (arg.op === "const" && arg.aux !== BigInt.asUintN(arg.type === "i32" ? 32 : 64, arg.aux)) {
        say(block, user, `constant ${arg.aux} is not wrapped`);
      }
      return;
    }
    if (arg.block === undefined || standing[arg.id] !== arg) {
      say(block, user, `uses v${arg.id}, which stands in no block`);
      return;
    }
    counts[arg.id]++;
    const from = user.op === "phi" ? user.aux.blocks[i] : undefined;
    const ok = from !== undefined
      ? dominates(dom, arg.block, from)
      : arg.block === block ? position[arg.id] < position[user.id] : dominates(dom, arg.block, block);
    if (!ok) say(block, user, `v${arg.id} does not dominate its use`);
  };
  for (const block of fn.blocks) {
    for (const user of block.values) {
      for (let i = 0; i < user.args.length; i++) verifyArgument(block, user, user.args[i], i);
      if (user.op === "phi") verifyPhi(block, user.aux.blocks, user.args.length, (text) => say(block, user, text));
      if (user.op === "call" && user.aux.callee.kind === "function" && known?.has(user.aux.callee.function) === false) {
        say(block, user, `@${user.aux.callee.function.name} is not in the module`);
      }
    }
  }
  // Values with many arguments (phis, as a rule) are looked through once.
  const long = new Map<AnyValue, ReadonlySet<AnyValue>>();
  const uses = (user: AnyValue, value: AnyValue): boolean => {
    if (user.args.length < 8) return user.args.includes(value);
    let known = long.get(user);
    if (known === undefined) long.set(user, known = new Set(user.args));
    return known.has(value);
  };
  const verifyCount = (value: AnyValue, expected: number): void => {
    if (value.uses.length !== expected) say(value.block, value, `records ${value.uses.length} uses, has ${expected}`);
    for (const user of value.uses) {
      if (!uses(user, value)) say(value.block, value, `records a use by v${user.id}, which does not use it`);
    }
  };
  for (const [leaf, expected] of leaves) verifyCount(leaf, expected);
  for (const block of fn.blocks) for (const value of block.values) verifyCount(value, counts[value.id]);
}

function verifyPhi(block: Block, blocks: readonly Block[], args: number, say: (text: string) => void): void {
  if (blocks.length !== args) say(`has ${args} arguments for ${blocks.length} blocks`);
  const counts = new Map<Block, number>(block.preds.map((pred) => [pred, 0]));
  for (const from of blocks) {
    const count = counts.get(from);
    if (count === undefined) say(`has an entry for b${from.id}, which is no predecessor`);
    else counts.set(from, count + 1);
  }
  for (const [pred, count] of counts) if (count !== 1) say(`has ${count} entries for predecessor b${pred.id}`);
}

function width(type: Type): number {
  return type === "void" ? 0 : type === "i32" ? 4 : 8;
}

function isInteger(type: Type): boolean {
  return type === "i32" || type === "i64";
}

function verifyTypes(fn: Function, value: AnyValue, say: (text: string) => void): void {
  const info = ops[value.op];
  if (info.arity !== undefined && value.args.length !== info.arity) {
    say(`has ${value.args.length} arguments, not ${info.arity}`);
    return;
  }
  if (!info.types.includes(value.type)) say(`cannot have type ${value.type}`);
  value.args.forEach((arg, i) => {
    if (arg.type === "void" && value.op !== "asmresult") say(`argument ${i} has no value`);
    const rule = info.arguments;
    const expected = rule === "same" ? value.type : rule === "special" ? undefined : rule[i];
    if (expected !== undefined && arg.type !== expected) say(`argument ${i} is ${arg.type}, not ${expected}`);
  });
  if ("aux" in value && value.aux !== undefined && typeof value.aux === "object" && "align" in value.aux) {
    const { align } = value.aux;
    if (align < 1 || (align & (align - 1)) !== 0) say(`alignment ${align} is no power of two`);
  }
  const types = value.args.map((arg) => arg.type);
  switch (value.op) {
    case "extend":
      if (!isInteger(types[0])) say("extends no integer");
      if (value.aux.from > width(types[0]) * 8) say("extends from more bits than the argument has");
      if (value.aux.from >= width(value.type) * 8) say("extends from all bits of the result");
      break;
    case "bswap":
      if (value.aux > width(value.type) * 8) say("swaps more bits than there are");
      break;
    case "compare":
      if (types[0] !== types[1]) say("compares different types");
      break;
    case "fcompare":
      if (types[0] !== types[1] || !isInteger(types[0])) say("compares no two floating values of one format");
      if (value.aux < 0 || value.aux > 15) say(`has no set of outcomes ${value.aux}`);
      break;
    case "fresize":
      if (!isInteger(types[0]) || types[0] === value.type) say("resizes between no two formats");
      break;
    case "fromint":
      if (types.length === 2 ? types.some((t) => t !== "i64") : types.length !== 1 || !isInteger(types[0])) {
        say("converts no integer");
      }
      break;
    case "toint":
      if (!isInteger(types[0])) say("converts no floating value");
      if (value.aux.bits < 1 || value.aux.bits > width(value.type) * 8) say("wraps to more bits than the result has");
      break;
    case "load":
      if (value.aux.bytes > width(value.type)) say("loads more bytes than the result has");
      if (value.type === "ptr" && value.aux.bytes !== 8) say("a pointer is 8 bytes");
      if (value.aux.signed && value.aux.bytes === width(value.type)) say("sign is meaningless here");
      break;
    case "store":
      if (types[0] !== "ptr") say("stores to no pointer");
      if (value.aux.bytes > width(types[1])) say("stores more bytes than the value has");
      if (types[1] === "ptr" && value.aux.bytes !== 8) say("a pointer is 8 bytes");
      break;
    case "memcpy": case "memmove": case "memset": case "memcmp":
      if (!Number.isInteger(value.aux.bytes) || value.aux.bytes < 0) say("has no sensible size");
      break;
    case "memvar": {
      const second = value.aux.operator === "memset" ? "i32" : "ptr";
      if (types[0] !== "ptr" || types[1] !== second || types[2] !== "i64") say("has wrong argument types");
      if (value.type !== (value.aux.operator === "memcmp" ? "i32" : "void")) say("has the wrong type");
      break;
    }
    case "atomic": {
      const { operator, bytes } = value.aux;
      const isStore = operator === "storeRelease";
      const type: Type = bytes <= 4 && (isStore ? types[1] : value.type) === "i32" ? "i32" : "i64";
      const count = operator === "loadAcquire" ? 1 : operator === "compareExchange" ? 3 : 2;
      if (types.length !== count || types[0] !== "ptr" || types.slice(1).some((t) => t !== type)) say("has wrong arguments");
      if (value.type !== (isStore ? "void" : type)) say(`cannot have type ${value.type}`);
      if (bytes < 4 && operator !== "storeRelease" && operator !== "loadAcquire") say(`has no form of ${bytes} bytes`);
      break;
    }
    case "skbload":
      if (types[0] !== "ptr" || !isInteger(types[1])) say("has wrong argument types");
      break;
    case "call": verifyCall(value.aux.callee, types, value.type, say); break;
    case "asmresult":
      if (value.args[0].op !== "asm") say("belongs to no asm");
      break;
    case "lifestart": case "lifeend":
      if (value.args[0].op !== "slot") say("speaks of no slot");
      break;
    case "switch":
      if (!isInteger(types[0])) say("switches on no integer");
      verifyCases(value.aux.cases, say);
      break;
    case "return":
      if (fn.returns === "void" ? types.length !== 0 : types.length !== 1 || types[0] !== fn.returns) {
        say(`does not return ${fn.returns}`);
      }
      break;
    default: break;
  }
}

function verifyCall(
  callee: (AnyValue & { op: "call" })["aux"]["callee"], types: readonly Type[], type: Type, say: (text: string) => void,
): void {
  if (callee.kind === "indirect" && types[0] !== "ptr") say("calls no pointer");
  if (callee.kind !== "function" || callee.function.blocks.length === 0) return;
  const params = callee.function.params;
  if (params.length !== types.length) say(`passes ${types.length} arguments for ${params.length} parameters`);
  else if (params.some((param, i) => param.type !== types[i])) say("passes arguments of other types");
  if (type !== callee.function.returns) say(`takes ${type} from a function that returns ${callee.function.returns}`);
}

function verifyCases(cases: readonly { low: bigint; high: bigint }[], say: (text: string) => void): void {
  const sorted = [...cases].sort((a, b) => (a.low < b.low ? -1 : 1));
  sorted.forEach((c, i) => {
    if (c.low > c.high) say(`case ${c.low}..${c.high} is empty`);
    if (i > 0 && c.low <= sorted[i - 1].high) say(`case ${c.low} is there twice`);
  });
}
