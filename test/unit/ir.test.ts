import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dominators, dominates, dominators, findLoops, Frontiers } from "../../compiler/ir/dominators.ts";
import { parseFunction, parseModule } from "../../compiler/ir/parse.ts";
import { type Function, successors } from "../../compiler/ir/module.ts";
import { printModule } from "../../compiler/ir/print.ts";
import { verify } from "../../compiler/ir/verify.ts";
import { Builder, plainLoad, plainStore } from "../../compiler/ir/build.ts";

/** One of everything that the notation has. */
const everything = `asm ".byte 1"
variable @fmt local size 4 align 1 constant string bytes "61620a00"
variable @map global used section "maps" tag "t" size 36 align 4
variable @table local hidden size 16 align 8 reloc 8 8 @fmt -4
variable @ext global size 4 align 4 extern

function @helper(v0: i32, v1: i64) -> i64 local inline always pure {
b2:
  v3 = extend.s32 i64 v0
  v4 = add i64 v3, v1
  return v4
}

function @unknown() -> void global

function @main(v0: ptr) -> i32 global section "tc" naked noreturn {
  slot v1 "key" 4 align 4
  slot v2 "tmp" 64 align 8 temporary
b3:
  lifestart v1
  store.u32 v1, i32 -1 align 4
  v4 = load.s16 i32 v0 align 2 volatile
  v5 = call.helper.1 ptr (@map, v1)
  v6 = compare.eq i32 v5, null
  branch v6, b7, b8 unlikely
b8: unroll full
  v9 = phi i32 [b3 0] [b8 v10]
  v10 = add i32 v9, 1
  v11 = call.function i64 @helper(v10, i64 undef)
  memcpy.64 v2, v5 align 8
  memset.12 v2, 255 align 4 volatile
  v12 = memcmp.3 i32 v2, v5 align 1
  memvar.memcpy v2, v5, i64 5 align 1
  v13 = atomic.compareExchange.8 i64 v5, v11, i64 9
  v14 = skbload.2 i64 v0, i32 14
  v15 = asm "%0 = %1" volatile (v14) [output 64 -1 0 "out"] [input 64 0 -1] clobber "memory"
  v16 = asmresult.0 i64 v15
  v17 = call.indirect i32 (v5, v16)
  v40 = alloca ptr v16 align 16 reusable "x"
  v41 = alloca ptr 8 align 1
  v18 = ptradd ptr v5, 8
  v19 = isconstant i32 v17
  v20 = bswap.16 i32 v17
  v21 = compare.ult i32 v18, v5
  branch v21, b8, b22
b22: unroll 4
  lifeend v1
  switch v20 [1 b7] [2..5 b23] b24
b23:
  v25 = truncate i32 v16
  return v25
b24:
  unreachable
b7:
  return i32 0
}
`;

describe("notation", () => {
  test("parse and print are inverse", () => {
    const module = parseModule(everything);
    expect(verify(module)).toEqual([]);
    expect(printModule(module)).toBe(everything);
    const located = printModule(module, { locations: true });
    expect(printModule(parseModule(located), { locations: true })).toBe(located);
  });

  test("mistakes name their line", () => {
    expect(() => parseModule("function @f() -> void local {\nb0:\n  frobnicate\n}\n")).toThrow("line 3");
    expect(() => parseModule("function @f() -> void local {\nb0:\n  v1 = neg i32 v9\n  return\n}\n")).toThrow("v9 is not defined");
  });
});

describe("verify", () => {
  const problems = (body: string): string[] => verify(parseModule(`function @f(v0: i32, v1: ptr) -> i32 local {\n${body}\n}\n`));

  test.each([
    ["b2:\n  v3 = add i32 v0, v4\n  v4 = add i32 v0, 1\n  return v3", "does not dominate"],
    ["b2:\n  v3 = add i64 v0, 1\n  return v0", "argument 0 is i32, not i64"],
    ["b2:\n  return v1", "does not return i32"],
    ["b2:\n  return v0\nb3:\n  return v0", "unreachable"],
    ["b2:\n  jump b3\nb3:\n  v4 = phi i32\n  return v4", "has 0 entries for predecessor b2"],
    ["b2:\n  jump b2", "entry has predecessors"],
    ["b2:\n  v3 = extend.s32 i32 v0\n  return v3", "extends from all bits"],
    ["b2:\n  v3 = load.u64 i32 v1 align 8\n  return v3", "more bytes than the result"],
    ["b2:\n  v3 = load.u32 i32 v1 align 3\n  return v3", "no power of two"],
    ["b2:\n  v3 = compare.eq i32 v0, i64 4\n  return v3", "different types"],
    ["b2:\n  switch v0 [1..4 b3] [3 b3] b3\nb3:\n  return i32 0", "is there twice"],
  ])("%s", (body, message) => {
    expect(problems(body).join("\n")).toContain(message);
  });

  test("use lists are checked", () => {
    const fn = parseFunction("function @f(v0: i32) -> i32 local {\nb1:\n  v2 = neg i32 v0\n  return v2\n}\n");
    fn.params[0].uses.length = 0;
    const found = verify({ functions: [fn], variables: [], aliases: [], asm: [] });
    expect(found.join()).toContain("records 0 uses, has 1");
  });
});

