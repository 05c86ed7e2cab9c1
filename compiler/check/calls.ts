/**
 * Function calls (C11 6.5.2.2): the callee, the number of arguments, and each argument converted to its parameter.
 *
 * Three callees are not ordinary: a `__builtin_...` name, a library function that clang treats as a builtin (memcpy and its
 * like), and a function whose asm label is one of LLVM's BPF intrinsics for packet loads.
 */
import type { BuiltinName, CallExpr, Expression, FunctionDecl } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import {
  functionOf, intType, isConst, isError, isPointer, isVoid, isVolatile, pointee, unqualified,
} from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { isComplete } from "../types/layout.ts";
import { printType, quoteType } from "../types/print.ts";
import { builtinNamed, libraryFunction, libraryHeader } from "./builtins.ts";
import { checkBuiltinCall, libraryCall } from "./builtin-calls.ts";
import { errorExpression } from "./build.ts";
import type { CallRules } from "./call-rules.ts";
import { type Checker, error, warn } from "./context.ts";
import { convertTo, promotedArgument, rvalue } from "./conversions.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { declareImplicitly, declareInBlock } from "./linked.ts";
import { hasLibraryType } from "./library.ts";
import { warnMemoryCall } from "./warnings-memory.ts";
import { warnAbsolute, warnCall } from "./warnings-calls.ts";

/** LLVM's intrinsics for LD_ABS and LD_IND, reached by an asm label. */
const packetLoads: Readonly<Record<string, BuiltinName>> = {
  "llvm.bpf.load.byte": "skbLoad8",
  "llvm.bpf.load.half": "skbLoad16",
  "llvm.bpf.load.word": "skbLoad32",
};

export function checkCall(c: Checker, e: Syntax.CallExpr): Expression {
  let calleeSyntax = e.callee;
  while (calleeSyntax.kind === "paren") calleeSyntax = calleeSyntax.inner;
  if (calleeSyntax.kind === "identifier") {
    const binding = c.scope.find(calleeSyntax.name);
    if (binding === undefined) {
      const builtin = builtinNamed(calleeSyntax.name);
      if (builtin !== undefined) return checkBuiltinCall(c, builtin, calleeSyntax.name, e);
      implicitDeclaration(c, calleeSyntax);
    }
  }
  const designator = checkExpression(c, calleeSyntax);
  if (isError(designator.type)) {
    for (const argument of e.arguments) checkExpression(c, argument);
    return errorExpression(e.loc);
  }
  const decl = designator.kind === "functionName" ? designator.function : undefined;
  const callee = decl === undefined ? rvalue(c, designator) : designator;
  const type = functionOf(isPointer(callee.type) ? pointee(callee.type) : callee.type);
  if (type === undefined) {
    error(c, e.loc, `called object type ${quoteType(designator.type)} is not a function or function pointer`);
    for (const argument of e.arguments) checkExpression(c, argument);
    return errorExpression(e.loc);
  }
  const values = checkArguments(c, e, type, decl, rulesOf(c, designator, calleeSyntax));
  if (!isVoid(type.returns) && !isComplete(type.returns)) {
    const name = decl === undefined ? "function" : `'${decl.name}'`;
    error(c, e.loc, `calling ${name} with incomplete return type ${quoteType(type.returns)}`,
      decl === undefined ? [] : [{ place: decl.loc, message: `'${decl.name}' declared here` }]);
    return errorExpression(e.loc);
  }
  if (values === undefined) return errorExpression(e.loc);
  if (decl !== undefined && decl.linkage === "external" && hasLibraryType(c, decl.name, decl.type)) {
    warnMemoryCall(c, decl.name, e, values);
    warnAbsolute(c, decl.name, e, values);
  }
  const result = unqualified(type.returns);
  if (decl !== undefined) {
    const load = packetLoads[decl.attributes.symbol];
    if (load !== undefined && values.length === 2) {
      return { kind: "builtin", name: load, arguments: values, constants: [], type: result, loc: e.loc };
    }
    const library = libraryOf(c, decl);
    if (library !== undefined) return libraryCall(c, library, values, result, e.loc);
  }
  const call: CallExpr = { kind: "call", callee, arguments: values, type: result, loc: e.loc };
  noteIndirectCall(c, call);
  if (decl !== undefined && decl === c.function?.decl && c.unevaluated === 0) c.function.callsItself = true;
  return call;
}

