/**
 * Macros: the head of a definition, the arguments of a call, and the body with the arguments in it.
 *
 *   head      = ".macro" name [","] (parameter [","])*      parameter = name [":" ("req" | "vararg")] ["=" default]
 *   arguments = (argument [","])*, divided by commas or blanks; `name=text` gives a parameter by its name
 *
 * In the body `\name` is the argument, `\@` the number of the expansion, `\()` nothing at all, which ends a name.
 *
 * Behind `.altmacro` an argument may also be `<any text>`, where `!` takes the next character as it is, or
 * `%expression`, whose number it is; and in the body `name` is the argument too, with `&` behind it as the end of the
 * name.
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

/** What `.altmacro` adds to the reading of arguments. */
export interface Alternative {
  /** The number of the expression at a token, and the token behind it; undefined when a problem has been reported. */
  readonly numberAt: (tokens: Statement, start: number) => { readonly value: bigint; readonly next: number } | undefined;
}

/** Operators continue an argument over blanks: `1 + 2` is one. */
const operators = new Set(["+", "-", "~", "/", "*", ".", "=", "|", "^", "&", "!", "<", ">"]);

/**
 * The arguments of a call, or of `.irp`, from a token on. The last one of a macro with `:vararg` takes all the rest.
 */
export function readArguments(tokens: Statement, start: number, textOf: TextOf, parameters: readonly Parameter[] = [],
                              alternative?: Alternative): Argument[] {
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
    const special = alternative === undefined ? undefined : specialArgument(tokens, next, textOf, alternative);
    const end = special?.next ?? endOfArgument(tokens, next);
    args.push({ name, text: special?.text ?? argumentText(tokens, next, end, textOf) });
    next = end;
    if (tokens[next]?.kind === "punct" && tokens[next]?.text === ",") next++;
  }
  return args;
}

/** `<any text>` or `%expression`; undefined if the argument is neither. */
function specialArgument(tokens: Statement, start: number, textOf: TextOf, { numberAt }: Alternative):
{ readonly text: string; readonly next: number } | undefined {
  const first = tokens[start];
  if (first?.kind !== "punct") return undefined;
  if (first.text === "%") {
    const number = numberAt(tokens, start + 1);
    return number === undefined ? undefined : { text: `${number.value}`, next: number.next };
  }
  if (first.text !== "<") return undefined;
  for (let at = start + 1; ; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === "end") return undefined;
    if (token.kind !== "punct") continue;
    if (token.text === "!") at++;
    if (token.text === ">") return { text: textOf(first, token).slice(1, -1).replace(/!([^])/g, "$1"), next: at + 1 };
  }
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
const alternativeSubstitution = /\\(?:(@)|(\(\))|([\w.$]+)&?)|([A-Za-z_.$][\w.$]*)&?/g;

/**
 * The body with the arguments put in; a name that is no parameter stays as it is. What would be longer than `limit` is
 * cut short behind it, so that the caller sees that it is too long.
 */
export function expandBody(body: string, bound: ReadonlyMap<string, string>, instance: number, limit: number,
                           isAlternative = false): string {
  let length = body.length;
  const pattern = isAlternative ? alternativeSubstitution : substitution;
  return body.replace(pattern, (all: string, ...groups: readonly (string | undefined)[]) => {
    const [number, nothing, name, bare] = groups;
    if (number !== undefined) return `${instance}`;
    if (nothing !== undefined) return "";
    const text = bound.get(name ?? (isAlternative ? bare : undefined) ?? "") ?? all;
    length += text.length;
    return length - text.length > limit ? "" : text;
  });
}
