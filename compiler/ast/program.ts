/**
 * The checked program: what `check` returns and `lower` reads.
 *
 * Everything that C leaves implicit is explicit here: each expression has its type; lvalue-to-rvalue conversion
 * (`load`), array and function decay, integer promotion, usual arithmetic conversions and argument conversions are
 * nodes; `a[i]` is a dereference of a pointer addition, `p->m` a member of a dereference; initialisers are flattened to
 * (offset, value) lists; labels, cases and gotos are bound to their targets. Constants are folded where C requires a
 * constant, and where folding needs no optimiser. Lower never guesses and never reports a user error about types.
 */
import type { Loc } from "../source/source-map.ts";
import type { BitField, CType, FunctionType, Member } from "../types/ctype.ts";

export interface Program {
  /** All functions that are defined, or declared and used, in order of first declaration. */
  readonly functions: readonly FunctionDecl[];
  /** All objects with static storage that are defined (tentatively too), or declared extern and used. */
  readonly variables: readonly Variable[];
  /** File-scope `asm("...")`. */
  readonly asm: readonly { readonly text: string; readonly loc: Loc }[];
}

export type Linkage = "external" | "internal";

/** What attributes and storage classes say of a symbol, function or variable. */
export interface SymbolAttributes {
  /** `asm("name")` or the C name. For a static local: the C name; lower makes it unique as clang does (`f.name`). */
  symbol: string;
  section: string | undefined;
  weak: boolean;
  used: boolean;
  /** Undefined when nothing is said of it. */
  visibility: "default" | "hidden" | "protected" | "internal" | undefined;
  alias: string | undefined;
  /** `alias` is a name that need not be defined: a weak reference stands for it then. */
  weakref: boolean;
  /** `aligned` and `_Alignas`: bytes, 0 when not given. */
  align: number;
  declTags: string[];
  /** A tentative definition is a common symbol: what linkers put together. Undefined: as the options say. */
  common: boolean | undefined;
  /** Not filled by -ftrivial-auto-var-init. */
  uninitialized: boolean;
}

export interface FunctionDecl {
  readonly kind: "function";
  readonly name: string;
  type: FunctionType;
  readonly loc: Loc;
  linkage: Linkage;
  attributes: SymbolAttributes;
  inlining: "always" | "never" | "hint" | "none";
  naked: boolean;
  noreturn: boolean;
  /** `__attribute__((const))` / `pure`: calls have no effect. */
  pure: boolean;
  /** C99 `inline` without `extern`, GNU's `extern inline`: no external definition is emitted. */
  inlineOnly: boolean;
  /** Referenced from something that is emitted. */
  referenced: boolean;
  /** `error("...")` or `warning("...")`: to be said when a call of it is left after optimisation. */
  callAdvice: { readonly kind: "error" | "warning"; readonly message: string } | undefined;
  /** Undefined for a declaration. */
  body: FunctionBody | undefined;
}

export interface FunctionBody {
  readonly parameters: readonly Variable[];
  readonly statements: readonly Statement[];
  /** All labels of the function (address-taken ones feed computed goto). */
  readonly labels: readonly Label[];
  readonly end: Loc;
}

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  type: CType;
  readonly loc: Loc;
  /** "register" is automatic; a static local is "static" with linkage internal. */
  readonly storage: "automatic" | "static";
  linkage: Linkage | "none";
  attributes: SymbolAttributes;
  /** Static storage: "defined" has an initializer or is tentative; "extern" is only declared. */
  definition: "defined" | "tentative" | "extern";
  /**
   * Static storage: the constant initialiser; undefined means zero. Automatic variables are initialised by a statement.
   */
  initializer: StaticInitializer | undefined;
  referenced: boolean;
  /** For static locals: the function they belong to. */
  readonly owner: FunctionDecl | undefined;
}

/** The bytes of a static object, plus the addresses in it. */
export interface StaticInitializer {
  readonly bytes: Uint8Array;
  readonly addresses: readonly { readonly offset: number; readonly size: number; readonly address: AddressConstant }[];
}

