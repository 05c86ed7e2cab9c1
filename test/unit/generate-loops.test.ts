/**
 * Loops as kernels before 6.2 take them: their walk of the graph (check_cfg in kernel/bpf/verifier.c) refuses a way
 * back that is a fall-through of an instruction which is no jump.
 *
 * run: npx vitest run test/unit/generate-loops.test.ts
 */
import { expect, test } from "vitest";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { caseFiles } from "../harness/cases.ts";
import { compileSource } from "../harness/tbcc.ts";

/** What instruction `at` may go on to; `jumps` tells a jump from an instruction that just ends. */
function successors(code: DataView, at: number): { readonly next: readonly number[]; readonly jumps: boolean } {
  const opcode = code.getUint8(at * 8);
  const group = opcode & 7;
  if (opcode === 0x18) return { next: [at + 2], jumps: false };
  if (group !== 5 && group !== 6) return { next: [at + 1], jumps: false };
  switch (opcode & 0xf0) {
    case 0x80: return { next: [at + 1], jumps: false };
    case 0x90: return { next: [], jumps: true };
    case 0x00: {
      const distance = group === 6 ? code.getInt32(at * 8 + 4, true) : code.getInt16(at * 8 + 2, true);
      return { next: [at + 1 + distance], jumps: true };
    }
    default: return { next: [at + 1, at + 1 + code.getInt16(at * 8 + 2, true)], jumps: true };
  }
}

/** The instructions from which a loop is closed by falling through, for a walk that tries jumps first or last. */
function fallsBack(code: DataView, entry: number, jumpsFirst: boolean): number[] {
  const found: number[] = [];
  const state = new Map<number, "open" | "done">([[entry, "open"]]);
  const stack = [{ at: entry, tried: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { next, jumps } = successors(code, top.at);
    const to = next.at(jumpsFirst ? -1 - top.tried++ : top.tried++);
    if (to === undefined) {
      state.set(top.at, "done");
      stack.pop();
    } else if (!state.has(to)) {
      state.set(to, "open");
      stack.push({ at: to, tried: 0 });
    } else if (state.get(to) === "open" && !jumps) {
      found.push(top.at);
    }
  }
  return found;
}

function loopsOf(object: ObjectFile, jumpsFirst = false): string[] {
  return object.symbols.flatMap(({ name, home, value, type }) => {
    if (type !== "func" || typeof home === "string" || home.data === undefined) return [];
    const { buffer, byteOffset, length } = home.data;
    return fallsBack(new DataView(buffer, byteOffset, length), value / 8, jumpsFirst).map((at) => `${name}: ${at}`);
  });
}

for (const { name, path, text } of [...caseFiles("run"), ...caseFiles("verifier")]) {
  test(name, () => {
    for (const level of ["-O0", "-O2"]) {
      const { object } = compileSource(path, ["-w", "-mcpu=v4", level], text);
      if (object !== undefined) expect(loopsOf(object), level).toEqual([]);
    }
  });
}

test.each([false, true])("a loop is entered at its head alone, jumps first: %s", (jumpsFirst) => {
  // What stands before the loop on one way also stands at its end.
  const text = `
static long (*use)(volatile void *p) = (void *)15;
static int (*get)(volatile void *p) = (void *)16;
__attribute__((section("tc"), used)) int looped(long *ctx)
{
	volatile long s[1];
	long v = ctx[0];
	if (get(ctx) & 1) { use(ctx); s[0] = v; } else { use(s); s[0] = 0; }
	while (get(ctx) < 5) { if (get(s)) use(ctx + 1); s[0] = v; }
	return s[0];
}
`;
  const { object, messages } = compileSource("heads.c", ["-O2"], text);
  if (object === undefined) throw new Error(messages);
  expect(loopsOf(object, jumpsFirst)).toEqual([]);
});
