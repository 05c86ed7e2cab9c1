/**
 * The checker's state: one object that every function of this room takes first.
 *
 * It holds the scopes, what is known of the function being checked, the pragmas in force, and the facts about the whole unit
 * that are settled at its end (which variables are only read, which calls go through one).
 */
import type {
  CallExpr, Expression, FunctionDecl, Label, StringLiteral, SwitchCase, SymbolAttributes, Variable,
} from "../ast/program.ts";
import type {
  Attribute, AttributeSubject, Expression as SyntaxExpression, FunctionLayer, Initializer, Parameter as SyntaxParameter,
  SubscriptExpr,
} from "../ast/syntax.ts";
import type { Diagnostics, Note } from "../source/diagnostic.ts";
import type { Target } from "../source/options.ts";
import type { Loc } from "../source/source-map.ts";
import { didYouMean } from "../source/spelling.ts";
import type { CType, EnumDecl, RecordDecl, VariableLength } from "../types/ctype.ts";
import { TypeDepths } from "../types/depth.ts";
import type { Advice, Advised, AdvisedUse } from "./advice.ts";
import type { Given } from "./attribute-rules.ts";
import type { Attributes } from "./attributes.ts";
import type { CallRules } from "./call-rules.ts";
import type { Constant } from "./constants.ts";
import type { InlineRules } from "./inline.ts";
import type { Binding } from "./scope.ts";
import { Scope } from "./scope.ts";

/** What the command line says of the language. */
export interface CheckOptions {
  readonly target: Target;
  /** -fno-builtin or -ffreestanding: `memcpy` and its like are ordinary functions. */
  readonly noBuiltin: boolean;
  /** -std=: decides on implicit int and empty parameter lists. */
  readonly dialect: "c89" | "c99" | "c11" | "c17" | "c23";
  /** -fgnu89-inline: GNU's rules for `inline`, which are those of C89 too. */
  readonly gnuInline: boolean;
  /** -funsigned-char: plain `char` is unsigned. */
  readonly unsignedChar: boolean;
  /** -fshort-enums: every enumeration is as if `packed`. */
  readonly shortEnums: boolean;
  /** -fms-extensions: a tagged record without a declarator is an anonymous member. */
  readonly msExtensions: boolean;
  /** -fpack-struct=: what `#pragma pack()` goes back to; 0: nothing is packed. */
  readonly pack: number;
}

export function defaultCheckOptions(target: Target): CheckOptions {
  return {
    target, noBuiltin: false, dialect: "c17", gnuInline: false, unsignedChar: false, shortEnums: false, msExtensions: false, pack: 0,
  };
}

/** A switch whose body is being checked. */
export interface OpenSwitch {
  readonly type: CType;
  /** The value's type before promotion. */
  readonly written: CType;
  /** Statement expressions around the switch. */
  readonly path: readonly number[];
  readonly modified: ModifiedScope | undefined;
  readonly cases: SwitchCase[];
  hasDefault: boolean;
}

/** What is known of the function whose body is being checked. */
export interface FunctionState {
  readonly decl: FunctionDecl;
  readonly returns: CType;
  readonly scope: Scope;
  readonly labels: Map<string, LabelState>;
  readonly allLabels: Label[];
  readonly switches: OpenSwitch[];
  /** How many loops are open, and how many loops or switches: what `continue` and `break` need. */
  loops: number;
  breakable: number;
  /** Automatic variables in order of declaration, for -Wunused. */
  readonly locals: { readonly variable: Variable; readonly isParameter: boolean; readonly quiet: boolean }[];
  readonly gotos: {
    readonly label: LabelState; readonly path: readonly number[]; readonly modified: ModifiedScope | undefined; readonly loc: Loc;
    readonly isAsm: boolean;
  }[];
  /** Parts of the body have a syntax error: what is missing may be in them. */
  broken: boolean;
  /** There is a call of the function itself. */
  callsItself: boolean;
  /** `goto *`. */
  readonly computedGotos: { readonly modified: ModifiedScope | undefined; readonly loc: Loc }[];
  /** The statement expressions that are open, outermost first: no jump may enter one. */
  expressionPath: readonly number[];
  /** The innermost scope of a variably modified name that is open: no jump may enter one (C11 6.8.6.1p1). */
  modified: ModifiedScope | undefined;
  /** Warnings that count only where control can get: see reachable.ts. */
  readonly runTimeWarnings: RunTimeWarning[];
  /** What was written for each condition, when a warning may point at it: see uninitialized.ts. */
  readonly written: Map<Expression, SyntaxExpression> | undefined;
}

