/*
 * Conversion specifiers for the integer types of stdint.h (C11 7.8). The functions of that clause have no place in
 * BPF.
 */
#ifndef _INTTYPES_H
#define _INTTYPES_H

#include <stdint.h>

/* "hh" and "h" are no part of what the kernel's trace_printk accepts; they are here for bpf_snprintf and its kind. */

#define PRId8 "hhd"
#define PRIi8 "hhi"
#define PRIo8 "hho"
#define PRIu8 "hhu"
#define PRIx8 "hhx"
#define PRIX8 "hhX"
#define PRIdLEAST8 PRId8
#define PRIdFAST8 PRId8
#define PRIiLEAST8 PRIi8
#define PRIiFAST8 PRIi8
#define PRIoLEAST8 PRIo8
#define PRIoFAST8 PRIo8
#define PRIuLEAST8 PRIu8
#define PRIuFAST8 PRIu8
#define PRIxLEAST8 PRIx8
#define PRIxFAST8 PRIx8
#define PRIXLEAST8 PRIX8
#define PRIXFAST8 PRIX8

#define PRId16 "hd"
#define PRIi16 "hi"
#define PRIo16 "ho"
#define PRIu16 "hu"
#define PRIx16 "hx"
#define PRIX16 "hX"
#define PRIdLEAST16 PRId16
#define PRIdFAST16 PRId16
#define PRIiLEAST16 PRIi16
#define PRIiFAST16 PRIi16
#define PRIoLEAST16 PRIo16
#define PRIoFAST16 PRIo16
#define PRIuLEAST16 PRIu16
#define PRIuFAST16 PRIu16
#define PRIxLEAST16 PRIx16
#define PRIxFAST16 PRIx16
#define PRIXLEAST16 PRIX16
#define PRIXFAST16 PRIX16

#define PRId32 "d"
#define PRIi32 "i"
#define PRIo32 "o"
#define PRIu32 "u"
#define PRIx32 "x"
#define PRIX32 "X"
#define PRIdLEAST32 PRId32
#define PRIdFAST32 PRId32
#define PRIiLEAST32 PRIi32
#define PRIiFAST32 PRIi32
#define PRIoLEAST32 PRIo32
#define PRIoFAST32 PRIo32
#define PRIuLEAST32 PRIu32
#define PRIuFAST32 PRIu32
#define PRIxLEAST32 PRIx32
#define PRIxFAST32 PRIx32
#define PRIXLEAST32 PRIX32
#define PRIXFAST32 PRIX32

#define PRId64 "ld"
#define PRIi64 "li"
#define PRIo64 "lo"
#define PRIu64 "lu"
#define PRIx64 "lx"
#define PRIX64 "lX"
#define PRIdLEAST64 PRId64
#define PRIdFAST64 PRId64
#define PRIiLEAST64 PRIi64
#define PRIiFAST64 PRIi64
#define PRIoLEAST64 PRIo64
#define PRIoFAST64 PRIo64
#define PRIuLEAST64 PRIu64
#define PRIuFAST64 PRIu64
#define PRIxLEAST64 PRIx64
#define PRIxFAST64 PRIx64
#define PRIXLEAST64 PRIX64
#define PRIXFAST64 PRIX64

#define PRIdMAX "ld"
#define PRIdPTR "ld"
#define PRIiMAX "li"
#define PRIiPTR "li"
#define PRIoMAX "lo"
#define PRIoPTR "lo"
#define PRIuMAX "lu"
#define PRIuPTR "lu"
#define PRIxMAX "lx"
#define PRIxPTR "lx"
#define PRIXMAX "lX"
#define PRIXPTR "lX"

#endif
