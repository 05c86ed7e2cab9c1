/* Types whose byte order is part of their name, and 64-bit types that are aligned to 8 bytes everywhere. */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <asm/types.h>

#ifndef __ASSEMBLY__

#include <linux/posix_types.h>

#ifdef __SIZEOF_INT128__
typedef __int128 __s128 __attribute__((aligned(16)));
typedef unsigned __int128 __u128 __attribute__((aligned(16)));
#endif

/* A checker of byte orders reads these; a compiler does not. */
#ifndef __bitwise
#define __bitwise
#endif
#define __bitwise__ __bitwise
#ifndef __force
#define __force
#endif
#ifndef __user
#define __user
#endif

typedef __u16 __bitwise __le16;
typedef __u32 __bitwise __le32;
typedef __u64 __bitwise __le64;
typedef __u16 __bitwise __be16;
typedef __u32 __bitwise __be32;
typedef __u64 __bitwise __be64;

/* Internet checksums: folded to 16 bits, and the sum before that. */
typedef __u16 __bitwise __sum16;
typedef __u32 __bitwise __wsum;

typedef unsigned int __bitwise __poll_t;

#define __aligned_u64 __u64 __attribute__((aligned(8)))
#define __aligned_s64 __s64 __attribute__((aligned(8)))
#define __aligned_be64 __be64 __attribute__((aligned(8)))
#define __aligned_le64 __le64 __attribute__((aligned(8)))

#endif

#endif
