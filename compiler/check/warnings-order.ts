/**
 * -Wunsequenced: a variable that one expression changes twice, or changes and reads, in no order that C gives (C11 6.5p2).
 *
 * Each full expression is looked at by itself, in two steps: most have one change, or none, and nothing more is done. For the
 * others the parts that have an order among them, those of `,`, `&&`, `||` and `?:`, become regions of a tree. Two
 * places have no order when one's region is the other's, or lies in it; a region whose operator is done counts as the
 * one around it. What is kept of a variable is the last read, the last change that is over (`value`), and the last one whose effect may still come (`effect`).
 */
import { type Pending, pushExpressionParts, pushStatementParts } from "../ast/parts.ts";
import type { Expression, FunctionBody, LocalInitializer, Variable } from "../ast/program.ts";
import { truth } from "./build.ts";
import { type Checker, warnAtRunTime } from "./context.ts";

/** More parts than people write: of larger expressions nothing is said, so that the walk below may recurse. */
const mostParts = 500;

export function warnUnsequenced(c: Checker, body: FunctionBody): void {
  if (!c.diagnostics.enabled("unsequenced", body.end)) return;
  const pending: Pending = { statements: [...body.statements], expressions: [] };
  for (;;) {
    const root = pending.expressions.pop();
    if (root !== undefined) {
      lookAt(c, [root], pending);
      continue;
    }
    const s = pending.statements.pop();
    if (s === undefined) return;
    if (s.kind === "declare") lookAt(c, valuesOf(s.initializer), pending);
    else pushStatementParts(s, pending);
  }
}

const valuesOf = (init: LocalInitializer | undefined): Expression[] => init?.items.map(({ value }) => value) ?? [];

/** One full expression, or the values of an initialiser, which have no order. Statements inside go to `inner`. */
function lookAt(c: Checker, roots: readonly Expression[], inner: Pending): void {
  const parts: Pending = { statements: inner.statements, expressions: [...roots] };
  let changes = 0;
  let count = 0;
  for (let e = parts.expressions.pop(); e !== undefined; e = parts.expressions.pop()) {
    count++;
    if (isChange(e)) changes++;
    if (e.kind !== "statement") {
      pushExpressionParts(e, parts);
      continue;
    }
    inner.statements.push(...e.statements);
    if (e.value !== undefined) inner.expressions.push(e.value);
  }
  if (changes === 0 || count > mostParts) return;
  if (changes === 1 && roots.length === 1 && roots.every((root) => isChange(root.kind === "cast" ? root.operand : root))) return;
  const order = new Order(c);
  for (const root of roots) order.visit(root);
}

function isChange(e: Expression): boolean {
  return (e.kind === "assign" || e.kind === "compoundAssign" || e.kind === "increment") && e.lvalue.kind === "variable";
}

interface Region {
  readonly number: number;
  readonly outer: Region | undefined;
  done: boolean;
}

interface Usage {
  readonly e: Expression;
  readonly region: Region;
}

type UsageKind = "use" | "value" | "effect";

type Usages = { [kind in UsageKind]: Usage | undefined } & { readonly name: string; said: boolean };

class Order {
  private readonly c: Checker;
  private readonly usages = new Map<Variable, Usages>();
  private regions = 0;
  private region: Region = { number: 0, outer: undefined, done: false };
  /** The effects that are over at the next point of sequence, each with what was known of such before. */
  private effects: { readonly of: Usages; readonly before: Usage | undefined }[] | undefined;

  constructor(c: Checker) {
    this.c = c;
  }

  visit(e: Expression): void {
    switch (e.kind) {
      // Its parts are full expressions of their own.
      case "statement":
        break;
      case "load": {
        const object = this.objectOf(e.lvalue);
        if (object !== undefined) this.compare(object, e, "value", false);
        this.visit(e.lvalue);
        if (object !== undefined) this.use(object, e);
        break;
      }
      case "assign":
      case "compoundAssign":
        this.assignment(e);
        break;
      case "increment": {
        const object = this.objectOf(e.lvalue);
        if (object !== undefined) this.beforeChange(object, e);
        this.visit(e.lvalue);
        if (object !== undefined) this.change(object, e);
        break;
      }
      case "comma":
        this.ordered(e.left, [e.right]);
        break;
      case "logical": {
        const known = truth(e.left);
        this.ordered(e.left, known === undefined || known === (e.operator === "&&") ? [e.right] : []);
        break;
      }
      case "conditional": {
        const known = truth(e.condition);
        const then = e.then === undefined || known === false ? [] : [e.then];
        this.ordered(e.condition, known === true ? then : [...then, e.else]);
        break;
      }
      case "call":
      case "builtin":
        this.sequenced(() => this.visitParts(e));
        break;
      default:
        this.visitParts(e);
    }
  }

