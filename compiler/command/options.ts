/**
 * The settings of the command line as the pipeline's options.
 */
import type { CompileOptions } from "../compile.ts";
import type { SearchPath } from "../preprocess/search.ts";
import type { Settings } from "./settings.ts";

/** `sourceDate` is SOURCE_DATE_EPOCH: the time, in seconds since 1970, that __DATE__ and __TIME__ may speak of. */
export function compileOptions(settings: Settings, search: SearchPath, sourceDate: string | undefined): CompileOptions {
  const { code } = settings;
  return {
    preprocess: {
      cpu: settings.announcedCpu,
      endian: code.target.endian,
      level: code.level,
      noInline: settings.noInline,
      debug: code.debug,
      dialect: settings.dialect,
      gnu: settings.gnu,
      gnuInline: settings.gnuInline,
      trigraphs: settings.trigraphs,
      hosted: !settings.freestanding,
      charSigned: !settings.unsignedChar,
      macros: settings.macros.map((m) => ({ kind: m.startsWith("U") ? "undefine" : "define", text: m.slice(1) })),
      includes: [
        ...settings.macroFiles.map((name) => ({ name, macrosOnly: true })),
        ...settings.includes.map((name) => ({ name, macrosOnly: false })),
      ],
      search,
      epoch: sourceDate !== undefined && /^\d+$/.test(sourceDate) ? Number(sourceDate) : undefined,
      noPredefined: settings.noPredefined,
      text: settings.mode === "preprocess",
      shown: settings.shown,
      missingHeaders: settings.dependMissing,
    },
    check: {
      target: code.target,
      noBuiltin: settings.noBuiltin,
      dialect: settings.dialect,
      gnuInline: settings.gnuInline,
      unsignedChar: settings.unsignedChar,
      shortEnums: settings.shortEnums,
      msExtensions: settings.msExtensions,
      pack: settings.pack,
    },
    code,
  };
}
