/**
 * lower: Program -> ir.Module. The room's door.
 *
 * Functions that are defined and external, used, or reached from one that is lowered get a body; what nothing refers to
 * is left out. Every automatic variable is a stack slot here: promotion to SSA is the optimiser's. Lowering reports
 * only what the target cannot do; the program is right C by now.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import type { FunctionBody, FunctionDecl, Program, Variable } from "../ast/program.ts";
import { isRecord, isVoid } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { createBlock, createSlot, createValue, isTerminated, terminate, undef } from "../ir/module.ts";
import type { AnyValue, Module } from "../ir/module.ts";
import { cutOff, finish, functionContext, offset, store } from "./context.ts";
import type { FunctionContext, ModuleContext } from "./context.ts";
import { functionSymbol, symbolOf } from "./globals.ts";
import { numberLabels } from "./labels.ts";
import { hasOwnConvention, refusal, registerTypes, unpackParameters } from "./parameters.ts";
import { resolveGotos, statement } from "./statement.ts";
import { accessOf, isWide, recordRegisters, returnsInMemory, scalar } from "./values.ts";

/** Lowers a checked program. Errors of the target's limits go to `diagnostics`; the module is then not to be used. */
export function lower(program: Program, options: CodeOptions, diagnostics: Diagnostics): Module {
  const m: ModuleContext = {
    module: { functions: [], variables: [], aliases: [], asm: [...program.asm] },
    options,
    diagnostics,
    symbols: new Map(),
    strings: new Map(),
    labelNumbers: numberLabels(program),
    generated: new Map(),
    definitions: definitionsOf(program),
    names: new Map(),
    weakReferences: new Map(),
  };
  for (const variable of program.variables) {
    const isDefined = variable.definition !== "extern" || variable.attributes.alias !== undefined;
    if (isRoot(variable.linkage, variable.attributes.used, isDefined)) symbolOf(m, variable);
  }
  for (const decl of program.functions) {
    const isDefined = (decl.body !== undefined && !decl.inlineOnly) || decl.attributes.alias !== undefined;
    if (isRoot(decl.linkage, decl.attributes.used, isDefined)) symbolOf(m, decl);
  }
  // Bodies in the order of the source, as often as a body brings in a function before it.
  const done = new Set<FunctionDecl>();
  for (let more = true; more;) {
    more = false;
    for (const decl of program.functions) {
      if (decl.body === undefined || done.has(decl) || !m.symbols.has(decl)) continue;
      done.add(decl);
      more = true;
      lowerFunction(m, decl, decl.body);
    }
  }
  const order = new Map(program.functions.map((decl, i) => [m.symbols.get(decl), i]));
  m.module.functions.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return m.module;
}

/** What an alias may stand for, by ELF name. */
function definitionsOf(program: Program): Map<string, FunctionDecl | Variable> {
  const result = new Map<string, FunctionDecl | Variable>();
  for (const decl of program.functions) {
    if (decl.body !== undefined || isAlias(decl)) result.set(decl.attributes.symbol, decl);
  }
  for (const variable of program.variables) {
    const isDefined = isAlias(variable) || (variable.definition !== "extern" && !variable.attributes.weakref);
    if (isDefined && variable.owner === undefined) result.set(variable.attributes.symbol, variable);
  }
  return result;
}

/** Does the declaration give a definition another name? A weak reference does not. */
function isAlias({ attributes }: FunctionDecl | Variable): boolean {
  return attributes.alias !== undefined && !attributes.weakref;
}

function isRoot(linkage: "external" | "internal" | "none", used: boolean, defined: boolean): boolean {
  return defined && (linkage === "external" || used);
}

function lowerFunction(m: ModuleContext, decl: FunctionDecl, body: FunctionBody): void {
  const fn = functionSymbol(m, decl);
  reportConvention(m, decl);
  const f = functionContext(m, fn, decl, createBlock(fn), returnsInMemory(decl.type.returns) ? fn.params[0] : undefined);
  if (!decl.naked) bindParameters(f, body);
  statement(f, { kind: "block", statements: body.statements, loc: decl.loc, end: body.end });
  f.loc = body.end;
  closeBody(f);
  resolveGotos(f);
  finish(f);
}

/** More arguments than registers are no secret to a caller in another object, who would pass them otherwise. */
function reportConvention(m: ModuleContext, decl: FunctionDecl): void {
  const { name, loc } = decl;
  const what = decl.type.variadic ? "variable arguments" : `${registerTypes(decl).length} arguments`;
  if (!hasOwnConvention(decl)) {
    const reason = refusal(decl);
    if (decl.type.variadic && reason !== undefined) {
      m.diagnostics.error(loc, `'${name}' takes variable arguments, for which BPF has no convention, and ${reason}`);
    }
  } else if (decl.linkage === "external" && !decl.inlineOnly) {
    m.diagnostics.warning("bpf-abi", loc,
      `no other object can call '${name}', which takes ${what}: BPF has no convention for more than five; make it static`);
  }
}

/** The return at the end of a body that was reached without one: its result is undefined (C11 6.9.1p12). */
function closeBody(f: FunctionContext): void {
  if (isTerminated(f.block)) return;
  if (f.decl.naked) {
    cutOff(f);
    return;
  }
  const { fn } = f;
  const args: AnyValue[] = isVoid(f.decl.type.returns) || returnsInMemory(f.decl.type.returns) ? [] : [undef(fn, fn.returns)];
  terminate(f.block, createValue(fn, "return", "void", args, undefined, f.loc));
}

/** Parameters get slots like every variable; records arrive in pieces or by address. */
function bindParameters(f: FunctionContext, body: FunctionBody): void {
  const values = unpackParameters(f);
  let next = f.result === undefined ? 0 : 1;
  for (const variable of body.parameters) {
    f.loc = variable.loc;
    const record = isRecord(variable.type) || isWide(variable.type);
    const registers = record ? recordRegisters(variable.type) : 1;
    if (registers < 0) {
      f.variables.set(variable, values[next++]);
      continue;
    }
    const align = Math.max(alignOf(variable.type), variable.attributes.align, record ? 8 : 1);
    const size = record ? registers * 8 : sizeOf(variable.type);
    const slot = createSlot(f.fn, { name: variable.name, size, align, temporary: false }, variable.loc);
    f.variables.set(variable, slot);
    if (!record) {
      store(f, slot, values[next++], accessOf(scalar(f, variable.type), align, false));
      continue;
    }
    for (let i = 0; i < registers; i++) {
      store(f, offset(f, slot, i * 8), values[next++], { bytes: 8, align: 8, volatile: false });
    }
  }
  if (next !== values.length) throw new Error(`${f.fn.name} has ${values.length} parameters, ${next} bound`);
}

