/**
 * The engine under the grammar: Chevrotain's, with its inner loops replaced.
 *
 * Chevrotain records the rules, proves them LL(1) and makes the look-ahead functions. What it then does at each step
 * is general: token vectors, recovery, rule stacks, exceptions with messages. Here the same steps run over a token
 * source and do no more than they must, which makes them several times as fast and, more important, lets a rule call
 * take three stack frames in place of five: programs nest 256 brackets deep on Node's ordinary stack.
 *
 * The methods named `...Internal` are Chevrotain's own (src/parse/parser/traits/recognizer_engine.ts, version 11):
 * OR, MANY, CONSUME and so on call them with the number of their occurrence in the rule. While it records, Chevrotain
 * does not.
 */
import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import type { Reporter } from "./report.ts";
import { syntaxFailure } from "./report.ts";
import { shared, terminal, types } from "./terminals.ts";
import type { TokenSource } from "./token-source.ts";

/** A rule without arguments. */
export type Rule<T> = ParserMethod<[], T> & { readonly implementation: () => T; readonly shortName: number };

interface Alternative<T> {
  readonly ALT: () => T;
}

interface Repetition<T> {
  readonly GATE?: () => boolean;
  readonly DEF: () => T;
}

/** Kinds of look-ahead function in their cache's key (chevrotain/src/parse/grammar/keys.ts). */
const orKey = 1 << 8;
const optionKey = 2 << 8;
const manyKey = 3 << 8;
const atLeastOneKey = 4 << 8;

export class Engine extends EmbeddedActionsParser {
  protected s: TokenSource;
  protected report: Reporter;
  // Chevrotain's own state: the short name of the rule that runs, all short names, and the look-ahead functions.
  declare private currRuleShortName: number;
  declare private readonly fullRuleNameToShort: Readonly<Record<string, number>>;
  declare private readonly shortRuleNameToFull: Readonly<Record<number, string>>;
  declare private readonly lookAheadFuncsCache: ReadonlyMap<number, (this: Engine, alternatives?: unknown) => unknown>;

  /** `validate` proves the grammar when it is built; tests do. */
  constructor(s: TokenSource, report: Reporter, validate: boolean) {
    super(Object.values(types), { maxLookahead: 1, skipValidations: !validate });
    this.s = s;
    this.report = report;
  }

  /** Defines a rule. */
  protected rule<T>(name: string, implementation: () => T): Rule<T> {
    const method = this.RULE(name, implementation) as ParserMethod<[], T>;
    return Object.assign(method, { implementation, shortName: this.fullRuleNameToShort[name] as number });
  }

  /** What rules are left by exception to, `restoreRule` returns to. */
  protected runningRule(): number {
    return this.currRuleShortName;
  }

  protected restoreRule(rule: number): void {
    this.currRuleShortName = rule;
  }

  // ---- Tokens ----------------------------------------------------------------------------------------------------

  protected override LA(howMuch: number): IToken {
    return howMuch === 1 ? this.LA_FAST(1) : shared[terminal.Unknown] as IToken;
  }

  protected override LA_FAST(_howMuch: number): IToken {
    return this.s.look ?? this.s.fetch();
  }

  // ---- Steps -----------------------------------------------------------------------------------------------------

  protected consumeInternal(type: TokenType): IToken {
    const look = this.s.look ?? this.s.fetch();
    if (look.tokenTypeIdx !== type.tokenTypeIdx) {
      this.report.missing(type, this.shortRuleNameToFull[this.currRuleShortName] as string);
      throw syntaxFailure;
    }
    this.s.advance();
    return look;
  }

  protected subruleInternal<T>(rule: Rule<T>): T {
    const outer = this.currRuleShortName;
    this.currRuleShortName = rule.shortName;
    const result = rule.implementation.call(this);
    this.currRuleShortName = outer;
    return result;
  }

  protected orInternal<T>(
    options: readonly Alternative<T>[] | { readonly DEF: readonly Alternative<T>[] },
    occurrence: number,
  ): T {
    const alternatives = "DEF" in options ? options.DEF : options;
    const choose = this.lookAhead(orKey | occurrence);
    const chosen = choose.call(this, alternatives);
    if (chosen === undefined) throw this.noAlternative();
    return (alternatives[chosen as number] as Alternative<T>).ALT.call(this);
  }

  protected optionInternal<T>(option: (() => T) | Repetition<T>, occurrence: number): T | undefined {
    const enters = this.lookAhead(optionKey | occurrence);
    if (typeof option === "function") return enters.call(this) === true ? option.call(this) : undefined;
    if (option.GATE !== undefined && !option.GATE.call(this)) return undefined;
    return enters.call(this) === true ? option.DEF.call(this) : undefined;
  }

  protected manyInternal<T>(occurrence: number, repetition: (() => T) | Repetition<T>): void {
    const enters = this.lookAhead(manyKey | occurrence);
    if (typeof repetition === "function") {
      while (enters.call(this) === true) {
        const before = this.s.position;
        repetition.call(this);
        if (this.s.position === before) break;
      }
      return;
    }
    const { GATE: gate, DEF: action } = repetition;
    while ((gate === undefined || gate.call(this)) && enters.call(this) === true) {
      const before = this.s.position;
      action.call(this);
      if (this.s.position === before) break;
    }
  }

  protected atLeastOneInternal<T>(occurrence: number, action: () => T): void {
    const enters = this.lookAhead(atLeastOneKey | occurrence);
    if (enters.call(this) !== true) throw this.noAlternative();
    do action.call(this);
    while (enters.call(this) === true);
  }

  private lookAhead(step: number): (this: Engine, alternatives?: unknown) => unknown {
    const found = this.lookAheadFuncsCache.get(step | this.currRuleShortName);
    if (found === undefined) throw new Error(`no look-ahead for step ${step} of rule ${this.currRuleShortName}`);
    return found;
  }

  private noAlternative(): typeof syntaxFailure {
    this.report.noAlternative(this.shortRuleNameToFull[this.currRuleShortName] as string);
    return syntaxFailure;
  }
}
