/**
 * C types -> BTF types.
 *
 * Each C type becomes one BTF type, however often it is met: records and enumerations by their declaration, everything
 * else by what it is made of. A record that a member of another record merely points at stays a forward declaration
 * unless something else needs it whole; without that, one kernel type would bring in all others. (So does clang, and so
 * stays the BTF of a program on vmlinux.h small.)
 */
import type {
  BtfDeclTag, BtfEnum, BtfEnum64, BtfInt, BtfMember, BtfRecord, BtfType,
} from "../../assembler/btf/types.ts";
import { btfVoid } from "../../assembler/btf/types.ts";
import { unreachable } from "../source/unreachable.ts";
import { canonical } from "../types/ctype.ts";
import type { CType, EnumDecl, FunctionType, IntegerType, Member, RecordDecl } from "../types/ctype.ts";

/** Where a type stands: in a member of a record, and there behind a pointer. */
interface Context { readonly inMember: boolean; readonly behindPointer: boolean }

const plain: Context = { inMember: false, behindPointer: false };

export class TypeTranslator {
  /** Tags on declarations: nothing points at them. */
  readonly tags: BtfDeclTag[] = [];
  private readonly records = new Map<RecordDecl, BtfRecord>();
  private readonly enums = new Map<EnumDecl, BtfType>();
  private readonly forwards = new Map<RecordDecl, BtfType>();
  /** Outside of members, where nothing waits: types of functions may hold one another many times over. */
  private readonly functions = new Map<FunctionType, BtfType>();
  private readonly shared = new Map<string, BtfType>();
  private readonly numbers = new Map<BtfType, number>([[btfVoid, 0]]);
  /** References to records that wait for the decision whether those are needed whole. */
  private readonly waiting: { readonly decl: RecordDecl; readonly set: (type: BtfType) => void }[] = [];
  /** The type of array indices, as clang names it. */
  private readonly index: BtfInt = {
    kind: "int", name: "__ARRAY_SIZE_TYPE__", size: 4, encoding: "unsigned", bits: 32, bitOffset: 0,
  };

  translate(type: CType): BtfType {
    return this.convert(type, plain);
  }

  /** Makes whole what the members of a record point at, before the record itself would leave it open. */
  translatePointees(type: CType, seen = new Set<RecordDecl>()): void {
    let t = canonical(type);
    while (t.kind === "array") t = canonical(t.of);
    if (t.kind !== "record" || seen.has(t.decl)) return;
    seen.add(t.decl);
    for (const member of t.decl.members ?? []) {
      let to = canonical(member.type);
      while (to.kind === "array") to = canonical(to.of);
      if (to.kind !== "pointer") continue;
      this.translatePointees(to.to, seen);
      this.translate(to.to);
    }
  }

  /** A function's type; parameter names are kept for definitions only. */
  prototype(type: FunctionType, named: boolean): BtfType {
    return {
      kind: "func_proto", returns: this.translate(type.returns), variadic: type.variadic,
      params: type.parameters.map((p) => ({ name: named ? p.name ?? "" : "", type: this.translate(p.type) })),
    };
  }

  /** An `int`, for what has no C type of its own. */
  int(): BtfType {
    return this.share("int int", () => ({
      kind: "int", name: "int", size: 4, encoding: "signed", bits: 32, bitOffset: 0,
    }));
  }

  pointerTo(type: BtfType): BtfType {
    return this.share(`ptr ${this.number(type)}`, () => ({ kind: "ptr", type }));
  }

  arrayOf(element: BtfType, count: number): BtfType {
    return this.share(`array ${this.number(element)} ${count}`, () => ({
      kind: "array", element, index: this.index, count,
    }));
  }

  tag(type: BtfType, tags: readonly string[], component = -1): void {
    for (const tag of tags) this.tags.push({ kind: "decl_tag", tag, type, component });
  }

  /** Ends the work: what still waits becomes the record if there is one, else a forward declaration. */
  finish(): void {
    for (const { decl, set } of this.waiting) set(this.records.get(decl) ?? this.forward(decl));
    this.waiting.length = 0;
  }

  private number(type: BtfType): number {
    const known = this.numbers.get(type);
    if (known !== undefined) return known;
    const made = this.numbers.size;
    this.numbers.set(type, made);
    return made;
  }

  private share(key: string, make: () => BtfType): BtfType {
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.shared.set(key, made);
    return made;
  }

