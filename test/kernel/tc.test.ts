/**
 * Classifiers under real traffic, loaded by both kinds of tc: as packaged, whose loader is libbpf and wants maps with BTF
 * (-mmaps=btf, the default), and with its internal loader, which wants them in "maps" (-mmaps=legacy) and fills program
 * arrays by itself.
 *
 * The same three behaviours are tried on the programs of the talk that introduced this way of writing them (netdev 1.1, read
 * from a directory beside the project where there is one) and on our own examples in its manner.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect } from "vitest";
import { withClassGroup } from "../harness/class-group.ts";
import { compile, projectDirectory } from "../harness/compile.ts";
import { withCable, ping, type Cable } from "../harness/network.ts";
import { itWith, need, type OracleName } from "../harness/oracles.ts";
import { scratchPath } from "../harness/scratch.ts";
import { collectPrinted } from "../harness/trace.ts";

const talk = join(dirname(projectDirectory), "shared", "talk");
const examples = join(projectDirectory, "examples");

const traffic: OracleName[] = ["root", "netns", "kernel bpf", "ip", "nsenter", "ping"];

interface Loader {
  readonly title: string;
  readonly tc: "tc" | "tc-internal";
  readonly maps: string;
}

const packaged: Loader = { title: "tc as packaged", tc: "tc", maps: "-mmaps=btf" };
const internal: Loader = { title: "tc with its internal loader", tc: "tc-internal", maps: "-mmaps=legacy" };

/** A cable whose left end has a place for filters. */
function withFilters(body: (cable: Cable) => void): void {
  withCable((cable) => {
    cable.left.run("tc", "qdisc", "add", "dev", cable.left.device, "clsact");
    body(cable);
  });
}

/** Loads a section as a filter on the left end. verdict is "da" if the program returns an action, "" if a class. */
function load(cable: Cable, loader: Loader, direction: string, object: string, section: string, verdict: string): void {
  const flags = verdict === "" ? [] : [verdict];
  const filter = ["filter", "add", "dev", cable.left.device, direction, "bpf", ...flags];
  cable.left.run(need(loader.tc), ...filter, "obj", object, "sec", section);
}

/** Packets that a class of the left end's HTB has sent. */
function sentInClass(cable: Cable, name: string): number {
  const text = cable.left.run("tc", "-s", "class", "show", "dev", cable.left.device);
  const found = new RegExp(`class htb ${name} [^]*?Sent \\d+ bytes (\\d+) pkt`).exec(text);
  if (found === null) throw new Error(`no class ${name} in:\n${text}`);
  return Number(found[1]);
}

/** The numbers of 64 bits in a value of a map that tc has pinned. */
function pinnedWords(cable: Cable, map: string, key: number[]): bigint[] {
  const path = join(cable.bpffs, "tc", "globals", map);
  const bytes = key.map((byte) => `${byte}`);
  const dump = cable.left.run(need("bpftool"), "-j", "map", "lookup", "pinned", path, "key", ...bytes);
  const { value } = JSON.parse(dump) as { value: string[] };
  const view = new DataView(Uint8Array.from(value, (byte) => Number(byte)).buffer);
  return Array.from({ length: value.length >> 3 }, (_, word) => view.getBigUint64(word * 8, true));
}

