/**
 * The table of builtin functions: name -> signature and meaning.
 *
 * Signatures are written in letters, result first: v void, b _Bool, c char, B unsigned char, H unsigned short, i int,
 * u unsigned int, l long, m unsigned long (size_t), L long long, M unsigned long long, f float, d double, e long double,
 * p void *, q const void *, k const char *, s char *, I int *, F float *, D double *, E long double *; a trailing `.` stands
 * for variable arguments. Builtins whose types depend on their arguments have no signature: builtin-calls.ts checks them by
 * their `special` name.
 */
import type { BuiltinName } from "../ast/program.ts";
import {
  boolType, charType, constOf, doubleType, floatType, functionReturning, intType, longDoubleType, longLongType, longType,
  pointerTo, unsignedCharType, unsignedIntType, unsignedLongLongType, unsignedLongType, unsignedShortType, voidType,
} from "../types/basic.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { noLoc } from "../source/source-map.ts";

export type SpecialBuiltin =
  | "constantP" | "expect" | "overflow" | "sync" | "atomic" | "objectSize" | "variadic" | "alloca" | "infinity" | "nan"
  | "preserveAccess" | "fieldInfo" | "typeInfo" | "enumValue" | "typeId" | "assumeAligned" | "classifyType"
  | "genericBits" | "line" | "column" | "annotation" | "rounding" | "file" | "functionName" | "memoryInline" | "extractReturn" | "setjmp" | "prefetch"
  | "floatClass" | "floatCompare" | "verboseTrap" | "addressOf" | "checked" | "shuffleVector" | "shuffleByMask"
  | "aligned" | "carry" | "elementwise" | "reduce" | "complex"
  | "unsupported";

export interface Builtin {
  readonly parameters: readonly CType[];
  readonly returns: CType;
  readonly variadic: boolean;
  /** What reaches lower. */
  readonly name: BuiltinName | undefined;
  /** Folding over constant integer arguments. */
  readonly fold: ((arguments_: readonly bigint[]) => bigint) | undefined;
  /** Is an ordinary call of this library function. */
  readonly library: string | undefined;
  readonly special: SpecialBuiltin | undefined;
}

export interface LibraryFunction {
  readonly symbol: string;
  readonly builtin: BuiltinName | undefined;
  readonly parameters: readonly CType[];
  readonly type: FunctionType;
}

const letters: Readonly<Record<string, CType>> = {
  v: voidType, b: boolType, c: charType, B: unsignedCharType, H: unsignedShortType, i: intType, u: unsignedIntType,
  l: longType, m: unsignedLongType, L: longLongType, M: unsignedLongLongType, f: floatType, d: doubleType,
  e: longDoubleType, p: pointerTo(voidType), q: pointerTo(constOf(voidType)), k: pointerTo(constOf(charType)),
  s: pointerTo(charType), I: pointerTo(intType), F: pointerTo(floatType), D: pointerTo(doubleType), E: pointerTo(longDoubleType),
};

function typesOf(signature: string): { returns: CType; parameters: CType[]; variadic: boolean } {
  const variadic = signature.endsWith(".");
  const types: CType[] = [];
  for (const letter of variadic ? signature.slice(0, -1) : signature) {
    const type = letters[letter];
    if (type === undefined) throw new Error(`check: no type letter '${letter}' in a builtin's signature`);
    types.push(type);
  }
  const [returns = voidType, ...parameters] = types;
  return { returns, parameters, variadic };
}

const plain = { name: undefined, fold: undefined, library: undefined, special: undefined };

function op(signature: string, name: BuiltinName, fold?: Builtin["fold"]): Builtin {
  return { ...typesOf(signature), ...plain, name, fold };
}

function special(kind: SpecialBuiltin, signature = "v."): Builtin {
  return { ...typesOf(signature), ...plain, special: kind };
}

// ---- Folding ----------------------------------------------------------------------------------------------------------

function bits(value: bigint, width: number): string {
  return BigInt.asUintN(width, value).toString(2).padStart(width, "0");
}

