/**
 * The command line of `tbas`, read by yargs' parser.
 *
 * Long options may have one dash, as LLVM's and GNU's assemblers have theirs (`-mcpu=v4`, `-filetype=obj`); a
 * one-letter option takes its value directly or as the next word (`-Idir`, `-I dir`).
 */
import Parser from "yargs-parser";
import type { Dialect } from "../isa/parse.ts";
import type { CpuLevel } from "../isa/table.ts";
import type { Endian } from "../object/object.ts";

export interface TbasSettings {
  /** "-" is standard input. */
  readonly input: string | undefined;
  /** "-" is standard output; undefined: the input's name with the extension .o. */
  readonly output: string | undefined;
  readonly endian: Endian;
  /** Instructions of later levels are errors; undefined: every instruction is taken. */
  readonly cpu: CpuLevel | undefined;
  readonly dialect: Dialect;
  readonly includes: readonly string[];
  readonly definitions: ReadonlyMap<string, bigint>;
  /** The input is a classic program, to be written in this form; undefined: it is eBPF assembly. */
  readonly classic: ClassicForm | undefined;
  /** Section of a classic program's object. */
  readonly section: string;
  readonly help: boolean;
  readonly version: boolean;
}

/** Forms of a classic program: tc's line, a C initialiser, the bytes of struct sock_filter, or an object of eBPF. */
export type ClassicForm = "bytecode" | "c" | "raw" | "ebpf";

export interface TbasCommand { readonly settings: TbasSettings; readonly errors: readonly string[] }

/** One option: its names, whether a value follows, a line of help. */
export interface TbasOption {
  readonly names: readonly string[];
  readonly value: string | undefined;
  readonly help: string | undefined;
}

export const tbasOptions: readonly TbasOption[] = [
  { names: ["o"], value: "FILE", help: "write the object to FILE (- is standard output)" },
  { names: ["I"], value: "DIR", help: "look in DIR for files that .include and .incbin name" },
  { names: ["defsym"], value: "NAME=NUMBER", help: "define a symbol before the text is read" },
  { names: ["target", "triple"], value: "bpfel|bpfeb", help: "byte order of the object (default bpfel)" },
  { names: ["mcpu"], value: "v1..v4", help: "refuse instructions of later levels (default: take all)" },
  { names: ["masm"], value: "pseudoc|normal", help: "syntax: LLVM's (the default), or GNU's mnemonics (mov %r1,2)" },
  { names: ["EL"], value: undefined, help: "little endian" },
  { names: ["EB"], value: undefined, help: "big endian" },
  { names: ["classic"], value: undefined, help: "the input is classic BPF: bpf_asm's text, or numbers as of tcpdump -ddd" },
  { names: ["emit"], value: "FORM", help: "of --classic: bytecode (tc's line, the default), c, raw, ebpf (default with -o x.o)" },
  { names: ["section"], value: "NAME", help: "of --emit ebpf: section of the program (default classifier)" },
  { names: ["c"], value: undefined, help: undefined },
  { names: ["filetype"], value: "obj", help: undefined },
  { names: ["arch"], value: "bpf", help: undefined },
  { names: ["h", "help"], value: undefined, help: "print this" },
  { names: ["version"], value: undefined, help: "print the version" },
];

const byName = new Map(tbasOptions.flatMap((option) => option.names.map((name) => [name, option] as const)));

