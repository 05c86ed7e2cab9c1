/**
 * Loaders take our objects as they take clang's: bpftool makes the same skeleton of both, so that a program written against one
 * builds with the other, and loads them; tc and ip, on the distribution's libbpf, attach them to a device; veristat, on the
 * kernel tree's libbpf, has each program accepted.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { veristat } from "../corpus/sources.ts";
import { verdictsOf } from "../corpus/veristat.ts";
import { compile, compileByClang, projectDirectory } from "../harness/compile.ts";
import { withCable } from "../harness/network.ts";
import { itWith, need, oracle } from "../harness/oracles.ts";

const directory = join(projectDirectory, "examples");
const sources = readdirSync(directory).filter((name) => name.endsWith(".c")).map((name) => join(directory, name))
  .map((path) => ({ path, name: basename(path), text: readFileSync(path, "utf8") }))
  .filter(({ text }) => text.includes("SEC("));

/** What bpftool writes of an object, without the lines that are the object's bytes, and without their number. */
function skeletonOf(object: string): string[] {
  const run = spawnSync(need("bpftool"), ["gen", "skeleton", object, "name", "example"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.split("\n").filter((line) => !line.startsWith("\\x") && !line.startsWith("\\0") && !line.includes("*sz = "));
}

describe("the skeleton is that of clang's object", () => {
  for (const { path, name } of sources) {
    itWith(["bpftool", "clang-19"], name, () => {
      const lines = skeletonOf(compile(path, ["-O2", "-g"]));
      expect(lines.length).toBeGreaterThan(50);
      expect(lines).toEqual(skeletonOf(compileByClang(path, ["-O2", "-g"])));
    });
  }
});

describe("loaders take an object", () => {
  for (const { path, name, text } of sources) {
    itWith(["root", "kernel bpf", "bpftool"], `${name} by bpftool prog load`, () => {
      const script = 'mount -t bpf bpf /sys/fs/bpf && exec "$0" prog load "$1" /sys/fs/bpf/program';
      const object = compile(path, ["-O2", "-g"]);
      const run = spawnSync("unshare", ["--mount", "sh", "-c", script, need("bpftool"), object], { encoding: "utf8" });
      expect([run.status, run.stderr]).toEqual([0, ""]);
    });
    if (text.includes('SEC("tc")')) {
      itWith(["root", "kernel bpf", "netns", "ip", "nsenter", "tc"], `${name} by tc`, () => {
        withCable(({ left }) => {
          left.run("tc", "qdisc", "add", "dev", left.device, "clsact");
          const filter = ["filter", "add", "dev", left.device, "ingress", "bpf", "da", "obj"];
          left.run(need("tc"), ...filter, compile(path, ["-O2", "-g"]), "sec", "tc");
          expect(left.run("tc", "filter", "show", "dev", left.device, "ingress")).toMatch(/direct-action .* id \d+/);
        });
      });
    }
    if (text.includes('SEC("xdp")')) {
      itWith(["root", "kernel bpf", "netns", "ip", "nsenter"], `${name} by ip link set xdp`, () => {
        withCable(({ left }) => {
          left.run(need("ip"), "link", "set", "dev", left.device, "xdp", "obj", compile(path, ["-O2", "-g"]), "sec", "xdp");
          expect(left.run("ip", "link", "show", "dev", left.device)).toMatch(/prog\/xdp id \d+/);
        });
      });
    }
    it.skipIf(oracle("kernel bpf") === undefined || !existsSync(veristat))(`${name} by the kernel tree's libbpf`, () => {
      const verdicts = verdictsOf(compile(path, ["-O2", "-g"]));
      expect(verdicts.length).toBeGreaterThan(0);
      expect(verdicts.filter(({ accepted }) => !accepted)).toEqual([]);
    });
  }
});