/** Functions that have no builtin, but calls of which may need none. */
const copiers = new Set(["alloca", "strcpy", "strncpy", "stpcpy", "mempcpy"]);

/** The library builtin that an external, undefined function of its name is. */
function libraryOf(c: Checker, decl: FunctionDecl): ReturnType<typeof libraryFunction> {
  if (c.options.noBuiltin || decl.linkage !== "external" || decl.body !== undefined) return undefined;
  if (decl.attributes.symbol !== decl.name || c.definedAt.has(decl)) return undefined;
  const library = libraryFunction(decl.name);
  if (library === undefined || (library.builtin === undefined && !copiers.has(library.symbol))) return undefined;
  return library.parameters.length === decl.type.parameters.length ? library : undefined;
}

/** A call through a static variable may turn out to be a call of a constant: see constant-pointers.ts. */
function noteIndirectCall(c: Checker, call: CallExpr): void {
  const callee = call.callee;
  if (callee.kind !== "load" || callee.lvalue.kind !== "variable" || c.unevaluated > 0) return;
  const variable = callee.lvalue.variable;
  if (variable.storage !== "static" || isVolatile(variable.type)) return;
  if (variable.linkage === "external" && !isConst(variable.type)) return;
  c.indirectCalls.push({ call, variable });
}

function checkArguments(
  c: Checker, e: Syntax.CallExpr, type: FunctionType, decl: FunctionDecl | undefined, rules: CallRules | undefined,
): Expression[] | undefined {
  const raw = e.arguments.map((argument) => checkValue(c, argument));
  const expected = type.parameters.length;
  const given = raw.length;
  const notes: Note[] = decl === undefined ? [] : [{ place: decl.loc, message: `'${decl.name}' declared here` }];
  if (type.prototyped && given !== expected && type.parameters.some((parameter) => isError(parameter.type))) return undefined;
  if (type.prototyped && given < expected) {
    error(c, e.end, tooFew(type, given), notes);
    return undefined;
  }
  if (type.prototyped && !type.variadic && given > expected) {
    const extra = e.arguments[expected];
    error(c, extra === undefined ? e.end : startOf(extra), tooMany(type, given), notes);
    return undefined;
  }
  if (!type.prototyped && decl !== undefined && decl.body !== undefined && given !== decl.body.parameters.length) {
    const count = decl.body.parameters.length;
    warn(c, "", e.end, `too ${given < count ? "few" : "many"} arguments in call to '${decl.name}'`);
  }
  if (!type.prototyped && given > 0) warnNoPrototype(c, decl, e.open);
  const values: Expression[] = [];
  for (const [i, value] of raw.entries()) {
    const parameter = type.prototyped ? type.parameters[i] : undefined;
    const argument = e.arguments[i];
    const loc = argument === undefined ? e.loc : startOf(argument);
    if (parameter === undefined) {
      values.push(undeclaredArgument(c, value, loc));
      continue;
    }
    const here = parameter.name === undefined ? "passing argument to parameter here"
      : `passing argument to parameter '${parameter.name}' here`;
    values.push(convertTo(c, value, parameter.type, "pass", loc, [{ place: parameter.loc, message: here }]));
  }
  if (values.some((value) => isError(value.type))) return undefined;
  if (rules !== undefined) warnCall(c, { syntax: e, rules, written: raw, passed: values }, type);
  return values;
}

/** The rules of what is called by its name: a function, or a variable or member that points to one. */
function rulesOf(c: Checker, designator: Expression, syntax: Syntax.Expression): CallRules | undefined {
  if (c.callRules.size === 0) return undefined;
  switch (designator.kind) {
    case "functionName":
      return c.callRules.get(designator.function);
    case "variable":
      return c.callRules.get(designator.variable);
    case "member":
      return c.callRules.get(designator.member.loc);
    case "addressOf":
      return syntax.kind === "unary" ? rulesOf(c, designator.lvalue, syntax.operand) : undefined;
    default:
      return undefined;
  }
}

