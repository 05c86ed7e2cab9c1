/**
 * Runs test/cases/ir/<pass>/*.ir: the first line says `; opt PASS...` (and perhaps `-mcpu=v2`, `-O0`, `-mbig-endian`),
 * then comes a module, then the module as it must be after those passes, as comments. BLESS=1 rewrites that part.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseModule } from "../../compiler/ir/parse.ts";
import { printModule } from "../../compiler/ir/print.ts";
import { runNamed } from "../../compiler/optimize/run.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { codeOptions } from "../harness/ir-options.ts";

const root = new URL("../cases/ir", import.meta.url).pathname;
const marker = "; ---- becomes ----\n";

function find(dir: string): string[] {
  return readdirSync(dir).sort().flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? find(path) : path.endsWith(".ir") ? [path] : [];
  });
}

for (const path of find(root)) {
  test(path.slice(root.length + 1), () => {
    const text = readFileSync(path, "utf8");
    const words = (text.split("\n", 1)[0] ?? "").split(/\s+/);
    expect(words.slice(0, 2)).toEqual([";", "opt"]);
    const input = text.split(marker)[0];
    const module = parseModule(input);
    const diagnostics = new Diagnostics(new SourceMap());
    const flags = words.slice(2).filter((word) => word.startsWith("-"));
    runNamed(module, words.slice(2).filter((word) => !word.startsWith("-")), codeOptions(flags), {
      diagnostics, print: () => undefined,
    });
    const messages = diagnostics.all.map((d) => `${d.severity}: ${d.message}\n`).join("");
    const output = (messages + printModule(module)).trimEnd().split("\n").map((line) => (line === "" ? ";" : "; " + line)).join("\n");
    const wanted = `${input.trimEnd()}\n${marker}${output}\n`;
    if (process.env["BLESS"] === "1") writeFileSync(path, wanted);
    else expect(text, "run with BLESS=1 to accept").toBe(wanted);
  });
}
