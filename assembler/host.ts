/**
 * The world as the commands meet it, the compiler's too: files are read whole, and written whole or not at all; a
 * command ends with its exit status.
 *
 * Output goes to a temporary file beside its destination and is renamed, so that a reader never sees half an object;
 * "-" is standard input or output. What fails is told in a phrase, never thrown.
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
export function writeOutput(path: string, content: string | Uint8Array): string | undefined {
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

/** All of it, also when standard output is a pipe that takes no more for a while. A reader that has gone ends it. */
export function writeStandardOutput(content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (codeOf(error) === "EPIPE") return;
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

/** The system's code of a failure, "" for none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "No such file or directory", EISDIR: "Is a directory", EACCES: "Permission denied", ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory", EROFS: "Read-only file system", EMFILE: "Too many open files",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long", EFBIG: "File too large", EIO: "Input/output error",
};

/** A failure in words. */
export function reason(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? (code === "" ? "cannot be read or written" : code);
}

/**
 * Runs a command to its exit status; an error that it throws is a fault of its own: status 70. TBCC_DEBUG=1 shows
 * where.
 */
export async function runCommand(name: string, run: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.stderr.write(`${name}: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env["TBCC_DEBUG"] !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
    process.exitCode = 70;
  }
}
