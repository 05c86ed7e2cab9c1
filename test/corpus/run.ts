/**
 * Two objects of one source -> where runs of their programs differ: in what they return, in the packet and the context
 * that they leave, in global data, maps and ring buffers, or from what the author says that a run returns. testrun.c
 * does the runs, as root.
 *
 * clang's object runs twice, and where ours differs some times more. What its own runs do not agree on hangs on time,
 * chance or addresses, and is not compared.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { packets as packetsOfCases } from "../harness/verifier-packets.ts";
import { testrun } from "./sources.ts";

/** What the runs of one program left: a name for each thing that was told, and its bytes in hexadecimal. */
export type Outcome = ReadonlyMap<string, string>;

/** How the runs of one program compare. */
export interface Comparison {
  readonly program: string;
  /** Values that were compared. */
  readonly compared: number;
  /** Values that clang's object does not leave the same each time. */
  readonly unsteady: number;
  /** Whether the author says what the first run returns, and nobody's object disagrees. */
  readonly isExpected: boolean;
  /** One text for each difference. */
  readonly differences: readonly string[];
}

/** An Ethernet frame with TCP over IPv6. */
function ipv6(): Uint8Array {
  const address = (last: number): number[] => [0xfd, ...Array.from({ length: 14 }, () => 0), last];
  const head = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x86, 0xdd, 0x60, 0, 0, 0, 0, 20, 6, 64, ...address(1), ...address(2)];
  const tcp = [0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x10, 1, 0, 0, 0, 0, 0];
  return Uint8Array.from([...head, ...tcp]);
}

/** Writes the packets of the runs to a file, in the form that testrun.c reads. */
export function writePackets(path: string): void {
  const parts = [...packetsOfCases, ipv6()].flatMap((packet) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(packet.length);
    return [length, packet];
  });
  writeFileSync(path, Buffer.concat(parts));
}

/**
 * Runs the programs of both objects.
 * @param packets the file of writePackets
 * @param programs those that the kernel accepts from both
 * @returns one for each program that the kernel can run
 */
export function compareRuns(clang: string, tbcc: string, programs: readonly string[], packets: string): Comparison[] {
  if (programs.length === 0) return [];
  const reference = outcomesOf(clang, programs, packets);
  if (reference.size === 0) return [];
  const ours = outcomesOf(tbcc, programs, packets);
  const again = [outcomesOf(clang, programs, packets)];
  const compareAll = (): Comparison[] => [...reference].map(([program, outcome]) => (
    compare(program, outcome, again.map((one) => one.get(program) ?? nothing), ours.get(program) ?? nothing)
  ));
  let comparisons = compareAll();
  for (let i = 0; i < doubts; i++) {
    const doubtful = comparisons.filter(({ differences }) => differences.length > 0).map(({ program }) => program);
    if (doubtful.length === 0) break;
    const once = outcomesOf(clang, doubtful, packets);
    again.push(new Map([...reference, ...once]));
    comparisons = compareAll();
  }
  return comparisons;
}

/** How many times more clang's object runs where ours differs. */
const doubts = 6;

const nothing: Outcome = new Map();

/** again: further runs of clang's object. */
function compare(program: string, clang: Outcome, again: readonly Outcome[], tbcc: Outcome): Comparison {
  let compared = 0;
  let unsteady = 0;
  const differences: string[] = [];
  for (const [what, value] of clang) {
    const own = tbcc.get(what);
    if (isNumbered(what)) continue;
    if (again.some((one) => one.get(what) !== value)) {
      unsteady++;
    } else if (own !== undefined || !isOptional(what)) {
      compared++;
      if (own !== value) differences.push(`${what}: ${shown(own, value)} instead of ${shown(value, own)}`);
    }
  }
  for (const [what, value] of tbcc) {
    if (clang.has(what) || isOptional(what) || again.some((one) => one.has(what))) continue;
    differences.push(`${what}: ${shown(value, undefined)} too much`);
  }
  // What both return, and the author does not expect, is for want of the author's test around it.
  const expected = clang.get("expected");
  const isExpected = expected !== undefined && expected === clang.get("retval 0") && expected === tbcc.get("retval 0");
  return { program, compared, unsteady, isExpected, differences };
}

/** Variables that a compiler need not keep: static ones whose loads or stores are all known. */
function isOptional(what: string): boolean {
  return what.startsWith("variable ");
}

/** Static variables of one name, which each compiler numbers by the order that it comes to them in. */
function isNumbered(what: string): boolean {
  return isOptional(what) && /\.\d+$/.test(what);
}

/** The bytes around the first that differs. */
function shown(value: string | undefined, other: string | undefined): string {
  if (value === undefined) return "nothing";
  let at = 0;
  while (other !== undefined && at < value.length && value[at] === other[at]) at++;
  const from = Math.max(0, (at & ~1) - 8);
  return `${from > 0 ? `[${from / 2}]..` : ""}${value.slice(from, from + 32)}${value.length > from + 32 ? ".." : ""}`;
}

/** The outcomes by program. Things of one name, as the records of a ring buffer, are numbered. */
function outcomesOf(object: string, programs: readonly string[], packets: string): Map<string, Outcome> {
  const limit = { encoding: "utf8", timeout: 200_000, maxBuffer: 1 << 28 } as const;
  const { stdout } = spawnSync(testrun, [packets, object, ...programs], limit);
  const outcomes = new Map<string, Map<string, string>>();
  for (const line of stdout.split("\n")) {
    const [program, what, value] = line.split("\t");
    if (program === undefined || what === undefined || value === undefined) continue;
    let outcome = outcomes.get(program);
    if (outcome === undefined) outcomes.set(program, outcome = new Map());
    let name = what;
    for (let i = 1; outcome.has(name); i++) name = `${what} (${i})`;
    outcome.set(name, value);
  }
  return outcomes;
}
