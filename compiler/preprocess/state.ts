/**
 * The preprocessor's state: what its files share while one translation unit is read. Functions take it as an argument;
 * there is one of it per run.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { Interner, SymbolId } from "../source/interner.ts";
import type { Loc, SourceFile, SourceMap } from "../source/source-map.ts";
import type { Tokens } from "../source/token.ts";
import type { Expander } from "./expand.ts";
import type { LexContext } from "./lex-context.ts";
import type { Lexer } from "./lexer.ts";
import type { Macro, MacroTable } from "./macro.ts";
import type { PreprocessDeps, PreprocessOptions, TextEvent } from "./options.ts";
import type { Header } from "./search.ts";

/** An #if that is open in a file. */
export interface Conditional {
  /** Of the directive's name. */
  readonly loc: Loc;
  /** A group of it was taken, or all of it is skipped: later #elif groups are not. */
  taken: boolean;
  sawElse: boolean;
}

/** A file that is being read. */
export interface OpenFile {
  readonly lexer: Lexer;
  readonly file: SourceFile;
  readonly header: Header;
  readonly conditionals: Conditional[];
  /** Recognises a file wrapped in one #ifndef (C has no name for it): see include.ts. */
  guard: Guard;
  /** -imacros: at the file's end the tokens from this count on go; -1 to keep them. */
  discardFrom: number;
  /** As in line markers: "", " 3" in a system header, " 3 4" in one of a standard directory. */
  systemFlags: "" | " 3" | " 3 4";
}

export type Guard =
  | { readonly state: "start" }
  | { readonly state: "inside"; readonly name: SymbolId }
  | { readonly state: "closed"; readonly name: SymbolId }
  | { readonly state: "none" };

/** Names that the preprocessor compares with. */
export interface WellKnown {
  readonly defined: SymbolId;
  readonly vaArgs: SymbolId;
  readonly vaOpt: SymbolId;
}

export interface State {
  readonly options: PreprocessOptions;
  readonly interner: Interner;
  readonly sources: SourceMap;
  readonly diagnostics: Diagnostics;
  readonly readFile: PreprocessDeps["readFile"];
  readonly lex: LexContext;
  readonly names: WellKnown;
  readonly macros: MacroTable;
  readonly expander: Expander;
  /** Open files, the innermost last. */
  readonly files: OpenFile[];
  /** Files known by path: read once. */
  readonly headers: Map<string, Header>;
  /** The translation unit's tokens. */
  readonly out: Tokens;
  readonly events: TextEvent[];
  /** Files read, by path, in order. */
  readonly dependencies: Map<string, Header>;
  /** Headers that were not found, where that is allowed. */
  readonly missing: string[];
  /** The main file's name, for __BASE_FILE__. */
  readonly mainName: string;
  /** __COUNTER__. */
  counter: number;
  /** #pragma push_macro. */
  readonly pushed: Map<SymbolId, (Macro | undefined)[]>;
  /** By the name of a macro call over several lines: its closing parenthesis, for __LINE__. */
  readonly callEnds: Map<Loc, Loc>;
}
