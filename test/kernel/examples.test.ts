/**
 * Every example is accepted by the kernel at every level of optimisation and for every version of the instruction set: those
 * in the manner of tc's loader by both kinds of tc, those in the manner of libbpf by bpftool.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { compile, projectDirectory } from "../harness/compile.ts";
import { withCable } from "../harness/network.ts";
import { itWith, need, type OracleName } from "../harness/oracles.ts";

const directory = join(projectDirectory, "examples");
const examples = readdirSync(directory).filter((name) => name.endsWith(".c"));
const levels = ["-O0", "-O1", "-O2"].flatMap((level) => ["v1", "v2", "v3", "v4"].map((cpu) => [level, `-mcpu=${cpu}`]));

/** The sections that a source puts programs into, by the macros of bpf_api.h; those of tail calls are loaded with the rest. */
function entrySections(source: string): string[] {
  const named = [...source.matchAll(/^__section\("([^"]+)"\)/gm)].map((match) => match[1] ?? "");
  return source.includes("__section_cls_entry") ? [...named, "classifier"] : named;
}

/** What each refused object was told, by the options that it was compiled with; nothing, if all were accepted. */
function refusals(load: (options: string[]) => string | undefined): Record<string, string> {
  const refused: Record<string, string> = {};
  for (const options of levels) {
    const message = load(options);
    if (message !== undefined) refused[options.join(" ")] = message.slice(-2000);
  }
  return refused;
}

const common: OracleName[] = ["root", "netns", "kernel bpf", "ip", "nsenter"];

describe("examples load", () => {
  for (const name of examples) {
    const path = join(directory, name);
    const source = readFileSync(path, "utf8");

    if (source.includes('#include "bpf_api.h"')) {
      for (const [tc, maps] of [["tc", "-mmaps=btf"], ["tc-internal", "-mmaps=legacy"]] as const) {
        itWith([...common, tc], `${name} by ${tc}`, () => {
          withCable(({ left }) => {
            left.run("tc", "qdisc", "add", "dev", left.device, "clsact");
            const filter = ["filter", "add", "dev", left.device, "egress", "bpf", "da", "obj"];
            const refused = refusals((options) => {
              try {
                const object = compile(path, [...options, maps]);
                for (const section of entrySections(source)) left.run(need(tc), ...filter, object, "sec", section);
                return undefined;
              } catch (error) {
                return String(error);
              }
            });
            expect(refused).toEqual({});
          });
        }, 120_000);
      }
    } else {
      itWith(["root", "kernel bpf", "bpftool"], `${name} by bpftool`, () => {
        const refused = refusals((options) => {
          try {
            loadByBpftool(compile(path, [...options, "-g"]));
            return undefined;
          } catch (error) {
            return String(error);
          }
        });
        expect(refused).toEqual({});
      }, 120_000);
    }
  }
});

/** Loads all programs of an object, under a mount of the BPF file system that ends with the command, and the pins in it. */
function loadByBpftool(object: string): void {
  const script = 'mount -t bpf bpf /sys/fs/bpf && exec "$0" prog loadall "$1" /sys/fs/bpf/programs';
  const run = spawnSync("unshare", ["--mount", "sh", "-c", script, need("bpftool"), object], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`bpftool prog loadall: ${run.stderr}`);
}
