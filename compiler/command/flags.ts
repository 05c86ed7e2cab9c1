/**
 * The command line's flags, as a table: clang's spelling, how a value is given, what the flag means here.
 *
 * Splitter, help text and the did-you-mean of an unknown flag read this table. A row with meaning "ignored" is a flag of clang's that
 * has no effect on BPF code: it is taken in silence, so that build files need no change. `-f` and `-W` flags are open sets in
 * clang; warnings are known to source/warning-names.ts, and `-f` flags are listed here.
 */

/** How the value follows: not at all, directly, as the next word, or either way. */
export type Form = "flag" | "joined" | "separate" | "either";

export interface Flag {
  readonly name: string;
  readonly form: Form;
  /** The setting it writes; several flags may write one. "ignored" has no effect. */
  readonly key: string;
  /** For form "flag": what is written. For others the value is. */
  readonly value?: string;
  /** One line of help; rows without it are not listed. */
  readonly help?: string;
  readonly group?: string;
}

const output = "Output";
const language = "Language and code";
const search = "Preprocessor";
const depend = "Dependency files";
const messages = "Diagnostics";
const laboratory = "Looking inside";

export const flags: readonly Flag[] = [
  { name: "-o", form: "either", key: "output", help: "write output to FILE", group: output },
  { name: "-c", form: "flag", key: "mode", value: "object", help: "write an object file (the default)", group: output },
  { name: "-S", form: "flag", key: "mode", value: "assembly", help: "write assembly text", group: output },
  { name: "-E", form: "flag", key: "mode", value: "preprocess", help: "preprocess only", group: output },
  { name: "-fsyntax-only", form: "flag", key: "mode", value: "syntax", help: "check only, write nothing", group: output },
  { name: "-save-temps", form: "flag", key: "ignored" },
  { name: "-pipe", form: "flag", key: "ignored" },

  { name: "-O", form: "joined", key: "level", help: "optimise: -O0 -O1 -O2 -O3 -Os -Oz", group: language },
  { name: "-g", form: "joined", key: "debug", help: "BTF with line info; -g0: without line info", group: language },
  { name: "-std=", form: "joined", key: "standard", help: "C dialect: c99 c11 c17 c23 gnu99 gnu11 gnu17 gnu23", group: language },
  { name: "--std=", form: "joined", key: "standard" },
  { name: "-ansi", form: "flag", key: "standard", value: "c89" },
  { name: "-x", form: "either", key: "language", help: "language of the files that follow: c, cpp-output, assembler, assembler-with-cpp", group: language },
  { name: "-mcpu=", form: "joined", key: "cpu", help: "v1 v2 v3 v4 (default v3); -mcpu=help lists them", group: language },
  { name: "-mcpu", form: "separate", key: "cpu" },
  { name: "-march=", form: "joined", key: "march" },
  { name: "-mattr=", form: "joined", key: "ignored" },
  { name: "-target", form: "separate", key: "target", help: "bpf, bpfel or bpfeb", group: language },
  { name: "--target=", form: "joined", key: "target" },
  { name: "--target", form: "separate", key: "target" },
  { name: "-mlittle-endian", form: "flag", key: "endian", value: "little", help: "little-endian code (the default)", group: language },
  { name: "-mbig-endian", form: "flag", key: "endian", value: "big", help: "big-endian code", group: language },
  { name: "-EL", form: "flag", key: "endian", value: "little" },
  { name: "-EB", form: "flag", key: "endian", value: "big" },
  {
    name: "-mmaps=", form: "joined", key: "maps", group: language,
    help: "btf: struct bpf_elf_map as BTF-defined maps (the default); legacy: as section maps",
  },
  { name: "-mllvm", form: "separate", key: "llvm", help: "LLVM's flags; -bpf-stack-size=N and -disable-load-acq-store-rel have an effect", group: language },
  { name: "-Xclang", form: "separate", key: "xclang" },
  { name: "-Xpreprocessor", form: "separate", key: "forward", help: "a word for the preprocessor, read last", group: search },
  { name: "-Xassembler", form: "separate", key: "ignored" },
  { name: "-Wa,", form: "joined", key: "ignored" },
  { name: "-Wl,", form: "joined", key: "ignored" },
  {
    name: "-Wp,", form: "joined", key: "forwardAll", group: search,
    help: "words for the preprocessor, with commas between; -MD and -MMD may have a file",
  },

  { name: "-D", form: "either", key: "define", help: "define a macro: NAME or NAME=VALUE", group: search },
  { name: "-U", form: "either", key: "undefine", help: "undefine a macro", group: search },
  { name: "-undef", form: "flag", key: "undef", value: "true" },
  { name: "-include", form: "either", key: "include", help: "include FILE before the source", group: search },
  { name: "-imacros", form: "either", key: "imacros" },
  { name: "-I", form: "either", key: "I", help: "search DIR for headers", group: search },
  { name: "-isystem", form: "either", key: "isystem", help: "search DIR as a system directory", group: search },
  { name: "-cxx-isystem", form: "either", key: "ignored" },
  { name: "-iquote", form: "either", key: "iquote", help: "search DIR for \"quoted\" headers", group: search },
  { name: "-idirafter", form: "either", key: "idirafter", help: "search DIR last", group: search },
  { name: "-isysroot", form: "either", key: "ignored" },
  { name: "-nostdinc", form: "flag", key: "nostdinc", value: "true", help: "no system and no own headers", group: search },
  { name: "-nostdlibinc", form: "flag", key: "nostdlibinc", value: "true", help: "no system headers, tbcc's own only", group: search },
  { name: "-nobuiltininc", form: "flag", key: "nobuiltininc", value: "true" },
  { name: "-P", form: "flag", key: "lineMarkers", value: "false", help: "with -E: no line markers", group: search },
  { name: "-C", form: "flag", key: "comments", value: "true", help: "with -E: keep comments", group: search },
  { name: "-dM", form: "flag", key: "dump", value: "macros", help: "with -E: print the macros that are defined", group: search },
  { name: "-dD", form: "flag", key: "definitions", value: "true", help: "with -E: keep #define and #undef", group: search },
  { name: "-dI", form: "flag", key: "showIncludes", value: "true", help: "with -E: keep #include, too", group: search },
  { name: "-trigraphs", form: "flag", key: "trigraphs", value: "true" },
  { name: "-v", form: "flag", key: "verbose", value: "true", help: "print the search directories", group: search },

  { name: "-M", form: "flag", key: "depend", value: "M", help: "print a make rule of all headers", group: depend },
  { name: "-MM", form: "flag", key: "depend", value: "MM", help: "as -M, without system headers", group: depend },
  { name: "-MD", form: "flag", key: "depend", value: "MD", help: "compile, and write the rule beside the output", group: depend },
  { name: "-MMD", form: "flag", key: "depend", value: "MMD", help: "as -MD, without system headers", group: depend },
  { name: "-MF", form: "either", key: "dependFile", help: "write the rule to FILE", group: depend },
  { name: "-MT", form: "either", key: "dependTarget", help: "the rule's target", group: depend },
  { name: "-MQ", form: "either", key: "dependQuoted", help: "the rule's target, quoted for make", group: depend },
  { name: "-MP", form: "flag", key: "dependPhony", value: "true", help: "an empty rule for each header", group: depend },
  { name: "-MG", form: "flag", key: "dependMissing", value: "true" },
  { name: "-MV", form: "flag", key: "ignored" },

  { name: "-W", form: "joined", key: "warning", help: "-Wall -Wextra -WNAME -Wno-NAME -Werror -Werror=NAME", group: messages },
  { name: "-w", form: "flag", key: "quiet", value: "true", help: "no warnings", group: messages },
  { name: "-pedantic", form: "flag", key: "pedantic", value: "warning" },
  { name: "-pedantic-errors", form: "flag", key: "pedantic", value: "error" },
  { name: "-fcolor-diagnostics", form: "flag", key: "color", value: "true", help: "colour, also when not on a terminal", group: messages },
  { name: "-fno-color-diagnostics", form: "flag", key: "color", value: "false" },
  { name: "-fdiagnostics-color", form: "flag", key: "color", value: "true" },
  { name: "-fdiagnostics-color=", form: "joined", key: "colorWhen" },
  { name: "-fno-diagnostics-color", form: "flag", key: "color", value: "false" },
  {
    name: "-fdiagnostics-format=", form: "joined", key: "diagnosticsFormat", group: messages,
    help: "clang: text (the default); json: one array of objects on standard error",
  },
  { name: "-fcaret-diagnostics", form: "flag", key: "caret", value: "true" },
  { name: "-fno-caret-diagnostics", form: "flag", key: "caret", value: "false", help: "no source lines", group: messages },
  { name: "-fdiagnostics-show-option", form: "flag", key: "showOption", value: "true" },
  {
    name: "-fno-diagnostics-show-option", form: "flag", key: "showOption", value: "false", group: messages,
    help: "no [-Wname] behind the message",
  },
  {
    name: "-fmacro-backtrace-limit=", form: "joined", key: "macroLimit", group: messages,
    help: "show N macros of an expansion (6; 0: all)",
  },
  { name: "-ferror-limit=", form: "joined", key: "errorLimit", help: "stop after N errors (20; 0: never)", group: messages },

  { name: "--print-after=", form: "joined", key: "printAfter", help: "print the IR after PASS, or after all", group: laboratory },
  { name: "--stop-after=", form: "joined", key: "stopAfter", help: "print the IR after PASS and stop", group: laboratory },
  { name: "--disable=", form: "joined", key: "disable", help: "leave PASS out", group: laboratory },
  { name: "--fuel=", form: "joined", key: "fuel", help: "let the optimiser do N rewrites", group: laboratory },
  { name: "--time", form: "flag", key: "time", value: "true", help: "report the time of each pass", group: laboratory },
  { name: "--verify", form: "flag", key: "verify", value: "true", help: "verify the IR after each pass", group: laboratory },
  { name: "-ftime-report", form: "flag", key: "time", value: "true" },

  { name: "--help", form: "flag", key: "help", value: "true", help: "print this", group: output },
  { name: "-help", form: "flag", key: "help", value: "true" },
  { name: "--version", form: "flag", key: "version", value: "true", help: "print the version", group: output },
  { name: "-dumpmachine", form: "flag", key: "print", value: "machine" },
  { name: "-dumpversion", form: "flag", key: "print", value: "version" },
  { name: "-print-target-triple", form: "flag", key: "print", value: "machine" },
  { name: "-print-file-name=", form: "joined", key: "findFile", help: "print where a file or directory of tbcc's own is", group: output },
  { name: "-resource-dir", form: "either", key: "ignored" },

  { name: "-ffreestanding", form: "flag", key: "freestanding", value: "true" },
  { name: "-fhosted", form: "flag", key: "freestanding", value: "false" },
  { name: "-fno-builtin", form: "flag", key: "builtins", value: "false" },
  { name: "-fbuiltin", form: "flag", key: "builtins", value: "true" },
  { name: "-fno-builtin-", form: "joined", key: "noBuiltin" },
  { name: "-fgnu89-inline", form: "flag", key: "gnuInline", value: "true" },
  { name: "-fno-gnu89-inline", form: "flag", key: "gnuInline", value: "false" },
  { name: "-fsigned-char", form: "flag", key: "ignored" },
  { name: "-finput-charset=UTF-8", form: "flag", key: "ignored" },
  { name: "-finput-charset=utf-8", form: "flag", key: "ignored" },
  {
    name: "-fno-delete-null-pointer-checks", form: "flag", key: "nullIsAddress", value: "true", group: language,
    help: "null pointers may be read and written through",
  },
  { name: "-fdelete-null-pointer-checks", form: "flag", key: "nullIsAddress", value: "false" },
  { name: "-funsigned-char", form: "flag", key: "unsignedChar", value: "true" },
  { name: "-fshort-enums", form: "flag", key: "shortEnums", value: "true", help: "enumerations are as small as their values", group: language },
  { name: "-fno-short-enums", form: "flag", key: "shortEnums", value: "false" },
  {
    name: "-fpack-struct=", form: "joined", key: "pack", group: language,
    help: "members of records are aligned to N bytes at most, as by #pragma pack(N)",
  },
  { name: "-fpack-struct", form: "flag", key: "pack", value: "1", help: "as -fpack-struct=1", group: language },
  { name: "-fno-save-optimization-record", form: "flag", key: "ignored" },
  { name: "-fcommon", form: "flag", key: "common", value: "true", help: "tentative definitions are common symbols", group: language },
  { name: "-fno-common", form: "flag", key: "common", value: "false" },
  { name: "-fzero-initialized-in-bss", form: "flag", key: "zerosInBss", value: "true" },
  { name: "-fno-zero-initialized-in-bss", form: "flag", key: "zerosInBss", value: "false" },
  { name: "-fms-extensions", form: "flag", key: "msExtensions", value: "true" },
  { name: "-ffile-prefix-map=", form: "joined", key: "prefixMap" },
  { name: "-fmacro-prefix-map=", form: "joined", key: "prefixMap" },
  { name: "-fdebug-prefix-map=", form: "joined", key: "ignored" },
  { name: "-fdebug-compilation-dir", form: "separate", key: "ignored" },
  { name: "-fdebug-compilation-dir=", form: "joined", key: "ignored" },
  { name: "-fdebug-default-version=", form: "joined", key: "ignored" },
  { name: "-fbracket-depth=", form: "joined", key: "bracketDepth" },
  {
    name: "-fvisibility=", form: "joined", key: "visibility", group: language,
    help: "hidden: definitions that say nothing of it are hidden from other objects",
  },
  { name: "-fmessage-length=", form: "joined", key: "ignored" },
  { name: "-ftemplate-depth=", form: "joined", key: "ignored" },
  {
    name: "-ftrivial-auto-var-init=", form: "joined", key: "fill", group: language,
    help: "zero, pattern: what variables without an initialiser begin with",
  },
  { name: "-fcf-protection=", form: "joined", key: "ignored" },
  { name: "-fcf-protection", form: "flag", key: "ignored" },
  { name: "-fsanitize=", form: "joined", key: "ignored" },
  { name: "-fno-sanitize=", form: "joined", key: "ignored" },
  { name: "-frandom-seed=", form: "joined", key: "ignored" },
  { name: "-finline-limit=", form: "joined", key: "ignored" },
  { name: "-L", form: "either", key: "ignored" },
  { name: "-l", form: "either", key: "ignored" },
  { name: "-m64", form: "flag", key: "ignored" },
  { name: "-nostdlib", form: "flag", key: "ignored" },
  { name: "-static", form: "flag", key: "ignored" },
  { name: "-Qunused-arguments", form: "flag", key: "ignored" },
  { name: "-no-canonical-prefixes", form: "flag", key: "ignored" },
];

