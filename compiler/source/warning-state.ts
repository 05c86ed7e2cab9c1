/**
 * Which warnings are on: the flags of the command line, and what #pragma diagnostic changes from a place on.
 *
 * A state is immutable: a severity by warning name, over the default states. The pragmas give each file a list of
 * (offset, state); a location has the last state before it in its file, or, before the first, the state at the file's
 * #include. A state that a header leaves behind goes on after the #include, as in clang. Within a macro's expansion,
 * where all offsets are the macro's name, the order is that of the expansion's tokens.
 */
import { type Loc, type SourceMap, noLoc } from "./source-map.ts";
import { warningMembers, warningStates } from "./warning-names.ts";

export type Severity = "ignored" | "warning" | "error" | "fatal";

interface State {
  readonly severity: ReadonlyMap<string, Severity>;
  /** -Wno-error=x: stays a warning under -Werror. */
  readonly neverError: ReadonlySet<string>;
}

interface Transition {
  readonly offset: number;
  /** The pragma's own location: the _Pragma in a macro's body; within one expansion it decides. */
  readonly loc: Loc;
  readonly state: State;
}

export interface WarningOptions {
  /** The -W flags in order, without "-W": "all", "no-unused", "error", "error=int-conversion", "everything". */
  readonly flags: readonly string[];
  /** -w: no warnings at all. */
  readonly silent: boolean;
  /** -pedantic and -pedantic-errors. */
  readonly pedantic: "off" | "warning" | "error";
  /** -std=c89: what later standards took out of the language is no error, and no warning unless asked for. */
  readonly c89?: boolean;
}

export const defaultWarnings: WarningOptions = { flags: [], silent: false, pedantic: "off" };

const c89Names: ReadonlySet<string> = new Set(["implicit-int", "implicit-function-declaration"]);

export class WarningState {
  private current: State;
  private readonly first: State;
  private readonly stack: State[] = [];
  private readonly transitions = new Map<number, Transition[]>();
  private readonly sources: SourceMap;
  private readonly silent: boolean;
  private readonly c89: boolean;
  private allErrors = false;
  private fatalErrors = false;
  private systemHeaders = false;
  private everything = false;
  /** Flags that name no warning, with their "-W". */
  readonly unknownFlags: string[] = [];

  constructor(sources: SourceMap, options: WarningOptions) {
    this.sources = sources;
    this.silent = options.silent;
    this.c89 = options.c89 === true;
    const severity = new Map<string, Severity>();
    const neverError = new Set<string>();
    if (options.pedantic !== "off") {
      for (const name of warningMembers("pedantic")) severity.set(name, options.pedantic);
    }
    for (const flag of options.flags) this.applyFlag(flag, severity, neverError);
    this.current = { severity, neverError };
    this.first = this.current;
  }

  private applyFlag(flag: string, severity: Map<string, Severity>, neverError: Set<string>): void {
    const on = !flag.startsWith("no-");
    const name = on ? flag : flag.slice(3);
    if (name === "error") {
      this.allErrors = on;
    } else if (name === "fatal-errors") {
      this.fatalErrors = on;
    } else if (name === "system-headers") {
      this.systemHeaders = on;
    } else if (name === "everything") {
      this.everything = on;
      severity.clear();
      if (!on) for (const known of warningStates().keys()) severity.set(known, "ignored");
    } else if (name.startsWith("error=")) {
      for (const member of this.members(name.slice(6), `-W${flag}`)) {
        if (on) {
          severity.set(member, "error");
          neverError.delete(member);
        } else {
          neverError.add(member);
          if (this.plain(member, severity) === "error") severity.set(member, "warning");
        }
      }
    } else {
      for (const member of this.members(name, `-W${flag}`)) {
        if (!on) severity.set(member, "ignored");
        else if (this.plain(member, severity) === "ignored") severity.set(member, "warning");
      }
    }
  }

  private plain(name: string, severity: ReadonlyMap<string, Severity>): Severity {
    const set = severity.get(name);
    if (set !== undefined) return set;
    switch (this.defaultOf(name)) {
      case "error":
        return "error";
      case "on":
        return "warning";
      default:
        return this.everything || name === "" ? "warning" : "ignored";
    }
  }

