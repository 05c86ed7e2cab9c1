/**
 * -Wuninitialized, -Wsometimes-uninitialized and -Wconditional-uninitialized: automatic scalars that are read before they have a
 * value.
 *
 * For each block of the flow graph and each variable two bits tell whether it may have a value, and whether it may lack one, at
 * the block's end; a merge of paths joins them. A read where only "lacks" is possible is certain. Where both are, the warning is
 * as strong as the way there tells: when an edge of a branch leads to the read without fail and the variable certainly lacks a
 * value on it, the condition of that branch is to blame; otherwise there may be a relation between conditions that makes the
 * read fine. One warning is given for a variable, the strongest, as clang does.
 */
import type { Expression, FunctionBody, Variable } from "../ast/program.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import { canonical } from "../types/ctype.ts";
import { isArithmetic, isArray, isFloat, isFunction, isPointer, pointee } from "../types/basic.ts";
import { type Checker, type FunctionState, warn } from "./context.ts";
import { type Branch, type FlowBlock, type FlowEvent, type FlowGraph, flowOf } from "./flow.ts";

type Value = 0 | 1 | 2 | 3;
const initialized: Value = 1;
const uninitialized: Value = 2;

/** The names of the warnings; the analysis runs when one of them is wanted. */
const names = ["uninitialized", "sometimes-uninitialized", "conditional-uninitialized"];

export function wantsInitialization(c: Checker, loc: Loc): boolean {
  return names.some((name) => c.diagnostics.enabled(name, loc));
}

interface Blame {
  readonly branch: Branch | { readonly kind: "case" | "default"; readonly loc: Loc };
  /** 0: by the true condition. */
  readonly output: number;
}

interface Use {
  readonly kind: "always" | "declared" | "sometimes" | "maybe";
  /** Within the variable's own initialiser. */
  readonly own: boolean;
  readonly loc: Loc;
  readonly blames: readonly Blame[];
}

const strength: Readonly<Record<Use["kind"], number>> = { always: 3, declared: 2, sometimes: 1, maybe: 0 };

export function warnUninitialized(c: Checker, state: FunctionState, body: FunctionBody): void {
  if (c.diagnostics.hasErrors || state.written === undefined) return;
  const variables = new Map<Variable, number>();
  for (const { variable, isParameter } of state.locals) {
    if (isParameter || variable.storage !== "automatic" || variable.linkage !== "none") continue;
    if (isArithmetic(variable.type) || isPointer(variable.type)) variables.set(variable, variables.size);
  }
  if (variables.size === 0) return;
  const graph = flowOf(state.decl, body, variables);
  if (!graph.blocks.some((block) => block.events.some((event) => event.kind === "declare" || event.own))) {
    // Only a jump could go around an initialiser.
    if (body.labels.length === 0 && !graph.blocks.some((block) => block.label !== undefined)) return;
  }
  const analysis = new Analysis(graph, variables.size);
  analysis.run();
  const uses = analysis.uses();
  for (const [variable, number] of variables) {
    const found = uses.get(number);
    if (found === undefined) continue;
    const self = graph.selfInitialized.get(number);
    const use: Use = self === undefined ? found
      : found.kind === "always" ? { ...found, own: true, loc: self } : { ...found, kind: "maybe", blames: [] };
    report(c, state, { variable, hasInitializer: graph.initialized.has(number) }, use);
  }
}

/** -Winfinite-recursion: every way to the function's end goes through a call of the function. `start` is the body's brace. */
export function warnInfiniteRecursion(c: Checker, state: FunctionState, body: FunctionBody, start: Loc): void {
  if (!state.callsItself || c.diagnostics.hasErrors || !c.diagnostics.enabled("infinite-recursion", start)) return;
  const { entry, exit } = flowOf(state.decl, body, new Map());
  const seen = new Set<FlowBlock>([entry]);
  let recurses = false;
  for (const block of seen) {
    if (block === exit) return;
    if (block.recurses) {
      recurses = true;
      continue;
    }
    for (const next of block.successors) if (next !== undefined) seen.add(next);
  }
  if (!recurses || !reaches(entry, exit)) return;
  warn(c, "infinite-recursion", start, "all paths through this function will call itself");
}

function reaches(from: FlowBlock, to: FlowBlock): boolean {
  const seen = new Set<FlowBlock>([from]);
  for (const block of seen) for (const next of block.successors) if (next !== undefined) seen.add(next);
  return seen.has(to);
}

// ---- The analysis -----------------------------------------------------------------------------------------------------

