/**
 * Type graph -> a listing, one type a line with its id, members below it: the raw form of `bpftool btf dump`, so that
 * the two can be compared as text.
 */

import { unreachable } from "../unreachable.ts";
import type { BtfType } from "./types.ts";

/** Lists types; the first of `types` has id 0 and is `void`, as decode.ts gives them. */
export function listTypes(types: readonly BtfType[]): string {
  const ids = new Map<BtfType, number>(types.map((type, id) => [type, id]));
  const idOf = (type: BtfType): number => ids.get(type) ?? 0;
  return types.slice(1).map((type, index) => `[${index + 1}] ${describe(type, idOf)}\n`).join("");
}

const quote = (name: string): string => `'${name === "" ? "(anon)" : name}'`;

function describe(type: BtfType, idOf: (type: BtfType) => number): string {
  switch (type.kind) {
    case "void":
      return "VOID";
    case "int": {
      const encoding = type.encoding === "unsigned" ? "(none)" : type.encoding.toUpperCase();
      return `INT ${quote(type.name)} size=${type.size} bits_offset=${type.bitOffset} nr_bits=${type.bits} `
        + `encoding=${encoding}`;
    }
    case "ptr": case "const": case "volatile": case "restrict":
      return `${type.kind.toUpperCase()} '(anon)' type_id=${idOf(type.type)}`;
    case "typedef":
      return `TYPEDEF ${quote(type.name)} type_id=${idOf(type.type)}`;
    case "type_tag":
      return `TYPE_TAG ${quote(type.tag)} type_id=${idOf(type.type)}`;
    case "array":
      return `ARRAY '(anon)' type_id=${idOf(type.element)} index_type_id=${idOf(type.index)} nr_elems=${type.count}`;
    case "struct": case "union": {
      const members = type.members.map(({ name, type: member, bitOffset, bitSize }) => {
        const width = bitSize === 0 ? "" : ` bitfield_size=${bitSize}`;
        return `\n\t${quote(name)} type_id=${idOf(member)} bits_offset=${bitOffset}${width}`;
      });
      return `${type.kind.toUpperCase()} ${quote(type.name)} size=${type.size} vlen=${type.members.length}`
        + members.join("");
    }
    case "enum": case "enum64": {
      const suffix = type.kind === "enum" ? "" : type.signed ? "LL" : "ULL";
      const values = type.values.map(({ name, value }) => `\n\t${quote(name)} val=${value}${suffix}`);
      return `${type.kind.toUpperCase()} ${quote(type.name)} encoding=${type.signed ? "SIGNED" : "UNSIGNED"} `
        + `size=${type.size} vlen=${type.values.length}${values.join("")}`;
    }
    case "fwd":
      return `FWD ${quote(type.name)} fwd_kind=${type.record}`;
    case "func":
      return `FUNC ${quote(type.name)} type_id=${idOf(type.type)} linkage=${type.linkage}`;
    case "func_proto": {
      const params = type.params.map(({ name, type: param }) => `\n\t${quote(name)} type_id=${idOf(param)}`);
      if (type.variadic) params.push("\n\t'(anon)' type_id=0");
      return `FUNC_PROTO '(anon)' ret_type_id=${idOf(type.returns)} vlen=${params.length}${params.join("")}`;
    }
    case "var":
      return `VAR ${quote(type.name)} type_id=${idOf(type.type)}, linkage=${type.linkage}`;
    case "datasec": {
      const vars = type.vars.map(({ type: variable, offset, size }) => {
        const named = variable.kind === "var" || variable.kind === "func"
          ? ` (${variable.kind.toUpperCase()} '${variable.name}')` : "";
        return `\n\ttype_id=${idOf(variable)} offset=${offset} size=${size}${named}`;
      });
      return `DATASEC ${quote(type.name)} size=${type.size} vlen=${type.vars.length}${vars.join("")}`;
    }
    case "float":
      return `FLOAT ${quote(type.name)} size=${type.size}`;
    case "decl_tag":
      return `DECL_TAG ${quote(type.tag)} type_id=${idOf(type.type)} component_idx=${type.component}`;
    default:
      return unreachable(type);
  }
}
