/**
 * The syntax tree: what `parse` returns and `check` reads.
 *
 * It says what was written, in the order in which it was written, and nothing of what it means: no types, no folding,
 * no conversions, literals as they are spelled. Every node is one member of a discriminated union with `kind` and
 * `loc`, the place where a diagnostic about the node points (a binary operator's own place, a declarator's name);
 * `end` is kept where a closing token matters. Names are strings that the interner shares, so that equal names are
 * one object.
 *
 * Shapes are chosen so that long programs do not make deep trees: a declarator is a flat list of layers, an `else if`
 * chain and a run of labels are lists. Binary operators remain left-deep trees and one chain can have 100,000 links:
 * a visitor must walk the left spine with `leftSpine`, not by recursion. Every other path through the tree is bounded
 * by the parser (compiler/parse/limits.ts), so a recursive visitor is safe on it.
 */
import type { Loc } from "../source/source-map.ts";

export interface TranslationUnit {
  /** Declarations and pragmas in source order. */
  readonly declarations: readonly ExternalDeclaration[];
  readonly end: Loc;
}

// ---- Declarations ------------------------------------------------------------------------------------------------

export type ExternalDeclaration =
  | FunctionDefinition | Declaration | StaticAssert | FileAsm | PragmaDeclaration | AttributeDeclaration
  | EmptyDeclaration | BrokenItem;

/**
 * What is left of an item with a syntax error, which was reported. What it may have declared is known as far as it
 * could be read, so that uses of it give no further errors.
 */
export interface BrokenItem {
  readonly kind: "broken";
  /** The specifiers and the declarators that were read whole. */
  readonly declaration: Declaration | undefined;
  /** Names whose declarators were not. */
  readonly names: readonly string[];
  readonly loc: Loc;
}

/** C11 6.9.1; `parameterDeclarations` are those of a K&R definition. */
export interface FunctionDefinition {
  readonly kind: "functionDefinition";
  readonly specifiers: Specifiers;
  readonly declarator: Declarator;
  readonly parameterDeclarations: readonly Declaration[];
  readonly body: CompoundStatement;
  readonly loc: Loc;
}

/** C11 6.7; without declarators `struct s { ... };`, an enumeration, or an empty one that the checker warns of. */
export interface Declaration {
  readonly kind: "declaration";
  readonly specifiers: Specifiers;
  readonly declarators: readonly InitDeclarator[];
  /** GNU `__extension__` stands before it. */
  readonly extension: boolean;
  readonly loc: Loc;
  readonly end: Loc;
}

export interface InitDeclarator {
  readonly declarator: Declarator;
  readonly initializer: Initializer | undefined;
}

/** C11 6.7.10; C23 lets the message go. */
export interface StaticAssert {
  readonly kind: "staticAssert";
  readonly condition: Expression;
  readonly message: StringLiteral | undefined;
  readonly loc: Loc;
}

/** `asm("...");` at file scope. */
export interface FileAsm {
  readonly kind: "fileAsm";
  readonly text: StringLiteral;
  readonly loc: Loc;
}

/** C23 6.7p2: `[[...]];`. */
export interface AttributeDeclaration {
  readonly kind: "attributeDeclaration";
  readonly attributes: readonly Attribute[];
  readonly loc: Loc;
}

/** A lone `;` outside of functions or in a record. */
export interface EmptyDeclaration {
  readonly kind: "emptyDeclaration";
  readonly loc: Loc;
}

/** A pragma that changes what the declarations after it mean. */
export interface PragmaDeclaration {
  readonly kind: "pragma";
  readonly pragma: Pragma;
  readonly loc: Loc;
}