const first = (arguments_: readonly bigint[]): bigint => arguments_[0] ?? 0n;
const second = (arguments_: readonly bigint[]): bigint => arguments_[1] ?? 0n;

function reverseBytes(width: number): NonNullable<Builtin["fold"]> {
  return (a) => {
    const hex = BigInt.asUintN(width, first(a)).toString(16).padStart(width / 4, "0");
    return BigInt(`0x${(hex.match(/../g) ?? []).reverse().join("")}`);
  };
}

const reverseBits = (width: number): NonNullable<Builtin["fold"]> =>
  (a) => BigInt(`0b${[...bits(first(a), width)].reverse().join("")}`);
const leadingZeros = (width: number): NonNullable<Builtin["fold"]> =>
  (a) => BigInt(bits(first(a), width).indexOf("1") < 0 ? width : bits(first(a), width).indexOf("1"));
const trailingZeros = (width: number): NonNullable<Builtin["fold"]> => (a) => {
  const at = bits(first(a), width).lastIndexOf("1");
  return BigInt(at < 0 ? width : width - 1 - at);
};
const ones = (width: number): NonNullable<Builtin["fold"]> =>
  (a) => BigInt([...bits(first(a), width)].filter((bit) => bit === "1").length);
const parity = (width: number): NonNullable<Builtin["fold"]> => (a) => ones(width)(a) & 1n;
const firstSet = (width: number): NonNullable<Builtin["fold"]> => (a) => {
  const at = bits(first(a), width).lastIndexOf("1");
  return at < 0 ? 0n : BigInt(width - at);
};
const redundantSign = (width: number): NonNullable<Builtin["fold"]> => (a) => {
  const text = bits(first(a), width);
  let count = 1;
  while (count < width && text[count] === text[0]) count++;
  return BigInt(count - 1);
};
const rotate = (width: number, left: boolean): NonNullable<Builtin["fold"]> => (a) => {
  const by = Number(BigInt.asUintN(64, second(a)) % BigInt(width));
  const shift = BigInt(left ? by : (width - by) % width);
  const value = BigInt.asUintN(width, first(a));
  return BigInt.asUintN(width, (value << shift) | (value >> (BigInt(width) - shift)));
};
const magnitude: NonNullable<Builtin["fold"]> = (a) => (first(a) < 0n ? -first(a) : first(a));

// ---- The table --------------------------------------------------------------------------------------------------------

/** `clz`, `clzl`, `clzll` and so on: int, long and long long versions. */
function family(
  table: Map<string, Builtin>, stem: string, returns: string, operands: readonly [string, string, string],
  names: readonly [BuiltinName, BuiltinName], fold: (width: number) => NonNullable<Builtin["fold"]>,
): void {
  table.set(`__builtin_${stem}`, op(returns + operands[0], names[0], fold(32)));
  table.set(`__builtin_${stem}l`, op(returns + operands[1], names[1], fold(64)));
  table.set(`__builtin_${stem}ll`, op(returns + operands[2], names[1], fold(64)));
}

