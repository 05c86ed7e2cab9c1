/**
 * The predefined macros: what clang 19 announces for the BPF target, made from a description of it.
 *
 * Sources and headers test these (`__clang_major__`, `__BPF_CPU_VERSION__`, `__SIZEOF_LONG__`), so names and values are
 * clang's, identity included; `__TBCC__` is ours and tells the difference. The rules: each integer type gives its
 * maximum, width, format letters and suffix; each floating type its characteristics; the CPU level its features.
 */
import type { PreprocessOptions } from "./options.ts";

interface IntegerDescription {
  /** How clang spells the type. */
  readonly type: string;
  readonly bits: number;
  readonly signed: boolean;
  /** printf length modifier. */
  readonly format: string;
  readonly suffix: string;
}

const signedChar: IntegerDescription = { type: "signed char", bits: 8, signed: true, format: "hh", suffix: "" };
const unsignedChar: IntegerDescription = { type: "unsigned char", bits: 8, signed: false, format: "hh", suffix: "" };
const short: IntegerDescription = { type: "short", bits: 16, signed: true, format: "h", suffix: "" };
const unsignedShort: IntegerDescription = {
  type: "unsigned short", bits: 16, signed: false, format: "h", suffix: "",
};
const int: IntegerDescription = { type: "int", bits: 32, signed: true, format: "", suffix: "" };
const unsignedInt: IntegerDescription = { type: "unsigned int", bits: 32, signed: false, format: "", suffix: "U" };
const long: IntegerDescription = { type: "long int", bits: 64, signed: true, format: "l", suffix: "L" };
const unsignedLong: IntegerDescription = {
  type: "long unsigned int", bits: 64, signed: false, format: "l", suffix: "UL",
};

function maximum(type: IntegerDescription): string {
  return String((1n << BigInt(type.signed ? type.bits - 1 : type.bits)) - 1n) + type.suffix;
}

interface FloatDescription {
  readonly prefix: string;
  readonly suffix: string;
  readonly mantissa: number;
  readonly maxExponent: number;
  readonly minExponent: number;
  readonly digits: number;
  readonly decimalDigits: number;
  readonly max10: number;
  readonly min10: number;
  readonly max: string;
  readonly min: string;
  readonly epsilon: string;
  readonly denormal: string;
}

const double: FloatDescription = {
  prefix: "DBL", suffix: "", mantissa: 53, maxExponent: 1024, minExponent: -1021, digits: 15, decimalDigits: 17,
  max10: 308, min10: -307, max: "1.7976931348623157e+308", min: "2.2250738585072014e-308",
  epsilon: "2.2204460492503131e-16", denormal: "4.9406564584124654e-324",
};

const floats: readonly FloatDescription[] = [
  {
    prefix: "FLT", suffix: "F", mantissa: 24, maxExponent: 128, minExponent: -125, digits: 6, decimalDigits: 9,
    max10: 38, min10: -37, max: "3.40282347e+38", min: "1.17549435e-38", epsilon: "1.19209290e-7",
    denormal: "1.40129846e-45",
  },
  double,
  // long double is double on BPF.
  { ...double, prefix: "LDBL", suffix: "L" },
];

/** Features by the CPU level that brings them. */
const cpuFeatures: readonly (readonly [level: number, name: string])[] = [
  [1, "ADDR_SPACE_CAST"],
  [2, "JMP_EXT"], [2, "MAY_GOTO"],
  [3, "ALU32"], [3, "JMP32"],
  [4, "BSWAP"], [4, "GOTOL"], [4, "LDSX"], [4, "LOAD_ACQ_STORE_REL"], [4, "MOVSX"], [4, "SDIV_SMOD"], [4, "ST"],
];

const standardVersions: Readonly<Record<string, string>> = {
  c99: "199901L", c11: "201112L", c17: "201710L", c23: "202311L",
};

/** The text of <built-in>: #define lines. */
export function predefinedMacros(options: PreprocessOptions): string {
  const lines: string[] = [];
  const define = (name: string, value: string | number = 1): void => {
    lines.push(`#define ${name} ${value}\n`);
  };
  identity(define);
  language(options, define);
  target(options, define);
  integers(options, define);
  for (const float of floats) floating(float, define);
  atomics(options, define);
  define("__TBCC__");
  return lines.join("");
}

type Define = (name: string, value?: string | number) => void;

