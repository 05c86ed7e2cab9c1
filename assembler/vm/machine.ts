/**
 * The machine: an object, loaded, with its maps and its world, that runs programs over contexts and packets.
 *
 * It is an oracle: it judges what a compiler has made, so it shares nothing with it, and it is stricter than the
 * kernel. Whatever the kernel's verifier would have to prove, it checks as it happens: bounds and permissions of every
 * access, registers and memory that were never written, stale packet pointers, the ends of functions.
 *
 * Runs are deterministic. Maps and data keep their contents from run to run, as in the kernel.
 */

import { printInstruction } from "../isa/print.ts";
import type { ObjectFile } from "../object/object.ts";
import { Skb, Xdp } from "./context.ts";
import type { Context, SkbFields, XdpFields } from "./context.ts";
import { Cpu, type Limits } from "./cpu.ts";
import { findHelper } from "./helpers.ts";
import { load } from "./load.ts";
import type { Program } from "./load.ts";
import type { BpfMap } from "./maps.ts";
import { addressOf, Fault, Memory } from "./memory.ts";
import type { Effect, Environment, Helper, Runtime } from "./runtime.ts";

/** Limits of a machine and the world around it; everything has a default. */
export interface MachineOptions extends Partial<Limits>, Partial<Environment> {
  /** Values of `.kconfig` variables, by name. */
  readonly config?: ReadonlyMap<string, bigint>;
  /** Kernel functions by name. */
  readonly kernelFunctions?: ReadonlyMap<string, Helper>;
}

/** What a program is run over: a packet for the network stack, an XDP frame, or a block of memory. */
export type RunInput =
  | { readonly kind?: "skb"; readonly packet?: Uint8Array; readonly context?: Partial<SkbFields> }
  | { readonly kind: "xdp"; readonly packet: Uint8Array; readonly context?: Partial<XdpFields> }
  | { readonly kind: "raw"; readonly memory: Uint8Array };

export interface Outcome {
  /** What the kernel takes of r0: 32 bits, unsigned. */
  readonly result: number;
  /** All of r0. */
  readonly value: bigint;
  /** The frame as it is now, without XDP metadata in front; of a raw run, the block of memory. */
  readonly packet: Uint8Array;
  /** The fields of the context, of a packet's run. */
  readonly context: SkbFields | XdpFields | undefined;
  readonly meta: Uint8Array;
  /** The tunnel key that the program has set. */
  readonly tunnelKey: Uint8Array | undefined;
  readonly trace: readonly string[];
  readonly effects: readonly Effect[];
  readonly steps: number;
}

/** A program was stopped: why, and where. */
export class VmError extends Error {
  readonly reason: string;
  readonly function: string;
  readonly section: string;
  /** The slot in the section, of 8 bytes. */
  readonly slot: number;
  readonly instruction: string;

  constructor(reason: string, place: { function: string; section: string; slot: number; instruction: string }) {
    super(`${reason}, at ${place.section}:${place.slot} in ${place.function}: ${place.instruction}`);
    this.name = "VmError";
    this.reason = reason;
    this.function = place.function;
    this.section = place.section;
    this.slot = place.slot;
    this.instruction = place.instruction;
  }
}

/** The kernel's limits, but for the steps, which it bounds by proof. */
const defaultLimits: Limits = { steps: 1 << 26, stack: 512, frames: 8, turns: 8 * 1024 * 1024, fill: undefined };

/** Nested tail calls that the kernel allows (MAX_TAIL_CALL_CNT). */
const maxTailCalls = 33;

/** A frame of 64 bytes: broadcast, IPv4, UDP-shaped zeros. */
const defaultPacket = Uint8Array.from({ length: 64 }, (_, i) => i < 6 ? 0xff : i === 12 ? 0x08 : 0);

export class Machine {
  readonly memory: Memory;
  readonly program: Program;
  readonly maps: ReadonlyMap<string, BpfMap>;
  readonly #cpu: Cpu;
  readonly #environment: Environment;
  readonly #options: MachineOptions;
  #context: Context = { kind: "raw", region: undefined };
  #trace: string[] = [];
  #effects: Effect[] = [];
  #tailCalls = 0;
  #random: number;
  readonly #runtime: Runtime;