/** What follows the declaration of a name whose type has a variable length, up to the end of its block. */
export interface ModifiedScope {
  readonly outer: ModifiedScope | undefined;
  readonly loc: Loc;
}

export interface LabelState {
  readonly label: Label;
  /** Where it stands; undefined while only used. */
  defined: boolean;
  used: boolean;
  readonly firstUse: Loc;
  /** The statement expressions around its place. */
  path: readonly number[];
  modified: ModifiedScope | undefined;
  /** Where it stands, once it is defined. */
  place: Loc;
  quiet: boolean;
}

/** One declaration of a function: "names" with the parameters of an old definition, "empty" for `f()`. */
export interface LastDeclaration {
  readonly style: "prototype" | "empty" | "names";
  readonly parameters: number;
  readonly loc: Loc;
  /** Calls can be held against parameters all the same: those of a definition with "names", or of a library function. */
  readonly known: boolean;
}

/** A warning about what happens when an expression is evaluated. */
export interface RunTimeWarning {
  readonly name: string;
  readonly loc: Loc;
  readonly message: string;
  readonly notes: readonly Note[];
  /** The location of the expression. */
  readonly evaluated: Loc;
}

export interface SectionUse {
  readonly sort: "code" | "constants" | "data";
  readonly name: string;
  readonly loc: Loc;
}

export interface PushedEntry {
  readonly attributes: readonly Attribute[];
  readonly subjects: readonly AttributeSubject[];
  /** Some declaration got it. */
  used: boolean;
}

/** `#pragma clang attribute push(...)`. */
export interface PushedAttributes {
  readonly loc: Loc;
  readonly namespace: string | undefined;
  readonly entries: PushedEntry[];
}

/** How often a variable is named in evaluated code, and how often it is only read. */
export interface Uses {
  named: number;
  read: number;
  /** By `=`, `op=`, `++` and `--` on the whole variable. */
  written: number;
  /** Also named where nothing is evaluated. */
  unevaluated: boolean;
}