  /** Parts without an order among them, as they were written. */
  private visitParts(e: Expression): void {
    const parts: Pending = { statements: [], expressions: [] };
    pushExpressionParts(e, parts);
    for (const part of parts.expressions) this.visit(part);
  }

  /** The change itself comes after its operands, and before nothing: C leaves open when. */
  private assignment(e: Extract<Expression, { kind: "assign" | "compoundAssign" }>): void {
    const object = this.objectOf(e.lvalue);
    const reads = e.kind === "compoundAssign";
    if (object !== undefined) this.beforeChange(object, e);
    if (object !== undefined && reads) this.compare(object, e, "value", false);
    this.visit(e.lvalue);
    if (object !== undefined && reads) this.use(object, e);
    this.visit(e.value);
    if (object !== undefined) this.change(object, e);
  }

  /** `first`, and then one of the others: each in a region of its own. */
  private ordered(first: Expression, others: readonly Expression[]): void {
    const outer = this.region;
    const regions: Region[] = [];
    const enter = (): void => {
      this.region = { number: ++this.regions, outer, done: false };
      regions.push(this.region);
    };
    enter();
    this.sequenced(() => this.visit(first));
    for (const other of others) {
      enter();
      this.visit(other);
    }
    this.region = outer;
    for (const region of regions) region.done = true;
  }

  /** A point of sequence follows: effects are over. */
  private sequenced(work: () => void): void {
    const outer = this.effects;
    const effects: NonNullable<typeof this.effects> = [];
    this.effects = effects;
    work();
    this.effects = outer;
    for (const { of, before } of effects.reverse()) {
      if (of.effect !== undefined) this.note(of, "value", of.effect.e);
      of.effect = before;
    }
  }

  private objectOf(lvalue: Expression): Usages | undefined {
    if (lvalue.kind !== "variable" || lvalue.variable.name === "") return undefined;
    const known = this.usages.get(lvalue.variable);
    if (known !== undefined) return known;
    const made: Usages = { name: lvalue.variable.name, use: undefined, value: undefined, effect: undefined, said: false };
    this.usages.set(lvalue.variable, made);
    return made;
  }

  private beforeChange(object: Usages, e: Expression): void {
    this.compare(object, e, "value", true);
    this.compare(object, e, "use", false);
  }

  private change(object: Usages, e: Expression): void {
    this.compare(object, e, "effect", true);
    this.note(object, "effect", e);
  }

  private use(object: Usages, e: Expression): void {
    this.compare(object, e, "effect", false);
    this.note(object, "use", e);
  }

  private note(object: Usages, kind: UsageKind, e: Expression): void {
    const known = object[kind];
    if (known !== undefined && this.hasNoOrder(known.region)) return;
    if (kind === "effect") this.effects?.push({ of: object, before: known });
    object[kind] = { e, region: this.region };
  }

  /** Is a region the current one, or one around it? */
  private hasNoOrder(region: Region): boolean {
    let old = region;
    while (old.done && old.outer !== undefined) old = old.outer;
    for (let at: Region | undefined = this.region; at !== undefined && at.number >= old.number; at = at.outer) {
      if (at === old) return true;
    }
    return false;
  }

  /** `both`: two changes meet, not a change and a read. */
  private compare(object: Usages, e: Expression, kind: UsageKind, both: boolean): void {
    const known = object[kind];
    if (object.said || known === undefined || !this.hasNoOrder(known.region)) return;
    object.said = true;
    const { loc } = kind === "use" ? e : known.e;
    const what = both ? "multiple unsequenced modifications" : "unsequenced modification and access";
    warnAtRunTime(this.c, "unsequenced", loc, `${what} to '${object.name}'`);
  }
}
