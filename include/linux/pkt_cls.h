/*
 * Classifiers and actions: the verdicts that a program returns, and how BPF, u32 and ematch filters are described over
 * netlink. Other filters' attributes belong to those who set them up, and are not here.
 */
#ifndef __LINUX_PKT_CLS_H
#define __LINUX_PKT_CLS_H

#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/pkt_sched.h>

/* Verdicts. */
#define TC_ACT_UNSPEC (-1)
#define TC_ACT_OK 0
#define TC_ACT_RECLASSIFY 1
#define TC_ACT_SHOT 2
#define TC_ACT_PIPE 3
#define TC_ACT_STOLEN 4
#define TC_ACT_QUEUED 5
#define TC_ACT_REPEAT 6
#define TC_ACT_REDIRECT 7
#define TC_ACT_TRAP 8
#define TC_ACT_VALUE_MAX TC_ACT_TRAP

/* Verdicts with an operand: an opcode above 28 bits of it. */
#define __TC_ACT_EXT_SHIFT 28
#define __TC_ACT_EXT(local) ((local) << __TC_ACT_EXT_SHIFT)
#define TC_ACT_EXT_VAL_MASK ((1 << __TC_ACT_EXT_SHIFT) - 1)
#define TC_ACT_EXT_OPCODE(combined) ((combined) & (~TC_ACT_EXT_VAL_MASK))
#define TC_ACT_EXT_CMP(combined, opcode) (TC_ACT_EXT_OPCODE(combined) == opcode)
#define TC_ACT_JUMP __TC_ACT_EXT(1)
#define TC_ACT_GOTO_CHAIN __TC_ACT_EXT(2)
#define TC_ACT_EXT_OPCODE_MAX TC_ACT_GOTO_CHAIN

/* Actions: attributes of any, flags, bounds, switches. */
#define TC_COOKIE_MAX_SIZE 16
enum {
  TCA_ACT_UNSPEC = 0,
  TCA_ACT_KIND = 1,
  TCA_ACT_OPTIONS = 2,
  TCA_ACT_INDEX = 3,
  TCA_ACT_STATS = 4,
  TCA_ACT_PAD = 5,
  TCA_ACT_COOKIE = 6,
  TCA_ACT_FLAGS = 7,
  TCA_ACT_HW_STATS = 8,
  TCA_ACT_USED_HW_STATS = 9,
  TCA_ACT_IN_HW_COUNT = 10,
  __TCA_ACT_MAX = 11,
};
#define TCA_ACT_MAX __TCA_ACT_MAX
#define TCA_OLD_COMPAT (TCA_ACT_MAX + 1)
#define TCA_ACT_FLAGS_NO_PERCPU_STATS (1 << 0)
#define TCA_ACT_FLAGS_SKIP_HW (1 << 1)
#define TCA_ACT_FLAGS_SKIP_SW (1 << 2)
#define TCA_ACT_HW_STATS_IMMEDIATE (1 << 0)
#define TCA_ACT_HW_STATS_DELAYED (1 << 1)
#define TCA_ACT_MAX_PRIO 32
#define TCA_ACT_NOBIND 0
#define TCA_ACT_NOUNBIND 0
#define TCA_ACT_BIND 1
#define TCA_ACT_UNBIND 1
#define TCA_ACT_NOREPLACE 0
#define TCA_ACT_REPLACE 1

/* Kinds of action. */
#define TCA_ACT_GACT 5
#define TCA_ACT_IPT 6
#define TCA_ACT_PEDIT 7
#define TCA_ACT_MIRRED 8
#define TCA_ACT_NAT 9
#define TCA_ACT_XT 10
#define TCA_ACT_SKBEDIT 11
#define TCA_ACT_VLAN 12
#define TCA_ACT_BPF 13
#define TCA_ACT_CONNMARK 14
#define TCA_ACT_SKBMOD 15
#define TCA_ACT_CSUM 16
#define TCA_ACT_TUNNEL_KEY 17
#define TCA_ACT_SIMP 22
#define TCA_ACT_IFE 25
#define TCA_ACT_SAMPLE 26

