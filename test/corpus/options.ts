/**
 * The command line of `npm run corpus` -> what is asked for, or the answer to a wrong line or to --help.
 */
import { parseArgs } from "node:util";
import type { Part } from "./sources.ts";

export interface CorpusOptions {
  readonly kind: "options";
  readonly part: Part;
  /** Sources whose names have this in them. */
  readonly filter: string;
  readonly cpu: string;
  readonly jobs: number;
  readonly json?: string;
  readonly keep?: string;
  readonly compile: boolean;
  readonly run: boolean;
  readonly preprocess: boolean;
  readonly expected: boolean;
}

/** A text to print, and the status to exit with. */
export interface Answer {
  readonly kind: "answer";
  readonly text: string;
  readonly status: 0 | 2;
}

const usage = `usage: npm run corpus -- [options]

Compiles the kernel's own BPF programs with tbcc and with clang-19, and loads them one by one into this kernel.
Needs root, and what \`test/oracles/install.sh kernel' brings.

  --part selftests|samples   tools/testing/selftests/bpf/progs (the default) or samples/bpf/*.bpf.c
  --filter TEXT              only sources with TEXT in their names
  --cpu v1|v2|v3|v4          what both compile for (v3)
  --jobs N                   how many sources at a time (2)
  --json FILE                write everything to a file, too
  --keep DIR                 leave tbcc's objects in a directory
  --compile                  only compile
  --run                      also run what the kernel accepts from both, and print where the runs differ
  --preprocess               only compare what -E makes of the sources
  --expected                 also print where clang-19's programs do not come out as their authors expect
  --help                     this text

Exit status: 0 if nothing is lost against clang-19 and no run differs, 1 if something is, 2 for a wrong command line.
`;

export function optionsOf(args: readonly string[]): CorpusOptions | Answer {
  const parsed = parse(args);
  if (typeof parsed === "string") return wrong(parsed);
  const { part, cpu, help, jobs, ...rest } = parsed;
  if (help) return { kind: "answer", text: usage, status: 0 };
  if (part !== "selftests" && part !== "samples") return wrong(`no part '${part}'`);
  if (!/^v[1-4]$/.test(cpu)) return wrong(`no such -mcpu: '${cpu}'`);
  if (!/^[1-9]\d?$/.test(jobs)) return wrong(`--jobs takes a number from 1 to 99, not '${jobs}'`);
  if ([rest.compile, rest.run, rest.preprocess].filter((is) => is).length > 1) {
    return wrong("--compile, --run and --preprocess exclude one another");
  }
  return { kind: "options", part, cpu, jobs: Number(jobs), ...rest };
}

function wrong(text: string): Answer {
  return { kind: "answer", text: `corpus: ${text}; --help shows the options\n`, status: 2 };
}

/** @returns the values, or what is wrong */
function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        part: { type: "string", default: "selftests" }, filter: { type: "string", default: "" },
        cpu: { type: "string", default: "v3" }, jobs: { type: "string", default: "2" },
        json: { type: "string" }, keep: { type: "string" },
        compile: { type: "boolean", default: false }, run: { type: "boolean", default: false },
        preprocess: { type: "boolean", default: false }, expected: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) return error.message.split(". ")[0] ?? error.message;
    throw error;
  }
}
