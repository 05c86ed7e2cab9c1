/**
 * Files: finding a header, entering and leaving it, and entering it only once where that shows nothing.
 *
 * A header is read once and known by its path. It is not entered again when #pragma once was seen in it, or when it is
 * wrapped whole in `#ifndef X … #endif` (or `#if !defined X`) and X is defined. The `Guard` of an open file follows
 * that shape: start, inside the group, closed behind it, none once anything stands outside.
 */
import { type Loc, noLoc } from "../source/source-map.ts";
import { Lexer } from "./lexer.ts";
import type { FileEvent } from "./options.ts";
import { type Header, directoryOf, normalizePath } from "./search.ts";
import { replaceTrigraphs } from "./splice.ts";
import type { OpenFile, State } from "./state.ts";

/** Files in files in files: clang's limit. */
const depthLimit = 200;

export interface Found {
  readonly header: Header;
  /** Index in the search list, -1 when the list was not used. */
  readonly searchIndex: number;
  readonly system: boolean;
}

/** What a lookup came to: a header; nothing; or a file that exists and cannot be read, with the reason. */
export type Lookup = Found | undefined | { readonly path: string; readonly error: string };

/** The header of a path, if the file exists. */
function open(state: State, path: string, system: boolean): Header | undefined | { path: string; error: string } {
  const key = normalizePath(path);
  const known = state.headers.get(key);
  if (known !== undefined) return known.path === path ? known : sameFile(state, known, path);
  const read = state.readFile(path);
  if (read === undefined) return undefined;
  if (!(read instanceof Uint8Array)) return { path, error: read.error };
  const bytes = state.options.trigraphs ? replaceTrigraphs(read) : read;
  const header: Header = { path, identity: { bytes, once: false, guard: undefined, file: undefined }, system };
  state.headers.set(key, header);
  return header;
}

/** A file reached by another spelling of its path keeps that spelling for __FILE__ and messages. */
function sameFile(state: State, known: Header, path: string): Header {
  const spelled = state.headers.get(path);
  if (spelled !== undefined) return spelled;
  const header: Header = { path, identity: known.identity, system: known.system };
  state.headers.set(path, header);
  return header;
}

/**
 * Looks a header up (C 6.10.2). `from` is the including file, undefined for the command line; `after` is the search
 * index behind which #include_next goes on, undefined for #include.
 */
export function findHeader(
  state: State,
  name: string,
  angled: boolean,
  from: OpenFile | undefined,
  after: number | undefined,
): Lookup {
  const { search } = state.options;
  let failed: { path: string; error: string } | undefined;
  const attempt = (path: string, searchIndex: number, system: boolean): Found | undefined => {
    const header = open(state, path, system);
    if (header === undefined) return undefined;
    if ("error" in header) {
      failed ??= header;
      return undefined;
    }
    return { header, searchIndex, system };
  };
  if (name.startsWith("/")) return attempt(name, -1, from !== undefined && isSystem(from)) ?? failed;
  if (!angled && after === undefined) {
    const directory = from === undefined ? "." : directoryOf(from.header.path);
    const found = attempt(join(directory, name), from?.file.searchIndex ?? -1, from !== undefined && isSystem(from));
    if (found !== undefined) return found;
  }
  for (let i = after === undefined ? (angled ? search.angled : 0) : after + 1; i < search.directories.length; i++) {
    const found = attempt(join(search.directories[i] as string, name), i, i >= search.system);
    if (found !== undefined) return found;
  }
  return failed;
}

function isSystem(file: OpenFile): boolean {
  return file.file.systemFrom === 0;
}

function join(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}

/**
 * Begins to read a header, unless that would show nothing. Returns whether it did. `loc` is of the #include, `nameLoc`
 * of the header's name.
 */
export function enterHeader(state: State, found: Found, loc: Loc, nameLoc: Loc): boolean {
  const { header } = found;
  const { identity } = header;
  if (!state.dependencies.has(header.path)) state.dependencies.set(header.path, header);
  if (identity.once && identity.file !== undefined) return false;
  if (identity.guard !== undefined && state.macros.defined(identity.guard) !== undefined) return false;
  if (state.files.length > depthLimit) {
    state.diagnostics.error(nameLoc, "#include nested too deeply");
    return false;
  }
  enterFile(state, header, loc, found.system, found.searchIndex);
  return true;
}

/** Begins to read a file. */
export function enterFile(state: State, header: Header, loc: Loc, system: boolean, searchIndex: number): void {
  const { sources } = state;
  const { identity } = header;
  const file = identity.file === undefined
    ? sources.addFile(header.path, identity.bytes, loc, system, searchIndex)
    : sources.addAgain(identity.file, header.path, loc, system, searchIndex);
  if (file === undefined) {
    state.diagnostics.fatal(loc, "translation unit is too large: more than 2 GB of source");
    return;
  }
  identity.file ??= file;
  const lexer = new Lexer(file, state.lex);
  const { standard } = state.options.search;
  const isStandard = searchIndex >= standard.from && searchIndex < standard.to;
  const outerFlags = state.files[state.files.length - 1]?.systemFlags ?? "";
  const ownFlags = isStandard ? " 3 4" : system ? " 3" : "";
  const opened: OpenFile = {
    lexer,
    file,
    header,
    conditionals: [],
    guard: { state: "start" },
    discardFrom: -1,
    // What a system header includes is one, wherever it was found.
    systemFlags: ownFlags.length > outerFlags.length ? ownFlags : outerFlags,
  };
  if (opened.systemFlags !== "") file.systemFrom = 0;
  state.files.push(opened);
  fileEvent(state, "enter", opened, file.base, loc);
}

/** Notes for -E that reading goes on at `loc` of `file`, and how; `from` is what entered it. */
export function fileEvent(state: State, kind: FileEvent["kind"], open: OpenFile, loc: Loc, from: Loc): void {
  const { file, systemFlags } = open;
  state.events.push({ kind, index: state.out.count, file, loc, from, systemFlags });
}

/** Takes back the tokens from a count on; what -E shows of them stays. */
function discard({ out, events }: State, count: number): void {
  out.count = count;
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event === undefined || event.index <= count) break;
    events[i] = { ...event, index: count };
  }
}

/** Ends the innermost file at its end. */
export function leaveFile(state: State): void {
  const file = state.files.pop();
  if (file === undefined) return;
  for (const conditional of file.conditionals) {
    state.diagnostics.error(conditional.loc, "unterminated conditional directive");
  }
  if (file.guard.state === "closed" && !file.lexer.sawToken) file.header.identity.guard = file.guard.name;
  if (file.discardFrom >= 0) discard(state, file.discardFrom);
  const outer = state.files[state.files.length - 1];
  if (outer !== undefined && file.file.includedFrom !== noLoc) {
    fileEvent(state, "leave", outer, outer.lexer.loc, noLoc);
  }
}
