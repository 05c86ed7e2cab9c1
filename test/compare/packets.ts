/**
 * The packets that programs are compared on, each with the fields of its context and what helpers would say of it.
 *
 * They are chosen for the branches that filters have: every protocol that our headers know, header lengths that are
 * not the usual ones, frames that end inside each header, fragments, tags, hop limits at their ends, ports and
 * addresses on both sides of common limits. Frames of less than an Ethernet header are for the virtual machine alone:
 * no kernel takes them.
 */
import type { SkbFields } from "../../assembler/vm/context.ts";

export interface Stimulus {
  readonly name: string;
  readonly packet: Uint8Array;
  /** Fields that differ from what the machine gives by itself. */
  readonly context: Partial<SkbFields>;
  /** net_cls class of the sender. */
  readonly classid: number;
  /** Metadata of the tunnel that the packet came through: tunnel id and remote IPv4 address. */
  readonly tunnel: { readonly id: number; readonly remote: number } | undefined;
  /** Nanoseconds since the packet before. */
  readonly pause: bigint;
}

/** Flags of TCP. */
const syn = 0x02, ack = 0x10, synAck = 0x12, rst = 0x04, fin = 0x11;

function bytes(...parts: readonly (number | readonly number[] | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => typeof part === "number" ? [part] : [...part]));
}

function half(value: number): number[] {
  return [value >> 8 & 255, value & 255];
}

function word(value: number): number[] {
  return [...half(value >>> 16), ...half(value & 0xffff)];
}

function payload(length: number): number[] {
  return Array.from({ length }, (_, i) => i * 7 + 1 & 255);
}

const local = [0x02, 0, 0, 0, 0, 0x01];
const remote = [0x02, 0, 0, 0, 0, 0x02];
const multicast = [0x01, 0, 0x5e, 0, 0, 0x01];
const broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

function ethernet(protocol: number, body: Uint8Array, destination: readonly number[] = local): Uint8Array {
  return bytes(destination, remote, half(protocol), body);
}

function vlan(tci: number, protocol: number, body: Uint8Array): Uint8Array {
  return bytes(half(tci), half(protocol), body);
}

interface Ipv4 {
  ttl?: number; tos?: number; fragment?: number; options?: number; from?: number; to?: number; length?: number;
}

function ipv4(protocol: number, body: Uint8Array, header: Ipv4 = {}): Uint8Array {
  const { ttl = 64, tos = 0, fragment = 0x4000, options = 0, from = 0xc6336407, to = 0xc0000201 } = header;
  const words = 5 + options;
  const length = header.length ?? words * 4 + body.length;
  const start = bytes(0x40 | words, tos, half(length), half(0x1234), half(fragment), ttl, protocol, half(0),
    word(from), word(to), new Array<number>(options * 4).fill(1));
  const sum = checksum(start);
  start.set(half(sum), 10);
  return bytes(start, body);
}

interface Ipv6 { hops?: number; class?: number; from?: readonly number[] }

function ipv6(next: number, body: Uint8Array, header: Ipv6 = {}): Uint8Array {
  const { hops = 64, from = [0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), 7] } = header;
  const to = [0xfe, 0x80, ...new Array<number>(13).fill(0), 1];
  return bytes(word(0x6000_0000 + (header.class ?? 0) * 0x10_0000), half(body.length), next, hops, from, to, body);
}