/** `&symbol + addend`; a label address is bound to its function. */
export interface AddressConstant {
  readonly base: FunctionDecl | Variable | StringLiteral | Label;
  /** `&&base - &&minus`: another label of the function that is taken off. */
  readonly minus: Label | undefined;
  readonly addend: bigint;
}

/** A string literal as an object: bytes include the terminating zero; identical literals are one object per unit. */
export interface StringLiteral {
  readonly kind: "string";
  readonly bytes: Uint8Array;
  readonly elementSize: 1 | 2 | 4;
  readonly loc: Loc;
}

export interface Label {
  readonly kind: "label";
  readonly name: string;
  readonly loc: Loc;
  addressTaken: boolean;
}

// ---- Expressions ---------------------------------------------------------------------------------------------------

export type Expression =
  | IntegerConstantExpr | FloatConstantExpr | AddressExpr
  | VariableExpr | StringExpr | DereferenceExpr | MemberExpr | CompoundLiteralExpr
  | FunctionExpr | LoadExpr | DecayExpr | AddressOfExpr
  | UnaryExpr | BinaryExpr | CompareExpr | LogicalExpr | PointerAddExpr | PointerDifferenceExpr
  | ConditionalExpr | CommaExpr | AssignExpr | CompoundAssignExpr | IncrementExpr
  | CastExpr | CallExpr | BuiltinExpr | StatementExpr | RecordValueExpr;

interface ExprBase {
  readonly type: CType;
  readonly loc: Loc;
}

/** A constant of integer, enum or pointer type; `value` is wrapped to the type. */
export interface IntegerConstantExpr extends ExprBase { readonly kind: "integer"; readonly value: bigint }
export interface FloatConstantExpr extends ExprBase { readonly kind: "float"; readonly value: number }
/** `&&label`. */
export interface AddressExpr extends ExprBase { readonly kind: "labelAddress"; readonly label: Label }

// Lvalues: variable, string, dereference, member, compoundLiteral (and a `statement` or `conditional` never is one).
export interface VariableExpr extends ExprBase { readonly kind: "variable"; readonly variable: Variable }
export interface StringExpr extends ExprBase { readonly kind: "string"; readonly literal: StringLiteral }
export interface DereferenceExpr extends ExprBase {
  readonly kind: "dereference";
  readonly pointer: Expression;
  /** `array[constant]` whose place CO-RE may relocate: `pointer` is then `array + index`, or `array` for index 0. */
  readonly element?: { readonly array: Expression; readonly index: bigint };
}
/** `base.member`: base is an lvalue, or a record value (a call's result: then the member is a value, not an lvalue). */
export interface MemberExpr extends ExprBase {
  readonly kind: "member";
  readonly base: Expression;
  readonly member: Member;
  /** Position of the member in its record, for CO-RE access strings. */
  readonly index: number;
}
/** An unnamed object; static storage at file scope (then `variable.storage` is "static"). */
export interface CompoundLiteralExpr extends ExprBase {
  readonly kind: "compoundLiteral";
  readonly variable: Variable;
  readonly initializer: LocalInitializer | undefined;
}
/** A function designator; always below a decay, an addressOf or as callee. */
export interface FunctionExpr extends ExprBase { readonly kind: "functionName"; readonly function: FunctionDecl }

/** Lvalue to value (C11 6.3.2.1p2): of scalar or record type; knows a bit-field through its operand. */
export interface LoadExpr extends ExprBase { readonly kind: "load"; readonly lvalue: Expression }
/** Array lvalue -> pointer to its first element; function designator -> pointer. */
export interface DecayExpr extends ExprBase { readonly kind: "decay"; readonly lvalue: Expression }
export interface AddressOfExpr extends ExprBase { readonly kind: "addressOf"; readonly lvalue: Expression }