class Analysis {
  private readonly graph: FlowGraph;
  private readonly count: number;
  /** At the end of each block: for each variable a Value. */
  private readonly exits: Uint8Array;
  private readonly reached: boolean[] = [];

  constructor(graph: FlowGraph, count: number) {
    this.graph = graph;
    this.count = count;
    this.exits = new Uint8Array(graph.blocks.length * count);
  }

  private at(block: FlowBlock, variable: number): Value {
    return this.exits[block.id * this.count + variable] as Value;
  }

  /** The values at a block's begin. */
  private merge(block: FlowBlock): Uint8Array {
    const values = new Uint8Array(this.count);
    for (const { id } of block.predecessors) {
      const base = id * this.count;
      for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) | (this.exits[base + i] as number);
    }
    return values;
  }

  /** Values at all exits, by iteration until nothing changes. Blocks that are not reached have none. */
  run(): void {
    const { entry } = this.graph;
    this.exits.fill(uninitialized, entry.id * this.count, (entry.id + 1) * this.count);
    this.reached[entry.id] = true;
    const order = reversePostorder(entry);
    const waiting = new Set(order.slice(1));
    for (let again = true; again;) {
      again = false;
      for (const block of order) {
        if (!waiting.delete(block)) continue;
        this.reached[block.id] = true;
        if (!this.transfer(block)) continue;
        for (const next of block.successors) {
          if (next === undefined || waiting.has(next)) continue;
          waiting.add(next);
          again = true;
        }
      }
    }
  }

  /** Goes through a block; did its exit change? */
  private transfer(block: FlowBlock): boolean {
    const values = this.merge(block);
    for (const event of block.events) apply(values, event);
    const base = block.id * this.count;
    let changed = false;
    for (let i = 0; i < values.length; i++) {
      if (values[i] === this.exits[base + i]) continue;
      this.exits[base + i] = values[i] as number;
      changed = true;
    }
    return changed;
  }

  /** The strongest use of each variable that lacks a value; of two alike the first in the source. */
  uses(): Map<number, Use> {
    const found = new Map<number, Use>();
    for (const block of this.graph.blocks) {
      if (this.reached[block.id] !== true || !block.events.some((event) => event.kind === "use")) continue;
      const values = this.merge(block);
      for (const event of block.events) {
        const value = values[event.variable] as Value;
        if (event.kind === "use" && value >= uninitialized) {
          const before = found.get(event.variable);
          if (before === undefined || before.kind !== "always" || value === uninitialized) {
            const use = this.judge(block, event, value);
            if (before === undefined || isStronger(use, before)) found.set(event.variable, use);
          }
        }
        apply(values, event);
      }
    }
    return found;
  }

  private judge(block: FlowBlock, event: FlowEvent, value: Value): Use {
    if (value === uninitialized) return { kind: "always", own: event.own, loc: event.loc, blames: [] };
    const { blocks, entry } = this.graph;
    const { variable, own, loc } = event;
    // How many successors of a block lead to the use without giving a value; all of them: so does the block.
    const leading = new Int32Array(blocks.length);
    leading[block.id] = block.successors.length;
    const queue = [block];
    let declared = false;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (at === entry) declared = true;
      for (const before of at.predecessors) {
        const value = this.at(before, variable);
        if (value === initialized) continue;
        if (value === 3 && this.at(at, variable) === uninitialized) {
          // The declaration stands here, and a path comes back to it.
          declared = true;
          continue;
        }
        if (leading[before.id] === 0) {
          for (const next of before.successors) if (next === undefined) leading[before.id] = (leading[before.id] as number) + 1;
        }
        leading[before.id] = (leading[before.id] as number) + 1;
        if (leading[before.id] === before.successors.length) queue.push(before);
      }
    }
    const blames: Blame[] = [];
    for (const { id, branch, successors } of blocks) {
      const count = leading[id] as number;
      if (count === 0 || count >= successors.length || branch === undefined) continue;
      for (const [output, next] of successors.entries()) {
        if (next === undefined || (leading[next.id] as number) < next.successors.length) continue;
        if (this.exits[id * this.count + variable] !== uninitialized) continue;
        if (branch.kind !== "switch") blames.push({ branch, output });
        else if (next.label !== undefined) blames.push({ branch: next.label, output: 0 });
      }
    }
    return { kind: declared ? "declared" : blames.length > 0 ? "sometimes" : "maybe", own, loc, blames };
  }
}

function apply(values: Uint8Array, event: FlowEvent): void {
  if (event.kind === "initialize") values[event.variable] = initialized;
  else if (event.kind === "declare") values[event.variable] = uninitialized;
}

