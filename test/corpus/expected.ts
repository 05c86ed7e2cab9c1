/**
 * Two objects of one source -> which of them come out as their author says: accepted or refused, with the words of the
 * verifier's log, and with what a run returns. testload.c loads the programs, as root.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { testload } from "./sources.ts";
import type { Expectation, Expectations } from "./tags.ts";

/** What of a program first comes out otherwise than its author expects. */
export interface Miss {
  readonly kind: "verdict" | "returned" | "message";
  readonly text: string;
}

export interface Expected {
  readonly program: string;
  /** "accepted" or "refused", as the author has it. */
  readonly verdict: "accepted" | "refused";
  readonly clang: Miss | undefined;
  readonly tbcc: Miss | undefined;
}

/** What came of one program. */
interface Loaded {
  /** 0, or a negative error number; undefined where the object could not be opened. */
  readonly error: number | undefined;
  readonly log: string;
  readonly returned: number | undefined;
}

/** The same expectations hold for both: a compiler that lost a tag would be asked for what it lost. */
export function compareExpected({ expected, auxiliary }: Expectations, clang: string, tbcc: string): Expected[] {
  if (expected.length === 0) return [];
  // Types to relocate against are another source's, by clang.
  const tests = expected.map((one) => ({ ...one, types: typesFrom(dirname(clang), one.types) }));
  const byClang = load(clang, tests, auxiliary);
  const byUs = load(tbcc, tests, auxiliary);
  return tests.map((one): Expected => ({
    program: one.program, verdict: one.accepted ? "accepted" : "refused",
    clang: missOf(one, byClang.get(one.program)), tbcc: missOf(one, byUs.get(one.program)),
  }));
}

function typesFrom(directory: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const path = join(directory, `${basename(name, ".bpf.o")}.o`);
  return existsSync(path) ? path : undefined;
}

function load(object: string, tests: readonly Expectation[], auxiliary: readonly string[]): Map<string, Loaded> {
  const fields = tests.map(({ program, flags, level, returned, types }) => (
    [program, flags, level, returned === undefined ? 0 : 1, types ?? ""].join(":")
  ));
  const limit = { encoding: "utf8", timeout: 200_000, maxBuffer: 1 << 28 } as const;
  const { stdout } = spawnSync(testload, [object, auxiliary.join(","), ...fields], limit);
  const told = new Map<string, Map<string, string>>(tests.map(({ program }) => [program, new Map()]));
  for (const line of stdout.split("\n")) {
    const [program = "", what = "", value = ""] = line.split("\t");
    told.get(program)?.set(what, value);
  }
  return new Map([...told].map(([program, values]) => [program, {
    error: numberOf(values.get("load")), returned: numberOf(values.get("retval")),
    log: Buffer.from(values.get("log") ?? "", "hex").toString(),
  }]));
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text) | 0;
}

function missOf({ accepted, messages, returned }: Expectation, loaded: Loaded | undefined): Miss | undefined {
  if (loaded?.error === undefined) return { kind: "verdict", text: "not loaded" };
  const { error, log } = loaded;
  if (accepted !== (error === 0)) {
    return { kind: "verdict", text: accepted ? `refused (${error}): ${lastWords(log)}` : "accepted" };
  }
  if (returned !== undefined) {
    if (loaded.returned === undefined) return { kind: "returned", text: "cannot be run" };
    if (returned !== null && loaded.returned !== returned) {
      return { kind: "returned", text: `returned ${loaded.returned} instead of ${returned}` };
    }
  }
  let from = 0;
  for (const message of messages) {
    const found = patternOf(message).exec(log.slice(from));
    if (found === null) return { kind: "message", text: `no "${message}" in the log: ${lastWords(log)}` };
    from += found.index + found[0].length;
  }
  return undefined;
}

/** Letters stand for themselves but between {{ and }}. */
function patternOf(message: string): RegExp {
  const parts = message.split(/\{\{(.*?)\}\}/);
  const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(parts.map((part, i) => i % 2 === 1 ? part : literally(part)).join(""), "m");
}

/** The last line of the verifier's log that is no statistics. */
function lastWords(log: string): string {
  const isStatistics = /^(processed |verification time|stack depth|mark_precise)/;
  const lines = log.split("\n").filter((line) => line !== "" && !isStatistics.test(line));
  return (lines.at(-1) ?? "nothing in the log").slice(0, 160);
}
