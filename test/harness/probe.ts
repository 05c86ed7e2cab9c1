/**
 * The programs and facilities that judge the compiler, and where they are on this machine.
 *
 * oracle(name) gives the path of a program ("clang-19", "tc-internal"), of a directory ("system headers", "trace") or,
 * for a facility of the machine that is no file ("root", "netns"), the word "yes"; undefined where it is absent.
 * test/oracles/install.sh brings the programs.
 *
 * A probe runs once a process, when first asked for.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Programs that are looked for in the oracles' own directory and then in PATH. */
export type ProgramName =
  | "clang-19"
  | "llvm-mc-19"
  | "llvm-objdump-19"
  | "llvm-readelf-19"
  | "bpftool"
  | "tc"
  | "tc-internal"
  | "ip"
  | "nsenter"
  | "ping"
  | "csmith"
  | "python3";

/** Facilities of the machine: the right to use them and their presence, both tried out. */
export type FacilityName = "root" | "kernel bpf" | "netns" | "trace" | "net_cls";

/** Directories that the installer makes. */
export type SourceName = "iproute2 examples" | "gcc torture" | "system headers" | "kernel sources";

export type OracleName = ProgramName | FacilityName | SourceName;

/** Where the installer puts what it builds: $TBCC_ORACLES, or a directory under the user's cache. */
export const oracleDirectory =
  process.env["TBCC_ORACLES"] ?? join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tbcc-oracles");

const found = new Map<OracleName, string | undefined>();

/** The path of a program or directory, "yes" for a facility; undefined where there is none. */
export function oracle(name: OracleName): string | undefined {
  if (!found.has(name)) found.set(name, probe(name));
  return found.get(name);
}

/** The path of an oracle that the test has asked for. Throws where it is absent: the test lacks an itWith. */
export function need(name: OracleName): string {
  const path = oracle(name);
  if (path === undefined) throw new Error(`the oracle "${name}" is used without being asked for by itWith`);
  return path;
}

function probe(name: OracleName): string | undefined {
  switch (name) {
    case "root":
      return yes(process.getuid?.() === 0);
    case "kernel bpf":
      return yes(canLoadPrograms());
    case "netns":
      return yes(canMakeNamespaces());
    case "trace":
      return traceDirectory();
    case "net_cls":
      return yes(canClassifyByGroup());
    case "iproute2 examples":
      return directory(join(oracleDirectory, "iproute2", "examples", "bpf"));
    case "gcc torture":
      return directory(join(oracleDirectory, "gcc-torture", "execute"));
    case "kernel sources":
      return directory(join(oracleDirectory, "linux-6.12", "tools", "include", "uapi"));
    case "system headers":
      return existsSync("/usr/include/linux/bpf.h") ? directory("/usr/include/x86_64-linux-gnu") : undefined;
    default:
      return program(name);
  }
}

function yes(condition: boolean): string | undefined {
  return condition ? "yes" : undefined;
}

function directory(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function program(name: ProgramName): string | undefined {
  const directories = [
    join(oracleDirectory, "bin"),
    ...(process.env["PATH"] ?? "").split(delimiter),
    // tc, ip and bpftool are not in the path of an ordinary user.
    "/usr/sbin",
    "/sbin",
  ];
  for (const path of directories.map((directory) => join(directory, name))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}

/** Whether this process may load programs: the kernel answers "bpftool prog" only to those who may see them. */
function canLoadPrograms(): boolean {
  const bpftool = program("bpftool");
  if (bpftool === undefined || process.getuid?.() !== 0) return false;
  return existsSync("/sys/fs/bpf") && spawnSync(bpftool, ["prog", "show"], { stdio: "ignore" }).status === 0;
}

/** Whether this process may make network namespaces with devices in them. */
function canMakeNamespaces(): boolean {
  if (process.getuid?.() !== 0) return false;
  return spawnSync("unshare", ["--net", "ip", "link", "add", "v0", "type", "veth"], { stdio: "ignore" }).status === 0;
}

/**
 * Where the kernel's trace is read. The file system is mounted where nobody has done so yet: the path is made for it.
 */
function traceDirectory(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const path = "/sys/kernel/tracing";
  const mounted = (): boolean => existsSync(join(path, "events", "bpf_trace", "bpf_trace_printk"));
  if (!mounted()) spawnSync("mount", ["-t", "tracefs", "tracefs", path], { stdio: "ignore" });
  return mounted() ? path : undefined;
}

/** Whether control groups may give packets a class (version 1 of the interface, wherever it is mounted). */
function canClassifyByGroup(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/proc/cgroups")) return false;
  // Name, hierarchy, number of groups, enabled.
  return /^net_cls\s+\d+\s+\d+\s+1$/m.test(readFileSync("/proc/cgroups", "utf8"));
}
