/**
 * The command `tbdump`: shows what is in BPF objects.
 *
 * Exit status: 0; 1 when a file cannot be read or is no well-formed object; 70 after a fault of the tool's own.
 */
import { readFileSync, writeSync } from "node:fs";
import { dumpObject } from "./dump.ts";
import { parseDumpCommand } from "./flags.ts";

const toolVersion = "0.1.0";

async function run(): Promise<number> {
  const { settings, errors } = parseDumpCommand(process.argv.slice(2));
  if (settings.help) {
    const { dumpHelp } = await import("./help.ts");
    return print(`${await dumpHelp(Math.min(process.stdout.columns ?? 100, 120))}\n`);
  }
  if (settings.version) return print(`tbdump version ${toolVersion}\n`);
  if (errors.length > 0) return fail(errors);
  if (settings.inputs.length === 0) return fail(["no input files"]);
  let status = 0;
  for (const input of settings.inputs) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(input === "-" ? 0 : input);
    } catch (error) {
      status = fail([`${input}: ${reason(error)}`]);
      continue;
    }
    const dump = dumpObject(input, bytes, settings);
    if (dump.kind === "error") status = fail([`${input}: ${dump.message}`]);
    else print(dump.text);
  }
  return status;
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT": return "No such file or directory";
    case "EISDIR": return "Is a directory";
    case "EACCES": return "Permission denied";
    default: return `cannot be read${typeof code === "string" ? ` (${code})` : ""}`;
  }
}

function fail(messages: readonly string[]): number {
  for (const message of messages) process.stderr.write(`tbdump: error: ${message}\n`);
  return 1;
}

/** All of it, also when standard output is a pipe that takes no more for a while. A reader that has gone ends it. */
function print(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
  return 0;
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.stderr.write(`tbdump: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 70;
  }
}

void main();
