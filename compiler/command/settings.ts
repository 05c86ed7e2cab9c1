/**
 * The command line as typed settings: clang's words through the splitter, the pairs through yargs' parser, the values checked.
 *
 * Nothing here touches files: `@file` words are expanded and headers found by main.ts.
 */
import Parser from "yargs-parser";
import { nothingShown, type Shown } from "../preprocess/options.ts";
import type { CodeOptions, CpuVersion, MapStyle, OptimizationLevel, Target } from "../source/options.ts";
import type { Dialect } from "../source/token.ts";
import { split } from "./split.ts";
import type { Input } from "./split.ts";

export type Mode = "object" | "assembly" | "preprocess" | "syntax";

export interface Settings {
  readonly inputs: readonly Input[];
  readonly output: string | undefined;
  readonly mode: Mode;
  readonly code: CodeOptions;
  /** 0 is -mcpu=probe, for which the preprocessor announces no feature. */
  readonly announcedCpu: CpuVersion | 0;
  readonly dialect: Dialect;
  readonly gnu: boolean;
  readonly trigraphs: boolean;
  readonly freestanding: boolean;
  readonly noBuiltin: boolean;
  readonly gnuInline: boolean;
  readonly unsignedChar: boolean;
  readonly msExtensions: boolean;
  readonly shortEnums: boolean;
  readonly pack: number;
  readonly noInline: boolean;
  /** "D..." and "U..." in order. */
  readonly macros: readonly string[];
  readonly includes: readonly string[];
  readonly macroFiles: readonly string[];
  readonly quote: readonly string[];
  readonly user: readonly string[];
  readonly system: readonly string[];
  readonly after: readonly string[];
  readonly noStandardHeaders: boolean;
  readonly noSystemHeaders: boolean;
  readonly noOwnHeaders: boolean;
  readonly noPredefined: boolean;
  readonly lineMarkers: boolean;
  readonly dumpMacros: boolean;
  readonly shown: Shown;
  readonly verbose: boolean;
  readonly depend: "M" | "MM" | "MD" | "MMD" | undefined;
  readonly dependFile: string | undefined;
  readonly dependTargets: readonly { readonly name: string; readonly quoted: boolean }[];
  readonly dependPhony: boolean;
  readonly dependMissing: boolean;
  readonly warnings: readonly string[];
  readonly quiet: boolean;
  readonly pedantic: "off" | "warning" | "error";
  readonly color: boolean | undefined;
  readonly diagnosticsFormat: "clang" | "json";
  readonly caret: boolean;
  readonly showOption: boolean;
  readonly macroLimit: number;
  readonly errorLimit: number;
  readonly print: "machine" | "version" | "cpus" | undefined;
  /** -print-file-name=: what is to be looked for. */
  readonly findFile: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
  /** Several inputs and one output, and no flag that says what to make: the inputs are linked. */
  readonly link: boolean;
}

export interface ParsedCommand {
  readonly settings: Settings;
  /** Messages in clang's wording; nothing is to be compiled when there is one. */
  readonly errors: readonly string[];
}

const lists = [
  "macro", "include", "imacros", "I", "isystem", "iquote", "idirafter", "warning", "llvm", "xclang", "printAfter", "disable",
  "dependTarget", "dependQuoted", "noBuiltin", "prefixMap",
];

