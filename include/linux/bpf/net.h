/* Sockets and control groups: what programs see of a socket, and the contexts of the programs on its life. */
#ifndef _LINUX_BPF_NET_H
#define _LINUX_BPF_NET_H

#include <linux/types.h>
#include <linux/bpf/context.h>

/* A socket. */
struct bpf_sock {
  __u32 bound_dev_if;
  __u32 family;
  __u32 type;
  __u32 protocol;
  __u32 mark;
  __u32 priority;
  __u32 src_ip4;
  __u32 src_ip6[4];
  __u32 src_port;
  __be16 dst_port;
  __u16 : 16;
  __u32 dst_ip4;
  __u32 dst_ip6[4];
  __u32 state;
  __s32 rx_queue_mapping;
};

struct bpf_tcp_sock {
  __u32 snd_cwnd;
  __u32 srtt_us;
  __u32 rtt_min;
  __u32 snd_ssthresh;
  __u32 rcv_nxt;
  __u32 snd_nxt;
  __u32 snd_una;
  __u32 mss_cache;
  __u32 ecn_flags;
  __u32 rate_delivered;
  __u32 rate_interval_us;
  __u32 packets_out;
  __u32 retrans_out;
  __u32 total_retrans;
  __u32 segs_in;
  __u32 data_segs_in;
  __u32 segs_out;
  __u32 data_segs_out;
  __u32 lost_out;
  __u32 sacked_out;
  __u64 bytes_received;
  __u64 bytes_acked;
  __u32 dsack_dups;
  __u32 delivered;
  __u32 delivered_ce;
  __u32 icsk_retransmits;
};

struct bpf_sock_tuple {
  union {
    struct {
      __be32 saddr;
      __be32 daddr;
      __be16 sport;
      __be16 dport;
    } ipv4;
    struct {
      __be32 saddr[4];
      __be32 daddr[4];
      __be16 sport;
      __be16 dport;
    } ipv6;
  };
};

/* bind, connect, sendmsg and their kind. */
struct bpf_sock_addr {
  __u32 user_family;
  __u32 user_ip4;
  __u32 user_ip6[4];
  __u32 user_port;
  __u32 family;
  __u32 type;
  __u32 protocol;
  __u32 msg_src_ip4;
  __u32 msg_src_ip6[4];
  __bpf_md_ptr(struct bpf_sock *, sk);
};

/* Events of a TCP socket: context, which events are wanted, which event this is. */
struct bpf_sock_ops {
  __u32 op;
  union {
    __u32 args[4];
    __u32 reply;
    __u32 replylong[4];
  };
  __u32 family;
  __u32 remote_ip4;
  __u32 local_ip4;
  __u32 remote_ip6[4];
  __u32 local_ip6[4];
  __u32 remote_port;
  __u32 local_port;
  __u32 is_fullsock;
  __u32 snd_cwnd;
  __u32 srtt_us;
  __u32 bpf_sock_ops_cb_flags;
  __u32 state;
  __u32 rtt_min;
  __u32 snd_ssthresh;
  __u32 rcv_nxt;
  __u32 snd_nxt;
  __u32 snd_una;
  __u32 mss_cache;
  __u32 ecn_flags;
  __u32 rate_delivered;
  __u32 rate_interval_us;
  __u32 packets_out;
  __u32 retrans_out;
  __u32 total_retrans;
  __u32 segs_in;
  __u32 data_segs_in;
  __u32 segs_out;
  __u32 data_segs_out;
  __u32 lost_out;
  __u32 sacked_out;
  __u32 sk_txhash;
  __u64 bytes_received;
  __u64 bytes_acked;
  __bpf_md_ptr(struct bpf_sock *, sk);
  __bpf_md_ptr(void *, skb_data);
  __bpf_md_ptr(void *, skb_data_end);
  __u32 skb_len;
  __u32 skb_tcp_flags;
  __u64 skb_hwtstamp;
};

enum {
  BPF_SOCK_OPS_RTO_CB_FLAG = 1 << 0,
  BPF_SOCK_OPS_RETRANS_CB_FLAG = 1 << 1,
  BPF_SOCK_OPS_STATE_CB_FLAG = 1 << 2,
  BPF_SOCK_OPS_RTT_CB_FLAG = 1 << 3,
  BPF_SOCK_OPS_PARSE_ALL_HDR_OPT_CB_FLAG = 1 << 4,
  BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG = 1 << 5,
  BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG = 1 << 6,
  BPF_SOCK_OPS_ALL_CB_FLAGS = 0x7F,
};

