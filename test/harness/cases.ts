/**
 * Data-driven cases: a file is a test, its first line says how it is run, expectations stand on the line they speak of.
 *
 *   // run [flags]     the program's `int test(void)` must return 0 in the virtual machine, at each -O level and -mcpu;
 *                      by custom it returns __LINE__ where something is wrong
 *   // error [flags]   `// error: TEXT`, `// warning: TEXT` and `// note: TEXT` name a diagnostic of their line whose message
 *                      holds TEXT; `// error@COLUMN: TEXT` one at this column whose message is TEXT; there must be no other error
 *                      or warning. `// ----` lines separate sources that are compiled each by itself. clang must err on the same
 *                      lines; a source where it does not has a line `// clang: WHY` before the code. It must warn on the same lines
 *                      under the same names, or, of a source with errors, of no less; else there is a line `// clang warns: WHY`
 *   // pp [flags]      the preprocessed text must be that of the file beside it that ends in .i (test/pp.test.ts)
 *   // asm [flags]     `// has: TEXT` and `// not: TEXT` speak of the assembly of the whole file, as `-S` prints it, white
 *                      space folded; several `has` must come in order
 *   // core [flags]    asks what clang asks of the running kernel (test/kernel/core.test.ts)
 *   // tracing [flags] must come to the same code with -DBY_HAND (test/tracing.test.ts)
 *   // verifier TYPE   must load in the kernel (test/verifier.test.ts)
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface CaseFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** Words of the first line behind the kind. */
  readonly flags: readonly string[];
}

const casesDirectory = fileURLToPath(new URL("../cases", import.meta.url));

/** The cases of a kind. Each must begin with `// kind`. */
export function caseFiles(kind: string): CaseFile[] {
  const directory = join(casesDirectory, kind);
  return readdirSync(directory).filter((name) => name.endsWith(".c")).sort().map((name) => {
    const path = join(directory, name);
    const text = readFileSync(path, "utf8");
    const [first = ""] = text.split("\n", 1);
    const words = first.split(/\s+/).filter((word) => word !== "");
    if (words[0] !== "//" || words[1] !== kind) throw new Error(`${path}: the first line must be "// ${kind} [flags]"`);
    return { path, name, text, flags: words.slice(2) };
  });
}

export interface Expectation {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
  /** Counted from 1; undefined where it is left open. */
  readonly column: number | undefined;
}

/**
 * The comments `// kind: text` of a file, for the kinds named. Several may stand on a line. `// kind@7: text` names the
 * column too; where a comment cannot stand on its own line, `@^7` speaks of the line above (`@^^7` of the one above
 * that), `@v7` of the line below.
 */
export function expectations(text: string, kinds: readonly string[]): Expectation[] {
  const start = `// (?:${kinds.join("|")})(?:@[v^]*\\d+)?: `;
  const pattern = new RegExp(`// (${kinds.join("|")})(?:@([v^]*)(\\d+))?: (.*?)(?=\\s*${start}|$)`, "g");
  return text.split("\n").flatMap((line, i) => (
    [...line.matchAll(pattern)].map(([, kind = "", moves = "", column, wanted = ""]) => {
      const offset = [...moves].reduce((sum, move) => sum + (move === "v" ? 1 : -1), 0);
      return { kind, text: wanted.trim(), line: i + 1 + offset, column: column === undefined ? undefined : Number(column) };
    })
  ));
}

/**
 * The sources of a case file: one, or several that `// ----` lines separate and that are compiled each by itself. Lines
 * keep their numbers: a source has empty lines in the place of those before it.
 */
export function casePieces(text: string): string[] {
  const pieces: string[][] = [[]];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.startsWith("// ----")) pieces.push(Array.from({ length: i + 1 }, () => ""));
    else pieces.at(-1)?.push(line);
  }
  return pieces.map((lines) => lines.join("\n"));
}
