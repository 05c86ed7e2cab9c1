/* Conversions between the order of a little-endian machine and that of a named type. */
#ifndef _LINUX_BYTEORDER_LITTLE_ENDIAN_H
#define _LINUX_BYTEORDER_LITTLE_ENDIAN_H

#include <linux/types.h>
#include <linux/swab.h>

#ifndef __LITTLE_ENDIAN
#define __LITTLE_ENDIAN 1234
#endif
#ifndef __LITTLE_ENDIAN_BITFIELD
#define __LITTLE_ENDIAN_BITFIELD
#endif

/* Little-endian types: nothing to do. */
#define __cpu_to_le16(x) ((__le16)(__u16)(x))
#define __le16_to_cpu(x) ((__u16)(__le16)(x))
#define __cpu_to_le32(x) ((__le32)(__u32)(x))
#define __le32_to_cpu(x) ((__u32)(__le32)(x))
#define __cpu_to_le64(x) ((__le64)(__u64)(x))
#define __le64_to_cpu(x) ((__u64)(__le64)(x))
#define __constant_cpu_to_le16(x) __cpu_to_le16(x)
#define __constant_le16_to_cpu(x) __le16_to_cpu(x)
#define __constant_cpu_to_le32(x) __cpu_to_le32(x)
#define __constant_le32_to_cpu(x) __le32_to_cpu(x)
#define __constant_cpu_to_le64(x) __cpu_to_le64(x)
#define __constant_le64_to_cpu(x) __le64_to_cpu(x)
static inline __attribute__((always_inline)) __le16 __cpu_to_le16p(const __u16 *at) { return __cpu_to_le16(*at); }
static inline __attribute__((always_inline)) __u16 __le16_to_cpup(const __le16 *at) { return __le16_to_cpu(*at); }
static inline __attribute__((always_inline)) __le32 __cpu_to_le32p(const __u32 *at) { return __cpu_to_le32(*at); }
static inline __attribute__((always_inline)) __u32 __le32_to_cpup(const __le32 *at) { return __le32_to_cpu(*at); }
static inline __attribute__((always_inline)) __le64 __cpu_to_le64p(const __u64 *at) { return __cpu_to_le64(*at); }
static inline __attribute__((always_inline)) __u64 __le64_to_cpup(const __le64 *at) { return __le64_to_cpu(*at); }
#define __cpu_to_le16s(at) ((void)(at))
#define __le16_to_cpus(at) ((void)(at))
#define __cpu_to_le32s(at) ((void)(at))
#define __le32_to_cpus(at) ((void)(at))
#define __cpu_to_le64s(at) ((void)(at))
#define __le64_to_cpus(at) ((void)(at))

/* Big-endian types: the bytes are reversed. */
#define __cpu_to_be16(x) ((__be16)__swab16(x))
#define __be16_to_cpu(x) __swab16((__u16)(__be16)(x))
#define __cpu_to_be32(x) ((__be32)__swab32(x))
#define __be32_to_cpu(x) __swab32((__u32)(__be32)(x))
#define __cpu_to_be64(x) ((__be64)__swab64(x))
#define __be64_to_cpu(x) __swab64((__u64)(__be64)(x))
#define __constant_cpu_to_be16(x) __cpu_to_be16(x)
#define __constant_be16_to_cpu(x) __be16_to_cpu(x)
#define __constant_cpu_to_be32(x) __cpu_to_be32(x)
#define __constant_be32_to_cpu(x) __be32_to_cpu(x)
#define __constant_cpu_to_be64(x) __cpu_to_be64(x)
#define __constant_be64_to_cpu(x) __be64_to_cpu(x)
static inline __attribute__((always_inline)) __be16 __cpu_to_be16p(const __u16 *at) { return __cpu_to_be16(*at); }
static inline __attribute__((always_inline)) __u16 __be16_to_cpup(const __be16 *at) { return __be16_to_cpu(*at); }
static inline __attribute__((always_inline)) __be32 __cpu_to_be32p(const __u32 *at) { return __cpu_to_be32(*at); }
static inline __attribute__((always_inline)) __u32 __be32_to_cpup(const __be32 *at) { return __be32_to_cpu(*at); }
static inline __attribute__((always_inline)) __be64 __cpu_to_be64p(const __u64 *at) { return __cpu_to_be64(*at); }
static inline __attribute__((always_inline)) __u64 __be64_to_cpup(const __be64 *at) { return __be64_to_cpu(*at); }
#define __cpu_to_be16s(at) __swab16s(at)
#define __be16_to_cpus(at) __swab16s(at)
#define __cpu_to_be32s(at) __swab32s(at)
#define __be32_to_cpus(at) __swab32s(at)
#define __cpu_to_be64s(at) __swab64s(at)
#define __be64_to_cpus(at) __swab64s(at)

/* Network order is big-endian. */
#define __constant_htons(x) __cpu_to_be16(x)
#define __constant_htonl(x) __cpu_to_be32(x)
#define __constant_ntohs(x) __be16_to_cpu(x)
#define __constant_ntohl(x) __be32_to_cpu(x)

#endif
