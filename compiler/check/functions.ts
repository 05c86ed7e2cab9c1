/**
 * Function definitions (C11 6.9.1): the declarator, the parameters as variables, the body; K&R definitions too.
 */
import type { Expression, FunctionBody, FunctionDecl, Variable } from "../ast/program.ts";
import { type Pending, pushExpressionParts } from "../ast/parts.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, intType, isError, isVoid } from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { promoteArgument } from "../types/convert.ts";
import type { CType, FunctionType, Parameter } from "../types/ctype.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { keepUses, releaseUses } from "./advice.ts";
import { addCallRules } from "./call-rules.ts";
import { type Checker, error, type FunctionState, inScope, warn } from "./context.ts";
import { adviceOf, declareDefinition, hideBroken } from "./declarations.ts";
import { adjustParameter, applyDeclarator } from "./declarators.ts";
import { type Declared, makeLocal } from "./entities.ts";
import { declareFunction } from "./linked.ts";
import { declareParameterName } from "./locals.ts";
import { giveRunTimeWarnings } from "./reachable.ts";
import { isReplaceable } from "./inline.ts";
import { resolveSpecifiers } from "./specifiers.ts";
import { checkBlockItems, finishLabels } from "./statements.ts";
import { wantsInitialization, warnInfiniteRecursion, warnUninitialized } from "./uninitialized.ts";
import { evaluateParameter, sizeStatements } from "./variable-length.ts";
import { warnIgnoredQualifiers, warnMissingPrototype, warnShadow } from "./warnings-declarations.ts";
import { warnUnsequenced } from "./warnings-order.ts";
import { warnMissingReturn, warnUnusedLocals } from "./warnings.ts";

export function checkFunctionDefinition(c: Checker, definition: Syntax.FunctionDefinition): void {
  const { result: declared, uses } = keepUses(c, () => declareDefinition(c, definition));
  if (declared === undefined) return;
  const layer = definition.declarator.layers[0];
  const written = functionOf(declared.type);
  if (written === undefined || layer?.kind !== "function") {
    if (!isError(declared.type)) error(c, declared.loc, "expected function declarator in a function definition");
    return;
  }
  const parameters = layer.style === "names"
    ? oldParameters(c, layer, definition.parameterDeclarations)
    : written.parameters;
  if (layer.style === "names" && layer.names.length > 0) {
    warn(c, "deprecated-non-prototype", declared.loc,
      "a function definition without a prototype is deprecated in all versions of C and is not supported in C23");
  }
  const known = c.linked.get(declared.name);
  const before = known?.kind === "function" ? known.type : undefined;
  if (before !== undefined && layer.style === "names") takePrototype(c, declared, before, written, parameters);
  const replaces = known?.kind === "function" && isReplaceable(c, known);
  const decl = declareFunction(c, declared, true);
  releaseUses(c, uses, adviceOf(c, declared));
  if (decl === undefined) return;
  if (replaces) c.deferred.delete(decl);
  else if (refuseSecondDefinition(c, decl, declared)) return;
  c.definedAt.set(decl, declared.loc);
  if (declared.specifiers.inline === undefined) warnMissingPrototype(c, decl, before, declared.loc);
  // A K&R definition without parameters, or `f()`, still tells how many there are, for calls that follow.
  const type: FunctionType = { ...written, parameters };
  if (layer.style === "names" && decl.type.prototyped) checkOldTypes(c, decl, parameters);
  else if (layer.style === "empty") decl.type = decl.type.prototyped ? decl.type : { ...written };
  checkBody(c, decl, type, layer, definition);
  hideBroken(c, declared);
}

/**
 * GNU: a prototype before a K&R definition may have the parameters' own types instead of the promoted ones (C11
 * 6.7.6.3p15); then the definition is one of the prototype.
 */
function takePrototype(
  c: Checker, declared: Declared, before: FunctionType, written: FunctionType, parameters: readonly Parameter[],
): void {
  if (!before.prototyped || before.variadic || before.parameters.length !== parameters.length) return;
  const promoted = parameters.map(({ type }) => promoteArgument(type));
  const fits = before.parameters.every(({ type }, i) => compatibleUnqualified(type, promoted[i] ?? type));
  const fitsOwn = before.parameters.every(({ type }, i) => {
    const own = parameters[i]?.type ?? type;
    return compatibleUnqualified(type, own) || compatibleUnqualified(type, promoteArgument(own));
  });
  if (fits || !fitsOwn) return;
  before.parameters.forEach(({ type }, i) => {
    const of = promoted[i] ?? type;
    if (compatibleUnqualified(type, of)) return;
    warn(c, "knr-promoted-parameter", parameters[i]?.loc ?? declared.loc,
      `promoted type ${quoteType(of)} of K&R function parameter is not compatible with the parameter type ${quoteType(type)} ` +
      "declared in a previous prototype",
      [{ place: before.parameters[i]?.loc ?? declared.loc, message: "previous declaration is here" }]);
  });
  declared.type = { ...written, prototyped: true, parameters: before.parameters };
}

