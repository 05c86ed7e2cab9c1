/**
 * Structs and unions: tag declarations, and members with their places (C11 6.7.2.1, 6.7.2.3).
 *
 * A body that stands in a header, names nothing visible outside of itself and is never asked for is not even parsed: its
 * declaration object completes itself when somebody reads its members or size. What the completion needs (scope and pragmas
 * in force) is kept until then. Everything else is completed on the spot.
 */
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, boolType, elementOf, errorType, integerOf, isArray, isBool, isError, isFunction, isInteger, recordOf,
} from "../types/basic.ts";
import type { CType, Member, RecordAttributes, RecordDecl, RecordType } from "../types/ctype.ts";
import { canonical, plainRecord } from "../types/ctype.ts";
import { maximumTypeDepth } from "../types/depth.ts";
import { hasFlexibleArray, isComplete, layoutRecord, type MemberToPlace } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { type Advice, keepUses, noteAdvised, releaseUses } from "./advice.ts";
import type { Place } from "./attribute-rules.ts";
import { type Attributes, declaratorAttributes, readAttributes, readTypeAttributes } from "./attributes.ts";
import { pushedAttributes } from "./pushed-attributes.ts";
import { addCallRules } from "./call-rules.ts";
import { type Checker, error, warn } from "./context.ts";
import { applyDeclarator } from "./declarators.ts";
import { isVariablyModified } from "./variable-length.ts";
import { checkStaticAssert, requireConstant } from "./expressions.ts";
import { checkPragma } from "./pragmas.ts";
import { applyMode, applyTypeAttributes, type DeclarationSpecifiers, resolveSpecifiers } from "./specifiers.ts";
import { warnFoldedLength, warnIgnoredQualifiers } from "./warnings-declarations.ts";

/** A declaration object whose body may still wait to be read. */
class DeclaredRecord implements RecordDecl {
  readonly isUnion: boolean;
  readonly tag: string | undefined;
  readonly loc: Loc;
  readonly attributes: RecordAttributes = plainRecord();
  /** Completes the record; undefined when that is done, under way, or there is no body yet. */
  pending: (() => void) | undefined;
  private placed: readonly Member[] | undefined;
  private bytes = 0;
  private alignment = 1;

  constructor(isUnion: boolean, tag: string | undefined, loc: Loc) {
    this.isUnion = isUnion;
    this.tag = tag;
    this.loc = loc;
  }

  private complete(): void {
    const work = this.pending;
    this.pending = undefined;
    work?.();
  }

  get members(): readonly Member[] | undefined {
    if (this.pending !== undefined) this.complete();
    return this.placed;
  }

  set members(value: readonly Member[] | undefined) {
    this.placed = value;
  }

  get size(): number {
    if (this.pending !== undefined) this.complete();
    return this.bytes;
  }

  set size(value: number) {
    this.bytes = value;
  }

  get align(): number {
    if (this.pending !== undefined) this.complete();
    return this.alignment;
  }

  set align(value: number) {
    this.alignment = value;
  }
}

/** The type of a `struct` or `union` specifier. `alone` says that it stands as `struct s;`, which declares it here. */
export function resolveRecord(c: Checker, specifier: Syntax.RecordSpecifier, alone: boolean): CType {
  const type = declareTag(c, specifier, alone);
  if (type.kind !== "record") return type;
  if (specifier.body === undefined) {
    if (!alone) noteAdvised(c, type.decl, specifier.tag ?? "", specifier.loc);
    if (specifier.attributes.length > 0) {
      const attributes = readAttributes(c, [specifier.attributes], { kind: type.decl.isUnion ? "union" : "struct" });
      if (alone) markRecord(c, type.decl, attributes);
    }
    return type;
  }
  const decl = type.decl;
  const before = c.definedRecords.get(decl);
  if (before !== undefined || !(decl instanceof DeclaredRecord)) {
    const isInside = before !== undefined && decl.members === undefined;
    error(c, specifier.loc, `${isInside ? "nested redefinition" : "redefinition"} of '${decl.tag ?? ""}'`,
      [{ place: before ?? decl.loc, message: "previous definition is here" }]);
    return errorType;
  }
  c.definedRecords.set(decl, specifier.loc);
  const body = specifier.body;
  const lists = [pushedAttributes(c, decl.isUnion ? "union" : "record"), specifier.attributes];
  const attributes = readAttributes(c, lists, { kind: decl.isUnion ? "union" : "struct" });
  markRecord(c, decl, attributes);
  // What is defined inside of a record with `preserve_access_index` is preserved too, as in clang.
  if (c.enclosing?.attributes.preserveAccessIndex === true) decl.attributes.preserveAccessIndex = true;
  if (canWait(c, body)) {
    const pack = c.pack;
    const pushed = [...c.pushed];
    decl.pending = () => {
      if (c.completing > maximumWaiting) refuseDepth(c, decl);
      else atFileScope(c, pack, pushed, () => completeRecord(c, decl, body, attributes));
    };
  } else {
    completeRecord(c, decl, body, attributes);
  }
  return type;
}