  private defaultOf(name: string): "error" | "on" | "off" | undefined {
    return this.c89 && c89Names.has(name) ? "off" : warningStates().get(name);
  }

  private members(name: string, flag: string): string[] {
    // Flags with a value, as -Wframe-larger-than=512, name the warning before the sign.
    const base = name.split("=")[0] ?? name;
    if (base !== "" && !warningStates().has(base)) {
      this.unknownFlags.push(flag);
      return [];
    }
    return warningMembers(base);
  }

  /**
   * How a warning comes out at a place. System headers are silent, except for what is an error by itself. The name ""
   * stands for the few warnings that no flag of their own switches off. `onByDefault` overrules the group's default.
   */
  severityAt(name: string, loc: Loc, onByDefault = false): Severity {
    if (name !== "" && !warningStates().has(name)) throw new Error(`warning name '${name}' is not in warning-names.ts`);
    const state = this.stateAt(loc);
    let severity = this.plain(name, state.severity);
    if (onByDefault && severity === "ignored" && !state.severity.has(name)) severity = "warning";
    if (severity === "ignored") return "ignored";
    if (severity === "warning") {
      if (this.silent) return "ignored";
      if (this.allErrors && !state.neverError.has(name)) severity = "error";
    }
    if (severity === "error" && this.fatalErrors) severity = "fatal";
    const isDefaultError = this.defaultOf(name) === "error";
    if (!isDefaultError && !this.systemHeaders && loc !== noLoc && this.sources.isSystemHeader(loc)) return "ignored";
    return severity;
  }

  /** Was it -Werror or -Werror=… that made this an error? Then the message says so. */
  promoted(name: string): boolean {
    return this.defaultOf(name) !== "error";
  }

  /** #pragma GCC diagnostic push */
  push(): void {
    this.stack.push(this.current);
  }

  /** #pragma GCC diagnostic pop. False when nothing was pushed. */
  pop(loc: Loc): boolean {
    const state = this.stack.pop();
    if (state === undefined) return false;
    this.change(loc, state);
    return true;
  }

  /** #pragma GCC diagnostic ignored "-Wname". False when the name is unknown. */
  set(loc: Loc, name: string, severity: Severity): boolean {
    const map = new Map(this.current.severity);
    if (name === "everything") {
      for (const known of warningStates().keys()) map.set(known, severity);
    } else {
      if (!warningStates().has(name)) return false;
      for (const member of warningMembers(name)) {
        const before = this.plain(member, map);
        // "warning" switches on what is off; it does not weaken an error.
        if (severity !== "warning" || before === "ignored") map.set(member, severity);
      }
    }
    this.change(loc, { severity: map, neverError: this.current.neverError });
    return true;
  }

  private change(loc: Loc, state: State): void {
    this.current = state;
    let at = this.sources.expansion(loc);
    let within = loc;
    let file = this.sources.fileOf(at);
    let offset = at - file.base;
    for (;;) {
      const list = this.transitions.get(file.index);
      if (list === undefined) this.transitions.set(file.index, [{ offset, loc: within, state }]);
      else list.push({ offset, loc: within, state });
      if (file.includedFrom === noLoc) return;
      // One further: the header itself was entered with the state before it.
      at = file.includedFrom;
      file = this.sources.fileOf(at);
      offset = at - file.base + 1;
      within = at + 1;
    }
  }

  private stateAt(loc: Loc): State {
    if (this.transitions.size === 0) return this.current;
    let at = this.sources.expansion(loc);
    let within = loc;
    while (at !== noLoc) {
      const file = this.sources.fileOf(at);
      const list = this.transitions.get(file.index);
      if (list !== undefined) {
        let low = -1;
        let high = list.length - 1;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if ((list[middle] as Transition).offset <= at - file.base) low = middle;
          else high = middle - 1;
        }
        // In the expansion that holds the pragma too, those behind the location do not count.
        while (low >= 0 && within < 0 && this.isBehind(list[low] as Transition, at - file.base, within)) low--;
        const found = list[low];
        if (found !== undefined) return found.state;
      }
      at = file.includedFrom;
      within = at;
    }
    return this.first;
  }

  private isBehind(transition: Transition, offset: number, loc: Loc): boolean {
    return transition.offset === offset && this.sources.comesBefore(loc, transition.loc);
  }
}
