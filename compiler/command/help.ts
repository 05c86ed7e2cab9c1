/**
 * --help, made by yargs from the flag table. Loaded only when it is asked for: yargs costs a compile's start-up time.
 */
import yargs from "yargs";
import { flags } from "./flags.ts";
import type { Flag } from "./flags.ts";

/** The help text for a terminal of some width. */
export async function helpText(columns: number): Promise<string> {
  const parser = yargs([]).scriptName("tbcc").usage("$0 [flags] FILE...\n\nCompiles restricted C to eBPF objects.").version(false)
    .help(false).wrap(columns);
  for (const flag of flags) {
    if (flag.help === undefined) continue;
    parser.option(spelling(flag), { describe: flag.help, group: `${flag.group ?? "Flags"}:`, type: "string" });
  }
  const text = await parser.getHelp();
  // yargs writes every option with two dashes and its type; clang's spelling has its own, and takes values directly.
  return text.replace(/^( +)--( ?)(-\S*(?: …)?)(\s+)/gm, "$1$3$4  ").replace(/\s*\[string\]/g, "");
}

function spelling(flag: Flag): string {
  const value = flag.form === "flag" ? "" : flag.form === "joined" ? "…" : " …";
  return flag.name + value;
}
