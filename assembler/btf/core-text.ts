/**
 * A CO-RE relocation in words, as llvm-objdump writes it behind the instruction:
 *
 *   <byte_off> [2] struct task_struct::mm.pgd (0:3:1)     a field: its kind, the root type's id and name, the path
 *   <type_size> [7] typedef pid_t                          a type
 *   <enumval_value> [9] enum state::RUNNING = 1            an enumerator
 *
 * What cannot be followed through the types is shown as it stands in the file, with the reason.
 */

import type { CoreRelocation, CoreRelocationKind } from "./ext.ts";
import type { BtfType } from "./types.ts";

/** How a relocation's access string is to be read. */
const subjects: { readonly [kind in CoreRelocationKind]: "field" | "type" | "enumerator" } = {
  byte_off: "field", byte_sz: "field", field_exists: "field", signed: "field", lshift_u64: "field",
  rshift_u64: "field", local_type_id: "type", target_type_id: "type", type_exists: "type", type_size: "type",
  type_matches: "type", enumval_exists: "enumerator", enumval_value: "enumerator",
};

/** Qualifiers and typedefs in a row beyond this are taken for a fault of the file. */
const maxChain = 32;

/** @param idOf the id of a type in the object's `.BTF` */
export function describeCoreRelocation(relocation: CoreRelocation, idOf: (type: BtfType) => number): string {
  const { access, kind, type } = relocation;
  const described = describe(relocation, idOf);
  return typeof described === "string" ? `<${kind}> [${idOf(type)}]${described}`
    : `<${kind}> [${idOf(type)}] '${access}' <${described.problem}>`;
}

interface Problem { readonly problem: string }

function describe({ type, access, kind }: CoreRelocation, idOf: (type: BtfType) => number): string | Problem {
  if (!/^\d+(:\d+)*$/.test(access)) return { problem: `spec string is not a number list: ${access}` };
  const path = access.split(":").map(Number);
  const root = nameRoot(type, idOf);
  if (typeof root !== "string") return root;
  switch (subjects[kind]) {
    case "type":
      return access === "0" ? root : { problem: "unexpected type-based relocation spec: should be '0'" };
    case "enumerator": {
      const place = describeEnumerator(type, path);
      return typeof place === "string" ? `${root}::${place}` : place;
    }
    case "field": {
      const place = describeField(type, path);
      return typeof place === "string" ? `${root}::${place} (${access})` : place;
    }
  }
}

/** The root type with its qualifiers, each behind a blank. */
function nameRoot(type: BtfType, idOf: (type: BtfType) => number): string | Problem {
  let text = "";
  let under = type;
  for (let length = 0; length < maxChain; length++) {
    switch (under.kind) {
      case "const": case "volatile": case "restrict":
        text += ` ${under.kind}`;
        under = under.type;
        continue;
      case "type_tag":
        text += ` type_tag("${under.tag}")`;
        under = under.type;
        continue;
      case "void":
        return `${text} void`;
      case "typedef": case "struct": case "union":
        return `${text} ${under.kind} ${nameOr(under.name, idOf(under))}`;
      case "enum": case "enum64":
        return `${text} enum ${nameOr(under.name, idOf(under))}`;
      case "fwd":
        return `${text} fwd ${under.record} ${nameOr(under.name, idOf(under))}`;
      default:
        return `${text} ${nameOr("name" in under ? under.name : "", idOf(under))}`;
    }
  }
  return { problem: "modifiers chain is too long" };
}

function nameOr(name: string, number: number): string {
  return name === "" ? `<anon ${number}>` : name;
}

/** The type under typedefs and qualifiers; undefined when there is no end to them. */
function underlying(type: BtfType): BtfType | undefined {
  let under = type;
  for (let length = 0; length < maxChain; length++) {
    switch (under.kind) {
      case "typedef": case "const": case "volatile": case "restrict": case "type_tag":
        under = under.type;
        break;
      default:
        return under;
    }
  }
  return undefined;
}

function describeEnumerator(type: BtfType, path: readonly number[]): string | Problem {
  const under = underlying(type);
  if (under === undefined) return { problem: "modifiers chain is too long" };
  const [index] = path;
  if (index === undefined || path.length !== 1) return { problem: "unexpected enumval relocation spec size" };
  if (under.kind !== "enum" && under.kind !== "enum64") {
    return { problem: `unexpected type kind for enum relocation: ${under.kind}` };
  }
  const enumerator = under.values[index];
  if (enumerator === undefined) return { problem: `bad value index: ${index}` };
  return `${nameOr(enumerator.name, index)} = ${enumerator.value}`;
}

/** The path: an index as of an array first, when it is not 0; then members and elements. */
function describeField(type: BtfType, path: readonly number[]): string | Problem {
  let text = path[0] === undefined || path[0] === 0 ? "" : `[${path[0]}]`;
  let under = underlying(type);
  for (const index of path.slice(1)) {
    if (under === undefined) return { problem: "modifiers chain is too long" };
    if (under.kind === "array") {
      text += `[${index}]`;
      under = underlying(under.element);
      continue;
    }
    if (under.kind !== "struct" && under.kind !== "union") return { problem: `no members in a ${under.kind}` };
    const member = under.members[index];
    if (member === undefined) return { problem: `member index ${index} is out of range` };
    text += `${text === "" ? "" : "."}${nameOr(member.name, index)}`;
    under = underlying(member.type);
  }
  return text;
}