export interface Checker {
  readonly diagnostics: Diagnostics;
  readonly options: CheckOptions;
  readonly fileScope: Scope;
  scope: Scope;
  function: FunctionState | undefined;
  /** Over 0 inside `sizeof`, `typeof` and what else is not evaluated. */
  unevaluated: number;
  /** Where the sizes of variable-length arrays are computed, if they are: see variable-length.ts. */
  sizes: Expression[] | undefined;
  /** Variables that hold such lengths. */
  readonly lengths: Map<VariableLength, Variable>;
  /** Bounds that no code has evaluated yet. */
  readonly bounds: Map<VariableLength, SyntaxExpression>;
  /** Scopes of parameter lists that declare tags or enumeration constants. */
  readonly prototypeScopes: Map<FunctionLayer, Scope>;
  /** The pointers to variable-length arrays. */
  readonly arrays: Map<Variable, Variable>;
  /** Names that were looked for among all others; a file of errors is not searched for each (clang's -fspell-checking-limit). */
  spellingsTried: number;
  /** The element whose address is being taken. */
  addressed: SubscriptExpr | undefined;
  /** Within `__builtin_preserve_access_index` or its like. */
  preserving: boolean;
  /** The record whose members are being declared. */
  enclosing: RecordDecl | undefined;
  /** Statements of functions and statement expressions go here while a full expression is checked. */
  readonly functions: FunctionDecl[];
  readonly variables: Variable[];
  readonly fileAsm: { text: string; loc: Loc }[];
  /** All entities with linkage, also those declared in blocks (C11 6.2.2p4). */
  readonly linked: Map<string, FunctionDecl | Variable>;
  /** Literals by element size and bytes: equal ones are one object. */
  readonly strings: Map<string, StringLiteral>;
  /** Values of const-qualified objects that a constant may read. */
  readonly constants: Map<Variable, Constant>;
  readonly uses: Map<Variable, Uses>;
  /** Declared `unused` or `used`, or in some way not to be warned of. */
  readonly quiet: Set<FunctionDecl | Variable>;
  readonly usedFunctions: Set<FunctionDecl>;
  /** Named anywhere, evaluated or not: no -Wunused for these. */
  readonly noted: Set<FunctionDecl | Variable>;
  /** Statement expressions so far, to tell them apart. */
  statementExpressions: number;
  /** Calls whose callee is read from a variable with static storage: see constant-pointers.ts. */
  readonly indirectCalls: { readonly call: CallExpr; readonly variable: Variable }[];
  /** What calls through an entity must heed; a record's member is known by its place. */
  readonly callRules: Map<FunctionDecl | Variable | Loc, CallRules>;
  /** How a function was declared last, but for calls of an undeclared name. */
  readonly declaredLast: Map<FunctionDecl, LastDeclaration>;
  /** How constant character arrays and pointers are initialised: a format may be one. */
  readonly texts: Map<Variable, Initializer>;
  /** `deprecated`, `error` and `warning` attributes by entity. */
  readonly advice: Map<Advised, Advice>;
  /** Who was first put in a section by name, and what it is. */
  readonly sections: Map<string, SectionUse>;
  /** The symbols that `asm("symbol")` gave. */
  readonly labels: Map<FunctionDecl | Variable, { readonly label: string; readonly loc: Loc }>;
  /** The uses in the declaration being read, whose own advice is not known yet: see advice.ts. */
  advisedUses: AdvisedUse[] | undefined;
  readonly packs: { readonly label: string | undefined; readonly value: number; readonly loc: Loc }[];
  pack: number;
  readonly pushed: PushedAttributes[];
  readonly visibilities: NonNullable<SymbolAttributes["visibility"]>[];
  readonly renamed: Map<string, string>;
  readonly weakNames: Map<string, { readonly target: string | undefined; readonly loc: Loc }>;
  /** Where entities with linkage are defined, for "redefinition". */
  readonly definedAt: Map<FunctionDecl | Variable, Loc>;
  readonly inlines: Map<FunctionDecl, InlineRules>;
  /** Records whose `{ ... }` has been seen, with its place. */
  readonly definedRecords: Map<RecordDecl, Loc>;
  /** Enumerations whose `{ ... }` is being read. */
  readonly openEnums: Set<EnumDecl>;
  /** Records that lack members because of a syntax error, or whose layout depends on what was in error. */
  readonly brokenRecords: Map<RecordDecl, "members" | "layout">;
  readonly depths: TypeDepths;
  /** Records that are being completed because another one needs them. */
  completing: number;
  /** Errors that count only when the function that they are in is emitted. */
  readonly deferred: Map<FunctionDecl, { readonly loc: Loc; readonly message: string }[]>;
  /** Variables at file scope that stand for a register. */
  readonly globalRegisters: Set<Variable>;
  /** Variables declared `register`: their address cannot be taken. */
  readonly registers: Set<Variable>;
  /** GNU vector types by element and length. */
  readonly vectors: Map<string, CType>;
  /** Constants that were named by an enumerator, with its enumeration: in C their type is an integer type. */
  readonly enumerators: WeakMap<Expression, CType>;
  /** What `*` makes of a null pointer: to be warned of when it is read or written. */
  readonly nullObjects: WeakSet<Expression>;
  /** What attributes say of a parameter, where it has some. */
  readonly parameterAttributes: WeakMap<SyntaxParameter, Attributes>;
  /** The attributes of an entity with linkage, from all its declarations. */
  readonly given: Map<FunctionDecl | Variable, Given>;
  /** Functions whose result must be used (`warn_unused_result`). */
  readonly mustUse: Set<FunctionDecl>;
  /** Functions that are called for their result alone, by the word of their attribute. */
  readonly withoutEffect: Map<FunctionDecl, "pure" | "const">;
}

export function createChecker(diagnostics: Diagnostics, options: CheckOptions): Checker {
  const fileScope = new Scope(undefined, "file");
  return {
    diagnostics,
    options,
    fileScope,
    scope: fileScope,
    function: undefined,
    unevaluated: 0,
    sizes: undefined,
    lengths: new Map(),
    bounds: new Map(),
    prototypeScopes: new Map(),
    arrays: new Map(),
    spellingsTried: 0,
    addressed: undefined,
    preserving: false,
    enclosing: undefined,
    functions: [],
    variables: [],
    fileAsm: [],
    linked: new Map(),
    strings: new Map(),
    constants: new Map(),
    uses: new Map(),
    quiet: new Set(),
    usedFunctions: new Set(),
    noted: new Set(),
    statementExpressions: 0,
    indirectCalls: [],
    callRules: new Map(),
    declaredLast: new Map(),
    texts: new Map(),
    advice: new Map(),
    sections: new Map(),
    labels: new Map(),
    advisedUses: undefined,
    packs: [],
    pack: options.pack,
    pushed: [],
    visibilities: [],
    renamed: new Map(),
    weakNames: new Map(),
    definedAt: new Map(),
    inlines: new Map(),
    definedRecords: new Map(),
    openEnums: new Set(),
    brokenRecords: new Map(),
    depths: new TypeDepths(),
    completing: 0,
    deferred: new Map(),
    globalRegisters: new Set(),
    registers: new Set(),
    vectors: new Map(),
    enumerators: new WeakMap(),
    nullObjects: new WeakSet(),
    parameterAttributes: new WeakMap(),
    given: new Map(),
    mustUse: new Set(),
    withoutEffect: new Map(),
  };
}

