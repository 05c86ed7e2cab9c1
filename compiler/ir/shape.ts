/** Do two values carry the same beside their arguments? `keyAux` is equal for them then, and for none that differ. */
import type { AnyValue } from "./module.ts";

export function keyAux(value: AnyValue): string {
  switch (value.op) {
    case "extend": return `${value.aux.signed ? "s" : "u"}${value.aux.from}`;
    case "bswap": case "compare": case "fcompare": case "skbload": case "asmresult": return String(value.aux);
    case "addrspace": return `${value.aux.from} ${value.aux.to}`;
    case "fromint": return `${value.aux.signed}`;
    case "toint": return `${value.aux.signed ? "s" : "u"}${value.aux.bits} ${value.aux.shift}`;
    case "load": return `${value.aux.bytes} ${value.aux.align} ${value.aux.signed} ${value.aux.volatile}`;
    case "store": case "memcpy": case "memmove": case "memset": case "memcmp":
      return `${value.aux.bytes} ${value.aux.align} ${value.aux.volatile}`;
    case "memvar": return `${value.aux.operator} ${value.aux.align} ${value.aux.volatile}`;
    case "alloca": return `${value.aux.array} ${value.aux.align} ${value.aux.reusable}`;
    case "atomic": return `${value.aux.operator} ${value.aux.bytes}`;
    case "call": {
      const { callee } = value.aux;
      return callee.kind === "helper" ? `helper ${callee.id}` : callee.kind === "function" ? `function ${callee.function.name}` : "";
    }
    // Whoever compares these looks at their blocks or texts too.
    case "phi": case "asm": case "jump": case "branch": case "switch": case "symbol": case "slot": case "const": case "param":
    case "core":
      return `${value.id}`;
    default: return "";
  }
}