export type Pragma =
  /** `pack(n)`, `pack()` (value undefined), `pack(push, label, n)`, `pack(pop, label, n)`: bytes; `pack(show)`. */
  | { readonly kind: "pack"; readonly action: "set" | "push" | "pop" | "show"; readonly label: string | undefined;
      readonly value: number | undefined }
  /** `options align=...`: how members lie from here on, kept apart from what was before; `reset` goes back to that. */
  | { readonly kind: "align"; readonly to: "natural" | "packed" | "reset" }
  /** `clang attribute push(attributes, apply_to = subjects)`; with an attribute-less `push` the list is empty. */
  | { readonly kind: "attributePush"; readonly namespace: string | undefined; readonly attributes: readonly Attribute[];
      readonly subjects: readonly AttributeSubject[] }
  /** `clang attribute (attributes, apply_to = subjects)`: joins the innermost push. */
  | { readonly kind: "attributeAdd"; readonly namespace: string | undefined; readonly attributes: readonly Attribute[];
      readonly subjects: readonly AttributeSubject[] }
  | { readonly kind: "attributePop"; readonly namespace: string | undefined }
  /** Malformed, and reported. */
  | { readonly kind: "ignored" }
  /** `weak name` and `weak name = target`. */
  | { readonly kind: "weak"; readonly name: string; readonly target: string | undefined; readonly loc: Loc }
  /** `GCC visibility push(hidden)`; pop has no value. */
  | { readonly kind: "visibility"; readonly value: string | undefined }
  /** `redefine_extname old new`. */
  | { readonly kind: "redefineName"; readonly name: string; readonly symbol: string };

/** One rule of `apply_to` as it is written: `record`, `function`, `variable(is_global)`, `record(unless(is_union))`. */
export interface AttributeSubject {
  readonly rule: string;
  readonly argument: string | undefined;
  readonly negated: boolean;
  readonly loc: Loc;
}

// ---- Specifiers --------------------------------------------------------------------------------------------------

/** Declaration specifiers, or specifier-qualifiers of a member or type name: lists in source order, maybe empty. */
export interface Specifiers {
  readonly type: TypeSpecifier;
  readonly storage: readonly Word<StorageClass>[];
  readonly qualifiers: readonly Word<Qualifier>[];
  readonly functions: readonly Word<FunctionSpecifier>[];
  readonly alignments: readonly AlignmentSpecifier[];
  readonly attributes: readonly Attribute[];
  readonly loc: Loc;
}

/** A keyword and its place. */
export interface Word<T extends string> {
  readonly word: T;
  readonly loc: Loc;
}

/** `thread` is `_Thread_local` or `__thread`. */
export type StorageClass = "typedef" | "extern" | "static" | "auto" | "register" | "thread" | "constexpr";
export type Qualifier = "const" | "volatile" | "restrict" | "atomic";
export type FunctionSpecifier = "inline" | "noreturn";

/** C11 6.7.5. */
export interface AlignmentSpecifier {
  readonly operand: Expression | TypeName;
  readonly loc: Loc;
}

export type TypeSpecifier =
  | BuiltinTypeSpecifier | TypedefNameSpecifier | TypeofSpecifier | AtomicTypeSpecifier | RecordSpecifier
  | EnumSpecifier
  /** No type specifier is there: implicit int, or `auto x = 1` in C23; the checker decides. */
  | { readonly kind: "none"; readonly loc: Loc }
  /** GNU `__auto_type`. */
  | { readonly kind: "autoType"; readonly loc: Loc }
  /** Reported already. */
  | { readonly kind: "error"; readonly loc: Loc };

export type TypeWord =
  | "void" | "char" | "short" | "int" | "long" | "float" | "double" | "signed" | "unsigned" | "_Bool" | "_Complex"
  | "_Imaginary" | "__int128" | "_BitInt" | "_Float16" | "__fp16" | "__bf16" | "__float128" | "__ibm128" | "_Decimal";

/**
 * The words in any order and number, as `unsigned long int long`; which combinations are types is the checker's. Of the
 * variants of a keyword one stands for all (`_Bool` for `bool`, `signed` for `__signed__`, `_Decimal` for all widths).
 */
