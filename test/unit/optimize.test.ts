import { describe, expect, test } from "vitest";
import { parseModule } from "../../compiler/ir/parse.ts";
import { printModule } from "../../compiler/ir/print.ts";
import { checkPipeline, order, passes, pipeline } from "../../compiler/optimize/passes.ts";
import { optimize } from "../../compiler/optimize/run.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import type { LaboratoryOptions } from "../../compiler/source/options.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { codeOptions } from "../harness/ir-options.ts";

const program = `function @f(v0: i32) -> i32 global section "tc" {
  slot v1 "x" 4 align 4
b2:
  store.u32 v1, v0 align 4
  v3 = load.u32 i32 v1 align 4
  v4 = add i32 v3, 0
  v5 = isconstant i32 v4
  v6 = add i32 v4, v5
  return v6
}
`;

function run(level: string, laboratory: Partial<LaboratoryOptions> = {}): { text: string; printed: string; complete: boolean } {
  const module = parseModule(program);
  const options = codeOptions([level]);
  let printed = "";
  const complete = optimize(module, { ...options, laboratory: { ...options.laboratory, ...laboratory } }, {
    diagnostics: new Diagnostics(new SourceMap()),
    print: (text) => {
      printed += text;
    },
    now: () => 0,
  });
  return { text: printModule(module), printed, complete };
}

describe("the pipeline", () => {
  test("is sound", () => {
    expect(checkPipeline()).toEqual([]);
  });

  test("every pass runs, has a purpose, and is bound by a reason", () => {
    const used = new Set(pipeline("2").map((pass) => pass.name));
    for (const pass of passes) {
      expect(used.has(pass.name), pass.name).toBe(true);
      expect(pass.purpose.length, pass.name).toBeGreaterThan(10);
      const isBound = pass.name === "dce" || order.some((c) => c.before === pass.name || c.after === pass.name);
      expect(isBound, `${pass.name} stands in no constraint`).toBe(true);
    }
    expect(new Set(passes.map((pass) => pass.name)).size).toBe(passes.length);
  });

  test("a step out of order is told with its reason", () => {
    const names = pipeline("2").map((pass) => pass.name);
    const wrong = [...names.filter((name) => name !== "simplify"), "simplify"];
    expect(checkPipeline(wrong).join("\n")).toContain("canonical forms make equal values look equal");
    expect(checkPipeline(names.slice(0, -1)).join("\n")).toContain("after widen");
  });

  test("-O0 runs the required passes alone", () => {
    expect(pipeline("0").every((pass) => pass.required)).toBe(true);
    expect(run("-O0").text).toContain("slot v1");
    expect(run("-O0").text).not.toContain("isconstant");
  });
});

describe("the laboratory", () => {
  test("--stop-after prints and stops", () => {
    const { printed, complete, text } = run("-O2", { stopAfter: "promote" });
    expect(complete).toBe(false);
    expect(printed).toContain("; after promote");
    expect(text).toContain("isconstant");
    expect(text).not.toContain("slot");
  });

  test("--print-after=all prints after each step", () => {
    const { printed } = run("-O2", { printAfter: ["all"] });
    expect(printed.match(/^; after /gm)?.length).toBe(pipeline("2").length);
  });

  test("--disable leaves a pass out, unless it is required", () => {
    expect(run("-O2", { disable: ["promote", "loads"] }).text).toContain("slot v1");
    expect(run("-O2", { disable: ["resolve"] }).text).not.toContain("isconstant");
  });

  test("--fuel counts rewrites", () => {
    expect(run("-O2", { fuel: 0 }).text).toContain("slot v1");
    expect(run("-O2", { fuel: 0 }).text).not.toContain("isconstant");
    expect(run("-O2").text).toContain("return v0");
  });

  test("--time names the passes", () => {
    expect(run("-O1", { time: true }).printed).toContain("promote");
  });

  test("ill-formed IR is an internal error that names the place", () => {
    const module = parseModule(program);
    module.functions[0].params[0].uses.length = 0;
    expect(() => optimize(module, codeOptions(["-O1"]), { diagnostics: new Diagnostics(new SourceMap()), print: () => undefined }))
      .toThrow(/ill-formed IR on entry[^]*@f/);
  });
});
