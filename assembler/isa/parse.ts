/**
 * Text -> Instruction, in LLVM's syntax or GNU's mnemonics.
 *
 * The texts of the instruction table form a trie of tokens and holes; parsing walks it, trying the literal token before
 * the holes and backtracking where a path ends. So everything that can be written is in the table, and an error
 * message can say what would have been possible at the furthest point that any path reached.
 *
 * Operands only: sections, directives and symbols are not known here. The assembler and inline assembly both come
 * through `parseInstruction`.
 */

import type { Instruction } from "./instruction.ts";
import { withTarget } from "./instruction.ts";
import type { Constants } from "./expression.ts";
import { parseExpression } from "./expression.ts";
import { normalTexts } from "./normal.ts";
import type { Statement, TextProblem } from "./scan.ts";
import { describeToken, isRegisterName, scanStatement, textProblem, wrongToken } from "./scan.ts";
import type { Fields, Form, Hole, Syntax } from "./table.ts";
import { fieldOfHole, forms, readSyntax } from "./table.ts";
import { fieldProblem } from "./validate.ts";

export interface ParsedInstruction {
  readonly kind: "instruction"; readonly instruction: Instruction;
  /** The form that was written, of several with one encoding. */
  readonly form: Form;
}

interface TrieNode {
  readonly literals: Map<string, TrieNode>;
  readonly holes: Map<Hole, TrieNode>;
  form: Form | undefined;
}

function makeNode(): TrieNode {
  return { literals: new Map(), holes: new Map(), form: undefined };
}

/** How instructions are written: LLVM's way (`r1 = 2`), or GNU's mnemonics (`mov %r1,2`). */
export type Dialect = "pseudoc" | "normal";

const root = makeNode();
for (const form of forms) for (const syntax of form.syntax) insert(root, form, syntax);

/** Made when it is first asked for. */
let normalRoot: TrieNode | undefined;

function rootOf(dialect: Dialect): TrieNode {
  if (dialect === "pseudoc") return root;
  if (normalRoot === undefined) {
    normalRoot = makeNode();
    for (const form of forms) for (const text of normalTexts(form)) insert(normalRoot, form, readSyntax(text));
  }
  return normalRoot;
}

function insert(root: TrieNode, form: Form, syntax: Syntax): void {
  let node = root;
  for (const piece of syntax.pieces) {
    node = piece.kind === "token" ? child(node.literals, piece.text) : child(node.holes, piece.hole);
  }
  node.form ??= form;
}

function child<K>(children: Map<K, TrieNode>, key: K): TrieNode {
  const known = children.get(key);
  if (known !== undefined) return known;
  const made = makeNode();
  children.set(key, made);
  return made;
}

/** What the holes of a path held. */
interface Capture { readonly hole: Hole; readonly value: bigint; readonly symbol: string | undefined }

/** The furthest point at which the text stopped making sense. */
interface Furthest {
  index: number;
  readonly expected: Set<string>;
  /** A complaint about what was read up to `index`, and where that begins; it says more than what was expected. */
  message: { readonly at: number; readonly text: string } | undefined;
}

interface Match { readonly form: Form; readonly captures: readonly Capture[] }

/**
 * The instruction that the tokens from `start` to the end of the statement spell. Labels and symbols stay names: a
 * jump's target, a `reference`, the symbol of an immediate.
 */
export function parseInstruction(tokens: Statement, start = 0, constants?: Constants, dialect: Dialect = "pseudoc"):
ParsedInstruction | TextProblem {
  const furthest: Furthest = { index: start, expected: new Set(), message: undefined };
  const match = walk(rootOf(dialect), tokens, start, [], furthest, { start, constants, dialect });
  if (match === undefined) return problemAt(tokens, furthest, furthest.index === start);
  const fields: Fields = { dst: 0, src: 0, offset: 0, imm: 0, high: 0, ...match.form.fixed };
  for (const capture of match.captures) put(fields, capture);
  const problem = fieldProblem(match.form, fields);
  if (problem !== undefined) return textProblem(tokens[start]?.position ?? 0, problem);
  return { kind: "instruction", instruction: attach(match.form.build(fields), match.captures), form: match.form };
}

/** The same for a text that holds one instruction. */
export function parseInstructionText(text: string): ParsedInstruction | TextProblem {
  return parseInstruction(scanStatement(text));
}

/** What is the same on all paths: where the instruction begins, which names are numbers, how it is written. */
interface Context { readonly start: number; readonly constants: Constants | undefined; readonly dialect: Dialect }

