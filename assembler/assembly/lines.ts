/**
 * The source lines that `.file` and `.loc` tell of, as they are read; line-table.ts writes them.
 *
 * A `.loc` speaks of the next instruction or datum, at which it becomes a row of the table; a second `.loc` before that
 * makes a row of the first one where it stands. The rows of one section are one sequence.
 */
import type { AssemblySection, Place } from "./assembly.ts";

export interface LineFile {
  readonly name: string;
  /** From 1; 0 is the directory of the compilation. */
  readonly directory: number;
  /** Checksum of the file, 16 bytes. */
  readonly md5: Uint8Array | undefined;
  /** The file's text. */
  readonly source: string | undefined;
}

/** What a `.loc` says. */
export interface LineLocation {
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly isStatement: boolean;
  readonly basicBlock: boolean;
  readonly prologueEnd: boolean;
  readonly epilogueBegin: boolean;
  readonly isa: number;
  readonly discriminator: number;
}

export interface LineRow { readonly location: LineLocation; readonly place: Place }

export interface LineTable {
  /** Directory of the compilation. */
  directory: string;
  readonly directories: string[];
  /** By number, from 1. */
  readonly files: Map<number, LineFile>;
  /** `.file 0`, with which the table is of version 5. */
  root: LineFile | undefined;
  /** The rows of each section, and the label at the address of the first. */
  readonly sequences: Map<AssemblySection, { readonly label: string; readonly rows: LineRow[] }>;
  current: LineLocation;
  /** `current` has no row yet. */
  isPending: boolean;
}

/** @param directory where the text is assembled */
export function startLines(directory: string): LineTable {
  return {
    directory, directories: [], files: new Map(), root: undefined, sequences: new Map(), isPending: false,
    current: {
      file: 1, line: 0, column: 0, isStatement: true, basicBlock: false, prologueEnd: false, epilogueBegin: false, isa: 0,
      discriminator: 0,
    },
  };
}

/** The number of a directory, noted if it is new. */
export function directoryNumber(lines: LineTable, directory: string): number {
  if (directory === "" || directory === lines.directory) return 0;
  const known = lines.directories.indexOf(directory);
  return known >= 0 ? known + 1 : lines.directories.push(directory);
}
