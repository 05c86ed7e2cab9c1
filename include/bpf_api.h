/*
 * What programs for tc's own loader are written with, under the names that iproute2 gave them: sections, helpers
 * without the bpf_ prefix, map definitions. The map macros (BPF_ARRAY, BPF_HASH, BPF_PROG_ARRAY) are those of iproute2
 * 4.5.
 *
 *   #include "bpf_api.h"
 *
 *   BPF_ARRAY4(drops, 0, PIN_GLOBAL_NS, 1);
 *
 *   __section_cls_entry int drop_all(struct __sk_buff *skb)
 *   {
 *     int slot = 0, *count = map_lookup_elem(&drops, &slot);
 *
 *     if (count)
 *       lock_xadd(count, 1);
 *     return TC_ACT_SHOT;
 *   }
 *
 *   BPF_LICENSE("GPL");
 */
#ifndef __BPF_API__
#define __BPF_API__

#include <stdint.h>

#include <linux/pkt_cls.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <asm/byteorder.h>

#include <bpf/btf_map.h>
#include "bpf_elf.h"

/* --- The language -------------------------------------------------------------------------------------------------- */

#ifndef __stringify
#define __stringify(X) #X
#endif

#ifndef __maybe_unused
#define __maybe_unused __attribute__((__unused__))
#endif

#ifndef offsetof
#define offsetof(TYPE, MEMBER) __builtin_offsetof(TYPE, MEMBER)
#endif

#ifndef likely
#define likely(X) __builtin_expect(!!(X), 1)
#endif

#ifndef unlikely
#define unlikely(X) __builtin_expect(!!(X), 0)
#endif

/* Functions marked so are always inlined: tc's own loader knows no calls. */
#ifndef __inline__
#define __inline__ __attribute__((always_inline))
#endif

/* Byte order, for constants and variables alike. */
#ifndef htons
#define htons(X) __constant_htons((X))
#endif

#ifndef ntohs
#define ntohs(X) __constant_ntohs((X))
#endif

#ifndef htonl
#define htonl(X) __constant_htonl((X))
#endif

#ifndef ntohl
#define ntohl(X) __constant_ntohl((X))
#endif

/* Memory: the size must be known when the program is compiled. */
#ifndef memset
#define memset(s, c, n) __builtin_memset((s), (c), (n))
#endif

#ifndef memcpy
#define memcpy(d, s, n) __builtin_memcpy((d), (s), (n))
#endif

#ifndef memmove
#define memmove(d, s, n) __builtin_memmove((d), (s), (n))
#endif

/* Adds to a number of 32 or 64 bits in a map, against whatever else runs. */
#ifndef lock_xadd
#define lock_xadd(ptr, val) ((void)__sync_fetch_and_add(ptr, val))
#endif

/* --- Sections ------------------------------------------------------------------------------------------------------ */

#ifndef __section
#define __section(NAME) __attribute__((section(NAME), used))
#endif

/* A program that is put into slot KEY of the program array with the id ID. Both may be macros. */
#ifndef __section_tail
#define __section_tail(ID, KEY) __section(__stringify(ID) "/" __stringify(KEY))
#endif

#ifndef __section_cls_entry
#define __section_cls_entry __section(ELF_SECTION_CLASSIFIER)
#endif

#ifndef __section_act_entry
#define __section_act_entry __section(ELF_SECTION_ACTION)
#endif

#ifndef __section_xdp_entry
#define __section_xdp_entry __section(ELF_SECTION_PROG)
#endif

#ifndef __section_lwt_entry
#define __section_lwt_entry __section(ELF_SECTION_PROG)
#endif

#ifndef __section_license
#define __section_license __section(ELF_SECTION_LICENSE)
#endif

#ifndef __section_maps
#define __section_maps __section(ELF_SECTION_MAPS)
#endif

#ifndef BPF_LICENSE
#define BPF_LICENSE(NAME) char ____license[] __section_license = NAME
#endif

/*
 * A classifier's verdict "the class that the filter was set up with"; 0 is "no match", others are a class (TC_H_MAKE).
 */
