/**
 * `.file` and `.loc`: the names of source files, and which lines of them the code comes from.
 *
 *   .file "name"
 *   .file number ["directory"] "name" [md5 number] [source "text"]
 *   .loc file line [column] [basic_block] [prologue_end] [epilogue_begin] [is_stmt 0|1] [isa number] [discriminator number]
 */
import { directoryNumber, type LineFile, type LineLocation } from "./lines.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import { atEnd, noteLine, peek, readName, readNumber, readString, report } from "./reader.ts";

const maxNumber = 0x7fffffff;

function fileDirective(reader: Reader, args: Arguments): boolean {
  if (peek(args).kind === "string") {
    const name = readString(reader, args);
    if (name === undefined) return false;
    reader.assembly.files.push(name);
    return true;
  }
  const { position } = peek(args);
  const number = readNumber(reader, args, 0, maxNumber);
  const first = number === undefined ? undefined : readString(reader, args);
  const second = first !== undefined && peek(args).kind === "string" ? readString(reader, args) : undefined;
  if (number === undefined || first === undefined) return false;
  let md5: Uint8Array | undefined;
  let source: string | undefined;
  while (!atEnd(args)) {
    const word = peek(args);
    args.next++;
    if (word.text === "md5") {
      md5 = readSum(reader, args);
      if (md5 === undefined) return false;
    } else if (word.text === "source") {
      source = readString(reader, args);
      if (source === undefined) return false;
    } else {
      report(reader, word.position, "expected \"md5\" or \"source\"");
      return false;
    }
  }
  const [directory, name] = second === undefined ? ["", first] : [first, second];
  return number === 0 ? setRoot(reader, directory, { name, directory: 0, md5, source })
    : addFile(reader, number, directory, { name, md5, source }, position);
}

/** A checksum: a number of 128 bits. */
function readSum(reader: Reader, args: Arguments): Uint8Array | undefined {
  const { position, kind, value } = peek(args);
  if (kind !== "number" && kind !== "large") {
    report(reader, position, "expected a number of up to 128 bits");
    return undefined;
  }
  args.next++;
  return Uint8Array.from(Array.from({ length: 16 }, (_, i) => Number((value >> BigInt(8 * (15 - i))) & 0xffn)));
}

function setRoot({ lines }: Reader, directory: string, file: LineFile): boolean {
  if (directory !== "") lines.directory = directory;
  lines.root = file;
  return true;
}

function addFile(reader: Reader, number: number, directory: string, file: Omit<LineFile, "directory">,
                 position: number): boolean {
  const { lines } = reader;
  if (lines.files.has(number)) {
    report(reader, position, `file ${number} has a name already`);
    return false;
  }
  const slash = directory === "" ? file.name.lastIndexOf("/") : -1;
  const isPath = slash >= 0 && slash + 1 < file.name.length;
  const name = isPath ? file.name.slice(slash + 1) : file.name;
  const of = isPath ? file.name.slice(0, Math.max(slash, 1)) : directory;
  lines.files.set(number, { ...file, name, directory: directoryNumber(lines, of) });
  return true;
}

function locDirective(reader: Reader, args: Arguments): boolean {
  const { lines } = reader;
  const { position } = peek(args);
  const file = readNumber(reader, args, lines.root === undefined ? 1 : 0, maxNumber);
  if (file === undefined) return false;
  if (file !== 0 && !lines.files.has(file)) {
    report(reader, position, `there is no .file ${file} before this`);
    return false;
  }
  const numbers: number[] = [];
  while (numbers.length < 2 && !atEnd(args) && peek(args).kind !== "word") {
    const number = readNumber(reader, args, 0, maxNumber);
    if (number === undefined) return false;
    numbers.push(number);
  }
  const [line = 0, column = 0] = numbers;
  const marks = readMarks(reader, args);
  if (marks === undefined) return false;
  // Of two in a row the first one has its row where it stands.
  noteLine(reader);
  lines.current = { ...marks, file, line, column };
  lines.isPending = true;
  return true;
}

type Marks = Omit<LineLocation, "file" | "line" | "column">;

function readMarks(reader: Reader, args: Arguments): Marks | undefined {
  let marks: Marks = {
    isStatement: reader.lines.current.isStatement, basicBlock: false, prologueEnd: false, epilogueBegin: false, isa: 0,
    discriminator: 0,
  };
  while (!atEnd(args)) {
    const { position } = peek(args);
    const word = readName(reader, args, "what to say of the line");
    let number: number | undefined = 0;
    switch (word) {
      case undefined: return undefined;
      case "basic_block": marks = { ...marks, basicBlock: true }; break;
      case "prologue_end": marks = { ...marks, prologueEnd: true }; break;
      case "epilogue_begin": marks = { ...marks, epilogueBegin: true }; break;
      case "is_stmt":
        number = readNumber(reader, args, 0, 1);
        marks = { ...marks, isStatement: number === 1 };
        break;
      case "isa":
        number = readNumber(reader, args, 0, maxNumber);
        marks = { ...marks, isa: number ?? 0 };
        break;
      case "discriminator":
        number = readNumber(reader, args, 0, maxNumber);
        marks = { ...marks, discriminator: number ?? 0 };
        break;
      default:
        report(reader, position, `"${word}" says nothing of a line`);
        return undefined;
    }
    if (number === undefined) return undefined;
  }
  return marks;
}

/** By name. */
export const lineDirectives: ReadonlyMap<string, Directive> = new Map([[".file", fileDirective], [".loc", locDirective]]);
