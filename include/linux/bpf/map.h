/* Maps: their types, their flags, and the records that some types prescribe as key or value. */
#ifndef _LINUX_BPF_MAP_H
#define _LINUX_BPF_MAP_H

#include <linux/types.h>

/* Map types. */
enum bpf_map_type {
  BPF_MAP_TYPE_UNSPEC = 0,
  BPF_MAP_TYPE_HASH = 1,
  BPF_MAP_TYPE_ARRAY = 2,
  BPF_MAP_TYPE_PROG_ARRAY = 3,
  BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
  BPF_MAP_TYPE_PERCPU_HASH = 5,
  BPF_MAP_TYPE_PERCPU_ARRAY = 6,
  BPF_MAP_TYPE_STACK_TRACE = 7,
  BPF_MAP_TYPE_CGROUP_ARRAY = 8,
  BPF_MAP_TYPE_LRU_HASH = 9,
  BPF_MAP_TYPE_LRU_PERCPU_HASH = 10,
  BPF_MAP_TYPE_LPM_TRIE = 11,
  BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
  BPF_MAP_TYPE_HASH_OF_MAPS = 13,
  BPF_MAP_TYPE_DEVMAP = 14,
  BPF_MAP_TYPE_SOCKMAP = 15,
  BPF_MAP_TYPE_CPUMAP = 16,
  BPF_MAP_TYPE_XSKMAP = 17,
  BPF_MAP_TYPE_SOCKHASH = 18,
  BPF_MAP_TYPE_CGROUP_STORAGE_DEPRECATED = 19,
  BPF_MAP_TYPE_CGROUP_STORAGE = BPF_MAP_TYPE_CGROUP_STORAGE_DEPRECATED,
  BPF_MAP_TYPE_REUSEPORT_SOCKARRAY = 20,
  BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE_DEPRECATED = 21,
  BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE = BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE_DEPRECATED,
  BPF_MAP_TYPE_QUEUE = 22,
  BPF_MAP_TYPE_STACK = 23,
  BPF_MAP_TYPE_SK_STORAGE = 24,
  BPF_MAP_TYPE_DEVMAP_HASH = 25,
  BPF_MAP_TYPE_STRUCT_OPS = 26,
  BPF_MAP_TYPE_RINGBUF = 27,
  BPF_MAP_TYPE_INODE_STORAGE = 28,
  BPF_MAP_TYPE_TASK_STORAGE = 29,
  BPF_MAP_TYPE_BLOOM_FILTER = 30,
  BPF_MAP_TYPE_USER_RINGBUF = 31,
  BPF_MAP_TYPE_CGRP_STORAGE = 32,
  BPF_MAP_TYPE_ARENA = 33,
  BPF_MAP_TYPE_INSN_ARRAY = 34,
  BPF_MAP_TYPE_RHASH = 35,
  __MAX_BPF_MAP_TYPE = 36,
};

/* Flags of an update or lookup. */
enum {
  BPF_ANY = 0,
  BPF_NOEXIST = 1,
  BPF_EXIST = 2,
  BPF_F_LOCK = 4,
  BPF_F_CPU = 8,
  BPF_F_ALL_CPUS = 16,
};

/* Flags of a map when it is made. */
enum {
  BPF_F_NO_PREALLOC = 1U << 0,
  BPF_F_NO_COMMON_LRU = 1U << 1,
  BPF_F_NUMA_NODE = 1U << 2,
  BPF_F_RDONLY = 1U << 3,
  BPF_F_WRONLY = 1U << 4,
  BPF_F_STACK_BUILD_ID = 1U << 5,
  BPF_F_ZERO_SEED = 1U << 6,
  BPF_F_RDONLY_PROG = 1U << 7,
  BPF_F_WRONLY_PROG = 1U << 8,
  BPF_F_CLONE = 1U << 9,
  BPF_F_MMAPABLE = 1U << 10,
  BPF_F_PRESERVE_ELEMS = 1U << 11,
  BPF_F_INNER_MAP = 1U << 12,
  BPF_F_LINK = 1U << 13,
  BPF_F_PATH_FD = 1U << 14,
  BPF_F_VTYPE_BTF_OBJ_FD = 1U << 15,
  BPF_F_TOKEN_FD = 1U << 16,
  BPF_F_SEGV_ON_FAULT = 1U << 17,
  BPF_F_NO_USER_CONV = 1U << 18,
  BPF_F_RB_OVERWRITE = 1U << 19,
};

/* Keys of a longest-prefix-match trie: the prefix length in bits, then the bytes, most significant first. */
struct bpf_lpm_trie_key_hdr {
  __u32 prefixlen;
};

struct bpf_lpm_trie_key_u8 {
  union {
    struct bpf_lpm_trie_key_hdr hdr;
    __u32 prefixlen;
  };
  __u8 data[];
};

struct bpf_lpm_trie_key {
  __u32 prefixlen;
  __u8 data[0];
};

/* Key of a cgroup storage map. */
struct bpf_cgroup_storage_key {
  __u64 cgroup_inode_id;
  __u32 attach_type;
};

/* Values of device and CPU maps. */
struct bpf_devmap_val {
  __u32 ifindex;
  union {
    int fd;
    __u32 id;
  } bpf_prog;
};

struct bpf_cpumap_val {
  __u32 qsize;
  union {
    int fd;
    __u32 id;
  } bpf_prog;
};

/* Value of a stack trace map whose frames are named by build id. */
#define BPF_BUILD_ID_SIZE 20

enum bpf_stack_build_id_status {
  BPF_STACK_BUILD_ID_EMPTY = 0,
  BPF_STACK_BUILD_ID_VALID = 1,
  BPF_STACK_BUILD_ID_IP = 2,
};

struct bpf_stack_build_id {
  __s32 status;
  unsigned char build_id[BPF_BUILD_ID_SIZE];
  union {
    __u64 offset;
    __u64 ip;
  };
};

/* Value of an instruction array: where an instruction is at each step of loading. */
struct bpf_insn_array_value {
  __u32 orig_off;
  __u32 xlated_off;
  __u32 jitted_off;
  __u32 : 32;
};

/* Fields that the kernel knows by their type inside a map value. */
struct bpf_spin_lock {
  __u32 val;
};

struct bpf_timer {
  __u64 __opaque[2];
} __attribute__((aligned(8)));

struct bpf_task_work {
  __u64 __opaque;
} __attribute__((aligned(8)));

struct bpf_wq {
  __u64 __opaque[2];
} __attribute__((aligned(8)));

struct bpf_dynptr {
  __u64 __opaque[2];
} __attribute__((aligned(8)));

struct bpf_list_head {
  __u64 __opaque[2];
} __attribute__((aligned(8)));

struct bpf_list_node {
  __u64 __opaque[3];
} __attribute__((aligned(8)));

struct bpf_rb_root {
  __u64 __opaque[2];
} __attribute__((aligned(8)));

struct bpf_rb_node {
  __u64 __opaque[4];
} __attribute__((aligned(8)));

struct bpf_refcount {
  __u32 __opaque[1];
} __attribute__((aligned(4)));

/* State of the number iterator. */
struct bpf_iter_num {
  __u64 __opaque[1];
} __attribute__((aligned(8)));

#endif
