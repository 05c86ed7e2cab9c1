/**
 * Uses of what is `deprecated` or `unavailable`. Those in a declaration that is so itself are of no account, and that
 * is only known when its attributes have been read: meanwhile its uses are kept.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import type { CType, EnumDecl, RecordDecl } from "../types/ctype.ts";
import { type Checker, error, warn } from "./context.ts";

export interface Advice {
  readonly kind: "deprecated" | "error" | "warning" | "unavailable";
  readonly message: string;
  readonly loc: Loc;
}

/** What advice can be of; members and enumerators are known by their places. */
export type Advised = FunctionDecl | Variable | CType | RecordDecl | EnumDecl | Loc;

export interface AdvisedUse {
  readonly advice: Advice;
  readonly name: string;
  /** What the advice was given for: the name, or the enumeration around it. */
  readonly marked: string;
  readonly loc: Loc;
}

/** A name was used. */
export function noteAdvised(c: Checker, entity: Advised, name: string, loc: Loc, marked = name): void {
  if (c.advice.size === 0) return;
  const advice = c.advice.get(entity);
  if (advice !== undefined) use(c, { advice, name, marked, loc });
}

/** An enumerator was used; what is said of its enumeration goes for it too. */
export function noteEnumerator(c: Checker, name: string, place: Loc, decl: EnumDecl, loc: Loc): void {
  if (c.advice.has(place)) noteAdvised(c, place, name, loc);
  else noteAdvised(c, decl, name, loc, decl.tag ?? "");
}

function use(c: Checker, found: AdvisedUse): void {
  if (c.advisedUses !== undefined) {
    c.advisedUses.push(found);
    return;
  }
  const { advice, name, marked, loc } = found;
  const around = c.function === undefined ? undefined : c.advice.get(c.function.decl);
  if (hides(around, advice)) return;
  const text = advice.message === "" ? "" : `: ${advice.message}`;
  const here = { place: advice.loc, message: `'${marked}' has been explicitly marked ${advice.kind} here` };
  if (advice.kind === "deprecated") warn(c, "deprecated-declarations", loc, `'${name}' is deprecated${text}`, [here]);
  else if (advice.kind === "unavailable") error(c, loc, `'${name}' is unavailable${text}`, [here]);
}

/** What is unavailable may use anything, what is deprecated whatever is deprecated. */
function hides(around: Advice | undefined, advice: Advice): boolean {
  return around !== undefined && (around.kind === "unavailable" || around.kind === advice.kind);
}

/** Runs `work` and keeps the uses in it. */
export function keepUses<T>(c: Checker, work: () => T): { readonly result: T; readonly uses: readonly AdvisedUse[] } {
  const outer = c.advisedUses;
  const uses: AdvisedUse[] = [];
  c.advisedUses = uses;
  const result = work();
  c.advisedUses = outer;
  return { result, uses };
}

/** Says what was kept, in a declaration with such advice of its own. */
export function releaseUses(c: Checker, uses: readonly AdvisedUse[], around: Advice | undefined): void {
  for (const found of uses) if (!hides(around, found.advice)) use(c, found);
}
