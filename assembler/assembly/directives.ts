/**
 * The directives of assembly text, by name. Each reads its arguments and changes the assembly; it returns false when it
 * has reported a problem, and then the rest of its statement is not looked at.
 *
 * Source of the facts: the GNU assembler's manual, and what LLVM's assembler takes for BPF.
 */

import type { SymbolBind, SymbolType, SymbolVisibility } from "../object/object.ts";
import { SHF, SHT } from "../object/object.ts";
import { numberExpression } from "../isa/expression.ts";
import { symbolNamed } from "./assembly.ts";
import { dataDirectives } from "./data-directives.ts";
import { frameDirectives } from "./frames.ts";
import { lineDirectives } from "./line-directives.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import {
  accept, append, appendTo, atEnd, expect, openSection, peek, readExpression, readName, readNumber, readString, report, switchTo,
} from "./reader.ts";

export function findDirective(name: string): Directive | undefined {
  return directives.get(name) ?? dataDirectives.get(name) ?? lineDirectives.get(name) ?? frameDirectives.get(name);
}

/** `name [, name]...`, each given to `each`. */
function names(each: (reader: Reader, name: string, position: number) => void): Directive {
  return (reader, args) => {
    do {
      const { position } = peek(args);
      const name = readName(reader, args, "a symbol");
      if (name === undefined) return false;
      each(reader, name, position);
    } while (accept(args, ","));
    return true;
  };
}

function setBind(bind: SymbolBind): Directive {
  return names((reader, name, position) => {
    const symbol = symbolNamed(reader.assembly, name);
    const conflict = symbol.bind !== undefined && symbol.bind !== bind && (symbol.bind === "local" || bind === "local");
    if (conflict) report(reader, position, `"${name}" is ${symbol.bind} already`);
    // A weak symbol that is declared global too stays weak.
    else if (symbol.bind !== "weak") symbol.bind = bind;
  });
}

function setVisibility(visibility: SymbolVisibility): Directive {
  return names((reader, name) => {
    symbolNamed(reader.assembly, name).visibility = visibility;
  });
}

const symbolTypeNames: Readonly<Record<string, SymbolType>> = {
  function: "func", STT_FUNC: "func", object: "object", STT_OBJECT: "object", notype: "notype", STT_NOTYPE: "notype",
  common: "common", STT_COMMON: "common", tls_object: "tls", STT_TLS: "tls",
};

/** `.type name, @function` */
function typeDirective(reader: Reader, args: Arguments): boolean {
  const name = readName(reader, args, "a symbol");
  if (name === undefined) return false;
  accept(args, ",");
  if (!accept(args, "@")) accept(args, "%");
  const { position } = peek(args);
  const typeName = readName(reader, args, "a symbol type");
  if (typeName === undefined) return false;
  const type = symbolTypeNames[typeName];
  if (type === undefined) {
    report(reader, position, `unknown symbol type "${typeName}"`);
    return false;
  }
  symbolNamed(reader.assembly, name).type = type;
  return true;
}

/** `.size name, expression` */
function sizeDirective(reader: Reader, args: Arguments): boolean {
  const name = readName(reader, args, "a symbol");
  if (name === undefined || !expect(reader, args, ",")) return false;
  const { position } = peek(args);
  const expression = readExpression(reader, args);
  if (expression === undefined) return false;
  symbolNamed(reader.assembly, name).size = { expression, position };
  return true;
}

/** `.set name, expression` */
function setDirective(reader: Reader, args: Arguments): boolean {
  const { position } = peek(args);
  const name = readName(reader, args, "a symbol");
  if (name === undefined || !expect(reader, args, ",")) return false;
  const expression = readExpression(reader, args);
  if (expression === undefined) return false;
  const symbol = symbolNamed(reader.assembly, name);
  if (symbol.definition.kind === "label" || symbol.definition.kind === "common") {
    report(reader, position, `"${name}" is defined already`);
    return false;
  }
  symbol.definition = { kind: "value", expression, position };
  return true;
}

