/**
 * Checks the diagnostics of test/cases/error, and that clang errs on the same lines: npx vitest run test/error.test.ts
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

/** The lines on which clang errs, for each source. Its back end runs when the case asks for an object. */
function clangErrorLines(file: CaseFile, pieces: readonly string[]): number[][] {
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
    const lines = new Set<number>();
    for (const line of stderr.split("\n")) {
      const match = /^(.*?):(\d+):\d+: (?:fatal )?error: /.exec(line);
      if (match?.[1] === name) lines.add(Number(match[2]));
    }
    return [...lines].sort((a, b) => a - b);
  });
}

for (const file of caseFiles("error")) {
  itWith(["clang-19"], `clang errs on the same lines of ${file.name}`, () => {
    const pieces = casePieces(file.text);
    const theirs = clangErrorLines(file, pieces);
    const wrong = pieces.flatMap((piece, i) => {
      const errors = expectations(piece, ["error"]).map(({ line }) => line);
      const ours = [...new Set(errors)].sort((a, b) => a - b);
      const same = ours.join() === theirs[i]?.join();
      const declared = /^\/\/ clang: /m.test(piece);
      return same === declared ? [{ source: i, ours, theirs: theirs[i], declared }] : [];
    });
    expect(wrong).toEqual([]);
  }, 120_000);
}
