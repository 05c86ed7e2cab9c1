/* Tunnels: bits of the GRE header, encapsulations, and the flags of tunnel metadata. */
#ifndef _IF_TUNNEL_H_
#define _IF_TUNNEL_H_

#include <linux/types.h>
#include <linux/if.h>
#include <linux/ip.h>
#include <linux/in6.h>
#include <asm/byteorder.h>

/* GRE, in network order. */
#define GRE_CSUM __cpu_to_be16(0x8000)
#define GRE_ROUTING __cpu_to_be16(0x4000)
#define GRE_KEY __cpu_to_be16(0x2000)
#define GRE_SEQ __cpu_to_be16(0x1000)
#define GRE_STRICT __cpu_to_be16(0x0800)
#define GRE_REC __cpu_to_be16(0x0700)
#define GRE_ACK __cpu_to_be16(0x0080)
#define GRE_FLAGS __cpu_to_be16(0x0078)
#define GRE_VERSION __cpu_to_be16(0x0007)
#define GRE_VERSION_0 __cpu_to_be16(0x0000)
#define GRE_VERSION_1 __cpu_to_be16(0x0001)
#define GRE_PROTO_PPP __cpu_to_be16(0x880b)
#define GRE_PPTP_KEY_MASK __cpu_to_be32(0xffff)

#define GRE_IS_CSUM(flags) ((flags) & GRE_CSUM)
#define GRE_IS_ROUTING(flags) ((flags) & GRE_ROUTING)
#define GRE_IS_KEY(flags) ((flags) & GRE_KEY)
#define GRE_IS_SEQ(flags) ((flags) & GRE_SEQ)
#define GRE_IS_STRICT(flags) ((flags) & GRE_STRICT)
#define GRE_IS_REC(flags) ((flags) & GRE_REC)
#define GRE_IS_ACK(flags) ((flags) & GRE_ACK)

/* What a tunnel is set up with. */
struct ip_tunnel_parm {
  char name[IFNAMSIZ];
  int link;
  __be16 i_flags;
  __be16 o_flags;
  __be32 i_key;
  __be32 o_key;
  struct iphdr iph;
};

struct ip_tunnel_prl {
  __be32 addr;
  __u16 flags;
  __u16 __reserved;
  __u32 datalen;
  __u32 __reserved2;
};

struct ip_tunnel_6rd {
  struct in6_addr prefix;
  __be32 relay_prefix;
  __u16 prefixlen;
  __u16 relay_prefixlen;
};

#define SIT_ISATAP 0x0001
#define PRL_DEFAULT 0x0001
#define VTI_ISVTI ((__force __be16)0x0001)

/* Encapsulation in UDP and MPLS. */
enum tunnel_encap_types {
  TUNNEL_ENCAP_NONE = 0,
  TUNNEL_ENCAP_FOU = 1,
  TUNNEL_ENCAP_GUE = 2,
  TUNNEL_ENCAP_MPLS = 3,
};

#define TUNNEL_ENCAP_FLAG_CSUM (1<<0)
#define TUNNEL_ENCAP_FLAG_CSUM6 (1<<1)
#define TUNNEL_ENCAP_FLAG_REMCSUM (1<<2)

/* Flags of tunnel metadata, in network order, and their successors by number. */
#define TUNNEL_CSUM __cpu_to_be16(0x01)
#define TUNNEL_ROUTING __cpu_to_be16(0x02)
#define TUNNEL_KEY __cpu_to_be16(0x04)
#define TUNNEL_SEQ __cpu_to_be16(0x08)
#define TUNNEL_STRICT __cpu_to_be16(0x10)
#define TUNNEL_REC __cpu_to_be16(0x20)
#define TUNNEL_VERSION __cpu_to_be16(0x40)
#define TUNNEL_NO_KEY __cpu_to_be16(0x80)
#define TUNNEL_DONT_FRAGMENT __cpu_to_be16(0x0100)
#define TUNNEL_OAM __cpu_to_be16(0x0200)
#define TUNNEL_CRIT_OPT __cpu_to_be16(0x0400)
#define TUNNEL_GENEVE_OPT __cpu_to_be16(0x0800)
#define TUNNEL_VXLAN_OPT __cpu_to_be16(0x1000)
#define TUNNEL_NOCACHE __cpu_to_be16(0x2000)
#define TUNNEL_ERSPAN_OPT __cpu_to_be16(0x4000)
#define TUNNEL_GTP_OPT __cpu_to_be16(0x8000)
#define TUNNEL_OPTIONS_PRESENT (TUNNEL_GENEVE_OPT | TUNNEL_VXLAN_OPT | TUNNEL_ERSPAN_OPT | TUNNEL_GTP_OPT)

