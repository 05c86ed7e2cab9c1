/**
 * What is known of a pointer from where it comes: the object it points into.
 *
 * The verifier ties each memory instruction to one kind of pointer, and refuses some instructions for some kinds.
 * Selection and layout ask here before they choose an instruction or share one.
 */
import type { AnyValue, Value } from "../ir/module.ts";

/** The value that the pointer was made from by additions; through phis that have one value only. */
export function rootOf(pointer: AnyValue): AnyValue {
  let v = pointer;
  while (v.op === "ptradd" || v.op === "opaque" || v.op === "phi" && v.args.length === 1) v = v.args[0];
  return v;
}

/** Can the pointer not be one into the program's context? */
export function neverContext(pointer: AnyValue): boolean {
  const root = rootOf(pointer);
  switch (root.op) {
    case "slot": case "symbol": return true;
    case "call": return root.aux.callee.kind === "helper";
    case "inttoptr": {
      const number = root.args[0];
      return number.op === "extend" && number.aux.from === 32 || number.op === "load" && number.aux.bytes < 8;
    }
    default: return false;
  }
}

/** Is the pointer one into the stack by some way? The verifier lets no register be subtracted from those. */
export function mayBeStack(pointer: AnyValue, depth = 0): boolean {
  const root = rootOf(pointer);
  if (root.op === "phi") return depth >= 4 || root.args.some((arg) => mayBeStack(arg, depth + 1));
  return root.op === "slot";
}

/** The helper that looks a key up in a map (bpf_map_lookup_elem). */
const lookup = 1;

/**
 * Words for what the pointer points to, such that accesses with equal words may be one instruction: the value of one
 * map, one object. Undefined when that is not known.
 */
export function kindOf(pointer: AnyValue, depth = 0): string | undefined {
  const root = rootOf(pointer);
  if (root.op === "phi") {
    // A pointer that was found on several ways; loops of phis are not followed far.
    const [first, ...others] = depth < 4 ? root.args.map((arg) => kindOf(arg, depth + 1)) : [];
    return others.every((kind) => kind === first) ? first : undefined;
  }
  if (root.op === "symbol") return `@${root.aux.name}`;
  if (root.op !== "call" || root.aux.callee.kind !== "helper" || root.aux.callee.id !== lookup) return undefined;
  const map = root.args[0];
  return map?.op === "symbol" ? `value of @${map.aux.name}` : undefined;
}

/**
 * Are all uses of the slot's address known, so that it matters only up to the last of them? The address may go to
 * loads, stores and calls: helpers keep no pointer into the stack, and a function of the program can only return it.
 */
export function isTracked(slot: Value<"slot">): boolean {
  const work: AnyValue[] = [slot];
  for (let pointer = work.pop(); pointer !== undefined; pointer = work.pop()) {
    for (const user of pointer.uses) {
      switch (user.op) {
        case "load": case "lifestart": case "lifeend": break;
        case "store": case "atomic":
          if (user.args[0] !== pointer || user.args.lastIndexOf(pointer) !== 0) return false;
          break;
        case "ptradd": case "opaque":
          work.push(user);
          break;
        case "phi":
          if (user.args.length !== 1) return false;
          work.push(user);
          break;
        case "call":
          if (user.aux.callee.kind === "indirect" || user.aux.callee.kind === "function" && user.type !== "void" &&
            user.type !== "i32") return false;
          break;
        default:
          return false;
      }
    }
  }
  return true;
}
