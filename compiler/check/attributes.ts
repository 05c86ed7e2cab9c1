/**
 * Attributes: lists of syntax -> what they say of a declaration, a type or a statement.
 *
 * `readAttributes` goes over the lists once, drops what attribute-rules.ts refuses, and fills one `Attributes` record
 * from a table of handlers, one per name. What clang takes without effect on BPF has none. Attributes of types are
 * read apart, by `readTypeAttributes`, since the type is needed first.
 */
import type { SymbolAttributes } from "../ast/program.ts";
import type { Attribute, AttributeArgument, Declarator } from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { alignOf } from "../types/layout.ts";
import type { Advice } from "./advice.ts";
import { type Given, isExpressionArgument, isFit, isKnown, type Place, withoutParentheses } from "./attribute-rules.ts";
import { attributeTable, typeAttributes } from "./attribute-table.ts";
import { type Checker, error, warn } from "./context.ts";
import { checkConstant } from "./expressions.ts";
import { textOf } from "./literals.ts";
import { resolveTypeName } from "./specifiers.ts";

export interface Attributes {
  section: { readonly name: string; readonly loc: Loc } | undefined;
  weak: Loc | undefined;
  used: boolean;
  unused: boolean;
  visibility: SymbolAttributes["visibility"];
  alias: string | undefined;
  weakref: Loc | undefined;
  /** The largest `aligned`, in bytes; 0 when not given. */
  align: number;
  packed: boolean;
  declTags: string[];
  typeTags: string[];
  addressSpace: number | undefined;
  mayAlias: boolean;
  noderef: boolean;
  inlining: "always" | "never" | undefined;
  gnuInline: boolean;
  naked: boolean;
  noreturn: boolean;
  withoutEffect: "pure" | "const" | undefined;
  mode: { readonly name: string; readonly loc: Loc } | undefined;
  cleanup: { readonly name: string; readonly loc: Loc } | undefined;
  advice: Advice | undefined;
  /** `error("...")` and `warning("...")`: said when a call is left in the object. */
  callAdvice: Advice | undefined;
  preserveAccessIndex: boolean;
  preserveStaticOffset: boolean;
  transparentUnion: boolean;
  warnUnusedResult: boolean;
  fastcall: boolean;
  /** `common` or `nocommon`. */
  common: boolean | undefined;
  uninitialized: boolean;
  /** `format`, `format_arg`, `nonnull` and `sentinel`: call-rules.ts reads them once the type is known. */
  callRules: Attribute[];
  /** `vector_size`: bytes of the whole vector. */
  vectorSize: { readonly bytes: bigint; readonly loc: Loc } | undefined;
  flagEnum: boolean;
  /** `enum_extensibility`: is it open? */
  openEnum: boolean | undefined;
  /** `ext_vector_type`: how many elements. */
  extendedVector: { readonly length: bigint; readonly loc: Loc } | undefined;
  /** All that were taken, those without a meaning here among them. */
  accepted: Attribute[];
}

export function noAttributes(): Attributes {
  return {
    section: undefined, weak: undefined, used: false, unused: false, visibility: undefined, alias: undefined, weakref: undefined,
    align: 0,
    packed: false, declTags: [], typeTags: [], addressSpace: undefined, mayAlias: false, noderef: false,
    inlining: undefined, gnuInline: false, naked: false, noreturn: false, withoutEffect: undefined, mode: undefined,
    cleanup: undefined, advice: undefined, callAdvice: undefined, preserveAccessIndex: false,
    preserveStaticOffset: false, transparentUnion: false, warnUnusedResult: false,
    fastcall: false, common: undefined, uninitialized: false, callRules: [], vectorSize: undefined, extendedVector: undefined,
    accepted: [], flagEnum: false, openEnum: undefined,
  };
}

type Handler = (c: Checker, out: Attributes, attribute: Attribute) => void;

function flag(set: (out: Attributes, loc: Loc) => void): Handler {
  return (_c, out, attribute) => {
    set(out, attribute.loc);
  };
}

