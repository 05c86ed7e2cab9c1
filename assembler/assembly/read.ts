/**
 * Assembly text -> Assembly: labels, instructions, and the directives of directives.ts.
 *
 * statement = (label ":")* (instruction | directive)?
 *
 * One pass; what is wrong is collected and the statement skipped. Macros and conditions are expand.ts's.
 */

import type { Instruction } from "../isa/instruction.ts";
import { jumpTarget, withTarget } from "../isa/instruction.ts";
import { LocalLabels } from "../isa/labels.ts";
import { parseInstruction } from "../isa/parse.ts";
import type { Statement, Token } from "../isa/scan.ts";
import { numberExpression } from "../isa/expression.ts";
import type { Endian } from "../object/object.ts";
import { SHF, SHT } from "../object/object.ts";
import type { Assembly } from "./assembly.ts";
import { symbolNamed } from "./assembly.ts";
import { findDirective } from "./directives.ts";
import type { Arguments, Reader } from "./reader.ts";
import { nextStatement, startExpansion } from "./expand.ts";
import { startFrames, writeFrames } from "./frames.ts";
import { writeLineTable } from "./line-table.ts";
import { startLines } from "./lines.ts";
import type { AssembleOptions } from "./options.ts";
import {
  appendTo, constantOf, define, expectEnd, joinParts, noteLine, numberNow, openSection, rename, report,
} from "./reader.ts";
import type { Sources } from "./sources.ts";

/** What was read, and the texts that it came from. */
export interface ReadAssembly { readonly assembly: Assembly; readonly sources: Sources }

export function readAssembly(text: string, endian: Endian, options: AssembleOptions = {}): ReadAssembly {
  const assembly: Assembly = {
    endian, sections: [], symbols: new Map(), files: [], addressSignificant: undefined, bytes: 0, problems: [],
    remarks: [],
  };
  const section = openSection(assembly, {
    name: ".text", type: SHT.PROGBITS, flags: SHF.ALLOC | SHF.EXECINSTR,
  });
  section.align = 4;
  const reader: Reader = {
    assembly, options, section, previous: { section, part: 0 }, pushed: [], locals: new LocalLabels(), places: 0,
    known: new Map(),
    lines: startLines(options.directory ?? ""), frames: startFrames(),
  };
  for (const [name, value] of options.definitions ?? []) {
    symbolNamed(assembly, name).definition = { kind: "value", expression: numberExpression(value), position: 0 };
  }
  const expander = startExpansion(options.name ?? "<text>", text, {
    constants: (name) => constantOf(reader, name),
    isDefined: (name) => (assembly.symbols.get(name)?.definition.kind ?? "none") !== "none",
    numberNow: (expression) => numberNow(reader, expression),
    report: (position, message) => report(reader, position, message),
    readFile: (name) => options.readFile?.(name),
  });
  for (let statement = nextStatement(expander); statement !== undefined; statement = nextStatement(expander)) {
    readStatement(reader, statement);
  }
  reader.lines.isPending = false;
  assembly.sections.forEach(joinParts);
  writeFrames(reader);
  writeLineTable(reader);
  return { assembly, sources: expander.sources };
}

function readStatement(reader: Reader, tokens: Statement): void {
  let start = 0;
  while (tokens[start + 1]?.kind === "punct" && tokens[start + 1]?.text === ":" && readLabel(reader, tokens[start])) {
    start += 2;
  }
  const first = tokens[start];
  if (first === undefined || first.kind === "end") return;
  const directive = first.kind === "word" ? findDirective(first.text, reader.options.dialect) : undefined;
  if (directive !== undefined) {
    const args: Arguments = { tokens, next: start + 1 };
    if (directive(reader, args)) expectEnd(reader, args);
    return;
  }
  if (first.kind === "word" && first.text.startsWith(".")) {
    report(reader, first.position, `unknown directive "${first.text}"`);
    return;
  }
  const parsed = parseInstruction(tokens, start, (name) => constantOf(reader, name), reader.options.dialect);
  if (parsed.kind === "problem") {
    reader.assembly.problems.push(parsed);
    return;
  }
  const { cpu } = reader.options;
  if (cpu !== undefined && parsed.form.since > cpu) {
    report(reader, first.position, `the instruction needs -mcpu=v${parsed.form.since}`);
  }
  if (reader.section.type === SHT.NOBITS) {
    report(reader, first.position, `section ${reader.section.name} has no contents`);
    return;
  }
  noteLine(reader);
  appendTo(reader.section, {
    kind: "instruction", instruction: renameLabels(reader, parsed.instruction), position: first.position,
  });
}

/** Defines a label. False if the token is no name. */
function readLabel(reader: Reader, token: Token | undefined): boolean {
  if (token === undefined) return false;
  const isName = token.kind === "word" || token.kind === "string";
  if (!isName && !(token.kind === "number" && /^\d+$/.test(token.text))) return false;
  define(reader, token.kind === "number" ? reader.locals.define(token.text) : token.text, token.position);
  return true;
}

/** Gives local labels their unique names, and makes all symbols known. */
function renameLabels(reader: Reader, instruction: Instruction): Instruction {
  let result = instruction;
  const target = jumpTarget(result);
  if (typeof target === "string") {
    const name = reader.locals.refer(target);
    symbolNamed(reader.assembly, name);
    result = withTarget(result, name);
  }
  if ((result.op === "call" || result.op === "ld_imm64") && result.reference !== undefined) {
    const symbol = rename(reader, result.reference.symbol);
    return { ...result, reference: { ...result.reference, symbol } };
  }
  if ((result.op === "alu" || result.op === "store" || result.op === "branch") && result.src.kind === "imm"
    && result.src.symbol !== undefined) {
    return { ...result, src: { ...result.src, symbol: rename(reader, result.src.symbol) } };
  }
  return result;
}

