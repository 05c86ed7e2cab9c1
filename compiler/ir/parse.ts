/**
 * Text -> Module: reads what print.ts writes. `printModule(parseModule(t))` prints the same, ids included.
 *
 * Line oriented, two passes over a function body: the first makes the blocks (terminators name them ahead), the second
 * the values in order; an argument that is defined further down (phis, loops) is filled in at the end. C types are not
 * in the text: symbols get the error type. Comments run from `;` to the end of the line. The text is a test language: a
 * mistake throws `Error` with its line number.
 */
import { noLoc } from "../source/source-map.ts";
import type { Alias, AnyValue, Block, Callee, Function, GlobalVariable, Linkage, Module, Symbol } from "./module.ts";
import {
  append, constant, coreValue, createBlock, createSlot, createValue, setArg, symbolAddress, terminate, undef,
} from "./module.ts";
import type {
  AsmOperand, AtomicAccess, Aux, BlockAccess, CoreKind, Op, Predicate, SwitchCase, Type, UnrollHint,
} from "./ops.ts";
import { ops } from "./ops.ts";
import { argumentType } from "./print.ts";
import { Line } from "./line.ts";

export function parseModule(text: string): Module {
  const module: Module = { functions: [], variables: [], aliases: [], asm: [] };
  const lines = text.split("\n");
  const symbols = new Map<string, Symbol>();
  const bodies: { fn: Function; first: number; last: number }[] = [];
  const relocations: { variable: GlobalVariable; line: Line }[] = [];
  const aliases: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = new Line(lines[at], at + 1);
    if (line.atEnd()) continue;
    if (line.accept("asm")) module.asm.push({ text: line.string(), loc: noLoc });
    else if (line.accept("alias")) aliases.push(line);
    else if (line.accept("variable")) {
      const variable = parseVariable(line);
      module.variables.push(variable);
      symbols.set(variable.name, variable);
      relocations.push({ variable, line });
    } else if (line.accept("function")) {
      const { fn, hasBody } = parseHead(line);
      module.functions.push(fn);
      symbols.set(fn.name, fn);
      const first = at + 1;
      if (hasBody) {
        while (at < lines.length && lines[at].trim() !== "}") at++;
        bodies.push({ fn, first, last: at });
      }
    } else line.fail("expected 'asm', 'alias', 'variable' or 'function'");
  }
  for (const line of aliases) module.aliases.push(parseAlias(line, symbols));
  for (const { variable, line } of relocations) parseInitializer(variable, line, symbols);
  for (const { fn, first, last } of bodies) new BodyParser(fn, symbols).parse(lines.slice(first, last), first + 1);
  return module;
}

function parseAlias(line: Line, symbols: ReadonlyMap<string, Symbol>): Alias {
  const name = line.name("@");
  const target = symbols.get(line.name("@")) ?? line.fail("the module lacks the symbol before");
  return { name, target, linkage: parseLinkage(line), hidden: line.accept("hidden") };
}

function parseLinkage(line: Line): Linkage {
  const linkage = line.next();
  return linkage === "local" || linkage === "global" || linkage === "weak" ? linkage : line.fail("expected a linkage before");
}

interface SymbolWords { linkage: Linkage; hidden: boolean; used: boolean; section: string | undefined; declTags: string[] }

function parseSymbolWords(line: Line): SymbolWords {
  const words: SymbolWords = { linkage: parseLinkage(line), hidden: line.accept("hidden"), used: line.accept("used"), section: undefined, declTags: [] };
  if (line.accept("section")) words.section = line.string();
  while (line.accept("tag")) words.declTags.push(line.string());
  return words;
}

/** Up to the initializer. */
function parseVariable(line: Line): GlobalVariable {
  const name = line.name("@");
  const words = parseSymbolWords(line);
  line.expect("size");
  const size = line.number32();
  line.expect("align");
  const align = line.number32();
  const isConstant = line.accept("constant");
  const common = line.accept("common");
  const isString = line.accept("string");
  return {
    kind: "variable", name, ...words, loc: noLoc, ctype: { kind: "error" }, size, align, constant: isConstant, common, isString,
    initializer: undefined,
  };
}

