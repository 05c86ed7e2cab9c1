/**
 * Numbers of the ELF64 file format that writer and reader share (System V ABI, gABI chapter 4; EM_BPF is 247).
 */

import type { SymbolBind, SymbolType, SymbolVisibility } from "./object.ts";

export const EM_BPF = 247;
export const ET_REL = 1;
export const ELFCLASS64 = 2;
export const ELFDATA2LSB = 1;
export const ELFDATA2MSB = 2;
export const EV_CURRENT = 1;
export const ELFOSABI_GNU = 3;

/** Sizes in bytes of the file header, a section header, a symbol, a relocation without addend. */
export const headerSize = 64, sectionHeaderSize = 64, symbolSize = 24, relSize = 16;

/** Section indices that are no index. */
export const SHN = { UNDEF: 0, LORESERVE: 0xff00, ABS: 0xfff1, COMMON: 0xfff2, XINDEX: 0xffff } as const;

/** STB_... by position. */
export const binds: readonly SymbolBind[] = ["local", "global", "weak"];

/** STT_... by position. */
export const symbolTypes: readonly SymbolType[] = ["notype", "object", "func", "section", "file", "common", "tls"];

/** STV_... by position. */
export const visibilities: readonly SymbolVisibility[] = ["default", "internal", "hidden", "protected"];
