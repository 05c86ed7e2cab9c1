/**
 * Terminals: the tokens as the grammar sees them.
 *
 * The grammar needs fewer kinds than the lexer has: all words of builtin types are one terminal, all binary operators
 * without a second meaning are one, and so on; actions ask the token table when they want to know more. On the other
 * hand some tokens are several terminals, told apart by what stands around them (token-source.ts): an identifier may
 * be a name, the name of a type or a label, and a `(` may open a cast, a statement expression or a parameter list.
 * That makes the grammar LL(1) almost without predicates.
 *
 * Chevrotain gets one shared token object for each terminal: the parser works on positions in the token table, so the
 * object need not know where it stands.
 */
import { EOF, type IToken, Lexer, type TokenType, createToken } from "chevrotain";
import { TokenKind } from "../source/token.ts";

/** Spelling for messages; undefined where the name says nothing to a user. */
const spelled = {
  // Contextual: decided by the token source.
  Name: "identifier",
  LeftParen: "'('",
  LeftBracket: "'['",
  Star: "'*'",
  Extension: "'__extension__'",
  Atomic: "'_Atomic'",
  ColonColon: "'::'",
  PragmaIgnored: "pragma",
  // What the contextual ones become.
  TypedefName: "type name",
  UnknownType: "type name",
  LabelName: "label",
  OffsetofWord: "'__builtin_offsetof'",
  CompatibleWord: "'__builtin_types_compatible_p'",
  ChooseWord: "'__builtin_choose_expr'",
  VaArgWord: "'__builtin_va_arg'",
  TypeParen: "'('",
  BraceParen: "'('",
  ParametersParen: "'('",
  AttributeBracket: "'['",
  LoneStar: "'*'",
  ExtensionDeclaration: "'__extension__'",
  AtomicType: "'_Atomic'",
  // One for one, or many to one.
  End: "end of file",
  Constant: "constant",
  String: "string literal",
  TypeWord: "type name",
  Storage: "storage class",
  Qualifier: "qualifier",
  FunctionWord: "function specifier",
  Alignas: "'_Alignas'",
  Typeof: "'typeof'",
  AutoType: "'__auto_type'",
  BitInt: "'_BitInt'",
  Record: "'struct'",
  Enum: "'enum'",
  Attribute: "'__attribute__'",
  Asm: "'asm'",
  LocalLabel: "'__label__'",
  StaticAssert: "'_Static_assert'",
  RightParen: "')'",
  LeftBrace: "'{'",
  RightBrace: "'}'",
  RightBracket: "']'",
  Semicolon: "';'",
  Comma: "','",
  Colon: "':'",
  Question: "'?'",
  Dot: "'.'",
  Arrow: "'->'",
  Ellipsis: "'...'",
  Equal: "'='",
  Assign: "assignment operator",
  Ampersand: "'&'",
  AmpAmp: "'&&'",
  PlusMinus: "'+'",
  Unary: "unary operator",
  Update: "'++'",
  Operator: "operator",
  Sizeof: "'sizeof'",
  Generic: "'_Generic'",
  If: "'if'",
  Else: "'else'",
  Switch: "'switch'",
  Case: "'case'",
  Default: "'default'",
  While: "'while'",
  Do: "'do'",
  For: "'for'",
  Goto: "'goto'",
  Jump: "'break'",
  Return: "'return'",
  Pragma: "pragma",
  PragmaAttribute: "pragma",
  PragmaLoop: "pragma",
  PragmaEnd: "end of the pragma",
  Unknown: "token",
} as const;

export type Terminal = keyof typeof spelled;

const names = Object.keys(spelled) as Terminal[];

/** Index of each terminal: what the token source computes with. */
export const terminal = Object.fromEntries(names.map((name, index) => [name, index])) as Record<Terminal, number>;

/** Terminals below this index depend on their context. */
export const contextualLimit = terminal.TypedefName;