function text(set: (out: Attributes, value: string, loc: Loc) => void): Handler {
  return (c, out, attribute) => {
    const value = stringArgument(c, attribute);
    if (value !== undefined) set(out, value, attribute.loc);
  };
}

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["section", text((out, name, loc) => { out.section = { name, loc }; })],
  ["weak", flag((out, loc) => { out.weak = loc; })],
  ["used", flag((out) => { out.used = true; })],
  ["retain", flag((out) => { out.used = true; })],
  ["unused", flag((out) => { out.unused = true; })],
  ["maybe_unused", flag((out) => { out.unused = true; })],
  ["visibility", visibility],
  ["common", flag((out) => { out.common = true; })],
  ["nocommon", flag((out) => { out.common = false; })],
  ["uninitialized", flag((out) => { out.uninitialized = true; })],
  ["alias", text((out, name) => { out.alias = name; })],
  ["aligned", aligned],
  ["packed", flag((out) => { out.packed = true; })],
  ["btf_decl_tag", text((out, tag) => { out.declTags.push(tag); })],
  ["btf_type_tag", text((out, tag) => { out.typeTags.push(tag); })],
  ["address_space", (c, out, attribute) => {
    const number = integerArgument(c, attribute);
    if (number !== undefined) out.addressSpace = Number(number);
  }],
  ["may_alias", flag((out) => { out.mayAlias = true; })],
  ["noderef", flag((out) => { out.noderef = true; })],
  ["always_inline", flag((out) => { out.inlining = "always"; })],
  ["noinline", flag((out) => { out.inlining = "never"; })],
  ["gnu_inline", flag((out) => { out.gnuInline = true; })],
  ["naked", flag((out) => { out.naked = true; })],
  ["noreturn", flag((out) => { out.noreturn = true; })],
  ["_Noreturn", flag((out) => { out.noreturn = true; })],
  ["pure", flag((out) => { out.withoutEffect = "pure"; })],
  ["const", flag((out) => { out.withoutEffect ??= "const"; })],
  ["mode", identifier((out, name, loc) => { out.mode = { name: name.replace(/^__|__$/g, ""), loc }; })],
  ["cleanup", identifier((out, name, loc) => { out.cleanup = { name, loc }; })],
  ["deprecated", advice("deprecated")],
  ["unavailable", advice("unavailable")],
  ["error", callAdvice("error")],
  ["warning", callAdvice("warning")],
  ["preserve_access_index", flag((out) => { out.preserveAccessIndex = true; })],
  ["preserve_static_offset", flag((out) => { out.preserveStaticOffset = true; })],
  ["transparent_union", flag((out) => { out.transparentUnion = true; })],
  ["warn_unused_result", flag((out) => { out.warnUnusedResult = true; })],
  ["nodiscard", flag((out) => { out.warnUnusedResult = true; })],
  ["bpf_fastcall", flag((out) => { out.fastcall = true; })],
  ["format", callRule],
  ["format_arg", callRule],
  ["nonnull", callRule],
  ["sentinel", callRule],
  ["constructor", refused("'constructor' attribute is not supported: nothing runs .init_array in the kernel")],
  ["destructor", refused("'destructor' attribute is not supported: nothing runs .fini_array in the kernel")],
  ["vector_size", (c, out, attribute) => {
    const bytes = integerArgument(c, attribute);
    if (bytes !== undefined) out.vectorSize = { bytes, loc: attribute.loc };
  }],
  ["ext_vector_type", (c, out, attribute) => {
    const length = integerArgument(c, attribute);
    if (length !== undefined) out.extendedVector = { length, loc: attribute.loc };
  }],
  ["flag_enum", flag((out) => { out.flagEnum = true; })],
  ["enum_extensibility", (c, out, attribute) => {
    const word = attribute.arguments?.[0];
    if (word?.kind !== "identifier") {
      error(c, attribute.loc, "'enum_extensibility' attribute requires an identifier");
    } else if (word.name !== "open" && word.name !== "closed") {
      warn(c, "ignored-attributes", attribute.loc, `'enum_extensibility' attribute argument not supported: '${word.name}'`);
    } else {
      out.openEnum = word.name === "open";
    }
  }],
  ["ms_struct", refused("'ms_struct' attribute is not supported: bit-fields are laid out as GCC and clang do for BPF")],
  ["ifunc", refused("'ifunc' attribute is not supported: BPF objects have no load-time resolvers")],
  ["weakref", (c, out, attribute) => {
    out.weakref = attribute.loc;
    if ((attribute.arguments?.length ?? 0) > 0) out.alias = stringArgument(c, attribute) ?? out.alias;
  }],
  ["overloadable", refused("'overloadable' attribute is not supported; give the functions different names")],
]);

/** Reads attribute lists, in order, of a thing at `place`; what does not fit it is reported and dropped. */
export function readAttributes(c: Checker, lists: Iterable<readonly Attribute[]>, place: Place): Attributes {
  const accepted: Attribute[] = [];
  let given: Given | undefined;
  for (const list of lists) {
    for (const attribute of list) {
      given ??= new Map();
      if (!isKnown(c, attribute) || !isFit(c, attribute, place, given)) continue;
      given.set(attribute.name, attribute);
      accepted.push(attribute);
    }
  }
  return takeAttributes(c, accepted);
}

/** What attributes say that have been found to fit. */
export function takeAttributes(c: Checker, accepted: Attribute[]): Attributes {
  const out = noAttributes();
  out.accepted = accepted;
  for (const attribute of accepted) {
    if (!typeAttributes.has(attribute.name)) handlers.get(attribute.name)?.(c, out, attribute);
  }
  return out;
}