enum {
  SK_BPF_CB_TX_TIMESTAMPING = 1 << 0,
  SK_BPF_CB_MASK = (SK_BPF_CB_TX_TIMESTAMPING - 1) | SK_BPF_CB_TX_TIMESTAMPING,
};

enum {
  BPF_SOCK_OPS_VOID = 0,
  BPF_SOCK_OPS_TIMEOUT_INIT = 1,
  BPF_SOCK_OPS_RWND_INIT = 2,
  BPF_SOCK_OPS_TCP_CONNECT_CB = 3,
  BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB = 4,
  BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB = 5,
  BPF_SOCK_OPS_NEEDS_ECN = 6,
  BPF_SOCK_OPS_BASE_RTT = 7,
  BPF_SOCK_OPS_RTO_CB = 8,
  BPF_SOCK_OPS_RETRANS_CB = 9,
  BPF_SOCK_OPS_STATE_CB = 10,
  BPF_SOCK_OPS_TCP_LISTEN_CB = 11,
  BPF_SOCK_OPS_RTT_CB = 12,
  BPF_SOCK_OPS_PARSE_HDR_OPT_CB = 13,
  BPF_SOCK_OPS_HDR_OPT_LEN_CB = 14,
  BPF_SOCK_OPS_WRITE_HDR_OPT_CB = 15,
  BPF_SOCK_OPS_TSTAMP_SCHED_CB = 16,
  BPF_SOCK_OPS_TSTAMP_SND_SW_CB = 17,
  BPF_SOCK_OPS_TSTAMP_SND_HW_CB = 18,
  BPF_SOCK_OPS_TSTAMP_ACK_CB = 19,
  BPF_SOCK_OPS_TSTAMP_SENDMSG_CB = 20,
};

/* States of a TCP socket. */
enum {
  BPF_TCP_ESTABLISHED = 1,
  BPF_TCP_SYN_SENT = 2,
  BPF_TCP_SYN_RECV = 3,
  BPF_TCP_FIN_WAIT1 = 4,
  BPF_TCP_FIN_WAIT2 = 5,
  BPF_TCP_TIME_WAIT = 6,
  BPF_TCP_CLOSE = 7,
  BPF_TCP_CLOSE_WAIT = 8,
  BPF_TCP_LAST_ACK = 9,
  BPF_TCP_LISTEN = 10,
  BPF_TCP_CLOSING = 11,
  BPF_TCP_NEW_SYN_RECV = 12,
  BPF_TCP_BOUND_INACTIVE = 13,
  BPF_TCP_MAX_STATES = 14,
};

/* Socket options that only BPF has. */
enum {
  TCP_BPF_IW = 1001,
  TCP_BPF_SNDCWND_CLAMP = 1002,
  TCP_BPF_DELACK_MAX = 1003,
  TCP_BPF_RTO_MIN = 1004,
  TCP_BPF_SYN = 1005,
  TCP_BPF_SYN_IP = 1006,
  TCP_BPF_SYN_MAC = 1007,
  TCP_BPF_SOCK_OPS_CB_FLAGS = 1008,
  SK_BPF_CB_FLAGS = 1009,
  SK_BPF_BYPASS_PROT_MEM = 1010,
};

/* load_hdr_opt, and why header options are being written. */
enum {
  BPF_LOAD_HDR_OPT_TCP_SYN = 1ULL << 0,
};

enum {
  BPF_WRITE_HDR_TCP_CURRENT_MSS = 1,
  BPF_WRITE_HDR_TCP_SYNACK_COOKIE = 2,
};

/* getsockopt and setsockopt. */
struct bpf_sockopt {
  __bpf_md_ptr(struct bpf_sock *, sk);
  __bpf_md_ptr(void *, optval);
  __bpf_md_ptr(void *, optval_end);
  __s32 level;
  __s32 optname;
  __s32 optlen;
  __s32 retval;
};

/* Access to a device. */
enum {
  BPF_DEVCG_ACC_MKNOD = 1ULL << 0,
  BPF_DEVCG_ACC_READ = 1ULL << 1,
  BPF_DEVCG_ACC_WRITE = 1ULL << 2,
};

enum {
  BPF_DEVCG_DEV_BLOCK = 1ULL << 0,
  BPF_DEVCG_DEV_CHAR = 1ULL << 1,
};

struct bpf_cgroup_dev_ctx {
  __u32 access_type;
  __u32 major;
  __u32 minor;
};

/* Reading or writing a sysctl. */
struct bpf_sysctl {
  __u32 write;
  __u32 file_pos;
};

#endif
