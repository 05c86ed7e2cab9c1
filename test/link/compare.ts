/**
 * The same objects linked by tbld's linker and by `bpftool gen object`: do both succeed, and is the result the same?
 *
 * Where libbpf's linker is wrong it is not followed, and the comparison looks away: an external map that no object
 * defines gets the place of another map; BTF keeps the old offset of a variable whose definition comes from a later
 * object. There our own symbols are the measure of our own BTF.
 *
 * Compared are sections with their bytes, symbols, relocations by the names and places of their symbols, the C dump and
 * the raw dump of the BTF, and what BTF.ext says of each instruction. Not compared is what no loader looks at: the
 * order of sections and symbols, and the tables of the ELF format itself. Needs the oracle "bpftool"; `load` the oracle
 * "kernel bpf" too.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeBtf } from "../../assembler/btf/decode.ts";
import { decodeBtfExt } from "../../assembler/btf/ext.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { ObjectFile, ObjectSymbol } from "../../assembler/object/object.ts";
import { definedIn, findSection } from "../../assembler/object/object.ts";
import { link } from "../../linker/link.ts";
import { need } from "../harness/probe.ts";

export interface LinkComparison {
  /** Undefined when our linker made an object. */
  readonly ourError: string | undefined;
  readonly theirError: string | undefined;
  /** What the two objects differ in, one line each; with one of ours that alone does not load, the kernel's words. */
  readonly differences: readonly string[];
}

