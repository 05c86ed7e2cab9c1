/**
 * --help, made by yargs from the flag table. Loaded only when it is asked for.
 */
import yargs from "yargs";
import { dumpFlags } from "./flags.ts";

/** The help text for a terminal of some width. */
export async function dumpHelp(columns: number): Promise<string> {
  const parser = yargs([]).scriptName("tbdump").usage("$0 [flags] FILE...\n\nShows what is in a BPF object.")
    .version(false).help(false).wrap(columns);
  for (const flag of dumpFlags) {
    parser.option(flag.name, {
      alias: [...flag.alias], describe: flag.help, group: `${flag.group}:`, type: flag.type,
    });
  }
  return (await parser.getHelp()).replace(/\s*\[(?:boolean|string|array)\]/g, "");
}
