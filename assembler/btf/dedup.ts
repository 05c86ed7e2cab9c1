/**
 * Type graph with duplicates -> the same graph with each C type once.
 *
 * Linked objects bring the types of every header once each. Two types are one when all that they say and all that they
 * reach says the same, and since records point at one another in circles, that cannot be found from the leaves up. The
 * phases (they are libbpf's, so that both linkers agree on what is one type):
 *
 * 1. primitives (int, float, enum, forward declaration), by what they say; a declared enum is the defined one;
 * 2. records: those of the same shape (name, size, names and places of members) are walked side by side under the
 *    hypothesis that they are one; a contradiction refutes it. A forward declaration agrees with the record it names,
 *    and a hypothesis that holds maps the one to the other;
 * 3. forward declarations that are left, to the only record of that name, if there is just one;
 * 4. all else, from the bottom up: by what it says and the types it names, which now are final.
 *
 * Variables and sections are each their own. Nothing here recurses over the graph: kernels have chains of types that
 * are thousands deep.
 */

import { hasSameShape, isDeclaredEnum, isSameEnum, nameOf, primitiveKey } from "./shape.ts";
import { btfVoid, forEachReference, replaceReferences } from "./types.ts";
import type { BtfType } from "./types.ts";

export interface Deduplicated {
  /** The types that are left, in their order, without `void`; their references lead to one another. */
  readonly types: BtfType[];
  /** What is left of a type that was given. */
  readonly canonical: (type: BtfType) => BtfType;
}

interface State {
  /** By id; `void` is 0. */
  readonly types: readonly BtfType[];
  /** Ids of what each type points at, in the order of forEachReference. */
  readonly references: readonly (readonly number[])[];
  /** Id of the type that stands for this one, which may be mapped further; -1 when not known yet. */
  readonly map: Int32Array;
  /** Types that stand for themselves, by a key that equal types share. */
  readonly candidates: Map<string, number[]>;
  /** For a type of the known graph its counterpart in the graph under question; -1 for none. */
  readonly hypothesis: Int32Array;
  /** The types that `hypothesis` has a counterpart for, in the order in which they were met. */
  readonly met: number[];
}

const unknown = -1;

/**
 * Deduplicates types, whose references are rewritten in place.
 * @param list all types of the graph, `void` apart.
 */
export function deduplicateTypes(list: readonly BtfType[]): Deduplicated {
  const types: BtfType[] = [btfVoid, ...list.filter((type) => type.kind !== "void")];
  const ids = new Map<BtfType, number>(types.map((type, id) => [type, id]));
  const references = types.map((type) => {
    const targets: number[] = [];
    forEachReference(type, (target) => {
      const id = target.kind === "void" ? 0 : ids.get(target);
      if (id === undefined) throw new Error(`a ${type.kind} refers to a ${target.kind} that is not in the list`);
      targets.push(id);
    });
    return targets;
  });
  const state: State = {
    types, references, candidates: new Map(), met: [],
    map: new Int32Array(types.length).fill(unknown), hypothesis: new Int32Array(types.length).fill(unknown),
  };
  state.map[0] = 0;
  types.forEach((type, id) => {
    if (type.kind === "var" || type.kind === "datasec") state.map[id] = id;
  });
  types.forEach((type, id) => mapPrimitive(state, type, id));
  types.forEach((type, id) => mapRecord(state, type, id));
  mapForwardDeclarations(state);
  types.forEach((_, id) => mapReference(state, id));

  const canonical = (type: BtfType): BtfType => (
    type.kind === "void" ? btfVoid : typeAt(state, resolve(state, ids.get(type) ?? 0))
  );
  const left = types.filter((_, id) => id !== 0 && state.map[id] === id);
  for (const type of left) replaceReferences(type, canonical);
  return { types: left, canonical };
}

function typeAt(state: State, id: number): BtfType {
  return state.types[id] ?? btfVoid;
}