  private convert(type: CType, context: Context): BtfType {
    switch (type.kind) {
      case "void": case "error":
        return btfVoid;
      case "integer":
        return this.integer(type);
      case "float":
        return this.share(`float ${type.name}`, () => ({ kind: "float", name: type.name, size: type.size }));
      case "pointer": {
        const behind: Context = { inMember: context.inMember, behindPointer: context.inMember };
        const held = this.waitingRecord(type.to, behind);
        if (held !== undefined) return this.share(`ptr decl ${this.declNumber(held)}`, () => this.wait(held, { kind: "ptr", type: btfVoid }));
        return this.pointerTo(this.convert(type.to, behind));
      }
      case "array":
        return this.arrayOf(this.convert(type.of, context), typeof type.length === "number" ? type.length : 0);
      case "function": {
        const known = context.inMember ? undefined : this.functions.get(type);
        if (known !== undefined) return known;
        const params = type.parameters.map((p) => ({ name: "", type: this.convert(p.type, context) }));
        const returns = this.convert(type.returns, context);
        const { variadic } = type;
        const key = `proto ${this.number(returns)} ${variadic} ${params.map((p) => this.number(p.type)).join(" ")}`;
        const made = this.share(key, () => ({ kind: "func_proto", returns, variadic, params }));
        if (!context.inMember) this.functions.set(type, made);
        return made;
      }
      case "record":
        // BTF has no vectors and no complex types: they are described as arrays.
        if (type.decl.complex !== undefined) return this.arrayOf(this.convert(type.decl.complex, context), 2);
        if (type.decl.vector === undefined) return this.record(type.decl);
        return this.arrayOf(this.convert(type.decl.vector.element, context), type.decl.vector.length);
      case "enum":
        return this.enumeration(type.decl);
      case "typedef": {
        const of = this.convert(type.of, context);
        return this.share(`typedef ${type.name} ${this.number(of)}`, () => {
          const made: BtfType = { kind: "typedef", name: type.name, type: of };
          this.tag(made, type.declTags);
          return made;
        });
      }
      case "qualified": {
        const kinds = [
          ...(type.const ? ["const" as const] : []), ...(type.volatile ? ["volatile" as const] : []),
          ...(type.restrict ? ["restrict" as const] : []),
        ];
        const held = kinds.length === 0 ? undefined : this.waitingRecord(type.of, context);
        let made: BtfType | undefined = held === undefined ? this.convert(type.of, context) : undefined;
        for (const kind of kinds.reverse()) {
          const inner = made;
          made = inner === undefined && held !== undefined
            ? this.share(`${kind} decl ${this.declNumber(held)}`, () => this.wait(held, { kind, type: btfVoid }))
            : this.share(`${kind} ${this.number(inner ?? btfVoid)}`, () => ({ kind, type: inner ?? btfVoid }));
        }
        return made ?? btfVoid;
      }
      case "tagged": {
        const of = this.convert(type.of, context);
        const { tag } = type;
        if (tag.kind !== "btf_type_tag") return of;
        return this.share(`tag ${tag.value} ${this.number(of)}`, () => ({ kind: "type_tag", tag: tag.value, type: of }));
      }
      default:
        return unreachable(type);
    }
  }

  private readonly declNumbers = new Map<RecordDecl, number>();

  private declNumber(decl: RecordDecl): number {
    const known = this.declNumbers.get(decl) ?? this.declNumbers.size;
    this.declNumbers.set(decl, known);
    return known;
  }

  /** The record that the type is, if it stands behind a pointer in a member and is not known whole yet. */
  private waitingRecord(type: CType, context: Context): RecordDecl | undefined {
    if (!context.behindPointer || type.kind !== "record") return undefined;
    const { decl } = type;
    if (decl.tag === undefined || decl.members === undefined || this.records.has(decl)) return undefined;
    return decl;
  }

  private wait(decl: RecordDecl, reference: BtfType & { type: BtfType }): BtfType {
    this.waiting.push({
      decl,
      set(type) {
        reference.type = type;
      },
    });
    return reference;
  }

  private integer(type: IntegerType): BtfType {
    const bits = type.name === "_Bool" ? 8 : type.width;
    return this.share(`int ${type.name} ${bits}`, () => ({
      kind: "int", name: type.name, size: type.size, bits, bitOffset: 0,
      encoding: type.name === "_Bool" ? "bool" : type.signed ? "signed" : "unsigned",
    }));
  }

  private forward(decl: RecordDecl): BtfType {
    const known = this.forwards.get(decl);
    if (known !== undefined) return known;
    const made: BtfType = { kind: "fwd", name: decl.tag ?? "", record: decl.isUnion ? "union" : "struct" };
    this.forwards.set(decl, made);
    return made;
  }

  private record(decl: RecordDecl): BtfType {
    const known = this.records.get(decl);
    if (known !== undefined) return known;
    if (decl.members === undefined) return this.forward(decl);
    const made: BtfRecord = { kind: decl.isUnion ? "union" : "struct", name: decl.tag ?? "", size: decl.size, members: [] };
    this.records.set(decl, made);
    for (const member of decl.members) {
      if (member.bitField !== undefined && member.name === undefined) continue;
      made.members.push(this.member(member));
      this.tag(made, member.declTags, made.members.length - 1);
    }
    this.tag(made, decl.attributes.declTags);
    return made;
  }

  private member(member: Member): BtfMember {
    const type = this.convert(member.type, { inMember: true, behindPointer: false });
    const { bitField } = member;
    return {
      name: member.name ?? "", type, bitOffset: bitField === undefined ? member.offset * 8 : bitField.bitOffset,
      bitSize: bitField === undefined ? 0 : bitField.width,
    };
  }

  private enumeration(decl: EnumDecl): BtfType {
    const known = this.enums.get(decl);
    if (known !== undefined) return known;
    const { size, signed } = decl.underlying;
    const values = (decl.constants ?? []).map(({ name, value }) => ({ name, value }));
    const made: BtfEnum | BtfEnum64 = { kind: size === 8 ? "enum64" : "enum", name: decl.tag ?? "", size, signed, values };
    this.enums.set(decl, made);
    this.tag(made, decl.declTags);
    return made;
  }
}
