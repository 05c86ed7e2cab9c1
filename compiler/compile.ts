/**
 * The pipeline, a line a stage, with the types on the arrows:
 *
 *   SourceFile -preprocess-> Tokens -parse-> Syntax -check-> Program -lower-> ir.Module -optimize-> ir.Module
 *     -generate-> ObjectFile -> ELF bytes or assembly text
 *
 * What the file has of assembly outside of functions is assembled behind what was generated.
 *
 * `-E`, `-fsyntax-only` and `--stop-after` leave early. Everything runs in memory: files come through `readFile`, what the user is to
 * be told goes to the diagnostics. A source with errors goes no further than check, so that one run says what is wrong with
 * directives, syntax and meaning. An error that is thrown is the compiler's own: it comes out as an `InternalError` that
 * names the stage.
 */
import { writeElf } from "../assembler/object/elf-write.ts";
import type { ObjectFile } from "../assembler/object/object.ts";
import { assemble } from "../assembler/assemble.ts";
import { placeInMain, render as renderAssemblyProblem } from "../assembler/assembly/sources.ts";
import { orderSymbols } from "../assembler/assembly/order.ts";
import { printObject } from "../assembler/assembly/print.ts";
import type { Program } from "./ast/program.ts";
import { check } from "./check/check.ts";
import type { CheckOptions } from "./check/context.ts";
import { knownBuiltin } from "./check/builtins.ts";
import { generate } from "./generate/generate.ts";
import type { Module } from "./ir/module.ts";
import { lower } from "./lower/lower.ts";
import { passes } from "./optimize/passes.ts";
import { optimize } from "./optimize/run.ts";
import { parse } from "./parse/parse.ts";
import type { Preprocessed, PreprocessOptions, ReadResult } from "./preprocess/options.ts";
import { type MainFile, preprocess } from "./preprocess/preprocess.ts";
import type { Diagnostics } from "./source/diagnostic.ts";
import type { Interner } from "./source/interner.ts";
import type { CodeOptions } from "./source/options.ts";
import type { Loc, SourceMap } from "./source/source-map.ts";

export interface CompileOptions {
  readonly preprocess: Omit<PreprocessOptions, "hasBuiltin">;
  readonly check: CheckOptions;
  readonly code: CodeOptions;
}

export interface CompileDeps {
  readonly sources: SourceMap;
  readonly diagnostics: Diagnostics;
  readonly interner: Interner;
  readonly readFile: (path: string) => ReadResult;
  /** Where --print-after and --time write. */
  readonly print: (text: string) => void;
  /** Milliseconds, for --time. */
  readonly now: () => number;
}

/** Names of the optimiser's passes, for the flags that take one. */
export const passNames: readonly string[] = passes.map((pass) => pass.name);

/** A fault of the compiler, with the stage in which it showed. */
export class InternalError extends Error {
  readonly stage: string;

  constructor(stage: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stage = stage;
  }
}

/** Runs the preprocessor alone: -E, -dM, -M. */
export function preprocessFile(main: MainFile, options: CompileOptions, deps: CompileDeps): Preprocessed {
  return stage("preprocess", () => preprocess(main, { ...options.preprocess, hasBuiltin: knownBuiltin }, deps));
}

/** Preprocesses, parses and checks; undefined after errors. */
export function checkFile(preprocessed: Preprocessed, options: CompileOptions, deps: CompileDeps): Program | undefined {
  const { diagnostics } = deps;
  if (diagnostics.stopped) return undefined;
  const syntax = stage("parse", () => parse(preprocessed.tokens, { ...deps, dialect: options.check.dialect }));
  if (diagnostics.stopped) return undefined;
  const broken = diagnostics.hasErrors;
  const program = stage("check", () => check(syntax, { ...deps, options: options.check }));
  if (broken) diagnostics.sort();
  return diagnostics.hasErrors ? undefined : program;
}

/** A checked program as an object; undefined after errors, and when --stop-after ended the work. */
export function compileProgram(program: Program, options: CompileOptions, deps: CompileDeps): ObjectFile | undefined {
  const { diagnostics } = deps;
  const module: Module = stage("lower", () => lower(program, options.code, diagnostics));
  if (diagnostics.hasErrors) return undefined;
  const complete = stage("optimize", () => optimize(module, options.code, deps));
  if (diagnostics.hasErrors || !complete) return undefined;
  const generated = stage("generate", () => generate(module, options.code, deps));
  if (diagnostics.hasErrors) return undefined;
  const object = module.asm.length === 0 ? generated : stage("assemble", () => addFileAsm(generated, module, deps));
  if (diagnostics.hasErrors) return undefined;
  // Text and bytes of an object are the same object: its symbols stand in the order in which the text names them.
  stage("generate", () => orderSymbols(object));
  return object;
}

/**
 * The object with the file's own assembly, which is assembled behind what the compiler made, so that no place moves
 * that debug data tells; as with clang it begins in .text, and each piece goes on in the section of the one before.
 */
function addFileAsm(object: ObjectFile, { asm }: Module, { diagnostics, readFile, print }: CompileDeps): ObjectFile {
  let text = `${printObject(object)}\t.text\n`;
  const pieces = asm.map((piece) => {
    const start = text.length;
    text += `${piece.text}\n`;
    return { start, loc: piece.loc };
  });
  const { object: result, problems, remarks, sources } = assemble(text, object.endian, {
    readFile: (path) => {
      const bytes = readFile(path);
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
  });
  /** The piece that a position is in, that of the statement that brought the text in. */
  const locOf = (position: number): Loc => {
    const at = placeInMain(sources, position);
    return (pieces.findLast(({ start }) => start <= at) ?? pieces[0]).loc;
  };
  for (const { kind, position, message } of remarks) {
    if (kind === "warning") diagnostics.warningByDefault("inline-asm", locOf(position), `in asm: ${message}`);
    else print(`${message}\n`);
  }
  for (const { position, message } of problems) diagnostics.error(locOf(position), `in asm: ${message}`);
  return result;
}

/** What assembly text gives. */
export interface AssembledText {
  /** Undefined after errors. */
  readonly object: ObjectFile | undefined;
  /** Lines that the text wants printed (`.print`). */
  readonly printed: readonly string[];
}

/** Assembly text, assembled in `directory`, as an object. Messages have been printed. */
export function assembleText(
  text: string, name: string, directory: string, options: CompileOptions, deps: CompileDeps,
): AssembledText {
  const { object, problems, remarks, sources } = stage("assemble", () => assemble(text, options.code.target.endian, {
    name,
    directory,
    readFile: (path) => {
      const bytes = deps.readFile(path);
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
  }));
  for (const { kind, position, message } of remarks) {
    if (kind === "warning") deps.print(renderAssemblyProblem(sources, position, message, "warning"));
  }
  for (const { position, message } of problems) deps.print(renderAssemblyProblem(sources, position, message));
  return {
    object: problems.length > 0 ? undefined : object,
    printed: remarks.filter(({ kind }) => kind === "print").map(({ message }) => message),
  };
}

/** The object file's bytes. */
export function objectBytes(object: ObjectFile): Uint8Array {
  return stage("write", () => writeElf(object));
}

/** The object as assembly text (-S). */
export function assemblyText(object: ObjectFile): string {
  return stage("write", () => printObject(object));
}

function stage<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof InternalError ? error : new InternalError(name, error);
  }
}
