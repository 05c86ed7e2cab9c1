/**
 * How deep a type is built: the questions asked of types are recursive, and must not run out of stack.
 *
 * A program can make a type of any depth in small steps, each a typedef, a `typeof` or a record inside a record. The
 * checker asks for the depth where a name is given to a type, and refuses what is above the limit. The depths of
 * typedefs, functions and records are remembered, so that a type is walked once.
 */
import { type CType, type FunctionType, type RecordDecl, type TypedefType, canonical } from "./ctype.ts";

/** Levels of a type: enough for any program that was written, little enough for every walk. */
export const maximumTypeDepth = 512;

export class TypeDepths {
  private readonly known = new Map<TypedefType | FunctionType, number>();
  private readonly records = new Map<RecordDecl, number>();

  /** Levels of pointers, arrays, functions, qualifiers and names; what is in a record is a matter of its own. */
  of(type: CType): number {
    switch (type.kind) {
      case "pointer":
        return 1 + this.of(type.to);
      case "array":
      case "qualified":
      case "tagged":
        return 1 + this.of(type.of);
      case "typedef":
      case "function": {
        const known = this.known.get(type);
        if (known !== undefined) return known;
        let depth = this.of(type.kind === "typedef" ? type.of : type.returns);
        if (type.kind === "function") for (const p of type.parameters) depth = Math.max(depth, this.of(p.type));
        this.known.set(type, depth + 1);
        return depth + 1;
      }
      default:
        return 1;
    }
  }

  /** A record has got its members: gives the levels of records by value, itself counted. */
  complete(record: RecordDecl): number {
    let depth = 0;
    for (const member of record.members ?? []) {
      let type = canonical(member.type);
      while (type.kind === "array") type = canonical(type.of);
      if (type.kind === "record") depth = Math.max(depth, this.records.get(type.decl) ?? 1);
    }
    this.records.set(record, depth + 1);
    return depth + 1;
  }
}
