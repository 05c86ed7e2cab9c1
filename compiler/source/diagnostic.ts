/**
 * Diagnostics: what the user is told, and the sink that collects it.
 *
 * Errors are said once each, with a place and, where it helps, notes; warnings carry the name that switches them off.
 * The sink decides which warnings count (warning-state.ts), drops what was said already, and closes after a fatal
 * error or at the error limit: whoever loops over input asks `stopped`. Nothing is printed here: see render.ts.
 */
import type { Loc, SourceMap, Span } from "./source-map.ts";
import { noLoc } from "./source-map.ts";
import { didYouMean } from "./spelling.ts";
import { warningStates } from "./warning-names.ts";
import { type Severity, type WarningOptions, WarningState, defaultWarnings } from "./warning-state.ts";

/** Where to point: a caret; a caret with its range; or a caret, ranges elsewhere on the line, and a text to insert. */
export type Place = Loc | Span | Pointing;

export interface Pointing {
  readonly at: Loc;
  readonly ranges: readonly Span[];
  /** Text that would mend the error when put in at the caret: shown below it. */
  readonly insert?: string;
}

export interface Note {
  readonly place: Place;
  readonly message: string;
}

export interface Diagnostic {
  readonly severity: "fatal" | "error" | "warning" | "note" | "remark";
  readonly place: Place;
  readonly message: string;
  /** Name of the warning, without -W; undefined for an error that no flag changes. */
  readonly warning: string | undefined;
  /** A warning that is an error because of -Werror. */
  readonly promoted: boolean;
  readonly notes: readonly Note[];
}

export interface DiagnosticOptions {
  readonly warnings: WarningOptions;
  /** -ferror-limit=N; 0 for no limit. */
  readonly errorLimit: number;
}

export const defaultDiagnosticOptions: DiagnosticOptions = { warnings: defaultWarnings, errorLimit: 20 };

/** The caret's location. */
export function placeLoc(place: Place): Loc {
  if (typeof place === "number") return place;
  return "at" in place ? place.at : place.start;
}

export class Diagnostics {
  readonly all: Diagnostic[] = [];
  readonly sources: SourceMap;
  /** The #pragma diagnostic state; the preprocessor drives it. */
  readonly state: WarningState;
  errorCount = 0;
  warningCount = 0;
  /** After a fatal error, or too many errors: nothing is taken any more, and work may end. */
  stopped = false;
  private readonly errorLimit: number;
  private readonly said = new Set<string>();

  constructor(sources: SourceMap, options: DiagnosticOptions = defaultDiagnosticOptions) {
    this.sources = sources;
    this.errorLimit = options.errorLimit;
    this.state = new WarningState(sources, options.warnings);
    for (const flag of this.state.unknownFlags) {
      const prefix = flag.startsWith("-Wno-") ? "-Wno-" : "-W";
      const names = [...warningStates().keys()].map((name) => prefix + name);
      this.warning("unknown-warning-option", noLoc, `unknown warning option '${flag}'${didYouMean(flag, names)}`);
    }
  }

  get hasErrors(): boolean {
    return this.errorCount > 0;
  }

  /** An error that no flag changes. */
  error(place: Place, message: string, notes: readonly Note[] = []): void {
    this.add({ severity: "error", place, message, warning: undefined, promoted: false, notes });
  }

  /** An error after which nothing sensible follows: a missing include file, a limit. */
  fatal(place: Place, message: string, notes: readonly Note[] = []): void {
    this.add({ severity: "fatal", place, message, warning: undefined, promoted: false, notes });
    this.stopped = true;
  }

  /** A warning by its name in warning-names.ts; comes out as nothing, warning or error. Returns whether it came out. */
  warning(name: string, place: Place, message: string, notes: readonly Note[] = []): boolean {
    return this.take(name, this.state.severityAt(name, placeLoc(place)), place, message, notes);
  }

  private take(name: string, severity: Severity, place: Place, message: string, notes: readonly Note[]): boolean {
    if (severity === "ignored") return false;
    const promoted = severity !== "warning" && this.state.promoted(name);
    return this.add({ severity, place, message, warning: name, promoted, notes });
  }

  /** A warning that is on by default although its group is off: clang has such among its extension warnings. */
  warningByDefault(name: string, place: Place, message: string, notes: readonly Note[] = []): boolean {
    return this.take(name, this.state.severityAt(name, placeLoc(place), true), place, message, notes);
  }

  /** An error that the flag of its name can silence, where others of that name are warnings. */
  errorByDefault(name: string, place: Place, message: string, notes: readonly Note[] = []): boolean {
    const severity = this.state.severityAt(name, placeLoc(place), true);
    if (severity === "ignored") return false;
    const raised = severity === "warning" ? "error" : severity;
    return this.add({ severity: raised, place, message, warning: name, promoted: false, notes });
  }

  /** Would this warning come out here? For checks that cost something. */
  enabled(name: string, loc: Loc): boolean {
    return this.state.severityAt(name, loc) !== "ignored";
  }

  /** A note of its own, as -mmaps=btf gives. */
  note(place: Place, message: string): void {
    this.add({ severity: "note", place, message, warning: undefined, promoted: false, notes: [] });
  }

  /** Puts what was said in the order of the source: stages speak one after the other. */
  sort(): void {
    const { sources } = this;
    const keyed = this.all.map((diagnostic) => {
      const loc = placeLoc(diagnostic.place);
      const path = [...sources.includeStack(loc).reverse(), sources.fileLoc(loc)];
      // What has no place closes the list: the error limit.
      return { diagnostic, path: loc === noLoc && diagnostic.severity === "fatal" ? [Infinity] : path };
    });
    keyed.sort(({ path: a }, { path: b }) => {
      let i = 0;
      while (i < a.length - 1 && i < b.length - 1 && a[i] === b[i]) i++;
      const x = a[i] as number;
      const y = b[i] as number;
      return x === y ? a.length - b.length : x < y ? -1 : 1;
    });
    keyed.forEach(({ diagnostic }, i) => { this.all[i] = diagnostic; });
  }

  private add(diagnostic: Diagnostic): boolean {
    if (this.stopped) return false;
    const key = `${placeLoc(diagnostic.place)} ${diagnostic.message}`;
    if (this.said.has(key)) return false;
    const isError = diagnostic.severity === "error";
    if (isError && this.errorLimit > 0 && this.errorCount >= this.errorLimit) {
      this.all.push({
        severity: "fatal",
        place: noLoc,
        message: "too many errors emitted, stopping now [-ferror-limit=]",
        warning: undefined,
        promoted: false,
        notes: [],
      });
      this.stopped = true;
      return false;
    }
    this.said.add(key);
    this.all.push(diagnostic);
    if (isError || diagnostic.severity === "fatal") this.errorCount++;
    else if (diagnostic.severity === "warning") this.warningCount++;
    if (diagnostic.severity === "fatal") this.stopped = true;
    return true;
  }
}
