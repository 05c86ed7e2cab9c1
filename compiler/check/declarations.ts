/**
 * Declarations, at file scope and in blocks (C11 6.7): specifiers and declarators put together, each declarator given to what it
 * declares. Typedefs are made here; what has linkage is declared by linked.ts, other variables by locals.ts. Function bodies are
 * checked by functions.ts.
 */
import type { Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import {
  constOf, errorType, isError, isFunction, isVoid, qualifiersOf, qualify, recordOf, unqualified,
} from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { TypedefType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { type Advice, keepUses, releaseUses } from "./advice.ts";
import { checkEmptyAttributes } from "./attribute-rules.ts";
import { declaratorAttributes, readAttributes, readTypeAttributes } from "./attributes.ts";
import { pushedAttributes } from "./pushed-attributes.ts";
import { type Checker, error, warn } from "./context.ts";
import { rvalue } from "./conversions.ts";
import { applyDeclarator, limitDepth } from "./declarators.ts";
import { checkMisplaced } from "./declared-attributes.ts";
import { type Declared, differentKind, previous } from "./entities.ts";
import { checkExpression, checkStaticAssert } from "./expressions.ts";
import { declareFunction, declareLinked } from "./linked.ts";
import { declareLocal, noteModified } from "./locals.ts";
import { checkPragma } from "./pragmas.ts";
import {
  applyMode, applyTypeAttributes, type DeclarationSpecifiers, deducedType, refuseFunctionWords, resolveSpecifiers,
} from "./specifiers.ts";
import { isVariablyModified, refuseModified, sizeStatements, withSizes } from "./variable-length.ts";
import { warnFoldedLength, warnIgnoredQualifiers } from "./warnings-declarations.ts";

/** A declaration at file scope, or in a block: then the statements that initialise its variables are appended to `out`. */
export function checkDeclaration(c: Checker, declaration: Syntax.Declaration, out: Statement[] | undefined): void {
  const alone = declaration.declarators.length === 0;
  const name = declaration.declarators[0]?.declarator.loc;
  const { result: base, uses: shared } = keepUses(c, () =>
    withSizes(c, () => resolveSpecifiers(c, declaration.specifiers, { alone, name })));
  const specifiers = base.result;
  out?.push(...sizeStatements(base.sizes));
  if (alone) {
    releaseUses(c, shared, undefined);
    checkEmpty(c, declaration, specifiers);
    return;
  }
  let deduced: Declared | undefined;
  for (const one of declaration.declarators) {
    const { result: declared, uses } = keepUses(c, () => checkDeclarator(c, specifiers, one, out));
    releaseUses(c, [...shared, ...uses], adviceOf(c, declared));
    if (declared === undefined || !specifiers.deduced || isFunction(declared.type) || isError(declared.type)) continue;
    deduced ??= declared;
    if (compatible(unqualified(deduced.type), unqualified(declared.type))) continue;
    const [first, other] = [deduced, declared].map(({ name, type }) =>
      `deduced as ${quoteType(unqualified(type))} in declaration of '${name}'`);
    error(c, declaration.specifiers.loc, `'${deducingWord(specifiers)}' ${first} and ${other}`);
  }
}

/** The specifier that leaves the type to the initialiser. */
function deducingWord(specifiers: DeclarationSpecifiers): string {
  return specifiers.syntax.type.kind === "autoType" ? "__auto_type" : "auto";
}

function checkDeclarator(
  c: Checker, specifiers: DeclarationSpecifiers, { declarator, initializer }: Syntax.InitDeclarator,
  out: Statement[] | undefined,
): Declared | undefined {
  const { result: declared, sizes } = withSizes(c, () => declareOne(c, specifiers, declarator));
  if (declared === undefined) return undefined;
  out?.push(...sizeStatements(sizes));
  if (specifiers.storage === "typedef") {
    declareTypedef(c, declared, initializer);
  } else if (isFunction(declared.type)) {
    if (initializer !== undefined) {
      error(c, declared.loc, `illegal initializer (only variables can be initialized)`);
    }
    const names = declarator.layers[0];
    const first = names?.kind === "function" && names.style === "names" ? names.names[0] : undefined;
    if (first !== undefined) {
      error(c, first.loc, "a parameter list without types is only allowed in a function definition");
    }
    declareFunction(c, declared, false);
    hideBroken(c, declared);
  } else {
    declareVariable(c, declared, initializer, out);
  }
  return declared;
}

/** What this declaration or one before it advises of its entity. */
export function adviceOf(c: Checker, declared: Declared | undefined): Advice | undefined {
  if (declared === undefined || c.advice.size === 0) return undefined;
  const binding = c.scope.own(declared.name);
  const entity = binding?.kind === "function" ? binding.function
    : binding?.kind === "variable" ? binding.variable : undefined;
  return declared.attributes.advice ?? (entity === undefined ? undefined : c.advice.get(entity));
}

/** What a syntax error left: the whole parts are declared as ever, uses of the other names are silent. */
export function checkBroken(c: Checker, item: Syntax.BrokenItem, out: Statement[] | undefined): void {
  const { declaration, names, loc } = item;
  if (c.function !== undefined) c.function.broken = true;
  if (declaration !== undefined) {
    if (declaration.declarators.length > 0) checkDeclaration(c, declaration, out);
    else resolveSpecifiers(c, { ...declaration.specifiers, type: silentType(declaration.specifiers.type) });
  }
  for (const name of names) if (c.scope.own(name) === undefined) c.scope.bind(name, { kind: "error", loc });
}

/** Of a declaration whose declarators are missing only the tags and enumerators count. */
function silentType(type: Syntax.TypeSpecifier): Syntax.TypeSpecifier {
  return type.kind === "record" || type.kind === "enum" ? type : { kind: "error", loc: type.loc };
}

/** After a syntax error in its parameter list nothing is said of a function's uses. */
export function hideBroken(c: Checker, declared: Declared): void {
  const layer = declared.declarator.layers[0];
  if (layer?.kind === "function" && layer.broken) c.scope.bind(declared.name, { kind: "error", loc: declared.loc });
}

/** `struct s;` and the like declare a tag; anything else declares nothing. */
function checkEmpty(c: Checker, declaration: Syntax.Declaration, specifiers: DeclarationSpecifiers): void {
  refuseFunctionWords(c, specifiers);
  const { type, attributes } = declaration.specifiers;
  if (type.kind === "enum") checkMisplaced(c, attributes, "enum", type.loc);
  if (isError(specifiers.type)) return;
  const isTypedef = specifiers.storage === "typedef";
  if (type.kind === "record") checkMisplaced(c, attributes, type.isUnion ? "union" : "struct", type.loc);
  if (!isTypedef && (type.kind === "enum" || type.kind === "record")) {
    if (type.kind === "record" && type.tag === undefined && type.body !== undefined) {
      warn(c, "missing-declarations", declaration.loc, "declaration does not declare anything");
    }
    warnAloneSpecifiers(c, declaration.specifiers);
    return;
  }
  warn(c, "missing-declarations", declaration.loc,
    isTypedef ? "typedef requires a name" : "declaration does not declare anything");
}

/** What says how to declare a name stands before a tag alone. */
function warnAloneSpecifiers(c: Checker, specifiers: Syntax.Specifiers): void {
  const [storage] = specifiers.storage;
  for (const { word, loc } of [...(storage === undefined ? [] : [storage]), ...specifiers.qualifiers]) {
    const name = word === "atomic" ? "_Atomic" : word;
    warn(c, "missing-declarations", loc, `'${name}' ignored on this declaration`);
  }
}

function declareOne(
  c: Checker, specifiers: DeclarationSpecifiers, declarator: Syntax.Declarator,
): Declared | undefined {
  const { name, loc } = declarator;
  if (name === undefined) return undefined;
  const isTypedef = specifiers.storage === "typedef";
  warnIgnoredQualifiers(c, specifiers.syntax, declarator);
  let type = applyDeclarator(c, specifiers.type, declarator, { kind: isTypedef ? "typedef" : "variable" });
  if (specifiers.deduced && isFunction(type)) {
    error(c, specifiers.syntax.loc, `'${deducingWord(specifiers)}' not allowed in function return type`);
  }
  if (c.function === undefined || specifiers.storage === "static" || specifiers.storage === "extern") {
    warnFoldedLength(c, type, declarator);
  }
  const subject = isTypedef ? "typedef" : isFunction(type) ? "function" : c.function === undefined ? "global" : "variable";
  const lists = [pushedAttributes(c, subject), specifiers.syntax.attributes, declaratorAttributes(declarator)];
  const inline = specifiers.inline !== undefined;
  const kind = subject !== "variable" ? subject
    : specifiers.storage === "extern" ? "global" : specifiers.storage === "static" ? "staticLocal" : "local";
  const attributes = readAttributes(c, lists, { kind, type, inline });
  if (attributes.mode !== undefined) type = applyMode(c, type, attributes.mode);
  if (declarator.attributes.length > 0 && !isFunction(type)) {
    type = applyTypeAttributes(c, type, readTypeAttributes(c, declarator.attributes));
  }
  return { specifiers, attributes, declarator, name, loc, type };
}

/** Declarations and what stands beside them in a block. */
export function checkBlockDeclaration(
  c: Checker, item: Syntax.Declaration | Syntax.StaticAssert | Syntax.PragmaDeclaration | Syntax.AttributeDeclaration,
  out: Statement[],
): void {
  switch (item.kind) {
    case "declaration":
      checkDeclaration(c, item, out);
      break;
    case "staticAssert":
      checkStaticAssert(c, item);
      break;
    case "pragma":
      checkPragma(c, item.pragma, item.loc);
      break;
    case "attributeDeclaration":
      checkEmptyAttributes(c, item.attributes);
      break;
  }
}

/** A function definition's declarator, with its attributes. */
export function declareDefinition(c: Checker, definition: Syntax.FunctionDefinition): Declared | undefined {
  const specifiers = resolveSpecifiers(c, definition.specifiers, { name: definition.declarator.loc });
  if (specifiers.storage === "typedef") {
    error(c, specifiers.storageLoc, "function definition declared 'typedef'");
    return undefined;
  }
  return declareOne(c, specifiers, definition.declarator);
}

// ---- Typedefs --------------------------------------------------------------------------------------------------------

function declareTypedef(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  if (initializer !== undefined) error(c, d.loc, "illegal initializer (only variables can be initialized)");
  refuseFunctionWords(c, d.specifiers);
  if (d.specifiers.deduced) error(c, d.loc, "'__auto_type' not allowed in typedef");
  if (d.specifiers.align > 0) error(c, d.specifiers.alignLoc, "'_Alignas' attribute only applies to variables and fields");
  noteModified(c, d);
  if (c.scope === c.fileScope && isVariablyModified(d.type)) refuseModified(c, d);
  let of = d.type;
  if (d.attributes.align > 0) of = { kind: "tagged", of, tag: { kind: "aligned", bytes: d.attributes.align } };
  if (d.attributes.transparentUnion) {
    const record = recordOf(of);
    if (record !== undefined && record.isUnion) record.attributes.transparentUnion = true;
  }
  if (d.attributes.preserveAccessIndex) {
    const record = recordOf(of);
    if (record !== undefined && record.tag === undefined) record.attributes.preserveAccessIndex = true;
  }
  of = limitDepth(c, of, d.loc);
  const type: TypedefType = { kind: "typedef", name: d.name, of, loc: d.loc, declTags: d.attributes.declTags };
  const before = c.scope.own(d.name);
  if (before !== undefined) {
    if (before.kind !== "typedef") {
      differentKind(c, d.name, d.loc, before);
      return;
    }
    if (!isError(type) && !isError(before.type) && !compatible(before.type, type)) {
      error(c, d.loc, `typedef redefinition with different types (${quoteType(d.type)} vs ${quoteType(before.type.of)})`,
        previous(before.loc, "definition"));
    }
    return;
  }
  c.scope.bind(d.name, { kind: "typedef", type, loc: d.loc });
  if (d.attributes.advice !== undefined) c.advice.set(type, d.attributes.advice);
}

// ---- Variables -------------------------------------------------------------------------------------------------------

function declareVariable(
  c: Checker, d: Declared, initializer: Syntax.Initializer | undefined, out: Statement[] | undefined,
): void {
  const { specifiers } = d;
  refuseFunctionWords(c, specifiers);
  if (specifiers.deduced) deduceType(c, d, initializer);
  if (specifiers.constexpr) d.type = constOf(d.type);
  // GNU: `extern void symbol;` names an address and nothing else.
  if (isVoid(d.type) && (specifiers.storage !== "extern" || initializer !== undefined)) {
    error(c, d.loc, "variable has incomplete type 'void'");
    d.type = errorType;
  }
  if (out === undefined || specifiers.storage === "extern") declareLinked(c, d, initializer);
  else declareLocal(c, d, initializer, out);
}

function deduceType(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  if (initializer === undefined || initializer.kind === "initializerList") {
    error(c, d.loc, initializer === undefined
      ? `declaration of variable '${d.name}' with deduced type '__auto_type' requires an initializer`
      : "cannot use '__auto_type' with initializer list in C");
    d.type = errorType;
    return;
  }
  if (d.declarator.layers.length > 0) {
    error(c, d.loc, "'__auto_type' needs a plain name as declarator");
    d.type = errorType;
    return;
  }
  c.unevaluated++;
  const raw = checkExpression(c, initializer);
  const value = rvalue(c, raw);
  c.unevaluated--;
  if (raw.kind === "member" && raw.member.bitField !== undefined) {
    error(c, startOf(initializer), `cannot pass bit-field as ${deducingWord(d.specifiers)} initializer in C`);
    d.type = errorType;
    return;
  }
  if (isVariablyModified(value.type)) {
    error(c, d.loc, "'__auto_type' cannot be a type with a variable length: its bound is in the initializer");
    d.type = errorType;
    return;
  }
  d.type = qualify(deducedType(c, value, d.name, d.loc), qualifiersOf(d.specifiers.type));
}
