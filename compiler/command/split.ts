/**
 * Splits a command line in clang's spelling into settings by the flag table.
 *
 * Words become `--key=value` pairs, which yargs' parser then reads into typed settings: it knows strings, lists and booleans, and
 * clang's spelling (`-O2`, `-Idir`, `-MF x`, `-Wno-x`) is what it does not know. The order of flags that work on one another (-D and
 * -U) is kept by writing them to one list. Errors are messages in clang's wording; nothing is printed here.
 */
import { nearest } from "../source/spelling.ts";
import { flags, ignoredFeatures } from "./flags.ts";
import type { Flag } from "./flags.ts";

export interface Input {
  /** "-" is standard input. */
  readonly path: string;
  /** From `-x`, in force where the file stands; undefined: by the file's extension. */
  readonly language: string | undefined;
}

export interface Split {
  readonly inputs: readonly Input[];
  /** `--key=value` words. */
  readonly words: readonly string[];
  readonly errors: readonly string[];
}

const byLength: readonly Flag[] = [...flags].sort((a, b) => b.name.length - a.name.length);
const ignored = new Set(ignoredFeatures);

/** Splits the words of a command line (without program name, `@file` expanded). */
export function split(argv: readonly string[]): Split {
  const inputs: Input[] = [];
  const words: string[] = [];
  const errors: string[] = [];
  let language: string | undefined;
  const queue = [...argv];
  let forwarded: string[] = [];
  for (let i = 0; i < queue.length || forwarded.length > 0; i++) {
    if (i >= queue.length) {
      queue.push(...withDependencyFiles(forwarded));
      forwarded = [];
    }
    const word = queue[i];
    if (word === "--") {
      for (const path of queue.slice(i + 1)) inputs.push({ path, language });
      i = queue.length;
      continue;
    }
    if (word === "-" || !word.startsWith("-")) {
      inputs.push({ path: word, language });
      continue;
    }
    const flag = byLength.find((candidate) => matches(candidate, word));
    if (flag === undefined) {
      if (!isIgnoredFeature(word)) errors.push(unknown(word));
      continue;
    }
    let value = flag.value ?? "true";
    if (flag.form !== "flag") {
      value = word.slice(flag.name.length);
      if (flag.form === "separate" || (flag.form === "either" && value === "")) {
        if (i + 1 >= queue.length) {
          errors.push(`argument to '${word}' is missing (expected 1 value)`);
          break;
        }
        value = queue[++i];
      }
    }
    if (flag.key === "forward") forwarded.push(value);
    else if (flag.key === "forwardAll") forwarded.push(...value.split(","));
    else if (flag.key === "language") language = value === "none" ? undefined : value;
    else if (flag.key === "define") words.push(`--macro=D${value}`);
    else if (flag.key === "undefine") words.push(`--macro=U${value}`);
    else if (flag.key !== "ignored") words.push(`--${flag.key}=${value}`);
  }
  return { inputs, words, errors };
}

/** Among words for the preprocessor, -MD and -MMD are followed by the name of their file, which the driver takes by -MF. */
function withDependencyFiles(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    const before = words[i - 1];
    return (before === "-MD" || before === "-MMD") && !word.startsWith("-") ? ["-MF", word] : [word];
  });
}

function matches(flag: Flag, word: string): boolean {
  return flag.form === "flag" || flag.form === "separate" ? word === flag.name : word.startsWith(flag.name);
}

function isIgnoredFeature(word: string): boolean {
  if (!word.startsWith("-f")) return false;
  const name = word.startsWith("-fno-") ? word.slice(5) : word.slice(2);
  return ignored.has(name) || ignored.has(name.split("=")[0]);
}

function unknown(word: string): string {
  if (word === "-emit-llvm") {
    return "unsupported argument: '-emit-llvm': tbcc makes objects without LLVM's code in between; leave it out, and llc behind it";
  }
  if (/^-fsave-optimization-record(=|$)|^-foptimization-record-(file|passes)=/.test(word)) {
    return `unsupported argument: '${word}': tbcc writes no records of what its optimiser does; see --print-after`;
  }
  const known = [...flags.map((flag) => flag.name), ...ignoredFeatures.flatMap((name) => [`-f${name}`, `-fno-${name}`])];
  const close = nearest(word, known);
  return `unknown argument: '${word}'${close === undefined ? "" : `; did you mean '${close}'?`}`;
}

/**
 * The words of an `@file`: separated by white space, with quotes and backslashes as in a shell (as GNU tools read response
 * files).
 */
export function responseWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\" && i + 1 < text.length && quote !== "'") word = (word ?? "") + text[++i];
    else if (quote !== "") {
      if (c === quote) quote = "";
      else word = (word ?? "") + c;
    } else if (c === "'" || c === "\"") {
      quote = c;
      word ??= "";
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + c;
  }
  if (word !== undefined) words.push(word);
  return words;
}
