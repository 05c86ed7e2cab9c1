/**
 * Value numbering: a pure value that equals one which dominates it is replaced by it.
 *
 * A walk over the dominator tree with a scoped table; the key is op, type, what the op carries, and the arguments. One
 * register for equal values is what the verifier wants (verifier rules 1 and 7): a bound found for it serves every use.
 * Cheap values that selection rebuilds anywhere are only shared within a block, so that they hold no register over
 * calls: comparisons (a branch redoes them) and addresses in the frame.
 */
import type { AnyValue, Block, Function } from "../ir/module.ts";
import { removeWhere, replaceUses } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";
import type { PassContext } from "./pass.ts";

export function numberValues(fn: Function, context: PassContext): boolean {
  const dom = context.dominators(fn);
  const table = new Map<string, AnyValue>();
  const doubles = new Set<AnyValue>();
  const enter = (block: Block): string[] => {
    const added: string[] = [];
    for (const value of block.values) {
      const key = keyOf(value);
      if (key === undefined) continue;
      const known = table.get(key);
      if (known !== undefined && (known.block === block || !isCheap(value))) {
        if (!context.spend()) return added;
        replaceUses(value, known);
        doubles.add(value);
      } else if (known === undefined) {
        table.set(key, value);
        added.push(key);
      }
    }
    return added;
  };
  const stack: { node: number; at: number; added: string[] }[] = [{ node: 0, at: 0, added: enter(dom.order[0]) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = dom.children[top.node][top.at++];
    if (child === undefined) {
      for (const key of top.added) table.delete(key);
      stack.pop();
    } else stack.push({ node: child, at: 0, added: enter(dom.order[child]) });
  }
  return removeWhere(fn.blocks, (value) => doubles.has(value));
}

function isCheap(value: AnyValue): boolean {
  if (value.op === "compare") return true;
  return value.op === "ptradd" && ops[value.args[0].op].leaf === true && value.args[1].op === "const";
}

/** What two values must share to be one; undefined for what is not pure. */
export function keyOf(value: AnyValue): string | undefined {
  if (ops[value.op].pure !== true || ops[value.op].leaf === true || value.op === "isconstant") return undefined;
  const ids = value.args.map((arg) => arg.id);
  if (ops[value.op].commutative === true) ids.sort((x, y) => x - y);
  return `${value.op} ${value.type} ${carried(value)} ${ids.join(" ")}`;
}

function carried(value: AnyValue): string {
  switch (value.op) {
    case "extend": return `${value.aux.signed ? "s" : "u"}${value.aux.from}`;
    case "bswap": case "compare": case "fcompare": return String(value.aux);
    case "addrspace": return `${value.aux.from} ${value.aux.to}`;
    case "fromint": return `${value.aux.signed}`;
    case "toint": return `${value.aux.signed ? "s" : "u"}${value.aux.bits} ${value.aux.shift}`;
    case "phi": return `${value.block?.id} ${value.aux.blocks.map((block) => block.id).join(",")}`;
    default: return "";
  }
}