/** Follows the map to the end, or to a type that is not mapped yet. */
function resolve(state: State, id: number): number {
  let at = id;
  for (let next = state.map[at] ?? unknown; next !== unknown && next !== at; next = state.map[at] ?? unknown) at = next;
  return at;
}

/** Candidates of a key, the latest first. */
function candidatesOf(state: State, key: string): readonly number[] {
  return state.candidates.get(key)?.toReversed() ?? [];
}

/** Maps a type to `target`; one that stands for itself becomes a candidate. */
function settle(state: State, id: number, target: number, key: string): void {
  state.map[id] = target;
  if (target !== id) return;
  const known = state.candidates.get(key);
  if (known === undefined) state.candidates.set(key, [id]);
  else known.push(id);
}

function mapPrimitive(state: State, type: BtfType, id: number): void {
  switch (type.kind) {
    case "int": case "float": case "fwd": {
      const key = primitiveKey(type);
      settle(state, id, candidatesOf(state, key)[0] ?? id, key);
      return;
    }
    case "enum": case "enum64": {
      const key = `enum ${type.name}`;
      let target = id;
      for (const candidate of candidatesOf(state, key)) {
        const other = typeAt(state, candidate);
        if (other.kind !== "enum" && other.kind !== "enum64") continue;
        if (isSameEnum(type, other) || isDeclaredEnum(type)) {
          target = candidate;
          break;
        }
        // A declaration that was met first is the enum that is defined here.
        if (isDeclaredEnum(other)) state.map[candidate] = id;
      }
      settle(state, id, target, key);
      return;
    }
    default:
  }
}

function mapRecord(state: State, type: BtfType, id: number): void {
  if ((type.kind !== "struct" && type.kind !== "union") || state.map[id] !== unknown) return;
  const [first] = type.members;
  const key = `${type.kind} ${type.size} ${type.members.length} ${type.name} ${first?.name ?? ""}`;
  for (const candidate of candidatesOf(state, key)) {
    if (!hasSameShape(type, typeAt(state, candidate))) continue;
    for (const one of state.met) state.hypothesis[one] = unknown;
    state.met.length = 0;
    if (!areEquivalent(state, id, candidate)) continue;
    acceptHypothesis(state);
    settle(state, id, candidate, key);
    return;
  }
  settle(state, id, id, key);
}

/**
 * Walks two graphs side by side, in preorder. A type of the known graph must always meet the same counterpart, so a
 * circle ends where it began. Forward declarations are followed in the known graph only: the other comes from one
 * object, in which a type that is defined is not declared as well.
 */
function areEquivalent(state: State, question: number, known: number): boolean {
  const stack = [question, known];
  for (;;) {
    const right = stack.pop(), left = stack.pop();
    if (right === undefined || left === undefined) return true;
    if (resolve(state, left) === resolve(state, right)) continue;
    const base = definitionOf(state, right);
    const before = state.hypothesis[base] ?? unknown;
    if (before !== unknown) {
      if (before === left || areIdentical(state, before, left, 0)) continue;
      return false;
    }
    state.hypothesis[base] = left;
    state.met.push(base);
    const one = typeAt(state, left), other = typeAt(state, base);
    if (nameOf(one) !== nameOf(other)) return false;
    if (one.kind !== other.kind && (one.kind === "fwd" || other.kind === "fwd")) {
      const agree = one.kind === "fwd" ? one.record === other.kind : other.kind === "fwd" && other.record === one.kind;
      if (!agree) return false;
      continue;
    }
    if (!hasSameShape(one, other)) return false;
    const theirs = state.references[base] ?? [];
    const ours = state.references[left] ?? [];
    for (let i = ours.length - 1; i >= 0; i--) stack.push(ours[i] ?? 0, theirs[i] ?? 0);
  }
}

