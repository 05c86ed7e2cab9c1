/* IPv4: the header, type of service, options, and the headers of IPsec. */
#ifndef _LINUX_IP_H
#define _LINUX_IP_H

#include <linux/types.h>
#include <linux/stddef.h>
#include <asm/byteorder.h>

#define IPVERSION 4
#define MAXTTL 255
#define IPDEFTTL 64

/* ihl counts 32-bit words; everything wider than a byte is in network order. */
struct iphdr {
#if defined(__LITTLE_ENDIAN_BITFIELD)
  __u8 ihl : 4, version : 4;
#elif defined(__BIG_ENDIAN_BITFIELD)
  __u8 version : 4, ihl : 4;
#else
#error "the byte order is unknown: include <asm/byteorder.h>"
#endif
  __u8 tos;
  __be16 tot_len;
  __be16 id;
  __be16 frag_off;
  __u8 ttl;
  __u8 protocol;
  __sum16 check;
  __struct_group(/* no tag */, addrs, /* no attributes */,
    __be32 saddr;
    __be32 daddr;
  );
};

/* Type of service (RFC 1349) and precedence. */
#define IPTOS_TOS(tos) ((tos) & IPTOS_TOS_MASK)
#define IPTOS_MINCOST 0x02
#define IPTOS_RELIABILITY 0x04
#define IPTOS_THROUGHPUT 0x08
#define IPTOS_LOWDELAY 0x10
#define IPTOS_TOS_MASK 0x1E
#define IPTOS_PREC(tos) ((tos) & IPTOS_PREC_MASK)
#define IPTOS_PREC_ROUTINE 0x00
#define IPTOS_PREC_PRIORITY 0x20
#define IPTOS_PREC_IMMEDIATE 0x40
#define IPTOS_PREC_FLASH 0x60
#define IPTOS_PREC_FLASHOVERRIDE 0x80
#define IPTOS_PREC_CRITIC_ECP 0xa0
#define IPTOS_PREC_INTERNETCONTROL 0xc0
#define IPTOS_PREC_MASK 0xE0
#define IPTOS_PREC_NETCONTROL 0xe0

/* Options: the fields of their first byte, classes, kinds, positions in an option, flags of a time stamp. */
#define IPOPT_COPIED(option) ((option) & IPOPT_COPY)
#define IPOPT_CLASS(option) ((option) & IPOPT_CLASS_MASK)
#define IPOPT_NUMBER(option) ((option) & IPOPT_NUMBER_MASK)
#define IPOPT_NUMBER_MASK 0x1f
#define IPOPT_CLASS_MASK 0x60
#define IPOPT_COPY 0x80
#define IPOPT_CONTROL 0x00
#define IPOPT_RESERVED1 0x20
#define IPOPT_MEASUREMENT 0x40
#define IPOPT_RESERVED2 0x60
#define IPOPT_END (0 |IPOPT_CONTROL)
#define IPOPT_NOOP (1 |IPOPT_CONTROL)
#define IPOPT_SEC (2 |IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_LSRR (3 |IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_TIMESTAMP (4 |IPOPT_MEASUREMENT)
#define IPOPT_CIPSO (6 |IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_RR (7 |IPOPT_CONTROL)
#define IPOPT_SID (8 |IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_SSRR (9 |IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_RA (20|IPOPT_CONTROL|IPOPT_COPY)
#define IPOPT_NOP IPOPT_NOOP
#define IPOPT_EOL IPOPT_END
#define IPOPT_TS IPOPT_TIMESTAMP
#define IPOPT_OPTVAL 0
#define IPOPT_OLEN 1
#define IPOPT_OFFSET 2
#define IPOPT_MINOFF 4
#define MAX_IPOPTLEN 40
#define IPOPT_TS_TSONLY 0
#define IPOPT_TS_TSANDADDR 1
#define IPOPT_TS_PRESPEC 3

/* IPsec. */
struct ip_auth_hdr {
  __u8 nexthdr;
  __u8 hdrlen;
  __be16 reserved;
  __be32 spi;
  __be32 seq_no;
  __u8 auth_data[];
};

struct ip_esp_hdr {
  __be32 spi;
  __be32 seq_no;
  __u8 enc_data[];
};

struct ip_comp_hdr {
  __u8 nexthdr;
  __u8 flags;
  __be16 cpi;
};

struct ip_beet_phdr {
  __u8 nexthdr;
  __u8 hdrlen;
  __u8 padlen;
  __u8 reserved;
};

#define IPV4_BEET_PHMAXLEN 8

/* Settings of a device. */
enum {
  IPV4_DEVCONF_FORWARDING = 1,
  IPV4_DEVCONF_MC_FORWARDING = 2,
  IPV4_DEVCONF_PROXY_ARP = 3,
  IPV4_DEVCONF_ACCEPT_REDIRECTS = 4,
  IPV4_DEVCONF_SECURE_REDIRECTS = 5,
  IPV4_DEVCONF_SEND_REDIRECTS = 6,
  IPV4_DEVCONF_SHARED_MEDIA = 7,
  IPV4_DEVCONF_RP_FILTER = 8,
  IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE = 9,
  IPV4_DEVCONF_BOOTP_RELAY = 10,
  IPV4_DEVCONF_LOG_MARTIANS = 11,
  IPV4_DEVCONF_TAG = 12,
  IPV4_DEVCONF_ARPFILTER = 13,
  IPV4_DEVCONF_MEDIUM_ID = 14,
  IPV4_DEVCONF_NOXFRM = 15,
  IPV4_DEVCONF_NOPOLICY = 16,
  IPV4_DEVCONF_FORCE_IGMP_VERSION = 17,
  IPV4_DEVCONF_ARP_ANNOUNCE = 18,
  IPV4_DEVCONF_ARP_IGNORE = 19,
  IPV4_DEVCONF_PROMOTE_SECONDARIES = 20,
  IPV4_DEVCONF_ARP_ACCEPT = 21,
  IPV4_DEVCONF_ARP_NOTIFY = 22,
  IPV4_DEVCONF_ACCEPT_LOCAL = 23,
  IPV4_DEVCONF_SRC_VMARK = 24,
  IPV4_DEVCONF_PROXY_ARP_PVLAN = 25,
  IPV4_DEVCONF_ROUTE_LOCALNET = 26,
  IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL = 27,
  IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL = 28,
  IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN = 29,
  IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST = 30,
  IPV4_DEVCONF_DROP_GRATUITOUS_ARP = 31,
  IPV4_DEVCONF_BC_FORWARDING = 32,
  IPV4_DEVCONF_ARP_EVICT_NOCARRIER = 33,
  __IPV4_DEVCONF_MAX = 34,
};
#define IPV4_DEVCONF_MAX (__IPV4_DEVCONF_MAX - 1)

#endif
