/**
 * Macros: the head of a definition, the arguments of a call, and the body with the arguments in it.
 *
 *   head      = ".macro" name [","] (parameter [","])*      parameter = name [":" ("req" | "vararg")] ["=" default]
 *   arguments = (argument [","])*, divided by commas or blanks; `name=text` gives a parameter by its name
 *
 * In the body `\name` is the argument, `\@` the number of the expansion, `\()` nothing at all, which ends a name.
 */
import type { Statement, TextProblem, Token } from "../isa/scan.ts";
import { describeToken, textProblem } from "../isa/scan.ts";

export interface Parameter { readonly name: string; readonly kind: "plain" | "required" | "rest"; readonly value: string }

export interface MacroHead {
  readonly kind: "macro";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The text of each parameter in a call, or what is wrong with the call. */
  readonly bind: (args: readonly Argument[]) => ReadonlyMap<string, string> | string;
}

export interface Macro extends MacroHead { readonly body: string }

export interface Argument { readonly name: string | undefined; readonly text: string }

/** The characters from one token to another, as written. */
export type TextOf = (first: Token, last: Token) => string;

/** Operators continue an argument over blanks: `1 + 2` is one. */
const operators = new Set(["+", "-", "~", "/", "*", ".", "=", "|", "^", "&", "!", "<", ">"]);

/** The arguments of a call, or of `.irp`, from a token on. The last one of a macro with `:vararg` takes all the rest. */
export function readArguments(tokens: Statement, start: number, textOf: TextOf, parameters: readonly Parameter[] = []):
Argument[] {
  const args: Argument[] = [];
  let next = start;
  while (tokens[next] !== undefined && tokens[next]?.kind !== "end") {
    let name: string | undefined;
    if (tokens[next]?.kind === "word" && tokens[next + 1]?.text === "=" && tokens[next + 1]?.kind === "punct"
      && parameters.some((p) => p.name === tokens[next]?.text)) {
      name = tokens[next]?.text;
      next += 2;
    }
    const parameter = name === undefined ? parameters[args.length] : parameters.find((p) => p.name === name);
    if (parameter?.kind === "rest") {
      const first = tokens[next], last = tokens[tokens.length - 2];
      args.push({ name, text: first === undefined || last === undefined || first.kind === "end" ? "" : textOf(first, last) });
      return args;
    }
    const end = endOfArgument(tokens, next);
    args.push({ name, text: argumentText(tokens, next, end, textOf) });
    next = end;
    if (tokens[next]?.kind === "punct" && tokens[next]?.text === ",") next++;
  }
  return args;
}

function endOfArgument(tokens: Statement, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const token = tokens[at], before = tokens[at - 1];
    if (token === undefined || token.kind === "end") return at;
    if (token.text === "," && token.kind === "punct" && depth === 0) return at;
    const blank = at > start && before !== undefined && token.position > before.end;
    if (blank && depth === 0 && !isOperator(token) && !isOperator(before)) return at;
    if (token.kind === "punct" && token.text === "(") depth++;
    if (token.kind === "punct" && token.text === ")" && depth > 0) depth--;
  }
}

function isOperator(token: Token): boolean {
  return (token.kind === "punct" || token.text === ".") && operators.has(token.text);
}

/** The tokens as written without the blanks between them; a string without its quotes. */
function argumentText(tokens: Statement, start: number, end: number, textOf: TextOf): string {
  let text = "";
  for (const token of tokens.slice(start, end)) {
    const written = textOf(token, token);
    text += token.kind === "string" ? written.slice(1, -1) : written;
  }
  return text;
}

/** What stands behind `.macro`. */
export function readMacroHead(tokens: Statement, textOf: TextOf): MacroHead | TextProblem {
  const name = tokens[1];
  if (name?.kind !== "word") return textProblem(name?.position ?? 0, "expected the name of the macro");
  const parameters: Parameter[] = [];
  let next = tokens[2]?.text === "," ? 3 : 2;
  for (let token = tokens[next]; token !== undefined && token.kind !== "end"; token = tokens[next]) {
    if (token.kind !== "word") return textProblem(token.position, `expected a parameter, saw ${describeToken(token)}`);
    if (parameters.some((p) => p.name === token.text)) {
      return textProblem(token.position, `there are two parameters "${token.text}"`);
    }
    if (parameters[parameters.length - 1]?.kind === "rest") {
      return textProblem(token.position, "a parameter behind the one that takes the rest");
    }
    next++;
    let kind: Parameter["kind"] = "plain";
    if (tokens[next]?.text === ":") {
      const word = tokens[next + 1];
      if (word?.text !== "req" && word?.text !== "vararg") {
        return textProblem(word?.position ?? token.position, "expected \"req\" or \"vararg\"");
      }
      kind = word.text === "req" ? "required" : "rest";
      next += 2;
    }
    let value = "";
    if (tokens[next]?.text === "=") {
      const end = endOfArgument(tokens, next + 1);
      value = argumentText(tokens, next + 1, end, textOf);
      next = end;
    }
    parameters.push({ name: token.text, kind, value });
    if (tokens[next]?.text === "," && tokens[next]?.kind === "punct") next++;
  }
  return { kind: "macro", name: name.text, parameters, bind: (args) => bind(parameters, args) };
}

function bind(parameters: readonly Parameter[], args: readonly Argument[]): ReadonlyMap<string, string> | string {
  const bound = new Map<string, string>();
  let position = 0;
  for (const { name, text } of args) {
    const parameter = name === undefined ? parameters[position++] : parameters.find((p) => p.name === name);
    if (parameter === undefined) return "too many arguments";
    if (text !== "") bound.set(parameter.name, text);
  }
  for (const { name, kind, value } of parameters) {
    if (bound.has(name)) continue;
    if (kind === "required" && value === "") return `there is no argument for "${name}"`;
    bound.set(name, value);
  }
  return bound;
}

const substitution = /\\(?:(@)|(\(\))|([\w.$]+))/g;

/**
 * The body with the arguments put in; a name that is no parameter stays as it is. What would be longer than `limit` is cut
 * short behind it, so that the caller sees that it is too long.
 */
export function expandBody(body: string, bound: ReadonlyMap<string, string>, instance: number, limit: number): string {
  let length = body.length;
  return body.replace(substitution, (all: string, number: string | undefined, nothing: string | undefined, name = "") => {
    if (number !== undefined) return `${instance}`;
    if (nothing !== undefined) return "";
    const text = bound.get(name) ?? all;
    length += text.length;
    return length - text.length > limit ? "" : text;
  });
}
