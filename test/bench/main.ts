/**
 * The command `npm run bench`: how long compiling takes, as ratios to clang-19 in the same run, and how time grows with
 * programs. `usage` says how to run it.
 *
 * Both compilers are started anew for each run, as a build does it, in turns, so that what else the machine does meets
 * both. Time is that of the clock and, which is steadier, that of the processors: what the shell's `times` tells of its
 * children.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommandLine, refuse, wholeNumber } from "../harness/command-line.ts";
import { oracle } from "../harness/probe.ts";
import { ownHeaders, projectDirectory } from "../harness/project.ts";
import { growing } from "./growing.ts";

const usage = `usage: npm run bench -- [options]
  --runs N       runs of each compiler on each program (11)
  --scale        instead: the growing programs, each at a half and the whole of its largest size, at -O0 and -O2
  --filter TEXT  of those, the ones with TEXT in their names
Medians of processor time (user and system) and time by the clock, in milliseconds.
`;

interface Time {
  readonly cpu: number;
  readonly clock: number;
}

/** Milliseconds that a command takes, its children's with it; undefined when it fails. */
function time(command: readonly string[]): Time | undefined {
  const start = performance.now();
  const run = spawnSync("sh", ["-c", '"$@" 2>&1 || exit 1; times', "sh", ...command], { encoding: "utf8", maxBuffer: 1 << 28 });
  const clock = performance.now() - start;
  if (run.status !== 0) return undefined;
  // The last line is "0m0.280s 0m0.020s": the children's user and system time.
  const [last = ""] = run.stdout.trimEnd().split("\n").slice(-1);
  const cpu = [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  return { cpu: cpu * 1000, clock };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

const tbcc = [process.execPath, join(projectDirectory, "bin", "tbcc.js")];

/** A program that takes its types from all of the kernel's. */
const tracing = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1024); __type(key, __u32); __type(value, __u64); } seen SEC(".maps");
SEC("raw_tracepoint/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *args)
{
	struct task_struct *task = (struct task_struct *)args->args[0];
	__u32 pid = BPF_CORE_READ(task, tgid);
	__u64 start = BPF_CORE_READ(task, start_time);
	bpf_map_update_elem(&seen, &pid, &start, BPF_ANY);
	return 0;
}
char terms[] SEC("license") = "GPL";
`;

function compare(directory: string, runs: number): number {
  const clang = oracle("clang-19");
  if (clang === undefined) return tell("there is no clang-19 to compare with (test/oracles/install.sh)", 1);
  const programs = [{ name: "examples/vlan.c", path: join(projectDirectory, "examples", "vlan.c") }];
  const bpftool = oracle("bpftool");
  const dumped = bpftool === undefined ? undefined
    : spawnSync(bpftool, ["btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (dumped?.status === 0) {
    const path = join(directory, "tracing.c");
    writeFileSync(join(directory, "vmlinux.h"), dumped.stdout);
    writeFileSync(path, tracing);
    programs.push({ name: `vmlinux.h (${(dumped.stdout.length / 1e6).toFixed(1)} MB)`, path });
  } else tell("no vmlinux.h: it takes bpftool and the kernel's BTF");
  const flags = [...ownHeaders, `-I${directory}`, "-O2", "-g", "-c", "-o", join(directory, "object.o")];
  tell(`${"".padEnd(22)}${"cpu: tbcc".padStart(11)}${"clang".padStart(8)}${"ratio".padStart(8)}` +
    `${"clock: tbcc".padStart(14)}${"clang".padStart(8)}${"ratio".padStart(8)}`);
  for (const { name, path } of programs) {
    const ours: Time[] = [], theirs: Time[] = [];
    // The first round fills caches.
    for (let run = 0; run <= runs; run++) {
      const us = time([...tbcc, ...flags, path]);
      const them = time([clang, "-target", "bpf", ...flags, path]);
      if (us === undefined || them === undefined) return tell(`${us === undefined ? "tbcc" : "clang"} does not compile ${name}`, 1);
      if (run > 0) {
        ours.push(us);
        theirs.push(them);
      }
    }
    const columns = (what: keyof Time, first: number): string => {
      const [us, them] = [median(ours.map((one) => one[what])), median(theirs.map((one) => one[what]))];
      return us.toFixed(0).padStart(first) + them.toFixed(0).padStart(8) + (us / them).toFixed(2).padStart(8);
    };
    tell(name.padEnd(22) + columns("cpu", 11) + columns("clock", 14));
  }
  return 0;
}

/** Processor time of each growing program; a ratio of 2 is growth in proportion. */
function scale(directory: string, filter: string): number {
  const path = join(directory, "growing.c");
  const take = (level: string, text: string): number => {
    writeFileSync(path, text);
    const command = [...tbcc, level, "-w", "-ferror-limit=0", "-c", "-o", join(directory, "object.o"), path];
    // What is refused at some size is refused in time.
    return time(["sh", "-c", '"$@" || true', "sh", ...command])?.cpu ?? NaN;
  };
  const start = median(Array.from({ length: 5 }, () => take("-O2", "int f(void) { return 0; }\n")));
  tell(`start ${start.toFixed(0)} ms, taken off below\n${"".padEnd(20)}${"n".padStart(8)}` +
    ["-O0: n/2", "n", "ratio", "-O2: n/2", "n", "ratio"].map((column) => column.padStart(9)).join(""));
  for (const { name, limit, source } of growing) {
    if (!name.includes(filter)) continue;
    let row = name.padEnd(20) + String(limit).padStart(8);
    for (const level of ["-O0", "-O2"]) {
      const [half, whole] = [limit >> 1, limit].map((n) => Math.max(1, take(level, source(n)) - start));
      row += half.toFixed(0).padStart(9) + whole.toFixed(0).padStart(9) + (whole / half).toFixed(2).padStart(9);
    }
    tell(row);
  }
  return 0;
}

function tell(line: string, status = 0): number {
  process.stdout.write(`${line}\n`);
  return status;
}

const { values } = readCommandLine(usage, {
  options: {
    runs: { type: "string", default: "11" }, scale: { type: "boolean", default: false }, filter: { type: "string", default: "" },
  },
});
const runs = wholeNumber(usage, "runs", values.runs);
if (runs === 0) refuse(usage, "--runs takes a number from 1 on");
const scratch = mkdtempSync(join(tmpdir(), "tbcc-bench-"));
try {
  process.exitCode = values.scale ? scale(scratch, values.filter) : compare(scratch, runs);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