/** The attributes of types in a list; what else stands there is of no interest. */
export function readTypeAttributes(c: Checker, list: readonly Attribute[]): Attributes {
  const out = noAttributes();
  for (const attribute of list) {
    const { name, syntax, scope } = attribute;
    if (!typeAttributes.has(name) || (syntax === "bracket" && scope === undefined)) continue;
    const wanted = attributeTable.get(name)?.arguments === "none" ? 0 : 1;
    if ((attribute.arguments?.length ?? 0) === wanted) handlers.get(name)?.(c, out, attribute);
  }
  return out;
}

/** The attributes of a declarator's name; those after a `*` are of it too, unless they are of the pointer's type. */
export function declaratorAttributes(declarator: Declarator): readonly Attribute[] {
  let all = declarator.attributes;
  // Almost no pointer has any, and there are very many pointers.
  for (const layer of declarator.layers) {
    if (layer.kind !== "pointer" || layer.attributes.length === 0) continue;
    all = [...all, ...layer.attributes.filter(({ name, syntax }) => syntax === "gnu" && !typeAttributes.has(name))];
  }
  return all;
}

function stringArgument(c: Checker, attribute: Attribute): string | undefined {
  const literal = withoutParentheses(attribute.arguments?.[0]);
  return literal?.kind === "string" ? textOf(c, literal) : undefined;
}

function integerArgument(c: Checker, attribute: Attribute): bigint | undefined {
  const argument = attribute.arguments?.[0];
  if (argument === undefined) return undefined;
  const message = `'${attribute.written}' attribute requires an integer constant`;
  if (isExpressionArgument(argument)) return checkConstant(c, argument, attribute.loc, message);
  error(c, attribute.loc, message);
  return undefined;
}

function identifier(set: (out: Attributes, name: string, loc: Loc) => void): Handler {
  return (c, out, attribute) => {
    const argument: AttributeArgument | undefined = attribute.arguments?.[0];
    if (argument === undefined) return;
    if (argument.kind === "identifier") set(out, argument.name, argument.loc);
    else error(c, attribute.loc, `'${attribute.written}' attribute requires an identifier`);
  };
}

function refused(message: string): Handler {
  return (c, _out, attribute) => error(c, attribute.loc, message);
}

function callRule(_c: Checker, out: Attributes, attribute: Attribute): void {
  out.callRules.push(attribute);
}

function advice(kind: "deprecated" | "unavailable"): Handler {
  return (c, out, attribute) => {
    out.advice = { kind, message: stringArgument(c, attribute) ?? "", loc: attribute.loc };
  };
}

function callAdvice(kind: "error" | "warning"): Handler {
  return (c, out, attribute) => {
    const message = stringArgument(c, attribute);
    if (message !== undefined) out.callAdvice = { kind, message, loc: attribute.loc };
  };
}

function visibility(c: Checker, out: Attributes, attribute: Attribute): void {
  const value = stringArgument(c, attribute);
  if (value === undefined) return;
  if (value === "default" || value === "hidden" || value === "protected" || value === "internal") {
    const before = out.accepted.find(({ name }) => name === "visibility");
    if (before !== undefined && out.visibility !== undefined && out.visibility !== value) {
      error(c, before.loc, "visibility does not match previous declaration",
        [{ place: attribute.loc, message: "previous attribute is here" }]);
    }
    out.visibility = value;
  } else {
    warn(c, "ignored-attributes", attribute.loc, `'${attribute.written}' attribute argument not supported: ${value}`);
  }
}

/** `aligned` without an argument: clang's default for BPF, though __BIGGEST_ALIGNMENT__ says 8 there. */
const defaultAlignment = 16;

function aligned(c: Checker, out: Attributes, attribute: Attribute): void {
  const argument = attribute.arguments?.[0];
  if (argument === undefined) {
    out.align = Math.max(out.align, defaultAlignment);
    return;
  }
  if (argument.kind === "typeName") {
    out.align = Math.max(out.align, alignOf(resolveTypeName(c, argument)));
    return;
  }
  const message = `'${attribute.written}' attribute requires integer constant`;
  if (!isExpressionArgument(argument)) {
    error(c, attribute.loc, message);
    return;
  }
  const value = checkConstant(c, argument, startOf(argument), message);
  const bytes = value === undefined ? undefined : checkAlignment(c, value, attribute.loc);
  if (bytes !== undefined) out.align = Math.max(out.align, bytes);
}

/** An alignment that was asked for: a power of two up to 4 GiB. */
export function checkAlignment(c: Checker, value: bigint, loc: Loc): number | undefined {
  if (value <= 0n || (value & (value - 1n)) !== 0n) {
    error(c, loc, "requested alignment is not a power of 2");
    return undefined;
  }
  if (value > 1n << 32n) {
    error(c, loc, "requested alignment must be 4294967296 bytes or smaller");
    return undefined;
  }
  return Number(value);
}
