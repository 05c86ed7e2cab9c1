/**
 * Parallel moves: from "all at once" to one after the other.
 *
 * Takes pairs (destination, source) of registers, the destinations distinct, and gives moves in an order in which no
 * source is overwritten before it is read. A move whose destination nobody still has to read can go first; when none is
 * left, what remains are cycles, and each is opened by keeping one value elsewhere: in a free register, or in memory
 * when there is none. (Exchanging by three xors is no way out here: the verifier forbids them on pointers.)
 */
import type { Reg } from "./machine.ts";

export interface Move { readonly dst: Reg; readonly src: Reg }

/** One step: a move; or putting a register away in memory; or taking what was put away. */
export type Step =
  | { readonly kind: "move"; readonly dst: Reg; readonly src: Reg }
  | { readonly kind: "save"; readonly src: Reg }
  | { readonly kind: "restore"; readonly dst: Reg };

/**
 * Orders the moves.
 * @param scratch gives a register that is neither source nor destination and whose content nobody needs, or
 * undefined; it is
 *   asked only for a cycle. At most one value is saved in memory at any time.
 */
export function sequentialize(moves: readonly Move[], scratch: () => Reg | undefined): Step[] {
  const steps: Step[] = [];
  const pending = new Map<Reg, Reg>();
  const readers = new Map<Reg, number>();
  for (const { dst, src } of moves) {
    if (dst === src) continue;
    if (pending.has(dst)) throw new Error(`two moves to register ${dst}`);
    pending.set(dst, src);
    readers.set(src, (readers.get(src) ?? 0) + 1);
  }
  const ready = [...pending.keys()].filter((dst) => !readers.has(dst));
  const drain = (): void => {
    for (let dst = ready.shift(); dst !== undefined; dst = ready.shift()) {
      const src = pending.get(dst);
      if (src === undefined) continue;
      steps.push({ kind: "move", dst, src });
      pending.delete(dst);
      release(src);
    }
  };
  const release = (src: Reg): void => {
    const left = (readers.get(src) ?? 0) - 1;
    if (left > 0) readers.set(src, left);
    else {
      readers.delete(src);
      if (pending.has(src)) ready.push(src);
    }
  };
  drain();
  // What is left are cycles without branches: each register is read once.
  for (let first = pending.entries().next(); first.done !== true; first = pending.entries().next()) {
    const [dst, src] = first.value;
    const free = scratch();
    pending.delete(dst);
    if (free === undefined) steps.push({ kind: "save", src });
    else steps.push({ kind: "move", dst: free, src });
    release(src);
    drain();
    if (free === undefined) steps.push({ kind: "restore", dst });
    else steps.push({ kind: "move", dst, src: free });
  }
  return steps;
}