export interface BuiltinTypeSpecifier {
  readonly kind: "builtin";
  readonly words: readonly Word<TypeWord>[];
  /** `_BitInt(width)`. */
  readonly width: Expression | undefined;
  readonly loc: Loc;
}

/** A name that is a typedef in scope, or one of `predeclaredTypes`. */
export interface TypedefNameSpecifier {
  readonly kind: "typedefName";
  readonly name: string;
  readonly loc: Loc;
}

/** The typedef names that exist before the first line, as clang has them for BPF. */
export const predeclaredTypes = ["__builtin_va_list", "__int128_t", "__uint128_t"] as const;

/** GNU and C23 typeof; `unqualified` for `typeof_unqual`. */
export interface TypeofSpecifier {
  readonly kind: "typeof";
  readonly operand: Expression | TypeName;
  readonly unqualified: boolean;
  readonly loc: Loc;
}

/** C11 6.7.2.4: `_Atomic(T)`. */
export interface AtomicTypeSpecifier {
  readonly kind: "atomicType";
  readonly type: TypeName;
  readonly loc: Loc;
}

/** C11 6.7.2.1. */
export interface RecordSpecifier {
  readonly kind: "record";
  readonly isUnion: boolean;
  /** Undefined when anonymous. */
  readonly tag: string | undefined;
  /** Those after `struct` and those after `}`, in this order. */
  readonly attributes: readonly Attribute[];
  /** Undefined without a `{ ... }`. */
  readonly body: RecordBody | undefined;
  /** The tag, or the keyword when there is none. */
  readonly loc: Loc;
}

/** The members behind a method: a body that nobody asks for need not be parsed. Every call gives the same list. */
export interface RecordBody {
  members(): readonly MemberDeclaration[];
  /**
   * False when nothing in the body is visible outside of it: no enumerator, and no tag that is first named in it.
   * Such a body may wait until somebody asks for a member; any other (also when not told) is checked where it stands.
   */
  readonly declaresNames?: boolean;
  readonly loc: Loc;
  readonly end: Loc;
}

export type MemberDeclaration = FieldDeclaration | StaticAssert | PragmaDeclaration | EmptyDeclaration | BrokenItem;

/** One line of members; without declarators an anonymous record (or a tag declared in passing). */
export interface FieldDeclaration {
  readonly kind: "field";
  readonly specifiers: Specifiers;
  readonly declarators: readonly FieldDeclarator[];
  readonly loc: Loc;
}

export interface FieldDeclarator {
  /** Without a name for an unnamed bit-field. */
  readonly declarator: Declarator;
  readonly width: Expression | undefined;
}

/** C11 6.7.2.2, with C23's fixed underlying type. */
export interface EnumSpecifier {
  readonly kind: "enum";
  readonly tag: string | undefined;
  readonly attributes: readonly Attribute[];
  readonly underlying: TypeName | undefined;
  /** Undefined without a `{ ... }`. */
  readonly enumerators: readonly Enumerator[] | undefined;
  readonly loc: Loc;
  readonly end: Loc;
}

export interface Enumerator {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly value: Expression | undefined;
  readonly loc: Loc;
}

/** One attribute of `__attribute__((...))` or `[[...]]`. */
export interface Attribute {
  /** As written without surrounding underscores: `__packed__` is `packed`. */
  readonly name: string;
  /** The same with its underscores, as messages show it. */
  readonly written: string;
  /** `gnu`, `clang` or `bpf` in `[[gnu::packed]]`. */
  readonly scope: string | undefined;
  readonly syntax: "gnu" | "bracket";
  /** Undefined without parentheses. A lone identifier is an identifier expression even if it names a type. */
  readonly arguments: readonly AttributeArgument[] | undefined;
  readonly loc: Loc;
}

/** `tokens` spells what is no C expression (`introduced=10.4`); only attributes without effect have such. */
export type AttributeArgument =
  | Expression | TypeName | { readonly kind: "tokens"; readonly text: string; readonly loc: Loc };

