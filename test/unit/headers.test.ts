/**
 * The headers in include/. Each is complete by itself, in both byte orders, and all of them go together in any order;
 * and what they say of the kernel is what the system's own headers say: the value of every constant that both define,
 * the layout of every record. The system's may be older: what they lack is passed over, and a record may have grown
 * since.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { itWith, need, oracleDirectory } from "../harness/oracles.ts";
import { freestandingDirectory, includeDirectory as include, ownHeaders as ours } from "../harness/project.ts";
import { scratchPath } from "../harness/scratch.ts";

const headers = readdirSync(include, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".h"))
  .map((name) => name.replace(/^freestanding\//, ""))
  .sort();
const targets = ["bpfel", "bpfeb"];

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs clang over a text. */
function clang(args: readonly string[], text: string): Outcome {
  const source = scratchPath(".c");
  writeFileSync(source, text);
  return spawnSync(need("clang-19"), [...args, source], { encoding: "utf8", maxBuffer: 1 << 26 });
}

// The system's own, where clang's own come first; its sysroot-dependent parts believe to be on the machine that we are
// on.
const theirs = ["-D__x86_64__", "-isystem", "/usr/include/x86_64-linux-gnu", "-isystem", "/usr/include"];
const strict = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-fsyntax-only"];

/** A header for one byte order says so, and is not for the other. */
function headersFor(target: string): string[] {
  const other = target === "bpfel" ? "byteorder/big_endian.h" : "byteorder/little_endian.h";
  return headers.filter((name) => !name.endsWith(other));
}

function including(names: string[]): string {
  const prelude = names.includes("bpf/usdt.bpf.h") ? machine : "";
  return prelude + names.map((name) => `#include <${name}>\n`).join("");
}

/** What a program says before bpf/usdt.bpf.h, which reads a register. */
const machine = "#define __TARGET_ARCH_x86\nstruct pt_regs { unsigned long rip; };\n";

describe("headers", () => {
  for (const target of targets) {
    itWith(["clang-19"], `each is complete by itself (${target})`, () => {
      const wrong = headersFor(target).flatMap((name) => {
        const { status, stderr } = clang(["-target", target, ...ours, ...strict], including([name]));
        return status === 0 ? [] : [`${name}: ${stderr}`];
      });
      expect(wrong).toEqual([]);
    }, 60_000);

    itWith(["clang-19"], `all go together, forwards and backwards (${target})`, () => {
      const names = headersFor(target);
      for (const order of [names, [...names].reverse()]) {
        const { status, stderr } = clang(["-target", target, ...ours, ...strict], including(order));
        expect(stderr).toBe("");
        expect(status).toBe(0);
      }
    });
  }
});

/** Headers of the system that a program might include beside ours; ours that such a program includes too. */
const library = ["sys/types.h", "sys/socket.h", "arpa/inet.h", "net/ethernet.h", "stdlib.h", "stdio.h", "time.h", "endian.h"];
const kernel = ["linux/if_link.h", "linux/perf_event.h", "linux/ptrace.h", "linux/netfilter.h", "linux/rtnetlink.h"];
const beside = ["bpf_api.h", "bpf/bpf_helpers.h", "linux/icmp.h", "linux/ipv6.h", "linux/tcp.h", "linux/if_tunnel.h"];