/** `.comm name, size [, align]`: zeros that the linker places; in .bss here and now if the symbol is local. */
function commDirective(reader: Reader, args: Arguments): boolean {
  const { position } = peek(args);
  const name = readName(reader, args, "a symbol");
  if (name === undefined || !expect(reader, args, ",")) return false;
  const size = readNumber(reader, args, 0, Number.MAX_SAFE_INTEGER);
  if (size === undefined) return false;
  const align = accept(args, ",") ? readNumber(reader, args, 1, 2 ** 31) : 1;
  if (align === undefined) return false;
  if (!Number.isInteger(Math.log2(align))) {
    report(reader, position, `alignment ${align} is no power of two`);
    return false;
  }
  const symbol = symbolNamed(reader.assembly, name);
  if (symbol.definition.kind !== "none") {
    report(reader, position, `"${name}" is defined twice`);
    return false;
  }
  symbol.type = "object";
  symbol.size = { expression: numberExpression(BigInt(size)), position };
  if (symbol.bind !== "local") {
    symbol.definition = { kind: "common", size, align };
    return true;
  }
  const bss = openSection(reader.assembly, {
    name: ".bss", type: SHT.NOBITS, flags: SHF.ALLOC | SHF.WRITE, entsize: 0, link: undefined,
  });
  bss.align = Math.max(bss.align, align);
  symbol.definition = { kind: "label", section: bss };
  appendTo(bss, { kind: "align", align, fill: undefined, most: align });
  appendTo(bss, { kind: "label", name });
  appendTo(bss, { kind: "space", count: numberExpression(BigInt(size)), fill: 0, position });
  return true;
}

// Sections

/** What a section is when the text does not say, by its name or the part of it before the second dot. */
const knownSections: Readonly<Record<string, readonly [type: number, flags: number]>> = {
  ".text": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR], ".init": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR],
  ".fini": [SHT.PROGBITS, SHF.ALLOC | SHF.EXECINSTR], ".data": [SHT.PROGBITS, SHF.ALLOC | SHF.WRITE],
  ".bss": [SHT.NOBITS, SHF.ALLOC | SHF.WRITE], ".rodata": [SHT.PROGBITS, SHF.ALLOC],
  ".init_array": [SHT.INIT_ARRAY, SHF.ALLOC | SHF.WRITE], ".fini_array": [SHT.FINI_ARRAY, SHF.ALLOC | SHF.WRITE],
  ".preinit_array": [SHT.PREINIT_ARRAY, SHF.ALLOC | SHF.WRITE], ".note": [SHT.NOTE, 0],
};

const flagLetters: Readonly<Record<string, number>> = {
  a: SHF.ALLOC, w: SHF.WRITE, x: SHF.EXECINSTR, M: SHF.MERGE, S: SHF.STRINGS, T: SHF.TLS, o: SHF.LINK_ORDER,
  e: SHF.EXCLUDE,
};

const sectionTypeNames: Readonly<Record<string, number>> = {
  progbits: SHT.PROGBITS, nobits: SHT.NOBITS, note: SHT.NOTE, init_array: SHT.INIT_ARRAY,
  fini_array: SHT.FINI_ARRAY, preinit_array: SHT.PREINIT_ARRAY,
};

/** `.section name [, "flags" [, @type [, entsize]] [, link]]` */
function sectionDirective(reader: Reader, args: Arguments): boolean {
  const { position } = peek(args);
  const name = readSectionName(reader, args);
  if (name === undefined) return false;
  const base = /^\.[^.]*/.exec(name)?.[0] ?? "";
  let [type, flags] = knownSections[base] ?? [SHT.PROGBITS, 0];
  let entsize = 0;
  let link: string | undefined;
  const explicit = accept(args, ",");
  if (explicit) {
    const letters = readString(reader, args);
    if (letters === undefined) return false;
    for (const letter of letters) {
      const flag = flagLetters[letter];
      if (flag === undefined) {
        report(reader, position, `section flag "${letter}" is unknown or not supported`);
        return false;
      }
      flags = (flags | flag) >>> 0;
    }
    if (accept(args, ",")) {
      const given = readSectionType(reader, args);
      if (given === undefined) return false;
      type = given;
      if ((flags & SHF.MERGE) !== 0) {
        const size = expect(reader, args, ",") ? readNumber(reader, args, 1, 0x7fffffff) : undefined;
        if (size === undefined) return false;
        entsize = size;
      }
      if ((flags & SHF.LINK_ORDER) !== 0) {
        link = expect(reader, args, ",") ? readName(reader, args, "the linked symbol") : undefined;
        if (link === undefined) return false;
      }
    }
  }
  const section = openSection(reader.assembly, { name, type, flags, entsize, link });
  if (explicit && (section.type !== type || section.flags !== flags || section.entsize !== entsize)) {
    report(reader, position, `section ${name} was declared with another type, flags or entry size`);
    return false;
  }
  switchTo(reader, section);
  return true;
}

