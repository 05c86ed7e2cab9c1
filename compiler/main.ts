/**
 * The command `tbcc`: command line and files on one side, the pipeline on the other.
 *
 * The only file of the compiler that touches the file system or the process. A failed compile leaves no output.
 * Exit status: 0; 1 after errors of the user's; 70 after a fault of the compiler's own.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileOptions } from "./command/options.ts";
import { parseCommand, type Settings } from "./command/settings.ts";
import type { Input } from "./command/split.ts";
import { responseWords } from "./command/split.ts";
import {
  assembleText, assemblyText, checkFile, type CompileDeps, type CompileOptions, compileProgram, InternalError, objectBytes, passNames,
  preprocessFile,
} from "./compile.ts";
import { dependencyRule } from "./preprocess/dependencies.ts";
import type { Preprocessed, ReadResult } from "./preprocess/options.ts";
import type { MainFile } from "./preprocess/preprocess.ts";
import { printMacros, printPreprocessed } from "./preprocess/print.ts";
import { buildSearchPath, describeSearchPath, type SearchPath, standardDirectories } from "./preprocess/search.ts";
import { Diagnostics } from "./source/diagnostic.ts";
import { Interner } from "./source/interner.ts";
import { renderDiagnostics } from "./source/render.ts";
import { type JsonDiagnostic, jsonDiagnostics } from "./source/render-json.ts";
import { SourceMap } from "./source/source-map.ts";
import { codeOf, reason, runCommand, writeOutput } from "../assembler/host.ts";
import { link } from "../linker/link.ts";
import { readObject } from "../linker/read.ts";
import type { LinkInput } from "../linker/unit.ts";

const toolVersion = "0.1.0";
const standardInput = "<stdin>";

function run(): Promise<number> | number {
  const words = expandResponseFiles(process.argv.slice(2), 0);
  if (typeof words === "string") return fail([words]);
  const { settings, errors } = parseCommand(words, passNames);
  if (settings.help) return help();
  if (settings.version) return print(`tbcc version ${toolVersion}\nTarget: ${triple(settings)}\n`);
  if (settings.print === "version") return print(`${toolVersion}\n`);
  if (settings.print === "machine") return print(`${triple(settings)}\n`);
  if (settings.print === "cpus") {
    return print("Available CPUs for this target:\n\n  generic\n  probe\n  v1\n  v2\n  v3\n  v4\n");
  }
  if (errors.length > 0) return fail(errors);
  if (settings.findFile !== undefined) return print(`${findFile(settings.findFile)}\n`);
  const search = searchPath(settings);
  if (settings.verbose) process.stderr.write(`tbcc version ${toolVersion}\nTarget: ${triple(settings)}\n${describeSearchPath(search)}`);
  if (settings.inputs.length === 0) return settings.verbose ? 0 : fail(["no input files"]);
  const one = settings.link || settings.mode === "preprocess" || settings.output === undefined || settings.inputs.length === 1;
  if (!one) return fail(["cannot specify -o when generating multiple output files"]);
  const said: JsonDiagnostic[] = [];
  const status = settings.link ? linkInputs(settings, search, said) : compileInputs(settings, search, said);
  if (settings.diagnosticsFormat === "json") process.stderr.write(`${JSON.stringify(said, undefined, 2)}\n`);
  return status;
}

function compileInputs(settings: Settings, search: SearchPath, said: JsonDiagnostic[]): number {
  let status = 0;
  for (const input of settings.inputs) status = Math.max(status, compileInput(input, settings, search, said, writeObject));
  return status;
}

/** What becomes of a compiled object. */
type Take = (object: LinkInput["object"], input: Input, settings: Settings) => number;

function writeObject(object: LinkInput["object"], input: Input, settings: Settings): number {
  return write(outputName(input, settings), settings.mode === "assembly" ? assemblyText(object) : objectBytes(object));
}

/** Compiles all inputs, takes objects among them as they are, and links. */
function linkInputs(settings: Settings, search: SearchPath, said: JsonDiagnostic[]): number {
  const objects: LinkInput[] = [];
  const take: Take = (object, input) => {
    objects.push({ name: input.path, object });
    return 0;
  };
  // What names mean across objects is compared in BTF, so linking implies -g. Dependency files are named after the inputs.
  const each = { ...settings, output: undefined, code: { ...settings.code, debug: true } };
  let status = 0;
  for (const input of settings.inputs) {
    const failed = extname(input.path) === ".o" && input.language === undefined
      ? takeObject(input, objects) : compileInput(input, each, search, said, take);
    status = Math.max(status, failed);
  }
  if (status !== 0) return status;
  const result = link(objects, { dropUnreferenced: false });
  return "errors" in result ? fail(result.errors) : write(settings.output ?? "-", objectBytes(result.object));
}

function takeObject(input: Input, objects: LinkInput[]): number {
  const bytes = readFile(input.path);
  if (bytes === undefined) return fail([`no such file or directory: '${input.path}'`]);
  if (!(bytes instanceof Uint8Array)) return fail([`error reading '${input.path}': ${bytes.error}`]);
  const object = readObject(input.path, bytes);
  if (typeof object === "string") return fail([`${input.path}: ${object}`]);
  objects.push(object);
  return 0;
}

