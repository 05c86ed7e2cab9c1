/**
 * Data-driven cases: a file is a test, its first line says how it is run, expectations stand on the line they speak of.
 *
 *   // run [flags]     the program's `int test(void)` must return 0 in the virtual machine, at each -O level and -mcpu;
 *                      by custom it returns __LINE__ where something is wrong
 *   // error [flags]   `// error: TEXT`, `// warning: TEXT` and `// note: TEXT` name a diagnostic of their line whose message
 *                      holds TEXT; there must be no other error or warning
 *   // pp [flags]      the preprocessed text must be that of the file beside it that ends in .i (test/pp.test.ts)
 *   // asm [flags]     `// has: TEXT` and `// not: TEXT` speak of the assembly of the whole file, as `-S` prints it, white
 *                      space folded; several `has` must come in order
 *   // core [flags]    asks what clang asks of the running kernel (test/kernel/core.test.ts)
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
}

/** The comments `// kind: text` of a file, for the kinds named. Several may stand on a line. */
export function expectations(text: string, kinds: readonly string[]): Expectation[] {
  const pattern = new RegExp(`// (${kinds.join("|")}): (.*?)(?=\\s*// (?:${kinds.join("|")}): |$)`, "g");
  return text.split("\n").flatMap((line, i) => (
    [...line.matchAll(pattern)].map((m) => ({ kind: m[1] ?? "", text: (m[2] ?? "").trim(), line: i + 1 }))
  ));
}
