/*
 * Helper functions: their numbers, and the flags, modes and records that they take. Their prototypes are in
 * bpf/bpf_helper_defs.h.
 */
#ifndef _LINUX_BPF_HELPER_H
#define _LINUX_BPF_HELPER_H

#include <linux/types.h>

/*
 * Every helper and its number: FN(name, number, context...). The numbers never change; the list is closed, since new
 * functions of the kernel are kfuncs.
 */
#define ___BPF_FUNC_MAPPER(FN, ctx...) \
  FN(unspec, 0, ##ctx) \
  FN(map_lookup_elem, 1, ##ctx) \
  FN(map_update_elem, 2, ##ctx) \
  FN(map_delete_elem, 3, ##ctx) \
  FN(probe_read, 4, ##ctx) \
  FN(ktime_get_ns, 5, ##ctx) \
  FN(trace_printk, 6, ##ctx) \
  FN(get_prandom_u32, 7, ##ctx) \
  FN(get_smp_processor_id, 8, ##ctx) \
  FN(skb_store_bytes, 9, ##ctx) \
  FN(l3_csum_replace, 10, ##ctx) \
  FN(l4_csum_replace, 11, ##ctx) \
  FN(tail_call, 12, ##ctx) \
  FN(clone_redirect, 13, ##ctx) \
  FN(get_current_pid_tgid, 14, ##ctx) \
  FN(get_current_uid_gid, 15, ##ctx) \
  FN(get_current_comm, 16, ##ctx) \
  FN(get_cgroup_classid, 17, ##ctx) \
  FN(skb_vlan_push, 18, ##ctx) \
  FN(skb_vlan_pop, 19, ##ctx) \
  FN(skb_get_tunnel_key, 20, ##ctx) \
  FN(skb_set_tunnel_key, 21, ##ctx) \
  FN(perf_event_read, 22, ##ctx) \
  FN(redirect, 23, ##ctx) \
  FN(get_route_realm, 24, ##ctx) \
  FN(perf_event_output, 25, ##ctx) \
  FN(skb_load_bytes, 26, ##ctx) \
  FN(get_stackid, 27, ##ctx) \
  FN(csum_diff, 28, ##ctx) \
  FN(skb_get_tunnel_opt, 29, ##ctx) \
  FN(skb_set_tunnel_opt, 30, ##ctx) \
  FN(skb_change_proto, 31, ##ctx) \
  FN(skb_change_type, 32, ##ctx) \
  FN(skb_under_cgroup, 33, ##ctx) \
  FN(get_hash_recalc, 34, ##ctx) \
  FN(get_current_task, 35, ##ctx) \
  FN(probe_write_user, 36, ##ctx) \
  FN(current_task_under_cgroup, 37, ##ctx) \
  FN(skb_change_tail, 38, ##ctx) \
  FN(skb_pull_data, 39, ##ctx) \
  FN(csum_update, 40, ##ctx) \
  FN(set_hash_invalid, 41, ##ctx) \
  FN(get_numa_node_id, 42, ##ctx) \
  FN(skb_change_head, 43, ##ctx) \
  FN(xdp_adjust_head, 44, ##ctx) \
  FN(probe_read_str, 45, ##ctx) \
  FN(get_socket_cookie, 46, ##ctx) \
  FN(get_socket_uid, 47, ##ctx) \
  FN(set_hash, 48, ##ctx) \
  FN(setsockopt, 49, ##ctx) \
  FN(skb_adjust_room, 50, ##ctx) \
  FN(redirect_map, 51, ##ctx) \
  FN(sk_redirect_map, 52, ##ctx) \
  FN(sock_map_update, 53, ##ctx) \
  FN(xdp_adjust_meta, 54, ##ctx) \
  FN(perf_event_read_value, 55, ##ctx) \
  FN(perf_prog_read_value, 56, ##ctx) \
  FN(getsockopt, 57, ##ctx) \
  FN(override_return, 58, ##ctx) \
  FN(sock_ops_cb_flags_set, 59, ##ctx) \
  FN(msg_redirect_map, 60, ##ctx) \
  FN(msg_apply_bytes, 61, ##ctx) \
  FN(msg_cork_bytes, 62, ##ctx) \
  FN(msg_pull_data, 63, ##ctx) \
  FN(bind, 64, ##ctx) \
  FN(xdp_adjust_tail, 65, ##ctx) \
  FN(skb_get_xfrm_state, 66, ##ctx) \
  FN(get_stack, 67, ##ctx) \
  FN(skb_load_bytes_relative, 68, ##ctx) \
  FN(fib_lookup, 69, ##ctx) \
  FN(sock_hash_update, 70, ##ctx) \
  FN(msg_redirect_hash, 71, ##ctx) \
  FN(sk_redirect_hash, 72, ##ctx) \
  FN(lwt_push_encap, 73, ##ctx) \
  FN(lwt_seg6_store_bytes, 74, ##ctx) \
  FN(lwt_seg6_adjust_srh, 75, ##ctx) \
  FN(lwt_seg6_action, 76, ##ctx) \
  FN(rc_repeat, 77, ##ctx) \
  FN(rc_keydown, 78, ##ctx) \
  FN(skb_cgroup_id, 79, ##ctx) \
  FN(get_current_cgroup_id, 80, ##ctx) \
  FN(get_local_storage, 81, ##ctx) \
  FN(sk_select_reuseport, 82, ##ctx) \
  FN(skb_ancestor_cgroup_id, 83, ##ctx) \
  FN(sk_lookup_tcp, 84, ##ctx) \
  FN(sk_lookup_udp, 85, ##ctx) \
  FN(sk_release, 86, ##ctx) \
  FN(map_push_elem, 87, ##ctx) \
  FN(map_pop_elem, 88, ##ctx) \
  FN(map_peek_elem, 89, ##ctx) \
  FN(msg_push_data, 90, ##ctx) \
  FN(msg_pop_data, 91, ##ctx) \
  FN(rc_pointer_rel, 92, ##ctx) \
  FN(spin_lock, 93, ##ctx) \
  FN(spin_unlock, 94, ##ctx) \
  FN(sk_fullsock, 95, ##ctx) \
  FN(tcp_sock, 96, ##ctx) \
  FN(skb_ecn_set_ce, 97, ##ctx) \
  FN(get_listener_sock, 98, ##ctx) \
  FN(skc_lookup_tcp, 99, ##ctx) \
  FN(tcp_check_syncookie, 100, ##ctx) \
  FN(sysctl_get_name, 101, ##ctx) \
  FN(sysctl_get_current_value, 102, ##ctx) \
  FN(sysctl_get_new_value, 103, ##ctx) \
  FN(sysctl_set_new_value, 104, ##ctx) \
  FN(strtol, 105, ##ctx) \
  FN(strtoul, 106, ##ctx) \
  FN(sk_storage_get, 107, ##ctx) \
  FN(sk_storage_delete, 108, ##ctx) \
  FN(send_signal, 109, ##ctx) \
  FN(tcp_gen_syncookie, 110, ##ctx) \
  FN(skb_output, 111, ##ctx) \
  FN(probe_read_user, 112, ##ctx) \
  FN(probe_read_kernel, 113, ##ctx) \
  FN(probe_read_user_str, 114, ##ctx) \
  FN(probe_read_kernel_str, 115, ##ctx) \
  FN(tcp_send_ack, 116, ##ctx) \
  FN(send_signal_thread, 117, ##ctx) \
  FN(jiffies64, 118, ##ctx) \
  FN(read_branch_records, 119, ##ctx) \
  FN(get_ns_current_pid_tgid, 120, ##ctx) \
  FN(xdp_output, 121, ##ctx) \
  FN(get_netns_cookie, 122, ##ctx) \
  FN(get_current_ancestor_cgroup_id, 123, ##ctx) \
  FN(sk_assign, 124, ##ctx) \
  FN(ktime_get_boot_ns, 125, ##ctx) \
  FN(seq_printf, 126, ##ctx) \
  FN(seq_write, 127, ##ctx) \
  FN(sk_cgroup_id, 128, ##ctx) \
  FN(sk_ancestor_cgroup_id, 129, ##ctx) \
  FN(ringbuf_output, 130, ##ctx) \
  FN(ringbuf_reserve, 131, ##ctx) \
  FN(ringbuf_submit, 132, ##ctx) \
  FN(ringbuf_discard, 133, ##ctx) \
  FN(ringbuf_query, 134, ##ctx) \
  FN(csum_level, 135, ##ctx) \
  FN(skc_to_tcp6_sock, 136, ##ctx) \
  FN(skc_to_tcp_sock, 137, ##ctx) \
  FN(skc_to_tcp_timewait_sock, 138, ##ctx) \
  FN(skc_to_tcp_request_sock, 139, ##ctx) \
  FN(skc_to_udp6_sock, 140, ##ctx) \
  FN(get_task_stack, 141, ##ctx) \
  FN(load_hdr_opt, 142, ##ctx) \
  FN(store_hdr_opt, 143, ##ctx) \
  FN(reserve_hdr_opt, 144, ##ctx) \
  FN(inode_storage_get, 145, ##ctx) \
  FN(inode_storage_delete, 146, ##ctx) \
  FN(d_path, 147, ##ctx) \
  FN(copy_from_user, 148, ##ctx) \
  FN(snprintf_btf, 149, ##ctx) \
  FN(seq_printf_btf, 150, ##ctx) \
  FN(skb_cgroup_classid, 151, ##ctx) \
  FN(redirect_neigh, 152, ##ctx) \
  FN(per_cpu_ptr, 153, ##ctx) \
  FN(this_cpu_ptr, 154, ##ctx) \
  FN(redirect_peer, 155, ##ctx) \
  FN(task_storage_get, 156, ##ctx) \
  FN(task_storage_delete, 157, ##ctx) \
  FN(get_current_task_btf, 158, ##ctx) \
  FN(bprm_opts_set, 159, ##ctx) \
  FN(ktime_get_coarse_ns, 160, ##ctx) \
  FN(ima_inode_hash, 161, ##ctx) \
  FN(sock_from_file, 162, ##ctx) \
  FN(check_mtu, 163, ##ctx) \
  FN(for_each_map_elem, 164, ##ctx) \
  FN(snprintf, 165, ##ctx) \
  FN(sys_bpf, 166, ##ctx) \
  FN(btf_find_by_name_kind, 167, ##ctx) \
  FN(sys_close, 168, ##ctx) \
  FN(timer_init, 169, ##ctx) \
  FN(timer_set_callback, 170, ##ctx) \
  FN(timer_start, 171, ##ctx) \
  FN(timer_cancel, 172, ##ctx) \
  FN(get_func_ip, 173, ##ctx) \
  FN(get_attach_cookie, 174, ##ctx) \
  FN(task_pt_regs, 175, ##ctx) \
  FN(get_branch_snapshot, 176, ##ctx) \
  FN(trace_vprintk, 177, ##ctx) \
  FN(skc_to_unix_sock, 178, ##ctx) \
  FN(kallsyms_lookup_name, 179, ##ctx) \
  FN(find_vma, 180, ##ctx) \
  FN(loop, 181, ##ctx) \
  FN(strncmp, 182, ##ctx) \
  FN(get_func_arg, 183, ##ctx) \
  FN(get_func_ret, 184, ##ctx) \
  FN(get_func_arg_cnt, 185, ##ctx) \
  FN(get_retval, 186, ##ctx) \
  FN(set_retval, 187, ##ctx) \
  FN(xdp_get_buff_len, 188, ##ctx) \
  FN(xdp_load_bytes, 189, ##ctx) \
  FN(xdp_store_bytes, 190, ##ctx) \
  FN(copy_from_user_task, 191, ##ctx) \
  FN(skb_set_tstamp, 192, ##ctx) \
  FN(ima_file_hash, 193, ##ctx) \
  FN(kptr_xchg, 194, ##ctx) \
  FN(map_lookup_percpu_elem, 195, ##ctx) \
  FN(skc_to_mptcp_sock, 196, ##ctx) \
  FN(dynptr_from_mem, 197, ##ctx) \
  FN(ringbuf_reserve_dynptr, 198, ##ctx) \
  FN(ringbuf_submit_dynptr, 199, ##ctx) \
  FN(ringbuf_discard_dynptr, 200, ##ctx) \
  FN(dynptr_read, 201, ##ctx) \
  FN(dynptr_write, 202, ##ctx) \
  FN(dynptr_data, 203, ##ctx) \
  FN(tcp_raw_gen_syncookie_ipv4, 204, ##ctx) \
  FN(tcp_raw_gen_syncookie_ipv6, 205, ##ctx) \
  FN(tcp_raw_check_syncookie_ipv4, 206, ##ctx) \
  FN(tcp_raw_check_syncookie_ipv6, 207, ##ctx) \
  FN(ktime_get_tai_ns, 208, ##ctx) \
  FN(user_ringbuf_drain, 209, ##ctx) \
  FN(cgrp_storage_get, 210, ##ctx) \
  FN(cgrp_storage_delete, 211, ##ctx)

/* The same for those who want the names alone. */
#define __BPF_FUNC_MAPPER_APPLY(name, value, FN) FN(name),
#define __BPF_FUNC_MAPPER(FN) ___BPF_FUNC_MAPPER(__BPF_FUNC_MAPPER_APPLY, FN)

#define __BPF_ENUM_FN(name, value) BPF_FUNC_##name = value,
enum bpf_func_id {
  ___BPF_FUNC_MAPPER(__BPF_ENUM_FN)
  __BPF_FUNC_MAX_ID,
};
#undef __BPF_ENUM_FN

/* skb_store_bytes. */
enum {
  BPF_F_RECOMPUTE_CSUM = 1ULL << 0,
  BPF_F_INVALIDATE_HASH = 1ULL << 1,
};

/* l3_csum_replace and l4_csum_replace: the low four bits are the size of the field. */
enum {
  BPF_F_HDR_FIELD_MASK = 0xfULL,
};

enum {
  BPF_F_PSEUDO_HDR = 1ULL << 4,
  BPF_F_MARK_MANGLED_0 = 1ULL << 5,
  BPF_F_MARK_ENFORCE = 1ULL << 6,
  BPF_F_IPV6 = 1ULL << 7,
};

/* csum_level. */
enum {
  BPF_CSUM_LEVEL_QUERY = 0,
  BPF_CSUM_LEVEL_INC = 1,
  BPF_CSUM_LEVEL_DEC = 2,
  BPF_CSUM_LEVEL_RESET = 3,
};

/* skb_get_tunnel_key and skb_set_tunnel_key. */
enum {
  BPF_F_TUNINFO_IPV6 = 1ULL << 0,
};

enum {
  BPF_F_ZERO_CSUM_TX = 1ULL << 1,
  BPF_F_DONT_FRAGMENT = 1ULL << 2,
  BPF_F_SEQ_NUMBER = 1ULL << 3,
  BPF_F_NO_TUNNEL_KEY = 1ULL << 4,
};

enum {
  BPF_F_TUNINFO_FLAGS = 1ULL << 4,
};

struct bpf_tunnel_key {
  __u32 tunnel_id;
  union {
    __u32 remote_ipv4;
    __u32 remote_ipv6[4];
  };
  __u8 tunnel_tos;
  __u8 tunnel_ttl;
  union {
    __u16 tunnel_ext;
    __be16 tunnel_flags;
  };
  __u32 tunnel_label;
  union {
    __u32 local_ipv4;
    __u32 local_ipv6[4];
  };
};

/* skb_get_xfrm_state. */
struct bpf_xfrm_state {
  __u32 reqid;
  __u32 spi;
  __u16 family;
  __u16 ext;
  union {
    __u32 remote_ipv4;
    __u32 remote_ipv6[4];
  };
};

/* get_stackid and get_stack. */
enum {
  BPF_F_SKIP_FIELD_MASK = 0xffULL,
  BPF_F_USER_STACK = 1ULL << 8,
  BPF_F_FAST_STACK_CMP = 1ULL << 9,
  BPF_F_REUSE_STACKID = 1ULL << 10,
  BPF_F_USER_BUILD_ID = 1ULL << 11,
};

/* perf_event_output, perf_event_read and perf_event_read_value. */
enum {
  BPF_F_INDEX_MASK = 0xffffffffULL,
  BPF_F_CURRENT_CPU = BPF_F_INDEX_MASK,
  BPF_F_CTXLEN_MASK = 0xfffffULL << 32,
};

struct bpf_perf_event_value {
  __u64 counter;
  __u64 enabled;
  __u64 running;
};

/* sk_lookup_tcp and its kind. */
enum {
  BPF_F_CURRENT_NETNS = -1L,
};

/* skb_adjust_room. */
enum bpf_adj_room_mode {
  BPF_ADJ_ROOM_NET = 0,
  BPF_ADJ_ROOM_MAC = 1,
};

enum {
  BPF_F_ADJ_ROOM_FIXED_GSO = 1ULL << 0,
  BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 = 1ULL << 1,
  BPF_F_ADJ_ROOM_ENCAP_L3_IPV6 = 1ULL << 2,
  BPF_F_ADJ_ROOM_ENCAP_L4_GRE = 1ULL << 3,
  BPF_F_ADJ_ROOM_ENCAP_L4_UDP = 1ULL << 4,
  BPF_F_ADJ_ROOM_NO_CSUM_RESET = 1ULL << 5,
  BPF_F_ADJ_ROOM_ENCAP_L2_ETH = 1ULL << 6,
  BPF_F_ADJ_ROOM_DECAP_L3_IPV4 = 1ULL << 7,
  BPF_F_ADJ_ROOM_DECAP_L3_IPV6 = 1ULL << 8,
};

enum {
  BPF_ADJ_ROOM_ENCAP_L2_MASK = 0xff,
  BPF_ADJ_ROOM_ENCAP_L2_SHIFT = 56,
};

/* The length of an inner link-layer header, as flags. */
#define BPF_F_ADJ_ROOM_ENCAP_L2(len) \
  (((__u64)len & BPF_ADJ_ROOM_ENCAP_L2_MASK) << BPF_ADJ_ROOM_ENCAP_L2_SHIFT)

/* skb_load_bytes_relative. */
enum bpf_hdr_start_off {
  BPF_HDR_START_MAC = 0,
  BPF_HDR_START_NET = 1,
};

/* lwt_push_encap. */
enum bpf_lwt_encap_mode {
  BPF_LWT_ENCAP_SEG6 = 0,
  BPF_LWT_ENCAP_SEG6_INLINE = 1,
  BPF_LWT_ENCAP_IP = 2,
};

/* sysctl_get_name. */
enum {
  BPF_F_SYSCTL_BASE_NAME = 1ULL << 0,
};

/* sk_storage_get, and the same of other kinds of storage. */
enum {
  BPF_LOCAL_STORAGE_GET_F_CREATE = 1ULL << 0,
  BPF_SK_STORAGE_GET_F_CREATE = BPF_LOCAL_STORAGE_GET_F_CREATE,
};

/* read_branch_records. */
enum {
  BPF_F_GET_BRANCH_RECORDS_SIZE = 1ULL << 0,
};

/* Ring buffers: flags of submitting, questions of ringbuf_query, the header of a record. */
enum {
  BPF_RB_NO_WAKEUP = 1ULL << 0,
  BPF_RB_FORCE_WAKEUP = 1ULL << 1,
};

enum {
  BPF_RB_AVAIL_DATA = 0,
  BPF_RB_RING_SIZE = 1,
  BPF_RB_CONS_POS = 2,
  BPF_RB_PROD_POS = 3,
  BPF_RB_OVERWRITE_POS = 4,
};

enum {
  BPF_RINGBUF_BUSY_BIT = 1U << 31,
  BPF_RINGBUF_DISCARD_BIT = 1U << 30,
  BPF_RINGBUF_HDR_SZ = 8,
};

/* sk_assign in a socket lookup program. */
enum {
  BPF_SK_LOOKUP_F_REPLACE = 1ULL << 0,
  BPF_SK_LOOKUP_F_NO_REUSEPORT = 1ULL << 1,
};

/* bprm_opts_set. */
enum {
  BPF_F_BPRM_SECUREEXEC = 1ULL << 0,
};

/* redirect, clone_redirect and redirect_map. */
enum {
  BPF_F_INGRESS = 1ULL << 0,
  BPF_F_EGRESS = 1ULL << 1,
  BPF_F_BROADCAST = 1ULL << 3,
  BPF_F_EXCLUDE_INGRESS = 1ULL << 4,
};
#define BPF_F_REDIRECT_FLAGS (BPF_F_INGRESS | BPF_F_EGRESS | BPF_F_BROADCAST | BPF_F_EXCLUDE_INGRESS)

struct bpf_redir_neigh {
  __u32 nh_family;
  union {
    __be32 ipv4_nh;
    __u32 ipv6_nh[4];
  };
};

/* skb_set_tstamp. */
enum {
  BPF_SKB_TSTAMP_UNSPEC = 0,
  BPF_SKB_TSTAMP_DELIVERY_MONO = 1,
  BPF_SKB_CLOCK_REALTIME = 0,
  BPF_SKB_CLOCK_MONOTONIC = 1,
  BPF_SKB_CLOCK_TAI = 2,
};

/* fib_lookup: flags, answers, and the record that carries question and answer. */
enum {
  BPF_FIB_LOOKUP_DIRECT = 1U << 0,
  BPF_FIB_LOOKUP_OUTPUT = 1U << 1,
  BPF_FIB_LOOKUP_SKIP_NEIGH = 1U << 2,
  BPF_FIB_LOOKUP_TBID = 1U << 3,
  BPF_FIB_LOOKUP_SRC = 1U << 4,
  BPF_FIB_LOOKUP_MARK = 1U << 5,
};

enum {
  BPF_FIB_LKUP_RET_SUCCESS = 0,
  BPF_FIB_LKUP_RET_BLACKHOLE = 1,
  BPF_FIB_LKUP_RET_UNREACHABLE = 2,
  BPF_FIB_LKUP_RET_PROHIBIT = 3,
  BPF_FIB_LKUP_RET_NOT_FWDED = 4,
  BPF_FIB_LKUP_RET_FWD_DISABLED = 5,
  BPF_FIB_LKUP_RET_UNSUPP_LWT = 6,
  BPF_FIB_LKUP_RET_NO_NEIGH = 7,
  BPF_FIB_LKUP_RET_FRAG_NEEDED = 8,
  BPF_FIB_LKUP_RET_NO_SRC_ADDR = 9,
};

struct bpf_fib_lookup {
  __u8 family;
  __u8 l4_protocol;
  __be16 sport;
  __be16 dport;
  union {
    __u16 tot_len;
    __u16 mtu_result;
  } __attribute__((packed, aligned(2)));
  __u32 ifindex;
  union {
    __u8 tos;
    __be32 flowinfo;
    __u32 rt_metric;
  };
  union {
    __be32 ipv4_src;
    __u32 ipv6_src[4];
  };
  union {
    __be32 ipv4_dst;
    __u32 ipv6_dst[4];
  };
  union {
    struct {
      __be16 h_vlan_proto;
      __be16 h_vlan_TCI;
    };
    __u32 tbid;
  };
  union {
    struct {
      __u32 mark;
    };
    struct {
      __u8 smac[6];
      __u8 dmac[6];
    };
  };
};

/* check_mtu. */
enum bpf_check_mtu_flags {
  BPF_MTU_CHK_SEGS = 1U << 0,
};

enum bpf_check_mtu_ret {
  BPF_MTU_CHK_RET_SUCCESS = 0,
  BPF_MTU_CHK_RET_FRAG_NEEDED = 1,
  BPF_MTU_CHK_RET_SEGS_TOOBIG = 2,
};

/* snprintf_btf and seq_printf_btf. */
struct btf_ptr {
  void *ptr;
  __u32 type_id;
  __u32 flags;
};

enum {
  BTF_F_COMPACT = 1ULL << 0,
  BTF_F_NONAME = 1ULL << 1,
  BTF_F_PTR_RAW = 1ULL << 2,
  BTF_F_ZERO = 1ULL << 3,
};

/* get_ns_current_pid_tgid. */
struct bpf_pidns_info {
  __u32 pid;
  __u32 tgid;
};

/* timer_start. */
enum {
  BPF_F_TIMER_ABS = 1ULL << 0,
  BPF_F_TIMER_CPU_PIN = 1ULL << 1,
};

/* Flags that kfuncs share. */
enum bpf_kfunc_flags {
  BPF_F_PAD_ZEROS = 1ULL << 0,
};

#endif
