/**
 * What the preprocessor is told, what it needs from the world, and what it gives.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { Interner } from "../source/interner.ts";
import type { OptimizationLevel } from "../source/options.ts";
import type { Loc, SourceFile, SourceMap } from "../source/source-map.ts";
import type { Dialect, Tokens } from "../source/token.ts";
import type { SearchPath } from "./search.ts";

/** One -D or -U, in the order of the command line: "NAME", "NAME=VALUE" or "NAME(ARGS)=VALUE" as given. */
export interface CommandLineMacro {
  readonly kind: "define" | "undefine";
  readonly text: string;
}

/** What -E shows beside the text that the parser would see. */
export interface Shown {
  /** -dD: #define and #undef. */
  readonly definitions: boolean;
  /** -dI: #include, before what it gives. */
  readonly includes: boolean;
  /** -C: comments outside of directives and macro arguments. */
  readonly comments: boolean;
}

export const nothingShown: Shown = { definitions: false, includes: false, comments: false };

export interface PreprocessOptions {
  /** -mcpu: 1 to 4; 0 is `probe`, for which clang announces no feature. */
  readonly cpu: 0 | 1 | 2 | 3 | 4;
  readonly endian: "little" | "big";
  readonly level: OptimizationLevel;
  /** -fno-inline: __NO_INLINE__ stays at all levels. */
  readonly noInline: boolean;
  /** -g: clang announces its CFI directives then. */
  readonly debug: boolean;
  readonly dialect: Dialect;
  /** -std=gnu…, the default. */
  readonly gnu: boolean;
  /** -fgnu89-inline, or the dialect is C89. */
  readonly gnuInline: boolean;
  /** -trigraphs, or a -std= that is no GNU one. */
  readonly trigraphs: boolean;
  /** False with -ffreestanding. */
  readonly hosted: boolean;
  /** False with -funsigned-char. */
  readonly charSigned: boolean;
  readonly macros: readonly CommandLineMacro[];
  /** -include and -imacros files in order. */
  readonly includes: readonly { readonly name: string; readonly macrosOnly: boolean }[];
  readonly search: SearchPath;
  /** Seconds since 1970 that __DATE__ and __TIME__ say (SOURCE_DATE_EPOCH); undefined makes their use an error. */
  readonly epoch: number | undefined;
  /** -undef: no predefined macros of the target. */
  readonly noPredefined: boolean;
  /** The result is for -E: pragmas are kept as text, and nothing is spent on the parser. */
  readonly text: boolean;
  /** What -E shows beside the text. */
  readonly shown: Shown;
  /** __has_builtin: what the checker knows. */
  readonly hasBuiltin: (name: string) => boolean;
  /** -M, -MD with -MG: a missing header is no error but a dependency. */
  readonly missingHeaders: boolean;
}

/** A file's bytes; undefined when there is none; an error when there is one that cannot be read. */
export type ReadResult = Uint8Array | undefined | { readonly error: string };

export interface PreprocessDeps {
  readonly sources: SourceMap;
  readonly diagnostics: Diagnostics;
  readonly interner: Interner;
  readonly readFile: (path: string) => ReadResult;
}

/** A change of file, for line markers in -E output. */
export interface FileEvent {
  readonly kind: "enter" | "leave" | "rename" | "system";
  /** Number of tokens before it. */
  readonly index: number;
  /** The file that is read from here on. */
  readonly file: SourceFile;
  /** Where reading goes on: in `file`. */
  readonly loc: Loc;
  /** What entered it: the #include or line marker; `noLoc` for the rest. */
  readonly from: Loc;
  /** Flags of a line marker there: "", " 3" or " 3 4". */
  readonly systemFlags: string;
}

/** A directive that -dD or -dI shows. */
export interface DirectiveEvent {
  readonly kind: "directive";
  readonly index: number;
  /** On the line on which it stands. */
  readonly loc: Loc;
  readonly text: string;
}

export type TextEvent = FileEvent | DirectiveEvent;

export interface Dependency {
  /** The file as it was found. */
  readonly path: string;
  readonly system: boolean;
}

/** A macro as it stands at the end, for -dM. */
export interface FinalMacro {
  readonly name: string;
  /** "NAME(a,b...) body", as after #define. */
  readonly definition: string;
}

export interface Preprocessed {
  /** Ends with EndOfFile. */
  readonly tokens: Tokens;
  readonly events: readonly TextEvent[];
  /** The files read, in order, each once. The first is the main file. */
  readonly dependencies: readonly Dependency[];
  /** The macros that exist at the end, by name, predefined ones included. */
  readonly macros: () => FinalMacro[];
}
