/**
 * Inline assembly: a text without sections -> instructions, labels and raw bytes.
 *
 * The same statements, macros, repetitions and conditions as in a file, without what only a file can have: `.set` gives
 * numbers, the data directives bring bytes that are known at once. Labels stay as they are written: they may be those
 * of another piece of the same function.
 */
import type { CodeItem } from "../isa/code.ts";
import { isNumber, parseExpression } from "../isa/expression.ts";
import { parseInstruction } from "../isa/parse.ts";
import type { Statement, TextProblem, Token } from "../isa/scan.ts";
import { describeToken, textProblem } from "../isa/scan.ts";
import type { Endian } from "../object/object.ts";
import { number } from "./data-directives.ts";
import { nextStatement, startExpansion } from "./expand.ts";

interface Inline {
  readonly endian: Endian;
  readonly items: CodeItem[];
  readonly labels: Set<string>;
  readonly numbers: Map<string, bigint>;
}

/** The code of a text, or the first thing that is wrong with it. */
export function readInline(text: string, endian: Endian): readonly CodeItem[] | TextProblem {
  const inline: Inline = { endian, items: [], labels: new Set(), numbers: new Map() };
  let problem: TextProblem | undefined;
  const expander = startExpansion("<inline asm>", text, {
    constants: (name) => inline.numbers.get(name),
    isDefined: (name) => inline.numbers.has(name) || inline.labels.has(name),
    numberNow: (expression) => (isNumber(expression) ? expression.constant : undefined),
    report: (position, message) => {
      problem ??= textProblem(position, message);
    },
    readFile: () => undefined,
  });
  for (;;) {
    const statement = nextStatement(expander);
    if (problem !== undefined || statement === undefined) return problem ?? inline.items;
    const wrong = readStatement(inline, statement);
    if (wrong !== undefined) return wrong;
  }
}

/** statement = (label ":")* (instruction | data | ".set" name "," number)? */
function readStatement(inline: Inline, statement: Statement): TextProblem | undefined {
  let start = 0;
  for (; isLabel(statement[start]) && isPunctuation(statement[start + 1], ":"); start += 2) {
    const name = statement[start]?.text ?? "";
    inline.labels.add(name);
    inline.items.push({ kind: "label", name });
  }
  const first = statement[start];
  if (first === undefined || first.kind === "end") return undefined;
  const directive = first.text.toLowerCase();
  const size = dataSizes[directive];
  if (size !== undefined) return readData(inline, statement, start + 1, size);
  if (directive === ".set" || directive === ".equ") return readSet(inline, statement, start + 1);
  const parsed = parseInstruction(statement, start, (name) => inline.numbers.get(name));
  if (parsed.kind === "problem") return parsed;
  inline.items.push({ kind: "instruction", instruction: parsed.instruction });
  return undefined;
}

function isLabel(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.kind === "number";
}

function isPunctuation(token: Token | undefined, text: string): boolean {
  return token?.kind === "punct" && token.text === text;
}

const dataSizes: { readonly [directive: string]: 1 | 2 | 4 | 8 } = {
  ".byte": 1, ".2byte": 2, ".short": 2, ".4byte": 4, ".long": 4, ".int": 4, ".8byte": 8, ".quad": 8,
};

/** `.long 1, 2`: raw bytes of an instruction. */
function readData(inline: Inline, statement: Statement, start: number, size: 1 | 2 | 4 | 8): TextProblem | undefined {
  for (let at = start; ; at++) {
    const parsed = readNumber(inline, statement, at);
    if (parsed.kind === "problem") return parsed;
    inline.items.push({ kind: "bytes", bytes: number(parsed.value, size, inline.endian) });
    at = parsed.next;
    if (!isPunctuation(statement[at], ",")) return expectEnd(statement[at]);
  }
}

function readSet(inline: Inline, statement: Statement, start: number): TextProblem | undefined {
  const name = statement[start];
  if (name?.kind !== "word" || !isPunctuation(statement[start + 1], ",")) {
    return textProblem(name?.position ?? 0, "expected a name and a comma");
  }
  const parsed = readNumber(inline, statement, start + 2);
  if (parsed.kind === "problem") return parsed;
  inline.numbers.set(name.text, parsed.value);
  return expectEnd(statement[parsed.next]);
}

function readNumber(inline: Inline, statement: Statement, at: number):
{ readonly kind: "number"; readonly value: bigint; readonly next: number } | TextProblem {
  const parsed = parseExpression(statement, at, (name) => inline.numbers.get(name));
  if (parsed.kind === "problem") return parsed;
  if (isNumber(parsed.expression)) return { kind: "number", value: parsed.expression.constant, next: parsed.next };
  return textProblem(statement[at]?.position ?? 0, "expected a number");
}

function expectEnd(token: Token | undefined): TextProblem | undefined {
  if (token === undefined || token.kind === "end") return undefined;
  return textProblem(token.position, `expected the end, saw ${describeToken(token)}`);
}