/** The token types of the grammar. */
export const types = Object.fromEntries(
  names.map((name) => [name, name === "End" ? EOF : createToken({ name, pattern: Lexer.NA })]),
) as unknown as Record<Terminal, TokenType>;

/** By terminal: the one token object that the parser is shown. */
export const shared: readonly IToken[] = names.map((name) => ({
  image: name,
  startOffset: 0,
  tokenType: types[name],
  tokenTypeIdx: types[name].tokenTypeIdx as number,
}));

/** How a message names the terminal, e.g. `')'` or `identifier`. */
export function spell(type: TokenType): string {
  return type === EOF ? spelled.End : spelled[type.name as Terminal];
}

const many: Partial<Record<Terminal, readonly (keyof typeof TokenKind)[]>> = {
  Name: ["Identifier"],
  Extension: ["Extension"],
  End: ["EndOfFile"],
  Constant: [
    "IntegerConstant", "FloatConstant", "CharConstant", "WideCharConstant", "Utf8CharConstant", "Utf16CharConstant",
    "Utf32CharConstant", "True", "False", "Nullptr", "FunctionName",
  ],
  String: ["StringLiteral", "WideStringLiteral", "Utf8StringLiteral", "Utf16StringLiteral", "Utf32StringLiteral"],
  TypeWord: [
    "Void", "Char", "Short", "Int", "Long", "Float", "Double", "Signed", "Unsigned", "Bool", "Complex", "Imaginary",
    "Int128", "Float16", "Fp16", "Bfloat16", "Float128", "Ibm128", "Decimal",
  ],
  Storage: ["Typedef", "Extern", "Static", "Auto", "Register", "ThreadLocal", "Constexpr", "PrivateExtern"],
  Qualifier: ["Const", "Volatile", "Restrict", "Nullability"],
  FunctionWord: ["Inline", "Noreturn"],
  Typeof: ["Typeof", "TypeofUnqual"],
  Record: ["Struct", "Union"],
  LocalLabel: ["Label"],
  Assign: [
    "StarEqual", "SlashEqual", "PercentEqual", "PlusEqual", "MinusEqual", "LessLessEqual", "GreaterGreaterEqual",
    "AmpEqual", "CaretEqual", "PipeEqual",
  ],
  PlusMinus: ["Plus", "Minus"],
  Unary: ["Tilde", "Exclaim", "Real", "Imag"],
  Update: ["PlusPlus", "MinusMinus"],
  Operator: [
    "Slash", "Percent", "LessLess", "GreaterGreater", "Less", "Greater", "LessEqual", "GreaterEqual", "EqualEqual",
    "ExclaimEqual", "Caret", "Pipe", "PipePipe",
  ],
  Sizeof: ["Sizeof", "Alignof", "GnuAlignof"],
  Jump: ["Break", "Continue"],
  Pragma: ["PragmaPack", "PragmaWeak", "PragmaRedefineExtname", "PragmaVisibility"],
  PragmaLoop: ["PragmaLoop", "PragmaUnroll", "PragmaNounroll"],
  PragmaIgnored: ["PragmaSection", "PragmaOptimize"],
};

function terminalTable(): Uint8Array {
  const table = new Uint8Array(256).fill(terminal.Unknown);
  for (const name of names) {
    const kinds = many[name] ?? (name in TokenKind ? [name as keyof typeof TokenKind] : []);
    for (const kind of kinds) table[TokenKind[kind]] = terminal[name];
  }
  return table;
}

/** By token kind: its terminal, before context is looked at. */
export const terminalOf: Uint8Array = terminalTable();

/** By terminal: does it begin declaration specifiers, whatever stands around it? */
export const beginsType: Uint8Array = new Uint8Array(names.length);
for (const name of [
  "TypeWord", "Storage", "Qualifier", "FunctionWord", "Alignas", "Typeof", "AutoType", "BitInt", "Record", "Enum",
  "Atomic", "Attribute",
] as const) {
  beginsType[terminal[name]] = 1;
}
