/**
 * Symbols: functions, static objects and string literals of the program as module symbols.
 *
 * A symbol is made when it is first met, so that what nothing refers to is never there; what must be emitted all the
 * same (external definitions, `used`) is asked for by lower.ts. Static locals are named `function.variable` as clang
 * names them, with a number when that name is taken.
 */
import { unreachable } from "../source/unreachable.ts";
import type {
  AddressConstant, FunctionDecl, Label, StaticInitializer, StringLiteral, Variable,
} from "../ast/program.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { arrayOf, charType, constOf, isConst, isVoid, unsignedIntType, unsignedShortType } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { createValue, symbolAddress } from "../ir/module.ts";
import type { AnyValue, Function, GlobalVariable, Initializer, Linkage, Symbol, Value } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import type { FunctionContext, ModuleContext } from "./context.ts";
import { labelConstant } from "./labels.ts";
import { hasOwnConvention, parameterTypes } from "./parameters.ts";
import { returnsInMemory, scalarOf } from "./values.ts";

/** The symbol of a function or a static object. */
export function symbolOf(m: ModuleContext, decl: FunctionDecl | Variable): Symbol {
  const known = m.symbols.get(decl);
  if (known !== undefined) return known;
  return decl.kind === "function" ? functionSymbol(m, decl) : variableSymbol(m, decl);
}

export function functionSymbolAddress(f: FunctionContext, decl: FunctionDecl): AnyValue {
  return symbolAddress(f.fn, symbolOf(f.m, decl));
}

/** An alias may stand for another one; what is found is an alias itself when they stand for one another. */
function behindAliases(m: ModuleContext, decl: FunctionDecl | Variable, name: string): FunctionDecl | Variable | undefined {
  const seen = new Set([decl]);
  let found = m.definitions.get(name);
  while (found?.attributes.alias !== undefined && !seen.has(found)) {
    seen.add(found);
    found = m.definitions.get(found.attributes.alias);
  }
  return found;
}

/** The definition that a declaration is an alias of; what refers to the declaration refers to it. */
function aliasTarget(m: ModuleContext, decl: FunctionDecl | Variable, name: string): Symbol | undefined {
  const definition = behindAliases(m, decl, name);
  if (definition === undefined && decl.attributes.weakref) return weakReference(m, decl, name);
  if (definition?.attributes.alias !== undefined) {
    m.diagnostics.error(decl.loc, "alias definition is part of a cycle");
    return undefined;
  }
  if (definition === undefined || definition.kind !== decl.kind) {
    m.diagnostics.error(decl.loc, "alias must point to a defined variable or function");
    return undefined;
  }
  const target = symbolOf(m, definition);
  target.used = true;
  // Another name needs a place to be a name of.
  if (target.kind === "variable") target.common = false;
  m.symbols.set(decl, target);
  if (decl.linkage === "external") {
    const isLocal = definition.kind === "function" && hasOwnConvention(definition);
    const linkage = isLocal ? "local" : linkageOf(decl.attributes.weak, "external");
    m.module.aliases.push({ name: uniqueName(m, decl.attributes.symbol), target, linkage, hidden: isHidden(m, decl, true) });
  }
  return target;
}

/** What a `weakref` declaration means by a name that is not defined: a reference is weak as long as no other is made. */
function weakReference(m: ModuleContext, decl: FunctionDecl | Variable, name: string): Symbol | undefined {
  const isNamed = (symbol: Symbol): boolean => symbol.name === name && symbol.kind === decl.kind;
  const known = [...m.module.functions, ...m.module.variables].find(isNamed);
  if (known !== undefined) {
    m.symbols.set(decl, known);
    return known;
  }
  if (m.names.has(name)) {
    m.diagnostics.error(decl.loc, `weakref target '${name}' is ${decl.kind === "function" ? "no function" : "a function"}`);
    return undefined;
  }
  const attributes = { ...decl.attributes, symbol: name, weak: true, alias: undefined, weakref: false, section: undefined };
  const symbol = decl.kind === "function" ? functionSymbol(m, { ...decl, linkage: "external", attributes })
    : variableSymbol(m, { ...decl, linkage: "external", definition: "extern", attributes });
  m.symbols.set(decl, symbol);
  m.weakReferences.set(name, symbol);
  return symbol;
}