function parseInitializer(variable: GlobalVariable, line: Line, symbols: ReadonlyMap<string, Symbol>): void {
  if (line.accept("extern")) return;
  let bytes: Uint8Array | undefined;
  if (line.accept("bytes")) bytes = Uint8Array.from(line.string().match(/../g) ?? [], (hex) => parseInt(hex, 16));
  const relocations: { offset: number; size: number; symbol: Symbol; addend: bigint }[] = [];
  while (line.accept("reloc")) {
    const offset = line.number32();
    const size = line.number32();
    const symbol = symbols.get(line.name("@"));
    if (symbol === undefined) return line.fail("unknown symbol before");
    relocations.push({ offset, size, symbol, addend: line.integer() });
  }
  variable.initializer = { bytes, relocations };
}

function parseHead(line: Line): { fn: Function; hasBody: boolean } {
  const name = line.name("@");
  const params: { id: number; type: Type }[] = [];
  line.expect("(");
  while (!line.accept(")")) {
    if (params.length > 0) line.expect(",");
    const id = line.id("v");
    line.expect(":");
    params.push({ id, type: line.type() });
  }
  line.expect("->");
  const returns = line.type();
  const words = parseSymbolWords(line);
  let inlining: Function["inlining"] = "none";
  if (line.accept("inline")) {
    const kind = line.next();
    if (kind !== "always" && kind !== "never" && kind !== "hint") return line.fail("expected always, never or hint before");
    inlining = kind;
  }
  const align = line.accept("align") ? line.number : 8;
  const fn: Function = {
    kind: "function", name, ...words, loc: noLoc, ctype: { kind: "error" }, params: [], returns, blocks: [], slots: [],
    inlining, align, naked: line.accept("naked"), noreturn: line.accept("noreturn"), pure: line.accept("pure"), callAdvice: undefined,
    end: noLoc, nextId: 0, leaves: new Map(),
  };
  const loc = parseLoc(line);
  if (loc !== undefined) {
    line.expect("end");
    Object.assign(fn, { loc, end: line.number32() });
  }
  let next = 0;
  params.forEach(({ id, type }, i) => {
    fn.nextId = id;
    fn.params.push(createValue(fn, "param", type, [], i, fn.loc));
    next = Math.max(next, fn.nextId);
  });
  fn.nextId = next;
  return { fn, hasBody: line.accept("{") };
}

function parseLoc(line: Line): number | undefined {
  return line.peek().startsWith("!") ? Number(line.next().slice(1)) : undefined;
}

/** Reads a function's slots, blocks and values. */
class BodyParser {
  private readonly fn: Function;
  private readonly symbols: ReadonlyMap<string, Symbol>;
  private readonly values = new Map<number, AnyValue>();
  private readonly blocks = new Map<number, Block>();
  private readonly patches: { user: AnyValue; index: number; id: number; line: Line }[] = [];
  /** Ids of arguments of the value being read that are not defined yet, by argument position. */
  private pending: { index: number; id: number }[] = [];

  constructor(fn: Function, symbols: ReadonlyMap<string, Symbol>) {
    this.fn = fn;
    this.symbols = symbols;
    for (const param of fn.params) this.values.set(param.id, param);
  }

  parse(lines: readonly string[], firstNumber: number): void {
    const { fn } = this;
    const parsed = lines.map((text, i) => new Line(text, firstNumber + i)).filter((line) => !line.atEnd());
    // Leaves that are made on the way (constants) take ids above all that the text names.
    let top = fn.nextId;
    for (const text of lines) {
      const match = /^\s*(?:slot )?[vb](\d+)/.exec(text);
      if (match !== null) top = Math.max(top, Number(match[1]) + 1);
    }
    for (const line of parsed) if (/^b\d+$/.test(line.peek()) && line.peek(1) === ":") this.makeBlock(line);
    fn.nextId = top;
    let block: Block | undefined;
    for (const line of parsed) {
      if (line.accept("slot")) this.parseSlot(line);
      else if (/^b\d+$/.test(line.peek())) {
        block = this.block(line);
        line.expect(":");
        if (line.accept("unroll")) block.unroll = this.unroll(line);
      } else if (block === undefined) line.fail("expected a slot or a block");
      else this.parseValue(line, block);
      if (!line.atEnd()) line.fail("unexpected text");
    }
    for (const { user, index, id, line } of this.patches) {
      const value = this.values.get(id);
      if (value === undefined) throw new Error(`line ${line.number}: v${id} is not defined`);
      setArg(user, index, value);
    }
  }

  private makeBlock(line: Line): void {
    this.fn.nextId = Number(line.peek().slice(1));
    const block = createBlock(this.fn);
    this.blocks.set(block.id, block);
  }

  private block(line: Line): Block {
    const block = this.blocks.get(line.id("b"));
    return block ?? line.fail("unknown block before");
  }