/** Links files by both. With `load` the kernel is asked whether it takes our result too, if it takes theirs. */
export function compareLinks(files: readonly string[], load: boolean): LinkComparison {
  const scratch = mkdtempSync(join(tmpdir(), "link-compare-"));
  try {
    const ours = join(scratch, "ours.o"), theirs = join(scratch, "theirs.o");
    const ourError = linkToFile(files, ours);
    const gen = bpftool(["gen", "object", theirs, ...files]);
    const theirError = gen.status === 0 ? undefined : gen.text.trim();
    if (ourError !== undefined || theirError !== undefined) {
      const differences = ourError !== undefined && theirError !== undefined ? []
        : [ourError === undefined ? "only bpftool refuses" : "only tbld refuses"];
      return { ourError, theirError, differences };
    }
    const differences = [...compareObjects(ours, theirs), ...(load ? compareLoads(scratch, ours, theirs) : [])];
    return { ourError, theirError, differences };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function linkToFile(files: readonly string[], output: string): string | undefined {
  const inputs = files.map((name) => ({ name, object: readElf(readFileSync(name)) }));
  const result = link(inputs, { dropUnreferenced: false });
  if ("errors" in result) return result.errors.join("\n");
  writeFileSync(output, writeElf(result.object));
  return undefined;
}

function bpftool(args: readonly string[]): { status: number; text: string } {
  const { status, stdout, stderr } = spawnSync(need("bpftool"), args, { encoding: "utf8", maxBuffer: 1 << 28 });
  return { status: status ?? 1, text: `${stdout}${stderr}` };
}

function compareObjects(ours: string, theirs: string): string[] {
  const [our, their] = [ours, theirs].map((path) => readElf(readFileSync(path)));
  if (our === undefined || their === undefined) return [];
  const placeless = (line: string): string => line.replace(/ offset=\d+( size=\d+ \(VAR )/, "$1");
  const dumps = [["C dump", "format", "c"], ["raw dump", "format", "raw"]] as const;
  return [
    ...listDifference("section", describeSections(our), describeSections(their)),
    ...listDifference("symbol", our.symbols.map(describeSymbol), their.symbols.map(describeSymbol)),
    ...listDifference("relocation", describeRelocations(our), describeRelocations(their)),
    ...dumps.flatMap(([what, ...format]) => {
      const [left, right] = [ours, theirs].map((path) => bpftool(["btf", "dump", "file", path, ...format]).text.split("\n").map(placeless));
      return listDifference(`line of the ${what}`, left ?? [], right ?? []);
    }),
    ...listDifference("record of BTF.ext", describeInfo(our), describeInfo(their)),
    ...misplacedVariables(our),
  ];
}

/** Global variables that BTF has at another place than their symbols. */
function misplacedVariables(object: ObjectFile): string[] {
  const btf = findSection(object, ".BTF")?.data;
  if (btf === undefined) return [];
  const symbols = new Map(object.symbols.map((symbol) => [symbol.name, symbol]));
  return decodeBtf(btf).types.flatMap((datasec) => datasec.kind !== "datasec" ? [] : datasec.vars.flatMap(({ type, offset }) => {
    const symbol = type.kind === "var" && type.linkage === "global" ? symbols.get(type.name) : undefined;
    return symbol === undefined || symbol.value === offset ? [] : [`BTF has '${symbol.name}' at ${offset}, not ${symbol.value}`];
  }));
}

/** The entries that only one of two lists has, whatever the order. */
function listDifference(what: string, ours: readonly string[], theirs: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of ours) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of theirs) counts.set(one, (counts.get(one) ?? 0) - 1);
  return [...counts].filter(([, count]) => count !== 0)
    .map(([one, count]) => `only ${count > 0 ? "tbld" : "bpftool"} has the ${what} ${one.trim()}`);
}

function describeSections(object: ObjectFile): string[] {
  return object.sections.filter(({ name }) => !name.startsWith(".BTF") && name !== ".strtab").map((section) => {
    const bytes = section.data === undefined ? "zeros" : Buffer.from(section.data).toString("hex");
    return `${section.name} type ${section.type} flags ${section.flags} align ${section.align} size ${section.size} ${bytes}`;
  });
}

function describeSymbol(symbol: ObjectSymbol): string {
  const unresolvedMap = symbol.type === "notype" && symbol.bind !== "local" && definedIn(symbol)?.name === ".maps";
  if (unresolvedMap) return describeSymbol({ ...symbol, home: "undefined", value: 0 });
  const home = typeof symbol.home === "string" ? symbol.home : symbol.home.name;
  return `${symbol.type} '${symbol.name}' ${symbol.bind} ${symbol.visibility} in ${home} at ${symbol.value} size ${symbol.size}`;
}

function describeRelocations(object: ObjectFile): string[] {
  return object.sections.flatMap(({ name, relocations }) => name.startsWith(".BTF") ? []
    : relocations.map(({ offset, type, symbol }) => `${name}+${offset} type ${type} ${describeSymbol(symbol)}`));
}

function describeInfo(object: ObjectFile): string[] {
  const btf = findSection(object, ".BTF")?.data, ext = findSection(object, ".BTF.ext")?.data;
  if (btf === undefined || ext === undefined) return [];
  const decoded = decodeBtf(btf);
  const ids = new Map(decoded.types.map((type, id) => [type, id]));
  return decodeBtfExt(ext, decoded.littleEndian, decoded.types, decoded.strings).flatMap((section) => [
    ...section.functions.map(({ offset, type }) => `${section.name}+${offset} function ${ids.get(type)}`),
    ...section.lines.map(({ offset, ...line }) => `${section.name}+${offset} ${JSON.stringify(line)}`),
    ...section.relocations.map(({ offset, type, ...core }) => `${section.name}+${offset} ${ids.get(type)} ${JSON.stringify(core)}`),
  ]);
}

function compareLoads(scratch: string, ours: string, theirs: string): string[] {
  const our = loadError(scratch, ours);
  return our === undefined || loadError(scratch, theirs) !== undefined ? [] : [`the kernel takes only what bpftool made: ${our}`];
}

/** What is said of an object that does not load; undefined for one that does. */
function loadError(scratch: string, path: string): string | undefined {
  const pins = `/sys/fs/bpf/${scratch.slice(scratch.lastIndexOf("/") + 1)}`;
  mkdirSync(pins);
  try {
    const { status, text } = bpftool(["prog", "loadall", path, `${pins}/programs`]);
    return status === 0 ? undefined : text.trim().split("\n").slice(-4).join(" | ");
  } finally {
    rmSync(pins, { recursive: true, force: true });
  }
}