// ---- Declarators -------------------------------------------------------------------------------------------------

/**
 * C11 6.7.6, without recursion. `layers` stand in the order in which the declaration is read from its name outwards:
 * `int *(*f[3])(void)` is array, pointer, function, pointer (to int).
 */
export interface Declarator {
  /** Undefined in an abstract declarator and for an unnamed bit-field. */
  readonly name: string | undefined;
  readonly layers: readonly DeclaratorLayer[];
  /** `asm("symbol")`. */
  readonly asmLabel: StringLiteral | undefined;
  /** Those after the name and those after the declarator. */
  readonly attributes: readonly Attribute[];
  /** The name, or where it would stand. */
  readonly loc: Loc;
}

export type DeclaratorLayer = PointerLayer | ArrayLayer | FunctionLayer;

export interface PointerLayer {
  readonly kind: "pointer";
  readonly qualifiers: readonly Word<Qualifier>[];
  readonly attributes: readonly Attribute[];
  readonly loc: Loc;
}

export interface ArrayLayer {
  readonly kind: "array";
  /** "star" for `[*]`. */
  readonly size: Expression | "star" | undefined;
  /** `[static n]`. */
  readonly isStatic: boolean;
  readonly qualifiers: readonly Word<Qualifier>[];
  readonly loc: Loc;
}

export interface FunctionLayer {
  readonly kind: "function";
  /** "prototype": `(int a)`, `(void)` (one unnamed parameter of type void); "empty": `()`; "names": a K&R list. */
  readonly style: "prototype" | "empty" | "names";
  readonly parameters: readonly Parameter[];
  readonly names: readonly Identifier[];
  readonly variadic: boolean;
  /** A syntax error was reported in the list: it may lack parameters. */
  readonly broken: boolean;
  readonly loc: Loc;
  readonly end: Loc;
}

export interface Parameter {
  readonly specifiers: Specifiers;
  readonly declarator: Declarator;
  readonly loc: Loc;
}

export interface Identifier {
  readonly name: string;
  readonly loc: Loc;
}

/** C11 6.7.7. */
export interface TypeName {
  readonly kind: "typeName";
  readonly specifiers: Specifiers;
  readonly declarator: Declarator;
  readonly loc: Loc;
}

// ---- Initialisers ------------------------------------------------------------------------------------------------

export type Initializer = Expression | InitializerList;

export interface InitializerList {
  readonly kind: "initializerList";
  readonly items: readonly InitializerItem[];
  readonly loc: Loc;
  readonly end: Loc;
}

export interface InitializerItem {
  /** Empty when positional. */
  readonly designators: readonly Designator[];
  readonly value: Initializer;
  readonly loc: Loc;
}

/** `.x` (or GNU `x:`), `[i]`, GNU `[low ... high]`. */
export type Designator =
  /** `start` is where its dot stands, if it has one. */
  | { readonly kind: "field"; readonly name: string; readonly loc: Loc; readonly start?: Loc }
  | { readonly kind: "index"; readonly index: Expression; readonly loc: Loc }
  | { readonly kind: "range"; readonly low: Expression; readonly high: Expression; readonly loc: Loc };

// ---- Statements --------------------------------------------------------------------------------------------------

export type Statement =
  | CompoundStatement | ExpressionStatement | EmptyStatement | IfStatement | SwitchStatement
  | WhileStatement | DoStatement | ForStatement | LabeledStatement | AttributedStatement
  | GotoStatement | ComputedGotoStatement | JumpStatement | ReturnStatement | AsmStatement | BrokenItem;

/** What stands between the braces of a block. */
export type BlockItem = Statement | Declaration | StaticAssert | PragmaDeclaration | AttributeDeclaration | LocalLabels;

export interface CompoundStatement {
  readonly kind: "compound";
  readonly items: readonly BlockItem[];
  readonly loc: Loc;
  readonly end: Loc;
}

