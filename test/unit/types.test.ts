/** Types: layout as clang's BPF target has it, conversions, and their text. */
import { expect, test } from "vitest";
import { noLoc } from "../../compiler/source/source-map.ts";
import {
  arrayOf, charType, constOf, functionReturning, intType, longLongType, longType, pointerTo, qualify, unsignedIntType,
  unsignedLongType, voidType,
} from "../../compiler/types/basic.ts";
import { compatible, composite } from "../../compiler/types/compatible.ts";
import { promoteBitField, usualArithmetic, wrapInteger } from "../../compiler/types/convert.ts";
import type { CType } from "../../compiler/types/ctype.ts";
import { printType, quoteType } from "../../compiler/types/print.ts";
import { checkText } from "../harness/program.ts";

/** Each line is a record with what clang-19 -target bpf says of it. */
const layouts: readonly (readonly [record: string, size: number, align: number])[] = [
  ["struct s { char a; int b; }", 8, 4],
  ["struct s { char a; int b; } __attribute__((packed))", 5, 1],
  ["struct s { char a; __int128 b; }", 32, 16],
  ["struct s { int a : 3; int b : 30; }", 8, 4],
  ["struct s { char a; int b : 24; }", 4, 4],
  ["struct s { int a : 3; int : 0; char b; }", 8, 4],
  ["struct s { long a : 40; long b : 30; } __attribute__((packed))", 9, 1],
  ["struct s { _Bool a : 1; unsigned char b : 7; }", 1, 1],
  ["struct s { char a; long b __attribute__((packed)); }", 9, 1],
  ["struct s { char a __attribute__((aligned)); }", 16, 16],
  ["struct s { int n; char data[]; }", 4, 4],
  ["struct s { }", 0, 1],
  ["union s { char a[5]; short b; }", 6, 2],
  ["struct s { int a : 3 __attribute__((aligned(8))); int b : 3; }", 8, 8],
];

test.each(layouts)("%s", (record, size, align) => {
  const tag = record.startsWith("union") ? "union s" : "struct s";
  const text = `${record};\n_Static_assert(sizeof(${tag}) == ${size} && _Alignof(${tag}) == ${align}, "");`;
  expect(checkText(text).messages).toEqual([]);
});

test("members lie where clang puts them", () => {
  const text = `
    #pragma pack(push, 2)
    struct p { char a; int b; };
    #pragma pack(pop)
    struct o { int a; struct { char b; union { short c; long d; }; }; };
    _Static_assert(__builtin_offsetof(struct p, b) == 2 && sizeof(struct p) == 6, "");
    _Static_assert(__builtin_offsetof(struct o, b) == 8 && __builtin_offsetof(struct o, c) == 16, "");`;
  expect(checkText(text).messages).toEqual([]);
});

test("the usual arithmetic conversions", () => {
  expect(usualArithmetic(intType, unsignedIntType)).toBe(unsignedIntType);
  expect(usualArithmetic(longType, unsignedIntType)).toBe(longType);
  expect(usualArithmetic(longLongType, unsignedLongType)).toMatchObject({ name: "unsigned long long" });
  expect(promoteBitField(unsignedIntType, 31)).toBe(intType);
  expect(promoteBitField(unsignedIntType, 32)).toBe(unsignedIntType);
  expect(wrapInteger(300n, charType)).toBe(44n);
  expect(wrapInteger(-1n, unsignedIntType)).toBe(0xffffffffn);
});

test("compatible and composite types", () => {
  const open = arrayOf(intType, "incomplete");
  expect(compatible(open, arrayOf(intType, 3))).toBe(true);
  expect(composite(open, arrayOf(intType, 3))).toMatchObject({ length: 3 });
  expect(compatible(pointerTo(constOf(intType)), pointerTo(intType))).toBe(false);
});

test("types as clang writes them", () => {
  const u32: CType = { kind: "typedef", name: "u32", of: unsignedIntType, loc: noLoc, declTags: [] };
  const parameter = { name: undefined, type: pointerTo(constOf(charType)), loc: noLoc, declTags: [] };
  const handler = pointerTo(functionReturning(intType, [parameter], true));
  expect(printType(handler)).toBe("int (*)(const char *, ...)");
  expect(printType(pointerTo(arrayOf(intType, 3)), "p")).toBe("int (*p)[3]");
  expect(printType(arrayOf(pointerTo(voidType), 3))).toBe("void *[3]");
  const restricted = { const: true, volatile: false, restrict: true, atomic: false };
  expect(printType(qualify(pointerTo(charType), restricted))).toBe("char *const restrict");
  expect(quoteType(pointerTo(u32))).toBe("'u32 *' (aka 'unsigned int *')");
});