/** An undefined symbol that a weak reference made, now that the declaration of its own name refers to it. */
function referredTo(m: ModuleContext, decl: FunctionDecl | Variable): Symbol | undefined {
  const known = m.weakReferences.get(decl.attributes.symbol);
  if (known === undefined || known.kind !== decl.kind || decl.linkage !== "external") return undefined;
  if (!decl.attributes.weak) known.linkage = "global";
  m.symbols.set(decl, known);
  return known;
}

/**
 * The function's symbol, without a body yet. A definition that is only to be inlined is this object's own where it is
 * not.
 */
export function functionSymbol(m: ModuleContext, decl: FunctionDecl): Function {
  const alias = decl.attributes.alias;
  const known = m.symbols.get(decl) ?? (alias === undefined ? referredTo(m, decl) : aliasTarget(m, decl, alias));
  if (known !== undefined && known.kind === "function") return known;
  const isOwn = hasOwnConvention(decl) || (decl.inlineOnly && decl.body !== undefined);
  const fn: Function = {
    kind: "function",
    name: uniqueName(m, decl.attributes.symbol),
    loc: decl.loc,
    linkage: isOwn ? "local" : linkageOf(decl.attributes.weak, decl.linkage),
    hidden: isHidden(m, decl, decl.body !== undefined),
    section: decl.attributes.section,
    declTags: decl.attributes.declTags,
    ctype: decl.type,
    used: decl.attributes.used,
    params: [],
    returns: returnType(decl),
    blocks: [],
    slots: [],
    inlining: decl.inlining,
    align: Math.max(8, decl.attributes.align),
    naked: decl.naked,
    noreturn: decl.noreturn,
    pure: decl.pure,
    callAdvice: decl.callAdvice,
    end: decl.body?.end ?? decl.loc,
    nextId: 0,
    leaves: new Map<string, AnyValue>(),
  };
  for (const type of parameterTypes(decl)) {
    fn.params.push(createValue(fn, "param", type, [], fn.params.length, decl.loc) as Value<"param">);
  }
  m.symbols.set(decl, fn);
  m.module.functions.push(fn);
  return fn;
}

function returnType(decl: FunctionDecl): Type {
  if (isVoid(decl.type.returns) || returnsInMemory(decl.type.returns)) return "void";
  return scalarOf(decl.type.returns)?.type ?? "i32";
}

function variableSymbol(m: ModuleContext, decl: Variable): Symbol {
  const target = decl.attributes.alias === undefined ? referredTo(m, decl) : aliasTarget(m, decl, decl.attributes.alias);
  if (target !== undefined) return target;
  const wanted = decl.owner === undefined ? decl.attributes.symbol : `${decl.owner.attributes.symbol}.${decl.attributes.symbol}`;
  const initializer: Initializer | undefined = decl.definition === "extern" ? undefined : { bytes: undefined, relocations: [] };
  const variable: GlobalVariable = {
    kind: "variable",
    name: uniqueName(m, wanted),
    loc: decl.loc,
    linkage: linkageOf(decl.attributes.weak, decl.linkage === "external" ? "external" : "internal"),
    hidden: isHidden(m, decl, decl.definition !== "extern"),
    section: decl.attributes.section,
    declTags: decl.attributes.declTags,
    ctype: decl.type,
    used: decl.attributes.used,
    size: objectSize(decl),
    align: Math.max(alignOf(decl.type), decl.attributes.align),
    initializer,
    constant: isConstObject(decl.type),
    isString: false,
    common: isCommon(m, decl),
  };
  // Registered before its initialiser is read: that may refer back to it.
  m.symbols.set(decl, variable);
  m.module.variables.push(variable);
  if (decl.initializer !== undefined) variable.initializer = initializerOf(m, decl.initializer);
  return variable;
}