/** Records by value in one another whose completion may wait: each takes some stack. */
const maximumWaiting = 100;

/** May a body wait until it is needed? Only where nothing that it declares can be seen from outside, and in headers. */
function canWait(c: Checker, body: Syntax.RecordBody): boolean {
  return c.scope === c.fileScope && body.declaresNames === false && c.diagnostics.sources.includeStack(body.loc).length > 0;
}

/** Runs a delayed completion in the state in which its declaration stood. */
function atFileScope(c: Checker, pack: number, pushed: Checker["pushed"], work: () => void): void {
  const saved = { scope: c.scope, function: c.function, unevaluated: c.unevaluated, pack: c.pack, pushed: [...c.pushed] };
  const { advisedUses } = c;
  c.advisedUses = undefined;
  c.scope = c.fileScope;
  c.function = undefined;
  c.unevaluated = 0;
  c.pack = pack;
  c.pushed.splice(0, c.pushed.length, ...pushed);
  c.completing++;
  work();
  c.completing--;
  c.advisedUses = advisedUses;
  c.scope = saved.scope;
  c.function = saved.function;
  c.unevaluated = saved.unevaluated;
  c.pack = saved.pack;
  c.pushed.splice(0, c.pushed.length, ...saved.pushed);
}

function markRecord(c: Checker, decl: RecordDecl, attributes: Attributes): void {
  if (attributes.advice !== undefined) c.advice.set(decl, attributes.advice);
  decl.attributes.preserveAccessIndex ||= attributes.preserveAccessIndex;
  decl.attributes.preserveStaticOffset ||= attributes.preserveStaticOffset;
  decl.attributes.declTags.push(...attributes.declTags);
  decl.attributes.transparentUnion ||= attributes.transparentUnion && decl.isUnion;
}

/** Finds or declares the tag (C11 6.7.2.3). */
function declareTag(c: Checker, specifier: Syntax.RecordSpecifier, alone: boolean): CType {
  const { tag, isUnion, loc } = specifier;
  const word = isUnion ? "union" : "struct";
  if (tag === undefined) return { kind: "record", decl: new DeclaredRecord(isUnion, undefined, loc) };
  const here = specifier.body !== undefined || alone;
  const known = here ? c.scope.ownTag(tag) : c.scope.findTag(tag);
  if (known !== undefined) {
    if (known.kind === "record" && known.decl.isUnion === isUnion) return known;
    error(c, loc, `use of '${tag}' with tag type that does not match previous declaration`,
      [{ place: known.decl.loc, message: "previous use is here" }]);
    return errorType;
  }
  if (c.scope.kind === "prototype") {
    warn(c, "visibility", loc, `declaration of '${word} ${tag}' will not be visible outside of this function`);
  }
  const type: RecordType = { kind: "record", decl: new DeclaredRecord(isUnion, tag, loc) };
  c.scope.bindTag(tag, type);
  return type;
}

interface OpenRecord {
  readonly decl: RecordDecl;
  readonly members: MemberToPlace[];
  readonly names: Map<string, Loc>;
}

function completeRecord(c: Checker, decl: RecordDecl, body: Syntax.RecordBody, attributes: Attributes): void {
  const open: OpenRecord = { decl, members: [], names: new Map() };
  const pack = c.pack;
  const enclosing = c.enclosing;
  c.enclosing = decl;
  const { uses } = keepUses(c, () => {
    for (const item of body.members()) declareMember(c, open, item);
  });
  releaseUses(c, uses, c.advice.get(decl));
  c.pack = pack;
  c.enclosing = enclosing;
  checkFlexibleArrays(c, open);
  const layout = layoutRecord(open.members, {
    isUnion: decl.isUnion, packed: attributes.packed, align: attributes.align, pack: c.pack,
  });
  decl.members = layout.members;
  decl.size = layout.size;
  decl.align = layout.align;
  if (c.depths.complete(decl) > maximumTypeDepth) refuseDepth(c, decl);
  const unknown = layout.members.some(({ type }) => isError(type) || isBroken(c, type));
  if (unknown && !c.brokenRecords.has(decl)) c.brokenRecords.set(decl, "layout");
}

