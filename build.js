// Bundles the command line tools into dist/, one file each, for any Node from 20 on.
import { build } from "esbuild";

await build({
  entryPoints: { tbcc: "compiler/main.ts", help: "compiler/command/help.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
});