/** `-fNAME` and `-fno-NAME` without effect on BPF code. */
export const ignoredFeatures: readonly string[] = [
  "stack-protector", "stack-protector-strong", "stack-protector-all", "stack-clash-protection", "jump-tables", "inline",
  "inline-functions", "unwind-tables", "asynchronous-unwind-tables", "strict-aliasing", "strict-overflow", "wrapv", "ident",
  "omit-frame-pointer", "exceptions", "PIC", "pic", "PIE", "pie", "function-sections", "data-sections",
  "merge-all-constants", "merge-constants", "math-errno", "fast-math", "trapping-math", "unroll-loops", "vectorize",
  "slp-vectorize", "tree-vectorize", "lto", "integrated-as", "integrated-cc1", "addrsig", "verbose-asm",
  "standalone-debug", "eliminate-unused-debug-types", "debug-macro", "debug-info-for-profiling",
  "optimize-sibling-calls", "plt", "semantic-interposition",
  "diagnostics-show-note-include-stack", "show-column", "show-source-location", "spell-checking", "rounding-math",
  "auto-import", "discard-value-names", "experimental-new-pass-manager", "legacy-pass-manager", "split-stack", "finite-loops",
  "use-init-array", "threadsafe-statics", "char8_t", "modules", "blocks", "gnu-keywords", "asm", "dollars-in-identifiers",
  // Mostly GCC's, which clang knows by name and leaves alone as well.
  "align-functions", "align-jumps", "align-labels", "align-loops", "branch-count-reg", "caller-saves",
  "cx-limited-range", "cx-fortran-rules", "fat-lto-objects", "float-store", "gcse", "gcse-after-reload", "gcse-las",
  "gcse-sm", "inline-functions-called-once", "inline-small-functions", "ipa-cp", "ivopts", "modulo-sched",
  "modulo-sched-allow-regmoves", "non-call-exceptions", "peel-loops", "permissive", "prefetch-loop-arrays", "printf",
  "profile-correction", "profile-values", "regs-graph", "rename-registers", "ripa", "schedule-insns",
  "schedule-insns2", "see", "signaling-nans", "single-precision-constant", "spec-constr-count", "stack-check",
  "strength-reduce", "tracer", "tree-dce", "tree-salias", "tree-ter", "tree-vrp", "tree-vectorizer-verbose",
  "unroll-all-loops", "unsafe-loop-optimizations", "unswitch-loops", "use-linker-plugin", "vect-cost-model",
  "variable-expansion-in-unroller", "web", "whole-program", "devirtualize", "devirtualize-speculatively",
  "record-gcc-switches", "reorder-blocks", "strict-enums", "strict-return", "assumptions", "associative-math",
  "reciprocal-math", "signed-zeros", "unsafe-math-optimizations", "stack-size-section",
  "profile-arcs", "test-coverage", "keep-static-consts", "force-enable-int128", "sanitize-recover", "tree-loop-distribute-patterns",
  "check-new", "defer-pop", "force-addr", "keep-inline-functions", "sched-interblock", "tls-model", "unit-at-a-time",
];