async function help(): Promise<number> {
  const { helpText } = await import("./command/help.ts");
  return print(`${await helpText(Math.min(process.stdout.columns ?? 100, 120))}\n`);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function fail(messages: readonly string[]): number {
  for (const message of messages) process.stderr.write(`tbcc: error: ${message}\n`);
  return 1;
}

function triple(settings: Settings): string {
  return settings.code.target.endian === "big" ? "bpfeb" : "bpf";
}

/** `@file` words; an error message when one cannot be read or they nest without end. */
function expandResponseFiles(argv: readonly string[], depth: number): string[] | string {
  if (depth > 20) return "response files include one another without end";
  const words: string[] = [];
  for (const word of argv) {
    if (!word.startsWith("@") || word.length === 1) {
      words.push(word);
      continue;
    }
    const bytes = readFile(word.slice(1));
    if (!(bytes instanceof Uint8Array)) return `cannot read response file '${word.slice(1)}'`;
    const inner = expandResponseFiles(responseWords(Buffer.from(bytes).toString("utf8")), depth + 1);
    if (typeof inner === "string") return inner;
    words.push(...inner);
  }
  return words;
}

function searchPath(settings: Settings): SearchPath {
  const multiarch: { readonly [arch: string]: string } = {
    x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu", arm: "arm-linux-gnueabihf", ia32: "i386-linux-gnu",
    ppc64: "powerpc64le-linux-gnu", riscv64: "riscv64-linux-gnu", s390x: "s390x-linux-gnu", loong64: "loongarch64-linux-gnu",
    mips64el: "mips64el-linux-gnuabi64",
  };
  const include = ownHeaders();
  const noOwn = settings.noStandardHeaders || settings.noOwnHeaders;
  const noSystem = settings.noStandardHeaders || settings.noSystemHeaders;
  const standard = noSystem ? [] : standardDirectories(multiarch[process.arch]);
  const { quote, user, system, after } = settings;
  const own = noOwn ? [] : [join(include, "freestanding")];
  const fallback = noOwn ? [] : [include];
  return buildSearchPath({ quote, user, system, after, own, standard, fallback }, isDirectory);
}

/** tbcc's own headers. */
function ownHeaders(): string {
  return fileURLToPath(new URL("../include", import.meta.url));
}

/** As clang: `include` is where stddef.h is, other names are looked for in what is the tool's own; a name that is not there stays. */
function findFile(name: string): string {
  if (name === "include") return join(ownHeaders(), "freestanding");
  const path = join(ownHeaders(), name);
  return existsSync(path) ? path : name;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readFile(path: string): ReadResult {
  try {
    return readFileSync(path === standardInput ? 0 : path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    return { error: reason(error) };
  }
}

/** Compiles one input; returns its exit status. With the JSON format diagnostics are added to `said` instead of printed. */
function compileInput(input: Input, settings: Settings, search: SearchPath, said: JsonDiagnostic[], take: Take): number {
  const path = input.path === "-" ? standardInput : input.path;
  const bytes = readFile(path);
  if (bytes === undefined) return fail([`no such file or directory: '${input.path}'`]);
  if (!(bytes instanceof Uint8Array)) return fail([`error reading '${input.path}': ${bytes.error}`]);
  const language = input.language ?? languageOf(input.path) ?? (isOnlyRead(input, settings) ? "c" : undefined);
  if (language === undefined) return fail([`${input.path}: file type is not known: name the language with -x c`]);
  if (!languages.has(language)) return fail([`${input.path}: language '${language}' is not supported`]);

  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources, {
    warnings: { flags: settings.warnings, silent: settings.quiet, pedantic: settings.pedantic, c89: settings.dialect === "c89" },
    errorLimit: settings.errorLimit,
  });
  const deps: CompileDeps = {
    sources,
    diagnostics,
    interner: new Interner(settings.dialect, settings.gnu),
    readFile,
    print: (text) => process.stderr.write(text),
    now: () => performance.now(),
  };
  let status = 0;
  try {
    const options = compileOptions(settings, search, process.env.SOURCE_DATE_EPOCH);
    const main = { name: path, bytes };
    status = language === "assembler" ? assembleInput(input, main, settings, options, deps, take)
      : produce(input, main, language, settings, options, deps, take);
  } catch (error) {
    if (!(error instanceof InternalError)) throw error;
    status = 70;
    report(deps, settings, said);
    process.stderr.write(`tbcc: internal error in stage '${error.stage}' while compiling '${input.path}': ${error.message}\n`
      + "This is a fault of tbcc, not of your program: please report it with the source and the command line.\n");
    if (process.env.TBCC_DEBUG !== undefined && error.cause instanceof Error) process.stderr.write(`${error.cause.stack ?? ""}\n`);
    return status;
  }
  report(deps, settings, said);
  return diagnostics.hasErrors ? 1 : status;
}

function produce(
  input: Input, main: MainFile, language: string, settings: Settings, options: CompileOptions, deps: CompileDeps, take: Take,
): number {
  const { diagnostics } = deps;
  const macros = [{ kind: "define", text: "__ASSEMBLER__" } as const, ...options.preprocess.macros];
  const forAssembler = { ...options, preprocess: { ...options.preprocess, macros } };
  const preprocessed = preprocessFile(main, language === "assembler-with-cpp" ? forAssembler : options, deps);
  if (settings.depend === "M" || settings.depend === "MM") {
    if (diagnostics.hasErrors) return 1;
    return write(settings.dependFile ?? settings.output ?? "-", rule(input, settings, preprocessed));
  }
  if (settings.mode === "preprocess") {
    if (diagnostics.hasErrors) return 1;
    const text = settings.dumpMacros ? printMacros(preprocessed)
      : printPreprocessed(preprocessed, deps, { lineMarkers: settings.lineMarkers });
    return writeDependencies(input, settings, preprocessed) || write(settings.output ?? "-", text);
  }
  if (language === "assembler-with-cpp") {
    if (diagnostics.hasErrors) return 1;
    const text = printPreprocessed(preprocessed, deps, { lineMarkers: true });
    return assembleInput(input, { name: main.name, bytes: Buffer.from(text) }, settings, options, deps, take)
      || writeDependencies(input, settings, preprocessed);
  }
  const program = checkFile(preprocessed, options, deps);
  if (program === undefined || settings.mode === "syntax") return diagnostics.hasErrors ? 1 : 0;
  const object = compileProgram(program, options, deps);
  if (object === undefined) return diagnostics.hasErrors ? 1 : 0;
  return writeDependencies(input, settings, preprocessed) || take(object, input, settings);
}

/** Assembly text: -S prints it as it is understood, -fsyntax-only only reads it. */
function assembleInput(
  input: Input, main: MainFile, settings: Settings, options: CompileOptions, deps: CompileDeps, take: Take,
): number {
  const text = Buffer.from(main.bytes).toString("utf8");
  if (settings.mode === "preprocess") return write(settings.output ?? "-", text);
  const { object, printed } = assembleText(text, main.name, process.cwd(), options, deps);
  for (const line of printed) print(`${line}\n`);
  if (object === undefined) return 1;
  if (settings.mode === "syntax") return 0;
  return take(object, input, settings);
}

const languages = new Set(["c", "cpp-output", "assembler", "assembler-with-cpp"]);

function languageOf(path: string): string | undefined {
  switch (extname(path)) {
    case ".c": case ".h": return "c";
    case ".i": return "cpp-output";
    case ".s": return "assembler";
    case ".S": case ".sx": return "assembler-with-cpp";
    default: return undefined;
  }
}

/** Is it standard input for the preprocessor alone, where clang takes it for C: builds ask so for the search directories. */
function isOnlyRead(input: Input, { mode, depend }: Settings): boolean {
  return input.path === "-" && (mode === "preprocess" || depend === "M" || depend === "MM");
}

/** As clang names it: the source's name in the current directory with the output's extension. */
function outputName(input: Input, settings: Settings): string {
  if (settings.output !== undefined) return settings.output;
  const base = basename(input.path);
  const extension = extname(base);
  const stem = extension === "" ? base : base.slice(0, -extension.length);
  return stem + (settings.mode === "assembly" ? ".s" : ".o");
}

function rule(input: Input, settings: Settings, preprocessed: Preprocessed): string {
  const base = basename(input.path);
  const defaultTarget = settings.output !== undefined && settings.depend !== "M" && settings.depend !== "MM"
    ? settings.output : `${base.slice(0, base.length - extname(base).length)}.o`;
  return dependencyRule(preprocessed.dependencies, {
    targets: settings.dependTargets.length > 0 ? settings.dependTargets : [{ name: defaultTarget, quoted: true }],
    system: settings.depend === "M" || settings.depend === "MD",
    phony: settings.dependPhony,
  });
}

/** -MD and -MMD: the rule goes to -MF, else beside the output with the extension .d. */
function writeDependencies(input: Input, settings: Settings, preprocessed: Preprocessed): number {
  if (settings.depend === undefined) return 0;
  const output = outputName(input, settings);
  const extension = extname(output);
  const beside = `${extension === "" ? output : output.slice(0, -extension.length)}.d`;
  return write(settings.dependFile ?? beside, rule(input, settings, preprocessed));
}

/** Writes an output file whole or not at all; "-" is standard output. */
function write(path: string, content: string | Uint8Array): number {
  const failure = writeOutput(path, content);
  return failure === undefined ? 0 : fail([`unable to write '${path}': ${failure}`]);
}

function report(deps: CompileDeps, settings: Settings, said: JsonDiagnostic[]): void {
  if (settings.diagnosticsFormat === "json") {
    said.push(...jsonDiagnostics(deps.diagnostics, deps.interner));
    return;
  }
  const color = settings.color ?? process.stderr.isTTY === true;
  const { caret, showOption, macroLimit } = settings;
  const options = { color, source: caret, option: showOption, macroLimit };
  process.stderr.write(renderDiagnostics(deps.diagnostics, deps.interner, options));
}

void runCommand("tbcc", run);