function isStronger(a: Use, b: Use): boolean {
  return strength[a.kind] > strength[b.kind] || (a.kind === b.kind && a.loc < b.loc);
}

function reversePostorder(entry: FlowBlock): FlowBlock[] {
  const order: FlowBlock[] = [];
  const seen = new Set<FlowBlock>([entry]);
  const stack: { block: FlowBlock; next: number }[] = [{ block: entry, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next === top.block.successors.length) {
      order.push(top.block);
      stack.pop();
      continue;
    }
    const next = top.block.successors[top.next++];
    if (next === undefined || seen.has(next)) continue;
    seen.add(next);
    stack.push({ block: next, next: 0 });
  }
  return order.reverse();
}

// ---- What is said -----------------------------------------------------------------------------------------------------

interface Declared {
  readonly variable: Variable;
  readonly hasInitializer: boolean;
}

function report(c: Checker, state: FunctionState, declared: Declared, use: Use): void {
  const { variable } = declared;
  const { name } = variable;
  const declaration = declarationNote(c, declared);
  const here: Note = { place: use.loc, message: "uninitialized use occurs here" };
  switch (use.kind) {
    case "always":
      if (use.own) {
        warn(c, "uninitialized", use.loc, `variable '${name}' is uninitialized when used within its own initialization`);
      } else {
        warn(c, "uninitialized", use.loc, `variable '${name}' is uninitialized when used here`, [declaration]);
      }
      break;
    case "declared":
      warn(c, "sometimes-uninitialized", variable.loc,
        `variable '${name}' is used uninitialized whenever its declaration is reached`, [here, declaration]);
      break;
    case "sometimes":
    case "maybe": {
      let said = false;
      for (const blame of use.blames) {
        const text = blameText(blame);
        if (text === undefined) continue;
        const loc = blameLoc(state, blame);
        warn(c, "sometimes-uninitialized", loc, `variable '${name}' is used uninitialized whenever ${text}`,
          [here, ...removeNote(state, blame, loc), declaration]);
        said = true;
      }
      if (!said) {
        warn(c, "conditional-uninitialized", use.loc, `variable '${name}' may be uninitialized when used here`, [declaration]);
      }
    }
  }
}

function blameText({ branch, output }: Blame): string | undefined {
  const isTrue = output === 0;
  switch (branch.kind) {
    case "if":
    case "?:":
    case "&&":
    case "||":
      return `'${branch.kind}' condition is ${isTrue}`;
    case "while":
    case "for":
      return `'${branch.kind}' loop ${isTrue ? "is entered" : "exits because its condition is false"}`;
    case "do":
      return `'do' loop ${isTrue ? "condition is true" : "exits because its condition is false"}`;
    case "case":
    case "default":
      return `switch ${branch.kind} is taken`;
    case "switch":
    case "goto":
      return undefined;
  }
}

function startOfCondition(state: FunctionState, e: Expression): Loc {
  const written = state.written?.get(e);
  return written === undefined ? e.loc : startOf(written);
}

function blameLoc(state: FunctionState, { branch }: Blame): Loc {
  if ("condition" in branch) return startOfCondition(state, branch.condition);
  return "loc" in branch ? branch.loc : 0;
}

function removeNote(state: FunctionState, { branch, output }: Blame, loc: Loc): Note[] {
  const always = output === 0 ? "false" : "true";
  switch (branch.kind) {
    case "if":
      return [{ place: branch.loc, message: `remove the 'if' if its condition is always ${always}` }];
    case "?:":
    case "&&":
    case "||":
      return [{ place: loc, message: `remove the '${branch.kind}' if its condition is always ${always}` }];
    case "while":
    case "for":
    case "do":
      return [{ place: startOfCondition(state, branch.condition), message: `remove the condition if it is always ${always}` }];
    default:
      return [];
  }
}

/** Where a value would silence the warning: behind the declared name, or at least where the variable stands. */
function declarationNote(c: Checker, { variable, hasInitializer }: Declared): Note {
  const { name, loc, type } = variable;
  if (hasInitializer || canonical(type).kind === "enum" || c.diagnostics.sources.isMacro(loc)) {
    return { place: loc, message: `variable '${name}' is declared here` };
  }
  const at = loc + new TextEncoder().encode(name).length;
  const message = `initialize the variable '${name}' to silence this warning`;
  // The declarator of a pointer to a function or an array goes on behind the name.
  if (isPointer(type) && (isFunction(pointee(type)) || isArray(pointee(type)))) return { place: at, message };
  return { place: { at, ranges: [], insert: isFloat(type) ? " = 0.0" : " = 0" }, message };
}
