/**
 * Checks the diagnostics of test/cases/error, and that clang errs and warns on the same lines under the same names:
 * npx vitest run test/error.test.ts
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Place, placeLoc } from "../compiler/source/diagnostic.ts";
import { type CaseFile, caseFiles, casePieces, type Expectation, expectations } from "./harness/cases.ts";
import { itWith, need } from "./harness/oracles.ts";
import { scratchPath } from "./harness/scratch.ts";
import { compileSource } from "./harness/tbcc.ts";

interface Said {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

function diagnose(path: string, flags: readonly string[], text: string): Said[] {
  const { diagnostics, sources } = compileSource(path, flags, text);
  const at = (place: Place): { line: number; column: number } => {
    const position = sources.position(placeLoc(place));
    return { line: position?.line ?? 0, column: position?.column ?? 0 };
  };
  return diagnostics.all.flatMap((d) => [
    { kind: d.severity === "fatal" ? "error" : d.severity, text: d.message, ...at(d.place) },
    ...d.notes.map((note) => ({ kind: "note", text: note.message, ...at(note.place) })),
  ]);
}

function fits(wanted: Expectation, said: Said): boolean {
  if (wanted.kind !== said.kind || wanted.line !== said.line) return false;
  return wanted.column === undefined ? said.text.includes(wanted.text) : wanted.column === said.column && wanted.text === said.text;
}

test.each(caseFiles("error"))("$name", ({ path, text, flags }) => {
  for (const piece of casePieces(text)) {
    const said = diagnose(path, flags, piece);
    const wanted = expectations(piece, ["error", "warning", "note"]);
    const missing = wanted.filter((w) => !said.some((s) => fits(w, s)));
    const surplus = said.filter((s) => s.kind !== "note" && !wanted.some((w) => fits(w, s)));
    expect({ missing, surplus, said: missing.length + surplus.length > 0 ? said : [] }).toEqual({ missing: [], surplus: [], said: [] });
  }
});

/** What clang says of each source, and tbcc: the lines with errors, and the warnings as "line name". */
interface Findings {
  readonly errors: readonly number[];
  readonly warnings: readonly string[];
}

function findings(errors: Iterable<number>, warnings: Iterable<string>): Findings {
  return {
    errors: [...new Set(errors)].sort((a, b) => a - b),
    warnings: [...new Set(warnings)].sort((a, b) => Number.parseInt(a) - Number.parseInt(b) || (a < b ? -1 : 1)),
  };
}

/** clang's back end runs when the case asks for an object. */
function clangFindings(file: CaseFile, pieces: readonly string[]): Findings[] {
  const directory = scratchPath(".d");
  mkdirSync(directory);
  const names = pieces.map((piece, i) => {
    const name = `${file.name.slice(0, -2)}-${i}.c`;
    writeFileSync(join(directory, name), piece);
    return name;
  });
  const mode = file.flags.includes("-c") ? [] : ["-fsyntax-only"];
  const words = ["-target", "bpf", ...file.flags, ...mode, "-ferror-limit=0", "-fno-caret-diagnostics", "-fno-color-diagnostics"];
  const { stderr } = spawnSync(need("clang-19"), [...words, ...names], { cwd: directory, encoding: "utf8" });
  return names.map((name) => {
    const errors: number[] = [];
    const warnings: string[] = [];
    for (const line of stderr.split("\n")) {
      const match = /^(.*?):(\d+):\d+: (?:fatal )?(error|warning): .*?(?:\[(?:-Werror,)?-W([^\],]*)\])?$/.exec(line);
      if (match?.[1] !== name) continue;
      if (match[3] === "error") errors.push(Number(match[2]));
      else warnings.push(`${match[2]} ${match[4] ?? ""}`);
    }
    return findings(errors, warnings);
  });
}

/** Warnings about BPF that clang has not. */
const ownNames: ReadonlySet<string> = new Set(["bpf", "bpf-abi"]);

function ownFindings(path: string, flags: readonly string[], text: string): Findings {
  const { diagnostics, sources } = compileSource(path, flags, text);
  const lineOf = (place: Place): number => sources.position(placeLoc(place))?.line ?? 0;
  const warnings = diagnostics.all.filter(({ severity }) => severity === "warning");
  return findings(
    expectations(text, ["error"]).map(({ line }) => line),
    warnings.filter(({ warning }) => !ownNames.has(warning ?? ""))
      .map(({ place, warning }) => `${lineOf(place)} ${warning ?? ""}`),
  );
}

for (const file of caseFiles("error")) {
  itWith(["clang-19"], `clang errs and warns on the same lines of ${file.name}`, () => {
    const pieces = casePieces(file.text);
    const theirs = clangFindings(file, pieces);
    const wrong = pieces.flatMap((piece, i) => {
      const they = theirs[i] ?? findings([], []);
      const we = ownFindings(file.path, file.flags, piece);
      const sameErrors = we.errors.join() === they.errors.join();
      // Behind an error each goes on in its own way: then clang may warn of more.
      const differs = [
        ...(we.errors.length > 0 ? [] : they.warnings).filter((one) => !we.warnings.includes(one)).map((one) => `clang: ${one}`),
        ...we.warnings.filter((one) => !they.warnings.includes(one)).map((one) => `tbcc: ${one}`),
      ];
      const declared = {
        errors: /^\/\/ clang: /m.test(piece), warnings: /^\/\/ clang(?: warns)?: /m.test(piece),
      };
      const right = sameErrors !== declared.errors && (differs.length === 0 || declared.warnings);
      return right ? [] : [{ source: i, sameErrors, declared, ours: we.errors, theirs: they.errors, differs }];
    });
    expect(wrong).toEqual([]);
  }, 120_000);
}
