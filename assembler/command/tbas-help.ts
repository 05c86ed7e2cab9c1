/**
 * `tbas --help`, made by yargs from the option table. Loaded only when it is asked for.
 */
import yargs from "yargs";
import { tbasOptions } from "./tbas.ts";

/** The help text for a terminal of some width. */
export async function helpText(columns: number): Promise<string> {
  const parser = yargs([]).scriptName("tbas").usage("$0 [options] FILE\n\nAssembles eBPF assembly text to an object file.")
    .version(false).help(false).wrap(columns);
  for (const { names, value, help } of tbasOptions) {
    if (help === undefined) continue;
    const spelling = names.map((name) => (value === undefined ? name : `${name} ${value}`)).join(", -");
    parser.option(spelling, { describe: help, type: "string" });
  }
  const text = await parser.getHelp();
  // yargs writes each option with two dashes and its type.
  return text.replace(/^( +)--( ?)(\S.*?)(\s{2,})/gm, "$1-$3$4 ").replace(/\s*\[string\]/g, "");
}