/** Calls with arguments of `f()`; of a function declared so where the warning is off, it is meant. */
function warnNoPrototype(c: Checker, decl: FunctionDecl | undefined, loc: Loc): void {
  const name = "deprecated-non-prototype";
  const last = decl === undefined ? undefined : c.declaredLast.get(decl);
  if (decl !== undefined && (last === undefined || last.known || !c.diagnostics.enabled(name, last.loc))) return;
  const called = decl === undefined ? "a function" : `'${decl.name}'`;
  warn(c, name, loc,
    `passing arguments to ${called} without a prototype is deprecated in all versions of C and is not supported in C23`);
}

function undeclaredArgument(c: Checker, value: Expression, loc: Loc): Expression {
  if (isVoid(value.type)) {
    error(c, loc, "argument type 'void' is incomplete");
    return errorExpression(loc);
  }
  return promotedArgument(value);
}

function tooFew(type: FunctionType, given: number): string {
  const expected = type.parameters.length;
  const name = type.parameters[0]?.name;
  if (expected === 1 && name !== undefined && !type.variadic) {
    return `too few arguments to function call, single argument '${name}' was not specified`;
  }
  if (expected === 1 && name !== undefined) {
    return `too few arguments to function call, at least argument '${name}' must be specified`;
  }
  return `too few arguments to function call, expected ${type.variadic ? "at least " : ""}${expected}, have ${given}`;
}

function tooMany(type: FunctionType, given: number): string {
  const expected = type.parameters.length;
  const name = type.parameters[0]?.name;
  if (expected === 1 && name !== undefined) {
    return `too many arguments to function call, expected single argument '${name}', have ${given} arguments`;
  }
  return `too many arguments to function call, expected ${expected}, have ${given}`;
}

const neverReturning: ReadonlySet<string> = new Set(["abort", "exit"]);

/** A call of a name that nothing declares: an error by default, and `int name()` where it is allowed. */
function implicitDeclaration(c: Checker, name: Syntax.IdentifierExpr): void {
  const library = c.options.noBuiltin ? undefined : libraryFunction(name.name);
  const noSupport = "; ISO C99 and later do not support implicit function declarations";
  if (library !== undefined) {
    const signature: CType = library.type;
    const header = libraryHeader(name.name);
    const suffix = neverReturning.has(name.name) ? " __attribute__((noreturn))" : "";
    const text = `library function '${name.name}' with type '${printType(signature)}${suffix}'`;
    const notes: Note[] = [
      { place: name.loc, message: `include the header <${header}> or explicitly provide a declaration for '${name.name}'` },
    ];
    // In C89 only such a declaration is worth a word by default.
    if (c.options.dialect === "c89") {
      c.diagnostics.warningByDefault("implicit-function-declaration", name.loc, `implicitly declaring ${text}`, notes);
    } else warn(c, "implicit-function-declaration", name.loc, `call to undeclared ${text}${noSupport}`, notes);
    declareImplicitly(c, name.name, library.type, name.loc);
    return;
  }
  const type: FunctionType = { kind: "function", returns: intType, parameters: [], variadic: false, prototyped: false };
  // What a block declared that is closed has linkage all the same.
  const hidden = c.linked.get(name.name);
  const isC89 = c.options.dialect === "c89";
  if (hidden !== undefined && !compatible(hidden.type, type)) {
    const how = isC89 ? " whose type is not compatible with that of an implicit declaration" : "";
    warn(c, "out-of-scope-function", name.loc, `use of out-of-scope declaration of '${name.name}'${how}`,
      [{ place: hidden.loc, message: "previous declaration is here" }]);
  } else if (name.name.startsWith("__builtin_")) {
    const message = `use of unknown builtin '${name.name}'`;
    if (isC89) c.diagnostics.errorByDefault("implicit-function-declaration", name.loc, message);
    else warn(c, "implicit-function-declaration", name.loc, message);
  } else {
    warn(c, "implicit-function-declaration", name.loc, isC89
      ? `implicit declaration of function '${name.name}'` : `call to undeclared function '${name.name}'${noSupport}`);
  }
  declareInBlock(c, name.name, type, name.loc);
}
