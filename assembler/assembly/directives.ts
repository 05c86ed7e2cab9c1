/**
 * The directives of assembly text, by name. Each reads its arguments and changes the assembly; it returns false when it
 * has reported a problem, and then the rest of its statement is not looked at.
 *
 * Source of the facts: the GNU assembler's manual, and what LLVM's assembler takes for BPF.
 */

import type { SymbolBind, SymbolType, SymbolVisibility } from "../object/object.ts";
import { SHF, SHT } from "../object/object.ts";
import { numberExpression } from "../isa/expression.ts";
import type { Dialect } from "../isa/parse.ts";
import { type AssemblySection, type Remark, symbolNamed } from "./assembly.ts";
import { bytesOf, dataDirectives, number, values } from "./data-directives.ts";
import { frameDirectives } from "./frames.ts";
import { lineDirectives } from "./line-directives.ts";
import { sectionDirectives } from "./section-directives.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import {
  accept, append, appendBytes, appendTo, atEnd, expect, openPart, openSection, peek, readExpression, readName,
  readNumber, readString, report,
} from "./reader.ts";

export function findDirective(name: string, dialect: Dialect = "pseudoc"): Directive | undefined {
  const normal = dialect === "normal" ? normalDirectives.get(name) : undefined;
  return normal ?? directives.get(name) ?? dataDirectives.get(name) ?? sectionDirectives.get(name)
    ?? lineDirectives.get(name) ?? frameDirectives.get(name);
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

/** `.set name, expression`; `.equiv` for a name that has no value yet. */
function setDirective(isNew: boolean): Directive {
  return (reader, args) => readSet(reader, args, isNew);
}

function readSet(reader: Reader, args: Arguments, isNew: boolean): boolean {
  const { position } = peek(args);
  const name = readName(reader, args, "a symbol");
  if (name === undefined || !expect(reader, args, ",")) return false;
  const expression = readExpression(reader, args);
  if (expression === undefined) return false;
  const symbol = symbolNamed(reader.assembly, name);
  const { kind } = symbol.definition;
  if (kind === "label" || kind === "common" || (isNew && kind === "value")) {
    report(reader, position, `"${name}" is defined already`);
    return false;
  }
  symbol.definition = { kind: "value", expression, position };
  return true;
}

/** `.comm name, size [, align]`: zeros that the linker places; in .bss here and now if the symbol is local. */
function commDirective(reader: Reader, args: Arguments): boolean {
  return readCommon(reader, args, false);
}

/** `.lcomm name, size`: zeros in .bss. */
function lcommDirective(reader: Reader, args: Arguments): boolean {
  return readCommon(reader, args, true);
}

function readCommon(reader: Reader, args: Arguments, isLocal: boolean): boolean {
  const { position } = peek(args);
  const name = readName(reader, args, "a symbol");
  if (name === undefined || !expect(reader, args, ",")) return false;
  const size = readNumber(reader, args, 0, Number.MAX_SAFE_INTEGER);
  if (size === undefined) return false;
  const align = !isLocal && accept(args, ",") ? readNumber(reader, args, 1, 2 ** 31) : 1;
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
  if (isLocal) symbol.bind = "local";
  if (symbol.bind !== "local") {
    symbol.definition = { kind: "common", size, align };
    return true;
  }
  const bss = openSection(reader.assembly, { name: ".bss", type: SHT.NOBITS, flags: SHF.ALLOC | SHF.WRITE });
  bss.align = Math.max(bss.align, align);
  symbol.definition = { kind: "label", section: bss };
  elsewhere(reader, bss, () => {
    appendTo(bss, { kind: "align", align, fill: undefined, most: align, position });
    appendTo(bss, { kind: "label", name });
    appendTo(bss, { kind: "space", count: numberExpression(BigInt(size)), fill: 0, position });
  });
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
    append(reader, { kind: "align", align, fill, most, position }, position);
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

/** Adds to another section than the text is in. */
function elsewhere(reader: Reader, section: AssemblySection, add: () => void): void {
  const { section: here } = reader;
  const { part } = here;
  reader.lines.isPending = false;
  reader.section = section;
  openPart(section, 0);
  add();
  reader.section = here;
  openPart(here, part);
}

/** `.ident "text"`: strings in .comment, behind an empty one. */
function identDirective(reader: Reader, args: Arguments): boolean {
  const { position } = peek(args);
  const text = readString(reader, args);
  if (text === undefined) return false;
  const isNew = !reader.assembly.sections.some(({ name }) => name === ".comment");
  const comment = openSection(reader.assembly, {
    name: ".comment", type: SHT.PROGBITS, flags: SHF.MERGE | SHF.STRINGS, entsize: 1,
  });
  elsewhere(reader, comment, () => appendBytes(reader, bytesOf(`${isNew ? "\0" : ""}${text}\0`), position));
  return true;
}

/** `.version "text"`: a note of type 1 without an owner. */
function versionDirective(reader: Reader, args: Arguments): boolean {
  const { position } = peek(args);
  const text = readString(reader, args);
  if (text === undefined) return false;
  const note = openSection(reader.assembly, { name: ".note", type: SHT.NOTE, flags: 0 });
  const { endian } = reader.assembly;
  const head = [BigInt(text.length + 1), 0n, 1n].flatMap((n) => [...number(n, 4, endian)]);
  note.align = Math.max(note.align, 4);
  elsewhere(reader, note, () => {
    appendBytes(reader, Uint8Array.from([...head, ...bytesOf(`${text}\0`)]), position);
    append(reader, { kind: "align", align: 4, fill: 0, most: 4, position }, position);
  });
  return true;
}

/** `.error "text"`, `.err` */
function errorDirective(reader: Reader, args: Arguments): boolean {
  const position = args.tokens[0]?.position ?? 0;
  const text = atEnd(args) ? undefined : readString(reader, args);
  report(reader, position, text ?? `${args.tokens[0]?.text ?? ""} stands here`);
  return false;
}

/** `.warning "text"`, `.print "text"` */
function remark(kind: Remark["kind"]): Directive {
  return (reader, args) => {
    const { position, text } = args.tokens[0] ?? peek(args);
    const message = kind === "warning" && atEnd(args) ? `${text} stands here` : readString(reader, args);
    if (message !== undefined) reader.assembly.remarks.push({ kind, position, message });
    return message !== undefined;
  };
}

/** Reads over the whole statement. */
function ignore(_reader: Reader, args: Arguments): boolean {
  args.next = args.tokens.length - 1;
  return true;
}

const directives: ReadonlyMap<string, Directive> = new Map([
  [".globl", setBind("global")], [".global", setBind("global")], [".weak", setBind("weak")],
  [".local", setBind("local")],
  [".hidden", setVisibility("hidden")], [".protected", setVisibility("protected")],
  [".internal", setVisibility("internal")],
  [".type", typeDirective], [".size", sizeDirective], [".set", setDirective(false)], [".equ", setDirective(false)],
  [".equiv", setDirective(true)],
  [".comm", commDirective], [".lcomm", lcommDirective],
  [".p2align", alignDirective(true)], [".balign", alignDirective(false)], [".align", alignDirective(false)],
  [".ident", identDirective], [".version", versionDirective], [".error", errorDirective], [".err", errorDirective],
  [".warning", remark("warning")], [".print", remark("print")],
  // Every symbol that is not defined is external, and the lines of `.line` go nowhere.
  [".extern", ignore], [".line", ignore],
  [".addrsig", addrsigDirective], [".addrsig_sym", addrsigSymbol],
]);

/** Those to which the GNU assembler gives another meaning than LLVM's, or a meaning at all. */
const normalDirectives: ReadonlyMap<string, Directive> = new Map([
  [".align", alignDirective(true)], [".word", values(4)], [".dword", values(8)],
]);