enum tca_id {
  TCA_ID_UNSPEC = 0,
  TCA_ID_POLICE = 1,
  TCA_ID_GACT = TCA_ACT_GACT,
  TCA_ID_IPT = TCA_ACT_IPT,
  TCA_ID_PEDIT = TCA_ACT_PEDIT,
  TCA_ID_MIRRED = TCA_ACT_MIRRED,
  TCA_ID_NAT = TCA_ACT_NAT,
  TCA_ID_XT = TCA_ACT_XT,
  TCA_ID_SKBEDIT = TCA_ACT_SKBEDIT,
  TCA_ID_VLAN = TCA_ACT_VLAN,
  TCA_ID_BPF = TCA_ACT_BPF,
  TCA_ID_CONNMARK = TCA_ACT_CONNMARK,
  TCA_ID_SKBMOD = TCA_ACT_SKBMOD,
  TCA_ID_CSUM = TCA_ACT_CSUM,
  TCA_ID_TUNNEL_KEY = TCA_ACT_TUNNEL_KEY,
  TCA_ID_SIMP = TCA_ACT_SIMP,
  TCA_ID_IFE = TCA_ACT_IFE,
  TCA_ID_SAMPLE = TCA_ACT_SAMPLE,
  TCA_ID_CTINFO = 27,
  TCA_ID_MPLS = 28,
  TCA_ID_CT = 29,
  TCA_ID_GATE = 30,
  __TCA_ID_MAX = 255,
};
#define TCA_ID_MAX __TCA_ID_MAX

/* What actions report. The macro begins the record of most of them. */
#define tc_gen \
  __u32 index; \
  __u32 capab; \
  int action; \
  int refcnt; \
  int bindcnt

struct tcf_t {
  __u64 install;
  __u64 lastuse;
  __u64 expires;
  __u64 firstuse;
};

struct tc_cnt {
  int refcnt;
  int bindcnt;
};

/* The police action. */
#define TC_POLICE_UNSPEC TC_ACT_UNSPEC
#define TC_POLICE_OK TC_ACT_OK
#define TC_POLICE_RECLASSIFY TC_ACT_RECLASSIFY
#define TC_POLICE_SHOT TC_ACT_SHOT
#define TC_POLICE_PIPE TC_ACT_PIPE

struct tc_police {
  __u32 index;
  int action;
  __u32 limit;
  __u32 burst;
  __u32 mtu;
  struct tc_ratespec rate;
  struct tc_ratespec peakrate;
  int refcnt;
  int bindcnt;
  __u32 capab;
};

enum {
  TCA_POLICE_UNSPEC = 0,
  TCA_POLICE_TBF = 1,
  TCA_POLICE_RATE = 2,
  TCA_POLICE_PEAKRATE = 3,
  TCA_POLICE_AVRATE = 4,
  TCA_POLICE_RESULT = 5,
  TCA_POLICE_TM = 6,
  TCA_POLICE_PAD = 7,
  TCA_POLICE_RATE64 = 8,
  TCA_POLICE_PEAKRATE64 = 9,
  TCA_POLICE_PKTRATE64 = 10,
  TCA_POLICE_PKTBURST64 = 11,
  __TCA_POLICE_MAX = 12,
};
#define TCA_POLICE_RESULT TCA_POLICE_RESULT
#define TCA_POLICE_MAX (__TCA_POLICE_MAX - 1)

/* Flags of any classifier. */
#define TCA_CLS_FLAGS_SKIP_HW (1 << 0)
#define TCA_CLS_FLAGS_SKIP_SW (1 << 1)
#define TCA_CLS_FLAGS_IN_HW (1 << 2)
#define TCA_CLS_FLAGS_NOT_IN_HW (1 << 3)
#define TCA_CLS_FLAGS_VERBOSE (1 << 4)

/* The BPF classifier. */
#define TCA_BPF_FLAG_ACT_DIRECT (1 << 0)
enum {
  TCA_BPF_UNSPEC = 0,
  TCA_BPF_ACT = 1,
  TCA_BPF_POLICE = 2,
  TCA_BPF_CLASSID = 3,
  TCA_BPF_OPS_LEN = 4,
  TCA_BPF_OPS = 5,
  TCA_BPF_FD = 6,
  TCA_BPF_NAME = 7,
  TCA_BPF_FLAGS = 8,
  TCA_BPF_FLAGS_GEN = 9,
  TCA_BPF_TAG = 10,
  TCA_BPF_ID = 11,
  __TCA_BPF_MAX = 12,
};
#define TCA_BPF_MAX (__TCA_BPF_MAX - 1)