export interface ExpressionStatement {
  readonly kind: "expressionStatement";
  readonly expression: Expression;
  readonly loc: Loc;
}

export interface EmptyStatement {
  readonly kind: "emptyStatement";
  readonly loc: Loc;
}

/** `if (a) x else if (b) y else z` has the arms a, b and the `else` z. Each arm's statement is a scope of its own. */
export interface IfStatement {
  readonly kind: "if";
  readonly arms: readonly { readonly condition: Expression; readonly then: Statement; readonly loc: Loc }[];
  readonly else: Statement | undefined;
  /** The first `else`. */
  readonly elseLoc: Loc | undefined;
  readonly loc: Loc;
}

export interface SwitchStatement {
  readonly kind: "switch";
  readonly value: Expression;
  readonly body: Statement;
  readonly loc: Loc;
}

export interface WhileStatement {
  readonly kind: "while";
  readonly condition: Expression;
  readonly body: Statement;
  readonly hints: readonly LoopHint[];
  readonly loc: Loc;
}

export interface DoStatement {
  readonly kind: "do";
  readonly body: Statement;
  readonly condition: Expression;
  readonly hints: readonly LoopHint[];
  readonly loc: Loc;
}

export interface ForStatement {
  readonly kind: "for";
  readonly initial: Declaration | Expression | BrokenItem | undefined;
  readonly condition: Expression | undefined;
  readonly step: Expression | undefined;
  readonly body: Statement;
  readonly hints: readonly LoopHint[];
  readonly loc: Loc;
}

/**
 * `#pragma unroll [n]`, `nounroll`, `GCC unroll n`, `clang loop unroll(enable|disable|full) unroll_count(n)`. Hints for
 * transformations that tbcc has not (vectorize, interleave, distribute) are checked for form and dropped.
 */
export interface LoopHint {
  readonly unroll: "enable" | "disable" | "full" | Expression;
  /** `#pragma unroll 0` forbids unrolling; `#pragma clang loop unroll_count(0)` is an error. */
  readonly mayBeZero?: boolean;
  readonly loc: Loc;
}

/** A run of labels on one statement; the body is an empty statement where a declaration or `}` follows (C23 6.8.2). */
export interface LabeledStatement {
  readonly kind: "labeled";
  readonly labels: readonly StatementLabel[];
  readonly body: Statement;
  readonly loc: Loc;
}

export type StatementLabel =
  | { readonly kind: "label"; readonly name: string; readonly attributes: readonly Attribute[]; readonly loc: Loc }
  /** `case low:` or GNU `case low ... high:`. */
  | { readonly kind: "case"; readonly low: Expression; readonly high: Expression | undefined; readonly loc: Loc }
  | { readonly kind: "default"; readonly loc: Loc };

/** `__attribute__((fallthrough));` (an empty body), `[[likely]] x = 1;`. */
export interface AttributedStatement {
  readonly kind: "attributed";
  readonly attributes: readonly Attribute[];
  readonly body: Statement;
  readonly loc: Loc;
}

/** GNU `__label__ a, b;`. */
export interface LocalLabels {
  readonly kind: "localLabels";
  readonly names: readonly Identifier[];
  readonly loc: Loc;
}

export interface GotoStatement {
  readonly kind: "goto";
  readonly label: Identifier;
  readonly loc: Loc;
}

/** GNU `goto *expression;`. */
export interface ComputedGotoStatement {
  readonly kind: "computedGoto";
  readonly target: Expression;
  readonly loc: Loc;
}

export interface JumpStatement {
  readonly kind: "break" | "continue";
  readonly loc: Loc;
}

export interface ReturnStatement {
  readonly kind: "return";
  readonly value: Expression | undefined;
  readonly loc: Loc;
}

