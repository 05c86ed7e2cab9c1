/**
 * Check: the syntax tree of a unit -> the typed Program.
 *
 * Declarations are checked in source order, since in C a name means what was declared last before it. User errors go to the
 * diagnostics, and the Program is returned all the same: what is in error has the error type, and nothing more is said of it.
 */
import type { Program } from "../ast/program.ts";
import type { ExternalDeclaration, TranslationUnit } from "../ast/syntax.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import { checkEmptyAttributes } from "./attribute-rules.ts";
import { type Checker, type CheckOptions, createChecker } from "./context.ts";
import { checkBroken, checkDeclaration } from "./declarations.ts";
import { checkStaticAssert } from "./expressions.ts";
import { finishUnit } from "./finish.ts";
import { checkFunctionDefinition } from "./functions.ts";
import { textOf } from "./literals.ts";
import { checkPragma, finishPragmas } from "./pragmas.ts";
import { warnUndefined, warnUnusedGlobals } from "./warnings.ts";

export interface CheckDeps {
  readonly diagnostics: Diagnostics;
  readonly options: CheckOptions;
}

export function check(unit: TranslationUnit, deps: CheckDeps): Program {
  const c = createChecker(deps.diagnostics, deps.options);
  for (const declaration of unit.declarations) {
    if (c.diagnostics.stopped) break;
    checkExternal(c, declaration);
  }
  finishPragmas(c);
  finishUnit(c);
  warnUnusedGlobals(c);
  warnUndefined(c);
  return {
    functions: c.functions.filter((decl) => decl.body !== undefined || decl.referenced),
    variables: c.variables.filter((variable) => variable.definition !== "extern" || variable.referenced),
    asm: c.fileAsm,
  };
}

function checkExternal(c: Checker, declaration: ExternalDeclaration): void {
  switch (declaration.kind) {
    case "declaration":
      checkDeclaration(c, declaration, undefined);
      break;
    case "functionDefinition":
      checkFunctionDefinition(c, declaration);
      break;
    case "staticAssert":
      checkStaticAssert(c, declaration);
      break;
    case "fileAsm":
      c.fileAsm.push({ text: textOf(c, declaration.text), loc: declaration.loc });
      break;
    case "pragma":
      checkPragma(c, declaration.pragma, declaration.loc);
      break;
    case "attributeDeclaration":
      checkEmptyAttributes(c, declaration.attributes);
      break;
    case "emptyDeclaration":
      break;
    case "broken":
      checkBroken(c, declaration, undefined);
      break;
  }
}
