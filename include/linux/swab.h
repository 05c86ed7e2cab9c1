/* Reversing the bytes of a number. Constants fold, since the compiler's builtins do. */
#ifndef _LINUX_SWAB_H
#define _LINUX_SWAB_H

#include <linux/types.h>
#include <asm/bitsperlong.h>

#define __swab16(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define __swab32(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define __swab64(x) ((__u64)__builtin_bswap64((__u64)(x)))

#define ___constant_swab16(x) __swab16(x)
#define ___constant_swab32(x) __swab32(x)
#define ___constant_swab64(x) __swab64(x)

/* Swapping the halves of a word, and the bytes within each half. */
#define ___constant_swahw32(x) ((__u32)((__u32)(x) << 16 | (__u32)(x) >> 16))
#define ___constant_swahb32(x) ((__u32)(((__u32)(x) & 0x00ff00ffU) << 8 | ((__u32)(x) >> 8 & 0x00ff00ffU)))
#define __swahw32(x) ___constant_swahw32(x)
#define __swahb32(x) ___constant_swahb32(x)

static inline __attribute__((always_inline)) __u16 __fswab16(__u16 value) { return __swab16(value); }
static inline __attribute__((always_inline)) __u32 __fswab32(__u32 value) { return __swab32(value); }
static inline __attribute__((always_inline)) __u64 __fswab64(__u64 value) { return __swab64(value); }
static inline __attribute__((always_inline)) unsigned long __swab(const unsigned long value) { return __swab64(value); }

/* Through a pointer: p gives the value reversed, s reverses it where it is. */
static inline __attribute__((always_inline)) __u16 __swab16p(const __u16 *at) { return __swab16(*at); }
static inline __attribute__((always_inline)) __u32 __swab32p(const __u32 *at) { return __swab32(*at); }
static inline __attribute__((always_inline)) __u64 __swab64p(const __u64 *at) { return __swab64(*at); }
static inline __attribute__((always_inline)) __u32 __swahw32p(const __u32 *at) { return __swahw32(*at); }
static inline __attribute__((always_inline)) __u32 __swahb32p(const __u32 *at) { return __swahb32(*at); }
static inline __attribute__((always_inline)) void __swab16s(__u16 *at) { *at = __swab16(*at); }
static inline __attribute__((always_inline)) void __swab32s(__u32 *at) { *at = __swab32(*at); }
static inline __attribute__((always_inline)) void __swab64s(__u64 *at) { *at = __swab64(*at); }
static inline __attribute__((always_inline)) void __swahw32s(__u32 *at) { *at = __swahw32(*at); }
static inline __attribute__((always_inline)) void __swahb32s(__u32 *at) { *at = __swahb32(*at); }

#endif
