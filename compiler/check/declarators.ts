/**
 * Declarators: base type -> declared type (C11 6.7.6). A declarator is a flat list of layers, read from the name outwards;
 * the type is built from the base inwards, that is from the last layer to the first.
 */
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { addressSpaceOf, elementOf, errorType, isArray, isError, isFunction, isInteger, isVoid, pointerTo } from "../types/basic.ts";
import type { ArrayType, CType, FunctionType, Parameter } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { maximumTypeDepth } from "../types/depth.ts";
import { hasFlexibleArray, isComplete, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { declaratorAttributes, readAttributes, readTypeAttributes } from "./attributes.ts";
import { checkParameterAttributes } from "./declared-attributes.ts";
import { pushedAttributes } from "./pushed-attributes.ts";
import { type Checker, error, inScope, unevaluated, warn } from "./context.ts";
import { rvalue } from "./conversions.ts";
import { evaluateInteger } from "./constants.ts";
import { checkExpression } from "./expressions.ts";
import { addQualifiers, applyTypeAttributes, refuseFunctionWords, resolveSpecifiers } from "./specifiers.ts";
import { declareParameterName } from "./locals.ts";
import { variableLength, withoutSizes } from "./variable-length.ts";
import { warnIgnoredQualifiers } from "./warnings-declarations.ts";

export interface DeclaratorContext {
  readonly kind: "variable" | "parameter" | "member" | "typedef" | "typeName";
}

/** Objects larger than this cannot exist: offsets must be exact, and no BPF object comes near. */
const maximumSize = 2 ** 47;

/** The type that a declarator gives to its name. */
export function applyDeclarator(
  c: Checker, base: CType, declarator: Syntax.Declarator, context: DeclaratorContext,
): CType {
  let type = base;
  for (let i = declarator.layers.length - 1; i >= 0; i--) {
    const layer = declarator.layers[i];
    if (layer === undefined) break;
    if (isError(type) && layer.kind !== "function") continue;
    switch (layer.kind) {
      case "pointer":
        type = pointerLayer(c, type, layer);
        break;
      case "array":
        type = arrayLayer(c, type, layer, declarator, context.kind === "parameter" && i === 0);
        break;
      case "function":
        type = functionLayer(c, type, layer);
        break;
    }
  }
  return declarator.layers.length > 0 ? limitDepth(c, type, declarator.loc) : type;
}

/** The type, or an error when it is built of too many levels. */
export function limitDepth(c: Checker, type: CType, loc: Loc): CType {
  if (c.depths.of(type) <= maximumTypeDepth) return type;
  error(c, loc, `type nested too deeply: more than ${maximumTypeDepth} levels`);
  return errorType;
}

function pointerLayer(c: Checker, type: CType, layer: Syntax.PointerLayer): CType {
  // A type attribute after `*` marks the pointer, where only the address space of its storage has a meaning.
  let pointer: CType = pointerTo(type);
  if (layer.attributes.length > 0) {
    const attributes = readTypeAttributes(c, layer.attributes);
    attributes.typeTags.length = 0;
    pointer = applyTypeAttributes(c, pointer, attributes);
  }
  return addQualifiers(c, pointer, layer.qualifiers);
}

function nameOf(declarator: Syntax.Declarator, otherwise: string): string {
  return declarator.name === undefined ? otherwise : `'${declarator.name}'`;
}

function arrayLayer(
  c: Checker, element: CType, layer: Syntax.ArrayLayer, declarator: Syntax.Declarator, outermostParameter: boolean,
): CType {
  if (isFunction(element)) {
    error(c, layer.loc, `${nameOf(declarator, "type name")} declared as array of functions of type ${quoteType(element)}`);
    return errorType;
  }
  if (!isComplete(element)) {
    error(c, layer.loc, `array has incomplete element type ${quoteType(element)}`);
    return errorType;
  }
  const record = canonical(element);
  if (record.kind === "record" && hasFlexibleArray(record.decl)) {
    warn(c, "flexible-array-extensions", layer.loc, `${quoteType(element)} may not be used as an array element due to flexible array member`);
  }
  if (!outermostParameter && (layer.isStatic || layer.qualifiers.length > 0)) {
    const word = layer.isStatic ? "static" : "type qualifier";
    error(c, layer.loc, `'${word}' used in array declarator outside of a function prototype`);
  }
  if (layer.isStatic && layer.size === undefined) {
    error(c, layer.loc, "'static' may not be used without an array size");
  }
  if (layer.size === "star" && c.scope.kind !== "prototype") {
    error(c, layer.loc, "star modifier used outside of function prototype");
    return errorType;
  }
  const bound = arrayLength(c, layer, element, declarator);
  if (bound === undefined) return errorType;
  const { size } = layer;
  const plain = typeof size === "object" && size.kind === "number" && !c.diagnostics.sources.isMacro(size.loc);
  const array: ArrayType = { kind: "array", of: element, ...bound, plain };
  if (!outermostParameter || layer.qualifiers.length === 0) return array;
  return addQualifiers(c, pointerTo(element), layer.qualifiers);
}

/** The bound of an array: a constant, nothing, or a value that only the run knows. */
function arrayLength(
  c: Checker, layer: Syntax.ArrayLayer, element: CType, declarator: Syntax.Declarator,
): Pick<ArrayType, "length" | "folded"> | undefined {
  if (layer.size === undefined) return { length: "incomplete" };
  if (layer.size === "star") return { length: { kind: "variableLength", text: "*" } };
  const sizeSyntax = layer.size;
  const size = rvalue(c, unevaluated(c, () => checkExpression(c, sizeSyntax)));
  if (isError(size.type)) return undefined;
  if (!isInteger(size.type)) {
    error(c, startOf(sizeSyntax), `size of array has non-integer type ${quoteType(size.type)}`);
    return undefined;
  }
  const value = evaluateInteger(c, size);
  if (value === undefined) return { length: variableLength(c, sizeSyntax) };
  if (value < 0n) {
    error(c, startOf(sizeSyntax), declarator.name === undefined
      ? "array size is negative"
      : `'${declarator.name}' declared as an array with a negative size`);
    return undefined;
  }
  if (Number(value) * Math.max(1, sizeOf(element)) > maximumSize) {
    error(c, startOf(sizeSyntax), `array is too large (${value} elements)`);
    return undefined;
  }
  return { length: Number(value), folded: size.kind !== "integer" };
}

function functionLayer(
  c: Checker, returns: CType, layer: Syntax.FunctionLayer,
): CType {
  let result = returns;
  if (isFunction(returns)) {
    error(c, layer.loc, `function cannot return function type ${quoteType(returns)}`);
    result = errorType;
  } else if (isArray(returns)) {
    error(c, layer.loc, `function cannot return array type ${quoteType(returns)}`);
    result = errorType;
  }
  const parameters = layer.style === "prototype" ? prototypeParameters(c, layer) : [];
  const prototyped = layer.style === "prototype" || (layer.style === "empty" && c.options.dialect === "c23");
  if (layer.style === "empty" && !prototyped) {
    warn(c, "strict-prototypes", layer.loc, "a function declaration without a prototype is deprecated in all versions of C");
  }
  const type: FunctionType = { kind: "function", returns: result, parameters, variadic: layer.variadic, prototyped };
  return type;
}

/** The parameters of a prototype, adjusted; `(void)` has none. Later ones see the names of earlier ones. */
function prototypeParameters(c: Checker, layer: Syntax.FunctionLayer): Parameter[] {
  const only = layer.parameters.length === 1 ? layer.parameters[0] : undefined;
  return inScope(c, "prototype", () => withoutSizes(c, () => {
    const parameters: Parameter[] = [];
    for (const syntax of layer.parameters) {
      const parameter = declareParameter(c, syntax);
      if (isVoid(parameter.type)) {
        const sole = syntax === only && !layer.variadic && syntax.declarator.name === undefined;
        if (sole && parameter.type.kind !== "qualified") return [];
        if (syntax.declarator.name !== undefined) {
          error(c, parameter.loc, "argument may not have 'void' type");
        } else if (syntax !== only) {
          error(c, parameter.loc, "'void' must be the first and only parameter if specified");
        } else {
          error(c, parameter.loc, layer.variadic
            ? "'void' must be the first and only parameter if specified"
            : "'void' as parameter must not have type qualifiers");
        }
        parameters.push({ ...parameter, type: errorType });
        continue;
      }
      parameters.push(parameter);
    }
    if (c.scope.declaresTypes()) c.prototypeScopes.set(layer, c.scope);
    return parameters;
  }));
}

function declareParameter(c: Checker, syntax: Syntax.Parameter): Parameter {
  const specifiers = resolveSpecifiers(c, syntax.specifiers);
  refuseFunctionWords(c, specifiers);
  if (specifiers.deduced) error(c, syntax.loc, "'__auto_type' not allowed in function prototype");
  if (specifiers.storage !== undefined && specifiers.storage !== "register") {
    error(c, specifiers.storageLoc, "invalid storage class specifier in function declarator");
  }
  if (specifiers.align > 0) {
    error(c, specifiers.alignLoc, "'_Alignas' attribute cannot be applied to a function parameter");
  }
  warnIgnoredQualifiers(c, syntax.specifiers, syntax.declarator);
  const declared = applyDeclarator(c, specifiers.type, syntax.declarator, { kind: "parameter" });
  const type = adjustParameter(declared);
  const { name, loc } = syntax.declarator;
  const own = declaratorAttributes(syntax.declarator);
  const lists = [pushedAttributes(c, "parameter"), syntax.specifiers.attributes, own];
  const attributes = readAttributes(c, lists, { kind: "parameter", type });
  if (attributes.accepted.length > 0) {
    c.parameterAttributes.set(syntax, attributes);
    checkParameterAttributes(c, attributes.accepted, type);
  }
  if (addressSpaceOf(type) !== 0) error(c, loc, "parameter may not be qualified with an address space");
  if (name !== undefined) declareParameterName(c, name, type, loc);
  return { name, type, loc: name === undefined ? syntax.loc : loc, declTags: attributes.declTags };
}

/** C11 6.7.6.3p7-8: arrays and functions become pointers. */
export function adjustParameter(type: CType): CType {
  if (isArray(type)) return pointerTo(elementOf(type));
  if (isFunction(type)) return pointerTo(type);
  return type;
}