#ifndef BPF_H_DEFAULT
#define BPF_H_DEFAULT -1
#endif

/* --- Maps ---------------------------------------------------------------------------------------------------------- */

/* ID is what tail-called sections refer to (0 if none do), PIN one of PIN_*, sizes are in bytes. */
#ifndef __BPF_MAP
#define __BPF_MAP(NAME, TYPE, ID, SIZE_KEY, SIZE_VALUE, PIN, MAX_ELEM) \
  struct bpf_elf_map __section_maps NAME = { \
      .type = (TYPE), \
      .size_key = (SIZE_KEY), \
      .size_value = (SIZE_VALUE), \
      .max_elem = (MAX_ELEM), \
      .id = (ID), \
      .pinning = (PIN), \
  }
#endif

#ifndef BPF_HASH
#define BPF_HASH(NAME, ID, SIZE_KEY, SIZE_VALUE, PIN, MAX_ELEM) \
  __BPF_MAP(NAME, BPF_MAP_TYPE_HASH, ID, SIZE_KEY, SIZE_VALUE, PIN, MAX_ELEM)
#endif

#ifndef BPF_ARRAY
#define BPF_ARRAY(NAME, ID, SIZE_VALUE, PIN, MAX_ELEM) \
  __BPF_MAP(NAME, BPF_MAP_TYPE_ARRAY, ID, sizeof(uint32_t), SIZE_VALUE, PIN, MAX_ELEM)
#endif

#ifndef BPF_ARRAY2
#define BPF_ARRAY2(NAME, ID, PIN, MAX_ELEM) BPF_ARRAY(NAME, ID, sizeof(uint16_t), PIN, MAX_ELEM)
#endif

#ifndef BPF_ARRAY4
#define BPF_ARRAY4(NAME, ID, PIN, MAX_ELEM) BPF_ARRAY(NAME, ID, sizeof(uint32_t), PIN, MAX_ELEM)
#endif

#ifndef BPF_ARRAY8
#define BPF_ARRAY8(NAME, ID, PIN, MAX_ELEM) BPF_ARRAY(NAME, ID, sizeof(uint64_t), PIN, MAX_ELEM)
#endif

#ifndef BPF_PROG_ARRAY
#define BPF_PROG_ARRAY(NAME, ID, PIN, MAX_ELEM) \
  __BPF_MAP(NAME, BPF_MAP_TYPE_PROG_ARRAY, ID, sizeof(uint32_t), sizeof(uint32_t), PIN, MAX_ELEM)
#endif

/* --- Helpers ------------------------------------------------------------------------------------------------------- */

/*
 * static RETURN BPF_FUNC(NAME, PARAMETERS...); declares helper NAME, a constant pointer whose value is the helper's
 * number. __BPF_FUNC is the same without the value, for a helper under another name.
 */
#ifndef __BPF_FUNC
#define __BPF_FUNC(NAME, ...) (*const NAME)(__VA_ARGS__) __maybe_unused
#endif

#ifndef BPF_FUNC
#define BPF_FUNC(NAME, ...) __BPF_FUNC(NAME, __VA_ARGS__) = (void *)BPF_FUNC_##NAME
#endif

/* Maps. */
static void *BPF_FUNC(map_lookup_elem, void *map, const void *key);
static int BPF_FUNC(map_update_elem, void *map, const void *key, const void *value, uint32_t flags);
static int BPF_FUNC(map_delete_elem, void *map, const void *key);

/* Time in nanoseconds, a random number, the processor and its memory node. */
static uint64_t BPF_FUNC(ktime_get_ns);
static uint32_t BPF_FUNC(get_prandom_u32);
static uint32_t BPF_FUNC(get_smp_processor_id);
static uint32_t BPF_FUNC(get_numa_node_id);

/* Goes on in the program at INDEX of a program array, and comes back only if there is none. */
static void BPF_FUNC(tail_call, struct __sk_buff *skb, void *map, uint32_t index);

/* Prints to trace_pipe, with up to three arguments. The format must be on the stack: printt puts it there. */
static void BPF_FUNC(trace_printk, const char *fmt, int fmt_size, ...);