function refuseSecondDefinition(c: Checker, decl: FunctionDecl, declared: Declared): boolean {
  const before = c.definedAt.get(decl);
  if (before === undefined) return false;
  const notes: Note[] = [{ place: before, message: "previous definition is here" }];
  error(c, declared.loc, `redefinition of '${decl.name}'`, notes);
  return true;
}

/** The parameters of a K&R definition, with the types that the declarations below the declarator give them. */
function oldParameters(
  c: Checker, layer: Syntax.FunctionLayer, declarations: readonly Syntax.Declaration[],
): readonly Parameter[] {
  const types = new Map<string, { readonly type: CType; readonly loc: Loc }>();
  inScope(c, "prototype", () => {
    for (const declaration of declarations) {
      const specifiers = resolveSpecifiers(c, declaration.specifiers);
      if (specifiers.deduced) {
        error(c, declaration.specifiers.loc, "'__auto_type' not allowed in K&R-style function parameter");
      }
      for (const { declarator } of declaration.declarators) {
        const { name, loc } = declarator;
        if (name === undefined) continue;
        if (!layer.names.some((parameter) => parameter.name === name)) {
          error(c, loc, `parameter named '${name}' is missing`);
          continue;
        }
        warnIgnoredQualifiers(c, declaration.specifiers, declarator);
        const type = adjustParameter(applyDeclarator(c, specifiers.type, declarator, { kind: "parameter" }));
        types.set(name, { type, loc });
        declareParameterName(c, name, type, loc);
      }
    }
  });
  return layer.names.map(({ name, loc }): Parameter => {
    const declared = types.get(name);
    if (declared === undefined && c.options.dialect !== "c89") {
      warn(c, "implicit-int", loc, `parameter '${name}' was not declared, defaults to 'int'; ISO C99 and later do not support implicit int`);
    }
    return { name, type: declared?.type ?? intType, loc: declared?.loc ?? loc, declTags: [] };
  });
}

/** A prototype before a K&R definition must fit the promoted parameters (C11 6.7.6.3p15). */
function checkOldTypes(c: Checker, decl: FunctionDecl, parameters: readonly Parameter[]): void {
  if (decl.type.parameters.length === parameters.length) return;
  error(c, decl.loc, `conflicting types for '${decl.name}'`);
}

function checkBody(
  c: Checker, decl: FunctionDecl, type: FunctionType, layer: Syntax.FunctionLayer, definition: Syntax.FunctionDefinition,
): void {
  if (!isVoid(type.returns) && !isComplete(type.returns) && !isError(type.returns)) {
    error(c, decl.loc, `incomplete result type ${quoteType(type.returns)} in function definition`);
  }
  inScope(c, "function", () => {
    const state: FunctionState = {
      decl, returns: type.returns, scope: c.scope, labels: new Map(), allLabels: [], gotos: [], computedGotos: [],
      callsItself: false, broken: false, expressionPath: [], modified: undefined,
      written: wantsInitialization(c, decl.loc) ? new Map() : undefined,
      switches: [], loops: 0, breakable: 0, locals: [], runTimeWarnings: [],
    };
    c.function = state;
    const prototype = c.prototypeScopes.get(layer);
    if (prototype !== undefined) c.scope.adoptTypes(prototype);
    const { parameters, sizes } = declareParameters(c, decl, type, layer, definition);
    if (layer.style === "prototype") markParameters(c, layer, state);
    const body: FunctionBody = {
      parameters,
      statements: [...sizeStatements(sizes), ...checkBlockItems(c, definition.body.items)],
      labels: state.allLabels,
      end: definition.body.end,
    };
    finishLabels(c, state);
    decl.body = body;
    if (decl.naked) checkNaked(c, definition, body);
    warnMissingReturn(c, decl, body);
    warnUnusedLocals(c, state);
    warnUninitialized(c, state, body);
    warnInfiniteRecursion(c, state, body, definition.body.loc);
    warnUnsequenced(c, body);
    giveRunTimeWarnings(c, state, body);
    c.function = undefined;
  });
}

