/**
 * ObjectFile -> KernelReport: what the running kernel says to an object's programs, and what they do in it.
 *
 * The programs of every section are loaded by themselves, with the functions of .text that they may call, so that a
 * refused one does not hide the others; then all are loaded together, run over the packets (BPF_PROG_TEST_RUN) in the
 * rounds of behave.ts, and their maps dumped after each. The loader is bpftool, so libbpf: maps must be in `.maps`
 * (see recast.ts).
 *
 * Everything happens in a mount namespace with a BPF file system of its own and in a network namespace of its own:
 * maps that pin themselves by name leave no trace, and no packet leaves.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "../../assembler/isa/decode.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { isCode } from "../../assembler/object/object.ts";
import { encodeFields } from "../harness/kernel-run.ts";
import { need } from "../harness/probe.ts";
import { type Behaviour, type Fill, isOfBytes, rounds } from "./behave.ts";
import { describeObject, type FunctionFacts, programsOf } from "./describe.ts";
import { stimuli } from "./packets.ts";
import { alone } from "./recast.ts";

export interface Verdict {
  readonly program: string;
  readonly accepted: boolean;
  /** Instructions that the verifier walked through; undefined where it did not come to count. */
  readonly verified: number | undefined;
  /** Of a refused program: the end of what loader and verifier said. */
  readonly log: string;
}

export interface KernelReport {
  readonly verdicts: readonly Verdict[];
  /** What runs and maps showed, by their names; undefined where runs are impossible, or depend on more than packets. */
  readonly behaviour: ReadonlyMap<string, string> | undefined;
}

/** Helpers whose answers are never the same: clocks, random numbers, the task that runs (enum bpf_func_id). */
const unsteadyHelpers: ReadonlySet<number> = new Set([5, 7, 8, 14, 15, 16, 35, 125, 160, 208]);

/** Section names by which libbpf knows a program's type; any other is taken for a classifier's, as tc does. */
const typed = new RegExp(`^(${[
  "socket", "sk_", "kprobe", "kretprobe", "ksyscall", "kretsyscall", "uprobe", "uretprobe", "usdt", "tracepoint", "tp",
  "raw_t", "fentry", "fmod_ret", "fexit", "freplace", "lsm", "iter", "syscall", "xdp", "perf_event", "lwt_", "sockops",
  "lirc_mode2", "flow_dissector", "cgroup", "struct_ops",
].join("|")})`);

/** What a run that the kernel refused shows, and those behind it. */
export const notRun = "not run";

/** Does the kernel take the frame? It wants something behind the Ethernet header, and no IP header that is cut. */
function isTaken(frame: Uint8Array): boolean {
  const protocol = frame[12] * 256 + frame[13];
  return frame.length >= (protocol === 0x0800 ? 34 : protocol === 0x86dd ? 54 : 15);
}

/** Asks the kernel. `fills`: what is put into the maps before each round. */
export function askKernel(object: ObjectFile, fills: Behaviour["fills"]): KernelReport {
  const programs = programsOf(object);
  const verdicts = [...new Set(programs.map(({ section }) => section))].flatMap((section) => (
    judge(alone(object, section), programs.filter((program) => program.section === section))
  ));
  const packetsOnly = programs.every(({ section }) => section.startsWith("xdp") || !typed.test(section));
  const runs = verdicts.every(({ accepted }) => accepted) && packetsOnly && isSteady(object);
  return { verdicts, behaviour: runs ? runAll(object, programs, fills) : undefined };
}

function isSteady(object: ObjectFile): boolean {
  return object.sections.filter(isCode).every(({ data }) => data === undefined || decode(data, object.endian)
    .every(({ instruction }) => (
      instruction.op !== "call" || instruction.call !== "helper" || !unsteadyHelpers.has(instruction.value)
    )));
}

/** Loads the programs of one section and reads the verifier's logs. */
function judge(object: ObjectFile, programs: readonly FunctionFacts[]): Verdict[] {
  return inNamespace(({ file, run }) => {
    writeFileSync(file("object.o"), writeElf(object));
    const loaded = run(loadCommand(file("object.o"), programs, "-d"));
    const lines = loaded.text.split("\n");
    return programs.map(({ name }) => {
      const start = lines.findIndex((line) => line.includes(`prog '${name}': -- BEGIN PROG LOAD LOG --`));
      const end = lines.findIndex((line, index) => index > start && line.includes("-- END PROG LOAD LOG --"));
      const verifierLog = start < 0 ? [] : lines.slice(start, end + 1);
      const count = verifierLog.map((line) => /^processed (\d+) insns/.exec(line)?.[1])
        .find((text) => text !== undefined);
      const accepted = lines.some((line) => line.includes(`prog '${name}': pinned at`));
      const log = accepted ? "" : (start < 0 ? lines : verifierLog).slice(-12).join("\n");
      return { program: name, accepted, verified: count === undefined ? undefined : Number(count), log };
    });
  });
}

/** bpftool's command that loads and pins all programs, and all maps beside those that pin themselves. */
function loadCommand(object: string, programs: readonly FunctionFacts[], ...options: readonly string[]): string {
  const type = programs.every(({ section }) => !typed.test(section)) ? "type classifier" : "";
  return `${need("bpftool")} ${options.join(" ")} prog loadall ${object} ${pins}/programs ${type} pinmaps ${pins}`;
}

