/**
 * Blocks that are about to be copied: what they compute for others goes through memory.
 *
 * A value that is used outside of the blocks is stored to a slot of its own where it is made, and loaded where it is
 * used. The copies then store to the same slots, and the next promotion makes values of them again, with the phis that
 * the copies need.
 */
import { Builder } from "../ir/build.ts";
import type { AnyValue, Block, Function } from "../ir/module.ts";
import { setArg, terminator } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";

/** Values of the blocks that are used outside of them go through slots; phis on their exits keep their entries. */
export function storeOutgoing(fn: Function, blocks: ReadonlySet<Block>): void {
  for (const block of blocks) {
    for (const value of [...block.values]) {
      const isOutside = (user: AnyValue, i: number): boolean => {
        const at = user.op === "phi" ? user.aux.blocks[i] : user.block;
        return at !== undefined && !blocks.has(at);
      };
      const users = [...new Set(value.uses)].filter((user) => user.args.some((arg, i) => arg === value && isOutside(user, i)));
      if (users.length === 0 || value.type === "void") continue;
      const bytes = value.type === "i32" ? 4 : 8;
      const b = new Builder(fn, block, value.loc);
      const slot = b.slot({ name: "copied", size: bytes, align: bytes, temporary: true });
      const behind = block.values.slice(block.values.indexOf(value) + 1).find((v) => v.op !== "phi");
      if (behind === undefined) throw new Error(`v${value.id} ends b${block.id}`);
      b.before(behind).store(slot, value, { bytes, align: bytes, volatile: false });
      for (const user of users) {
        user.args.forEach((arg, i) => {
          if (arg === value && isOutside(user, i)) setArg(user, i, reload(b, slot, value.type, user, i));
        });
      }
    }
  }
}

function reload(b: Builder, slot: AnyValue, type: Type, user: AnyValue, index: number): AnyValue {
  const place = user.op === "phi" ? terminator(user.aux.blocks[index]) : user;
  const bytes = type === "i32" ? 4 : 8;
  return b.before(place).load(type, slot, { bytes, align: bytes, signed: false, volatile: false });
}
