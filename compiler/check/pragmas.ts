/**
 * Pragmas that change what the declarations after them mean: pack, clang attribute, weak, GCC visibility, redefine_extname.
 */
import type { Pragma } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { type Checker, error, warn } from "./context.ts";
import { declareWeakAlias } from "./linked.ts";
import { pushedEntries, warnUnusedPush } from "./pushed-attributes.ts";

export function checkPragma(c: Checker, pragma: Pragma, loc: Loc): void {
  switch (pragma.kind) {
    case "pack":
      pack(c, pragma, loc);
      break;
    case "ignored":
      break;
    case "attributePush": {
      const entries = pushedEntries(c, pragma, loc);
      if (entries !== undefined) c.pushed.push({ loc, namespace: pragma.namespace, entries });
      break;
    }
    case "attributeAdd": {
      const innermost = c.pushed.findLast((push) => push.namespace === pragma.namespace);
      if (innermost === undefined) error(c, loc, "'#pragma clang attribute' attribute with no matching '#pragma clang attribute push'");
      else innermost.entries.push(...pushedEntries(c, pragma, loc) ?? []);
      break;
    }
    case "attributePop": {
      const at = c.pushed.findLastIndex((push) => push.namespace === pragma.namespace);
      if (at < 0) error(c, loc, "'#pragma clang attribute pop' with no matching '#pragma clang attribute push'");
      else for (const push of c.pushed.splice(at, 1)) warnUnusedPush(c, push);
      break;
    }
    case "weak": {
      const known = c.linked.get(pragma.name);
      if (known !== undefined && pragma.target === undefined) known.attributes.weak = true;
      else c.weakNames.set(pragma.name, { target: pragma.target, loc: pragma.loc });
      if (pragma.target !== undefined) declareWeakAlias(c, pragma.name, pragma.target, pragma.loc);
      break;
    }
    case "visibility":
      if (pragma.value !== undefined) {
        const { value } = pragma;
        const known = value === "hidden" || value === "protected" || value === "internal" || value === "default";
        if (known) c.visibilities.push(value);
        else warn(c, "ignored-attributes", loc, `unknown visibility '${value}'`);
      } else if (c.visibilities.pop() === undefined) {
        error(c, loc, "#pragma visibility pop with no matching #pragma visibility push");
      }
      break;
    case "align":
      align(c, pragma.to, loc);
      break;
    case "redefineName":
      c.renamed.set(pragma.name, pragma.symbol);
      break;
  }
}

/** `#pragma pack`, with labels as Microsoft defined them: a pop with a label goes down to that label's push. */
function pack(c: Checker, pragma: Extract<Pragma, { kind: "pack" }>, loc: Loc): void {
  if (pragma.value !== undefined && ![0, 1, 2, 4, 8, 16].includes(pragma.value)) {
    warn(c, "ignored-pragmas", loc, "expected #pragma pack parameter to be '1', '2', '4', '8', or '16'");
    return;
  }
  switch (pragma.action) {
    case "set":
      c.pack = bytesOf(c, pragma.value ?? 0);
      return;
    case "show":
      warn(c, "", loc, `value of #pragma pack(show) == ${c.pack === 0 ? 8 : c.pack}`);
      return;
    case "push":
      c.packs.push({ label: pragma.label, value: c.pack, loc });
      if (pragma.value !== undefined) c.pack = bytesOf(c, pragma.value);
      return;
    case "pop": {
      if (c.packs.length === 0) {
        warn(c, "ignored-pragmas", loc, "#pragma pack(pop, ...) failed: stack empty");
        return;
      }
      if (pragma.label !== undefined && pragma.value !== undefined) {
        warn(c, "", loc, "specifying both a name and alignment to 'pop' is undefined");
      }
      const at = pragma.label === undefined
        ? c.packs.length - 1
        : c.packs.findLastIndex((entry) => entry.label === pragma.label);
      const entry = c.packs[at];
      if (entry !== undefined) {
        c.packs.length = at;
        c.pack = entry.value;
      }
      if (pragma.value !== undefined) c.pack = bytesOf(c, pragma.value);
    }
  }
}

/** `#pragma options align`: shares the stack with `#pragma pack`, as in clang. */
function align(c: Checker, to: "natural" | "packed" | "reset", loc: Loc): void {
  if (to !== "reset") {
    c.packs.push({ label: undefined, value: c.pack, loc });
    c.pack = to === "packed" ? 1 : 0;
    return;
  }
  const last = c.packs.pop();
  if (last === undefined && c.pack === 0) warn(c, "ignored-pragmas", loc, "#pragma options align=reset failed: stack empty");
  c.pack = last === undefined ? 0 : last.value;
}

/** 0 stands for what the command line says. */
function bytesOf(c: Checker, value: number): number {
  return value === 0 ? c.options.pack : value;
}

/** At the end of the file: what was pushed and never popped. */
export function finishPragmas(c: Checker): void {
  for (const { loc } of c.pushed) error(c, loc, "unterminated '#pragma clang attribute push' at end of file");
  for (const { loc } of c.packs) {
    c.diagnostics.warningByDefault("pragma-pack", loc, "unterminated '#pragma pack (push, ...)' at end of file");
  }
}