function walk(node: TrieNode, tokens: Statement, index: number, captures: readonly Capture[], furthest: Furthest,
              context: Context): Match | undefined {
  const token = tokens[index];
  if (token === undefined) return undefined;
  if (token.kind === "end" && node.form !== undefined) return { form: node.form, captures };
  // The first word may be written in capitals, as in LLVM; operands may not.
  const text = index === context.start ? token.text.toLowerCase() : token.text;
  if (token.kind === "word" || token.kind === "punct" || token.kind === "number") {
    const next = node.literals.get(text);
    const match = next === undefined ? undefined : walk(next, tokens, index + 1, captures, furthest, context);
    if (match !== undefined) return match;
  }
  for (const [hole, next] of node.holes) {
    const read = readHole(hole, tokens, index, text, captures, context);
    if (read.kind === "problem") {
      if (read.message !== undefined) complain(furthest, read.index, read.next, read.message);
      else fail(furthest, index, read.expected);
      continue;
    }
    const match = walk(next, tokens, read.next, [...captures, read.capture], furthest, context);
    if (match !== undefined) return match;
  }
  for (const literal of node.literals.keys()) fail(furthest, index, `"${literal}"`);
  if (node.form !== undefined) fail(furthest, index, "the end of the statement");
  return undefined;
}

/** Notes what was expected at a token. */
function fail(furthest: Furthest, index: number, expected: string): void {
  advance(furthest, index);
  if (index === furthest.index) furthest.expected.add(expected);
}

/** Notes what is wrong with the tokens from `at` up to `index`. */
function complain(furthest: Furthest, at: number, index: number, text: string): void {
  advance(furthest, index);
  if (index === furthest.index) furthest.message ??= { at, text };
}

function advance(furthest: Furthest, index: number): void {
  if (index <= furthest.index) return;
  furthest.index = index;
  furthest.expected.clear();
  furthest.message = undefined;
}

function problemAt(tokens: Statement, furthest: Furthest, atStart: boolean): TextProblem {
  const token = tokens[furthest.index];
  const position = token?.position ?? 0;
  const { message } = furthest;
  if (message !== undefined) return textProblem(tokens[message.at]?.position ?? 0, message.text);
  const saw = token === undefined ? "nothing" : describeToken(token);
  const wrong = token === undefined ? undefined : wrongToken(token);
  if (wrong !== undefined) return textProblem(position, wrong);
  if (atStart) return textProblem(position, `expected an instruction, saw ${saw}`);
  const expected = [...furthest.expected];
  const list = expected.length > 6 ? [...expected.slice(0, 6), "..."] : expected;
  return textProblem(position, `expected ${list.join(", ")}, saw ${saw}`);
}

interface HoleRead { readonly kind: "read"; readonly capture: Capture; readonly next: number }
/** Either something else was expected, or the tokens from `index` up to `next` are of the right kind and wrong. */
type HoleProblem =
  | { readonly kind: "problem"; readonly message?: never; readonly expected: string }
  | { readonly kind: "problem"; readonly message: string; readonly index: number; readonly next: number };

/** What stands at a hole, if it is of the hole's kind and in its range. `text` is the token's, maybe in lower case. */
function readHole(hole: Hole, tokens: Statement, index: number, text: string,
                  captures: readonly Capture[], context: Context): HoleRead | HoleProblem {
  const field = fieldOfHole[hole];
  if ((field === "dst" || field === "src") && hole !== "pseudo") {
    const wanted = hole.endsWith("32") ? "w" : "r";
    const name = context.dialect === "normal" && text === "fp" ? "r10" : text;
    if (tokens[index]?.kind !== "word" || !isRegisterName(name) || name[0] !== wanted) {
      return { kind: "problem", expected: wanted === "w" ? "a w register" : "an r register" };
    }
    const value = BigInt(name.slice(1));
    const earlier = captures.find((c) => c.hole === hole);
    if (earlier !== undefined && earlier.value !== value) {
      const message = `both registers must be the same, ${wanted}${earlier.value}`;
      return { kind: "problem", index, next: index + 1, message };
    }
    return { kind: "read", capture: { hole, value, symbol: undefined }, next: index + 1 };
  }
  if (hole === "offset" && tokens[index]?.text !== "+" && tokens[index]?.text !== "-") {
    return { kind: "problem", expected: "\"+\" or \"-\" and an offset" };
  }
  const parsed = parseExpression(tokens, index, context.constants);
  if (parsed.kind === "problem") {
    const at = tokens.findIndex((t) => t.position >= parsed.position);
    return at > index ? { kind: "problem", index: at, next: at, message: parsed.message }
      : { kind: "problem", expected: holeNames[field === "imm" ? hole : field] ?? "a number" };
  }
  const { constant, terms, operations } = parsed.expression;
  const [term, another] = terms;
  if (operations !== undefined) {
    const message = "an operation on symbols is no operand of an instruction";
    return { kind: "problem", index, next: parsed.next, message };
  }
  if (another !== undefined || term?.sign === -1) {
    const message = "a difference of symbols is no operand of an instruction";
    return { kind: "problem", index, next: parsed.next, message };
  }
  const problem = rangeProblem(hole, constant, term?.symbol);
  if (problem?.message !== undefined) return { kind: "problem", index, next: parsed.next, message: problem.message };
  if (problem !== undefined) return { kind: "problem", expected: problem.expected };
  return { kind: "read", capture: { hole, value: constant, symbol: term?.symbol }, next: parsed.next };
}

