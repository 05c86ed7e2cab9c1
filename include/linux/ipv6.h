/* IPv6: the header, routing and option headers, settings of a device. */
#ifndef _IPV6_H
#define _IPV6_H

#include <linux/libc-compat.h>
#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/in6.h>
#include <asm/byteorder.h>

#define IPV6_MIN_MTU 1280

/* priority is the upper half of the traffic class; its lower half begins flow_lbl. */
struct ipv6hdr {
#if defined(__LITTLE_ENDIAN_BITFIELD)
  __u8 priority : 4, version : 4;
#elif defined(__BIG_ENDIAN_BITFIELD)
  __u8 version : 4, priority : 4;
#else
#error "the byte order is unknown: include <asm/byteorder.h>"
#endif
  __u8 flow_lbl[3];
  __be16 payload_len;
  __u8 nexthdr;
  __u8 hop_limit;
  __struct_group(/* no tag */, addrs, /* no attributes */,
    struct in6_addr saddr;
    struct in6_addr daddr;
  );
};

/* Routing headers. */
#define IPV6_SRCRT_STRICT 0x01
#define IPV6_SRCRT_TYPE_0 0
#define IPV6_SRCRT_TYPE_2 2
#define IPV6_SRCRT_TYPE_3 3
#define IPV6_SRCRT_TYPE_4 4

struct ipv6_rt_hdr {
  __u8 nexthdr;
  __u8 hdrlen;
  __u8 type;
  __u8 segments_left;
};

struct rt0_hdr {
  struct ipv6_rt_hdr rt_hdr;
  __u32 reserved;
  struct in6_addr addr[];
};
#define rt0_type rt_hdr.type

struct rt2_hdr {
  struct ipv6_rt_hdr rt_hdr;
  __u32 reserved;
  struct in6_addr addr;
};
#define rt2_type rt_hdr.type

/* Option headers, for the destination and for each hop. */
struct ipv6_opt_hdr {
  __u8 nexthdr;
  __u8 hdrlen;
} __attribute__((packed));

#define ipv6_destopt_hdr ipv6_opt_hdr
#define ipv6_hopopt_hdr ipv6_opt_hdr
#define IPV6_OPT_ROUTERALERT_MLD 0x0000

struct ipv6_destopt_hao {
  __u8 type;
  __u8 length;
  struct in6_addr addr;
} __attribute__((packed));

/* Ancillary data of a socket. */
#if __UAPI_DEF_IN6_PKTINFO
struct in6_pktinfo {
  struct in6_addr ipi6_addr;
  int ipi6_ifindex;
};
#endif

#if __UAPI_DEF_IP6_MTUINFO
struct ip6_mtuinfo {
  struct sockaddr_in6 ip6m_addr;
  __u32 ip6m_mtu;
};
#endif

struct in6_ifreq {
  struct in6_addr ifr6_addr;
  __u32 ifr6_prefixlen;
  int ifr6_ifindex;
};

/* Settings of a device. */
enum {
  DEVCONF_FORWARDING = 0,
  DEVCONF_HOPLIMIT = 1,
  DEVCONF_MTU6 = 2,
  DEVCONF_ACCEPT_RA = 3,
  DEVCONF_ACCEPT_REDIRECTS = 4,
  DEVCONF_AUTOCONF = 5,
  DEVCONF_DAD_TRANSMITS = 6,
  DEVCONF_RTR_SOLICITS = 7,
  DEVCONF_RTR_SOLICIT_INTERVAL = 8,
  DEVCONF_RTR_SOLICIT_DELAY = 9,
  DEVCONF_USE_TEMPADDR = 10,
  DEVCONF_TEMP_VALID_LFT = 11,
  DEVCONF_TEMP_PREFERED_LFT = 12,
  DEVCONF_REGEN_MAX_RETRY = 13,
  DEVCONF_MAX_DESYNC_FACTOR = 14,
  DEVCONF_MAX_ADDRESSES = 15,
  DEVCONF_FORCE_MLD_VERSION = 16,
  DEVCONF_ACCEPT_RA_DEFRTR = 17,
  DEVCONF_ACCEPT_RA_PINFO = 18,
  DEVCONF_ACCEPT_RA_RTR_PREF = 19,
  DEVCONF_RTR_PROBE_INTERVAL = 20,
  DEVCONF_ACCEPT_RA_RT_INFO_MAX_PLEN = 21,
  DEVCONF_PROXY_NDP = 22,
  DEVCONF_OPTIMISTIC_DAD = 23,
  DEVCONF_ACCEPT_SOURCE_ROUTE = 24,
  DEVCONF_MC_FORWARDING = 25,
  DEVCONF_DISABLE_IPV6 = 26,
  DEVCONF_ACCEPT_DAD = 27,
  DEVCONF_FORCE_TLLAO = 28,
  DEVCONF_NDISC_NOTIFY = 29,
  DEVCONF_MLDV1_UNSOLICITED_REPORT_INTERVAL = 30,
  DEVCONF_MLDV2_UNSOLICITED_REPORT_INTERVAL = 31,
  DEVCONF_SUPPRESS_FRAG_NDISC = 32,
  DEVCONF_ACCEPT_RA_FROM_LOCAL = 33,
  DEVCONF_USE_OPTIMISTIC = 34,
  DEVCONF_ACCEPT_RA_MTU = 35,
  DEVCONF_STABLE_SECRET = 36,
  DEVCONF_USE_OIF_ADDRS_ONLY = 37,
  DEVCONF_ACCEPT_RA_MIN_HOP_LIMIT = 38,
  DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN = 39,
  DEVCONF_DROP_UNICAST_IN_L2_MULTICAST = 40,
  DEVCONF_DROP_UNSOLICITED_NA = 41,
  DEVCONF_KEEP_ADDR_ON_DOWN = 42,
  DEVCONF_RTR_SOLICIT_MAX_INTERVAL = 43,
  DEVCONF_SEG6_ENABLED = 44,
  DEVCONF_SEG6_REQUIRE_HMAC = 45,
  DEVCONF_ENHANCED_DAD = 46,
  DEVCONF_ADDR_GEN_MODE = 47,
  DEVCONF_DISABLE_POLICY = 48,
  DEVCONF_ACCEPT_RA_RT_INFO_MIN_PLEN = 49,
  DEVCONF_NDISC_TCLASS = 50,
  DEVCONF_RPL_SEG_ENABLED = 51,
  DEVCONF_RA_DEFRTR_METRIC = 52,
  DEVCONF_IOAM6_ENABLED = 53,
  DEVCONF_IOAM6_ID = 54,
  DEVCONF_IOAM6_ID_WIDE = 55,
  DEVCONF_NDISC_EVICT_NOCARRIER = 56,
  DEVCONF_ACCEPT_UNTRACKED_NA = 57,
  DEVCONF_ACCEPT_RA_MIN_LFT = 58,
  DEVCONF_MAX = 59,
};

#endif
