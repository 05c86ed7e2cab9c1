/** The bytes of a file -> an input of the linker, or why they are none. */

import { readElf } from "../assembler/object/elf-read.ts";
import { ObjectError } from "../assembler/object/object.ts";
import type { LinkInput } from "./unit.ts";

/** Reads an object. @returns what is wrong with it, in a text, when it is not well-formed. */
export function readObject(name: string, bytes: Uint8Array): LinkInput | string {
  try {
    return { name, object: readElf(bytes) };
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error;
    return error.message;
  }
}