/** Who clang says that it is. */
function identity(define: Define): void {
  define("__llvm__");
  define("__clang__");
  define("__clang_major__", 19);
  define("__clang_minor__", 1);
  define("__clang_patchlevel__", 7);
  define("__clang_version__", '"19.1.7 "');
  define("__VERSION__", '"Clang 19.1.7"');
  define("__GNUC__", 4);
  define("__GNUC_MINOR__", 2);
  define("__GNUC_PATCHLEVEL__", 1);
  define("__GXX_ABI_VERSION", 1002);
  define("__clang_literal_encoding__", '"UTF-8"');
  define("__clang_wide_literal_encoding__", '"UTF-32"');
  define("__CONSTANT_CFSTRINGS__");
  define("__OBJC_BOOL_IS_BOOL", 0);
  define("__PRAGMA_REDEFINE_EXTNAME");
}

function language(options: PreprocessOptions, define: Define): void {
  define("__STDC__");
  define("__STDC_HOSTED__", options.hosted ? 1 : 0);
  const version = standardVersions[options.dialect];
  if (version !== undefined) define("__STDC_VERSION__", version);
  if (!options.gnu) define("__STRICT_ANSI__");
  define("__STDC_UTF_16__");
  define("__STDC_UTF_32__");
  define("__STDC_EMBED_NOT_FOUND__", 0);
  define("__STDC_EMBED_FOUND__", 1);
  define("__STDC_EMBED_EMPTY__", 2);
  define(options.gnuInline ? "__GNUC_GNU_INLINE__" : "__GNUC_STDC_INLINE__");
  if (options.level !== "0") define("__OPTIMIZE__");
  if (options.level === "s" || options.level === "z") define("__OPTIMIZE_SIZE__");
  if (options.level === "0" || options.noInline) define("__NO_INLINE__");
  if (options.debug) define("__GCC_HAVE_DWARF2_CFI_ASM");
  define("__FINITE_MATH_ONLY__", 0);
  const scopes = ["SYSTEM", "DEVICE", "WRKGRP", "WVFRNT", "SINGLE"];
  scopes.forEach((scope, i) => define(`__MEMORY_SCOPE_${scope}`, i));
  const openCl = ["WORK_ITEM", "WORK_GROUP", "DEVICE", "ALL_SVM_DEVICES", "SUB_GROUP"];
  openCl.forEach((scope, i) => define(`__OPENCL_MEMORY_SCOPE_${scope}`, i));
  const classes = ["SNAN", "QNAN", "NEGINF", "NEGNORMAL", "NEGSUBNORMAL", "NEGZERO", "POSZERO", "POSSUBNORMAL",
    "POSNORMAL", "POSINF"];
  classes.forEach((name, i) => define(`__FPCLASS_${name}`, `0x${(1 << i).toString(16).padStart(4, "0")}`));
}

function target(options: PreprocessOptions, define: Define): void {
  define("__bpf__");
  define("__BPF__");
  define("__BPF_CPU_VERSION__", options.cpu);
  for (const [level, name] of cpuFeatures) if (options.cpu >= level) define(`__BPF_FEATURE_${name}`);
  define("__ELF__");
  define("_LP64");
  define("__LP64__");
  define("__ORDER_LITTLE_ENDIAN__", 1234);
  define("__ORDER_BIG_ENDIAN__", 4321);
  define("__ORDER_PDP_ENDIAN__", 3412);
  const order = options.endian === "little" ? "LITTLE" : "BIG";
  define("__BYTE_ORDER__", `__ORDER_${order}_ENDIAN__`);
  define(`__${order}_ENDIAN__`);
  define("__USER_LABEL_PREFIX__", "");
  define("__BIGGEST_ALIGNMENT__", 8);
  define("__POINTER_WIDTH__", 64);
  define("__GCC_CONSTRUCTIVE_SIZE", 32);
  define("__GCC_DESTRUCTIVE_SIZE", 32);
}