/** A class's packets take its number as their priority, so that HTB puts them into the class of that number. */
function setsPriority(loader: Loader, source: string): void {
  const object = compile(source, ["-O2", loader.maps]);
  withFilters((cable) => {
    const { left, right } = cable;
    const htb = ["dev", left.device, "parent", "1:", "classid"];
    left.run("tc", "qdisc", "add", "dev", left.device, "root", "handle", "1:", "htb", "default", "1");
    left.run("tc", "class", "add", ...htb, "1:1", "htb", "rate", "1gbit");
    left.run("tc", "class", "add", ...htb, "1:2a", "htb", "rate", "1gbit");
    load(cable, loader, "egress", object, "classifier", "da");

    ping(left, right, 2);
    expect([sentInClass(cable, "1:1"), sentInClass(cable, "1:2a")]).toEqual([2, 0]);
    withClassGroup(0x0001002a, (processes) => {
      left.run("sh", "-c", `echo $$ > ${processes}; exec ping -q -c 3 -i 0.01 ${right.address}`);
    });
    expect([sentInClass(cable, "1:1"), sentInClass(cable, "1:2a")]).toEqual([2, 3]);
    if (source.endsWith("classid.c")) {
      expect(pinnedWords(cable, "class_traffic", [0x2a, 0, 1, 0])).toEqual([3n, 3n * 98n]);
    }
  });
}

/** What is counted on the way out is read on the way in: each answer finds one request more. */
function sharesMap(loader: Loader, source: string): void {
  const object = compile(source, ["-O2", loader.maps]);
  withFilters((cable) => {
    const printed = collectPrinted(() => {
      load(cable, loader, "egress", object, "egress", "da");
      load(cable, loader, "ingress", object, "ingress", "da");
      ping(cable.left, cable.right, 3);
    });
    expect(printed.filter((text) => text.startsWith("map val"))).toEqual(["map val: 1", "map val: 2", "map val: 3"]);
  });
}

/** Before the graft the entry falls through (the internal loader has filled the slot by then); after it, the tail call runs. */
function takesGraft(loader: Loader, source: string): void {
  const object = compile(source, ["-O2", "-DJMP_MAP=0", loader.maps]);
  const own = (texts: string[]): string[] => texts.filter((text) => text === "fallthrough" || text === "in cls_foo");
  withFilters((cable) => {
    const before = collectPrinted(() => {
      load(cable, loader, "ingress", object, "classifier", "");
      ping(cable.left, cable.right, 2);
    });
    if (loader === internal) {
      expect(own(before)).toEqual(["in cls_foo", "in cls_foo"]);
      return;
    }
    expect(own(before)).toEqual(["fallthrough", "fallthrough"]);
    const after = collectPrinted(() => {
      graft(cable, "jmp_tc", 0, object, "0/0");
      ping(cable.left, cable.right, 2);
    });
    expect(own(after)).toEqual(["in cls_foo", "in cls_foo"]);
  });
}

function graft(cable: Cable, map: string, key: number, object: string, section: string): void {
  cable.left.run(need("tc"), "exec", "bpf", "graft", `m:globals/${map}`, "key", `${key}`, "obj", object, "sec", section);
}

describe.skipIf(!existsSync(talk))("the talk's programs", () => {
  const source = (name: string): string => join(talk, name);
  for (const loader of [packaged, internal]) {
    itWith([...traffic, loader.tc, "net_cls"], `${loader.title}: minimal.c sets the priority`, () => {
      setsPriority(loader, source("minimal.c"));
    });
    itWith([...traffic, loader.tc, "trace"], `${loader.title}: graft.c runs its tail call`, () => {
      takesGraft(loader, source("graft.c"));
    });
  }
  itWith([...traffic, "tc", "trace"], `${packaged.title}: shared.c counts and reads one map`, () => {
    sharesMap(packaged, source("shared.c"));
  });
  itWith([...traffic, "tc-internal", "trace"], `${internal.title}: shared.c does, with a map that all objects share`, () => {
    // This tc names the directory of PIN_OBJECT_NS by a hash that it has the kernel compute, which not every kernel can.
    const global = scratchPath(".c");
    writeFileSync(global, readFileSync(source("shared.c"), "utf8").replace("PIN_OBJECT_NS", "PIN_GLOBAL_NS"));
    sharesMap(internal, global);
  });
});