export interface AsmStatement {
  readonly kind: "asm";
  readonly isVolatile: boolean;
  readonly isInline: boolean;
  /** `asm goto`. */
  readonly isGoto: boolean;
  readonly template: StringLiteral;
  /** False for basic asm, whose template is taken verbatim (no `%` escapes). */
  readonly extended: boolean;
  readonly outputs: readonly AsmOperand[];
  readonly inputs: readonly AsmOperand[];
  readonly clobbers: readonly StringLiteral[];
  readonly labels: readonly Identifier[];
  readonly loc: Loc;
}

/** `[name] "constraint" (expression)`. */
export interface AsmOperand {
  readonly name: string | undefined;
  readonly constraint: StringLiteral;
  readonly expression: Expression;
  readonly loc: Loc;
}

// ---- Expressions -------------------------------------------------------------------------------------------------

export type Expression =
  | IdentifierExpr | NumberLiteral | CharacterLiteral | StringLiteral | ParenExpr | GenericExpr | StatementExpr
  | CompoundLiteral | SubscriptExpr | CallExpr | MemberExpr | UnaryExpr | UpdateExpr | SizeExpr | CastExpr
  | LabelAddress
  | BinaryExpr | ConditionalExpr | AssignExpr
  | OffsetofExpr | TypesCompatibleExpr | ChooseExpr | VaArgExpr | ConvertVectorExpr
  | KeywordConstant
  /** Reported already. */
  | { readonly kind: "errorExpression"; readonly loc: Loc };

/** Any identifier, `__func__` and the builtin functions included. */
export interface IdentifierExpr {
  readonly kind: "identifier";
  readonly name: string;
  readonly loc: Loc;
}

/** A preprocessing number as spelled: integer or floating, with its suffix. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly text: string;
  readonly loc: Loc;
}

/** As spelled, with prefix and quotes. */
export interface CharacterLiteral {
  readonly kind: "character";
  readonly text: string;
  readonly loc: Loc;
}

/** Adjacent string literals (C11 5.1.1.2 phase 6), at least one, as spelled with prefix and quotes. */
export interface StringLiteral {
  readonly kind: "string";
  readonly pieces: readonly { readonly text: string; readonly loc: Loc }[];
  readonly loc: Loc;
}

/** C23 `true`, `false`, `nullptr`. */
export interface KeywordConstant {
  readonly kind: "constant";
  readonly name: "true" | "false" | "nullptr";
  readonly loc: Loc;
}

export interface ParenExpr {
  readonly kind: "paren";
  readonly inner: Expression;
  readonly loc: Loc;
  readonly end: Loc;
}

/** C11 6.5.1.1; the controlling operand may be a type (C2y, clang). */
export interface GenericExpr {
  readonly kind: "generic";
  readonly control: Expression | TypeName;
  /** `type` is undefined for `default`. */
  readonly associations: readonly {
    readonly type: TypeName | undefined;
    readonly value: Expression;
    readonly loc: Loc;
  }[];
  readonly loc: Loc;
}

/** GNU `({ ... })`. */
export interface StatementExpr {
  readonly kind: "statementExpression";
  readonly body: CompoundStatement;
  readonly loc: Loc;
}

/** C11 6.5.2.5. */
export interface CompoundLiteral {
  readonly kind: "compoundLiteral";
  readonly type: TypeName;
  readonly initializer: InitializerList;
  readonly loc: Loc;
}

/** `loc` is that of the bracket. */
export interface SubscriptExpr {
  readonly kind: "subscript";
  readonly base: Expression;
  readonly index: Expression;
  readonly loc: Loc;
  readonly end: Loc;
}

/** `loc` is that of the callee's start, `open` of the `(`, `end` of the `)`. */
export interface CallExpr {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly loc: Loc;
  readonly open: Loc;
  readonly end: Loc;
}

/** `base.name`, `base->name`; `loc` is that of the member's name. */
export interface MemberExpr {
  readonly kind: "member";
  readonly base: Expression;
  readonly name: string;
  readonly arrow: boolean;
  /** The `.` or `->`. */
  readonly operatorLoc: Loc;
  readonly loc: Loc;
}

