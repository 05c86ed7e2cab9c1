/**
 * Conditions: `.if` and its kin, `.elseif`, `.else`, `.endif`.
 */
import type { Statement } from "../isa/scan.ts";
import type { Action, Condition, Expander } from "./expander.ts";
import { isReading, numberArgument, positionOf, restOf, textBetween } from "./expander.ts";

/** A condition's test: does it hold? */
type Test = (e: Expander, statement: Statement) => boolean;

function compare(holds: (value: bigint) => boolean): Test {
  return (e, statement) => {
    const value = numberArgument(e, statement);
    return value !== undefined && holds(value);
  };
}

function definedTest(wanted: boolean): Test {
  return (e, statement) => {
    const token = statement[1];
    if (token?.kind === "word" || token?.kind === "string") return e.host.isDefined(token.text) === wanted;
    e.host.report(token?.position ?? 0, "expected a symbol");
    return false;
  };
}

function blankTest(wanted: boolean): Test {
  return (e, statement) => (restOf(e, statement) === "") === wanted;
}

/** `.ifc a, b`: the texts on both sides of the first comma. */
function textTest(wanted: boolean): Test {
  return (e, statement) => {
    const comma = statement.findIndex((t) => t.kind === "punct" && t.text === ",");
    if (comma < 0) {
      e.host.report(positionOf(statement), "expected two texts with a comma between them");
      return false;
    }
    const side = (from: number, to: number): string => {
      const first = statement[from], last = statement[to];
      return first === undefined || last === undefined || from > to ? "" : textBetween(e, first, last);
    };
    return (side(1, comma - 1) === side(comma + 1, statement.length - 2)) === wanted;
  };
}

/** `.ifeqs "a", "b"` */
function stringTest(wanted: boolean): Test {
  return (e, statement) => {
    const [, a, comma, b] = statement;
    if (a?.kind === "string" && comma?.text === "," && b?.kind === "string") return (a.text === b.text) === wanted;
    e.host.report(positionOf(statement), "expected two strings with a comma between them");
    return false;
  };
}

const tests: readonly (readonly [string, Test])[] = [
  [".if", compare((v) => v !== 0n)], [".ifne", compare((v) => v !== 0n)], [".ifeq", compare((v) => v === 0n)],
  [".ifge", compare((v) => v >= 0n)], [".ifgt", compare((v) => v > 0n)], [".ifle", compare((v) => v <= 0n)],
  [".iflt", compare((v) => v < 0n)], [".ifdef", definedTest(true)], [".ifndef", definedTest(false)],
  [".ifnotdef", definedTest(false)], [".ifb", blankTest(true)], [".ifnb", blankTest(false)], [".ifc", textTest(true)],
  [".ifnc", textTest(false)], [".ifeqs", stringTest(true)], [".ifnes", stringTest(false)],
];

function ifAction(test: Test): Action {
  return (e, statement) => {
    const position = positionOf(statement);
    const state = !isReading(e) ? "done" : test(e, statement) ? "reading" : "looking";
    e.conditions.push({ position, state, hasElse: false });
  };
}

/** The innermost condition that this text opened. */
function innermost(e: Expander, statement: Statement): Condition | undefined {
  const frame = e.frames[e.frames.length - 1];
  const condition = e.conditions[e.conditions.length - 1];
  if (condition !== undefined && frame !== undefined && e.conditions.length > frame.conditions) return condition;
  e.host.report(positionOf(statement), `there is no .if for this ${statement[0]?.text ?? ""}`);
  return undefined;
}

const elseIf: Action = (e, statement) => {
  const condition = innermost(e, statement);
  if (condition === undefined) return;
  if (condition.hasElse) e.host.report(positionOf(statement), ".elseif behind .else");
  if (condition.state === "reading") condition.state = "done";
  if (condition.state === "looking") {
    const value = numberArgument(e, statement);
    if (value !== undefined && value !== 0n) condition.state = "reading";
  }
};

const otherwise: Action = (e, statement) => {
  const condition = innermost(e, statement);
  if (condition === undefined) return;
  if (condition.hasElse) e.host.report(positionOf(statement), "a second .else");
  condition.hasElse = true;
  condition.state = condition.state === "looking" ? "reading" : "done";
};

const endIf: Action = (e, statement) => {
  if (innermost(e, statement) !== undefined) e.conditions.pop();
};

/** By name. */
export const conditionals: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...tests.map(([name, test]) => [name, ifAction(test)] as const),
  [".elseif", elseIf], [".else", otherwise], [".endif", endIf],
]);