/** Operand is promoted already. `logicalNot` gives int. */
export interface UnaryExpr extends ExprBase {
  readonly kind: "unary";
  readonly operator: "negate" | "complement" | "logicalNot";
  readonly operand: Expression;
}
export type ArithmeticOperator = "add" | "subtract" | "multiply" | "divide" | "remainder" | "and" | "or" | "xor" | "shiftLeft" | "shiftRight";
/** Both operands have the result's type (shifts: the right operand keeps its own promoted type). */
export interface BinaryExpr extends ExprBase {
  readonly kind: "binary";
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}
/** Both operands have one type (arithmetic or pointer), whose signedness decides; result int. */
export interface CompareExpr extends ExprBase {
  readonly kind: "compare";
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly left: Expression;
  readonly right: Expression;
}
export interface LogicalExpr extends ExprBase {
  readonly kind: "logical";
  readonly operator: "&&" | "||";
  readonly left: Expression;
  readonly right: Expression;
}
/**
 * pointer + index * elementSize (index is converted to a 64-bit integer type; subtraction has a negated index by flag).
 */
export interface PointerAddExpr extends ExprBase {
  readonly kind: "pointerAdd";
  readonly pointer: Expression;
  readonly index: Expression;
  readonly elementSize: number;
  readonly subtract: boolean;
}
/** (left - right) / elementSize, type long. */
export interface PointerDifferenceExpr extends ExprBase {
  readonly kind: "pointerDifference";
  readonly left: Expression;
  readonly right: Expression;
  readonly elementSize: number;
}
/**
 * `c ? a : b`; with `then` undefined GNU's `c ?: b`, where the condition's value (converted by `conversion`) is the
 * result.
 */
export interface ConditionalExpr extends ExprBase {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression | undefined;
  readonly else: Expression;
}
export interface CommaExpr extends ExprBase { readonly kind: "comma"; readonly left: Expression; readonly right: Expression }
/** Stores `value` (converted to the unqualified type of the lvalue); its own value is what a load would then give. */
export interface AssignExpr extends ExprBase { readonly kind: "assign"; readonly lvalue: Expression; readonly value: Expression }
/**
 * `lvalue op= value`. The lvalue is evaluated once. Arithmetic: load, convert to `operationType`, operate with `value`
 * (already of that type; shift counts of their own), convert back. Pointers: operator add or subtract, `value` is the
 * index as 64-bit integer and `elementSize` is over 0.
 */
export interface CompoundAssignExpr extends ExprBase {
  readonly kind: "compoundAssign";
  readonly operator: ArithmeticOperator;
  readonly lvalue: Expression;
  readonly value: Expression;
  readonly operationType: CType;
  readonly elementSize: number;
}
/** `++`/`--`; step is 1 or the element size. */
export interface IncrementExpr extends ExprBase {
  readonly kind: "increment";
  readonly lvalue: Expression;
  readonly decrement: boolean;
  readonly prefix: boolean;
  /** Over 0 for pointers. */
  readonly elementSize: number;
}
/** Every conversion, implicit or written; from and to are told by the types (scalar to scalar, anything to void). */
export interface CastExpr extends ExprBase { readonly kind: "cast"; readonly operand: Expression; readonly implicit: boolean }
/**
 * Callee is a `functionName` or a value of pointer-to-function type; a constant pointer (helper id) is an integer
 * constant under a cast.
 */
export interface CallExpr extends ExprBase {
  readonly kind: "call";
  /** Set once more at the end of check, when a variable that holds the function turns out to be constant. */
  callee: Expression;
  readonly arguments: readonly Expression[];
}
/** A call of a builtin that is not an ordinary function. Arguments are converted to the builtin's parameter types. */
export interface BuiltinExpr extends ExprBase {
  readonly kind: "builtin";
  readonly name: BuiltinName;
  readonly arguments: readonly Expression[];
  /** Integer constants that the builtin was given or that its name implies (sizes, memory orders, info kinds). */
  readonly constants: readonly bigint[];
  /** Of "alloca": the variable-length array that the memory is for. */
  readonly array?: string;
}
/**
 * The builtins that reach lower; the constant-only ones (offsetof, types_compatible_p, choose_expr ...) are folded by
 * check.
 */