/* The u32 classifier. */
#define TC_U32_HTID(h) ((h) & 0xFFF00000)
#define TC_U32_USERHTID(h) (TC_U32_HTID(h) >> 20)
#define TC_U32_HASH(h) (((h) >> 12) & 0xFF)
#define TC_U32_NODE(h) ((h) & 0xFFF)
#define TC_U32_KEY(h) ((h) & 0xFFFFF)
#define TC_U32_UNSPEC 0
#define TC_U32_ROOT (0xFFF00000)
#define TC_U32_TERMINAL 1
#define TC_U32_OFFSET 2
#define TC_U32_VAROFFSET 4
#define TC_U32_EAT 8
#define TC_U32_MAXDEPTH 8

struct tc_u32_key {
  __be32 mask;
  __be32 val;
  int off;
  int offmask;
};

struct tc_u32_sel {
  __struct_group(tc_u32_sel_hdr, hdr, /* no attributes */,
    unsigned char flags;
    unsigned char offshift;
    unsigned char nkeys;
    __be16 offmask;
    __u16 off;
    short offoff;
    short hoff;
    __be32 hmask;
  );
  struct tc_u32_key keys[];
};

struct tc_u32_mark {
  __u32 val;
  __u32 mask;
  __u32 success;
};

struct tc_u32_pcnt {
  __u64 rcnt;
  __u64 rhit;
  __u64 kcnts[];
};

enum {
  TCA_U32_UNSPEC = 0,
  TCA_U32_CLASSID = 1,
  TCA_U32_HASH = 2,
  TCA_U32_LINK = 3,
  TCA_U32_DIVISOR = 4,
  TCA_U32_SEL = 5,
  TCA_U32_POLICE = 6,
  TCA_U32_ACT = 7,
  TCA_U32_INDEV = 8,
  TCA_U32_PCNT = 9,
  TCA_U32_MARK = 10,
  TCA_U32_FLAGS = 11,
  TCA_U32_PAD = 12,
  __TCA_U32_MAX = 13,
};
#define TCA_U32_MAX (__TCA_U32_MAX - 1)

/* Trees of extended matches. */
struct tcf_ematch_tree_hdr {
  __u16 nmatches;
  __u16 progid;
};

struct tcf_ematch_hdr {
  __u16 matchid;
  __u16 kind;
  __u16 flags;
  __u16 pad;
};

enum {
  TCF_EM_PROG_TC = 0,
};
#define TCF_EM_REL_END 0
#define TCF_EM_REL_AND (1<<0)
#define TCF_EM_REL_OR (1<<1)
#define TCF_EM_INVERT (1<<2)
#define TCF_EM_SIMPLE (1<<3)
#define TCF_EM_REL_MASK 3
#define TCF_EM_REL_VALID(flags) (((flags) & TCF_EM_REL_MASK) != TCF_EM_REL_MASK)
#define TCF_EM_CONTAINER 0
#define TCF_EM_CMP 1
#define TCF_EM_NBYTE 2
#define TCF_EM_U32 3
#define TCF_EM_META 4
#define TCF_EM_TEXT 5
#define TCF_EM_VLAN 6
#define TCF_EM_CANID 7
#define TCF_EM_IPSET 8
#define TCF_EM_IPT 9
#define TCF_EM_MAX 9

enum {
  TCF_LAYER_LINK = 0,
  TCF_LAYER_NETWORK = 1,
  TCF_LAYER_TRANSPORT = 2,
  __TCF_LAYER_MAX = 3,
};
#define TCF_LAYER_MAX (__TCF_LAYER_MAX - 1)

enum {
  TCF_EM_OPND_EQ = 0,
  TCF_EM_OPND_GT = 1,
  TCF_EM_OPND_LT = 2,
};

#endif
