/**
 * Components of extended vectors by name (clang's `ext_vector_type`, after OpenCL C): `v.x`, `v.zyx`, `v.s3a`, `v.lo`, `v.hi`,
 * `v.even`, `v.odd`.
 *
 * One component is an object if the vector is one. Several are a vector of their own, a value: none can be assigned to.
 */
import type { Expression, Statement } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { recordOf, unqualified, vectorOf } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import { followPath } from "./access.ts";
import { errorExpression } from "./build.ts";
import { type Checker, error } from "./context.ts";
import { build, elementAt, hold, vectorOfLength } from "./vectors.ts";

export function checkComponents(c: Checker, object: Expression, name: string, loc: Loc): Expression {
  const shape = vectorOf(object.type);
  if (shape === undefined) throw new Error("check: no vector type");
  const indices = componentIndices(name, shape.length);
  if (typeof indices === "string") {
    error(c, loc, `illegal vector component name '${indices}'`);
    return errorExpression(loc);
  }
  if (!halves.has(name) && indices.some((index) => index >= shape.length)) {
    error(c, loc, `vector component access exceeds type ${quoteType(unqualified(object.type))}`);
    return errorExpression(loc);
  }
  const [first = 0] = indices;
  if (indices.length === 1) {
    const member = recordOf(object.type)?.members?.[first];
    if (member === undefined) throw new Error("check: a vector has no such element");
    return followPath(object, { steps: [{ member, index: first }] }, loc);
  }
  const statements: Statement[] = [];
  const held = hold(statements, { kind: "load", lvalue: object, type: unqualified(object.type), loc });
  // What is behind the end of three elements' last half has no value of its own.
  return build(vectorOfLength(c, shape, indices.length), statements, loc, (i) => (
    elementAt(held, Math.min(indices[i] ?? 0, shape.length - 1), loc)
  ));
}

/** Names of halves: which elements, of `half` in each. */
const halves = new Map<string, (i: number, half: number) => number>([
  ["lo", (i) => i], ["hi", (i, half) => half + i], ["even", (i) => 2 * i], ["odd", (i) => 2 * i + 1],
]);

/** The elements that a name speaks of; the letter or the name that is none. */
function componentIndices(name: string, length: number): number[] | string {
  const half = halves.get(name);
  if (half !== undefined) {
    const count = Math.ceil(length / 2);
    return Array.from({ length: count }, (_, i) => half(i, count));
  }
  if (/^[sS][0-9a-fA-F]+$/.test(name)) return [...name.slice(1)].map((digit) => parseInt(digit, 16));
  const letters = "rgba".includes(name.charAt(0)) ? "rgba" : "xyzw";
  const wrong = [...name].find((letter) => !letters.includes(letter));
  return wrong ?? [...name].map((letter) => letters.indexOf(letter));
}
