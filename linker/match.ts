/**
 * Do two objects mean the same by one name? The rules by which a declaration of one object and a definition (or another
 * declaration) of the other go together, as libbpf's linker has them, so that both refuse the same programs.
 *
 * The comparison goes through typedefs and qualifiers. By value types must agree in full, down to the members; behind a
 * pointer it is enough that kinds and names agree, and a record may be declared only. Not compared are what a
 * definition may add or C lets differ: the encoding of integers, values of enums, sizes of arrays, names of parameters.
 */

import { nameOf } from "../assembler/btf/shape.ts";
import { resolveType } from "../assembler/btf/types.ts";
import type { BtfForward, BtfRecord, BtfType } from "../assembler/btf/types.ts";

/** One pair of types that is still to be compared. */
interface Pair { readonly one: BtfType; readonly other: BtfType; readonly exact: boolean }

/**
 * Compares two types.
 * @returns what differs, in words; undefined when they agree.
 */
export function typeDifference(one: BtfType, other: BtfType): string | undefined {
  const pairs: Pair[] = [{ one, other, exact: true }];
  const seen = { byValue: new Map<BtfType, Set<BtfType>>(), behindPointer: new Map<BtfType, Set<BtfType>>() };
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const left = resolveType(pair.one), right = resolveType(pair.other);
    const table = pair.exact ? seen.byValue : seen.behindPointer;
    const met = table.get(left);
    if (met?.has(right) === true) continue;
    if (met === undefined) table.set(left, new Set([right]));
    else met.add(right);
    const next: Pair[] = [];
    const difference = compare(left, right, pair.exact, next);
    if (difference !== undefined) return difference;
    pairs.push(...next.reverse());
  }
  return undefined;
}

/** Compares what two types say by themselves; what they name is added to `next`. */
function compare(one: BtfType, other: BtfType, exact: boolean, next: Pair[]): string | undefined {
  if (!exact && one.kind !== other.kind) {
    if (one.kind === "fwd") return forwardDifference(one, other);
    if (other.kind === "fwd") return forwardDifference(other, one);
  }
  if (one.kind !== other.kind) return `${describe(one)} is not ${describe(other)}`;
  switch (one.kind) {
    case "void":
      return undefined;
    case "int": case "float":
      return other.kind === one.kind ? sizeDifference(one, other) : undefined;
    case "enum": case "enum64":
      return nameDifference(one, other) ?? (other.kind === one.kind ? sizeDifference(one, other) : undefined);
    case "fwd":
      return nameDifference(one, other);
    case "ptr":
      if (other.kind === one.kind) next.push({ one: one.type, other: other.type, exact: false });
      return undefined;
    case "array":
      if (other.kind === one.kind) next.push({ one: one.element, other: other.element, exact });
      return undefined;
    case "func": case "var":
      if (other.kind !== one.kind) return undefined;
      if ((one.linkage === "static") !== (other.linkage === "static")) return `${describe(one)} is static in one of them`;
      next.push({ one: one.type, other: other.type, exact });
      return nameDifference(one, other);
    case "struct": case "union":
      return nameDifference(one, other)
        ?? (exact && other.kind === one.kind ? memberDifference(one, other, next) : undefined);
    case "func_proto":
      if (other.kind !== one.kind) return undefined;
      if (one.params.length !== other.params.length || one.variadic !== other.variadic) {
        return `it has ${one.params.length} parameters and ${other.params.length}`;
      }
      one.params.forEach((param, i) => next.push({ one: param.type, other: other.params[i]?.type ?? param.type, exact }));
      next.push({ one: one.returns, other: other.returns, exact });
      return undefined;
    default:
      return `a ${one.kind} is nothing that a symbol can be`;
  }
}

function forwardDifference(forward: BtfForward, other: BtfType): string | undefined {
  if (forward.name !== nameOf(other)) return `${describe(forward)} is not ${describe(other)}`;
  return forward.record === other.kind ? undefined : `${describe(forward)} is declared, ${describe(other)} defined`;
}

function nameDifference(one: BtfType, other: BtfType): string | undefined {
  return nameOf(one) === nameOf(other) ? undefined : `${describe(one)} is not ${describe(other)}`;
}

function sizeDifference(one: BtfType & { size: number }, other: BtfType & { size: number }): string | undefined {
  return one.size === other.size ? undefined
    : `${describe(one)} has ${one.size} bytes, ${describe(other)} has ${other.size}`;
}

function memberDifference(one: BtfRecord, other: BtfRecord, next: Pair[]): string | undefined {
  if (one.members.length !== other.members.length) {
    return `${describe(one)} has ${one.members.length} members and ${other.members.length}`;
  }
  for (const [i, member] of one.members.entries()) {
    const theirs = other.members[i];
    if (theirs === undefined) continue;
    if (member.name !== theirs.name) {
      return `member ${i} of ${describe(one)} is '${member.name}' and '${theirs.name}'`;
    }
    if (member.bitOffset !== theirs.bitOffset || member.bitSize !== theirs.bitSize) {
      return `member '${member.name}' of ${describe(one)} has two places`;
    }
    next.push({ one: member.type, other: theirs.type, exact: true });
  }
  return undefined;
}

/** A type in a message. */
function describe(type: BtfType): string {
  const kind = type.kind === "fwd" ? `declared ${type.record}` : type.kind;
  const name = nameOf(type);
  return name === "" ? (kind === "void" ? "void" : `an anonymous ${kind}`) : `${kind} '${name}'`;
}
