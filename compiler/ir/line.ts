/**
 * The tokens of one line of IR text, for parse.ts.
 *
 * A token is a string, a name, `@symbol`, `!location`, a number, `->`, `..` or a single character; `;` starts a
 * comment. A mistake throws `Error` with the line's number.
 */
import type { Type } from "./ops.ts";

const tokenPattern = /\s*("(?:[^"\\]|\\.)*"|->|\.\.|-?\d+|[A-Za-z_][A-Za-z0-9_]*|@[^\s(),[\]]+|!-?\d+|[^\s])/y;

/** The tokens of one line. */
export class Line {
  readonly number: number;
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(text: string, number: number) {
    this.number = number;
    tokenPattern.lastIndex = 0;
    for (let match = tokenPattern.exec(text); match !== null && match[1] !== ";"; match = tokenPattern.exec(text)) {
      this.tokens.push(match[1]);
    }
  }

  fail(message: string): never {
    throw new Error(`line ${this.number}: ${message}${this.atEnd() ? "" : `, saw '${this.peek()}'`}`);
  }
  atEnd(): boolean { return this.at >= this.tokens.length; }
  peek(ahead = 0): string { return this.tokens[this.at + ahead] ?? ""; }
  next(): string {
    if (this.atEnd()) this.fail("unexpected end of line");
    return this.tokens[this.at++];
  }
  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }
  expect(token: string): void {
    if (!this.accept(token)) this.fail(`expected '${token}'`);
  }
  string(): string {
    const token = this.next();
    if (!token.startsWith('"')) this.fail("expected a string");
    return JSON.parse(token) as string;
  }
  integer(): bigint {
    const token = this.next();
    if (!/^-?\d+$/.test(token)) throw new Error(`line ${this.number}: expected a number, saw '${token}'`);
    return BigInt(token);
  }
  number32(): number { return Number(this.integer()); }
  isType(): boolean { return ["i32", "i64", "ptr", "void"].includes(this.peek()); }
  type(): Type {
    const token = this.next();
    if (token !== "i32" && token !== "i64" && token !== "ptr" && token !== "void") {
      throw new Error(`line ${this.number}: expected a type, saw '${token}'`);
    }
    return token;
  }
  /** `v7`, `b3`, `@f`: what stands behind the first letter. */
  name(prefix: "v" | "b" | "@"): string {
    const token = this.next();
    if (!token.startsWith(prefix)) throw new Error(`line ${this.number}: expected '${prefix}...', saw '${token}'`);
    return token.slice(1);
  }
  id(prefix: "v" | "b"): number { return Number(this.name(prefix)); }
}
