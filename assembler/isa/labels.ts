/**
 * Local numeric labels: `1:` may be defined as often as one likes; `1b` is the last one before, `1f` the next one.
 *
 * Reading a text from its start to its end, each definition and each use gets a name that is unique: the number and
 * how many definitions of it came before. After that they are labels like all others.
 */

export class LocalLabels {
  readonly #count = new Map<string, number>();

  /** The unique name of a label that is defined here; names that are no number are returned as they are. */
  define(name: string): string {
    if (!isLocal(name)) return name;
    const count = this.#count.get(name) ?? 0;
    this.#count.set(name, count + 1);
    return `${name}:${count}`;
  }

  /** The unique name of a label that is used here (`1b`, `1f`); other names are returned as they are. */
  refer(name: string): string {
    const number = /^(\d+)([bf])$/.exec(name);
    if (number === null) return name;
    const [, digits = "", direction] = number;
    const count = this.#count.get(digits) ?? 0;
    return `${digits}:${direction === "b" ? count - 1 : count}`;
  }
}

/** Is it the name of a local numeric label? */
export function isLocal(name: string): boolean {
  return /^\d+$/.test(name);
}

/** A label's name as the user wrote it, for messages. */
export function labelAsWritten(unique: string): string {
  return unique.replace(/:-?\d+$/, "");
}
