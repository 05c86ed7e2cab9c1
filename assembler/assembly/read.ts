/**
 * Assembly text -> Assembly: labels, instructions, and the directives of directives.ts.
 *
 * statement = (label ":")* (instruction | directive)?
 *
 * One pass; what is wrong is collected and the statement skipped.
 */

import type { Instruction } from "../isa/instruction.ts";
import { jumpTarget, withTarget } from "../isa/instruction.ts";
import { LocalLabels } from "../isa/labels.ts";
import { parseInstruction } from "../isa/parse.ts";
import type { Statement, Token } from "../isa/scan.ts";
import { scanStatements } from "../isa/scan.ts";
import type { Endian } from "../object/object.ts";
import { SHF, SHT } from "../object/object.ts";
import type { Assembly } from "./assembly.ts";
import { symbolNamed } from "./assembly.ts";
import { findDirective } from "./directives.ts";
import type { Arguments, Reader } from "./reader.ts";
import { define, expectEnd, openSection, rename, report } from "./reader.ts";

export function readAssembly(text: string, endian: Endian): Assembly {
  const assembly: Assembly = {
    endian, sections: [], symbols: new Map(), files: [], addressSignificant: undefined, problems: [],
  };
  const section = openSection(assembly, {
    name: ".text", type: SHT.PROGBITS, flags: SHF.ALLOC | SHF.EXECINSTR, entsize: 0, link: undefined,
  });
  section.align = 4;
  const reader: Reader = { assembly, section, previous: section, pushed: [], locals: new LocalLabels(), places: 0 };
  for (const statement of scanStatements(text)) readStatement(reader, statement);
  return assembly;
}

function readStatement(reader: Reader, tokens: Statement): void {
  let start = 0;
  while (tokens[start + 1]?.kind === "punct" && tokens[start + 1]?.text === ":" && readLabel(reader, tokens[start])) {
    start += 2;
  }
  const first = tokens[start];
  if (first === undefined || first.kind === "end") return;
  const directive = first.kind === "word" ? findDirective(first.text) : undefined;
  if (directive !== undefined) {
    const args: Arguments = { tokens, next: start + 1 };
    if (directive(reader, args)) expectEnd(reader, args);
    return;
  }
  if (first.kind === "word" && first.text.startsWith(".")) {
    report(reader, first.position, `unknown directive "${first.text}"`);
    return;
  }
  const parsed = parseInstruction(tokens, start);
  if (parsed.kind === "problem") {
    reader.assembly.problems.push(parsed);
    return;
  }
  if (reader.section.type === SHT.NOBITS) {
    report(reader, first.position, `section ${reader.section.name} has no contents`);
    return;
  }
  reader.section.fragments.push({
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

