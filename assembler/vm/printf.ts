/**
 * The formatted output of BPF programs: the subset of printk that bpf_bprintf_prepare (kernel/trace/bpf_trace.c and
 * kernel/bpf/helpers.c) lets through, with its refusals.
 */

/** How an argument is fetched: its value as a signed and an unsigned 64-bit number, or the text it points at. */
export interface PrintArguments {
  readonly count: number;
  unsigned(index: number): bigint;
  /** The text at the address in an argument. */
  text(index: number): string;
  /** `length` bytes at the address in an argument. */
  bytes(index: number, length: number): Uint8Array;
}

const specifier = /^%(-?0?\d*)(?:(ll|l|h|hh|)([diuxXc])|(s)|(pi4|pI4|pi6|pI6|pks|pus|pK|px|ps|pS|pB|p))/;

/** The text, or undefined where the kernel answers -EINVAL. */
export function formatText(format: string, args: PrintArguments): string | undefined {
  let out = "";
  let next = 0;
  for (let i = 0; i < format.length;) {
    const char = format[i];
    const code = char.charCodeAt(0);
    if (code > 126 || code < 32 && !(code >= 9 && code <= 13)) return undefined;
    if (char !== "%") {
      out += char;
      i++;
      continue;
    }
    if (format[i + 1] === "%") {
      out += "%";
      i += 2;
      continue;
    }
    const match = specifier.exec(format.slice(i));
    if (match === null || next >= args.count) return undefined;
    const [whole, width, size, conversion, text, pointer] = match;
    if (size === "h" || size === "hh") return undefined;
    const index = next++;
    const piece = text !== undefined ? args.text(index)
      : pointer !== undefined ? formatPointer(pointer, index, args)
      : formatNumber(conversion ?? "d", size === "ll" || size === "l" ? 64 : 32, args.unsigned(index));
    out += pad(piece, width);
    i += whole.length;
  }
  return out;
}

function formatNumber(conversion: string, bits: number, value: bigint): string {
  switch (conversion) {
    case "d": case "i": return BigInt.asIntN(bits, value).toString();
    case "u": return BigInt.asUintN(bits, value).toString();
    case "x": return BigInt.asUintN(bits, value).toString(16);
    case "X": return BigInt.asUintN(bits, value).toString(16).toUpperCase();
    default: return String.fromCharCode(Number(value & 0xffn));
  }
}

function formatPointer(kind: string, index: number, args: PrintArguments): string {
  switch (kind) {
    case "pi4": case "pI4": {
      const parts = [...args.bytes(index, 4)];
      return parts.map((part) => kind === "pI4" ? `${part}` : `${part}`.padStart(3, "0")).join(".");
    }
    case "pi6": case "pI6": {
      const digits = [...args.bytes(index, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return kind === "pi6" ? digits : (digits.match(/..../g) ?? []).join(":");
    }
    case "pks": case "pus":
      return args.text(index);
    default:
      return args.unsigned(index).toString(16).padStart(16, "0");
  }
}

/** Applies "-", "0" and the width of a conversion. */
function pad(text: string, width: string): string {
  if (width === "") return text;
  const left = width.startsWith("-");
  const digits = left ? width.slice(1) : width;
  const columns = Number(digits);
  if (left) return text.padEnd(columns);
  if (!digits.startsWith("0")) return text.padStart(columns);
  return text.startsWith("-") ? `-${text.slice(1).padStart(columns - 1, "0")}` : text.padStart(columns, "0");
}
