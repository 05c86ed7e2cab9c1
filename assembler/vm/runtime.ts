/**
 * What a helper gets to see of the machine: the registers with its arguments, the memory, the maps, the context of
 * the run, the world around it, and where to leave what happened.
 */

import type { Context } from "./context.ts";
import type { Cpu } from "./cpu.ts";
import type { BpfMap } from "./maps.ts";
import type { Memory } from "./memory.ts";

/** The world around a program: what the helpers answer. Everything is fixed, so that runs can be repeated. */
export interface Environment {
  /** Nanoseconds since boot; asked at each call of a clock helper. */
  readonly clock: () => bigint;
  /** The cpu that runs the program, and how many there are. */
  readonly cpu: number;
  readonly cpus: number;
  /** Start of the sequence of random numbers. */
  readonly seed: number;
  /** Of the current task: thread group << 32 | thread, group << 32 | user, command, cgroup. */
  readonly pidTgid: bigint;
  readonly uidGid: bigint;
  readonly comm: string;
  readonly cgroupId: bigint;
  /** net_cls class of the packet's sender, its routing realm, and whether it is in the cgroup of a cgroup array. */
  readonly cgroupClassid: number;
  readonly routeRealm: number;
  readonly underCgroup: boolean;
  /** Helpers by number that replace the machine's or add to them. */
  readonly helpers: ReadonlyMap<number, Helper>;
}

/** Something a program did to the world outside. */
export type Effect =
  | { readonly kind: "redirect"; readonly ifindex: number; readonly flags: number; readonly clone: boolean }
  | { readonly kind: "redirect_map"; readonly map: string; readonly key: number }
  | { readonly kind: "output"; readonly map: string; readonly data: Uint8Array };

export interface Runtime {
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly environment: Environment;
  readonly context: Context;
  /** The lines of trace_printk, as printed. */
  readonly trace: string[];
  readonly effects: Effect[];
  /** The map whose address a register holds. @throws Fault */
  mapAt(register: number): BpfMap;
  /** The step of the function whose address a register holds. @throws Fault */
  codeAt(register: number): number;
  /** The next random number, 32 bits. */
  random(): number;
  /** Counts a tail call. @returns false when the kernel's limit of 33 is reached. */
  countTailCall(): boolean;
  /** Ring-buffer records that are reserved and not yet submitted, by address. */
  readonly reserved: Map<number, { readonly map: BpfMap; readonly data: Uint8Array; readonly free: () => void }>;
}

/**
 * A helper: takes its arguments from r1 to r5 of `runtime.cpu`, gives r0. `undefined` leaves r0 without a value; an
 * object says at which step to go on, in place of a return.
 */
export type Helper = (runtime: Runtime) => number | bigint | undefined | { readonly continueAt: number };