#ifndef printt
#define printt(fmt, ...) \
  ({ \
    char ____fmt[] = fmt; \
    trace_printk(____fmt, sizeof(____fmt), ##__VA_ARGS__); \
  })
#endif

/* What the kernel knows of a packet. */
static uint32_t BPF_FUNC(get_cgroup_classid, struct __sk_buff *skb);
static uint32_t BPF_FUNC(get_route_realm, struct __sk_buff *skb);
static uint32_t BPF_FUNC(get_hash_recalc, struct __sk_buff *skb);
static uint32_t BPF_FUNC(set_hash_invalid, struct __sk_buff *skb);
static int BPF_FUNC(skb_under_cgroup, struct __sk_buff *skb, void *map, uint32_t index);

/* Sending a packet, or a copy of it, out of or into another device. */
static int BPF_FUNC(redirect, int ifindex, uint32_t flags);
static int BPF_FUNC(clone_redirect, struct __sk_buff *skb, int ifindex, uint32_t flags);

/* Reading and writing the packet; offsets are from its first byte. */
static int BPF_FUNC(skb_load_bytes, struct __sk_buff *skb, uint32_t off, void *to, uint32_t len);
static int BPF_FUNC(skb_store_bytes, struct __sk_buff *skb, uint32_t off, const void *from, uint32_t len,
                    uint32_t flags);
static int BPF_FUNC(skb_pull_data, struct __sk_buff *skb, uint32_t len);
static int BPF_FUNC(skb_change_type, struct __sk_buff *skb, uint32_t type);
static int BPF_FUNC(skb_change_proto, struct __sk_buff *skb, uint32_t proto, uint32_t flags);
static int BPF_FUNC(skb_change_tail, struct __sk_buff *skb, uint32_t nlen, uint32_t flags);

/* Checksums. */
static int BPF_FUNC(l3_csum_replace, struct __sk_buff *skb, uint32_t off, uint32_t from, uint32_t to, uint32_t flags);
static int BPF_FUNC(l4_csum_replace, struct __sk_buff *skb, uint32_t off, uint32_t from, uint32_t to, uint32_t flags);
static int BPF_FUNC(csum_diff, const void *from, uint32_t from_size, const void *to, uint32_t to_size, uint32_t seed);
static int BPF_FUNC(csum_update, struct __sk_buff *skb, uint32_t wsum);

/* VLAN tags. */
static int BPF_FUNC(skb_vlan_push, struct __sk_buff *skb, uint16_t proto, uint16_t vlan_tci);
static int BPF_FUNC(skb_vlan_pop, struct __sk_buff *skb);

/* The metadata of collecting tunnel devices. */
static int BPF_FUNC(skb_get_tunnel_key, struct __sk_buff *skb, struct bpf_tunnel_key *to, uint32_t size,
                    uint32_t flags);
static int BPF_FUNC(skb_set_tunnel_key, struct __sk_buff *skb, const struct bpf_tunnel_key *from, uint32_t size,
                    uint32_t flags);
static int BPF_FUNC(skb_get_tunnel_opt, struct __sk_buff *skb, void *to, uint32_t size);
static int BPF_FUNC(skb_set_tunnel_opt, struct __sk_buff *skb, const void *from, uint32_t size);

/* Sends data, and the start of the packet if INDEX asks for it, to a reader in user space. */
static int __BPF_FUNC(skb_event_output, struct __sk_buff *skb, void *map, uint64_t index, const void *data,
                      uint32_t size) = (void *)BPF_FUNC_perf_event_output;

/*
 * Loads from the packet by the instructions of classic BPF: in host order, and the program ends where the packet does.
 */
unsigned long long load_byte(void *skb, unsigned long long off) __asm__("llvm.bpf.load.byte");
unsigned long long load_half(void *skb, unsigned long long off) __asm__("llvm.bpf.load.half");
unsigned long long load_word(void *skb, unsigned long long off) __asm__("llvm.bpf.load.word");

#endif
