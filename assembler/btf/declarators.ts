/**
 * A BTF type as C writes it around a name: `const char * const (*table)[4]`, spaced as bpftool does.
 *
 * BTF has the layers of a declarator from the name to the base type, C writes the base type first. So the layers are
 * put on a stack, and taken off it from the base on; what binds tighter than `*` stands behind parentheses.
 */
import { unreachable } from "../unreachable.ts";
import { BtfError } from "./types.ts";
import type { BtfType } from "./types.ts";

/** How the declarator spells the types that it is built on. */
export interface Spelling {
  /** A record, enumeration or typedef: its name with its keyword, or the whole body of an anonymous one. */
  readonly base: (type: BtfType) => string;
}

/** More layers than this are taken for a fault of the file. */
const maxLayers = 512;

/** The declaration of `name`, which may be "". @throws BtfError for what is no type of C */
export function declare(type: BtfType, name: string, spelling: Spelling): string {
  return declareLayers(layersOf(type), name, spelling);
}

/** The layers from the name to the base. */
function layersOf(type: BtfType): BtfType[] {
  const layers: BtfType[] = [];
  for (let layer = type;;) {
    layers.push(layer);
    if (layers.length > maxLayers) throw new BtfError("a type has too many layers to be written as C");
    switch (layer.kind) {
      case "ptr": case "const": case "volatile": case "restrict": case "type_tag":
        layer = layer.type;
        break;
      case "array":
        layer = layer.element;
        break;
      case "func_proto":
        layer = layer.returns;
        break;
      case "func": case "var": case "datasec": case "decl_tag":
        throw new BtfError(`a ${layer.kind} stands where a type is needed`);
      default:
        return layers;
    }
  }
}

function declareLayers(layers: BtfType[], name: string, spelling: Spelling): string {
  let text = "";
  let spaced = true;
  for (let layer = layers.pop(); layer !== undefined; layer = layers.pop()) {
    const pointer = layer.kind === "ptr";
    switch (layer.kind) {
      case "void":
        text += `${takeQualifiers(layers)}void`;
        break;
      case "int": case "float":
        text += takeQualifiers(layers) + layer.name;
        break;
      case "struct": case "union": case "enum": case "enum64": case "fwd": case "typedef":
        text += takeQualifiers(layers) + spelling.base(layer);
        break;
      case "ptr":
        text += spaced ? "*" : " *";
        break;
      case "const": case "volatile": case "restrict":
        text += ` ${layer.kind}`;
        break;
      case "type_tag":
        text += `${takeQualifiers(layers)} ${attribute(layer.tag, layer.attribute === true)}`;
        break;
      case "array": {
        // GCC repeats the qualifiers of the elements on the array.
        takeQualifiers(layers);
        const outer = layers.at(-1);
        const gap = name !== "" && !spaced ? " " : "";
        if (outer === undefined) return `${text}${gap}${name}[${layer.count}]`;
        const inner = declareLayers(layers, name, spelling);
        return `${text}${gap}${outer.kind === "array" ? inner : `(${inner})`}[${layer.count}]`;
      }
      case "func_proto": {
        // GCC marks functions that do not return by a qualifier.
        takeQualifiers(layers);
        const params = layer.params.map((param) => declare(param.type, param.name, spelling));
        if (layer.variadic && params.length > 0) params.push("...");
        const inner = layers.length > 0 ? ` (${declareLayers(layers, name, spelling)})`
          : `${name !== "" && !spaced ? " " : ""}${name}`;
        return `${text}${inner}(${params.length === 0 ? "void" : params.join(", ")})`;
      }
      case "func": case "var": case "datasec": case "decl_tag":
        throw new BtfError(`a ${layer.kind} stands where a type is needed`);
      default:
        unreachable(layer);
    }
    spaced = pointer;
  }
  return `${text}${name !== "" && !spaced ? " " : ""}${name}`;
}

function attribute(tag: string, whole: boolean): string {
  return `__attribute__((${whole ? tag : `btf_type_tag(${JSON.stringify(tag)})`}))`;
}

/** The qualifiers on top of the stack, which go in front of the base. */
function takeQualifiers(layers: BtfType[]): string {
  let text = "";
  for (;;) {
    const top = layers.at(-1);
    if (top?.kind !== "const" && top?.kind !== "volatile" && top?.kind !== "restrict") return text;
    text += `${top.kind} `;
    layers.pop();
  }
}