function declareMember(c: Checker, open: OpenRecord, item: Syntax.MemberDeclaration): void {
  switch (item.kind) {
    case "field":
      declareFields(c, open, item);
      break;
    case "staticAssert":
      checkStaticAssert(c, item);
      break;
    case "pragma":
      checkPragma(c, item.pragma, item.loc);
      break;
    case "emptyDeclaration":
      break;
    case "broken":
      c.brokenRecords.set(open.decl, "members");
      break;
  }
}

function refuseDepth(c: Checker, decl: RecordDecl): void {
  error(c, decl.loc, "records nested too deeply");
  decl.members = [];
  c.depths.complete(decl);
  c.brokenRecords.set(decl, "members");
}

/** Is the size of a type unknown because of an error that was reported? */
export function isBroken(c: Checker, type: CType): boolean {
  if (c.brokenRecords.size === 0) return false;
  let t = canonical(type);
  while (t.kind === "array") t = canonical(t.of);
  return t.kind === "record" && c.brokenRecords.has(t.decl);
}

function declareFields(c: Checker, open: OpenRecord, field: Syntax.FieldDeclaration): void {
  const alone = field.declarators.length === 0;
  const { result: specifiers, uses: shared } = keepUses(c, () => resolveSpecifiers(c, field.specifiers, { alone }));
  if (alone) releaseUses(c, shared, undefined);
  if (specifiers.storage !== undefined) {
    error(c, specifiers.storageLoc, "type name does not allow storage class to be specified");
  }
  for (const { loc } of field.specifiers.functions) {
    error(c, loc, "type name does not allow function specifier to be specified");
  }
  if (specifiers.deduced) error(c, field.specifiers.type.loc, "'__auto_type' not allowed in struct member");
  if (field.declarators.length === 0) {
    const record = recordOf(specifiers.type);
    const anonymous = record !== undefined && (record.tag === undefined || c.options.msExtensions);
    if (!anonymous) {
      if (!isError(specifiers.type)) warn(c, "missing-declarations", field.loc, "declaration does not declare anything");
      return;
    }
    const lists = [pushedAttributes(c, "field"), field.specifiers.attributes];
    const attributes = readAttributes(c, lists, { kind: "field", type: specifiers.type });
    for (const member of record.members ?? []) noteAnonymousNames(c, open, member);
    addMember(open, undefined, specifiers.type, field.loc, undefined, attributes, specifiers.align);
    return;
  }
  for (const one of field.declarators) {
    const { result: advice, uses } = keepUses(c, () => declareField(c, open, field, specifiers, one));
    releaseUses(c, [...shared, ...uses], advice);
  }
}

/** One member; gives what its attributes advise. */
function declareField(
  c: Checker, open: OpenRecord, field: Syntax.FieldDeclaration, specifiers: DeclarationSpecifiers,
  { declarator, width }: Syntax.FieldDeclarator,
): Advice | undefined {
  warnIgnoredQualifiers(c, field.specifiers, declarator);
  let type = applyDeclarator(c, specifiers.type, declarator, { kind: "member" });
  warnFoldedLength(c, type, declarator);
  const place: Place = { kind: width === undefined ? "field" : "bitField", type };
  const lists = [pushedAttributes(c, "field"), field.specifiers.attributes, declaratorAttributes(declarator)];
  const attributes = readAttributes(c, lists, place);
  if (attributes.mode !== undefined) type = applyMode(c, type, attributes.mode);
  type = applyTypeAttributes(c, type, readTypeAttributes(c, declarator.attributes));
  type = checkFieldType(c, open, type, declarator);
  const bits = width === undefined ? undefined : bitFieldBits(c, type, declarator, width);
  if (width !== undefined && bits === undefined) type = isInteger(type) ? type : errorType;
  if (width !== undefined && specifiers.align > 0) {
    error(c, specifiers.alignLoc, "'_Alignas' attribute cannot be applied to a bit-field");
  }
  if (declarator.name !== undefined) noteName(c, open, declarator.name, declarator.loc);
  addCallRules(c, declarator.loc, attributes.callRules, type, declarator.loc);
  addMember(open, declarator.name, type, declarator.loc, bits, attributes, specifiers.align);
  if (attributes.advice !== undefined) c.advice.set(declarator.loc, attributes.advice);
  return attributes.advice;
}

