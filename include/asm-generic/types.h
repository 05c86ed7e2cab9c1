/* The kernel's integer types; on every 64-bit machine that BPF serves the 64-bit ones are long long. */
#ifndef _ASM_GENERIC_TYPES_H
#define _ASM_GENERIC_TYPES_H

#include <asm-generic/int-ll64.h>

#endif