/** The one's complement sum of 16-bit words (RFC 1071). */
function checksum(data: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 2) sum += data[i] * 256 + (data[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function tcp(from: number, to: number, flags: number, length = 12): Uint8Array {
  return bytes(half(from), half(to), word(1000), word(flags === syn ? 0 : 2000), 0x50, flags, half(512),
    half(0xbeef), half(0), payload(length));
}

function udp(from: number, to: number, length = 20, sum = 0xabcd): Uint8Array {
  return bytes(half(from), half(to), half(8 + length), half(sum), payload(length));
}

function icmp(type: number, code: number, length = 24): Uint8Array {
  return bytes(type, code, half(0x1111), half(7), half(1), payload(length));
}

const arp = bytes(half(1), half(0x0800), 6, 4, half(1), remote, word(0xc6336407), new Array<number>(6).fill(0),
  word(0xc0000201));
const fragmentHeader = bytes(17, 0, half(0x0008), word(99));

const IPV4 = 0x0800, IPV6 = 0x86dd, ARP = 0x0806, VLAN = 0x8100, QINQ = 0x88a8, MPLS = 0x8847;
const ICMP = 1, TCP = 6, UDP = 17, GRE = 47, ICMPV6 = 58;

const millisecond = 1_000_000n;

function stimulus(name: string, packet: Uint8Array, rest: Partial<Omit<Stimulus, "name" | "packet">> = {}): Stimulus {
  return { name, packet, context: {}, classid: 0, tunnel: undefined, pause: millisecond, ...rest };
}

/** The packets in the order in which they are sent. */
export const stimuli: readonly Stimulus[] = [
  stimulus("tcp syn to 80", ethernet(IPV4, ipv4(TCP, tcp(40000, 80, syn)))),
  stimulus("tcp syn to 8080", ethernet(IPV4, ipv4(TCP, tcp(40000, 8080, syn)))),
  stimulus("tcp ack to 80, class 1:20, mark 7", ethernet(IPV4, ipv4(TCP, tcp(40000, 80, ack))),
    { context: { mark: 7, priority: 3 }, classid: 0x10020 }),
  stimulus("the same again", ethernet(IPV4, ipv4(TCP, tcp(40000, 80, ack))),
    { context: { mark: 7, priority: 3 }, classid: 0x10020, pause: 10n }),
  stimulus("tcp answer from 80",
    ethernet(IPV4, ipv4(TCP, tcp(80, 40000, synAck), { from: 0xc0000201, to: 0xc6336407 }))),
  stimulus("tcp rst, high addresses",
    ethernet(IPV4, ipv4(TCP, tcp(65535, 1, rst), { from: 0xfffffffe, to: 0x80000000 }))),
  stimulus("tcp fin, options", ethernet(IPV4, ipv4(TCP, tcp(23, 1023, fin), { options: 3, ttl: 255 }))),
  stimulus("udp to 53", ethernet(IPV4, ipv4(UDP, udp(1024, 53)))),
  stimulus("udp from 53 to 1000", ethernet(IPV4, ipv4(UDP, udp(53, 1000)))),
  stimulus("udp to the echo port", ethernet(IPV4, ipv4(UDP, udp(5000, 7)))),
  stimulus("udp without checksum", ethernet(IPV4, ipv4(UDP, udp(5000, 5001, 1, 0), { tos: 0xb8 }))),
  stimulus("udp, ttl 1", ethernet(IPV4, ipv4(UDP, udp(5000, 33434), { ttl: 1 }))),
  stimulus("udp, ttl 0", ethernet(IPV4, ipv4(UDP, udp(5000, 33434), { ttl: 0 }))),
  stimulus("udp, long, a second later", ethernet(IPV4, ipv4(UDP, udp(9, 9, 1200))),
    { pause: 1000n * millisecond, context: { tc_index: 5, hash: 0x89abcdef } }),
  stimulus("udp, multicast", ethernet(IPV4, ipv4(UDP, udp(5353, 5353), { to: 0xe00000fb, ttl: 2 }), multicast),
    { context: { pkt_type: 2 } }),
  stimulus("udp, broadcast", ethernet(IPV4, ipv4(UDP, udp(68, 67), { from: 0, to: 0xffffffff }), broadcast),
    { context: { pkt_type: 1 } }),
  stimulus("udp for another host", ethernet(IPV4, ipv4(UDP, udp(1, 2))),
    { context: { pkt_type: 3, ifindex: 9, ingress_ifindex: 4 } }),
  stimulus("first fragment", ethernet(IPV4, ipv4(UDP, udp(5000, 53, 16), { fragment: 0x2000 }))),
  stimulus("later fragment", ethernet(IPV4, ipv4(UDP, bytes(payload(32)), { fragment: 0x00b9 }))),
  stimulus("icmp echo request", ethernet(IPV4, ipv4(ICMP, icmp(8, 0)))),
  stimulus("icmp echo request, long", ethernet(IPV4, ipv4(ICMP, icmp(8, 0, 1100)))),
  stimulus("icmp unreachable", ethernet(IPV4, ipv4(ICMP, icmp(3, 4)))),
  stimulus("gre", ethernet(IPV4, ipv4(GRE, bytes(half(0x2000), half(IPV4), word(42), payload(20))))),
  stimulus("ipv4, header of 4 words", ethernet(IPV4, bytes(0x44, ipv4(UDP, udp(1, 2)).slice(1)))),
  stimulus("ipv4, version 5", ethernet(IPV4, bytes(0x55, ipv4(UDP, udp(1, 2)).slice(1)))),
  stimulus("ipv4, length beyond the frame", ethernet(IPV4, ipv4(UDP, udp(1, 2), { length: 1400 }))),
  stimulus("ipv4 cut in its header", ethernet(IPV4, ipv4(UDP, udp(1, 2)).slice(0, 13))),
  stimulus("tcp cut in its header", ethernet(IPV4, ipv4(TCP, tcp(1, 2, syn)).slice(0, 33))),
  stimulus("udp cut in its ports", ethernet(IPV4, ipv4(UDP, udp(1, 2)).slice(0, 23))),
  stimulus("ipv6 tcp to 443", ethernet(IPV6, ipv6(TCP, tcp(50000, 443, syn)))),
  stimulus("ipv6 udp, hops 1, class 1:1", ethernet(IPV6, ipv6(UDP, udp(546, 547), { hops: 1, class: 0x2e })),
    { classid: 0x10001 }),
  stimulus("ipv6 echo request, hops 0", ethernet(IPV6, ipv6(ICMPV6, icmp(128, 0), { hops: 0 }))),
  stimulus("ipv6 fragment", ethernet(IPV6, ipv6(44, bytes(fragmentHeader, udp(7, 7))))),
  stimulus("ipv6 cut in its header", ethernet(IPV6, ipv6(UDP, udp(1, 2)).slice(0, 30))),
  stimulus("arp request", ethernet(ARP, arp, broadcast)),
  stimulus("vlan 100, tcp to 22", ethernet(VLAN, vlan(0x6064, IPV4, ipv4(TCP, tcp(40000, 22, syn))))),
  stimulus("vlan 1 in service vlan 200, udp", ethernet(QINQ, vlan(200, VLAN, vlan(1, IPV4, ipv4(UDP, udp(6000, 53)))))),
  stimulus("vlan cut in its tag", ethernet(VLAN, bytes(0x60))),
  stimulus("vlan out of band", ethernet(IPV4, ipv4(UDP, udp(6000, 53))),
    { context: { vlan_present: 1, vlan_tci: 0x2123, vlan_proto: 0x0081, queue_mapping: 3 } }),
  stimulus("mpls", ethernet(MPLS, bytes(word(0x0001_0140), ipv4(UDP, udp(1, 2))))),
  stimulus("from a tunnel", ethernet(IPV4, ipv4(TCP, tcp(1, 2, ack))),
    { tunnel: { id: 42, remote: 0x0a000001 }, context: { mark: 42 } }),
  stimulus("from a tunnel, control fields set", ethernet(IPV4, ipv4(TCP, tcp(1, 2, ack))), {
    tunnel: { id: 1, remote: 1 },
    context: { mark: 0xffffffff, priority: 0x80000001, cb: [1, 2, 0xffffffff, 4, 5], tc_classid: 0x10002, tstamp: 77n },
  }),
  stimulus("nothing but an ethernet header", ethernet(IPV4, bytes())),
  stimulus("half an ethernet header", bytes(local, 0x02)),
];
