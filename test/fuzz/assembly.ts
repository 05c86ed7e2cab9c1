/**
 * Damaged assembly: a text with a few lines gone, doubled, cut or crossed with words at which an assembler goes wrong.
 * The same text and generator give the same damage.
 */
import type { Random } from "../harness/mutate.ts";

/**
 * Unclosed and unopened blocks, recursion, sizes and counts without end, symbols that define themselves, broken
 * literals.
 */
const hostile: readonly string[] = [
  ".rept 100000000", ".endr", ".irp a,1,2,3", ".irpc a,xyz", ".macro again n=1", "again \\n", "again", ".endm", ".exitm", ".purgem again",
  ".altmacro", ".noaltmacro", "\\@", "%(1+1)", "<x>", ".if 1", ".if", ".elseif 0", ".else", ".endif", ".ifdef a", ".include \"itself.s\"",
  ".zero 1 << 40", ".fill 1 << 24, 8, 1", ".org . + (1 << 40)", ".org 0", ".p2align 40", ".balign 3", ".octa 1", ".float 1e40000",
  ".dcb.d 1 << 28, 2.5", ".ds.x 1 << 28", ".set a, a + 1", ".equ b, c", ".equ c, b", ".comm d, -1", ".lcomm e, 1 << 40",
  ".uleb128 2f - 1b", ".sleb128 -1", ".quad . - 1f", "1:", "2:", "3f", "3b", ".section .text", ".section s,\"awx\",@nobits", ".previous",
  ".pushsection p", ".popsection", ".subsection 7", ".file 1 \"f.c\"", ".loc 1 99999999 1", ".cfi_startproc", ".cfi_def_cfa r10, 0",
  ".cfi_endproc", ".size a, . - a", ".type a,@function", ".ident \"i\"", ".ascii \"\\", "\"", "(", ")", "-", "~", ",", "0x", "0b2",
  "123456789012345678901234567890", "r11", "w10", "if r1 > r2 goto", "call -1", "*(u32 *)(r1 + 40000) = r2", "\0", "\r\n", "/*", "#", "//",
];

export function breakText(text: string, random: Random): string {
  const lines = text.split("\n");
  for (let rounds = 1 + random(6); rounds > 0; rounds--) {
    const at = random(lines.length), line = lines[at] ?? "";
    const cut = random(line.length + 1);
    const word = hostile[random(hostile.length)] ?? "";
    switch (random(6)) {
      case 0: lines.splice(at, 1 + random(3)); break;
      case 1: lines.splice(at, 0, word); break;
      case 2: lines.splice(at, 0, lines[random(lines.length)] ?? ""); break;
      case 3: lines[at] = line.slice(0, cut); break;
      case 4: lines[at] = line.slice(0, cut) + String.fromCharCode(random(256)) + line.slice(cut); break;
      default: lines[at] = line.slice(0, cut) + word + line.slice(cut + random(4)); break;
    }
  }
  return lines.join("\n");
}
