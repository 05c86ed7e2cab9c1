/**
 * Branch relaxation: jumps that go further than a 16-bit displacement reaches.
 *
 * At v4 such a jump is `gotol`, and a conditional one jumps to a `gotol` behind it. Before v4 there is no long jump:
 * the way goes over stepping stones, unconditional jumps that are put between instructions all along the code, jumped
 * over by those who only pass by.
 */
import type { CodeItem } from "../../assembler/isa/code.ts";
import { itemSize } from "../../assembler/isa/code.ts";
import type { Instruction } from "../../assembler/isa/instruction.ts";
import { fallsThrough, jump, jumpLong, jumpTarget, withTarget } from "../../assembler/isa/instruction.ts";
import type { Target } from "../source/options.ts";
import { hasV4 } from "../source/options.ts";

/** Slots that every jump is trusted to reach: a bit less than 2^15, for what is still put in between. */
const reach = 0x7000;

/** The same code with every jump in reach of its target. */
export function bringInReach(items: CodeItem[], target: Target): CodeItem[] {
  const total = items.reduce((sum, item) => sum + itemSize(item), 0) / 8;
  if (total <= reach) return items;
  return hasV4(target) ? lengthen(items) : layStones(items);
}

/** Slot of each item and of each label. */
function positions(items: readonly CodeItem[]): { at: number[]; labels: Map<string, number> } {
  const labels = new Map<string, number>();
  const at: number[] = [];
  let slot = 0;
  for (const item of items) {
    at.push(slot);
    if (item.kind === "label") labels.set(item.name, slot);
    slot += itemSize(item) / 8;
  }
  return { at, labels };
}

function withLoc(made: Instruction, like: Instruction): CodeItem {
  return { kind: "instruction", instruction: like.loc === undefined ? made : { ...made, loc: like.loc } };
}

/** Long jumps (v4). What is put in can push other jumps out of reach: repeated until nothing changes. */
function lengthen(items: CodeItem[]): CodeItem[] {
  let current = items;
  for (let made = 0, changed = true; changed;) {
    changed = false;
    const { at, labels } = positions(current);
    const result: CodeItem[] = [];
    for (const [index, item] of current.entries()) {
      const instruction = item.kind === "instruction" ? item.instruction : undefined;
      const label = instruction === undefined ? undefined : jumpTarget(instruction);
      const to = typeof label === "string" ? labels.get(label) : undefined;
      const isLong = instruction?.op === "jump" && instruction.long;
      if (instruction === undefined || typeof label !== "string" || to === undefined || isLong ||
        Math.abs(to - (at[index] as number)) <= reach) {
        result.push(item);
        continue;
      }
      changed = true;
      if (instruction.op === "jump") {
        result.push(withLoc(jumpLong(label), instruction));
        continue;
      }
      const far = `@far${made++}`;
      const past = `@past${made++}`;
      result.push(withLoc(withTarget(instruction, far), instruction), withLoc(jump(past), instruction));
      result.push({ kind: "label", name: far }, withLoc(jumpLong(label), instruction), { kind: "label", name: past });
    }
    current = result;
  }
  return current;
}

/**
 * Stepping stones (v1 to v3). Stations stand every quarter of a jump's reach; a jump to far goes to the last station in
 * its reach on the way, where a stone for its target takes it on, and so forth.
 */
function layStones(items: CodeItem[]): CodeItem[] {
  const { at, labels } = positions(items);
  const distance = reach >>> 2;
  const total = (at.at(-1) ?? 0) + 2;
  const count = Math.floor(total / distance);
  const stones: Set<string>[] = Array.from({ length: count + 1 }, () => new Set());
  const stone = (station: number, label: string): string => `@stone${station}${label}`;
  /** The label to jump to from `slot` on the way to `label`. */
  const step = (slot: number, label: string, to: number): string => {
    let way = slot;
    let first: string | undefined;
    let previous = -1;
    while (Math.abs(to - way) > reach >>> 1) {
      // Half of the reach at a time: the stones themselves take room.
      const station = to > way ? Math.floor((way + (reach >>> 1)) / distance) : Math.ceil((way - (reach >>> 1)) / distance);
      if (station === previous || station < 1 || station > count) break;
      previous = station;
      stones[station]?.add(label);
      first ??= stone(station, label);
      way = station * distance;
    }
    return first ?? label;
  };
  const routed = items.map((item, index): CodeItem => {
    if (item.kind !== "instruction") return item;
    const label = jumpTarget(item.instruction);
    const to = typeof label === "string" ? labels.get(label) : undefined;
    if (typeof label !== "string" || to === undefined) return item;
    return { kind: "instruction", instruction: withTarget(item.instruction, step(at[index] as number, label, to)) };
  });
  const result: CodeItem[] = [];
  let station = 1;
  for (const [index, item] of routed.entries()) {
    if (station <= count && (at[index] as number) >= station * distance) {
      addStation(result, station, [...stones[station] as Set<string>], (label) => {
        const to = labels.get(label) as number;
        const further = step(station * distance, label, to);
        return further === stone(station, label) ? label : further;
      }, stone);
      station++;
    }
    result.push(item);
  }
  return result;
}

function addStation(
  result: CodeItem[], station: number, wanted: readonly string[], further: (label: string) => string,
  stone: (station: number, label: string) => string,
): void {
  if (wanted.length === 0) return;
  const last = result.findLast((item) => item.kind !== "label");
  const passes = last === undefined || last.kind === "bytes" || fallsThrough(last.instruction);
  const past = `@pass${station}`;
  const needsPass = passes || result.at(-1)?.kind === "label";
  if (needsPass) result.push({ kind: "instruction", instruction: jump(past) });
  for (const label of wanted) {
    result.push({ kind: "label", name: stone(station, label) });
    result.push({ kind: "instruction", instruction: jump(further(label)) });
  }
  if (needsPass) result.push({ kind: "label", name: past });
}