export type UnaryOperator = "&" | "*" | "+" | "-" | "~" | "!" | "__real__" | "__imag__" | "__extension__";
export interface UnaryExpr {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
  readonly loc: Loc;
}

export interface UpdateExpr {
  readonly kind: "update";
  readonly operator: "++" | "--";
  readonly prefix: boolean;
  readonly operand: Expression;
  readonly loc: Loc;
}

/** `sizeof`, `_Alignof` (`alignof`) and GNU `__alignof__`, of an expression or a parenthesised type. */
export interface SizeExpr {
  readonly kind: "size";
  readonly operator: "sizeof" | "_Alignof" | "__alignof__";
  readonly operand: Expression | TypeName;
  readonly loc: Loc;
}

export interface CastExpr {
  readonly kind: "cast";
  readonly type: TypeName;
  readonly operand: Expression;
  readonly loc: Loc;
}

/** GNU `&&label`. */
export interface LabelAddress {
  readonly kind: "labelAddress";
  readonly label: Identifier;
  readonly loc: Loc;
}

export type BinaryOperator =
  | "*" | "/" | "%" | "+" | "-" | "<<" | ">>" | "<" | ">" | "<=" | ">=" | "==" | "!=" | "&" | "^" | "|" | "&&" | "||"
  | ",";
/** Left-deep for chains: see `leftSpine`. */
export interface BinaryExpr {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly loc: Loc;
}

/** `then` is undefined in GNU `c ?: b`. */
export interface ConditionalExpr {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression | undefined;
  readonly else: Expression;
  readonly loc: Loc;
}

export type AssignOperator = "=" | "*=" | "/=" | "%=" | "+=" | "-=" | "<<=" | ">>=" | "&=" | "^=" | "|=";
export interface AssignExpr {
  readonly kind: "assign";
  readonly operator: AssignOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly loc: Loc;
}

/** `__builtin_offsetof(type, a.b[i])`; the first designator is a field. */
export interface OffsetofExpr {
  readonly kind: "offsetof";
  readonly type: TypeName;
  readonly designators: readonly Designator[];
  readonly loc: Loc;
}

/** `__builtin_types_compatible_p(T, U)`. */
export interface TypesCompatibleExpr {
  readonly kind: "typesCompatible";
  readonly left: TypeName;
  readonly right: TypeName;
  readonly loc: Loc;
}

/** `__builtin_choose_expr(condition, then, else)`. */
export interface ChooseExpr {
  readonly kind: "choose";
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
  readonly loc: Loc;
}

/** `__builtin_convertvector(vector, type)`. */
export interface ConvertVectorExpr {
  readonly kind: "convertVector";
  readonly vector: Expression;
  readonly type: TypeName;
  readonly loc: Loc;
}

/** `__builtin_va_arg(list, type)`. */
export interface VaArgExpr {
  readonly kind: "vaArg";
  readonly list: Expression;
  readonly type: TypeName;
  readonly loc: Loc;
}

/**
 * The binary expressions from `expression` down its left operands, innermost first. The innermost one's `left` is no
 * binary expression; each other one's `left` is the one before it in the list.
 */
export function leftSpine(expression: BinaryExpr): readonly BinaryExpr[] {
  const spine = [expression];
  for (let left = expression.left; left.kind === "binary"; left = left.left) spine.push(left);
  return spine.reverse();
}

/** Where the source text of an expression begins. */
export function startOf(expression: Expression): Loc {
  let e = expression;
  for (;;) {
    switch (e.kind) {
      case "binary": case "assign": e = e.left; break;
      case "conditional": e = e.condition; break;
      case "subscript": case "member": e = e.base; break;
      case "call": e = e.callee; break;
      case "update":
        if (e.prefix) return e.loc;
        e = e.operand;
        break;
      default: return e.loc;
    }
  }
}