/** The record that a forward declaration is known to be, or the type itself. */
function definitionOf(state: State, id: number): number {
  if (typeAt(state, id).kind !== "fwd") return id;
  const target = resolve(state, id);
  return typeAt(state, target).kind === "fwd" ? id : target;
}

/** How deep `areIdentical` looks into records within records. */
const identityDepth = 16;

/**
 * Are two types of one object the same down to the types they name? Compilers write some arrays, pointers and records
 * twice, so one type may have two counterparts that differ in nothing but being two.
 */
function areIdentical(state: State, first: number, second: number, depth: number): boolean {
  const one = typeAt(state, first), other = typeAt(state, second);
  if (depth > identityDepth || !hasSameShape(one, other)) return false;
  const ours = state.references[first] ?? [];
  const theirs = state.references[second] ?? [];
  switch (one.kind) {
    case "array": case "ptr":
      return ours.every((id, i) => id === theirs[i]);
    case "struct": case "union":
      return ours.every((id, i) => {
        const target = theirs[i] ?? 0;
        if (id === target) return true;
        return typeAt(state, id).kind !== "ptr" && areIdentical(state, id, target, depth + 1);
      });
    default:
      return false;
  }
}

/** Makes what a hypothesis that holds says about records a part of the map. */
function acceptHypothesis(state: State): void {
  for (const base of state.met) {
    const left = resolve(state, state.hypothesis[base] ?? 0), right = resolve(state, base);
    const kind = typeAt(state, left).kind, otherKind = typeAt(state, right).kind;
    if (kind !== "fwd" && otherKind === "fwd") state.map[right] = left;
    else if (kind === "fwd" && otherKind !== "fwd") state.map[left] = right;
    else if ((kind === "struct" || kind === "union") && otherKind !== "fwd"
      && state.map[right] !== unknown && state.map[left] === unknown) {
      state.map[left] = right;
    }
  }
}

function mapForwardDeclarations(state: State): void {
  /** The only record of each name; 0 where there are several. */
  const records = new Map<string, number>();
  state.types.forEach((type, id) => {
    if ((type.kind !== "struct" && type.kind !== "union") || state.map[id] !== id) return;
    records.set(type.name, records.has(type.name) ? 0 : id);
  });
  state.types.forEach((type, id) => {
    if (type.kind !== "fwd" || state.map[id] !== id) return;
    const record = records.get(type.name) ?? 0;
    if (typeAt(state, record).kind === type.record) state.map[id] = record;
  });
}

/** Maps a type that names others, after those. A circle without a record is no type: the decoder lets none pass. */
function mapReference(state: State, root: number): void {
  const open = new Set<number>();
  const stack = [root];
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    if (state.map[id] !== unknown) {
      stack.pop();
      continue;
    }
    const waiting = (state.references[id] ?? []).filter((target) => state.map[target] === unknown);
    if (waiting.length > 0) {
      if (open.has(id)) throw new Error(`type ${id} (${typeAt(state, id).kind}) contains itself`);
      open.add(id);
      for (const target of waiting.reverse()) stack.push(target);
      continue;
    }
    stack.pop();
    const key = referenceKey(typeAt(state, id), (state.references[id] ?? []).map((target) => resolve(state, target)));
    settle(state, id, state.candidates.get(key)?.[0] ?? id, key);
  }
}

/** All that a type says, given the final ids that it names. */
function referenceKey(type: BtfType, targets: readonly number[]): string {
  const head = `${type.kind} ${targets.join(" ")}`;
  switch (type.kind) {
    case "array": return `${head} ${type.count}`;
    case "func": return `${head} ${type.linkage} ${type.name}`;
    case "func_proto": return `${head} ${type.variadic} ${type.params.map((param) => param.name).join(" ")}`;
    case "decl_tag": return `${head} ${type.component} ${type.attribute === true} ${type.tag}`;
    case "type_tag": return `${head} ${type.attribute === true} ${type.tag}`;
    default: return `${head} ${nameOf(type)}`;
  }
}
