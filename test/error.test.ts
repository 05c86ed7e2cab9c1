/** Checks the diagnostics of test/cases/error: npx vitest run test/error.test.ts */
import { expect, test } from "vitest";
import { type Place, placeLoc } from "../compiler/source/diagnostic.ts";
import { caseFiles, expectations } from "./harness/cases.ts";
import { compileSource } from "./harness/tbcc.ts";

test.each(caseFiles("error"))("$name", ({ path, text, flags }) => {
  const { diagnostics, sources } = compileSource(path, flags, text);
  const line = (place: Place): number => sources.position(placeLoc(place))?.line ?? 0;
  const wanted = expectations(text, ["error", "warning", "note"]);
  const said = diagnostics.all.flatMap((d) => [
    { kind: d.severity === "fatal" ? "error" : d.severity, text: d.message, line: line(d.place) },
    ...d.notes.map((note) => ({ kind: "note", text: note.message, line: line(note.place) })),
  ]);
  const missing = wanted.filter((w) => !said.some((s) => s.kind === w.kind && s.line === w.line && s.text.includes(w.text)));
  const surplus = said.filter((s) => s.kind !== "note"
    && !wanted.some((w) => s.kind === w.kind && s.line === w.line && s.text.includes(w.text)));
  expect({ missing, surplus, said: missing.length + surplus.length > 0 ? said : [] }).toEqual({ missing: [], surplus: [], said: [] });
});
