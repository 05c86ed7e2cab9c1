/* A machine's own way of swapping bytes: none here, the compiler knows. */
#ifndef _ASM_GENERIC_SWAB_H
#define _ASM_GENERIC_SWAB_H

#include <asm/bitsperlong.h>

#endif
