/**
 * The preprocessor (C 6.10): a source file and what it includes, into one table of tokens.
 *
 * Ordinary text goes from the lexer straight into the result. The lexer stops at a macro's name, where the expander
 * takes over, at a directive, and at the end of a file. Before the main file a made-up one is read, as clang does:
 * <built-in>, with the target's macros, and -D and -U under the name <command line>.
 */
import { type SourceFile, noLoc } from "../source/source-map.ts";
import { TokenKind, Tokens } from "../source/token.ts";
import { defineBuiltins } from "./define.ts";
import { runDirective } from "./directive.ts";
import { Expander } from "./expand.ts";
import { enterFile, fileEvent, leaveFile } from "./include.ts";
import { LexMode, Stop, createLexContext } from "./lex-context.ts";
import { MacroTable } from "./macro.ts";
import type { Dependency, PreprocessDeps, PreprocessOptions, Preprocessed } from "./options.ts";
import { predefinedMacros } from "./predefined.ts";
import type { Header } from "./search.ts";
import { replaceTrigraphs } from "./splice.ts";
import type { State } from "./state.ts";

/** The main file: its name, as messages and __FILE__ have it, and its bytes. */
export interface MainFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Preprocesses a translation unit. Errors are in `deps.diagnostics`; the result ends with EndOfFile in any case. */
export function preprocess(main: MainFile, options: PreprocessOptions, deps: PreprocessDeps): Preprocessed {
  const state = createState(main, options, deps);
  defineBuiltins(state);
  const bytes = options.trigraphs ? replaceTrigraphs(main.bytes) : main.bytes;
  const header = madeHeader(main.name, bytes);
  state.dependencies.set(main.name, header);
  enterFile(state, header, noLoc, false, -1);
  const mainFile = state.files[0];
  if (mainFile !== undefined) {
    const builtin = new TextEncoder().encode(builtinText(options));
    enterFile(state, madeHeader("<built-in>", builtin), noLoc, false, -1);
    run(state, 1);
    fileEvent(state, "leave", mainFile, mainFile.file.base, noLoc);
    run(state, 0);
  }
  const end = mainFile === undefined ? 0 : mainFile.file.base + lastPlace(mainFile.file);
  state.out.push(TokenKind.EndOfFile, end, 0, 1);
  return {
    tokens: state.out,
    events: state.events,
    dependencies: dependencies(state),
    macros: () => state.macros.final(),
  };
}

/** The end of a file is shown on its last line, not on one behind it that nobody wrote. */
function lastPlace({ bytes, length }: SourceFile): number {
  const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13;
  if (!isLineEnd(bytes[length - 1])) return length;
  const isPair = isLineEnd(bytes[length - 2]) && bytes[length - 2] !== bytes[length - 1];
  return length - (isPair ? 2 : 1);
}

function createState(main: MainFile, options: PreprocessOptions, deps: PreprocessDeps): State {
  const { interner, diagnostics } = deps;
  const modern = options.dialect !== "c89" && options.dialect !== "c99";
  const lex = createLexContext(interner, diagnostics, modern, options.dialect === "c23", options.shown.comments);
  const parts: Omit<State, "expander"> = {
    options,
    interner,
    sources: deps.sources,
    diagnostics,
    readFile: deps.readFile,
    lex,
    names: {
      defined: interner.intern("defined"),
      vaArgs: interner.intern("__VA_ARGS__"),
      vaOpt: interner.intern("__VA_OPT__"),
    },
    macros: new MacroTable(interner),
    files: [],
    headers: new Map(),
    out: new Tokens(Math.max(1024, main.bytes.length >> 3)),
    events: [],
    dependencies: new Map(),
    missing: [],
    mainName: main.name,
    counter: 0,
    pushed: new Map(),
    callEnds: new Map(),
  };
  const state = parts as State;
  (state as { expander: Expander }).expander = new Expander(state);
  return state;
}

function madeHeader(path: string, bytes: Uint8Array): Header {
  return { path, identity: { bytes, once: false, guard: undefined, file: undefined }, system: false };
}

/**
 * The text of <built-in>: the target's macros, -D and -U under the presumed name <command line>, then the -include
 * files. The line markers are clang's, and so is their trace in -E output.
 */
function builtinText(options: PreprocessOptions): string {
  const lines = options.macros.map(({ kind, text }) => {
    if (kind === "undefine") return `#undef ${text}\n`;
    const sign = text.indexOf("=");
    const name = sign < 0 ? text : text.slice(0, sign);
    // As clang: a line end in the value ends it.
    const value = sign < 0 ? "1" : (text.slice(sign + 1).split(/[\r\n]/)[0] ?? "");
    return `#define ${name} ${value}\n`;
  });
  const includes = options.includes.map(({ name, macrosOnly }) =>
    `#${macrosOnly ? "__include_macros" : "include"} "${name}"\n`);
  return [
    '# 1 "<built-in>" 3\n',
    options.noPredefined ? "" : predefinedMacros(options),
    '# 1 "<command line>" 1\n',
    ...lines,
    '# 1 "<built-in>" 2\n',
    ...includes,
  ].join("");
}

/** Reads until only `depth` files are open. */
function run(state: State, depth: number): void {
  const { files, out, diagnostics, expander } = state;
  while (files.length > depth) {
    const file = files[files.length - 1];
    if (file === undefined || diagnostics.stopped) {
      files.length = depth;
      return;
    }
    switch (file.lexer.lex(out, LexMode.Text)) {
      case Stop.Macro:
        expander.expandLast(out);
        break;
      case Stop.Directive:
        runDirective(state);
        break;
      case Stop.EndOfFile:
        leaveFile(state);
        break;
      default:
        throw new Error("preprocess: the lexer stopped for no reason");
    }
  }
}

function dependencies(state: State): Dependency[] {
  const seen = new Set<string>();
  const list: Dependency[] = [];
  for (const [path, header] of state.dependencies) {
    list.push({ path, system: header.system });
    seen.add(path);
  }
  for (const path of state.missing) {
    if (!seen.has(path)) list.push({ path, system: false });
    seen.add(path);
  }
  return list;
}
