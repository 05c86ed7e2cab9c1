/**
 * The compiler inside the test's process: a command line and sources in, an object and the diagnostics' text out. The
 * pipeline and its options are those of the command; only files and streams are the test's.
 */
import { readFileSync, statSync } from "node:fs";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { compileOptions } from "../../compiler/command/options.ts";
import { parseCommand } from "../../compiler/command/settings.ts";
import {
  checkFile, type CompileDeps, type CompileOptions, compileProgram, passNames, preprocessFile,
} from "../../compiler/compile.ts";
import type { ReadResult } from "../../compiler/preprocess/options.ts";
import { printPreprocessed } from "../../compiler/preprocess/print.ts";
import { buildSearchPath } from "../../compiler/preprocess/search.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { defaultRenderOptions, renderDiagnostics } from "../../compiler/source/render.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { freestandingDirectory, includeDirectory } from "./project.ts";

export interface Compiled {
  /** Undefined after errors. */
  readonly object: ObjectFile | undefined;
  /** What the command would print of errors and warnings. */
  readonly messages: string;
  /** What the laboratory flags had printed. */
  readonly printed: string;
  readonly diagnostics: Diagnostics;
  readonly sources: SourceMap;
}

/** Compiles a file, or a text that stands for it. Throws InternalError. The IR is verified after every pass. */
export function compileSource(path: string, args: readonly string[], text?: string): Compiled {
  let printed = "";
  const { options, deps } = pipeline([...args, "--verify"], (text) => { printed += text; });
  const { diagnostics, sources } = deps;
  const bytes = text === undefined ? readFileSync(path) : new TextEncoder().encode(text);
  const program = checkFile(preprocessFile({ name: path, bytes }, options, deps), options, deps);
  const object = program === undefined ? undefined : compileProgram(program, options, deps);
  return { object, diagnostics, sources, printed, messages: renderDiagnostics(diagnostics, deps.interner, defaultRenderOptions) };
}

/** What -E -P writes of a file, and the messages. Throws InternalError. */
export function preprocessSource(path: string, args: readonly string[]): { readonly text: string; readonly messages: string } {
  const { options, deps } = pipeline([...args, "-E"], () => undefined);
  const preprocessed = preprocessFile({ name: path, bytes: readFileSync(path) }, options, deps);
  const text = printPreprocessed(preprocessed, deps, { lineMarkers: false });
  return { text, messages: renderDiagnostics(deps.diagnostics, deps.interner, defaultRenderOptions) };
}

function pipeline(args: readonly string[], print: CompileDeps["print"]): { readonly options: CompileOptions; readonly deps: CompileDeps } {
  const { settings, errors } = parseCommand(args, passNames);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const { quote, user, system, after } = settings;
  const search = buildSearchPath(
    { quote, user, system, after, own: [freestandingDirectory], standard: [], fallback: [includeDirectory] }, isDirectory,
  );
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources, {
    warnings: {
      flags: settings.warnings, silent: settings.quiet, pedantic: settings.pedantic, c89: settings.dialect === "c89",
    },
    errorLimit: settings.errorLimit,
  });
  const deps: CompileDeps = {
    sources, diagnostics, interner: new Interner(settings.dialect, settings.gnu),
    readFile,
    print,
    now: () => 0,
  };
  return { options: compileOptions(settings, search, undefined), deps };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readFile(path: string): ReadResult {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
