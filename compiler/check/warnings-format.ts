/**
 * -Wformat and its kin: calls of functions that take a printf or scanf format. The format is looked for in the argument's syntax,
 * through conditions, offsets, constant variables and calls with `format_arg`; each literal that is found is held against the
 * arguments.
 *
 * A warning about the format points into the literal; where that is a variable's, it points at the argument, with a note at the
 * literal.
 */
import type { CallExpr as CheckedCallExpr, Expression, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import {
  elementOf, integerOf, intType, isArray, isBool, isCharacter, isConst, isFloat, isPointer, isVoid, pointee, pointerTo,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { promoteArgument } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { printType, quoteType } from "../types/print.ts";
import { isNullConstant } from "./build.ts";
import type { CallRules, FormatRule } from "./call-rules.ts";
import { evaluate, evaluateInteger } from "./constants.ts";
import { type Checker, unevaluated, warn } from "./context.ts";
import { checkValue } from "./expressions.ts";
import {
  type Amount, type Directive, flagFits, type FormatFamily, type FormatItem, lengthFits, precisionFits, readFormat, type Wanted,
  wantedBy,
} from "./format.ts";
import { parseString, placeOfByte, plainChar } from "./literals.ts";
import { isTruthValue } from "./warnings-operators.ts";

/** A call whose arguments are checked. */
export interface RuledCall {
  readonly syntax: Syntax.CallExpr;
  readonly rules: CallRules;
  /** The arguments as written, and as they are passed. */
  readonly written: readonly Expression[];
  readonly passed: CheckedCallExpr["arguments"];
}

export function warnFormats(c: Checker, call: RuledCall): void {
  for (const rule of call.rules.formats) {
    const argument = call.syntax.arguments[rule.format];
    if (argument === undefined) {
      warn(c, "format", call.syntax.end, "format string missing");
      continue;
    }
    if (rule.family === "other") continue;
    const check = new FormatCheck(c, call, rule, rule.family, argument);
    check.run();
  }
}

/** How much is known of a format: nothing; that it does no harm; all. */
type Knowledge = 0 | 1 | 2;

class FormatCheck {
  private readonly c: Checker;
  private readonly call: RuledCall;
  private readonly rule: FormatRule;
  private readonly family: FormatFamily;
  private readonly argument: Syntax.Expression;
  /** Index of the first argument for the format. */
  private readonly first: number;
  /** The highest of the first unused arguments, or "none" once a literal uses all. */
  private unused: number | "none" | undefined;

  constructor(c: Checker, call: RuledCall, rule: FormatRule, family: FormatFamily, argument: Syntax.Expression) {
    this.c = c;
    this.call = call;
    this.rule = rule;
    this.family = family;
    this.argument = argument;
    this.first = rule.first ?? 0;
  }

  run(): void {
    const found = this.follow(this.argument, 0n, false);
    const { unused } = this;
    if (typeof unused === "number") {
      const argument = this.call.syntax.arguments[this.first + unused];
      if (argument !== undefined) {
        warn(this.c, "format-extra-args", startOf(argument), "data argument not used by format string");
      }
    }
    if (found !== 0) return;
    const loc = startOf(this.argument);
    if (this.call.syntax.arguments.length !== this.first) {
      warn(this.c, "format-nonliteral", loc, "format string is not a string literal");
      return;
    }
    const treat = { at: loc, ranges: [], insert: "\"%s\", " };
    warn(this.c, "format-security", loc, "format string is not a string literal (potentially insecure)",
      this.family === "printf" ? [{ place: treat, message: "treat the string as an argument to avoid this" }] : []);
  }

  // ---- Where the format is ----

  private value(e: Syntax.Expression): Expression {
    return unevaluated(this.c, () => checkValue(this.c, e));
  }

  /** Follows an expression to the literals that it may be; `skip` bytes of them are left out. */
  private follow(e: Syntax.Expression, skip: bigint, isElsewhere: boolean): Knowledge {
    switch (e.kind) {
      case "paren":
        return this.follow(e.inner, skip, isElsewhere);
      case "cast":
        return isNullConstant(this.value(e)) ? 1 : this.follow(e.operand, skip, isElsewhere);
      case "number":
        return isNullConstant(this.value(e)) ? 1 : 0;
      case "string":
        return this.literal(e, undefined, skip, isElsewhere);
      case "conditional":
        return this.branches(e, skip, isElsewhere);
      case "binary":
        return this.moved(e, skip, isElsewhere);
      case "unary":
        if (e.operator === "&" && e.operand.kind === "subscript") {
          const index = evaluateInteger(this.c, this.value(e.operand.index));
          return index === undefined ? 0 : this.follow(e.operand.base, skip + index, isElsewhere);
        }
        return 0;
      case "call":
        return this.translated(e, skip, isElsewhere);
      case "identifier":
        return this.named(e, skip);
      default:
        return 0;
    }
  }

  private branches(e: Syntax.ConditionalExpr, skip: bigint, isElsewhere: boolean): Knowledge {
    const known = evaluate(this.c, this.value(e.condition));
    const truth = known === undefined ? undefined : known.kind === "address" ? true : Number(known.value) !== 0;
    const left = truth === false ? 1 : this.follow(e.then ?? e.condition, skip, isElsewhere);
    if (left === 0 || truth === true) return left;
    const right = this.follow(e.else, skip, isElsewhere);
    return truth !== false && left < right ? left : right;
  }

  /** `"..." + 2` */
  private moved(e: Syntax.BinaryExpr, skip: bigint, isElsewhere: boolean): Knowledge {
    if (e.operator !== "+" && e.operator !== "-") return 0;
    const left = evaluateInteger(this.c, this.value(e.left));
    if (left !== undefined) return e.operator === "+" ? this.follow(e.right, skip + left, isElsewhere) : 0;
    const right = evaluateInteger(this.c, this.value(e.right));
    if (right === undefined) return 0;
    return this.follow(e.left, e.operator === "+" ? skip + right : skip - right, isElsewhere);
  }

  /** A call of a function with `format_arg`. */
  private translated(e: Syntax.CallExpr, skip: bigint, isElsewhere: boolean): Knowledge {
    const binding = e.callee.kind === "identifier" ? this.c.scope.find(e.callee.name) : undefined;
    const rules = binding?.kind === "function" ? this.c.callRules.get(binding.function) : undefined;
    let found: Knowledge | undefined;
    for (const index of rules?.formatArguments ?? []) {
      const argument = e.arguments[index];
      const one = argument === undefined ? 0 : this.follow(argument, skip, isElsewhere);
      found ??= one;
    }
    return found ?? 0;
  }

  private named(e: Syntax.IdentifierExpr, skip: bigint): Knowledge {
    const binding = this.c.scope.find(e.name);
    // __func__ and its like hold no directives.
    if (binding === undefined) return 1;
    if (binding.kind !== "variable") return 0;
    const { variable } = binding;
    const text = this.c.texts.get(variable);
    if (text !== undefined) return this.initializer(text, variable, skip);
    return this.isPassedOn(variable) ? 1 : 0;
  }

  private initializer(text: Syntax.Initializer, variable: Variable, skip: bigint): Knowledge {
    const only = text.kind === "initializerList" && text.items.length === 1 ? text.items[0]?.value : text;
    if (only === undefined || only.kind === "initializerList") return 0;
    const t = canonical(variable.type);
    const size = t.kind === "array" && typeof t.length === "number" ? t.length : undefined;
    return only.kind === "string" ? this.literal(only, size, skip, true) : this.follow(only, skip, true);
  }

  /** Is it the format parameter of a function with such a rule of its own, whose callers are warned? */
  private isPassedOn(variable: Variable): boolean {
    const state = this.c.function;
    const isParameter = state?.locals.some((local) => local.isParameter && local.variable === variable) === true;
    if (state === undefined || !isParameter) return false;
    const { type } = state.decl;
    return (this.c.callRules.get(state.decl)?.formats ?? []).some((rule) => {
      if (rule.family !== this.family || type.parameters[rule.format]?.name !== variable.name) return false;
      // Its variable arguments reach another function in a va_list only.
      return rule.first !== undefined && !type.variadic ? this.rule.first !== undefined : this.rule.first === undefined;
    });
  }

  // ---- A literal against the arguments ----

  private literal(e: Syntax.StringLiteral, size: number | undefined, skip: bigint, isElsewhere: boolean): Knowledge {
    const { literal } = parseString(this.c, e);
    const length = literal.bytes.length / literal.elementSize - 1;
    if (skip < 0n || skip > BigInt(length)) return 0;
    const start = Number(skip);
    const warnAt = (name: string, at: number, message: string): void =>
      this.warnAt(e, isElsewhere, name, start + at, message);
    const atStart = (name: string, message: string): void => {
      if (isElsewhere) warn(this.c, name, this.argument.loc, message, [definedAt(e.loc)]);
      else warn(this.c, name, e.loc, message);
    };
    if (literal.elementSize !== 1) {
      atStart("format", "format string should not be a wide string");
      return 2;
    }
    const bytes = literal.bytes.subarray(start, Math.max(start, Math.min(length, (size ?? length + 1) - 1)));
    if (size !== undefined && size <= length && !literal.bytes.subarray(0, size).includes(0)) {
      atStart("format", "format string is not null-terminated");
    } else if (bytes.length === 0 && this.call.syntax.arguments.length > this.first) {
      atStart("format-zero-length", "format string is empty");
    } else {
      this.compare(bytes, warnAt, isElsewhere ? (at) => placeOfByte(this.c, e, start + at) : undefined);
    }
    return 2;
  }

  private warnAt(e: Syntax.StringLiteral, isElsewhere: boolean, name: string, at: number, message: string): void {
    if (!this.c.diagnostics.enabled(name, isElsewhere ? this.argument.loc : e.loc)) return;
    const place = placeOfByte(this.c, e, at);
    if (isElsewhere) warn(this.c, name, this.argument.loc, message, [definedAt(place)]);
    else warn(this.c, name, place, message);
  }

  private compare(
    bytes: Uint8Array, warnAt: Matching["warnAt"], elsewhere: Matching["elsewhere"],
  ): void {
    const count = Math.max(this.call.syntax.arguments.length - this.first, 0);
    const used = new Set<number>();
    let positional: boolean | undefined;
    for (const item of readFormat(bytes, this.family, this.c.options.dialect === "c89")) {
      if (!this.take(item, { count, used, warnAt, elsewhere, positional })) return;
      if (item.kind === "directive" && item.consumes) positional ??= item.positional;
    }
    if (this.rule.first === undefined) return;
    let unused = 0;
    while (used.has(unused)) unused++;
    if (unused >= count) this.unused = "none";
    else if (this.unused !== "none") this.unused = Math.max(this.unused ?? 0, unused);
  }

  /** Looks at one item; false when the rest of the format cannot be matched with arguments. */
  private take(item: FormatItem, state: Matching): boolean {
    switch (item.kind) {
      case "problem":
        state.warnAt("format", item.at, item.message);
        return false;
      case "unknown":
        state.warnAt("format-invalid-specifier", item.at, `invalid conversion specifier '${item.text}'`);
        if (item.argument >= state.count) return false;
        state.used.add(item.argument);
        return true;
      case "directive":
        return this.directive(item, state);
    }
  }

  private directive(d: Directive, state: Matching): boolean {
    const { count, used, warnAt } = state;
    if (d.consumes && state.positional !== undefined && state.positional !== d.positional) {
      warnAt("format", d.at, "cannot mix positional and non-positional arguments in format string");
      return false;
    }
    if (this.family === "printf") {
      if (!this.amount(d.width, "width", state) || !this.amount(d.precision, "precision", state)) return false;
    } else if (d.width?.value === 0) {
      warnAt("format", d.width.at, "zero field width in scanf format string is unused");
    }
    if (!d.consumes) return true;
    if (d.argument < count) used.add(d.argument);
    if (this.family === "printf") this.parts(d, warnAt);
    const { length } = d;
    if (length !== undefined && !lengthFits(length.text, d.conversion)) {
      warnAt("format", length.at,
        `length modifier '${length.text}' results in undefined behavior or no effect with '${d.conversion}' ` +
        "conversion specifier");
    }
    if (this.rule.first === undefined) return true;
    if (d.argument >= count) {
      if (d.positional) {
        warnAt("format", d.at,
          `data argument position '${d.argument + 1}' exceeds the number of data arguments (${count})`);
      } else warnAt("format-insufficient-args", d.at, "more '%' conversions than data arguments");
      this.unused = "none";
      return false;
    }
    this.match(d, state);
    return true;
  }

  /** A width or precision that is an argument must be an int. */
  private amount(amount: Amount | undefined, what: "width" | "precision", { count, used, warnAt }: Matching): boolean {
    if (amount?.kind !== "argument" || this.rule.first === undefined) return true;
    if (amount.value >= count) {
      warnAt("format", amount.at,
        `'${what === "width" ? "*" : ".*"}' specified field ${what} is missing a matching 'int' argument`);
      return false;
    }
    used.add(amount.value);
    const type = this.call.passed[this.first + amount.value]?.type;
    if (type === undefined || matchesType(intType, type, false) !== "no") return true;
    warnAt("format", amount.at, `field ${what} should have type 'int', but argument has type ${quoteType(type)}`);
    return false;
  }

  /** Flags, width and precision that mean nothing together. */
  private parts(d: Directive, warnAt: Matching["warnAt"]): void {
    const { conversion, flags } = d;
    const tail = `with '${conversion}' conversion specifier`;
    if (d.width !== undefined && conversion === "n") {
      warnAt("format", d.width.at, `field width used ${tail}, resulting in undefined behavior`);
    }
    if (d.precision !== undefined && !precisionFits(conversion)) {
      warnAt("format", d.precision.at, `precision used ${tail}, resulting in undefined behavior`);
    }
    for (const [flag, at] of flags) {
      if (!flagFits(flag, conversion)) warnAt("format", at, `flag '${flag}' results in undefined behavior ${tail}`);
    }
    for (const [ignored, by] of [[" ", "+"], ["0", "-"]] as const) {
      const at = flags.get(ignored);
      if (at === undefined || !flags.has(by)) continue;
      warnAt("format", at, `flag '${ignored}' is ignored when flag '${by}' is present`);
    }
  }

  // ---- The type of an argument ----

  private match(d: Directive, state: Matching): void {
    const index = this.first + d.argument;
    const syntax = this.call.syntax.arguments[index];
    const passed = this.call.passed[index];
    const written = this.call.written[index];
    const wanted = wantedBy(d, this.family);
    if (wanted === undefined || syntax === undefined || passed === undefined || written === undefined) return;
    const found = this.family === "printf" ? this.printed(d, wanted, syntax, passed.type, written.type, state) : {
      match: matches(wanted, passed.type), type: passed.type,
    };
    if (found === undefined || found.match === "yes") return;
    const isEnum = canonical(found.type).kind === "enum" && this.family === "printf";
    const type = isEnum ? integerOf(found.type) ?? found.type : found.type;
    const message = `format specifies type ${quoteWanted(wanted)} but the argument has ${isEnum ? "underlying " : ""}` +
      `type ${quoteType(type)}`;
    // clang 19 gives those about signedness under the name of the others.
    if (found.match === "signedness" && !this.c.diagnostics.enabled("format-signedness", startOf(syntax))) return;
    this.warnArgument(namesOf[found.match], syntax, message, state, d.start);
  }

  private warnArgument(
    name: string, syntax: Syntax.Expression, message: string, state: Matching, at: number, loc = startOf(syntax),
  ): void {
    if (state.elsewhere === undefined) warn(this.c, name, loc, message);
    else warn(this.c, name, loc, message, [definedAt(state.elsewhere(at))]);
  }

  /** printf's arguments are promoted: the type before that counts, and a character constant is meant as a `char`. */
  private printed(
    d: Directive, wanted: Wanted, syntax: Syntax.Expression, passed: CType, written: CType, state: Matching,
  ): { readonly match: Match; readonly type: CType } | undefined {
    if (d.conversion === "c" && (isBool(written) || isTruthValue(syntax))) {
      const text = `%${[...d.flags.keys()].join("")}${d.length?.text ?? ""}c`;
      const message = `using '${text}' format specifier, but argument has boolean value`;
      this.warnArgument("format", syntax, message, state, d.start, syntax.loc);
      return undefined;
    }
    const whole = matches(wanted, passed);
    let match = whole;
    let type = passed;
    let narrow: Match | undefined;
    if (match === "yes") return undefined;
    if (isPromoted(written, passed)) {
      type = written;
      if (canonical(passed).kind !== "float") {
        narrow = matches(wanted, written);
        if (narrow === "yes" || (whole === "signedness" && narrow !== "signedness")) return undefined;
      }
    } else if (
      syntax.kind === "character" && compatibleUnqualified(passed, intType) && d.length?.text !== "hh" && this.isByte(syntax)
    ) {
      type = plainChar(this.c);
      if (match === "promoted") match = "no";
    }
    if (match === "promoted") {
      if (narrow !== "narrower" && narrow !== "confusion") return undefined;
      match = "no";
    }
    if (narrow === "pedantic" || narrow === "confusion") match = narrow;
    return { match, type };
  }

  private isByte(syntax: Syntax.CharacterLiteral): boolean {
    const value = evaluateInteger(this.c, this.value(syntax));
    return value !== undefined && BigInt.asUintN(32, value) < 256n;
  }
}

function definedAt(place: Loc): Note {
  return { place, message: "format string is defined here" };
}

/** What goes with one literal. */
interface Matching {
  readonly count: number;
  readonly used: Set<number>;
  readonly warnAt: (name: string, at: number, message: string) => void;
  /** The place of a byte of a literal that is not in the call. */
  readonly elsewhere: ((at: number) => Loc) | undefined;
  readonly positional: boolean | undefined;
}

/**
 * How an argument's type goes with what is wanted. "promoted": it is what that is promoted to; "narrower": only promotion made it
 * wide enough.
 */
type Match = "yes" | "promoted" | "no" | "pedantic" | "signedness" | "confusion" | "narrower";

const namesOf: Readonly<Record<Match, string>> = {
  yes: "format", promoted: "format", no: "format", narrower: "format", signedness: "format", pedantic: "format-pedantic",
  confusion: "format-type-confusion",
};

/** Does the type become the other by promotion? A bit-field's type need not. */
function isPromoted(written: CType, passed: CType): boolean {
  const from = integerOf(written);
  if (from === undefined && !isFloat(written)) return false;
  if (canonical(written) === canonical(passed)) return false;
  return compatibleUnqualified(promoteArgument(written), passed);
}

function quoteWanted(wanted: Wanted): string {
  const type = wanted.pointer ? pointerTo(wanted.type) : wanted.type;
  const text = printType(type);
  if (wanted.name === undefined) return `'${text}'`;
  const name = !wanted.pointer ? wanted.name : wanted.name.endsWith("*") ? `${wanted.name}*` : `${wanted.name} *`;
  return name === text ? `'${text}'` : `'${name}' (aka '${text}')`;
}

function matches(wanted: Wanted, argument: CType): Match {
  let type = argument;
  if (wanted.pointer) {
    if (!isPointer(type) || isConst(pointee(type))) return "no";
    type = pointee(type);
  }
  switch (wanted.kind) {
    case "type":
      return matchesType(wanted.type, type, wanted.pointer);
    case "character":
      return matchesCharacter(type, wanted.pointer);
    case "string":
      return isPointer(type) && isCharacter(pointee(type)) ? "yes" : "no";
    case "wideString":
      return isPointer(type) && compatibleUnqualified(pointee(type), intType) ? "yes" : "no";
    case "wideCharacter": {
      const promoted = integerOf(type) === undefined ? undefined : integerOf(promoteArgument(type));
      return promoted?.name === "int" ? "yes" : "no";
    }
    case "pointer":
      if (!isPointer(type)) return "no";
      return isVoid(pointee(type)) ? "yes" : "pedantic";
  }
}

function matchesCharacter(type: CType, pointer: boolean): Match {
  const t = integerOf(type);
  if (t === undefined || t.name === "_BitInt") return "no";
  if (t.rank === 1 || (t.name === "_Bool" && !pointer)) return "yes";
  if (pointer) return "no";
  return t.rank === 3 ? "promoted" : t.rank === 2 ? "narrower" : "no";
}

function matchesType(wanted: CType, argument: CType, pointer: boolean): Match {
  const want = canonical(wanted);
  const type = integerOf(argument) ?? canonical(argument);
  if (type.kind === "float" && want.kind === "float") {
    if (type.name === want.name) return "yes";
    return !pointer && want.name === "double" && type.size < 8 ? "promoted" : "no";
  }
  if (type.kind !== "integer" || want.kind !== "integer" || type.name === "_BitInt") return "no";
  if (type.name === want.name) return "yes";
  if (type.name === "char" && want.name === (type.signed ? "signed char" : "unsigned char")) return "yes";
  if (type.name === "_Bool") {
    if (pointer) return "no";
    if (want.rank === 3) return "promoted";
    return want.rank === 2 ? "confusion" : want.name === "unsigned char" ? "signedness" : "no";
  }
  if (type.rank === want.rank) return "signedness";
  if (type.rank === 1 && want.rank === 2) return "confusion";
  if (pointer) return "no";
  switch (type.rank) {
    case 1:
      return want.rank === 3 ? "promoted" : "no";
    case 2:
      return want.rank === 1 ? "narrower" : want.rank === 3 ? "promoted" : "no";
    case 3:
      return want.rank <= 2 ? "promoted" : "no";
    default:
      return "no";
  }
}

/** Remembers how a constant text is initialised: an array of constant characters, or a constant pointer to such. */
export function noteText(c: Checker, variable: Variable, initializer: Syntax.Initializer): void {
  const { type } = variable;
  const isText = isArray(type) ? isConst(elementOf(type)) && isCharacter(elementOf(type))
    : isPointer(type) && isConst(type) && isConst(pointee(type)) && isCharacter(pointee(type));
  if (isText) c.texts.set(variable, initializer);
}
