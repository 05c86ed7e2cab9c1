/**
 * ObjectFile -> Behaviour: what its programs do with the packets, one after the other, in the virtual machine.
 *
 * All packets are sent in several rounds, each to every program of the object in turn, and what a run shows to the
 * outside is written down: result, packet, context, output, effects, contents of maps and of global variables. In the
 * first round maps are as the object has them. Before each further one, keys that programs have looked for without
 * success get values, slots of arrays that they looked at get others, and arrays of programs without any get some: so
 * the branches behind a lookup run as well. What is filled in follows from the keys alone; two objects that behave
 * alike get the same.
 */
import { createHash } from "node:crypto";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { definedIn } from "../../assembler/object/object.ts";
import { findHelper } from "../../assembler/vm/helpers.ts";
import { Machine, VmError } from "../../assembler/vm/machine.ts";
import type { RunInput } from "../../assembler/vm/machine.ts";
import type { BpfMap } from "../../assembler/vm/maps.ts";
import type { Helper } from "../../assembler/vm/runtime.ts";
import { programsOf } from "./describe.ts";
import { stimuli, type Stimulus } from "./packets.ts";

/** What one run showed, by kind: "result", "packet", "context"... */
export interface Observation {
  readonly round: Round;
  readonly stimulus: string;
  readonly program: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** How maps are filled before the round. */
export const rounds = ["as declared", "ones", "small words", "hundreds", "any bytes"] as const;

export type Round = typeof rounds[number];

/** What is put into maps before a round. */
export type Fill =
  | { readonly kind: "value"; readonly map: string; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: "program"; readonly map: string; readonly slot: number; readonly program: string };

export interface Behaviour {
  readonly observations: readonly Observation[];
  readonly fills: ReadonlyMap<Round, readonly Fill[]>;
}

/** Helpers that the machine's world answers by the packet (enum bpf_func_id). */
const MAP_LOOKUP = 1, MAP_UPDATE = 2, GET_CGROUP_CLASSID = 17, GET_TUNNEL_KEY = 20;

/** Sections whose programs get a block of memory and no packet. */
const withoutPacket =
  /^(k(ret)?probe|u(ret)?probe|tp|tracepoint|raw_tp|raw_tracepoint|perf_event|fentry|fexit|lsm|syscall)\b/;

/** Of larger maps only the keys that helpers were called with are looked at. */
const largestWholeMap = 1024;

/** Map types whose values are bytes, and not maps, programs or devices. */
const holdsBytes: ReadonlySet<string> = new Set([
  "hash", "array", "percpu_hash", "percpu_array", "lru_hash", "lru_percpu_hash", "lpm_trie",
]);

/** Can what the map holds be compared, and set? */
export function isOfBytes({ type }: { readonly type: string }): boolean {
  return holdsBytes.has(type);
}

/** Slots of an array of programs that are filled. */
const filledSlots = 8;

/** Runs all programs. @throws LoadError */
export function observe(object: ObjectFile): Behaviour {
  const world = new World();
  const machine = new Machine(object, { clock: () => world.tick(), helpers: world.helpers });
  const programs = programsOf(object).map(({ name, section }) => ({ name, section }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const observations: Observation[] = [];
  const fills = new Map<Round, readonly Fill[]>();
  const filler = new Filler(machine, world.touched, programs.map(({ name }) => name));
  for (const round of rounds) {
    if (round !== "as declared") fills.set(round, filler.fill(round));
    for (const stimulus of stimuli) {
      world.next(stimulus);
      for (const { name, section } of programs) {
        const input = inputOf(stimulus, section);
        const facts = { ...runOne(machine, name, input), ...contentsOf(machine, object, world.touched) };
        observations.push({ round, stimulus: stimulus.name, program: name, facts });
      }
    }
  }
  return { observations, fills };
}

/** What differs between two behaviours, one line a run, at most `limit` of them; none if they are alike. */
export function differences(ours: Behaviour, theirs: Behaviour, limit = 10): string[] {
  const lines: string[] = [];
  const byRun = new Map(theirs.observations.map((one) => [runName(one), one]));
  for (const one of ours.observations) {
    const other = byRun.get(runName(one));
    const kinds = [...new Set([...Object.keys(one.facts), ...Object.keys(other?.facts ?? {})])];
    const different = kinds.filter((kind) => one.facts[kind] !== other?.facts[kind])
      .map((kind) => `${kind} ${one.facts[kind] ?? "none"} and ${other?.facts[kind] ?? "none"}`);
    if (different.length > 0) lines.push(`${runName(one)}: ${different.join("; ")}`);
    if (lines.length === limit) return lines;
  }
  if (ours.observations.length !== theirs.observations.length) {
    lines.push(`${ours.observations.length} and ${theirs.observations.length} runs`);
  }
  return lines;
}

/** Runs that ended in a fault of the machine: none, of a program that the kernel accepts. */
export function faults(behaviour: Behaviour): string[] {
  return behaviour.observations.filter(({ facts }) => facts["fault"] !== undefined)
    .map((one) => `${runName(one)}: ${one.facts["fault"]}`);
}

/** A line for each packet: the programs' results in each round, and a digest of everything that the runs showed. */
export function digest(behaviour: Behaviour): Record<string, string> {
  return Object.fromEntries(stimuli.map(({ name }) => {
    const runs = behaviour.observations.filter(({ stimulus }) => stimulus === name);
    const results = rounds.map((round) => (
      runs.filter((run) => run.round === round).map(({ facts }) => facts["result"] ?? "fault").join(",")
    ));
    const hash = createHash("sha256").update(JSON.stringify(runs.map(({ program, facts }) => [program, facts])));
    return [name, `${results.join(" ")} ${hash.digest("hex").slice(0, 12)}`];
  }));
}

function runName({ program, stimulus, round }: Observation): string {
  return `${program} on ${stimulus}, maps ${round}`;
}

/** The world around the machine: time, what helpers say of the packet, and the keys that programs name. */
class World {
  /** Keys by map and by their bytes in hexadecimal. */
  readonly touched = new Map<string, Map<string, Uint8Array>>();
  readonly helpers: ReadonlyMap<number, Helper>;
  #now = 1_000_000_000n;
  #stimulus: Stimulus | undefined;

  constructor() {
    this.helpers = new Map([
      [MAP_LOOKUP, this.#noting(original(MAP_LOOKUP))],
      [MAP_UPDATE, this.#noting(original(MAP_UPDATE))],
      [GET_CGROUP_CLASSID, () => this.#stimulus?.classid ?? 0],
      [GET_TUNNEL_KEY, this.#withTunnel(original(GET_TUNNEL_KEY))],
    ]);
  }

  next(stimulus: Stimulus): void {
    this.#now += stimulus.pause;
    this.#stimulus = stimulus;
  }

  /** Each look at the clock takes its time. */
  tick(): bigint {
    this.#now += 100n;
    return this.#now;
  }

  #noting(helper: Helper): Helper {
    return (vm) => {
      const { name, keySize } = vm.mapAt(1).definition;
      const key = vm.memory.span(vm.cpu.number(2), keySize, "read").slice();
      const keys = this.touched.get(name) ?? new Map<string, Uint8Array>();
      keys.set(hex(key), key);
      this.touched.set(name, keys);
      return helper(vm);
    };
  }

  #withTunnel(helper: Helper): Helper {
    return (vm) => {
      const tunnel = this.#stimulus?.tunnel;
      if (tunnel !== undefined && vm.context.kind === "skb" && vm.context.tunnelKey === undefined) {
        // struct bpf_tunnel_key: the id, the remote address, and further on ttl.
        const key = Buffer.alloc(44);
        key.writeUInt32LE(tunnel.id, 0);
        key.writeUInt32LE(tunnel.remote, 4);
        key[21] = 64;
        vm.context.tunnelKey = { bytes: key, received: true };
      }
      return helper(vm);
    };
  }
}

function original(number: number): Helper {
  const helper = findHelper(number);
  if (helper === undefined) throw new Error(`the machine has no helper ${number}`);
  return helper;
}

function inputOf(stimulus: Stimulus, section: string): RunInput {
  const { packet, context } = stimulus;
  if (withoutPacket.test(section)) {
    const memory = new Uint8Array(Math.max(256, packet.length));
    memory.set(packet);
    return { kind: "raw", memory };
  }
  return section.startsWith("xdp") ? { kind: "xdp", packet } : { kind: "skb", packet, context };
}

function runOne(machine: Machine, program: string, input: RunInput): Record<string, string> {
  try {
    const { result, packet, meta, context, tunnelKey, trace, effects } = machine.run(program, input);
    const facts: Record<string, string> = { result: `${result | 0}`, packet: hex(packet), context: text(context) };
    if (meta.length > 0) facts["metadata"] = hex(meta);
    if (tunnelKey !== undefined) facts["tunnel"] = hex(tunnelKey);
    if (trace.length > 0) facts["output"] = text(trace);
    if (effects.length > 0) facts["effects"] = text(effects);
    return facts;
  } catch (error) {
    if (!(error instanceof VmError)) throw error;
    return { fault: error.message };
  }
}

/** Contents of maps, without slots of zeros in arrays, and of variables that other objects may name. */
function contentsOf(machine: Machine, object: ObjectFile, touched: World["touched"]): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [name, map] of machine.maps) {
    if (isDataSection(name)) continue;
    const lines = entriesOf(map, touched.get(name)).map(([key, values]) => `${hex(key)}=${values.map(hex).join("/")}`);
    if (lines.length > 0) facts[`map ${name}`] = lines.sort().join(" ");
  }
  for (const { name, type, bind, home, value, size } of object.symbols) {
    const bytes = typeof home === "string" ? undefined : machine.maps.get(home.name)?.lookup(new Uint8Array(4))?.[0];
    if (bytes === undefined || type !== "object" || bind !== "global" || !isDataSection(sectionName(home))) continue;
    facts[`variable ${name}`] = hex(bytes.subarray(value, value + size));
  }
  return facts;
}

function sectionName(home: Parameters<typeof definedIn>[0]["home"]): string {
  return typeof home === "string" ? "" : home.name;
}

function isDataSection(name: string): boolean {
  return /^\.(data|rodata|bss)/.test(name);
}

function entriesOf(
  map: BpfMap, touched: ReadonlyMap<string, Uint8Array> | undefined,
): [Uint8Array, readonly Uint8Array[]][] {
  const isArray = map.discipline === "array";
  const pairs: [Uint8Array, readonly Uint8Array[]][] = isArray && map.definition.maxEntries > largestWholeMap
    ? [...touched?.values() ?? []].flatMap((key) => {
      const values = map.lookup(key);
      return values === undefined ? [] : [[key, values]];
    })
    : [...map.entries()].filter(({ target }) => target === undefined).map(({ key, values }) => [key, values]);
  return isArray ? pairs.filter(([, values]) => !values.every(isZero)) : pairs;
}

/** Fills the maps of a machine before each round, and remembers which keys were its own doing. */
class Filler {
  readonly #machine: Machine;
  readonly #touched: World["touched"];
  readonly #programs: readonly string[];
  readonly #filled = new Set<string>();

  constructor(machine: Machine, touched: World["touched"], programs: readonly string[]) {
    this.#machine = machine;
    this.#touched = touched;
    this.#programs = programs;
  }

  /** @returns what was filled in. */
  fill(round: Round): Fill[] {
    const fills = [...this.#machine.maps.values()].sort((a, b) => a.definition.name < b.definition.name ? -1 : 1)
      .flatMap((map) => map.definition.type === "prog_array" ? this.#programFills(map) : this.#valueFills(map, round));
    for (const fill of fills) {
      if (fill.kind === "program") this.#machine.graft(fill.map, fill.slot, fill.program);
      else this.#machine.maps.get(fill.map)?.update(fill.key, fill.value);
    }
    return fills;
  }

  #programFills(map: BpfMap): Fill[] {
    if ([...map.entries()].some(({ target }) => target !== undefined)) return [];
    const { name, maxEntries } = map.definition;
    return Array.from({ length: Math.min(maxEntries, filledSlots) }, (_, slot) => (
      { kind: "program", map: name, slot, program: this.#programs[slot % this.#programs.length] }
    ));
  }

  #valueFills(map: BpfMap, round: Round): Fill[] {
    const { name, valueSize } = map.definition;
    if (!isOfBytes(map.definition)) return [];
    const keys = [...this.#touched.get(name) ?? []].sort(([a], [b]) => a < b ? -1 : 1);
    return keys.flatMap(([text, key], rank): Fill[] => {
      const known = map.lookup(key) !== undefined;
      // A slot that an array does not have, and an entry that a program has made.
      if (map.discipline === "array" ? !known : known && !this.#filled.has(`${name} ${text}`)) return [];
      this.#filled.add(`${name} ${text}`);
      return [{ kind: "value", map: name, key, value: filling(round, rank, valueSize) }];
    });
  }
}

/** A value for the key of that rank. Words have 4 bytes, hundreds 8. */
function filling(round: Round, rank: number, size: number): Uint8Array {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at++) {
    switch (round) {
      case "as declared": break;
      case "ones": bytes[at] = at % 4 === 0 ? 1 : 0; break;
      case "small words": bytes[at] = at % 4 === 0 ? rank + at / 4 + 1 & 255 : 0; break;
      case "hundreds": bytes[at] = at % 8 === 0 ? 44 : at % 8 === 1 ? (at + 7) / 8 & 255 : 0; break;
      case "any bytes": bytes[at] = (at + 1) * (rank * 37 + 11) & 255; break;
    }
  }
  return new Uint8Array(bytes);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** JSON, with what JSON lacks as text. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (
    typeof item === "bigint" ? `${item}` : item instanceof Uint8Array ? hex(item) : item
  ));
}
