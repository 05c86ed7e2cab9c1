/* Constants that C and assembler share. */
#ifndef _LINUX_CONST_H
#define _LINUX_CONST_H

/* The suffix that tells a type: nothing in assembler, U, UL or ULL in C. */
#ifdef __ASSEMBLY__
#define _AC(value, suffix) value
#define _AT(type, value) value
#else
#define __AC(value, suffix) (value##suffix)
#define _AC(value, suffix) __AC(value, suffix)
#define _AT(type, value) ((type)(value))
#endif

#define _UL(value) (_AC(value, UL))
#define _ULL(value) (_AC(value, ULL))

#define _BITUL(bit) (_UL(1) << (bit))
#define _BITULL(bit) (_ULL(1) << (bit))

/* Rounding up: to a power of two, and in a division. */
#define __ALIGN_KERNEL_MASK(x, mask) (((x) + (mask)) & ~(mask))
#define __ALIGN_KERNEL(x, size) __ALIGN_KERNEL_MASK(x, (__typeof__(x))(size) - 1)
#define __KERNEL_DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))

#endif
