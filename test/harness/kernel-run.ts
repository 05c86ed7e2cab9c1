/**
 * An object in the running kernel: loaded by bpftool (so by libbpf), run by BPF_PROG_TEST_RUN over packets, its maps
 * read back. The counterpart of the machine in assembler/vm, for comparing the two.
 *
 * Needs the oracles "bpftool" and "kernel bpf". Pins live in a directory of their own, which `close` removes.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SkbFields } from "../../assembler/vm/context.ts";
import { need } from "./probe.ts";

/** The fields of `struct __sk_buff` that BPF_PROG_TEST_RUN takes in and gives out. */
export type TestRunFields = Pick<SkbFields, "mark" | "priority" | "ingress_ifindex" | "ifindex" | "cb" | "tstamp">;

export interface KernelOutcome {
  readonly result: number;
  readonly packet: Uint8Array;
  /** Undefined for programs without a `struct __sk_buff`. */
  readonly context: TestRunFields | undefined;
}

/** One value of a map: the key's bytes, and the value's, one for each cpu where the map is per-cpu. */
export interface KernelEntry { readonly key: Uint8Array; readonly values: readonly Uint8Array[] }

export interface KernelObject {
  /**
   * Runs a function of the object over a packet.
   * @param fields given for a program that has a `struct __sk_buff`, maybe empty.
   * @throws Error with the kernel's words
   */
  run(name: string, packet: Uint8Array, fields?: Partial<TestRunFields>): KernelOutcome;
  /** The entries of a map. */
  map(name: string): KernelEntry[];
  close(): void;
}

/** What the loader or verifier said to an object that it refused. */
export class KernelRefusal extends Error {}

/**
 * Loads all programs of an object.
 * @param type program type in bpftool's words, where section names do not say it.
 * @throws KernelRefusal
 */
export function loadInKernel(object: Uint8Array, type?: string): KernelObject {
  const scratch = mkdtempSync(join(tmpdir(), "kernel-run-"));
  const pins = `/sys/fs/bpf/${scratch.slice(scratch.lastIndexOf("/") + 1)}`;
  const close = (): void => {
    rmSync(scratch, { recursive: true, force: true });
    rmSync(pins, { recursive: true, force: true });
  };
  const file = join(scratch, "object.o");
  writeFileSync(file, object);
  // bpftool makes one level of directories by itself.
  mkdirSync(pins);
  const kind = type === undefined ? [] : ["type", type];
  const loaded = bpftool(["prog", "loadall", file, `${pins}/programs`, ...kind, "pinmaps", `${pins}/maps`]);
  if (loaded.status !== 0) {
    close();
    throw new KernelRefusal(loaded.text);
  }
  return {
    close,
    run: (name, packet, fields) => {
      const [dataIn, dataOut, contextIn, contextOut] = ["in", "out", "context-in", "context-out"]
        .map((base) => join(scratch, base));
      writeFileSync(dataIn, packet);
      const context = fields === undefined ? [] : ["ctx_in", contextIn, "ctx_out", contextOut];
      if (fields !== undefined) writeFileSync(contextIn, encodeFields(fields));
      const answer = bpftool([
        "-j", "prog", "run", "pinned", `${pins}/programs/${name}`, "data_in", dataIn, "data_out", dataOut, ...context,
      ]);
      if (answer.status !== 0) throw new Error(`test run of ${name}: ${answer.text}`);
      const report: { retval: number } = JSON.parse(answer.text);
      return {
        result: report.retval >>> 0, packet: new Uint8Array(readFileSync(dataOut)),
        context: fields === undefined ? undefined : decodeFields(readFileSync(contextOut)),
      };
    },
    map: (name) => {
      const answer = bpftool(["-j", "map", "dump", "pinned", `${pins}/maps/${name}`]);
      if (answer.status !== 0) throw new Error(`dump of map ${name}: ${answer.text}`);
      const dump: readonly unknown[] = JSON.parse(answer.text);
      return dump.flatMap(entryOf);
    },
  };
}

function bpftool(args: readonly string[]): { status: number; text: string } {
  const { status, stdout, stderr } = spawnSync(need("bpftool"), args, { encoding: "utf8" });
  return { status: status ?? 1, text: `${stdout}${stderr}` };
}

/** Offsets in `struct __sk_buff`. */
const words = { mark: 8, priority: 32, ingress_ifindex: 36, ifindex: 40 } as const;
const cbOffset = 48;
const tstampOffset = 152;

/** The fields as the bytes of a `struct __sk_buff`, little-endian. */
export function encodeFields(fields: Partial<TestRunFields>): Uint8Array {
  const bytes = Buffer.alloc(192);
  for (const [name, offset] of Object.entries(words)) {
    bytes.writeUInt32LE(fields[name as keyof typeof words] ?? 0, offset);
  }
  fields.cb?.forEach((value, index) => bytes.writeUInt32LE(value, cbOffset + 4 * index));
  bytes.writeBigUInt64LE(fields.tstamp ?? 0n, tstampOffset);
  return bytes;
}

function decodeFields(bytes: Buffer): TestRunFields {
  return {
    mark: bytes.readUInt32LE(words.mark), priority: bytes.readUInt32LE(words.priority),
    ingress_ifindex: bytes.readUInt32LE(words.ingress_ifindex), ifindex: bytes.readUInt32LE(words.ifindex),
    cb: [0, 1, 2, 3, 4].map((index) => bytes.readUInt32LE(cbOffset + 4 * index)),
    tstamp: bytes.readBigUInt64LE(tstampOffset),
  };
}

/** An entry of bpftool's JSON: bytes as texts "0x2a". Slots without bytes (programs, maps) are left out. */
function entryOf(entry: unknown): KernelEntry[] {
  if (typeof entry !== "object" || entry === null || !("key" in entry)) return [];
  const key = bytesOf(entry.key);
  if (key === undefined) return [];
  if ("values" in entry && Array.isArray(entry.values)) {
    const values = entry.values.map((one: { value: unknown }) => bytesOf(one.value) ?? new Uint8Array(0));
    return [{ key, values }];
  }
  const value = "value" in entry ? bytesOf(entry.value) : undefined;
  return value === undefined ? [] : [{ key, values: [value] }];
}

function bytesOf(list: unknown): Uint8Array | undefined {
  return Array.isArray(list) ? Uint8Array.from(list, (text: string) => Number.parseInt(text, 16)) : undefined;
}
