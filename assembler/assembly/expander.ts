/**
 * The state of an expansion, and what its steps share: questions on a statement's text, numbers that are known now, the
 * end.
 */
import type { Constants, Expression } from "../isa/expression.ts";
import { parseExpression } from "../isa/expression.ts";
import type { Statement, StatementScanner, Token } from "../isa/scan.ts";
import { describeToken } from "../isa/scan.ts";
import type { Macro } from "./macros.ts";
import type { Sources, SourceText } from "./sources.ts";

/** What the reader of the statements knows. */
export interface ExpandHost {
  /** Names that are numbers at this point. */
  readonly constants: Constants;
  /** Is there a symbol of that name, a label or a number? */
  readonly isDefined: (name: string) => boolean;
  /** The number that an expression has at this point, if it has one. */
  readonly numberNow: (expression: Expression) => bigint | undefined;
  readonly report: (position: number, message: string) => void;
  /** A file's bytes. */
  readonly readFile: (name: string) => Uint8Array | undefined;
}

/** A text that is being read, whole or in part. */
export interface Frame {
  readonly source: SourceText;
  scanner: StatementScanner;
  /** For a repetition: which part of the text, and how often it is still to be read. */
  readonly start: number;
  readonly end: number;
  remaining: number;
  /** How many conditions were open when the frame was opened. */
  readonly conditions: number;
  readonly isMacro: boolean;
}

/** An .if: its branch is being read, a true one is looked for, or one has been read. */
export interface Condition { readonly position: number; state: "reading" | "looking" | "done"; hasElse: boolean }

export interface Expander {
  readonly sources: Sources;
  readonly host: ExpandHost;
  readonly frames: Frame[];
  readonly macros: Map<string, Macro>;
  readonly conditions: Condition[];
  /** What follows the labels of a statement that has been divided. */
  pending: Statement | undefined;
  /** Between `.altmacro` and `.noaltmacro`. */
  isAlternative: boolean;
  /** Expansions of macros so far, for `\@`. */
  instances: number;
  /** Statements and characters that expansions have brought. */
  statements: number;
  characters: number;
  stopped: boolean;
}

/** What a statement does to the expansion. */
export type Action = (e: Expander, statement: Statement) => void;

export function positionOf(statement: Statement): number {
  return statement[0]?.position ?? 0;
}

/** The text of a statement behind its first word, without blanks around. */
export function restOf(e: Expander, statement: Statement): string {
  const first = statement[1], last = statement[statement.length - 2];
  return first === undefined || last === undefined || statement.length < 3 ? "" : textBetween(e, first, last);
}

export function textBetween(e: Expander, first: Token, last: Token): string {
  const source = e.sources.textAt(first.position);
  return source === undefined ? "" : source.text.slice(first.position - source.base, last.end - source.base);
}

/** A number that must be known now, the one argument of a statement. */
export function numberArgument(e: Expander, statement: Statement): bigint | undefined {
  const number = numberAt(e, statement, 1);
  const token = number === undefined ? undefined : statement[number.next];
  if (token === undefined || token.kind === "end") return number?.value;
  e.host.report(token.position, `expected the end, saw ${describeToken(token)}`);
  return undefined;
}

/** The number of an expression in a statement, which must be known now. */
export function numberAt(e: Expander, statement: Statement, start: number):
{ readonly value: bigint; readonly next: number } | undefined {
  const parsed = parseExpression(statement, start, e.host.constants);
  if (parsed.kind === "problem") {
    e.host.report(parsed.position, parsed.message);
    return undefined;
  }
  const value = e.host.numberNow(parsed.expression);
  if (value === undefined) {
    e.host.report(statement[start]?.position ?? 0, "expected a number that is known here");
    return undefined;
  }
  return { value, next: parsed.next };
}

/** Is the text not in a branch that is left out? */
export function isReading(e: Expander): boolean {
  const last = e.conditions[e.conditions.length - 1];
  return last === undefined || last.state === "reading";
}

/** Ends all reading. */
export function stop(e: Expander, position: number, message: string | undefined): void {
  if (message !== undefined && !e.stopped) e.host.report(position, message);
  e.stopped = true;
  e.frames.length = 0;
  e.conditions.length = 0;
}