/** Reads a command line (without the program's name); `passNames` are the optimiser's. */
export function parseCommand(argv: readonly string[], passNames: readonly string[]): ParsedCommand {
  const { inputs, words, errors: splitErrors } = split(argv);
  const errors = [...splitErrors];
  const parsed: { readonly [key: string]: unknown } = Parser([...words], {
    configuration: {
      "boolean-negation": false, "camel-case-expansion": false, "dot-notation": false, "parse-numbers": false,
      "parse-positional-numbers": false, "greedy-arrays": false, "short-option-groups": false,
    },
    array: lists,
  });
  const list = (key: string): string[] => {
    const value = parsed[key];
    return Array.isArray(value) ? value.map(String) : [];
  };
  // Of a flag given twice the last counts.
  const last = (key: string): string | undefined => {
    const value = parsed[key];
    const one: unknown = Array.isArray(value) ? value[value.length - 1] : value;
    return one === undefined ? undefined : String(one);
  };
  const on = (key: string): boolean => last(key) === "true";

  const target = targetOf(last("target"), last("march"), last("endian"), last("cpu"), errors);
  const standard = dialectOf(last("standard"), errors);
  const level = levelOf(last("level"), errors);
  const pedantic = last("pedantic");
  const mode = last("mode") ?? "object";
  const depend = dependOf(last("depend"));
  const settings: Settings = {
    inputs,
    output: last("output"),
    mode: mode === "assembly" || mode === "preprocess" || mode === "syntax" ? mode : "object",
    code: {
      target: { cpu: target.cpu, endian: target.endian },
      level,
      debug: debugOf(last("debug")),
      maps: mapsOf(last("maps"), errors),
      stackLimit: stackLimitOf(list("llvm"), errors),
      orderedAccesses: target.cpu >= 4 && !list("llvm").some((word) => /^--?disable-load-acq-store-rel$/.test(word)),
      nullIsAddress: on("nullIsAddress"),
      hidden: isHidden(last("visibility"), errors),
      common: on("common"),
      zerosInData: last("zerosInBss") === "false",
      fill: fillOf(last("fill"), errors),
      laboratory: {
        printAfter: list("printAfter").filter((name) => isPass(name, passNames, errors)),
        stopAfter: [last("stopAfter")].filter((name) => name !== undefined).filter((name) => isPass(name, passNames, errors))[0],
        disable: list("disable").filter((name) => isPass(name, passNames, errors)),
        fuel: numberOf("--fuel=", last("fuel"), errors),
        time: on("time"),
        verify: on("verify"),
      },
    },
    announcedCpu: target.announced,
    dialect: standard.dialect,
    gnu: standard.gnu,
    trigraphs: on("trigraphs") || !standard.gnu,
    freestanding: on("freestanding"),
    noBuiltin: on("freestanding") || last("builtins") === "false",
    gnuInline: last("gnuInline") === undefined ? standard.dialect === "c89" : on("gnuInline"),
    unsignedChar: on("unsignedChar"),
    msExtensions: on("msExtensions"),
    shortEnums: on("shortEnums"),
    pack: packOf(last("pack"), errors),
    noInline: argv.includes("-fno-inline"),
    macros: list("macro"),
    includes: list("include"),
    macroFiles: list("imacros"),
    quote: list("iquote"),
    user: list("I"),
    system: list("isystem"),
    after: list("idirafter"),
    noStandardHeaders: on("nostdinc"),
    noSystemHeaders: on("nostdlibinc"),
    noOwnHeaders: on("nobuiltininc"),
    noPredefined: on("undef"),
    lineMarkers: last("lineMarkers") !== "false",
    dumpMacros: last("dump") === "macros",
    shown: mode === "preprocess"
      ? { definitions: on("definitions"), includes: on("showIncludes"), comments: on("comments") } : nothingShown,
    verbose: on("verbose"),
    depend,
    dependFile: last("dependFile"),
    dependTargets: [
      ...list("dependTarget").map((name) => ({ name, quoted: false })),
      ...list("dependQuoted").map((name) => ({ name, quoted: true })),
    ],
    dependPhony: on("dependPhony"),
    dependMissing: on("dependMissing"),
    warnings: list("warning"),
    quiet: on("quiet"),
    pedantic: pedantic === "warning" || pedantic === "error" ? pedantic : "off",
    color: colorOf(last("color"), last("colorWhen")),
    diagnosticsFormat: formatOf(last("diagnosticsFormat"), errors),
    caret: last("caret") !== "false",
    showOption: last("showOption") !== "false",
    macroLimit: numberOf("-fmacro-backtrace-limit=", last("macroLimit"), errors) ?? 6,
    errorLimit: numberOf("-ferror-limit=", last("errorLimit"), errors) ?? 20,
    print: last("cpu") === "help" ? "cpus" : printOf(last("print")),
    findFile: last("findFile"),
    help: on("help"),
    version: on("version"),
    link: last("mode") === undefined && depend !== "M" && depend !== "MM" && last("output") !== undefined && inputs.length > 1,
  };
  if (on("comments") && mode !== "preprocess") errors.push("invalid argument '-C' only allowed with '-E'");
  return { settings, errors };
}

interface TargetSetting extends Target {
  readonly announced: CpuVersion | 0;
}

function targetOf(
  triple: string | undefined, march: string | undefined, endian: string | undefined, cpu: string | undefined, errors: string[],
): TargetSetting {
  const arch = (triple ?? march ?? "bpf").split("-")[0];
  if (arch !== "bpf" && arch !== "bpfel" && arch !== "bpfeb") {
    errors.push(`unknown target triple '${triple ?? march}': tbcc compiles for bpf, bpfel and bpfeb`);
  }
  const big = endian === undefined ? arch === "bpfeb" : endian === "big";
  const levels: { readonly [name: string]: CpuVersion } = { generic: 3, probe: 3, v1: 1, v2: 2, v3: 3, v4: 4 };
  const level = cpu === undefined || cpu === "help" ? 3 : levels[cpu];
  if (level === undefined) {
    errors.push(`unknown target CPU '${cpu}'; valid target CPU values are: generic, v1, v2, v3, v4, probe`);
  }
  return { cpu: level ?? 3, endian: big ? "big" : "little", announced: cpu === "probe" ? 0 : (level ?? 3) };
}