/** A name of words, numbers, dots, dashes and slashes, up to a comma: `xdp/frags`; or a quoted one. */
function readSectionName(reader: Reader, args: Arguments): string | undefined {
  const first = peek(args);
  if (first.kind === "string") return readString(reader, args);
  let name = "";
  let end = first.position;
  for (let token = first; token.kind !== "end" && token.position === end; token = peek(args)) {
    if (token.kind === "string" || token.kind === "bad" || token.text === ",") break;
    name += token.text;
    end = token.position + token.text.length;
    args.next++;
  }
  if (name === "") report(reader, first.position, "expected the name of a section");
  return name === "" ? undefined : name;
}

/** `@progbits`, `%progbits`, `@0x6fff4c03` */
function readSectionType(reader: Reader, args: Arguments): number | undefined {
  if (!accept(args, "@") && !accept(args, "%")) {
    report(reader, peek(args).position, "expected \"@\" and the section's type");
    return undefined;
  }
  const token = peek(args);
  if (token.kind === "number") return readNumber(reader, args, 0, 0xffffffff);
  const name = readName(reader, args, "the section's type");
  const type = name === undefined ? undefined : sectionTypeNames[name];
  if (name !== undefined && type === undefined) report(reader, token.position, `unknown section type "${name}"`);
  return type;
}

/** `.text`, `.data`, `.bss` */
function switchToKnown(name: string): Directive {
  const [type, flags] = knownSections[name] ?? [SHT.PROGBITS, 0];
  return (reader) => {
    switchTo(reader, openSection(reader.assembly, { name, type, flags, entsize: 0, link: undefined }));
    return true;
  };
}

function pushSection(reader: Reader, args: Arguments): boolean {
  const { section, previous } = reader;
  if (!sectionDirective(reader, args)) return false;
  reader.pushed.push({ section, previous });
  return true;
}

function popSection(reader: Reader, args: Arguments): boolean {
  const last = reader.pushed.pop();
  if (last === undefined) {
    report(reader, peek(args).position, "no section was pushed");
    return false;
  }
  reader.section = last.section;
  reader.previous = last.previous;
  return true;
}

// Alignment

/** `.p2align power [, fill [, most]]`; `.balign bytes ...` */
function alignDirective(isPower: boolean): Directive {
  return (reader, args) => {
    const { position } = peek(args);
    const value = readNumber(reader, args, 0, isPower ? 31 : 2 ** 31);
    if (value === undefined) return false;
    const align = isPower ? 2 ** value : Math.max(1, value);
    if (!Number.isInteger(Math.log2(align))) {
      report(reader, position, `alignment ${align} is no power of two`);
      return false;
    }
    let fill: number | undefined;
    let most = align;
    if (accept(args, ",")) {
      if (peek(args).text !== ",") {
        fill = readNumber(reader, args, -128, 255);
        if (fill === undefined) return false;
      }
      if (accept(args, ",")) {
        const limit = readNumber(reader, args, 0, 2 ** 31);
        if (limit === undefined) return false;
        most = limit;
      }
    }
    reader.section.align = Math.max(reader.section.align, align);
    append(reader, { kind: "align", align, fill, most }, position);
    return true;
  };
}

// The rest

function addrsigDirective(reader: Reader): boolean {
  reader.assembly.addressSignificant ??= [];
  return true;
}

const addrsigSymbol: Directive = names((reader, name) => {
  symbolNamed(reader.assembly, name);
  reader.assembly.addressSignificant?.push(name);
});

function previousDirective(reader: Reader, args: Arguments): boolean {
  if (!atEnd(args)) return true;
  switchTo(reader, reader.previous);
  return true;
}

const directives: ReadonlyMap<string, Directive> = new Map([
  [".globl", setBind("global")], [".global", setBind("global")], [".weak", setBind("weak")],
  [".local", setBind("local")],
  [".hidden", setVisibility("hidden")], [".protected", setVisibility("protected")],
  [".internal", setVisibility("internal")],
  [".type", typeDirective], [".size", sizeDirective], [".set", setDirective], [".equ", setDirective],
  [".comm", commDirective],
  [".section", sectionDirective], [".pushsection", pushSection], [".popsection", popSection],
  [".previous", previousDirective], [".text", switchToKnown(".text")], [".data", switchToKnown(".data")],
  [".bss", switchToKnown(".bss")],
  [".p2align", alignDirective(true)], [".balign", alignDirective(false)], [".align", alignDirective(false)],
  [".addrsig", addrsigDirective], [".addrsig_sym", addrsigSymbol],
]);