/** Library functions: name, signature, header, and the builtin that a call becomes. */
const libraryRows: readonly (readonly [string, string, string, BuiltinName?])[] = [
  ["memcpy", "ppqm", "string.h", "memcpy"], ["memmove", "ppqm", "string.h", "memmove"],
  ["memset", "ppim", "string.h", "memset"], ["memcmp", "iqqm", "string.h", "memcmp"],
  ["bcmp", "iqqm", "strings.h", "bcmp"], ["strlen", "mk", "string.h", "strlen"],
  ["strcmp", "ikk", "string.h", "strcmp"], ["strncmp", "ikkm", "string.h", "strncmp"],
  ["abs", "ii", "stdlib.h", "abs"], ["labs", "ll", "stdlib.h", "abs"], ["llabs", "LL", "stdlib.h", "abs"],
  ["ffs", "ii", "strings.h", "ffs32"], ["ffsl", "il", "strings.h", "ffs64"], ["ffsll", "iL", "strings.h", "ffs64"],
  ["abort", "v", "stdlib.h"], ["exit", "vi", "stdlib.h"], ["malloc", "pm", "stdlib.h"], ["calloc", "pmm", "stdlib.h"],
  ["alloca", "pm", "stdlib.h"], ["realloc", "ppm", "stdlib.h"], ["free", "vp", "stdlib.h"], ["printf", "ik.", "stdio.h"], ["puts", "ik", "stdio.h"],
  ["putchar", "ii", "stdio.h"], ["sprintf", "isk.", "stdio.h"], ["snprintf", "ismk.", "stdio.h"],
  ["vsprintf", "iskp", "stdio.h"], ["vsnprintf", "ismkp", "stdio.h"],
  ["scanf", "ik.", "stdio.h"], ["strcpy", "ssk", "string.h"], ["strncpy", "sskm", "string.h"],
  ["strcat", "ssk", "string.h"], ["strncat", "sskm", "string.h"], ["strchr", "ski", "string.h"],
  ["strrchr", "ski", "string.h"], ["strstr", "skk", "string.h"], ["strspn", "mkk", "string.h"],
  ["strcspn", "mkk", "string.h"], ["strpbrk", "skk", "string.h"], ["strdup", "sk", "string.h"],
  ["memchr", "pqim", "string.h"], ["mempcpy", "ppqm", "string.h"], ["stpcpy", "ssk", "string.h"],
  ["bzero", "vpm", "strings.h"], ["bcopy", "vqpm", "strings.h"], ["index", "ski", "strings.h"],
  ["rindex", "ski", "strings.h"], ["toupper", "ii", "ctype.h"], ["tolower", "ii", "ctype.h"],
  ["isdigit", "ii", "ctype.h"], ["isalpha", "ii", "ctype.h"],
  ["fabs", "dd", "math.h", "fabs"], ["fabsf", "ff", "math.h", "fabs"], ["fabsl", "ee", "math.h", "fabs"],
  ["copysign", "ddd", "math.h", "copysign"], ["copysignf", "fff", "math.h", "copysign"],
  ["copysignl", "eee", "math.h", "copysign"],
  ...mathRows(),
  ...["isalnum", "isblank", "iscntrl", "isgraph", "islower", "isprint", "ispunct", "isspace", "isupper", "isxdigit"].map(
    (name) => [name, "ii", "ctype.h"] as const),
  ["strndup", "skm", "string.h"], ["strtok", "ssk", "string.h"], ["strxfrm", "mskm", "string.h"],
  ["strcasecmp", "ikk", "strings.h"], ["strncasecmp", "ikkm", "strings.h"], ["stpncpy", "sskm", "string.h"],
];

/** Functions of <math.h> in their three versions: d is the version's own type. */
function mathRows(): (readonly [string, string, string])[] {
  const families: readonly (readonly [string, string])[] = [
    ["dd", "acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 floor lgamma log log10 log1p log2 logb " +
      "nearbyint rint round roundeven sin sinh sqrt tan tanh tgamma trunc"],
    ["ddd", "atan2 fdim fmax fmin fmod hypot nextafter pow remainder"], ["dddd", "fma"], ["id", "ilogb"],
    ["ddi", "ldexp scalbn"], ["ddl", "scalbln"], ["ld", "lrint lround"], ["Ld", "llrint llround"], ["dde", "nexttoward"],
    ["dk", "nan"], ["ddD", "modf"], ["ddI", "frexp"], ["dddI", "remquo"],
  ];
  return families.flatMap(([signature, names]) => names.split(" ").flatMap((name) => [
    [name, signature, "math.h"] as const,
    [`${name}f`, signature.replaceAll("d", "f").replaceAll("D", "F"), "math.h"] as const,
    [`${name}l`, signature.replaceAll("d", "e").replaceAll("D", "E"), "math.h"] as const,
  ]));
}

