/* The bpf system call: its commands and their attributes. */
#ifndef _LINUX_BPF_ATTR_H
#define _LINUX_BPF_ATTR_H

#include <linux/types.h>

/* Commands. */
enum bpf_cmd {
  BPF_MAP_CREATE = 0,
  BPF_MAP_LOOKUP_ELEM = 1,
  BPF_MAP_UPDATE_ELEM = 2,
  BPF_MAP_DELETE_ELEM = 3,
  BPF_MAP_GET_NEXT_KEY = 4,
  BPF_PROG_LOAD = 5,
  BPF_OBJ_PIN = 6,
  BPF_OBJ_GET = 7,
  BPF_PROG_ATTACH = 8,
  BPF_PROG_DETACH = 9,
  BPF_PROG_TEST_RUN = 10,
  BPF_PROG_RUN = BPF_PROG_TEST_RUN,
  BPF_PROG_GET_NEXT_ID = 11,
  BPF_MAP_GET_NEXT_ID = 12,
  BPF_PROG_GET_FD_BY_ID = 13,
  BPF_MAP_GET_FD_BY_ID = 14,
  BPF_OBJ_GET_INFO_BY_FD = 15,
  BPF_PROG_QUERY = 16,
  BPF_RAW_TRACEPOINT_OPEN = 17,
  BPF_BTF_LOAD = 18,
  BPF_BTF_GET_FD_BY_ID = 19,
  BPF_TASK_FD_QUERY = 20,
  BPF_MAP_LOOKUP_AND_DELETE_ELEM = 21,
  BPF_MAP_FREEZE = 22,
  BPF_BTF_GET_NEXT_ID = 23,
  BPF_MAP_LOOKUP_BATCH = 24,
  BPF_MAP_LOOKUP_AND_DELETE_BATCH = 25,
  BPF_MAP_UPDATE_BATCH = 26,
  BPF_MAP_DELETE_BATCH = 27,
  BPF_LINK_CREATE = 28,
  BPF_LINK_UPDATE = 29,
  BPF_LINK_GET_FD_BY_ID = 30,
  BPF_LINK_GET_NEXT_ID = 31,
  BPF_ENABLE_STATS = 32,
  BPF_ITER_CREATE = 33,
  BPF_LINK_DETACH = 34,
  BPF_PROG_BIND_MAP = 35,
  BPF_TOKEN_CREATE = 36,
  BPF_PROG_STREAM_READ_BY_FD = 37,
  BPF_PROG_ASSOC_STRUCT_OPS = 38,
  __MAX_BPF_CMD = 39,
  BPF_COMMON_ATTRS = 1 << 16,
};

/* Longest name of a map or program, its terminating zero included. */
#define BPF_OBJ_NAME_LEN 16U

/* Where any command may write its log. */
struct bpf_common_attr {
  __aligned_u64 log_buf;
  __u32 log_size;
  __u32 log_level;
  __u32 log_true_size;
};