const dialects: { readonly [name: string]: Dialect } = {
  "89": "c89", "90": "c89", "99": "c99", "9x": "c99", "11": "c11", "1x": "c11", "17": "c17", "18": "c17", "23": "c23", "2x": "c23",
};

function dialectOf(standard: string | undefined, errors: string[]): { readonly dialect: Dialect; readonly gnu: boolean } {
  if (standard === undefined) return { dialect: "c17", gnu: true };
  const gnu = standard.startsWith("gnu");
  const iso: { readonly [name: string]: string } = { "iso9899:1990": "90", "iso9899:1999": "99", "iso9899:2011": "11", "iso9899:2017": "17", "iso9899:2018": "18" };
  const year = iso[standard] ?? standard.slice(gnu ? 3 : 1);
  const dialect = dialects[year];
  if (dialect === undefined) errors.push(`invalid value '${standard}' in '-std=${standard}'`);
  return { dialect: dialect ?? "c17", gnu };
}

function levelOf(level: string | undefined, errors: string[]): OptimizationLevel {
  switch (level) {
    case undefined: return "0";
    case "": return "1";
    case "0": case "1": case "2": case "3": case "s": case "z": return level;
    case "fast": case "g": return level === "g" ? "1" : "3";
    default:
      if (/^\d+$/.test(level)) return "3";
      errors.push(`invalid integral value '${level}' in '-O${level}'`);
      return "0";
  }
}

/** -g0 switches off; every other -g form, DWARF ones too, means BTF with line info. */
function debugOf(value: string | undefined): boolean {
  return value !== undefined && value !== "0";
}

function mapsOf(value: string | undefined, errors: string[]): MapStyle {
  if (value === undefined || value === "btf") return "btf";
  if (value !== "legacy") errors.push(`invalid value '${value}' in '-mmaps=${value}': use btf or legacy`);
  return "legacy";
}

/** As for `#pragma pack`: 0 is no limit. */
function packOf(value: string | undefined, errors: string[]): number {
  if (value === undefined) return 0;
  if (["0", "1", "2", "4", "8", "16"].includes(value)) return Number(value);
  errors.push(`invalid value '${value}' in '-fpack-struct=${value}': it is 0, 1, 2, 4, 8 or 16`);
  return 0;
}

/** BPF objects know two visibilities: what is hidden, and what is not. */
function isHidden(value: string | undefined, errors: string[]): boolean {
  if (value !== undefined && !["default", "protected", "hidden", "internal"].includes(value)) {
    errors.push(`invalid value '${value}' in '-fvisibility=${value}': it is default, protected, hidden or internal`);
  }
  return value === "hidden" || value === "internal";
}

function fillOf(value: string | undefined, errors: string[]): CodeOptions["fill"] {
  if (value === "zero" || value === "pattern") return value;
  if (value !== undefined && value !== "uninitialized") {
    errors.push(`invalid value '${value}' in '-ftrivial-auto-var-init=${value}': it is uninitialized, zero or pattern`);
  }
  return undefined;
}

/** The kernel's limit is 512 bytes for a call chain; clang's flag for other machines is kept. */
function stackLimitOf(llvm: readonly string[], errors: string[]): number {
  let limit = 512;
  for (const word of llvm) {
    const match = /^-?-bpf-stack-size=(.*)$/.exec(word);
    if (match !== null) limit = numberOf("-bpf-stack-size=", match[1], errors) ?? limit;
  }
  return limit;
}

function numberOf(flag: string, value: string | undefined, errors: string[]): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  errors.push(`invalid integral value '${value}' in '${flag}${value}'`);
  return undefined;
}

function isPass(name: string, passNames: readonly string[], errors: string[]): boolean {
  if (name === "all" || passNames.includes(name)) return true;
  errors.push(`there is no pass '${name}'; the passes are: ${passNames.join(", ")}`);
  return false;
}

function dependOf(value: string | undefined): Settings["depend"] {
  return value === "M" || value === "MM" || value === "MD" || value === "MMD" ? value : undefined;
}

function formatOf(value: string | undefined, errors: string[]): Settings["diagnosticsFormat"] {
  if (value === undefined || value === "clang") return "clang";
  if (value !== "json") errors.push(`invalid value '${value}' in '-fdiagnostics-format=${value}': it is clang or json`);
  return "json";
}

function colorOf(flag: string | undefined, when: string | undefined): boolean | undefined {
  if (when === "always") return true;
  if (when === "never") return false;
  return flag === undefined ? undefined : flag === "true";
}

function printOf(value: string | undefined): Settings["print"] {
  return value === "machine" || value === "version" ? value : undefined;
}