/** Functions that print into an object of a known size: a flag and the size stand before the format. */
const checkedPrints: readonly (readonly [string, string])[] = [
  ["sprintf", "isimk."], ["snprintf", "ismimk."], ["vsprintf", "isimkp"], ["vsnprintf", "ismimkp"],
];

interface Tables {
  readonly builtins: ReadonlyMap<string, Builtin>;
  readonly library: ReadonlyMap<string, LibraryFunction>;
  readonly headers: ReadonlyMap<string, string>;
}

let tables: Tables | undefined;

function makeTables(): Tables {
  const builtins = new Map<string, Builtin>();
  const library = new Map<string, LibraryFunction>();
  const headers = new Map<string, string>();
  for (const [name, signature, header, builtin] of libraryRows) {
    const { returns, parameters, variadic } = typesOf(signature);
    const type = functionReturning(
      returns, parameters.map((parameter) => ({ name: undefined, type: parameter, loc: noLoc, declTags: [] })), variadic,
    );
    library.set(name, { symbol: name, builtin, parameters, type });
    headers.set(name, header);
    builtins.set(`__builtin_${name}`, { returns, parameters, variadic, ...plain, name: builtin, library: name });
  }
  builtins.set("__builtin_abs", op("ii", "abs", magnitude));
  builtins.set("__builtin_labs", op("ll", "abs", magnitude));
  builtins.set("__builtin_llabs", op("LL", "abs", magnitude));
  family(builtins, "clz", "i", ["u", "m", "M"], ["clz32", "clz64"], leadingZeros);
  family(builtins, "ctz", "i", ["u", "m", "M"], ["ctz32", "ctz64"], trailingZeros);
  family(builtins, "popcount", "i", ["u", "m", "M"], ["popcount32", "popcount64"], ones);
  family(builtins, "parity", "i", ["u", "m", "M"], ["parity32", "parity64"], parity);
  family(builtins, "ffs", "i", ["i", "l", "L"], ["ffs32", "ffs64"], firstSet);
  family(builtins, "clrsb", "i", ["i", "l", "L"], ["clrsb32", "clrsb64"], redundantSign);
  const rows: readonly (readonly [string, Builtin])[] = [
    ["bswap16", op("HH", "bswap16", reverseBytes(16))], ["bswap32", op("uu", "bswap32", reverseBytes(32))],
    ["bswap64", op("mm", "bswap64", reverseBytes(64))],
    ["bitreverse8", op("BB", "bitreverse8", reverseBits(8))],
    ["bitreverse16", op("HH", "bitreverse16", reverseBits(16))],
    ["bitreverse32", op("uu", "bitreverse32", reverseBits(32))],
    ["bitreverse64", op("mm", "bitreverse64", reverseBits(64))],
    ["rotateleft8", op("BBB", "rotateLeft8", rotate(8, true))],
    ["rotateleft16", op("HHH", "rotateLeft16", rotate(16, true))],
    ["rotateleft32", op("uuu", "rotateLeft32", rotate(32, true))],
    ["rotateleft64", op("mmm", "rotateLeft64", rotate(64, true))],
    ["rotateright8", op("BBB", "rotateRight8", rotate(8, false))],
    ["rotateright16", op("HHH", "rotateRight16", rotate(16, false))],
    ["rotateright32", op("uuu", "rotateRight32", rotate(32, false))],
    ["rotateright64", op("mmm", "rotateRight64", rotate(64, false))],
    ["is_aligned", special("aligned", "b.")], ["align_up", special("aligned")], ["align_down", special("aligned")],
    ...["addc", "subc"].flatMap((name) => ([["b", "B"], ["s", "H"], ["", "u"], ["l", "m"], ["ll", "M"]] as const).map(
      ([suffix, type]) => [name + suffix, special("carry", `${type}${type}${type}${type}p`)] as const)),
    ...["abs", "max", "min", "add_sat", "sub_sat", "bitreverse"].map(
      (name) => [`elementwise_${name}`, special("elementwise")] as const),
    ...["add", "mul", "and", "or", "xor", "max", "min"].map((name) => [`reduce_${name}`, special("reduce")] as const),
    ["clzg", special("genericBits", "i.")], ["ctzg", special("genericBits", "i.")],
    ["popcountg", special("genericBits", "i.")],
    ["expect", special("expect", "lll")], ["expect_with_probability", special("expect", "llld")],
    ["constant_p", special("constantP", "i.")],
    ["unreachable", op("v", "unreachable")], ["trap", op("v", "trap")], ["debugtrap", op("v", "trap")],
    ["verbose_trap", special("verboseTrap", "vkk")],
    ["assume", op("vb", "assume")], ["prefetch", special("prefetch", "vq.")],
    ["assume_aligned", special("assumeAligned", "pq.")],
    ["object_size", special("objectSize", "mqi")], ["dynamic_object_size", special("objectSize", "mqi")],
    ["add_overflow", special("overflow", "b.")], ["sub_overflow", special("overflow", "b.")],
    ["mul_overflow", special("overflow", "b.")],
    ["va_start", special("variadic")], ["va_end", special("variadic")], ["va_copy", special("variadic")],
    ["c23_va_start", special("variadic")], ["stdarg_start", special("variadic")],
    ["alloca", special("alloca", "pm")], ["alloca_with_align", special("alloca", "pmm")],
    ["alloca_uninitialized", special("alloca", "pm")],
    ["huge_val", special("infinity", "d")], ["huge_valf", special("infinity", "f")],
    ["huge_vall", special("infinity", "e")], ["inf", special("infinity", "d")], ["inff", special("infinity", "f")],
    ["infl", special("infinity", "e")], ["nan", special("nan", "dk")], ["nanf", special("nan", "fk")],
    ["nanl", special("nan", "ek")],
    ...["isnan", "isinf", "isfinite", "finite", "isnormal", "signbit", "signbitf", "signbitl", "isnanf", "isnanl", "isinff",
      "isinfl", "finitef", "finitel"].map((name) => [name, special("floatClass", "i.")] as const),
    ...["isgreater", "isgreaterequal", "isless", "islessequal", "islessgreater", "isunordered"].map(
      (name) => [name, special("floatCompare", "i.")] as const),
    ["preserve_access_index", special("preserveAccess")], ["preserve_field_info", special("fieldInfo", "u.")],
    ["preserve_type_info", special("typeInfo", "m.")], ["preserve_enum_value", special("enumValue", "m.")],
    ["btf_type_id", special("typeId", "m.")],
    ["classify_type", special("classifyType", "i.")],
    ["frame_address", op("pu", "frameAddress")], ["return_address", op("pu", "returnAddress")],
    ["extract_return_addr", special("extractReturn", "pp")],
    ["annotation", special("annotation")], ["flt_rounds", special("rounding", "i")],
    ["LINE", special("line", "i")], ["COLUMN", special("column", "i")],
    ["FILE", special("file", "k")], ["FUNCTION", special("functionName", "k")],
    ["memcpy_inline", special("memoryInline", "vpqm")], ["memset_inline", special("memoryInline", "vpim")],
    ["setjmp", special("setjmp", "ip")], ["longjmp", special("setjmp", "vpi")],
    ["addressof", special("addressOf")],
    ...["complex", "conj", "conjf", "conjl", "creal", "crealf", "creall", "cimag", "cimagf", "cimagl"].map(
      (name) => [name, special("complex")] as const),
    ["cpow", special("unsupported")], ["cpowf", special("unsupported")], ["cpowl", special("unsupported")],
    ["__clear_cache", special("unsupported")],
    ["shufflevector", special("shuffleVector")],
    ["shuffle", special("shuffleByMask")], ["apply", special("unsupported")],
    ["apply_args", special("unsupported")], ["return", special("unsupported")],
  ];
  for (const [name, builtin] of rows) builtins.set(`__builtin_${name}`, builtin);
  for (const [word, type] of [["", "i"], ["l", "l"], ["ll", "L"]] as const) {
    for (const operation of ["add", "sub", "mul"]) {
      builtins.set(`__builtin_s${operation}${word}_overflow`, special("overflow", `b${type}${type}p`));
      const unsigned = { i: "u", l: "m", L: "M" }[type];
      builtins.set(`__builtin_u${operation}${word}_overflow`, special("overflow", `b${unsigned}${unsigned}p`));
    }
  }
  const copies = "memcpy memmove memset strcpy strncpy strcat strncat mempcpy stpcpy stpncpy".split(" ");
  for (const [name, signature] of [...copies.map((copy) => [copy, ""] as const), ...checkedPrints]) {
    const base = builtins.get(`__builtin_${name}`);
    if (base === undefined) throw new Error(`check: no builtin for '${name}'`);
    const { parameters } = signature === "" ? { parameters: [...base.parameters, unsignedLongType] } : typesOf(signature);
    builtins.set(`__builtin___${name}_chk`, { ...base, parameters, special: "checked" });
  }
  for (const name of syncNames()) builtins.set(name, special("sync"));
  for (const name of atomicNames()) builtins.set(name, special("atomic"));
  return { builtins, library, headers };
}