const pins = "/sys/fs/bpf";

/** Runs all programs over all packets in all rounds, by one batch of bpftool's commands. */
function runAll(
  object: ObjectFile, programs: readonly FunctionFacts[], fills: Behaviour["fills"],
): Map<string, string> {
  return inNamespace(({ file, run }) => {
    const maps = describeObject(object).maps.filter(isOfBytes).map(({ name }) => name);
    const sent = stimuli.filter(({ packet }) => isTaken(packet));
    const commands: string[] = [];
    /** What the output of a command tells, by its place in the batch. */
    const readers = new Map<number, { readonly name: string; readonly read: (output: unknown) => string }>();
    writeFileSync(file("object.o"), writeElf(object));
    sent.forEach(({ packet, context }, index) => {
      writeFileSync(file(`packet${index}`), packet);
      const { mark = 0, priority = 0, cb = [] } = context;
      writeFileSync(file(`context${index}`), encodeFields({ mark, priority, cb }));
    });
    for (const round of rounds) {
      commands.push(...(fills.get(round) ?? []).map(fillCommand));
      for (const [index, stimulus] of sent.entries()) {
        for (const { name, section } of programs) {
          const out = file(`run${commands.length}`);
          const withContext = !section.startsWith("xdp");
          const context = withContext ? `ctx_in ${file(`context${index}`)} ctx_out ${out}.context` : "";
          readers.set(commands.length, {
            name: `${name} on ${stimulus.name}, maps ${round}`, read: (output) => readRun(output, out, withContext),
          });
          const data = `data_in ${file(`packet${index}`)} data_out ${out}.packet`;
          commands.push(`prog run pinned ${pins}/programs/${name} ${data} ${context}`);
        }
      }
      for (const map of maps) {
        readers.set(commands.length, { name: `map ${map}, ${round}`, read: readDump });
        commands.push(`map dump pinned ${pins}/${map}`);
      }
    }
    writeFileSync(file("batch"), `${commands.join("\n")}\n`);
    // Values of per-cpu maps can be compared only if all runs are on one.
    const firstCpu = "$(sed -n 's/^Cpus_allowed_list:[[:space:]]*\\([0-9]*\\).*/\\1/p' /proc/self/status)";
    const onOneCpu = `taskset -pc ${firstCpu} $$ > /dev/null`;
    const batch = `${need("bpftool")} -j batch file ${file("batch")} > ${file("answers")}`;
    const done = run(`set -e\n${onOneCpu}\n${loadCommand(file("object.o"), programs)}\n${batch}`);
    if (done.status !== 0 && !existsSync(file("answers"))) return new Map([["all runs", done.text]]);
    // A batch ends with the first command that fails: what comes behind it has no answer.
    const answers: readonly { readonly output?: unknown }[] = JSON.parse(readFileSync(file("answers"), "utf8"));
    return new Map([...readers].map(([index, { name, read }]) => [name, read(answers[index]?.output)]));
  });
}

function fillCommand(fill: Fill): string {
  const spelled = (bytes: Uint8Array): string => [...bytes].map((byte) => `0x${byte.toString(16)}`).join(" ");
  const update = `map update pinned ${pins}/${fill.map} key`;
  if (fill.kind === "value") return `${update} ${spelled(fill.key)} value ${spelled(fill.value)}`;
  const slot = [0, 8, 16, 24].map((shift) => fill.slot >> shift & 255).join(" ");
  return `${update} ${slot} value pinned ${pins}/programs/${fill.program}`;
}

function readRun(output: unknown, out: string, withContext: boolean): string {
  if (!existsSync(`${out}.packet`)) return `${notRun}: ${JSON.stringify(output)}`;
  const hasResult = typeof output === "object" && output !== null && "retval" in output;
  const result = hasResult ? Number(output.retval) | 0 : "none";
  const context = withContext ? ` context ${readFileSync(`${out}.context`).toString("hex")}` : "";
  return `result ${result} packet ${readFileSync(`${out}.packet`).toString("hex")}${context}`;
}

/** The entries of a dump, in the order of their keys: that of a hash table is never the same. */
function readDump(output: unknown): string {
  const entries: readonly { key: unknown; value?: unknown; values?: unknown }[] = Array.isArray(output) ? output : [];
  return entries.map(({ key, value, values }) => JSON.stringify([key, value ?? values])).sort().join(" ");
}

interface Namespace {
  /** The path of a file in a directory that goes with the namespace. */
  readonly file: (name: string) => string;
  /** Runs a shell script in the namespaces; they end with it. */
  readonly run: (script: string) => { readonly status: number | null; readonly text: string };
}

function inNamespace<T>(body: (namespace: Namespace) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "tbcc-kernel-"));
  const file = (name: string): string => join(directory, name);
  try {
    return body({
      file,
      run: (script) => {
        writeFileSync(file("script"), `mount -t bpf bpf ${pins} || exit 1\n${script}\n`);
        const command = ["--mount", "--net", "sh", file("script")];
        const run = spawnSync("unshare", command, { encoding: "utf8", maxBuffer: 1 << 28 });
        return { status: run.status, text: `${run.stdout}${run.stderr}` };
      },
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
