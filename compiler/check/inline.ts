/**
 * `inline`: from all declarations of a function, whether its definition is seen by other objects (C99 6.7.4p7), by
 * GNU's older rules (-fgnu89-inline, -std=c89, `gnu_inline`) too.
 *
 * By those an `extern inline` definition is only to be inlined, and gives way to a real one that follows, under the
 * same name.
 */
import type { FunctionDecl } from "../ast/program.ts";
import type { Checker } from "./context.ts";
import type { Declared } from "./entities.ts";

/** What the declarations of one function have said so far. */
export interface InlineRules {
  /** GNU's rules hold for what follows. */
  gnu: boolean;
  /** The last declaration said `extern inline`. */
  externInline: boolean;
  /** The definition gives way to another one; undefined without a definition. */
  replaceable: boolean | undefined;
  /** One of the declarations said `inline` without `extern`. */
  plainInline: boolean;
  /** One at file scope asked for an external definition by C99's rules. */
  forced: boolean;
}

/** Notes what a declaration says; `outermost` when it stands at file scope. */
export function markInline(c: Checker, decl: FunctionDecl, d: Declared, outermost: boolean, isDefinition: boolean): void {
  const inline = d.specifiers.inline !== undefined;
  const isExtern = d.specifiers.storage === "extern";
  if (inline && decl.inlining === "none") decl.inlining = "hint";
  const rules = c.inlines.get(decl) ?? {
    gnu: c.options.gnuInline, externInline: false, replaceable: undefined, plainInline: false, forced: false,
  };
  c.inlines.set(decl, rules);
  rules.gnu ||= inline && d.attributes.gnuInline;
  rules.externInline = inline && isExtern;
  rules.plainInline ||= inline && !isExtern;
  rules.forced ||= outermost && (!inline || isExtern);
  if (isDefinition) rules.replaceable = rules.gnu && rules.externInline;
  const hidden = rules.replaceable ?? false ? !rules.plainInline : !rules.gnu && !rules.forced;
  decl.inlineOnly = decl.linkage === "external" && hidden;
}

/** Does the definition that is known give way to one that follows? */
export function isReplaceable(c: Checker, decl: FunctionDecl): boolean {
  return c.inlines.get(decl)?.replaceable === true;
}

/** May a `static` declaration follow? Then the function is another one, of this object's own. */
export function mayBecomeStatic(c: Checker, decl: FunctionDecl): boolean {
  const rules = c.inlines.get(decl);
  return rules !== undefined && rules.gnu && rules.externInline;
}
