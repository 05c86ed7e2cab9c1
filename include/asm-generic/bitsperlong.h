/* Width of long: 64 bits in BPF, whatever the machine that compiles. */
#ifndef __ASM_GENERIC_BITS_PER_LONG
#define __ASM_GENERIC_BITS_PER_LONG

#ifndef __BITS_PER_LONG
#define __BITS_PER_LONG (__SIZEOF_LONG__ * __CHAR_BIT__)
#endif
#ifndef __BITS_PER_LONG_LONG
#define __BITS_PER_LONG_LONG 64
#endif

#endif