describe("examples in the manner of the talk", () => {
  for (const loader of [packaged, internal]) {
    itWith([...traffic, loader.tc, "net_cls", "bpftool"], `${loader.title}: classid.c sets the priority and counts`, () => {
      setsPriority(loader, join(examples, "classid.c"));
    });

    itWith([...traffic, loader.tc, "bpftool"], `${loader.title}: shared_counters.c counts both directions`, () => {
      const object = compile(join(examples, "shared_counters.c"), ["-O2", loader.maps]);
      withFilters((cable) => {
        load(cable, loader, "egress", object, "egress", "da");
        load(cable, loader, "ingress", object, "ingress", "da");
        ping(cable.left, cable.right, 3);
        // An echo request is 98 bytes with its Ethernet header, and so is the answer.
        expect(pinnedWords(cable, "traffic", [0, 0, 0, 0])).toEqual([3n, 3n * 98n]);
        expect(pinnedWords(cable, "traffic", [4, 0, 0, 0])).toEqual([3n, 3n * 98n]);
      });
    });

    itWith([...traffic, loader.tc, "bpftool"], `${loader.title}: dispatch.c jumps to the handler of the protocol`, () => {
      const object = compile(join(examples, "dispatch.c"), ["-O2", loader.maps]);
      withFilters((cable) => {
        const handled = (slot: number): bigint | undefined => pinnedWords(cable, "handled", [slot, 0, 0, 0])[0];
        load(cable, loader, "ingress", object, "classifier", "da");
        if (loader === packaged) {
          ping(cable.left, cable.right, 2);
          expect([handled(2), handled(3)]).toEqual([0n, 2n]);
          graft(cable, "handlers", 2, object, "1/2");
        }
        const unhandled = handled(3);
        ping(cable.left, cable.right, 2);
        expect([handled(2), handled(3)]).toEqual([2n, unhandled]);
        // The handler refuses long requests: they come in from the right, and get no answer.
        expect(() => cable.right.run("ping", "-q", "-c", "1", "-W", "1", "-s", "1200", cable.left.address)).toThrow();
        ping(cable.right, cable.left, 1);
        expect(handled(2)).toBe(3n);
      });
    });
  }
});

describe("tbdump --tc", () => {
  itWith([...traffic, "tc", "bpftool"], "dispatch.c: the printed commands attach the program, and graft the tail calls", () => {
    const object = compile(join(examples, "dispatch.c"), ["-O2", "-mmaps=btf"]);
    withCable((cable) => {
      const { left, right } = cable;
      const handled = (slot: number): bigint | undefined => pinnedWords(cable, "handled", [slot, 0, 0, 0])[0];
      const lines = commandsFor(object, left.device).split("\n");
      const isGraft = (line: string): boolean => line.includes(" graft ");
      left.run("sh", "-e", "-c", lines.filter((line) => !isGraft(line)).join("\n"));
      expect(left.run("tc", "filter", "show", "dev", left.device, "ingress")).toContain("direct-action");
      ping(left, right, 2);
      expect([handled(2), handled(3)]).toEqual([0n, 2n]);
      left.run("sh", "-e", "-c", lines.filter(isGraft).join("\n"));
      ping(left, right, 2);
      expect([handled(2), handled(3)]).toEqual([2n, 2n]);
    });
  });

  itWith([...traffic, "tc", "bpftool"], "shared_counters.c: both directions", () => {
    const object = compile(join(examples, "shared_counters.c"), ["-O2", "-mmaps=btf"]);
    withCable((cable) => {
      cable.left.run("sh", "-e", "-c", commandsFor(object, cable.left.device));
      ping(cable.left, cable.right, 3);
      expect(pinnedWords(cable, "traffic", [0, 0, 0, 0])).toEqual([3n, 3n * 98n]);
      expect(pinnedWords(cable, "traffic", [4, 0, 0, 0])).toEqual([3n, 3n * 98n]);
    });
  });
});

/** The script that tbdump prints for a device. */
function commandsFor(object: string, device: string): string {
  return execFileSync(process.execPath, [join(projectDirectory, "bin", "tbdump.js"), "--tc", device, object], { encoding: "utf8" });
}
