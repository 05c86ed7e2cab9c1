/**
 * Files as a command of the assembler meets them: read whole, written whole or not at all.
 *
 * Output goes to a temporary file beside its destination and is renamed, so that a reader never sees half an object; "-" is
 * standard input or output. What fails is told in a phrase, never thrown.
 */
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The bytes of a file ("-": standard input), or why it cannot be read. */
export function readInput(path: string): Uint8Array | string {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    return reason(error);
  }
}

/** Writes a file ("-": standard output). Returns why that failed, undefined if it did not. */
export function writeOutput(path: string, content: Uint8Array): string | undefined {
  if (path === "-") {
    writeStandardOutput(content);
    return undefined;
  }
  const present = statSync(path, { throwIfNoEntry: false });
  // A device or pipe is written as it is: it cannot be replaced.
  const direct = present !== undefined && !present.isFile() && !present.isDirectory();
  const temporary = direct ? path : join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content);
    if (!direct) renameSync(temporary, path);
    return undefined;
  } catch (error) {
    if (!direct) removeQuietly(temporary);
    return reason(error);
  }
}

/** All of it, also when standard output is a pipe that takes no more for a while. */
export function writeStandardOutput(bytes: Uint8Array): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made: the failed write is what the user hears of.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "no such file or directory", EISDIR: "is a directory", EACCES: "permission denied", ENOTDIR: "not a directory",
  ENOSPC: "no space left on device", EROFS: "read-only file system",
};

function reason(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? (code === "" ? "cannot be read or written" : code);
}
