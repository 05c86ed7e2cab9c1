/**
 * The examples that come with iproute2, compiled unchanged with iproute2's own bpf_api.h: wherever the object that clang makes
 * loads, ours does, and prints the same under the same traffic.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect } from "vitest";
import { compile, compileByClang } from "../harness/compile.ts";
import { ping, withCable, type Cable } from "../harness/network.ts";
import { itWith, need, oracle, type OracleName } from "../harness/oracles.ts";
import { scratchPath } from "../harness/scratch.ts";
import { collectPrinted } from "../harness/trace.ts";

const oracles: OracleName[] = [
  ...(["root", "netns", "kernel bpf", "ip", "nsenter", "ping", "trace", "clang-19"] as const),
  "iproute2 examples",
];
const directory = oracle("iproute2 examples") ?? "";
const examples = [directory, join(directory, "legacy")]
  .filter(existsSync)
  .flatMap((each) => readdirSync(each).map((name) => join(each, name)))
  .filter((path) => path.endsWith(".c"));

interface Loader {
  readonly tc: "tc" | "tc-internal";
  readonly maps: string;
}
const packaged: Loader = { tc: "tc", maps: "-mmaps=btf" };
const internal: Loader = { tc: "tc-internal", maps: "-mmaps=legacy" };

/** What the programs of an object print while packets flow, or that the loader refuses it. */
function behaviour(loader: Loader, source: string, object: string): string[] | "refused" {
  return withCable((cable) => {
    cable.left.run("tc", "qdisc", "add", "dev", cable.left.device, "clsact");
    let loaded = true;
    const printed = collectPrinted(() => {
      try {
        for (const [section, direction] of entries(source)) load(cable, loader, object, section, direction);
      } catch {
        loaded = false;
        return;
      }
      ping(cable.left, cable.right, 3);
      for (const section of graftable(source)) {
        const slot = ["m:globals/jmp_tc", "key", "0"];
        cable.left.run(need(loader.tc), "exec", "bpf", "graft", ...slot, "obj", object, "sec", section);
        ping(cable.left, cable.right, 1);
      }
    });
    return loaded ? printed : "refused";
  });
}

function load(cable: Cable, loader: Loader, object: string, section: string, direction: string): void {
  const filter = ["filter", "add", "dev", cable.left.device, direction, "bpf", "da"];
  cable.left.run(need(loader.tc), ...filter, "obj", object, "sec", section);
}

/** Sections that are filters, with the directions of the packets that they are for. */
function entries(source: string): [section: string, direction: string][] {
  const all: [string, string, string][] = [
    ['__section("egress")', "egress", "egress"],
    ['__section("ingress")', "ingress", "ingress"],
    ["__section_cls_entry", "classifier", "ingress"],
  ];
  return all.filter(([mark]) => source.includes(mark)).map(([, section, direction]) => [section, direction]);
}

/** Whether the maps are on their own: none within another, none that the loader fills with tail-called sections. */
function isPlain(source: string): boolean {
  return !source.includes("__section_tail") && !source.includes("inner_i");
}

/** Sections that the source's comment puts into a program array by hand. */
function graftable(source: string): string[] {
  return ["aaa", "bbb"].filter((section) => source.includes(`__section("${section}")`));
}

/**
 * The source with its maps shared by all objects. The tc of Debian 12 names the directory of an object's own maps by a hash
 * that it has the kernel compute, which not every kernel can; an unpinned program array loses its programs when tc ends.
 */
function withGlobalMaps(path: string, source: string): string {
  const include = join(dirname(dirname(directory)), "include", "bpf_api.h");
  const changed = scratchPath(`-${basename(path)}`);
  const text = source.replaceAll("PIN_OBJECT_NS", "PIN_GLOBAL_NS").replace(/"[./]*include\/bpf_api\.h"/, `"${include}"`);
  writeFileSync(changed, text);
  return changed;
}

describe("iproute2's examples", () => {
  for (const path of examples) {
    const source = readFileSync(path, "utf8");
    for (const loader of [packaged, internal]) {
      itWith([...oracles, "tc", "tc-internal"], `${path.slice(directory.length + 1)} by ${loader.tc}`, () => {
        const variants = source.includes(".pinning\t= PIN_OBJECT_NS") ? [path, withGlobalMaps(path, source)] : [path];
        for (const variant of variants) {
          const reference = compileByClang(variant, ["-O2", "-g"]);
          const object = compile(variant, ["-O2", "-g", loader.maps]);
          const expected = behaviour(loader, source, reference);
          if (expected !== "refused") {
            expect(behaviour(loader, source, object)).toEqual(expected);
          } else if (loader === packaged && isPlain(source)) {
            // Our maps are in the form that this loader wants. clang's objects show what they do by the other loader.
            const promised = behaviour(internal, source, compileByClang(withGlobalMaps(path, source), ["-O2"]));
            expect(behaviour(loader, source, object)).toEqual(promised);
          }
        }
      });
    }
  }
});