  private unroll(line: Line): UnrollHint {
    const word = line.next();
    return word === "full" || word === "enable" || word === "disable" ? word : Number(word);
  }

  private parseSlot(line: Line): void {
    const id = line.id("v");
    const name = line.string();
    const size = line.number32();
    line.expect("align");
    const align = line.number32();
    const info = { name, size, align, temporary: line.accept("temporary") };
    this.values.set(id, this.withId(id, () => createSlot(this.fn, info, this.fn.loc)));
  }

  private withId<T>(id: number, make: () => T): T {
    const saved = this.fn.nextId;
    this.fn.nextId = id;
    const made = make();
    this.fn.nextId = saved;
    return made;
  }

  /** A value argument. One that is not defined yet stands as undef until the end. */
  private argument(line: Line, expected: Type | undefined, index: number): AnyValue {
    const token = line.peek();
    if (token.startsWith("@")) {
      const symbol = this.symbols.get(line.name("@"));
      return symbol === undefined ? line.fail("unknown symbol before") : symbolAddress(this.fn, symbol);
    }
    if (line.accept("null")) return constant(this.fn, "ptr", 0n);
    if (line.accept("core")) {
      line.expect("(");
      const kind = line.next() as CoreKind;
      const query = { kind, root: { kind: "error" }, name: line.string(), access: line.string(), value: line.integer() } as const;
      line.expect(")");
      return coreValue(this.fn, query);
    }
    if (/^v\d+$/.test(token)) {
      const id = line.id("v");
      const value = this.values.get(id);
      if (value !== undefined) return value;
      this.pending.push({ index, id });
      return undef(this.fn, expected ?? "i32");
    }
    const type = line.isType() ? line.type() : expected;
    if (type === undefined) return line.fail("expected a type before");
    if (line.accept("undef")) return undef(this.fn, type);
    return constant(this.fn, type, line.integer());
  }

  private arguments(line: Line, op: Op, type: Type, count: number | undefined): AnyValue[] {
    const args: AnyValue[] = [];
    const starts = (): boolean => /^(?:v\d+|@.*|null|undef|core|-?\d+|i32|i64|ptr)$/.test(line.peek());
    while (args.length !== count && starts()) {
      args.push(this.argument(line, argumentType(op, type, args.length), args.length));
      if (args.length === count || !line.accept(",")) break;
    }
    return args;
  }

  private parseValue(line: Line, block: Block): void {
    this.pending = [];
    let id: number | undefined;
    if (line.peek(1) === "=") {
      id = line.id("v");
      line.next();
    }
    const opName = line.next();
    if (!(opName in ops)) line.fail(`unknown op '${opName}' before`);
    const op = opName as Op;
    const suffixes: string[] = [];
    while (line.accept(".")) suffixes.push(line.next());
    const type = id === undefined || op === "asm" ? "void" : line.type();
    const { args, aux } = this.parseRest(line, op, type, suffixes);
    const make = (): AnyValue => createValue(this.fn, op, type, args, aux as Aux[Op], noLoc) as AnyValue;
    const value = id === undefined ? make() : this.withId(id, make);
    if (id !== undefined) this.values.set(id, value);
    for (const { index, id: argId } of this.pending) this.patches.push({ user: value, index, id: argId, line });
    value.loc = parseLoc(line) ?? noLoc;
    if (ops[op].terminator) terminate(block, value as Parameters<typeof terminate>[1]);
    else append(block, value);
  }

