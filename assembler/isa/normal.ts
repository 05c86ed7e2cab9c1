/**
 * The instructions in GNU's "normal" syntax, which GCC writes with -masm=normal: a mnemonic, then the operands, the
 * destination first.
 *
 *   add %r1,5    ldxdw %r0,[%r1+8]    stw [%r10-4],0    jeq %r1,%r2,label    aadd [%r1+0],%r2    lddw %r1,symbol
 *
 * Each is a form of the instruction table in other words; 32-bit operations have a suffix instead of w registers, and
 * r10 is `%fp` too. Forms that have no word there (address space casts, ld_pseudo, may_goto, gotox) are not in this
 * syntax.
 *
 * Source of the mnemonics: the GNU assembler's manual, section "BPF Instructions".
 */
import type { Instruction } from "./instruction.ts";
import type { Form } from "./table.ts";

const sizeSuffix = { 1: "b", 2: "h", 4: "w", 8: "dw" } as const;

/** The texts of a form, with holes as in the table; none where the syntax has no word for it. */
export function normalTexts(form: Form): readonly string[] {
  // What the form makes of zeros says which operation it is.
  const i: Instruction = form.build({ dst: 0, src: 0, offset: 0, imm: 0, high: 0, ...form.fixed });
  const to = "[%{dst}{offset}]", from = "[%{src}{offset}]";
  switch (i.op) {
    case "alu":
      return [`${i.alu}${suffix(i.width)} %{dst},${i.src.kind === "reg" ? "%{src}" : "{imm}"}`];
    case "neg":
      return [`neg${suffix(i.width)} %{dst}`];
    case "movsx":
      return [`movs${suffix(i.width)} %{dst},%{src},${i.bits}`];
    case "swap":
      return [`${i.order === "bswap" ? "bswap" : `end${i.order}`} %{dst},${i.bits}`];
    case "ld_imm64":
      return form.key === "plain" ? ["lddw %{dst},{imm64}"] : [];
    case "load":
      return [`ldx${i.signed ? "s" : ""}${sizeSuffix[i.size]} %{dst},${from}`];
    case "store":
      return [i.src.kind === "reg" ? `stx${sizeSuffix[i.size]} ${to},%{src}` : `st${sizeSuffix[i.size]} ${to},{imm}`];
    case "load_acquire":
      return [`ldacq${sizeSuffix[i.size]} %{dst},${from}`];
    case "store_release":
      return [`strel${sizeSuffix[i.size]} ${to},%{src}`];
    case "ld_abs":
      return [`ldabs${sizeSuffix[i.size]} {imm}`];
    case "ld_ind":
      return form.key.endsWith("index") ? [`ldind${sizeSuffix[i.size]} %{src},{imm}`] : [];
    case "atomic": {
      const operands = `${to},%{src}`;
      const name = i.atomic === "xchg" ? "axchg" : i.atomic === "cmpxchg" ? "acmp" : `${i.fetch ? "af" : "a"}${i.atomic}`;
      const old = i.atomic === "add" && !i.fetch ? [`xadd${sizeSuffix[i.size]} ${operands}`] : [];
      return [`${name}${i.size === 4 ? "32" : ""} ${operands}`, ...old];
    }
    case "jump":
      return [i.long ? "jal {target32}" : "ja {target}"];
    case "branch":
      return [`j${i.cond}${suffix(i.width)} %{dst},${i.src.kind === "reg" ? "%{src}" : "{imm}"},{target}`];
    case "call":
      return i.call === "helper" ? ["call {callee}"] : i.call === "local" ? ["call {function}"] : [];
    case "callx":
      return ["call %{dst}"];
    case "exit":
      return ["exit"];
    case "addr_space_cast":
    case "may_goto":
    case "gotox":
      return [];
  }
}

function suffix(width: 32 | 64): string {
  return width === 32 ? "32" : "";
}
