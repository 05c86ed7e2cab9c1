/** Comparison -> a table side by side, as text. A mark at the end of a line says where the sides differ. */
import type { Comparison, Likeness, Side } from "./compare.ts";
import type { Description } from "./describe.ts";

/** A line of the table: what it is about, and what each side has. */
interface Row { readonly what: string; readonly ours: string; readonly theirs: string }

interface Part { readonly title: string; readonly rows: readonly Row[] }

/** The sides are told apart by a `|`; `*` marks a difference. */
export function printTable(comparison: Comparison): string {
  const { ours, theirs } = comparison;
  const parts = [
    ...partsOf(ours.description, theirs.description),
    { title: "verifier", rows: verdictRows(ours, theirs) },
  ].filter(({ rows }) => rows.length > 0);
  const heading: Row = { what: "", ours: ours.compiler, theirs: theirs.compiler };
  const all = [heading, ...parts.flatMap(({ rows }) => rows)];
  const width = (of: (row: Row) => string): number => Math.max(...all.map((row) => of(row).length));
  const [what, left, right] = [width((row) => row.what) + 2, width((row) => row.ours), width((row) => row.theirs)];
  const line = (row: Row, mark: string): string => (
    `${row.what.padEnd(what)}  ${row.ours.padEnd(left)} | ${row.theirs.padEnd(right)} ${mark}`.trimEnd()
  );
  return [
    `${comparison.source} ${comparison.flags.join(" ")}`, "",
    line(heading, ""),
    ...parts.flatMap(({ title, rows }) => [
      title, ...rows.map((row) => line({ ...row, what: `  ${row.what}` }, row.ours === row.theirs ? "" : "*")),
    ]),
    "",
    ...[ours, theirs].filter(({ description }) => description === undefined)
      .flatMap(({ compiler, messages }) => [`${compiler} made no object:`, messages.trim()]),
    ...refusals(ours), ...refusals(theirs),
    likenessLine("virtual machine", comparison.machine), likenessLine("kernel", comparison.kernel),
    ...comparison.faults.slice(0, 10).map((fault) => `fault in the virtual machine: ${fault}`),
    "",
  ].join("\n");
}

function partsOf(ours: Description | undefined, theirs: Description | undefined): Part[] {
  const part = <T>(
    title: string, of: (side: Description) => readonly T[], name: (item: T) => string, say: (item: T) => string,
  ): Part => ({
    title, rows: pair(ours === undefined ? [] : of(ours), theirs === undefined ? [] : of(theirs), name, say),
  });
  const total = (side: Description | undefined): string => side === undefined ? "-" : `${side.slots}`;
  const licence = (side: Description | undefined): string => side?.licence ?? "-";
  const slots = part("instruction slots", ({ functions }) => functions, ({ section, name }) => `${section} ${name}`,
    (one) => `${one.slots}`);
  return [
    part("sections", ({ sections }) => sections, ({ name }) => name, ({ type, flags, size }) => (
      [type, flags, size ?? ""].filter((word) => word !== "").join(" ")
    )),
    part("symbols", ({ symbols }) => symbols, ({ name }) => name, (s) => `${s.bind} ${s.type} ${s.section} ${s.size}`),
    part("relocations", ({ relocations }) => relocations, ({ section, symbol }) => `${section} ${symbol}`,
      ({ type, count }) => `${type} x${count}`),
    part("maps", ({ maps }) => maps, ({ name }) => name, (map) => (
      `${map.section} ${map.type} ${map.key}/${map.value} x${map.entries} ` +
      `flags ${map.flags} pin ${map.pinning} id ${map.id}`
    )),
    { title: "licence", rows: [{ what: "", ours: licence(ours), theirs: licence(theirs) }] },
    { ...slots, rows: [...slots.rows, { what: "all", ours: total(ours), theirs: total(theirs) }] },
  ];
}

/** Rows of what both sides have under the same name; "-" where a side lacks it. */
function pair<T>(ours: readonly T[], theirs: readonly T[], name: (item: T) => string, say: (item: T) => string): Row[] {
  const left = new Map(ours.map((item) => [name(item), say(item)]));
  const right = new Map(theirs.map((item) => [name(item), say(item)]));
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((what) => ({ what, ours: left.get(what) ?? "-", theirs: right.get(what) ?? "-" }));
}

function verdictRows(ours: Side, theirs: Side): Row[] {
  return pair(ours.verdicts ?? [], theirs.verdicts ?? [], ({ program }) => program, ({ accepted, verified }) => (
    `${accepted ? "accepted" : "refused"}${verified === undefined ? "" : `, ${verified} instructions verified`}`
  ));
}

function refusals({ compiler, verdicts }: Side): string[] {
  return (verdicts ?? []).filter(({ accepted }) => !accepted)
    .flatMap(({ program, log }) => [`the kernel refuses ${program} of ${compiler}:`, log]);
}

function likenessLine(where: string, likeness: Likeness | undefined): string {
  if (likeness === undefined) return `${where}: not compared`;
  const { runs, differences } = likeness;
  if (differences.length === 0) return `${where}: alike in ${runs} runs`;
  const heading = `${where}: not alike in ${runs} runs (tbcc and clang-19):`;
  return [heading, ...differences.map((line) => `  ${line}`)].join("\n");
}
