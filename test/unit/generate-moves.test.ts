import { describe, expect, it } from "vitest";
import type { Move, Step } from "../../compiler/generate/moves.ts";
import { sequentialize } from "../../compiler/generate/moves.ts";

/** Runs the steps on a register file whose registers hold their own numbers. */
function run(steps: readonly Step[], registers: number): number[] {
  const file = Array.from({ length: registers }, (_, r) => r);
  let memory: number | undefined;
  for (const step of steps) {
    switch (step.kind) {
      case "move": file[step.dst] = file[step.src] ?? -1; break;
      case "save":
        expect(memory).toBeUndefined();
        memory = file[step.src];
        break;
      case "restore":
        file[step.dst] = memory ?? -1;
        memory = undefined;
        break;
    }
  }
  expect(memory).toBeUndefined();
  return file;
}

/** All ways to give each of `count` destinations a source or none. */
function* allMoves(count: number): Generator<Move[]> {
  const choice = Array.from({ length: count }, () => -1);
  for (;;) {
    yield choice.flatMap((src, dst) => (src < 0 ? [] : [{ dst, src }]));
    let at = 0;
    while (at < count && choice[at] === count - 1) choice[at++] = -1;
    if (at === count) return;
    choice[at] = (choice[at] ?? -1) + 1;
  }
}

describe("parallel moves", () => {
  for (const count of [1, 2, 3, 4, 5]) {
    it(`of up to ${count} registers come out right, with and without a scratch register`, () => {
      for (const moves of allMoves(count)) {
        const wanted = Array.from({ length: count }, (_, r) => moves.find((m) => m.dst === r)?.src ?? r);
        expect(run(sequentialize(moves, () => count), count + 1).slice(0, count)).toEqual(wanted);
        const inMemory = sequentialize(moves, () => undefined);
        expect(run(inMemory, count)).toEqual(wanted);
      }
    });
  }

  it("take no more steps than moves and cycles", () => {
    for (const moves of allMoves(4)) {
      const real = moves.filter((m) => m.dst !== m.src).length;
      const steps = sequentialize(moves, () => 4);
      const throughScratch = steps.filter((s) => s.kind === "move" && s.dst === 4).length;
      expect(steps.length).toBe(real + throughScratch);
    }
  });

  it("refuse two moves to one register", () => {
    expect(() => sequentialize([{ dst: 1, src: 2 }, { dst: 1, src: 3 }], () => 0)).toThrow("two moves");
  });
});