export type BuiltinName =
  | "memcpy" | "memmove" | "memset" | "memcmp" | "bcmp" | "strlen" | "strcmp" | "strncmp"
  | "bswap16" | "bswap32" | "bswap64" | "bitreverse8" | "bitreverse16" | "bitreverse32" | "bitreverse64"
  | "clz32" | "clz64" | "ctz32" | "ctz64" | "popcount32" | "popcount64" | "parity32" | "parity64" | "ffs32" | "ffs64"
  | "clrsb32" | "clrsb64" | "rotateLeft8" | "rotateLeft16" | "rotateLeft32" | "rotateLeft64"
  | "rotateRight8" | "rotateRight16" | "rotateRight32" | "rotateRight64"
  /** On floating values: their bits tell, no arithmetic is needed. */
  | "fabs" | "copysign" | "isnan" | "isinf" | "isfinite" | "isnormal" | "signbit"
  /**
   * A comparison that no operator spells, of two values of one floating type; constants: the outcomes (ir/ops.ts) that
   * make it true.
   */
  | "floatCompare"
  | "abs" | "addOverflow" | "subOverflow" | "mulOverflow"
  /** expect(value, constant): value. */
  | "expect"
  /**
   * Not decided by check (argument not constant in the front end): lower gives an op that folding decides late, else 0.
   */
  | "constantP"
  | "objectSize"
  | "unreachable" | "trap" | "assume" | "prefetch"
  /** llvm.bpf.load.byte/half/word: (ctx, offset). */
  | "skbLoad8" | "skbLoad16" | "skbLoad32"
  /**
   * Atomics: (pointer, operand...) with the width and type from the first argument's pointee; constants: memory order.
   */
  | "atomicFetchAdd" | "atomicFetchSub" | "atomicFetchAnd" | "atomicFetchOr" | "atomicFetchXor" | "atomicFetchNand"
  | "atomicAddFetch" | "atomicSubFetch" | "atomicAndFetch" | "atomicOrFetch" | "atomicXorFetch" | "atomicNandFetch"
  | "atomicFetchMin" | "atomicFetchMax" | "atomicMinFetch" | "atomicMaxFetch"
  | "atomicExchange" | "atomicLoad" | "atomicStore" | "atomicFence"
  /** (pointer, expected, desired): old value / success. */
  | "atomicCompareExchangeValue" | "atomicCompareExchangeBool"
  /** (pointer, pointer to expected, desired): bool, writes the expected object on failure. */
  | "atomicCompareExchange"
  /** CO-RE: argument is the access expression; constants: [info kind]. */
  | "preserveAccessIndex" | "preserveFieldInfo" | "preserveTypeInfo" | "preserveEnumValue" | "btfTypeId"
  | "frameAddress" | "returnAddress"
  /** (bytes as size_t): memory in the frame; constants: [alignment]. */
  | "alloca"
  /**
   * va_start's value, the first of the function's variable arguments; va_arg of the list at the address that is its
   * argument.
   */
  | "variableArguments" | "nextArgument";

/** GNU `({ ... })`; its value is the last statement's expression, or void. */
export interface StatementExpr extends ExprBase {
  readonly kind: "statement";
  readonly statements: readonly Statement[];
  readonly value: Expression | undefined;
}
/**
 * A record value that is built in place (an initialised compound literal as a value stays compoundLiteral under load).
 */
export interface RecordValueExpr extends ExprBase { readonly kind: "recordValue"; readonly initializer: LocalInitializer }

/**
 * An automatic object's initialiser, flattened. `zeroFirst` says that bytes not named by an item are zero (C11
 * 6.7.9p21); items are in evaluation order, later ones override earlier ones.
 */