/** A function without a prologue holds assembly alone, which reads no parameter: nothing says where they are. */
function checkNaked(c: Checker, definition: Syntax.FunctionDefinition, body: FunctionBody): void {
  const attributes = [...definition.specifiers.attributes, ...definition.declarator.attributes];
  const notes = attributes.filter(({ name }) => name === "naked")
    .map(({ loc }) => ({ place: loc, message: "attribute is here" }));
  for (const item of definition.body.items) {
    if (item.kind === "asm" || item.kind === "emptyStatement" || item.kind === "broken") continue;
    error(c, item.kind === "expressionStatement" ? startOf(item.expression) : item.loc,
      "non-ASM statement in naked function is not supported", notes);
    return;
  }
  const expressions = body.statements.flatMap((statement) =>
    statement.kind === "asm" ? [...statement.outputs, ...statement.inputs].map(({ expression }) => expression) : []);
  const pending: Pending = { statements: [], expressions };
  for (let e = expressions.pop(); e !== undefined; e = expressions.pop()) {
    if (e.kind === "variable" && body.parameters.includes(e.variable)) {
      error(c, e.loc, "parameter references not allowed in naked functions", notes);
      return;
    }
    pushExpressionParts(e, pending);
  }
}

function declareParameterVariable(c: Checker, decl: FunctionDecl, parameter: Parameter): Variable {
  const { name, type, loc } = parameter;
  const variable = makeLocal(name ?? "", type, loc);
  variable.attributes.declTags.push(...parameter.declTags);
  if (name === undefined) {
    if (c.options.dialect !== "c23") {
      c.diagnostics.warningByDefault("c23-extensions", loc,
        "omitting the parameter name in a function definition is a C23 extension");
    }
    return variable;
  }
  if (!isError(type) && !isComplete(type)) {
    error(c, loc, `variable has incomplete type ${quoteType(type)}`);
  }
  warnShadow(c, name, loc);
  if (c.scope.own(name) === undefined) c.scope.bind(name, { kind: "variable", variable, loc });
  c.function?.locals.push({ variable, isParameter: true, quiet: decl.naked });
  return variable;
}

/**
 * The parameters as variables. What their bounds ask is done on the way: a bound sees the parameters before it, in an old definition
 * all whose declarations come first.
 */
function declareParameters(
  c: Checker, decl: FunctionDecl, type: FunctionType, layer: Syntax.FunctionLayer, definition: Syntax.FunctionDefinition,
): { readonly parameters: Variable[]; readonly sizes: Expression[] } {
  const sizes: Expression[] = [];
  const evaluate = (declarator: Syntax.Declarator | undefined, written: CType | undefined): void => {
    if (declarator?.layers.some((part) => part.kind === "array" && part.size === "star") === true) {
      error(c, declarator.loc, "variable length array must be bound in function definition");
    } else if (declarator !== undefined && written !== undefined) sizes.push(...evaluateParameter(c, declarator, written));
  };
  const parameters = type.parameters.map((parameter, i) => {
    if (layer.style === "prototype") evaluate(layer.parameters[i]?.declarator, parameter.type);
    return declareParameterVariable(c, decl, parameter);
  });
  if (layer.style === "names") {
    for (const { declarator } of definition.parameterDeclarations.flatMap(({ declarators }) => declarators)) {
      evaluate(declarator, type.parameters.find(({ name }) => name === declarator.name)?.type);
    }
  }
  return { parameters, sizes };
}

/** What attributes say of parameters: not to warn of them, and rules for calls through those that point to functions. */
function markParameters(c: Checker, layer: Syntax.FunctionLayer, state: FunctionState): void {
  for (const parameter of layer.parameters) {
    const attributes = c.parameterAttributes.get(parameter);
    if (attributes === undefined) continue;
    const local = state.locals.find(({ variable }) => variable.name === parameter.declarator.name);
    if (local === undefined) continue;
    if (attributes.unused) c.quiet.add(local.variable);
    // On a pointer to a function `nonnull` speaks of the parameter itself.
    const rules = attributes.callRules.filter(({ name }) => name !== "nonnull");
    addCallRules(c, local.variable, rules, local.variable.type, local.variable.loc);
  }
}
