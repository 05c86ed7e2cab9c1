/**
 * Functions that the compiler adds to a module: bodies for what the machine has no instruction for, declarations of
 * kernel functions that stand for one.
 *
 * They are made when first needed, once a module, and are then functions like those of the source, so that they inline,
 * get BTF and are dropped when nothing calls them any more.
 */
import type { FunctionDecl } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import type { FunctionType } from "../types/ctype.ts";
import { createBlock } from "../ir/module.ts";
import type { FunctionContext, ModuleContext } from "./context.ts";
import { finish, functionContext } from "./context.ts";
import { functionSymbol } from "./globals.ts";

/** The function of that name: known, or made and given its body by `define`, at whose start `f.block` is the entry. */
export function generatedFunction(
  m: ModuleContext, name: string, loc: Loc, type: FunctionType, define: (f: FunctionContext) => void,
): FunctionDecl {
  const known = m.generated.get(name);
  if (known !== undefined) return known;
  const decl = declare(m, name, loc, type, "internal", undefined);
  const fn = functionSymbol(m, decl);
  const f = functionContext(m, fn, decl, createBlock(fn), undefined);
  define(f);
  finish(f);
  return decl;
}

/** The declaration of a kernel function, which the loader looks up by its BTF (section `.ksyms`). */
export function kernelFunction(m: ModuleContext, name: string, loc: Loc, type: FunctionType): FunctionDecl {
  return m.generated.get(name) ?? declare(m, name, loc, type, "external", ".ksyms");
}

function declare(
  m: ModuleContext, name: string, loc: Loc, type: FunctionType, linkage: "external" | "internal", section: string | undefined,
): FunctionDecl {
  const decl: FunctionDecl = {
    kind: "function", name, type, loc, linkage,
    attributes: {
      symbol: name, section, weak: false, used: false, visibility: undefined, alias: undefined, weakref: false,
      align: 0, declTags: [],
      common: undefined, uninitialized: false,
    },
    inlining: "none",
    naked: false,
    noreturn: false,
    pure: false,
    inlineOnly: false,
    referenced: true,
    callAdvice: undefined,
    body: undefined,
  };
  m.generated.set(name, decl);
  return decl;
}