/** BPF objects know two visibilities: what is hidden from other objects, and what is not. */
function isHidden(m: ModuleContext, decl: FunctionDecl | Variable, isDefined: boolean): boolean {
  const { visibility } = decl.attributes;
  if (visibility === undefined) return isDefined && decl.linkage === "external" && m.options.hidden;
  return visibility === "hidden" || visibility === "internal";
}

/**
 * Is the definition one that linkers may put together with others of its name? As clang: not if it says where it goes.
 */
function isCommon(m: ModuleContext, { definition, linkage, initializer, attributes }: Variable): boolean {
  const { common = m.options.common, section, weak } = attributes;
  return common && definition === "tentative" && linkage === "external" && initializer === undefined && section === undefined && !weak;
}

/** An initialised flexible array member makes the object larger than its type. */
function objectSize(decl: Variable): number {
  return Math.max(sizeOf(decl.type), decl.initializer?.bytes.length ?? 0);
}

/**
 * Is the object read-only? A volatile one too: its bytes are the loader's to set, before the program runs, and only
 * accesses that are volatile themselves are told so.
 */
function isConstObject(type: CType): boolean {
  const t = canonical(type);
  return isConst(type) || (t.kind === "array" && isConstObject(t.of));
}

function initializerOf(m: ModuleContext, initializer: StaticInitializer): Initializer {
  const bytes = initializer.bytes.slice();
  const relocations = initializer.addresses.flatMap(({ offset, size, address }) => {
    if (address.base.kind !== "label") return [{ offset, size, symbol: addressSymbol(m, address.base), addend: address.addend }];
    writeNumber(m, bytes.subarray(offset, offset + size), labelConstant(m, address.base, address));
    return [];
  });
  const zero = relocations.length === 0 && bytes.every((byte) => byte === 0);
  return { bytes: zero ? undefined : bytes, relocations };
}

/** Fills bytes with a number in the target's byte order. */
function writeNumber(m: ModuleContext, bytes: Uint8Array, value: bigint): void {
  const big = m.options.target.endian === "big";
  for (let i = 0; i < bytes.length; i++) {
    bytes[big ? bytes.length - 1 - i : i] = Number(BigInt.asUintN(8, value >> BigInt(8 * i)));
  }
}

function addressSymbol(m: ModuleContext, base: Exclude<AddressConstant["base"], Label>): Symbol {
  switch (base.kind) {
    case "function": case "variable": return symbolOf(m, base);
    case "string": return stringSymbol(m, base);
    default: return unreachable(base);
  }
}

/** Literals of equal content are one object, as in clang (C11 6.4.5p7 leaves it open). */
export function stringSymbol(m: ModuleContext, literal: StringLiteral): GlobalVariable {
  const key = `${literal.elementSize}:${literal.bytes.join()}`;
  const known = m.strings.get(key);
  if (known !== undefined) return known;
  const element = literal.elementSize === 1 ? charType : literal.elementSize === 2 ? unsignedShortType : unsignedIntType;
  const variable: GlobalVariable = {
    kind: "variable",
    name: uniqueName(m, ".L.str"),
    loc: literal.loc,
    linkage: "local",
    hidden: false,
    section: undefined,
    declTags: [],
    ctype: arrayOf(constOf(element), literal.bytes.length / literal.elementSize),
    used: false,
    size: literal.bytes.length,
    align: literal.elementSize,
    initializer: { bytes: literal.bytes, relocations: [] },
    constant: true,
    common: false,
    isString: true,
  };
  m.strings.set(key, variable);
  m.module.variables.push(variable);
  return variable;
}

function linkageOf(weak: boolean, linkage: "external" | "internal"): Linkage {
  return weak ? "weak" : linkage === "external" ? "global" : "local";
}

function uniqueName(m: ModuleContext, name: string): string {
  let result = name;
  let number = m.names.get(name) ?? 0;
  while (m.names.has(result)) result = `${name}.${++number}`;
  m.names.set(name, number);
  m.names.set(result, m.names.get(result) ?? 0);
  return result;
}