  private parseRest(line: Line, op: Op, type: Type, suffixes: string[]): { args: AnyValue[]; aux: Aux[Op] } {
    const plain = (aux: Aux[Op]): { args: AnyValue[]; aux: Aux[Op] } =>
      ({ args: this.arguments(line, op, type, ops[op].arity), aux });
    const [first, second] = suffixes;
    switch (op) {
      case "extend": return plain({ from: Number(first?.slice(1)) as 8 | 16 | 32, signed: first?.startsWith("s") ?? false });
      case "bswap": case "fcompare": case "skbload": case "asmresult": return plain(Number(first) as 16);
      case "addrspace": return plain({ from: Number(first), to: Number(second) });
      case "fromint": return plain({ signed: first === "s" });
      case "toint": {
        const bits = Number(first?.slice(1));
        return plain({ bits, signed: first?.startsWith("s") ?? false, shift: second === "high" ? 64 : 0 });
      }
      case "compare": return plain(first as Predicate);
      case "load": case "store": {
        const args = this.arguments(line, op, type, ops[op].arity);
        const bytes = (Number(first?.slice(1)) / 8) as 1 | 2 | 4 | 8;
        const access = { bytes, ...this.alignment(line) };
        return { args, aux: op === "store" ? access : { ...access, signed: first?.startsWith("s") ?? false } };
      }
      case "memcpy": case "memmove": case "memset": case "memcmp": {
        const args = this.arguments(line, op, type, 2);
        const aux: BlockAccess = { bytes: Number(first), ...this.alignment(line) };
        return { args, aux };
      }
      case "memvar": {
        const args = this.arguments(line, op, type, 3);
        return { args, aux: { operator: first as "memcpy", ...this.alignment(line) } };
      }
      case "alloca": {
        const args = this.arguments(line, op, type, 1);
        line.expect("align");
        const align = line.number32();
        const reusable = line.accept("reusable");
        return { args, aux: { align, reusable, array: line.peek().startsWith("\"") ? line.string() : undefined } };
      }
      case "atomic":
        return {
          args: this.arguments(line, op, type, undefined),
          aux: { operator: first, bytes: Number(second) } as AtomicAccess,
        };
      case "call": return this.parseCall(line, type, first, second);
      case "asm": return this.parseAsm(line);
      case "phi": return this.parsePhi(line, type);
      case "jump": return { args: [], aux: { target: this.block(line) } };
      case "branch": {
        const args = this.arguments(line, op, type, 1);
        line.expect(",");
        const then = this.block(line);
        line.expect(",");
        const otherwise = this.block(line);
        const likely = line.accept("likely") ? true : line.accept("unlikely") ? false : undefined;
        return { args, aux: { then, else: otherwise, likely } };
      }
      case "switch": return this.parseSwitch(line, type);
      default: return plain(undefined);
    }
  }

  private alignment(line: Line): { align: number; volatile: boolean } {
    line.expect("align");
    return { align: line.number32(), volatile: line.accept("volatile") };
  }

  private parseCall(line: Line, type: Type, kind: string | undefined, id: string | undefined): { args: AnyValue[]; aux: Aux["call"] } {
    let callee: Callee;
    if (kind === "helper") callee = { kind, id: Number(id) };
    else if (kind === "indirect") callee = { kind };
    else {
      const symbol = this.symbols.get(line.name("@"));
      if (symbol?.kind !== "function") return line.fail("unknown function before");
      callee = { kind: "function", function: symbol };
    }
    line.expect("(");
    const args = this.arguments(line, "call", type, undefined);
    line.expect(")");
    return { args, aux: { callee } };
  }

  private parseSwitch(line: Line, type: Type): { args: AnyValue[]; aux: Aux["switch"] } {
    const args = this.arguments(line, "switch", type, 1);
    const cases: SwitchCase[] = [];
    while (line.accept("[")) {
      const low = line.integer();
      const high = line.accept("..") ? line.integer() : low;
      cases.push({ low, high, target: this.block(line) });
      line.expect("]");
    }
    return { args, aux: { cases, default: this.block(line) } };
  }

  private parsePhi(line: Line, type: Type): { args: AnyValue[]; aux: Aux["phi"] } {
    const args: AnyValue[] = [];
    const blocks: Block[] = [];
    while (line.accept("[")) {
      blocks.push(this.block(line));
      args.push(this.argument(line, type, args.length));
      line.expect("]");
    }
    return { args, aux: { blocks } };
  }

  private parseAsm(line: Line): { args: AnyValue[]; aux: Aux["asm"] } {
    const text = line.string();
    const isVolatile = line.accept("volatile");
    line.expect("(");
    const args = this.arguments(line, "asm", "void", undefined);
    line.expect(")");
    const operands: AsmOperand[] = [];
    while (line.accept("[")) {
      const kind = line.next() as AsmOperand["kind"];
      const width = line.number32() as 32 | 64;
      const arg = line.number32();
      const number = line.number32();
      operands.push({ kind, width, arg, number, name: line.peek() === "]" ? undefined : line.string() });
      line.expect("]");
    }
    const clobbers: string[] = [];
    while (line.accept("clobber")) clobbers.push(line.string());
    return { args, aux: { text, volatile: isVolatile, operands, clobbers } };
  }
}

/** Reads a module of one function, for tests. */
export function parseFunction(text: string): Function {
  const fn = parseModule(text).functions.at(-1);
  if (fn === undefined) throw new Error("the text has no function");
  return fn;
}

