/**
 * One source of the corpus -> whether -E gives the tokens that clang's does.
 *
 * Both are asked for the text without line markers, which is cut into preprocessing tokens; spaces and line ends
 * between tokens do not count.
 */
import { spawnSync } from "node:child_process";
import { need } from "../harness/probe.ts";
import { preprocessSource } from "../harness/tbcc.ts";
import type { Source } from "./sources.ts";

export interface PreprocessTask {
  readonly source: Source;
  readonly cpu: string;
}

export interface Preprocessing {
  /** Clang finds nothing wrong with the source's directives. */
  readonly byClang: boolean;
  /** What differs: where tokens first do, or the error that only one of the two has; undefined where nothing does. */
  readonly why: string | undefined;
}

export function comparePreprocessed({ source: { path, flags }, cpu }: PreprocessTask): Preprocessing {
  const args = ["-O2", `-mcpu=${cpu}`, ...flags];
  const run = spawnSync(need("clang-19"), ["-target", "bpf", ...args, "-E", "-P", path], { encoding: "utf8", maxBuffer: 1 << 28 });
  const byClang = run.status === 0;
  try {
    const { text, messages } = preprocessSource(path, args);
    const error = firstError(messages);
    if (byClang) return { byClang, why: error ?? difference(tokensOf(run.stdout), tokensOf(text)) };
    return { byClang, why: error === undefined ? `only clang says ${firstError(run.stderr) ?? run.stderr}` : undefined };
  } catch (error) {
    return { byClang, why: `internal error: ${String(error).slice(0, 200)}` };
  }
}

function firstError(messages: string): string | undefined {
  return messages.split("\n").find((line) => line.includes("error:"));
}

/** C11 6.4: literals, identifiers, numbers, punctuators; else a character. */
const token = new RegExp([
  String.raw`(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"`, String.raw`[uUL]?'(?:\\.|[^'\\\n])*'`,
  String.raw`[\p{L}_$][\p{L}\p{N}_$]*`, String.raw`\.?\d(?:[eEpP][+-]|[\w.])*`,
  String.raw`\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||##`, String.raw`\S`,
].join("|"), "gu");

function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}

function difference(clang: readonly string[], tbcc: readonly string[]): string | undefined {
  const at = clang.findIndex((each, i) => each !== tbcc[i]);
  if (at < 0 && clang.length === tbcc.length) return undefined;
  const from = at < 0 ? clang.length : at;
  const around = (tokens: readonly string[]): string => tokens.slice(Math.max(0, from - 6), from + 12).join(" ");
  return `token ${from}: clang has \`${around(clang)}', tbcc \`${around(tbcc)}'`;
}
