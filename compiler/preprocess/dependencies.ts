/**
 * Dependencies for make: what -M, -MM, -MD and -MMD write.
 *
 * The text is a rule, targets on the left, files on the right, lines broken at 77 columns as clang breaks them.
 */
import type { Dependency } from "./options.ts";

export interface DependencyOptions {
  /** -MT as given, -MQ and the object file's name quoted for make. */
  readonly targets: readonly { readonly name: string; readonly quoted: boolean }[];
  /** False for -MM and -MMD: no headers from system directories. */
  readonly system: boolean;
  /** -MP: an empty rule for each header, so that make lives on when one is deleted. */
  readonly phony: boolean;
}

/** Quotes a target for make, as -MQ does: a $ is doubled; a space, a tab and a # get a backslash. */
export function quoteTarget(target: string): string {
  let out = "";
  for (let i = 0; i < target.length; i++) {
    const character = target[i] as string;
    if (character === " " || character === "\t") {
      // Backslashes before a space are doubled.
      for (let j = i - 1; j >= 0 && target[j] === "\\"; j--) out += "\\";
      out += "\\";
    } else if (character === "$") {
      out += "$";
    } else if (character === "#") {
      out += "\\";
    }
    out += character;
  }
  return out;
}

const maxColumns = 75;

/** The rule, with its line end. */
export function dependencyRule(dependencies: readonly Dependency[], options: DependencyOptions): string {
  const files = dependencies
    .filter((dependency) => options.system || !dependency.system)
    .map((dependency) => quoteTarget(dependency.path.replace(/^(\.\/+)+/, "")))
    .filter((path, index, all) => all.indexOf(path) === index);
  let text = "";
  let columns = 0;
  for (const { name, quoted } of options.targets) {
    const target = quoted ? quoteTarget(name) : name;
    if (columns === 0) {
      columns = target.length;
    } else if (columns + target.length + 2 > maxColumns) {
      text += " \\\n  ";
      columns = target.length + 2;
    } else {
      text += " ";
      columns += target.length + 1;
    }
    text += target;
  }
  text += ":";
  columns++;
  for (const file of files) {
    if (columns + file.length + 1 + 2 > maxColumns) {
      text += " \\\n ";
      columns = 2;
    }
    text += ` ${file}`;
    columns += file.length + 1;
  }
  text += "\n";
  if (options.phony) for (const file of files.slice(1)) text += `${file}:\n`;
  return text;
}