/* Attributes, one member a group of commands. */
union bpf_attr {
  struct {
    __u32 map_type;
    __u32 key_size;
    __u32 value_size;
    __u32 max_entries;
    __u32 map_flags;
    __u32 inner_map_fd;
    __u32 numa_node;
    char map_name[BPF_OBJ_NAME_LEN];
    __u32 map_ifindex;
    __u32 btf_fd;
    __u32 btf_key_type_id;
    __u32 btf_value_type_id;
    __u32 btf_vmlinux_value_type_id;
    __u64 map_extra;
    __s32 value_type_btf_obj_fd;
    __s32 map_token_fd;
    __aligned_u64 excl_prog_hash;
    __u32 excl_prog_hash_size;
  };
  struct {
    __u32 map_fd;
    __aligned_u64 key;
    union {
      __aligned_u64 value;
      __aligned_u64 next_key;
    };
    __u64 flags;
  };
  struct {
    __aligned_u64 in_batch;
    __aligned_u64 out_batch;
    __aligned_u64 keys;
    __aligned_u64 values;
    __u32 count;
    __u32 map_fd;
    __u64 elem_flags;
    __u64 flags;
  } batch;
  struct {
    __u32 prog_type;
    __u32 insn_cnt;
    __aligned_u64 insns;
    __aligned_u64 license;
    __u32 log_level;
    __u32 log_size;
    __aligned_u64 log_buf;
    __u32 kern_version;
    __u32 prog_flags;
    char prog_name[BPF_OBJ_NAME_LEN];
    __u32 prog_ifindex;
    __u32 expected_attach_type;
    __u32 prog_btf_fd;
    __u32 func_info_rec_size;
    __aligned_u64 func_info;
    __u32 func_info_cnt;
    __u32 line_info_rec_size;
    __aligned_u64 line_info;
    __u32 line_info_cnt;
    __u32 attach_btf_id;
    union {
      __u32 attach_prog_fd;
      __u32 attach_btf_obj_fd;
    };
    __u32 core_relo_cnt;
    __aligned_u64 fd_array;
    __aligned_u64 core_relos;
    __u32 core_relo_rec_size;
    __u32 log_true_size;
    __s32 prog_token_fd;
    __u32 fd_array_cnt;
    __aligned_u64 signature;
    __u32 signature_size;
    __s32 keyring_id;
  };
  struct {
    __aligned_u64 pathname;
    __u32 bpf_fd;
    __u32 file_flags;
    __s32 path_fd;
  };
  struct {
    union {
      __u32 target_fd;
      __u32 target_ifindex;
    };
    __u32 attach_bpf_fd;
    __u32 attach_type;
    __u32 attach_flags;
    __u32 replace_bpf_fd;
    union {
      __u32 relative_fd;
      __u32 relative_id;
    };
    __u64 expected_revision;
  };
  struct {
    __u32 prog_fd;
    __u32 retval;
    __u32 data_size_in;
    __u32 data_size_out;
    __aligned_u64 data_in;
    __aligned_u64 data_out;
    __u32 repeat;
    __u32 duration;
    __u32 ctx_size_in;
    __u32 ctx_size_out;
    __aligned_u64 ctx_in;
    __aligned_u64 ctx_out;
    __u32 flags;
    __u32 cpu;
    __u32 batch_size;
  } test;
  struct {
    union {
      __u32 start_id;
      __u32 prog_id;
      __u32 map_id;
      __u32 btf_id;
      __u32 link_id;
    };
    __u32 next_id;
    __u32 open_flags;
    __s32 fd_by_id_token_fd;
  };
  struct {
    __u32 bpf_fd;
    __u32 info_len;
    __aligned_u64 info;
  } info;
  struct {
    union {
      __u32 target_fd;
      __u32 target_ifindex;
    };
    __u32 attach_type;
    __u32 query_flags;
    __u32 attach_flags;
    __aligned_u64 prog_ids;
    union {
      __u32 prog_cnt;
      __u32 count;
    };
    __u32 : 32;
    __aligned_u64 prog_attach_flags;
    __aligned_u64 link_ids;
    __aligned_u64 link_attach_flags;
    __u64 revision;
  } query;
  struct {
    __u64 name;
    __u32 prog_fd;
    __u32 : 32;
    __aligned_u64 cookie;
  } raw_tracepoint;
  struct {
    __aligned_u64 btf;
    __aligned_u64 btf_log_buf;
    __u32 btf_size;
    __u32 btf_log_size;
    __u32 btf_log_level;
    __u32 btf_log_true_size;
    __u32 btf_flags;
    __s32 btf_token_fd;
  };
  struct {
    __u32 pid;
    __u32 fd;
    __u32 flags;
    __u32 buf_len;
    __aligned_u64 buf;
    __u32 prog_id;
    __u32 fd_type;
    __u64 probe_offset;
    __u64 probe_addr;
  } task_fd_query;
  struct {
    union {
      __u32 prog_fd;
      __u32 map_fd;
    };
    union {
      __u32 target_fd;
      __u32 target_ifindex;
    };
    __u32 attach_type;
    __u32 flags;
    union {
      __u32 target_btf_id;
      struct {
        __aligned_u64 iter_info;
        __u32 iter_info_len;
      };
      struct {
        __u64 bpf_cookie;
      } perf_event;
      struct {
        __u32 flags;
        __u32 cnt;
        __aligned_u64 syms;
        __aligned_u64 addrs;
        __aligned_u64 cookies;
      } kprobe_multi;
      struct {
        __u32 target_btf_id;
        __u64 cookie;
      } tracing;
      struct {
        __u32 pf;
        __u32 hooknum;
        __s32 priority;
        __u32 flags;
      } netfilter;
      struct {
        union {
          __u32 relative_fd;
          __u32 relative_id;
        };
        __u64 expected_revision;
      } tcx;
      struct {
        __aligned_u64 path;
        __aligned_u64 offsets;
        __aligned_u64 ref_ctr_offsets;
        __aligned_u64 cookies;
        __u32 cnt;
        __u32 flags;
        __u32 pid;
        __u32 path_fd;
      } uprobe_multi;
      struct {
        union {
          __u32 relative_fd;
          __u32 relative_id;
        };
        __u64 expected_revision;
      } netkit;
      struct {
        union {
          __u32 relative_fd;
          __u32 relative_id;
        };
        __u64 expected_revision;
      } cgroup;
      struct {
        __aligned_u64 ids;
        __aligned_u64 cookies;
        __u32 cnt;
      } tracing_multi;
    };
  } link_create;
  struct {
    __u32 link_fd;
    union {
      __u32 new_prog_fd;
      __u32 new_map_fd;
    };
    __u32 flags;
    union {
      __u32 old_prog_fd;
      __u32 old_map_fd;
    };
  } link_update;
  struct {
    __u32 link_fd;
  } link_detach;
  struct {
    __u32 type;
  } enable_stats;
  struct {
    __u32 link_fd;
    __u32 flags;
  } iter_create;
  struct {
    __u32 prog_fd;
    __u32 map_fd;
    __u32 flags;
  } prog_bind_map;
  struct {
    __u32 flags;
    __u32 bpffs_fd;
  } token_create;
  struct {
    __aligned_u64 stream_buf;
    __u32 stream_buf_len;
    __u32 stream_id;
    __u32 prog_fd;
  } prog_stream_read;
  struct {
    __u32 map_fd;
    __u32 prog_fd;
    __u32 flags;
  } prog_assoc_struct_ops;
} __attribute__((aligned(8)));

#endif