export function error(c: Checker, loc: Loc, message: string, notes: readonly Note[] = []): void {
  c.diagnostics.error(loc, message, notes);
}

export function warn(c: Checker, name: string, loc: Loc, message: string, notes: readonly Note[] = []): void {
  c.diagnostics.warning(name, loc, message, notes);
}

/**
 * A warning about what happens when the expression at `evaluated` is evaluated: nothing is said of operands that are not, nor of code
 * that control cannot get to, which the end of the function tells.
 */
export function warnAtRunTime(
  c: Checker, name: string, loc: Loc, message: string, notes: readonly Note[] = [], evaluated: Loc = loc,
): void {
  if (c.unevaluated > 0) return;
  const list = c.function?.runTimeWarnings;
  if (list === undefined) warn(c, name, loc, message, notes);
  else if (c.diagnostics.enabled(name, loc)) list.push({ name, loc, message, notes, evaluated });
}

/**
 * An error about what cannot be compiled for BPF, though it is C: it counts when the function around it is emitted, since
 * headers hold inline functions that nobody calls. Nothing is said of operands that are not evaluated.
 */
export function refuseAtRunTime(c: Checker, loc: Loc, message: string): void {
  if (c.unevaluated > 0) return;
  const decl = c.function?.decl;
  if (decl === undefined) {
    error(c, loc, message);
    return;
  }
  const list = c.deferred.get(decl);
  if (list === undefined) c.deferred.set(decl, [{ loc, message }]);
  else list.push({ loc, message });
}

/** Runs `work` in a new scope. */
export function inScope<T>(c: Checker, kind: Scope["kind"], work: () => T): T {
  const outer = c.scope;
  const modified = c.function?.modified;
  c.scope = new Scope(outer, kind);
  try {
    return work();
  } finally {
    c.scope = outer;
    if (c.function !== undefined) c.function.modified = modified;
  }
}

/** Runs `work` where nothing is evaluated: names do not count as used by code. */
export function unevaluated<T>(c: Checker, work: () => T): T {
  c.unevaluated++;
  try {
    return work();
  } finally {
    c.unevaluated--;
  }
}

/** Counts a naming of a variable in evaluated code. */
export function countUse(c: Checker, variable: Variable): void {
  let uses = c.uses.get(variable);
  if (uses === undefined) {
    uses = { named: 0, read: 0, written: 0, unevaluated: false };
    c.uses.set(variable, uses);
  }
  if (c.unevaluated > 0) uses.unevaluated = true;
  else uses.named++;
}

/** Counts that a naming only changes the variable. */
export function countWrite(c: Checker, expression: Expression): void {
  if (c.unevaluated > 0 || expression.kind !== "variable") return;
  const uses = c.uses.get(expression.variable);
  if (uses !== undefined) uses.written++;
}

/** Counts that a naming is only a read of the value. */
export function countRead(c: Checker, expression: Expression): void {
  if (c.unevaluated > 0 || expression.kind !== "variable") return;
  const uses = c.uses.get(expression.variable);
  if (uses !== undefined) uses.read++;
}

/** Spellings that are looked for in one file. */
const spellingLimit = 50;

/** `; did you mean ...?` with the visible ordinary name of such a kind that is closest, if one is close. */
export function suggestName(c: Checker, name: string, isMeant: (kind: Binding["kind"]) => boolean): string {
  if (c.spellingsTried++ >= spellingLimit) return "";
  const names: string[] = [];
  for (const other of c.scope.visibleNames()) {
    const found = c.scope.find(other);
    if (found !== undefined && isMeant(found.kind)) names.push(other);
  }
  return didYouMean(name, names);
}
