/**
 * The command line of tbdump, as a table in llvm-objdump's spelling, and the words of a command line as settings.
 *
 * Short flags may be joined (-dr). The parser is yargs'; the help text (help.ts) is made from the same table.
 */
import Parser from "yargs-parser";

export interface DumpFlag {
  /** The long name, without dashes. */
  readonly name: string;
  /** Other names; one letter is a short flag. */
  readonly alias: readonly string[];
  readonly type: "boolean" | "string" | "array";
  readonly help: string;
  readonly group: string;
}

const code = "Code", tables = "Tables", meaning = "Maps and types", general = "General";

export const dumpFlags: readonly DumpFlag[] = [
  { name: "disassemble", alias: ["d"], type: "boolean", group: code, help: "disassemble program sections" },
  { name: "reloc", alias: ["r"], type: "boolean", group: code, help: "list relocations; with -d behind their instructions" },
  { name: "source", alias: ["S"], type: "boolean", group: code, help: "disassemble with the source lines that BTF keeps" },
  { name: "line-numbers", alias: ["l"], type: "boolean", group: code, help: "with -d: file and number of source lines" },
  { name: "asm", alias: [], type: "boolean", group: code, help: "print assembly that assembles to the same object" },
  { name: "section", alias: ["j"], type: "array", group: code, help: "only this section; may be repeated" },
  { name: "mcpu", alias: [], type: "string", group: code,
    help: "v1 v2 v3 v4: from v3 on w registers in narrow loads and stores" },
  { name: "no-show-raw-insn", alias: [], type: "boolean", group: code, help: "leave the bytes of instructions out" },
  { name: "disassemble-zeroes", alias: ["z"], type: "boolean", group: code, help: "show runs of zeros" },
  { name: "section-headers", alias: ["h", "headers"], type: "boolean", group: tables, help: "list sections" },
  { name: "syms", alias: ["t"], type: "boolean", group: tables, help: "list symbols" },
  { name: "all-headers", alias: ["x"], type: "boolean", group: tables, help: "list sections, symbols and relocations" },
  { name: "maps", alias: [], type: "boolean", group: meaning, help: "list maps as a loader creates them" },
  { name: "btf", alias: [], type: "string", group: meaning, help: "print the types: c (default) or raw" },
  { name: "tc", alias: [], type: "string", group: meaning, help: "print the commands that attach the programs to a device" },
  { name: "classic", alias: [], type: "string", group: meaning,
    help: "FILE is classic BPF: print asm (default), dbg, c, bytecode" },
  { name: "json", alias: [], type: "boolean", group: meaning, help: "print everything as JSON" },
  { name: "help", alias: [], type: "boolean", group: general, help: "print this" },
  { name: "version", alias: [], type: "boolean", group: general, help: "print the version" },
];

/** Notations of a classic program: bpf_asm's assembly, bpf_dbg's listing, a C initialiser, tc's line. */
const notations = ["asm", "dbg", "c", "bytecode"] as const;

export type ClassicNotation = (typeof notations)[number];

export interface DumpSettings {
  readonly inputs: readonly string[];
  readonly disassemble: boolean;
  readonly relocations: boolean;
  readonly source: boolean;
  readonly lineNumbers: boolean;
  readonly assembly: boolean;
  /** Names of the sections that are shown; all when empty. */
  readonly sections: readonly string[];
  readonly alu32: boolean;
  readonly noBytes: boolean;
  readonly zeros: boolean;
  readonly headers: boolean;
  readonly symbols: boolean;
  /** -x: sections, symbols and relocations with the file's own header. */
  readonly all: boolean;
  readonly maps: boolean;
  readonly btf: "c" | "raw" | undefined;
  /** The device that commands of tc attach to. */
  readonly tc: string | undefined;
  /** The files hold classic programs, not objects; print them in this notation. */
  readonly classic: ClassicNotation | undefined;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** The settings, and what is wrong with the words, as messages. */
export function parseDumpCommand(argv: readonly string[]): { settings: DumpSettings; errors: string[] } {
  const errors: string[] = [];
  const ofType = (type: DumpFlag["type"]): string[] => dumpFlags.filter((f) => f.type === type).map((f) => f.name);
  const parsed = Parser(argv.map(spell), {
    alias: Object.fromEntries(dumpFlags.map((f) => [f.name, [...f.alias]])),
    boolean: ofType("boolean"), string: [...ofType("string"), ...ofType("array"), "_"], array: ofType("array"),
    configuration: {
      "camel-case-expansion": false, "boolean-negation": false, "dot-notation": false, "greedy-arrays": false,
      "parse-positional-numbers": false, "duplicate-arguments-array": false,
    },
  });
  const known = new Set(["_", ...dumpFlags.flatMap((f) => [f.name, ...f.alias])]);
  for (const name of Object.keys(parsed)) {
    if (!known.has(name)) errors.push(`unknown argument: '${name.length === 1 ? "-" : "--"}${name}'`);
  }
  const flag = (name: string): boolean => parsed[name] === true;
  const text = (name: string): string | undefined => {
    const value: unknown = parsed[name];
    if (value === "" && name !== "btf") errors.push(`--${name} needs a value`);
    return typeof value === "string" ? value : undefined;
  };
  const cpu = text("mcpu");
  if (cpu !== undefined && !/^(v[1-4]|generic|probe)$/.test(cpu)) errors.push(`--mcpu=${cpu} is none of v1 v2 v3 v4`);
  const btf = text("btf");
  if (btf !== undefined && !["", "c", "raw"].includes(btf)) errors.push(`--btf=${btf} is neither c nor raw`);
  const classic = text("classic");
  const notation = notations.find((one) => one === classic);
  if (classic !== undefined && notation === undefined) errors.push(`--classic=${classic} is none of ${notations.join(" ")}`);
  const all = flag("all-headers");
  const sections: unknown = parsed["section"];
  const settings: DumpSettings = {
    inputs: parsed._.map(String),
    disassemble: flag("disassemble") || flag("source") || flag("line-numbers"),
    relocations: flag("reloc") || all, source: flag("source"), lineNumbers: flag("line-numbers"),
    assembly: flag("asm"), sections: Array.isArray(sections) ? sections.map(String) : [],
    alu32: cpu === "v3" || cpu === "v4", noBytes: flag("no-show-raw-insn"), zeros: flag("disassemble-zeroes"),
    headers: flag("section-headers") || all, symbols: flag("syms") || all, all,
    maps: flag("maps"), btf: btf === undefined ? undefined : btf === "raw" ? "raw" : "c", tc: text("tc"),
    classic: notation, json: flag("json"), help: flag("help"), version: flag("version"),
  };
  return { settings, errors };
}

/** A value of --btf and --classic is joined to it, so that the word behind it is a file. */
function spell(word: string): string {
  return word === "--btf" ? "--btf=c" : word === "--classic" ? "--classic=asm" : word;
}
