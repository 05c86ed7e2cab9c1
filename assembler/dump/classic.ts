/**
 * A file with a classic program, in any notation -> the program in one.
 *
 * The program is shown as it is: whether the kernel would take it is not asked here.
 */

import { readClassicFile } from "../classic/decode.ts";
import { printAssembly, printBytecode, printInitializer, printListing } from "../classic/print.ts";
import type { ClassicNotation } from "./flags.ts";

/** The text, or what is wrong with the file. */
export type Dump = { readonly kind: "text"; readonly text: string } | { readonly kind: "error"; readonly message: string };

/** Prints the program that a file holds as bytes, numbers or assembly. */
export function dumpClassic(bytes: Uint8Array, notation: ClassicNotation): Dump {
  const { text, program, problems } = readClassicFile(bytes);
  const [first] = problems;
  if (first !== undefined) return { kind: "error", message: `line ${lineOf(text, first.position)}: ${first.message}` };
  switch (notation) {
    case "bytecode": return { kind: "text", text: printBytecode(program) };
    case "c": return { kind: "text", text: printInitializer(program) };
    case "dbg": return { kind: "text", text: printListing(program) };
    case "asm": {
      const assembly = printAssembly(program);
      if (typeof assembly === "string") return { kind: "text", text: assembly };
      return { kind: "error", message: `instruction ${assembly.index}: ${assembly.message}` };
    }
  }
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