test("builder makes what the notation shows", () => {
  const fn = parseFunction("function @f(v0: ptr) -> i32 local {\nb1:\n  return i32 0\n}\n");
  const b = new Builder(fn, fn.blocks[0], 7);
  const slot = b.slot({ name: "x", size: 4, align: 4, temporary: false });
  b.store(slot, b.add(b.load("i32", fn.params[0], plainLoad(4)), b.i32(-1)), plainStore(4));
  expect(printModule({ functions: [fn], variables: [], aliases: [], asm: [] })).toContain(
    "  v5 = load.u32 i32 v0 align 4\n  v7 = add i32 v5, -1\n  store.u32 v4, v7 align 4\n  return i32 0\n",
  );
  expect(verify({ functions: [fn], variables: [], aliases: [], asm: [] })).toEqual([]);
});

test("dominators, frontiers and loops", () => {
  const fn = parseFunction(`function @f(v0: i32) -> i32 local {
b1:
  branch v0, b2, b3
b2:
  jump b4
b3:
  jump b4
b4:
  branch v0, b5, b6
b5:
  branch v0, b5, b7
b7:
  jump b4
b6:
  return i32 0
}
`);
  const dom = dominators(fn);
  const [b1, b2, , b4, b5, b7, b6] = fn.blocks;
  expect(dominates(dom, b1, b6)).toBe(true);
  expect(dominates(dom, b2, b4)).toBe(false);
  expect(dominates(dom, b4, b7)).toBe(true);
  const frontier = new Frontiers(dom).of([dom.index.get(b5) ?? -1], () => true);
  expect(frontier.map((i) => dom.order[i].id).sort()).toEqual([4, 5]);
  const loops = findLoops(dom);
  expect(loops.all.map((loop) => [loop.header.id, loop.depth, loop.blocks.size])).toEqual([[4, 1, 3], [5, 2, 1]]);
  expect(loops.of.get(b7)?.header).toBe(b4);
  expect(loops.of.get(b6)).toBe(undefined);
});

/** A function of blocks that end in switches; `ways[i]` are the targets of block i. */
function graphOf(ways: readonly (readonly number[])[]): Function {
  const text = ways.map((to, i) => {
    const cases = to.slice(1).map((target, k) => `[${k} b${target + 1}]`).join(" ");
    const end = to.length === 0 ? "return i32 0" : to.length === 1 ? `jump b${to[0] + 1}` : `switch v0 ${cases} b${to[0] + 1}`;
    return `b${i + 1}:\n  ${end}\n`;
  });
  return parseFunction(`function @f(v0: i32) -> i32 local {\n${text.join("")}}\n`);
}

/** Positions that the entry reaches without going through `without`. */
function reached(dom: Dominators, without: number): Set<number> {
  const seen = new Set<number>();
  const work = without === 0 ? [] : [0];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const next of successors(dom.order[at])) {
      const to = dom.index.get(next) ?? -1;
      if (to !== without) work.push(to);
    }
  }
  return seen;
}

test("dominators and iterated frontiers are what they are by definition", () => {
  const size = 12;
  const graph = fc.array(fc.array(fc.integer({ min: 1, max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size });
  fc.assert(fc.property(graph, fc.array(fc.nat(size - 1), { minLength: 1, maxLength: 4 }), (ways, chosen) => {
    const dom = dominators(graphOf(ways));
    const { order, index, idom } = dom;
    const around = order.map((_, at) => reached(dom, at));
    const preds = order.map((block) => block.preds.flatMap((pred) => index.get(pred) ?? []));
    const above = (a: number, b: number): boolean => a === b || !around[a].has(b);
    order.forEach((block, b) => {
      order.forEach((other, a) => expect(dominates(dom, other, block)).toBe(above(a, b)));
      if (b === 0) return;
      expect(above(idom[b], b) && idom[b] !== b).toBe(true);
      order.forEach((_, a) => expect(a === b || !above(a, b) || above(a, idom[b])).toBe(true));
    });
    const start = [...new Set(chosen.map((at) => at % order.length))];
    const expected = new Set<number>();
    const work = [...start];
    for (let a = work.pop(); a !== undefined; a = work.pop()) {
      for (let b = 0; b < order.length; b++) {
        const ends = preds[b].some((pred) => above(a, pred)) && !(above(a, b) && a !== b);
        if (!ends || expected.has(b)) continue;
        expected.add(b);
        work.push(b);
      }
    }
    const frontier = new Frontiers(dom).of(start, () => true);
    expect(frontier.sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
  }));
});