export interface LocalInitializer {
  readonly zeroFirst: boolean;
  readonly items: readonly InitializerItem[];
}
export interface InitializerItem {
  /** Bytes from the start of the object. */
  readonly offset: number;
  readonly type: CType;
  /**
   * A bit-field's place, counted from the start of the whole object (as a Member's is from the start of its record).
   */
  readonly bitField: BitField | undefined;
  /**
   * Of the item's type; a `string` lvalue of array type initialises a char array (copied, zero-padded to the type's
   * size).
   */
  readonly value: Expression;
}

// ---- Statements ----------------------------------------------------------------------------------------------------

export type Statement =
  | { readonly kind: "expression"; readonly expression: Expression; readonly loc: Loc }
  | { readonly kind: "declare"; readonly variable: Variable; readonly initializer: LocalInitializer | undefined;
      /** `cleanup(f)`: called with the variable's address when its scope ends by any way. */
      readonly cleanup: FunctionDecl | undefined; readonly loc: Loc }
  | { readonly kind: "block"; readonly statements: readonly Statement[]; readonly loc: Loc; readonly end: Loc }
  | { readonly kind: "if"; readonly condition: Expression; readonly then: Statement; readonly else: Statement | undefined; readonly loc: Loc }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Statement; readonly loop: LoopHints; readonly loc: Loc }
  | { readonly kind: "do"; readonly body: Statement; readonly condition: Expression; readonly loop: LoopHints; readonly loc: Loc }
  | { readonly kind: "for"; readonly initial: readonly Statement[]; readonly condition: Expression | undefined;
      readonly step: Expression | undefined; readonly body: Statement; readonly loop: LoopHints; readonly loc: Loc }
  | SwitchStatement
  | { readonly kind: "case"; readonly case: SwitchCase; readonly body: Statement; readonly loc: Loc }
  | { readonly kind: "default"; readonly body: Statement; readonly loc: Loc }
  | { readonly kind: "labeled"; readonly label: Label; readonly body: Statement; readonly loc: Loc }
  | { readonly kind: "goto"; readonly label: Label; readonly loc: Loc }
  | { readonly kind: "computedGoto"; readonly target: Expression; readonly loc: Loc }
  | { readonly kind: "break"; readonly loc: Loc }
  | { readonly kind: "continue"; readonly loc: Loc }
  | { readonly kind: "return"; readonly value: Expression | undefined; readonly loc: Loc }
  | AsmStatement
  /** `fallthrough` marks `__attribute__((fallthrough));`. */
  | { readonly kind: "empty"; readonly fallthrough?: boolean; readonly loc: Loc };

/** Conditions are scalar values of any type; true is "compares unequal to 0". */
export interface SwitchStatement {
  readonly kind: "switch";
  /** Promoted integer. */
  readonly value: Expression;
  /** All case labels bound to this switch, in order; `case` statements in `body` refer to them by identity. */
  readonly cases: readonly SwitchCase[];
  readonly hasDefault: boolean;
  readonly body: Statement;
  readonly loc: Loc;
}
/** Inclusive range; low equals high for a plain case. Values are of the switch value's type. */
export interface SwitchCase { readonly low: bigint; readonly high: bigint; readonly loc: Loc; readonly highLoc: Loc }

export interface LoopHints {
  /** `#pragma unroll`, `#pragma clang loop unroll(...)`: full, a count, disabled, or undefined. */
  readonly unroll: "full" | "enable" | "disable" | number | undefined;
}

export interface AsmStatement {
  readonly kind: "asm";
  readonly text: string;
  /** `asm volatile`, asm goto, or no outputs. */
  readonly volatile: boolean;
  readonly outputs: readonly AsmOperand[];
  readonly inputs: readonly AsmOperand[];
  readonly clobbers: readonly string[];
  readonly gotoLabels: readonly Label[];
  readonly loc: Loc;
}
export interface AsmOperand {
  /** `[name]`. */
  readonly name: string | undefined;
  readonly constraint: string;
  /** Outputs and memory inputs: an lvalue; other inputs: a value. */
  readonly expression: Expression;
  readonly loc: Loc;
}
