// Bundles the command line tools into dist/, for any Node from 20 on: the compiler, its help apart, which few runs need, and
// the comparison with clang and the fuzzer, which are not published.
import { build } from "esbuild";

const common = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: { tbcc: "compiler/main.ts", help: "compiler/command/help.ts" },
  splitting: true,
  minifySyntax: true,
});

await build({ ...common, entryPoints: { compare: "test/compare/main.ts", fuzz: "test/fuzz/main.ts" } });