enum {
  IP_TUNNEL_CSUM_BIT = 0U,
  IP_TUNNEL_ROUTING_BIT = 1,
  IP_TUNNEL_KEY_BIT = 2,
  IP_TUNNEL_SEQ_BIT = 3,
  IP_TUNNEL_STRICT_BIT = 4,
  IP_TUNNEL_REC_BIT = 5,
  IP_TUNNEL_VERSION_BIT = 6,
  IP_TUNNEL_NO_KEY_BIT = 7,
  IP_TUNNEL_DONT_FRAGMENT_BIT = 8,
  IP_TUNNEL_OAM_BIT = 9,
  IP_TUNNEL_CRIT_OPT_BIT = 10,
  IP_TUNNEL_GENEVE_OPT_BIT = 11,
  IP_TUNNEL_VXLAN_OPT_BIT = 12,
  IP_TUNNEL_NOCACHE_BIT = 13,
  IP_TUNNEL_ERSPAN_OPT_BIT = 14,
  IP_TUNNEL_GTP_OPT_BIT = 15,
  IP_TUNNEL_VTI_BIT = 16,
  IP_TUNNEL_SIT_ISATAP_BIT = IP_TUNNEL_VTI_BIT,
  IP_TUNNEL_PFCP_OPT_BIT = 17,
  __IP_TUNNEL_FLAG_NUM = 18,
};

/* Attributes over netlink. */
enum {
  IFLA_IPTUN_UNSPEC = 0,
  IFLA_IPTUN_LINK = 1,
  IFLA_IPTUN_LOCAL = 2,
  IFLA_IPTUN_REMOTE = 3,
  IFLA_IPTUN_TTL = 4,
  IFLA_IPTUN_TOS = 5,
  IFLA_IPTUN_ENCAP_LIMIT = 6,
  IFLA_IPTUN_FLOWINFO = 7,
  IFLA_IPTUN_FLAGS = 8,
  IFLA_IPTUN_PROTO = 9,
  IFLA_IPTUN_PMTUDISC = 10,
  IFLA_IPTUN_6RD_PREFIX = 11,
  IFLA_IPTUN_6RD_RELAY_PREFIX = 12,
  IFLA_IPTUN_6RD_PREFIXLEN = 13,
  IFLA_IPTUN_6RD_RELAY_PREFIXLEN = 14,
  IFLA_IPTUN_ENCAP_TYPE = 15,
  IFLA_IPTUN_ENCAP_FLAGS = 16,
  IFLA_IPTUN_ENCAP_SPORT = 17,
  IFLA_IPTUN_ENCAP_DPORT = 18,
  IFLA_IPTUN_COLLECT_METADATA = 19,
  IFLA_IPTUN_FWMARK = 20,
  __IFLA_IPTUN_MAX = 21,
};
#define IFLA_IPTUN_MAX (__IFLA_IPTUN_MAX - 1)

enum {
  IFLA_GRE_UNSPEC = 0,
  IFLA_GRE_LINK = 1,
  IFLA_GRE_IFLAGS = 2,
  IFLA_GRE_OFLAGS = 3,
  IFLA_GRE_IKEY = 4,
  IFLA_GRE_OKEY = 5,
  IFLA_GRE_LOCAL = 6,
  IFLA_GRE_REMOTE = 7,
  IFLA_GRE_TTL = 8,
  IFLA_GRE_TOS = 9,
  IFLA_GRE_PMTUDISC = 10,
  IFLA_GRE_ENCAP_LIMIT = 11,
  IFLA_GRE_FLOWINFO = 12,
  IFLA_GRE_FLAGS = 13,
  IFLA_GRE_ENCAP_TYPE = 14,
  IFLA_GRE_ENCAP_FLAGS = 15,
  IFLA_GRE_ENCAP_SPORT = 16,
  IFLA_GRE_ENCAP_DPORT = 17,
  IFLA_GRE_COLLECT_METADATA = 18,
  IFLA_GRE_IGNORE_DF = 19,
  IFLA_GRE_FWMARK = 20,
  IFLA_GRE_ERSPAN_INDEX = 21,
  IFLA_GRE_ERSPAN_VER = 22,
  IFLA_GRE_ERSPAN_DIR = 23,
  IFLA_GRE_ERSPAN_HWID = 24,
  __IFLA_GRE_MAX = 25,
};
#define IFLA_GRE_MAX (__IFLA_GRE_MAX - 1)

enum {
  IFLA_VTI_UNSPEC = 0,
  IFLA_VTI_LINK = 1,
  IFLA_VTI_IKEY = 2,
  IFLA_VTI_OKEY = 3,
  IFLA_VTI_LOCAL = 4,
  IFLA_VTI_REMOTE = 5,
  IFLA_VTI_FWMARK = 6,
  __IFLA_VTI_MAX = 7,
};
#define IFLA_VTI_MAX (__IFLA_VTI_MAX - 1)

#endif
