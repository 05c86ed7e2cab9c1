/* Integer types of exact width, under the names that are safe to use in headers. */
#ifndef _ASM_GENERIC_INT_LL64_H
#define _ASM_GENERIC_INT_LL64_H

#include <asm/bitsperlong.h>

#ifndef __ASSEMBLY__

typedef signed char __s8;
typedef short __s16;
typedef int __s32;
__extension__ typedef long long __s64;

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
__extension__ typedef unsigned long long __u64;

#endif

#endif
