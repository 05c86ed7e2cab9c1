/**
 * The header search path: the directories in their order, and a header's file found in them.
 *
 * "x.h" is looked for beside the including file, then in the -iquote directories; both forms go on with -I, then the
 * -isystem directories, the compiler's freestanding headers, and -idirafter: what the user names. Behind it come the
 * compiler's headers of Linux and of a C library, and last the system's, for what those lack: a program is compiled alike on
 * every host, and the byte order of the target, not of the host, decides. A directory that does not exist is left out; one
 * that stands in the list twice keeps its first place, except that a system directory takes precedence over an equal -I.
 */
import type { SourceFile } from "../source/source-map.ts";
import type { SymbolId } from "../source/interner.ts";

export interface SearchOptions {
  /** -iquote, -I, -isystem, -idirafter in order. */
  readonly quote: readonly string[];
  readonly user: readonly string[];
  readonly system: readonly string[];
  readonly after: readonly string[];
  /** The compiler's freestanding headers; not with -nobuiltininc or -nostdinc. */
  readonly own: readonly string[];
  /** The system's: /usr/local/include and so on; not with -nostdlibinc or -nostdinc. */
  readonly standard: readonly string[];
  /** The compiler's headers of Linux, of libbpf and of a C library; not with -nobuiltininc or -nostdinc. */
  readonly fallback: readonly string[];
}

export interface SearchPath {
  readonly directories: readonly string[];
  /** "x.h" starts at 0, <x.h> here. */
  readonly angled: number;
  /** Headers found from here on are system headers. */
  readonly system: number;
  /** All but what -I and -isystem name, marked 4 in line markers: these indices, `to` exclusive. */
  readonly standard: { readonly from: number; readonly to: number };
  /** Lines for -v on what was left out. */
  readonly ignored: readonly string[];
}

/** The directories of a Linux system, as a native compiler has them; `multiarch` is as "x86_64-linux-gnu". */
export function standardDirectories(multiarch: string | undefined): string[] {
  const directories = ["/usr/local/include"];
  if (multiarch !== undefined) directories.push(`/usr/include/${multiarch}`);
  directories.push("/usr/include");
  return directories;
}

export function buildSearchPath(options: SearchOptions, isDirectory: (path: string) => boolean): SearchPath {
  const ignored: string[] = [];
  const systemAll = [...options.system, ...options.own, ...options.after, ...options.fallback, ...options.standard];
  const exists = (path: string): boolean => {
    if (isDirectory(path)) return true;
    ignored.push(`ignoring nonexistent directory "${path}"`);
    return false;
  };
  const unique = (paths: readonly string[], reserved: ReadonlySet<string>): string[] => {
    const seen = new Set<string>();
    return paths.filter((path) => {
      const key = normalizePath(path);
      if (seen.has(key) || reserved.has(key)) {
        ignored.push(`ignoring duplicate directory "${path}"`);
        return false;
      }
      seen.add(key);
      return true;
    });
  };
  const system = unique(systemAll.filter(exists), new Set());
  const user = unique(options.user.filter(exists), new Set(system.map(normalizePath)));
  const quote = unique(options.quote.filter(exists), new Set());
  const first = quote.length + user.length;
  const from = first + system.filter((path) => options.system.includes(path)).length;
  const to = first + system.length;
  return {
    directories: [...quote, ...user, ...system],
    angled: quote.length,
    system: quote.length + user.length,
    standard: { from, to },
    ignored,
  };
}

/** What -v prints: build scripts read it from clang between the two marks. */
export function describeSearchPath(path: SearchPath): string {
  return [
    ...path.ignored,
    '#include "..." search starts here:',
    ...path.directories.slice(0, path.angled).map((directory) => ` ${directory}`),
    "#include <...> search starts here:",
    ...path.directories.slice(path.angled).map((directory) => ` ${directory}`),
    "End of search list.",
    "",
  ].join("\n");
}

/** What two spellings of one path share. */
export interface FileIdentity {
  readonly bytes: Uint8Array;
  /** #pragma once was seen. */
  once: boolean;
  /** The macro that wraps the file: while it is defined the file is empty. */
  guard: SymbolId | undefined;
  /** Its first inclusion, whose bytes later ones share; undefined before. */
  file: SourceFile | undefined;
}

/** A file known by its path. */
export interface Header {
  /** As it was found: directory and name. */
  readonly path: string;
  readonly identity: FileIdentity;
  readonly system: boolean;
}

/** The directory part: "." for a bare name. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : slash === 0 ? "/" : path.slice(0, slash);
}

/** Takes "." and "x/.." out of a path, so that two spellings of one file meet. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else if (part !== ".." || !path.startsWith("/")) parts.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}