/** Reads the words of a command line, without the program's name. */
export function parseTbasCommand(argv: readonly string[]): TbasCommand {
  const errors: string[] = [];
  const parsed: { readonly [key: string]: unknown; readonly _: readonly (string | number)[] } = Parser(
    normalise(argv, errors), {
      configuration: {
        "boolean-negation": false, "camel-case-expansion": false, "dot-notation": false, "parse-numbers": false,
        "parse-positional-numbers": false, "greedy-arrays": false, "short-option-groups": false,
        "duplicate-arguments-array": true,
      },
      array: ["I", "defsym"],
      string: tbasOptions.filter((o) => o.value !== undefined).flatMap((o) => o.names),
      boolean: tbasOptions.filter((o) => o.value === undefined).flatMap((o) => o.names),
    });
  const list = (key: string): string[] => {
    const value = parsed[key];
    return Array.isArray(value) ? value.map(String) : [];
  };
  // Of an option given twice the last counts.
  const last = (key: string): string | undefined => {
    const value = parsed[key];
    const one: unknown = Array.isArray(value) ? value[value.length - 1] : value;
    return one === undefined ? undefined : String(one);
  };
  const on = (key: string): boolean => last(key) === "true";
  const inputs = parsed._.map(String);
  if (inputs.length > 1) errors.push("more than one input file");
  const filetype = last("filetype");
  if (filetype !== undefined && filetype !== "obj") errors.push(`-filetype=${filetype}: tbas writes objects`);
  const output = last("o");
  const classic = on("classic") ? classicForm(last("emit"), output, errors) : undefined;
  if (classic === undefined) {
    for (const name of ["emit", "section"]) if (last(name) !== undefined) errors.push(`-${name} goes with --classic`);
  }
  return {
    settings: {
      classic, section: last("section") ?? "classifier", input: inputs[0], output,
      endian: endianOf(last("triple") ?? last("target"), on("EB"), errors),
      cpu: cpuOf(last("mcpu"), errors), dialect: dialectOf(last("masm"), errors), includes: list("I"),
      definitions: new Map(list("defsym").flatMap((word) => definition(word, errors))),
      help: on("h") || on("help"), version: on("version"),
    },
    errors,
  };
}

/** The words with two dashes before long names, and one-letter options apart from their values. */
function normalise(argv: readonly string[], errors: string[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") return [...words, ...argv.slice(i)];
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word);
    const [, name = "", value] = match ?? [];
    const option = byName.get(name);
    const short = /^-([oI])(.+)$/s.exec(word);
    if (word === "-" || !word.startsWith("-")) {
      words.push(word);
    } else if (option !== undefined && option.value === undefined && value === undefined) {
      words.push(`--${name}`);
    } else if (option !== undefined && option.value !== undefined) {
      const given = value ?? argv[++i];
      if (given === undefined) errors.push(`argument to '${word}' is missing`);
      else words.push(`--${name}=${given}`);
    } else if (short !== null) {
      words.push(`--${short[1] ?? ""}=${short[2] ?? ""}`);
    } else {
      errors.push(`unknown argument: '${word}'`);
    }
  }
  return words;
}

function endianOf(target: string | undefined, big: boolean, errors: string[]): Endian {
  const arch = target?.split("-")[0];
  if (arch === "bpfeb" || (arch === undefined && big)) return "big";
  if (arch !== undefined && arch !== "bpf" && arch !== "bpfel") {
    errors.push(`unknown target '${target}': tbas assembles for bpf, bpfel and bpfeb`);
  }
  return "little";
}

function classicForm(form: string | undefined, output: string | undefined, errors: string[]): ClassicForm {
  switch (form) {
    case undefined: return output?.endsWith(".o") === true ? "ebpf" : "bytecode";
    case "bytecode": case "c": case "raw": case "ebpf": return form;
    default:
      errors.push(`invalid value '${form}' in '--emit=${form}': use bytecode, c, raw or ebpf`);
      return "bytecode";
  }
}

function cpuOf(cpu: string | undefined, errors: string[]): CpuLevel | undefined {
  switch (cpu) {
    case undefined: case "generic": case "probe": return undefined;
    case "v1": return 1;
    case "v2": return 2;
    case "v3": return 3;
    case "v4": return 4;
    default:
      errors.push(`unknown target CPU '${cpu}'; valid target CPU values are: generic, v1, v2, v3, v4`);
      return undefined;
  }
}

function dialectOf(name: string | undefined, errors: string[]): Dialect {
  if (name === undefined || name === "pseudoc") return "pseudoc";
  if (name !== "normal") errors.push(`invalid value '${name}' in '-masm=${name}': use pseudoc or normal`);
  return "normal";
}

function definition(word: string, errors: string[]): [string, bigint][] {
  const match = /^([A-Za-z_.$][\w.$]*)=(-?(?:0[xX][0-9a-fA-F]{1,16}|\d{1,20}))$/.exec(word);
  const [, name, digits = ""] = match ?? [];
  if (name === undefined) {
    errors.push(`'-defsym ${word}': expected NAME=NUMBER`);
    return [];
  }
  return [[name, digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits)]];
}
