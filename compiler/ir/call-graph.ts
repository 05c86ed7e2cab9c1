/**
 * Who calls whom in a module: the direct calls of functions that have a body here, callees before callers, and the
 * calls that close a recursion. Nothing here recurses itself: generated programs have chains of thousands of functions.
 */
import type { Function, Value } from "./module.ts";

export type Call = Value<"call">;

/** A call of a function from which the call's own function is reached. */
export interface Recursion {
  readonly call: Call;
  /** From the callee down to itself. */
  readonly cycle: readonly Function[];
}

/** Functions in an order in which callees come first, but for the calls that close a recursion. */
export interface CallOrder {
  readonly order: readonly Function[];
  readonly recursive: readonly Recursion[];
}

/** The function of this module that is called; undefined for helpers, pointers and functions defined elsewhere. */
export function calledFunction(call: Call): Function | undefined {
  const { callee } = call.aux;
  return callee.kind === "function" && callee.function.blocks.length > 0 ? callee.function : undefined;
}

/** All calls of a function, in its order. */
export function callsOf(fn: Function): Call[] {
  const found: Call[] = [];
  for (const block of fn.blocks) for (const value of block.values) if (value.op === "call") found.push(value);
  return found;
}

/** A depth-first walk from each function in turn. */
export function calleesFirst(functions: readonly Function[]): CallOrder {
  const order: Function[] = [];
  const recursive: Recursion[] = [];
  const state = new Map<Function, "open" | "done">();
  const path: { readonly fn: Function; readonly calls: readonly Call[]; next: number }[] = [];
  const enter = (fn: Function): void => {
    state.set(fn, "open");
    path.push({ fn, calls: callsOf(fn), next: 0 });
  };
  for (const root of functions) {
    if (!state.has(root)) enter(root);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      if (at.next === at.calls.length) {
        state.set(at.fn, "done");
        order.push(at.fn);
        path.pop();
        continue;
      }
      const call = at.calls[at.next++];
      const callee = calledFunction(call);
      if (callee === undefined) continue;
      const known = state.get(callee);
      if (known === undefined) enter(callee);
      else if (known === "open") {
        const open = path.map(({ fn }) => fn);
        recursive.push({ call, cycle: [...open.slice(open.indexOf(callee)), callee] });
      }
    }
  }
  return { order, recursive };
}