function addMember(
  open: OpenRecord, name: string | undefined, type: CType, loc: Loc, bitWidth: number | undefined,
  attributes: Attributes, alignas: number,
): void {
  open.members.push({
    name, type, loc, bitWidth, packed: attributes.packed, align: Math.max(attributes.align, alignas),
    declTags: attributes.declTags,
  });
}

function noteName(c: Checker, open: OpenRecord, name: string, loc: Loc): void {
  const before = open.names.get(name);
  if (before === undefined) open.names.set(name, loc);
  else error(c, loc, `duplicate member '${name}'`, [{ place: before, message: "previous declaration is here" }]);
}

/** The members of an anonymous member are names of the record around it (C11 6.7.2.1p13). */
function noteAnonymousNames(c: Checker, open: OpenRecord, member: Member): void {
  if (member.name !== undefined) {
    const before = open.names.get(member.name);
    if (before === undefined) open.names.set(member.name, member.loc);
    else {
      error(c, member.loc, `member of anonymous ${open.decl.isUnion ? "union" : "struct"} redeclares '${member.name}'`,
        [{ place: before, message: "previous declaration is here" }]);
    }
    return;
  }
  const inner = recordOf(member.type);
  for (const below of inner?.members ?? []) noteAnonymousNames(c, open, below);
}

function checkFieldType(c: Checker, open: OpenRecord, type: CType, declarator: Syntax.Declarator): CType {
  const name = declarator.name ?? "";
  if (isError(type)) return errorType;
  if (isFunction(type)) {
    error(c, declarator.loc, `field '${name}' declared as a function`);
    return errorType;
  }
  if (addressSpaceOf(type) !== 0) {
    error(c, declarator.loc, "field may not be qualified with an address space");
    return errorType;
  }
  if (isVariablyModified(type)) {
    error(c, declarator.loc, "fields must have a constant size: 'variable length array in structure' extension will never be supported");
    return errorType;
  }
  if (isComplete(type) || (isArray(type) && isComplete(elementOf(type)))) return type;
  const t = canonical(type);
  const notes = t.kind === "record"
    ? [{ place: t.decl.loc, message: t.decl === open.decl
        ? `definition of ${quoteType(t)} is not complete until the closing '}'`
        : `forward declaration of ${quoteType(t)}` }]
    : [];
  error(c, declarator.loc, `field has incomplete type ${quoteType(type)}`, notes);
  return errorType;
}

/** Bits of a bit-field; undefined when the declaration is in error. */
function bitFieldBits(
  c: Checker, type: CType, declarator: Syntax.Declarator, width: Syntax.Expression,
): number | undefined {
  const named = declarator.name === undefined ? "anonymous bit-field" : `bit-field '${declarator.name}'`;
  if (isError(type)) return undefined;
  const integer = integerOf(type);
  if (integer === undefined) {
    error(c, declarator.loc, `${named} has non-integral type ${quoteType(type)}`);
    return undefined;
  }
  const value = requireConstant(c, width);
  if (value === undefined) return undefined;
  if (value < 0n) {
    error(c, declarator.loc, `${named} has negative width (${value})`);
    return undefined;
  }
  if (value === 0n && declarator.name !== undefined) {
    error(c, declarator.loc, `named ${named} has zero width`);
    return undefined;
  }
  const limit = isBool(type) ? boolType.width : integer.width;
  if (value > BigInt(limit)) {
    error(c, declarator.loc, `width of ${named} (${value} bits) exceeds the width of its type (${limit} bit${limit === 1 ? "" : "s"})`);
    return undefined;
  }
  return Number(value);
}

/** A flexible array member stands last, and not alone (C11 6.7.2.1p18); unions and lone ones are GNU extensions. */
function checkFlexibleArrays(c: Checker, open: OpenRecord): void {
  for (const [i, member] of open.members.entries()) {
    const type = canonical(member.type);
    const next = open.members[i + 1];
    if (type.kind === "array" && type.length === "incomplete") {
      if (next !== undefined && !open.decl.isUnion) {
        error(c, member.loc, `flexible array member '${member.name ?? ""}' with type ${quoteType(member.type)} is not at the end of struct`,
          [{ place: next.loc, message: "next field declaration is here" }]);
      }
    } else if (type.kind === "record" && next !== undefined && !open.decl.isUnion && hasFlexibleArray(type.decl)) {
      warn(c, "gnu-variable-sized-type-not-at-end", member.loc,
        `field '${member.name ?? ""}' with variable sized type ${quoteType(member.type)} not at the end of a struct or class is a GNU extension`);
    }
  }
}