describe("headers among the system's", () => {
  // With nothing said of the machine that compiles.
  const system = ["-isystem", "/usr/include/x86_64-linux-gnu", "-isystem", "/usr/include"];
  const found = [
    ["as the compiler looks for them", ["-nostdinc", "-isystem", freestandingDirectory, ...system, "-isystem", include]],
    ["where ours come first", [...ours, ...system]],
  ] as const;
  for (const [how, path] of found) itWith(["clang-19", "system headers"], `each of the system's goes with ours ${how}`, () => {
    const args = ["-target", "bpf", ...path, "-fsyntax-only"];
    const orders = [
      ...[...library, ...kernel].map((name) => [name, "string.h", ...beside, "stdint.h", "limits.h"]),
      // The library's netinet/in.h knows of the kernel's only if it comes first, and its functions have the names of
      // macros in bpf_api.h.
      ...[...library, ...kernel]
        .filter((name) => name !== "arpa/inet.h")
        .map((name) => ["string.h", ...beside, "stdint.h", "limits.h", name]),
    ];
    const wrong = orders.flatMap((order) => {
      const { status, stderr } = clang(args, including(order));
      return status === 0 ? [] : [`${order.join(" ")}: ${stderr}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("headers behind others", () => {
  const tree = join(oracleDirectory, "linux-6.12");
  const others = [join(tree, "tools", "include", "uapi"), join(tree, "include", "uapi")];
  for (const other of others) itWith(["clang-19", "kernel sources"], `all go with those of ${other.slice(tree.length + 1)}`, () => {
    const names = headersFor("bpfel").filter((name) => /^(linux|bpf|asm)\/(?!bpf\/)|^bpf_api/.test(name));
    const path = [freestandingDirectory, other, include].flatMap((directory) => ["-isystem", directory]);
    // The raw headers warn that they are not meant for programs.
    const args = ["-nostdinc", ...path, "-fsyntax-only", "-Wno-#warnings"];
    for (const order of [names, [...names].reverse()]) {
      expect(clang(["-target", "bpf", ...args], including(["linux/types.h", ...order])).stderr).toBe("");
    }
  });
});

/** Those that the system has too, each with the system's as its counterpart. */
function commonHeaders(): string[] {
  const candidates = headers.filter((name) => /^(linux\/[^/]+|asm-generic\/errno.*)\.h$/.test(name));
  const known = clang(
    ["-target", "bpf", "-E", "-P", ...theirs],
    candidates.map((name) => `#if __has_include(<${name}>)\n"${name}"\n#endif\n`).join(""),
  ).stdout;
  return candidates.filter((name) => known.includes(`"${name}"`));
}

/** The names of constants in our headers: macros without parameters, and enumerators. */
function constantNames(): string[] {
  const names = new Set<string>();
  for (const header of headers.filter((name) => /^linux|errno/.test(name))) {
    const text = readFileSync(join(include, header), "utf8");
    for (const match of text.matchAll(/^#define ([A-Za-z]\w*) \S|^ {2}([A-Z]\w+) = /gm)) {
      names.add(match[1] ?? match[2] ?? "");
    }
  }
  return [...names];
}

/** Of names, those that are integer constant expressions under the given headers, with their values. */
function values(args: readonly string[], prelude: string, names: string[]): Map<string, string> {
  // One line a name: a line with an error is no constant there. The rest are compiled again for their values.
  const line = (name: string): string => `enum { probe_${name} = (${name}) != 0 };`;
  const probe = clang(
    ["-target", "bpf", "-fsyntax-only", "-ferror-limit=0", "-w", "-fno-caret-diagnostics", ...args],
    `${prelude}\n# 1 "probe"\n${names.map(line).join("\n")}\n`,
  );
  const wrong = new Set([...probe.stderr.matchAll(/^probe:(\d+):\d+: error/gm)].map((match) => Number(match[1])));
  const good = names.filter((_, index) => !wrong.has(index + 1));
  const text = `${prelude}\nlong long values[] = {\n${good.map((name) => `(long long)(${name}) ^ 0x5a5a5a5a5a5a5a5a,`).join("\n")}\n};`;
  const compiled = clang(["-target", "bpf", "-S", "-o", "-", "-w", ...args], text);
  expect(compiled.stderr).toBe("");
  const words = [...compiled.stdout.matchAll(/\.quad\s+(-?\w+)/g)].map((match) => match[1] ?? "");
  expect(words.length).toBe(good.length);
  return new Map(good.map((name, index) => [name, words[index] ?? ""]));
}

/** Layouts of records by name, as clang prints them: a line a field, with its offset, type and name. */
function layouts(args: readonly string[], prelude: string): Map<string, string[]> {
  const { stdout, stderr } = clang(
    ["-target", "bpf", "-fsyntax-only", "-w", "-Xclang", "-fdump-record-layouts-complete", ...args],
    prelude,
  );
  expect(stderr).toBe("");
  const result = new Map<string, string[]>();
  for (const block of stdout.split("*** Dumping AST Record Layout\n")) {
    const lines = block
      .split("\n")
      .filter((each) => each.includes("|") && !each.includes("sizeof="))
      .map((each) => each.replace(/\((unnamed|anonymous)[^)]*\)/g, "()").replace("[0] ", "[] ").replace(/\s+/g, " "))
      // Bits without a name are padding, which a later kernel may use.
      .filter((each) => !/^\s*\d+:\d+-\d+ \| \w+ $/.test(each));
    const name = /\| ((?:struct|union) \w+)$/.exec(lines[0] ?? "")?.[1];
    if (name !== undefined) result.set(name, lines.slice(1));
  }
  return result;
}

describe("what headers say of the kernel", () => {
  itWith(["clang-19", "system headers"], "constants have the system's values", () => {
    const prelude = including(commonHeaders());
    const names = constantNames();
    const mine = values(ours, prelude, names);
    const system = values(theirs, prelude, [...mine.keys()]);
    const different = [...system].filter(([name, value]) => mine.get(name) !== value && !growing(name));
    expect(different.map(([name, value]) => `${name}: ${mine.get(name)}, system ${value}`)).toEqual([]);
    expect(system.size).toBeGreaterThan(1500);
  }, 60_000);

  itWith(["clang-19", "system headers"], "records have the system's layouts", () => {
    const prelude = including(commonHeaders());
    const mine = layouts(ours, prelude);
    const system = layouts(theirs, prelude);
    const shared = [...system.keys()].filter((name) => mine.has(name) && !opaque(name));
    const missing = shared.flatMap((name) => {
      const fields = new Set(mine.get(name));
      return (system.get(name) ?? []).filter((field) => !fields.has(field)).map((field) => `${name}: ${field}`);
    });
    expect(missing).toEqual([]);
    expect(shared.length).toBeGreaterThan(120);
  }, 60_000);
});

/** Constants that say where a list ends, sum it up, or name the version: they grow with the kernel. */
function growing(name: string): boolean {
  return /MAX|^TCA_OLD_COMPAT$|^BPF_F_REDIRECT_FLAGS$|^LINUX_VERSION|^BPF_SOCK_OPS_ALL_CB_FLAGS$/.test(name);
}

/** Records that programs may not look into, so that the kernel renames their members at will. */
function opaque(name: string): boolean {
  return /^struct bpf_(timer|dynptr|list_head|list_node|rb_root|rb_node|refcount)$/.test(name);
}