function* syncNames(): Iterable<string> {
  for (const operation of ["add", "sub", "and", "or", "xor", "nand"]) {
    yield* withWidths(`__sync_fetch_and_${operation}`);
    yield* withWidths(`__sync_${operation}_and_fetch`);
  }
  for (const name of [
    "__sync_lock_test_and_set", "__sync_lock_release", "__sync_val_compare_and_swap", "__sync_bool_compare_and_swap",
    "__sync_swap",
  ]) yield* withWidths(name);
  yield "__sync_synchronize";
}

function* withWidths(name: string): Iterable<string> {
  yield name;
  for (const width of [1, 2, 4, 8, 16]) yield `${name}_${width}`;
}

function* atomicNames(): Iterable<string> {
  for (const operation of ["add", "sub", "and", "or", "xor", "nand", "min", "max"]) {
    yield `__atomic_fetch_${operation}`;
    yield `__atomic_${operation}_fetch`;
    yield `__c11_atomic_fetch_${operation}`;
    yield `__scoped_atomic_fetch_${operation}`;
    yield `__scoped_atomic_${operation}_fetch`;
  }
  for (const name of [
    "load_n", "load", "store_n", "store", "exchange_n", "exchange", "compare_exchange_n", "compare_exchange",
  ]) {
    yield `__atomic_${name}`;
    yield `__scoped_atomic_${name}`;
  }
  for (const name of [
    "test_and_set", "clear", "thread_fence", "signal_fence", "always_lock_free", "is_lock_free",
  ]) yield `__atomic_${name}`;
  for (const name of [
    "init", "load", "store", "exchange", "compare_exchange_strong", "compare_exchange_weak", "thread_fence",
    "signal_fence", "is_lock_free",
  ]) yield `__c11_atomic_${name}`;
}

function get(): Tables {
  tables ??= makeTables();
  return tables;
}

/** The builtin of a name that nothing in scope declares. */
export function builtinNamed(name: string): Builtin | undefined {
  return name.startsWith("__") ? get().builtins.get(name) : undefined;
}

/** The library function of a name, whose calls clang knows the meaning of. */
export function libraryFunction(name: string): LibraryFunction | undefined {
  return get().library.get(name);
}

export function libraryHeader(name: string): string {
  return get().headers.get(name) ?? "";
}

/** All builtin names, for `__has_builtin` and "did you mean". */
export function builtinNames(): Iterable<string> {
  return get().builtins.keys();
}

/** Does `__has_builtin` know the name? */
export function knownBuiltin(name: string): boolean {
  const names = ["__builtin_choose_expr", "__builtin_types_compatible_p", "__builtin_offsetof", "__builtin_va_arg",
    "__builtin_convertvector"];
  return names.includes(name) || get().builtins.has(name) || get().library.get(name)?.builtin !== undefined;
}