function integers(options: PreprocessOptions, define: Define): void {
  define("__CHAR_BIT__", 8);
  define("__BOOL_WIDTH__", 8);
  define("__BITINT_MAXWIDTH__", 128);
  if (!options.charSigned) define("__CHAR_UNSIGNED__");
  define("__SCHAR_MAX__", maximum(signedChar));
  define("__SHRT_MAX__", maximum(short));
  define("__INT_MAX__", maximum(int));
  define("__LONG_MAX__", maximum(long));
  define("__LONG_LONG_MAX__", `${maximum({ ...long, suffix: "" })}LL`);
  for (const [name, bits] of [["SHRT", 16], ["INT", 32], ["LONG", 64], ["LLONG", 64]] as const) {
    define(`__${name}_WIDTH__`, bits);
  }
  const sizes = {
    SHORT: 2, INT: 4, LONG: 8, LONG_LONG: 8, INT128: 16, FLOAT: 4, DOUBLE: 8, LONG_DOUBLE: 8, POINTER: 8, SIZE_T: 8,
    PTRDIFF_T: 8, WCHAR_T: 4, WINT_T: 4,
  };
  for (const [name, bytes] of Object.entries(sizes)) define(`__SIZEOF_${name}__`, bytes);

  const letters = (type: IntegerDescription): string[] => {
    if (type.signed) return ["d", "i"];
    return options.dialect === "c23" ? ["o", "u", "x", "X", "B", "b"] : ["o", "u", "x", "X"];
  };
  const formats = (name: string, type: IntegerDescription): void => {
    for (const letter of letters(type)) define(`__${name}_FMT${letter}__`, `"${type.format}${letter}"`);
  };
  // Names of types: maximum, type, width, formats; the exact-width and greatest ones have a suffix for constants too.
  const named = (name: string, type: IntegerDescription, has: { width: boolean; constant: boolean }): void => {
    define(`__${name}_TYPE__`, type.type);
    define(`__${name}_MAX__`, maximum(type));
    if (has.width) define(`__${name}_WIDTH__`, type.bits);
    formats(name, type);
    if (has.constant) define(`__${name}_C_SUFFIX__`, type.suffix);
  };
  named("INTMAX", long, { width: true, constant: true });
  named("UINTMAX", unsignedLong, { width: true, constant: true });
  named("PTRDIFF", long, { width: true, constant: false });
  named("INTPTR", long, { width: true, constant: false });
  named("UINTPTR", unsignedLong, { width: true, constant: false });
  named("SIZE", unsignedLong, { width: true, constant: false });
  for (const [name, type] of [["WCHAR", int], ["WINT", int]] as const) {
    define(`__${name}_TYPE__`, type.type);
    define(`__${name}_MAX__`, maximum(type));
    define(`__${name}_WIDTH__`, type.bits);
  }
  define("__SIG_ATOMIC_MAX__", maximum(int));
  define("__SIG_ATOMIC_WIDTH__", int.bits);
  define("__CHAR16_TYPE__", unsignedShort.type);
  define("__CHAR32_TYPE__", unsignedInt.type);
  if (options.dialect === "c23") define("__CHAR8_TYPE__", unsignedChar.type);
  const exact = [[8, signedChar, unsignedChar], [16, short, unsignedShort], [32, int, unsignedInt],
    [64, long, unsignedLong]] as const;
  for (const [bits, signed, unsigned] of exact) {
    named(`INT${bits}`, signed, { width: false, constant: true });
    named(`UINT${bits}`, unsigned, { width: false, constant: true });
    for (const kind of ["LEAST", "FAST"]) {
      named(`INT_${kind}${bits}`, signed, { width: true, constant: false });
      named(`UINT_${kind}${bits}`, unsigned, { width: false, constant: false });
    }
  }
}

function floating(float: FloatDescription, define: Define): void {
  const { prefix, suffix } = float;
  const negative = (value: number): string => (value < 0 ? `(${value})` : String(value));
  define(`__${prefix}_DENORM_MIN__`, float.denormal + suffix);
  define(`__${prefix}_NORM_MAX__`, float.max + suffix);
  define(`__${prefix}_HAS_DENORM__`);
  define(`__${prefix}_DIG__`, float.digits);
  define(`__${prefix}_DECIMAL_DIG__`, float.decimalDigits);
  define(`__${prefix}_EPSILON__`, float.epsilon + suffix);
  define(`__${prefix}_HAS_INFINITY__`);
  define(`__${prefix}_HAS_QUIET_NAN__`);
  define(`__${prefix}_MANT_DIG__`, float.mantissa);
  define(`__${prefix}_MAX_10_EXP__`, float.max10);
  define(`__${prefix}_MAX_EXP__`, float.maxExponent);
  define(`__${prefix}_MAX__`, float.max + suffix);
  define(`__${prefix}_MIN_10_EXP__`, negative(float.min10));
  define(`__${prefix}_MIN_EXP__`, negative(float.minExponent));
  define(`__${prefix}_MIN__`, float.min + suffix);
  if (prefix === "FLT") define("__FLT_RADIX__", 2);
  if (prefix === "LDBL") define("__DECIMAL_DIG__", "__LDBL_DECIMAL_DIG__");
}

function atomics(options: PreprocessOptions, define: Define): void {
  ["RELAXED", "CONSUME", "ACQUIRE", "RELEASE", "ACQ_REL", "SEQ_CST"].forEach((order, i) =>
    define(`__ATOMIC_${order}`, i));
  const types = ["BOOL", "CHAR", "CHAR16_T", "CHAR32_T", "WCHAR_T", "SHORT", "INT", "LONG", "LLONG", "POINTER"];
  if (options.dialect === "c23") types.push("CHAR8_T");
  for (const type of types) {
    define(`__CLANG_ATOMIC_${type}_LOCK_FREE`, 2);
    define(`__GCC_ATOMIC_${type}_LOCK_FREE`, 2);
  }
  define("__GCC_ATOMIC_TEST_AND_SET_TRUEVAL");
}
