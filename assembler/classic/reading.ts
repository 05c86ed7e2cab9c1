/**
 * What reading a classic program gives, in whichever notation it is written: the program, where its numbers stand in
 * the text, and what is wrong with the text.
 */

import type { ClassicFault } from "./check.ts";
import { checkClassic } from "./check.ts";
import type { ClassicInstruction } from "./instruction.ts";

export interface ClassicProblem { readonly position: number; readonly message: string }

/** Where the numbers of an instruction stand in its text. */
export type ClassicPlaces = { readonly [part in ClassicFault["part"]]: number };

export interface ClassicReading {
  /** The text that positions mean; of bytes, a listing of them. */
  readonly text: string;
  /** Not to be used if there are problems. */
  readonly program: readonly ClassicInstruction[];
  /** As many as instructions. */
  readonly places: readonly ClassicPlaces[];
  readonly problems: readonly ClassicProblem[];
}

/** What is wrong with the text or, if nothing is, what the kernel would refuse, in the order of the text. */
export function problemsOf(reading: ClassicReading): readonly ClassicProblem[] {
  const { program, problems } = reading;
  const found = problems.length > 0 ? problems : locateFaults(reading, checkClassic(program));
  return [...found].sort((a, b) => a.position - b.position);
}

/** Faults of instructions at their places in the text. */
export function locateFaults({ places }: ClassicReading, faults: readonly ClassicFault[]): readonly ClassicProblem[] {
  return faults.map(({ index, part, message }) => (
    { position: places[Math.min(index, places.length - 1)]?.[part] ?? 0, message }
  ));
}