  /** Loads an object. @throws LoadError, BtfError */
  constructor(object: ObjectFile, options: MachineOptions = {}) {
    this.#options = options;
    this.memory = new Memory(object.endian === "little");
    this.#environment = {
      clock: options.clock ?? (() => 1_000_000_000n), cpu: options.cpu ?? 0, cpus: options.cpus ?? 4,
      seed: options.seed ?? 1, pidTgid: options.pidTgid ?? 0x100000001n, uidGid: options.uidGid ?? 0n,
      comm: options.comm ?? "vm", cgroupId: options.cgroupId ?? 1n, cgroupClassid: options.cgroupClassid ?? 0,
      routeRealm: options.routeRealm ?? 0, underCgroup: options.underCgroup ?? false,
      helpers: options.helpers ?? new Map(),
    };
    this.#random = this.#environment.seed >>> 0 || 1;
    this.program = load(object, this.memory, {
      cpus: this.#environment.cpus,
      helper: (number) => this.#helper(number),
      kernelFunction: (name) => this.#kernelFunction(name),
      packetBytes: (_cpu, offset, size) => this.#packetBytes(offset, size),
      config: options.config ?? new Map(),
    });
    this.maps = this.program.maps;
    this.#cpu = new Cpu(this.memory, this.program.steps, {
      steps: options.steps ?? defaultLimits.steps, stack: options.stack ?? defaultLimits.stack,
      frames: options.frames ?? defaultLimits.frames, turns: options.turns ?? defaultLimits.turns, fill: options.fill,
    });
    this.#runtime = this.#makeRuntime();
  }

  /**
   * Runs a program over a packet or a block of memory.
   * @param name a section, whose first function runs, or a function.
   * @throws VmError when the program does what the kernel would not allow; Error when there is no such program.
   */
  run(name: string, input: RunInput = {}): Outcome {
    const entry = this.#entry(name);
    const section = this.program.sectionOfFunction.get(name) ?? name;
    this.#begin();
    const context = this.#makeContext(section, input);
    this.#context = context;
    const region = context.region;
    this.#cpu.set(1, region === undefined ? 0 : addressOf(region));
    this.#invoke(entry);
    const value = this.#cpu.u64(0);
    const outcome: Outcome = {
      result: Number(value & 0xffffffffn), value,
      packet: context.kind === "skb" ? context.frame()
        : context.kind === "xdp" ? context.packet.bytes.slice() : region?.bytes.slice() ?? new Uint8Array(0),
      context: context.kind === "raw" ? undefined : context.fields(),
      meta: context.kind === "raw" ? new Uint8Array(0) : context.packet.meta.slice(),
      tunnelKey: context.kind === "skb" ? context.tunnelKey?.bytes : undefined,
      trace: this.#trace, effects: this.#effects, steps: this.#cpu.steps,
    };
    if (context.kind !== "raw") context.packet.free();
    if (region !== undefined) this.memory.free(region);
    return outcome;
  }

  /**
   * Calls a function with up to five integers, as a test of C semantics does; there is no context.
   * @returns r0, unsigned. @throws VmError, Error
   */
  call(name: string, args: readonly (number | bigint)[] = []): bigint {
    if (args.length > 5) throw new Error(`a call with ${args.length} arguments`);
    const entry = this.#entry(name);
    this.#begin();
    this.#context = { kind: "raw", region: undefined };
    args.forEach((value, index) => this.#cpu.set(1 + index, value));
    this.#invoke(entry);
    return this.#cpu.u64(0);
  }

  /** What the last call or run has printed, done and taken. */
  get last(): { readonly trace: readonly string[]; readonly effects: readonly Effect[]; readonly steps: number } {
    return { trace: this.#trace, effects: this.#effects, steps: this.#cpu.steps };
  }

  /** Puts a program (a section or function) into a slot of a map of programs, as `tc exec bpf graft` does. */
  graft(mapName: string, key: number, name: string): void {
    const map = this.maps.get(mapName);
    if (map === undefined) throw new Error(`there is no map ${mapName}`);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, key, this.memory.littleEndian);
    const code = map.setTarget(bytes, { kind: "program", name, entry: this.#entry(name) });
    if (code !== 0) throw new Error(`map ${mapName} has no slot ${key}`);
  }

  /** Gives the data sections the contents they had in the object. */
  resetData(): void {
    this.program.resetData();
  }

  #entry(name: string): number {
    const entry = this.program.sections.get(name) ?? this.program.functions.get(name);
    if (entry === undefined) throw new Error(`there is no section or function ${name}`);
    return entry;
  }

  #begin(): void {
    for (const map of this.maps.values()) map.release();
    for (const record of this.#runtime.reserved.values()) record.free();
    this.#runtime.reserved.clear();
    this.memory.recycle();
    this.#cpu.reset();
    this.#trace = [];
    this.#effects = [];
    this.#tailCalls = 0;
  }

  /** Runs a function to its end and sees to it that it has a result. */
  #invoke(entry: number): void {
    const cpu = this.#cpu;
    cpu.pc = entry;
    try {
      cpu.invoke(entry);
      cpu.demand(0);
      if (this.#runtime.reserved.size > 0) throw new Fault("a ring-buffer record was reserved and not given back");
    } catch (error) {
      const known = error instanceof Fault || error instanceof RangeError;
      if (!known) throw error;
      const step = this.program.steps[cpu.pc];
      throw new VmError(error.message, {
        function: step.function, section: step.section, slot: step.slot,
        instruction: printInstruction(step.instruction),
      });
    }
  }

  /** The context that a program of that section gets, unless the input says otherwise. */
  #makeContext(section: string, input: RunInput): Context {
    const kind = input.kind ?? (section.startsWith("xdp") ? "xdp" : "skb");
    if (input.kind === "raw") {
      return { kind: "raw", region: this.memory.allocate("the context", input.memory.slice()) };
    }
    const packet = input.packet ?? defaultPacket;
    if (kind === "xdp") return new Xdp(this.memory, packet, input.context ?? {});
    const networkLevel = /^(cgroup|lwt_|socket|sk_)/.test(section);
    return new Skb(this.memory, packet, !networkLevel, input.context ?? {});
  }

  #helper(number: number): (cpu: Cpu) => void | number {
    const helper = this.#options.helpers?.get(number) ?? findHelper(number);
    if (helper === undefined) {
      return () => {
        throw new Fault(`the machine has no helper ${number}`);
      };
    }
    return this.#external(helper);
  }

  #kernelFunction(name: string): (cpu: Cpu) => void | number {
    const helper = this.#options.kernelFunctions?.get(name);
    if (helper === undefined) {
      return () => {
        throw new Fault(`the machine has no kernel function ${name}`);
      };
    }
    return this.#external(helper);
  }

  #external(helper: Helper): (cpu: Cpu) => void | number {
    return (cpu) => {
      const pc = cpu.pc;
      const result = helper(this.#runtime);
      cpu.pc = pc;
      if (typeof result === "object") return result.continueAt;
      cpu.returnFromHelper(result);
      return undefined;
    };
  }

  /** Packet bytes at an offset from the packet's start, or by negative offsets from a header (SKF_NET_OFF, _LL_OFF). */
  #packetBytes(offset: number, size: number): number | undefined {
    const context = this.#context;
    if (context.kind !== "skb") throw new Fault("packet bytes are read without a packet");
    let bytes = context.packet.bytes;
    let at = offset;
    if (offset < 0) {
      const frame = context.frame();
      if (offset >= -0x100000) {
        at = offset + 0x100000 + context.networkOffset + (context.linkLevel ? 0 : 14);
      } else if (offset >= -0x200000) {
        at = offset + 0x200000;
      } else {
        return undefined;
      }
      bytes = frame;
    }
    if (at + size > bytes.length) return undefined;
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + bytes[at + i];
    return value;
  }

  #makeRuntime(): Runtime {
    const machine = this;
    const { program } = this;
    const cpu = this.#cpu;
    return {
      cpu, memory: this.memory, environment: this.#environment, reserved: new Map(),
      get context(): Context {
        return machine.#context;
      },
      get trace(): string[] {
        return machine.#trace;
      },
      get effects(): Effect[] {
        return machine.#effects;
      },
      mapAt: (register) => {
        cpu.demand(register);
        const map = program.mapOfHandle.get(cpu.hi[register]);
        if (map === undefined || addressOf(map.handle) !== cpu.number(register)) {
          throw new Fault(`a helper wants a map in r${register}`);
        }
        return map;
      },
      codeAt: (register) => {
        cpu.demand(register);
        return program.codeAt(cpu.hi[register], cpu.lo[register]);
      },
      random: () => {
        // xorshift32 (Marsaglia).
        let x = machine.#random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        machine.#random = x >>> 0;
        return machine.#random;
      },
      countTailCall: () => {
        if (machine.#tailCalls >= maxTailCalls) return false;
        machine.#tailCalls++;
        return true;
      },
    };
  }
}
