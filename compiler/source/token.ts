/**
 * Tokens: what the preprocessor gives and the parser takes.
 *
 * A token is a row in a `Tokens` table, a growable struct of arrays: its kind (a small integer), its location, its
 * text (a symbol of the interner) and its flags. Half a million tokens of a vmlinux.h then cost a few megabytes and no
 * object. Every keyword and punctuator has its own kind, one per meaning: `inline`, `__inline` and `__inline__` are
 * all `Inline`. Which keywords exist depends on the dialect: `keywordTable` says, and the interner holds the answer
 * per symbol.
 */

import type { Loc } from "./source-map.ts";

export const TokenKind = {
  // Names, constants, literals
  /** The last token of a translation unit. */
  EndOfFile: 0,
  /** Text is the name. Clang's and GNU's `__builtin_…` functions and `__builtin_va_list` are identifiers too. */
  Identifier: 1,
  /** pp-number without point or exponent; its text is not checked yet. */
  IntegerConstant: 2,
  /** pp-number with a point or an exponent; its text is not checked yet. */
  FloatConstant: 3,
  /** 'x'; text is the spelling with quotes and escapes. */
  CharConstant: 4,
  /** L'x' */
  WideCharConstant: 5,
  /** u8'x' (C23) */
  Utf8CharConstant: 6,
  /** u'x' */
  Utf16CharConstant: 7,
  /** U'x' */
  Utf32CharConstant: 8,
  /** "x"; text is the spelling with quotes and escapes. Adjacent literals are not joined yet. */
  StringLiteral: 9,
  /** L"x" */
  WideStringLiteral: 10,
  /** u8"x" */
  Utf8StringLiteral: 11,
  /** u"x" */
  Utf16StringLiteral: 12,
  /** U"x" */
  Utf32StringLiteral: 13,
  /** A character that starts no token (`@`, a stray `\`), or an unterminated literal, already diagnosed where due. */
  Unknown: 14,
  /** <x>; only inside the preprocessor. */
  HeaderName: 15,
  /** A comment, which -E -C keeps; only for text. */
  Comment: 16,
  /** C 6.10.3.3: the empty operand of ##; only inside the preprocessor. */
  Placemarker: 17,
  /** A parameter in a macro's body; text is its index; only inside the preprocessor. */
  MacroParameter: 18,
  /** The end of a directive's line; only inside the preprocessor. */
  EndOfDirective: 19,
  // Pragmas that the parser sees: one of these, the pragma's tokens, PragmaEnd
  /** #pragma pack( … ) */
  PragmaPack: 20,
  /** #pragma clang attribute …: push, pop and what follows */
  PragmaAttribute: 21,
  /** #pragma clang loop … */
  PragmaLoop: 22,
  /** #pragma unroll, GCC unroll */
  PragmaUnroll: 23,
  /** #pragma nounroll */
  PragmaNounroll: 24,
  /** #pragma weak name [= alias] */
  PragmaWeak: 25,
  /** #pragma redefine_extname old new */
  PragmaRedefineExtname: 26,
  /** #pragma GCC visibility push(x) / pop */
  PragmaVisibility: 27,
  /** #pragma clang section bss="x" data="x" rodata="x" text="x" */
  PragmaSection: 28,
  /** #pragma clang optimize on/off */
  PragmaOptimize: 29,
  /** Any pragma, unexpanded, `pragma` included: only in output meant for -E. */
  PragmaText: 30,
  /** Ends the tokens of the pragma that any of the kinds above began. */
  PragmaEnd: 31,
  // Punctuators
  LeftBracket: 32,
  RightBracket: 33,
  LeftParen: 34,
  RightParen: 35,
  LeftBrace: 36,
  RightBrace: 37,
  Dot: 38,
  Arrow: 39,
  PlusPlus: 40,
  MinusMinus: 41,
  Ampersand: 42,
  Star: 43,
  Plus: 44,
  Minus: 45,
  Tilde: 46,
  Exclaim: 47,
  Slash: 48,
  Percent: 49,
  LessLess: 50,
  GreaterGreater: 51,
  Less: 52,
  Greater: 53,
  LessEqual: 54,
  GreaterEqual: 55,
  EqualEqual: 56,
  ExclaimEqual: 57,
  Caret: 58,
  Pipe: 59,
  AmpAmp: 60,
  PipePipe: 61,
  Question: 62,
  Colon: 63,
  ColonColon: 64,
  Semicolon: 65,
  Ellipsis: 66,
  Equal: 67,
  StarEqual: 68,
  SlashEqual: 69,
  PercentEqual: 70,
  PlusEqual: 71,
  MinusEqual: 72,
  LessLessEqual: 73,
  GreaterGreaterEqual: 74,
  AmpEqual: 75,
  CaretEqual: 76,
  PipeEqual: 77,
  Comma: 78,
  Hash: 79,
  HashHash: 80,
  // Keywords: every spelling of one meaning is one kind
  Auto: 81,
  Break: 82,
  Case: 83,
  Char: 84,
  Const: 85,
  Continue: 86,
  Default: 87,
  Do: 88,
  Double: 89,
  Else: 90,
  Enum: 91,
  Extern: 92,
  Float: 93,
  For: 94,
  Goto: 95,
  If: 96,
  Inline: 97,
  Int: 98,
  Long: 99,
  Register: 100,
  Restrict: 101,
  Return: 102,
  Short: 103,
  Signed: 104,
  Sizeof: 105,
  Static: 106,
  Struct: 107,
  Switch: 108,
  Typedef: 109,
  Union: 110,
  Unsigned: 111,
  Void: 112,
  Volatile: 113,
  While: 114,
  Alignas: 115,
  Alignof: 116,
  GnuAlignof: 117,
  Atomic: 118,
  Bool: 119,
  Complex: 120,
  Imaginary: 121,
  Generic: 122,
  Noreturn: 123,
  StaticAssert: 124,
  ThreadLocal: 125,
  BitInt: 126,
  Constexpr: 127,
  True: 128,
  False: 129,
  Nullptr: 130,
  Typeof: 131,
  TypeofUnqual: 132,
  Asm: 133,
  Attribute: 134,
  Extension: 135,
  Label: 136,
  AutoType: 137,
  Int128: 138,
  Float16: 139,
  Fp16: 140,
  Bfloat16: 141,
  Float128: 142,
  Ibm128: 143,
  Decimal: 144,
  Real: 145,
  Imag: 146,
  FunctionName: 147,
  PrivateExtern: 148,
  Nullability: 149,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

const firstKeyword = TokenKind.Auto;
const lastKeyword = TokenKind.Nullability;

/** Identifiers and keywords: what the preprocessor calls an identifier (C 6.4.1p2: keywords exist in phase 7 only). */
export function isName(kind: number): boolean {
  return kind === TokenKind.Identifier || (kind >= firstKeyword && kind <= lastKeyword);
}

export function isStringLiteral(kind: number): boolean {
  return kind >= TokenKind.StringLiteral && kind <= TokenKind.Utf32StringLiteral;
}

export function isCharConstant(kind: number): boolean {
  return kind >= TokenKind.CharConstant && kind <= TokenKind.Utf32CharConstant;
}

/** Flags of a token. */
export const TokenFlag = {
  /** First on its line, as if the macros around it were not there. */
  StartOfLine: 1,
  /** White space or a comment stands before it. */
  LeadingSpace: 2,
  /** An identifier that names a disabled macro: never expanded again (C 6.10.3.4p2). */
  NoExpand: 4,
  /** A ## that came from an argument, or was made by pasting: no operator (C 6.10.3.3p3). */
  NoPaste: 8,
} as const;

/** The C standards whose keywords differ. */
export type Dialect = "c89" | "c99" | "c11" | "c17" | "c23";

type KeywordDialect = "all" | "gnu" | "c99" | "c99gnu" | "c23" | "gnuc23";

const keywords: readonly (readonly [spelling: string, kind: TokenKind, dialect: KeywordDialect])[] = [
  ["auto", TokenKind.Auto, "all"],
  ["break", TokenKind.Break, "all"],
  ["case", TokenKind.Case, "all"],
  ["char", TokenKind.Char, "all"],
  ["const", TokenKind.Const, "all"],
  ["__const", TokenKind.Const, "all"],
  ["__const__", TokenKind.Const, "all"],
  ["continue", TokenKind.Continue, "all"],
  ["default", TokenKind.Default, "all"],
  ["do", TokenKind.Do, "all"],
  ["double", TokenKind.Double, "all"],
  ["else", TokenKind.Else, "all"],
  ["enum", TokenKind.Enum, "all"],
  ["extern", TokenKind.Extern, "all"],
  ["float", TokenKind.Float, "all"],
  ["for", TokenKind.For, "all"],
  ["goto", TokenKind.Goto, "all"],
  ["if", TokenKind.If, "all"],
  ["inline", TokenKind.Inline, "c99gnu"],
  ["__inline", TokenKind.Inline, "all"],
  ["__inline__", TokenKind.Inline, "all"],
  ["int", TokenKind.Int, "all"],
  ["long", TokenKind.Long, "all"],
  ["register", TokenKind.Register, "all"],
  ["restrict", TokenKind.Restrict, "c99"],
  ["__restrict", TokenKind.Restrict, "all"],
  ["__restrict__", TokenKind.Restrict, "all"],
  ["return", TokenKind.Return, "all"],
  ["short", TokenKind.Short, "all"],
  ["signed", TokenKind.Signed, "all"],
  ["__signed", TokenKind.Signed, "all"],
  ["__signed__", TokenKind.Signed, "all"],
  ["sizeof", TokenKind.Sizeof, "all"],
  ["static", TokenKind.Static, "all"],
  ["struct", TokenKind.Struct, "all"],
  ["switch", TokenKind.Switch, "all"],
  ["typedef", TokenKind.Typedef, "all"],
  ["union", TokenKind.Union, "all"],
  ["unsigned", TokenKind.Unsigned, "all"],
  ["void", TokenKind.Void, "all"],
  ["volatile", TokenKind.Volatile, "all"],
  ["__volatile", TokenKind.Volatile, "all"],
  ["__volatile__", TokenKind.Volatile, "all"],
  ["while", TokenKind.While, "all"],
  ["_Alignas", TokenKind.Alignas, "all"],
  ["alignas", TokenKind.Alignas, "c23"],
  ["_Alignof", TokenKind.Alignof, "all"],
  ["alignof", TokenKind.Alignof, "c23"],
  ["__alignof", TokenKind.GnuAlignof, "all"],
  ["__alignof__", TokenKind.GnuAlignof, "all"],
  ["_Atomic", TokenKind.Atomic, "all"],
  ["_Bool", TokenKind.Bool, "all"],
  ["bool", TokenKind.Bool, "c23"],
  ["_Complex", TokenKind.Complex, "all"],
  ["__complex", TokenKind.Complex, "all"],
  ["__complex__", TokenKind.Complex, "all"],
  ["_Imaginary", TokenKind.Imaginary, "all"],
  ["_Generic", TokenKind.Generic, "all"],
  ["_Noreturn", TokenKind.Noreturn, "all"],
  ["_Static_assert", TokenKind.StaticAssert, "all"],
  ["static_assert", TokenKind.StaticAssert, "c23"],
  ["_Thread_local", TokenKind.ThreadLocal, "all"],
  ["thread_local", TokenKind.ThreadLocal, "c23"],
  ["__thread", TokenKind.ThreadLocal, "all"],
  ["_BitInt", TokenKind.BitInt, "all"],
  ["_ExtInt", TokenKind.BitInt, "all"],
  ["constexpr", TokenKind.Constexpr, "c23"],
  ["true", TokenKind.True, "c23"],
  ["false", TokenKind.False, "c23"],
  ["nullptr", TokenKind.Nullptr, "c23"],
  ["typeof", TokenKind.Typeof, "gnuc23"],
  ["__typeof", TokenKind.Typeof, "all"],
  ["__typeof__", TokenKind.Typeof, "all"],
  ["typeof_unqual", TokenKind.TypeofUnqual, "c23"],
  ["__typeof_unqual", TokenKind.TypeofUnqual, "all"],
  ["__typeof_unqual__", TokenKind.TypeofUnqual, "all"],
  ["asm", TokenKind.Asm, "gnu"],
  ["__asm", TokenKind.Asm, "all"],
  ["__asm__", TokenKind.Asm, "all"],
  ["__attribute", TokenKind.Attribute, "all"],
  ["__attribute__", TokenKind.Attribute, "all"],
  ["__extension__", TokenKind.Extension, "all"],
  ["__label__", TokenKind.Label, "all"],
  ["__auto_type", TokenKind.AutoType, "all"],
  ["__int128", TokenKind.Int128, "all"],
  ["_Float16", TokenKind.Float16, "all"],
  ["__fp16", TokenKind.Fp16, "all"],
  ["__bf16", TokenKind.Bfloat16, "all"],
  ["__float128", TokenKind.Float128, "all"],
  ["__ibm128", TokenKind.Ibm128, "all"],
  ["_Decimal32", TokenKind.Decimal, "all"],
  ["_Decimal64", TokenKind.Decimal, "all"],
  ["_Decimal128", TokenKind.Decimal, "all"],
  ["__real", TokenKind.Real, "all"],
  ["__real__", TokenKind.Real, "all"],
  ["__imag", TokenKind.Imag, "all"],
  ["__imag__", TokenKind.Imag, "all"],
  ["__func__", TokenKind.FunctionName, "all"],
  ["__FUNCTION__", TokenKind.FunctionName, "all"],
  ["__PRETTY_FUNCTION__", TokenKind.FunctionName, "all"],
  ["__private_extern__", TokenKind.PrivateExtern, "all"],
  ["_Nonnull", TokenKind.Nullability, "all"],
  ["_Nullable", TokenKind.Nullability, "all"],
  ["_Null_unspecified", TokenKind.Nullability, "all"],
];

/** The keywords of a dialect. `gnu` is true for -std=gnu…: `asm` and `typeof` are keywords, `inline` in C89 too. */
export function keywordTable(dialect: Dialect, gnu: boolean): readonly (readonly [string, TokenKind])[] {
  const c99 = dialect !== "c89";
  const c23 = dialect === "c23";
  const applies: Record<KeywordDialect, boolean> = {
    all: true,
    gnu,
    c99,
    c99gnu: c99 || gnu,
    c23,
    gnuc23: gnu || c23,
  };
  return keywords.filter(([, , need]) => applies[need]).map(([spelling, kind]) => [spelling, kind]);
}

/** Every punctuator with its kind. Digraphs are other spellings of the same kinds: see the lexer. */
export const punctuators: readonly (readonly [spelling: string, kind: TokenKind])[] = [
  ["[", TokenKind.LeftBracket],
  ["]", TokenKind.RightBracket],
  ["(", TokenKind.LeftParen],
  [")", TokenKind.RightParen],
  ["{", TokenKind.LeftBrace],
  ["}", TokenKind.RightBrace],
  [".", TokenKind.Dot],
  ["->", TokenKind.Arrow],
  ["++", TokenKind.PlusPlus],
  ["--", TokenKind.MinusMinus],
  ["&", TokenKind.Ampersand],
  ["*", TokenKind.Star],
  ["+", TokenKind.Plus],
  ["-", TokenKind.Minus],
  ["~", TokenKind.Tilde],
  ["!", TokenKind.Exclaim],
  ["/", TokenKind.Slash],
  ["%", TokenKind.Percent],
  ["<<", TokenKind.LessLess],
  [">>", TokenKind.GreaterGreater],
  ["<", TokenKind.Less],
  [">", TokenKind.Greater],
  ["<=", TokenKind.LessEqual],
  [">=", TokenKind.GreaterEqual],
  ["==", TokenKind.EqualEqual],
  ["!=", TokenKind.ExclaimEqual],
  ["^", TokenKind.Caret],
  ["|", TokenKind.Pipe],
  ["&&", TokenKind.AmpAmp],
  ["||", TokenKind.PipePipe],
  ["?", TokenKind.Question],
  [":", TokenKind.Colon],
  ["::", TokenKind.ColonColon],
  [";", TokenKind.Semicolon],
  ["...", TokenKind.Ellipsis],
  ["=", TokenKind.Equal],
  ["*=", TokenKind.StarEqual],
  ["/=", TokenKind.SlashEqual],
  ["%=", TokenKind.PercentEqual],
  ["+=", TokenKind.PlusEqual],
  ["-=", TokenKind.MinusEqual],
  ["<<=", TokenKind.LessLessEqual],
  [">>=", TokenKind.GreaterGreaterEqual],
  ["&=", TokenKind.AmpEqual],
  ["^=", TokenKind.CaretEqual],
  ["|=", TokenKind.PipeEqual],
  [",", TokenKind.Comma],
  ["#", TokenKind.Hash],
  ["##", TokenKind.HashHash],
];

const names: readonly string[] = Object.keys(TokenKind);

/** The name of a kind, for tests and internal errors. */
export function tokenKindName(kind: number): string {
  return names[kind] ?? `kind ${kind}`;
}

/** A growable table of tokens. Read the columns directly; `count` rows are valid. */
export class Tokens {
  kind: Uint8Array;
  loc: Int32Array;
  /** Symbol in the interner: the token's spelling (a digraph keeps its own). */
  text: Int32Array;
  flags: Uint8Array;
  count = 0;
  private capacity: number;

  constructor(capacity = 256) {
    this.capacity = capacity;
    this.kind = new Uint8Array(capacity);
    this.loc = new Int32Array(capacity);
    this.text = new Int32Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  push(kind: number, loc: Loc, text: number, flags: number): void {
    const row = this.count;
    if (row === this.capacity) this.grow(row + 1);
    this.kind[row] = kind;
    this.loc[row] = loc;
    this.text[row] = text;
    this.flags[row] = flags;
    this.count = row + 1;
  }

  /** Appends rows `from` to `to` (exclusive) of another table, or of this one. */
  append(other: Tokens, from: number, to: number): void {
    const end = this.count + (to - from);
    if (end > this.capacity) this.grow(end);
    this.kind.set(other.kind.subarray(from, to), this.count);
    this.loc.set(other.loc.subarray(from, to), this.count);
    this.text.set(other.text.subarray(from, to), this.count);
    this.flags.set(other.flags.subarray(from, to), this.count);
    this.count = end;
  }

  private grow(needed: number): void {
    let capacity = this.capacity;
    while (capacity < needed) capacity *= 2;
    const kind = new Uint8Array(capacity);
    const loc = new Int32Array(capacity);
    const text = new Int32Array(capacity);
    const flags = new Uint8Array(capacity);
    kind.set(this.kind);
    loc.set(this.loc);
    text.set(this.text);
    flags.set(this.flags);
    this.kind = kind;
    this.loc = loc;
    this.text = text;
    this.flags = flags;
    this.capacity = capacity;
  }
}
