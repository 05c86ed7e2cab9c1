/**
 * A branch that asks a phi of constants for one of two constants: the phi brings the answer instead.
 *
 * `ok = a < b ? 1 : 0; ...; return ok ? 0 : 2` becomes `r = a < b ? 0 : 2; ...; return r`. A phi elsewhere that decided
 * takes the verifier both ways again in each state that it comes in, and is told apart in all of them; one that is only
 * handed on is not (verifier rule 13: branches that are cheap to compute away go).
 */
import { bitsOf, evaluate } from "../ir/evaluate.ts";
import type { AnyValue, Block, Value } from "../ir/module.ts";
import {
  addIncoming, createValue, phis, prepend, replaceTerminator, setArg, terminator,
} from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

/**
 * Where a side of the branch goes at once, with what: a return (no block) or the next block's only phi that differs.
 */
interface Side { readonly join: Block | undefined; readonly from: Block; readonly value: AnyValue | undefined }

/** Does so for the block's branch, if it is one of that kind. */
export function choose(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "branch" || end.aux.then === end.aux.else) return false;
  const phi = askedPhi(end);
  if (phi === undefined) return false;
  const [yes, no] = [end.aux.then, end.aux.else].map((way) => sideOf(block, way));
  if (yes === undefined || no === undefined || yes.join !== no.join) return false;
  const { join } = yes;
  const differing = join === undefined ? undefined : onlyDifference(join, yes.from, no.from);
  if (join !== undefined && differing === undefined) return false;
  const bring = (side: Side): AnyValue | undefined => (
    differing === undefined ? side.value : differing.args[differing.aux.blocks.indexOf(side.from)]
  );
  const [whenYes, whenNo] = [bring(yes), bring(no)];
  if (whenYes?.op !== "const" || whenNo?.op !== "const" || !context.spend()) return false;
  const answer = createValue(block.function, "phi", whenYes.type, [], { blocks: [] }, phi.loc);
  phi.args.forEach((arg, i) => {
    const isYes = arg.op === "const" && answerFor(end.args[0], phi, arg.aux) !== 0n;
    addIncoming(answer, phi.aux.blocks[i], isYes ? whenYes : whenNo);
  });
  prepend(phi.block ?? block, answer);
  if (join === undefined || differing === undefined) {
    replaceTerminator(block, createValue(block.function, "return", "void", [answer], undefined, end.loc));
    return true;
  }
  // One of the ways is taken for both.
  const way = yes.from === block ? end.aux.else : end.aux.then;
  const kept = yes.from === block ? no.from : yes.from;
  setArg(differing, differing.aux.blocks.indexOf(kept), answer);
  replaceTerminator(block, createValue(block.function, "jump", "void", [], { target: way }, end.loc));
  return true;
}

/** The phi of constants, each phi's and its comparison's only use, that a branch asks. */
function askedPhi(end: Value<"branch">): Value<"phi"> | undefined {
  let at: AnyValue = end.args[0];
  while (at.op === "compare" && at.args[1].op === "const" || at.op === "extend" || at.op === "truncate") {
    if (at.uses.length !== 1) return undefined;
    at = at.args[0];
  }
  return at.op === "phi" && at.uses.length === 1 && at.args.every((arg) => arg.op === "const") ? at : undefined;
}

/** The condition's value when the phi has this one. */
function answerFor(condition: AnyValue, phi: AnyValue, value: bigint): bigint {
  if (condition === phi) return value;
  const args = condition.args.map((arg) => arg.op === "const" ? arg.aux : answerFor(arg, phi, value));
  const answer = evaluate(condition, args);
  if (answer === undefined) throw new Error(`v${condition.id} (${condition.op}) cannot be evaluated`);
  return BigInt.asUintN(bitsOf(condition.type), answer);
}

function sideOf(block: Block, way: Block): Side | undefined {
  const [first] = way.values;
  if (first.op === "return") return { join: undefined, from: way, value: first.args[0] };
  if (first.op === "jump" && way.preds.length === 1) return { join: first.aux.target, from: way, value: undefined };
  return phis(way).length > 0 ? { join: way, from: block, value: undefined } : undefined;
}

/** The one phi that the two ways bring different values. */
function onlyDifference(join: Block, a: Block, b: Block): Value<"phi"> | undefined {
  const brings = (phi: Value<"phi">, from: Block): AnyValue => phi.args[phi.aux.blocks.indexOf(from)];
  const differing = phis(join).filter((phi) => brings(phi, a) !== brings(phi, b));
  return differing.length === 1 ? differing[0] : undefined;
}