const holeNames: Readonly<Record<string, string>> = {
  offset: "a label or displacement", target32: "a label or displacement", imm: "a number", callee: "a helper's number",
  function: "a function", imm64: "a number or symbol", pseudo: "a number",
};

type RangeProblem = { readonly message: string } | { readonly message?: never; readonly expected: string };

/** What is wrong with a value at a hole, if anything: what was expected there, or a message of its own. */
function rangeProblem(hole: Hole, value: bigint, symbol: string | undefined): RangeProblem | undefined {
  switch (hole) {
    case "offset":
      if (symbol !== undefined) return { expected: "a 16-bit offset" };
      return within(value, 15n, 15n) ? undefined : { message: `offset ${value} does not fit 16 bits` };
    case "target":
    case "target32": {
      if (symbol !== undefined) return value === 0n ? undefined : { message: "a label takes no displacement" };
      const bits = hole === "target" ? 15n : 31n;
      return within(value, bits, bits) ? undefined
        : { message: `jump displacement ${value} does not fit ${bits + 1n} bits` };
    }
    case "imm":
      return within(value, 31n, 32n) || within(BigInt.asIntN(64, value), 31n, 31n) ? undefined
        : { message: `immediate ${value} does not fit 32 bits` };
    case "callee":
      if (symbol !== undefined) return { expected: "a helper's number" };
      return within(value, 31n, 32n) ? undefined : { message: `helper number ${value} does not fit 32 bits` };
    case "function":
      if (symbol === undefined) return { expected: "a function" };
      return value % 8n === 0n ? undefined : { message: `a function cannot begin at an offset of ${value} bytes` };
    case "imm64":
      return symbol === undefined || within(value, 31n, 31n) ? undefined
        : { message: `offset ${value} of a symbol does not fit 32 bits` };
    case "pseudo":
      return symbol === undefined && value >= 0n && value < 16n ? undefined : { expected: "a number below 16" };
    case "to":
    case "from":
      return symbol === undefined && value >= 0n && value < 0x10000n ? undefined : { expected: "an address space" };
    default:
      return undefined;
  }
}

/** -2^below <= value < 2^above */
function within(value: bigint, below: bigint, above: bigint): boolean {
  return value >= -(1n << below) && value < 1n << above;
}

/** Puts a captured number into its field. */
function put(fields: Fields, { hole, value, symbol }: Capture): void {
  switch (hole) {
    case "imm64": {
      // The addend of a symbol is kept in the reference, not here. A negative number of 32 bits behind ld_pseudo means
      // the first slot alone, as LLVM has it.
      const constant = symbol !== undefined ? 0n : fields.src !== 0 && within(value, 31n, 0n) && value < 0n
        ? BigInt.asUintN(32, value) : value;
      fields.imm = Number(BigInt.asIntN(32, constant));
      fields.high = Number(BigInt.asIntN(32, constant >> 32n));
      break;
    }
    case "to":
      fields.imm |= Number(value) << 16;
      break;
    case "from":
      fields.imm |= Number(value);
      break;
    case "function":
      fields.imm = -1;
      break;
    case "target":
    case "target32":
      fields[fieldOfHole[hole]] = symbol === undefined ? Number(value) : 0;
      break;
    default:
      fields[fieldOfHole[hole]] = Number(BigInt.asIntN(32, value));
  }
}

/** The instruction with the names that its holes held. */
function attach(instruction: Instruction, captures: readonly Capture[]): Instruction {
  let result = instruction;
  for (const { hole, value, symbol } of captures) {
    if (symbol === undefined) continue;
    if (hole === "target" || hole === "target32") {
      result = withTarget(result, symbol);
    } else if (result.op === "ld_imm64" || (result.op === "call" && hole === "function")) {
      result = { ...result, reference: { symbol, addend: Number(value) } };
    } else if (hole === "imm" && (result.op === "alu" || result.op === "store" || result.op === "branch")
      && result.src.kind === "imm") {
      result = { ...result, src: { ...result.src, symbol } };
    }
  }
  return result;
}
