/** A text through preprocessor, parser and checker: the Program, and what the diagnostics say. */
import { compileOptions } from "../../compiler/command/options.ts";
import { parseCommand } from "../../compiler/command/settings.ts";
import { type CompileDeps, passNames, preprocessFile } from "../../compiler/compile.ts";
import type { Program } from "../../compiler/ast/program.ts";
import { check } from "../../compiler/check/check.ts";
import { parse } from "../../compiler/parse/parse.ts";
import { buildSearchPath } from "../../compiler/preprocess/search.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";

export interface Checked {
  readonly program: Program;
  /** "error: message" and so on. */
  readonly messages: readonly string[];
}

export function checkText(text: string, args: readonly string[] = []): Checked {
  const { settings, errors } = parseCommand(args, passNames);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources, {
    warnings: {
      flags: settings.warnings, silent: settings.quiet, pedantic: settings.pedantic, c89: settings.dialect === "c89",
    },
    errorLimit: 0,
  });
  const deps: CompileDeps = {
    sources, diagnostics, interner: new Interner(settings.dialect, settings.gnu), readFile: () => undefined,
    print: () => undefined, now: () => 0,
  };
  const search = buildSearchPath({ quote: [], user: [], system: [], after: [], own: [], standard: [], fallback: [] }, () => false);
  const options = compileOptions(settings, search, undefined);
  const main = { name: "test.c", bytes: new TextEncoder().encode(text) };
  const { tokens } = preprocessFile(main, options, deps);
  const syntax = parse(tokens, { ...deps, dialect: settings.dialect });
  const program = check(syntax, { ...deps, options: options.check });
  return { program, messages: diagnostics.all.map((d) => `${d.severity}: ${d.message}`) };
}
