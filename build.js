// Bundles the command line tools into dist/, for any Node from 20 on: the published ones, with the code that this Node's V8
// makes of them (bin/start.js tells why), and the comparison with clang, the bench, the fuzzers and the torture tests, which are not
// published.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", legalComments: "none", logLevel: "warning" };

/** The published tools, each with a run that touches most of its code. */
const tools = [
  { name: "tbcc", entry: "compiler/main.ts", warmUp: ["-O2", "-g", "-o", devNull, "examples/vlan.c"] },
  { name: "tbdump", entry: "assembler/dump/main.ts", warmUp: ["--version"] },
  { name: "tbld", entry: "linker/main.ts", warmUp: ["--version"] },
  { name: "tbas", entry: "assembler/main.ts", warmUp: ["-o", devNull, "examples/sample.s"] },
];

mkdirSync("dist", { recursive: true });
for (const { name, entry, warmUp } of tools) {
  const bundled = await build({
    ...common,
    format: "cjs",
    entryPoints: [entry],
    minifySyntax: true,
    minifyWhitespace: true,
    define: { "import.meta.url": "bundleUrl" },
    write: false,
  });
  const [{ text }] = bundled.outputFiles;
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 16);
  replace(`dist/${name}.cjs`, `//${mark}\n${text}`);
  for (const file of readdirSync("dist")) {
    if (file.startsWith(`${name}-`) && file.includes(".cache") && !file.startsWith(`${name}-${mark}-`)) {
      rmSync(`dist/${file}`, { force: true });
    }
  }
  spawnSync(process.execPath, [`bin/${name}.js`, ...warmUp]);
}

await build({
  ...common,
  format: "esm",
  outdir: "dist",
  entryPoints: {
    "bench": "test/bench/main.ts",
    "compare": "test/compare/main.ts",
    "compare-link": "test/link/main.ts",
    "corpus": "test/corpus/main.ts",
    "fuzz": "test/fuzz/main.ts",
    "fuzz-kernel": "test/fuzz/kernel.ts",
    "fuzz-objects": "test/fuzz/objects.ts",
    "mutate": "test/fuzz/mutate.ts",
    "torture": "test/torture/main.ts",
  },
});

/** A compiler that starts meanwhile reads the old bundle or the new one. */
function replace(path, content) {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}
