/**
 * Library functions as clang knows them: which take a format, and what type a declaration of one must have.
 */
import type { FunctionDecl } from "../ast/program.ts";
import { type Loc, noLoc } from "../source/source-map.ts";
import {
  charType, constOf, functionReturning, intType, isPointer, noQualifiers, pointerTo, qualify, sizeType, voidType,
} from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { libraryFunction } from "./builtins.ts";
import { type CallRules, type FormatRule, noRules } from "./call-rules.ts";
import { type Checker, warn } from "./context.ts";
import type { FormatFamily } from "./format.ts";

/**
 * Functions of <stdio.h>: name, result and parameters, family, the format's place. A `.` at the end is a variable argument list,
 * `v` a va_list, `F` a stream, `k` and `s` characters, `p` and `q` memory, `m` a size.
 */
const rows: readonly (readonly [string, string, FormatFamily?, number?])[] = [
  ["printf", "ik.", "printf", 0], ["fprintf", "iFk.", "printf", 1], ["sprintf", "isk.", "printf", 1],
  ["snprintf", "ismk.", "printf", 2], ["vprintf", "ikv", "printf", 0], ["vfprintf", "iFkv", "printf", 1],
  ["vsprintf", "iskv", "printf", 1], ["vsnprintf", "ismkv", "printf", 2], ["scanf", "ik.", "scanf", 0],
  ["fscanf", "iFk.", "scanf", 1], ["sscanf", "ikk.", "scanf", 1], ["vscanf", "ikv", "scanf", 0],
  ["vfscanf", "iFkv", "scanf", 1], ["vsscanf", "ikkv", "scanf", 1],
  ["fopen", "Fkk"], ["fread", "mpmmF"], ["fwrite", "mqmmF"],
];

const letters: Readonly<Record<string, CType>> = {
  i: intType, k: pointerTo(constOf(charType)), s: pointerTo(charType), m: sizeType, p: pointerTo(voidType),
  q: pointerTo(constOf(voidType)), v: pointerTo(voidType),
};

/** The type that clang gives a library function; "header" when that needs FILE, which the file does not declare. */
function libraryType(c: Checker, name: string): FunctionType | "header" | undefined {
  const row = rows.find(([known]) => known === name);
  if (row === undefined) return libraryFunction(name)?.type;
  const file = c.fileScope.own("FILE");
  const variadic = row[1].endsWith(".");
  const types: CType[] = [];
  for (const letter of variadic ? row[1].slice(0, -1) : row[1]) {
    if (letter === "F" && file?.kind !== "typedef") return "header";
    const type = file?.kind === "typedef" && letter === "F" ? pointerTo(file.type) : letters[letter];
    if (type === undefined) throw new Error(`check: no type letter '${letter}' in a library function's signature`);
    const restrict = row[2] !== undefined && isPointer(type) && letter !== "v";
    types.push(qualify(type, { ...noQualifiers, restrict }));
  }
  const [returns = voidType, ...parameters] = types;
  return functionReturning(returns, parameters.map((type) => ({ name: undefined, type, loc: noLoc, declTags: [] })), variadic);
}

/** Library functions that are ordinary ones under this name. */
const ordinary: ReadonlySet<string> = new Set(["ffs", "ffsl", "ffsll", "putchar", "puts"]);

/** A function that has a library function's name and another type is none, which may be a mistake. */
export function warnLibraryType(c: Checker, name: string, type: FunctionType, loc: Loc): void {
  if (c.options.noBuiltin || ordinary.has(name)) return;
  const wanted = libraryType(c, name);
  if (wanted === "header") {
    warn(c, "builtin-requires-header", loc,
      `declaration of built-in function '${name}' requires inclusion of the header <stdio.h>`);
  } else if (wanted !== undefined && !compatible(wanted, type)) {
    warn(c, "incompatible-library-redeclaration", loc, `incompatible redeclaration of library function '${name}'`,
      [{ place: loc, message: `'${name}' is a builtin with type ${quoteType(wanted)}` }]);
  }
}

/** Does the declaration get a library function's prototype? */
export function hasLibraryType(c: Checker, name: string, type: FunctionType): boolean {
  const wanted = c.options.noBuiltin || ordinary.has(name) ? undefined : libraryType(c, name);
  return wanted !== undefined && wanted !== "header" && compatible(wanted, type);
}

function ruleOf(name: string): FormatRule | undefined {
  const row = rows.find(([known]) => known === name);
  if (row === undefined) return undefined;
  const [, signature, family, format] = row;
  if (family === undefined || format === undefined) return undefined;
  return { family, format, first: signature.endsWith(".") ? signature.length - 2 : undefined };
}

/** The rule of a library function that is declared with its own type. */
function libraryFormat(c: Checker, name: string, type: FunctionType): FormatRule | undefined {
  const rule = ruleOf(name);
  const wanted = rule === undefined ? undefined : libraryType(c, name);
  if (rule === undefined || wanted === undefined || wanted === "header" || !type.prototyped) return undefined;
  return compatible(wanted, type) ? rule : undefined;
}

/** What is known of a library function by its name. */
export function addLibraryRules(c: Checker, decl: FunctionDecl): void {
  const { name, type } = decl;
  if (decl.linkage !== "external" || (c.callRules.get(decl)?.formats.length ?? 0) > 0) return;
  let rule = c.options.noBuiltin ? undefined : libraryFormat(c, name, type);
  // clang has these by name alone.
  if (name === "asprintf" && type.parameters.length >= 2) rule = { family: "printf", format: 1, first: 2 };
  if (name === "vasprintf" && type.parameters.length >= 2) rule = { family: "printf", format: 1, first: undefined };
  if (rule === undefined) return;
  const rules = c.callRules.get(decl) ?? noRules();
  rules.formats.push(rule);
  c.callRules.set(decl, rules);
}

/** The rules of `__builtin_printf` and its like, by the library function's name. */
export function builtinRules(library: string): CallRules | undefined {
  const rule = ruleOf(library);
  return rule === undefined ? undefined : { ...noRules(), formats: [rule] };
}
