/**
 * What an assembly text is read with: the choices that are not in the text.
 */
import type { Dialect } from "../isa/parse.ts";
import type { CpuLevel } from "../isa/table.ts";

export interface AssembleOptions {
  /** Name of the text, for messages; default "<text>". */
  readonly name?: string;
  /** Where the text is assembled, for its line table if the text does not say; default "". */
  readonly directory?: string;
  /** Default "pseudoc". */
  readonly dialect?: Dialect;
  /** Instructions of later levels are problems; all are taken if there is no level. */
  readonly cpu?: CpuLevel | undefined;
  /** Symbols that are numbers from the start. */
  readonly definitions?: ReadonlyMap<string, bigint>;
  /** The bytes of a file that the text includes, undefined if there is none. Without it, no file can be included. */
  readonly readFile?: (name: string) => Uint8Array | undefined;
}
