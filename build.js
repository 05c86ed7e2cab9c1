// Bundles the command line tools into dist/, for any Node from 20 on: the compiler, with the code that this Node's V8 makes of
// it (bin/tbcc.js tells why), and the comparison with clang and the fuzzer, which are not published.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", legalComments: "none", logLevel: "warning" };

const bundled = await build({
  ...common,
  format: "cjs",
  entryPoints: ["compiler/main.ts"],
  minifySyntax: true,
  minifyWhitespace: true,
  define: { "import.meta.url": "bundleUrl" },
  write: false,
});
const [{ text }] = bundled.outputFiles;
const mark = createHash("sha256").update(text).digest("hex").slice(0, 16);
mkdirSync("dist", { recursive: true });
replace("dist/tbcc.cjs", `//${mark}\n${text}`);
for (const name of readdirSync("dist")) {
  if (/^tbcc-.*\.cache/.test(name) && !name.startsWith(`tbcc-${mark}-`)) rmSync(`dist/${name}`, { force: true });
}
spawnSync(process.execPath, ["bin/tbcc.js", "-O2", "-g", "-o", devNull, "examples/vlan.c"]);

await build({
  ...common, format: "esm", outdir: "dist", entryPoints: { compare: "test/compare/main.ts", fuzz: "test/fuzz/main.ts" },
});

/** A compiler that starts meanwhile reads the old bundle or the new one. */
function replace(path, content) {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}
