/**
 * The helpers that work on packets, by their number in enum bpf_func_id. Results, refusals and their order are those of
 * net/core/filter.c; what the kernel would ask a device or route is asked of the environment or logged as an effect.
 */

import {
  csumPartial, csumReplace2, csumReplace4, csumReplaceByDiff, csumSub, csumTo16,
} from "./checksum.ts";
import { etherType } from "./context.ts";
import type { Skb, Xdp } from "./context.ts";
import { errno } from "./maps.ts";
import { Fault } from "./memory.ts";
import type { Packet } from "./packet.ts";
import type { Helper, Runtime } from "./runtime.ts";

const TC_ACT_SHOT = 2;
const TC_ACT_REDIRECT = 7;
const XDP_ABORTED = 0;
const XDP_REDIRECT = 4;

/** The longest packet that a program can make (BPF_SKB_MAX_LEN without a device's limit). */
const maxLength = 16064;

function skbOf(vm: Runtime): Skb {
  if (vm.context.kind !== "skb") throw new Fault("a helper for packets of the network stack is called without one");
  return vm.context;
}

function xdpOf(vm: Runtime): Xdp {
  if (vm.context.kind !== "xdp") throw new Fault("a helper for XDP packets is called without one");
  return vm.context;
}

function packetOf(vm: Runtime): Packet {
  if (vm.context.kind === "raw") throw new Fault("a helper for packets is called without one");
  return vm.context.packet;
}

/** The 16-bit EtherType constant in the byte order in which `skb->protocol` has it. */
function networkOrder(vm: Runtime, type: number): number {
  return vm.memory.littleEndian ? (type & 0xff) << 8 | type >> 8 : type;
}

function get16(vm: Runtime, bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(offset, vm.memory.littleEndian);
}

function set16(vm: Runtime, bytes: Uint8Array, offset: number, value: number): void {
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setUint16(offset, value, vm.memory.littleEndian);
}

const skbStoreBytes: Helper = (vm) => {
  const skb = skbOf(vm);
  const offset = vm.cpu.u32(2);
  const length = vm.cpu.u32(4);
  const from = vm.memory.span(vm.cpu.number(3), length, "read").slice();
  const flags = vm.cpu.u64(5);
  if ((flags & ~3n) !== 0n) return errno.EINVAL;
  if (offset + length > skb.packet.length) return errno.EFAULT;
  skb.packet.bytes.set(from, offset);
  if ((flags & 2n) !== 0n) skb.set("hash", 0);
  skb.packet.renew();
  return 0;
};

const loadBytes: Helper = (vm) => {
  const packet = packetOf(vm);
  const offset = vm.cpu.u32(2);
  const length = vm.cpu.u32(4);
  const to = vm.memory.span(vm.cpu.number(3), length, "write");
  if (offset + length > packet.length) {
    if (vm.context.kind === "skb") to.fill(0);
    return vm.context.kind === "skb" ? errno.EFAULT : errno.EINVAL;
  }
  to.set(packet.bytes.subarray(offset, offset + length));
  return 0;
};

/** Offsets from the link header (0) or the network header (1). */
const loadBytesRelative: Helper = (vm) => {
  const skb = skbOf(vm);
  const offset = vm.cpu.u32(2);
  const length = vm.cpu.u32(4);
  const to = vm.memory.span(vm.cpu.number(3), length, "write");
  const start = vm.cpu.u32(5);
  const frame = skb.frame();
  const from = (start === 0 ? 0 : skb.networkOffset + (skb.linkLevel ? 0 : 14)) + offset;
  if (start > 1 || from + length > frame.length) {
    to.fill(0);
    return errno.EFAULT;
  }
  to.set(frame.subarray(from, from + length));
  return 0;
};

const xdpStoreBytes: Helper = (vm) => {
  const { packet } = xdpOf(vm);
  const offset = vm.cpu.u32(2);
  const length = vm.cpu.u32(4);
  const from = vm.memory.span(vm.cpu.number(3), length, "read");
  if (offset + length > packet.length) return errno.EINVAL;
  packet.bytes.set(from, offset);
  return 0;
};

const l3CsumReplace: Helper = (vm) => {
  const { packet } = skbOf(vm);
  const offset = vm.cpu.u32(2);
  const from = vm.cpu.u64(3);
  const to = vm.cpu.u64(4);
  const flags = vm.cpu.u64(5);
  if ((flags & ~0xfn) !== 0n) return errno.EINVAL;
  if (offset > 0xffff || offset % 2 !== 0 || offset + 2 > packet.length) return errno.EFAULT;
  const changed = replaceChecksum(get16(vm, packet.bytes, offset), from, to, Number(flags), false);
  if (changed === undefined) return errno.EINVAL;
  set16(vm, packet.bytes, offset, changed);
  packet.renew();
  return 0;
};

const l4CsumReplace: Helper = (vm) => {
  const { packet } = skbOf(vm);
  const offset = vm.cpu.u32(2);
  const from = vm.cpu.u64(3);
  const to = vm.cpu.u64(4);
  const flags = Number(vm.cpu.u64(5) & 0xffffffffn);
  const markMangled = (flags & 0x20) !== 0;
  if ((flags & ~0xff) !== 0) return errno.EINVAL;
  if (offset > 0xffff || offset % 2 !== 0 || offset + 2 > packet.length) return errno.EFAULT;
  const field = get16(vm, packet.bytes, offset);
  // A UDP checksum of 0 says that there is none.
  if (markMangled && (flags & 0x40) === 0 && field === 0) return 0;
  let changed = replaceChecksum(field, from, to, flags & 0xf, true);
  if (changed === undefined) return errno.EINVAL;
  if (markMangled && changed === 0) changed = 0xffff;
  set16(vm, packet.bytes, offset, changed);
  packet.renew();
  return 0;
};

/** The new checksum; `size` 0 means that `to` is a difference. Undefined where the kernel answers -EINVAL. */
function replaceChecksum(field: number, from: bigint, to: bigint, size: number, layer4: boolean): number | undefined {
  const old = Number(from & 0xffffffffn);
  const value = Number(to & 0xffffffffn);
  switch (size) {
    case 0: return from === 0n ? csumReplaceByDiff(field, value) : undefined;
    case 2: return (layer4 ? csumReplace4 : csumReplace2)(field, old & 0xffff, value & 0xffff);
    case 4: return csumReplace4(field, old, value);
    default: return undefined;
  }
}

const csumDiff: Helper = (vm) => {
  const fromSize = vm.cpu.u32(2);
  const toSize = vm.cpu.u32(4);
  const seed = vm.cpu.u32(5);
  const from = fromSize === 0 ? undefined : vm.memory.span(vm.cpu.number(1), fromSize, "read");
  const to = toSize === 0 ? undefined : vm.memory.span(vm.cpu.number(3), toSize, "read");
  const little = vm.memory.littleEndian;
  if (from !== undefined && to !== undefined) {
    return csumTo16(csumSub(csumPartial(to, seed, little), csumPartial(from, 0, little)));
  }
  if (to !== undefined) return csumTo16(csumPartial(to, seed, little));
  if (from !== undefined) return csumTo16(~csumPartial(from, ~seed >>> 0, little) >>> 0);
  return csumTo16(seed);
};

/** The tag of a VLAN goes beside the packet; one that is there already goes into the packet. */
const vlanPush: Helper = (vm) => {
  const skb = skbOf(vm);
  const given = vm.cpu.u32(2) & 0xffff;
  const tci = vm.cpu.u32(3) & 0xffff;
  const proto = isVlan(vm, given) ? given : networkOrder(vm, 0x8100);
  if (skb.get("vlan_present") !== 0) {
    insertTag(vm, skb, skb.get("vlan_proto"), skb.get("vlan_tci"));
    skb.set("protocol", skb.get("vlan_proto"));
  }
  putTag(skb, proto, tci);
  skb.packet.renew();
  return 0;
};

const vlanPop: Helper = (vm) => {
  const skb = skbOf(vm);
  if (skb.get("vlan_present") !== 0) {
    skb.set("vlan_present", 0);
    skb.set("vlan_tci", 0);
    skb.set("vlan_proto", 0);
  } else {
    if (!isVlan(vm, skb.get("protocol"))) return 0;
    if (takeTag(vm, skb) === undefined) return errno.ENOMEM;
  }
  if (isVlan(vm, skb.get("protocol"))) {
    const proto = skb.get("protocol");
    const tci = takeTag(vm, skb);
    if (tci === undefined) return errno.ENOMEM;
    putTag(skb, proto, tci);
  }
  skb.packet.renew();
  return 0;
};

function isVlan(vm: Runtime, proto: number): boolean {
  return proto === networkOrder(vm, 0x8100) || proto === networkOrder(vm, 0x88a8);
}

function putTag(skb: Skb, proto: number, tci: number): void {
  skb.set("vlan_present", 1);
  skb.set("vlan_proto", proto);
  skb.set("vlan_tci", tci);
}

function insertTag(vm: Runtime, skb: Skb, proto: number, tci: number): void {
  skb.packet.insert(12, 4);
  skb.networkOffset += 4;
  set16(vm, skb.packet.bytes, 12, proto);
  new DataView(skb.packet.bytes.buffer, skb.packet.bytes.byteOffset).setUint16(14, tci);
  skb.resized();
}

/** Takes the tag out of the packet and gives its control information; undefined if the packet is too short. */
function takeTag(vm: Runtime, skb: Skb): number | undefined {
  if (skb.packet.length < 18) return undefined;
  const { bytes } = skb.packet;
  const tci = bytes[14] << 8 | bytes[15];
  skb.packet.remove(12, 4);
  skb.networkOffset = Math.max(skb.networkOffset - 4, 14);
  skb.set("protocol", etherType(skb.packet.bytes, vm.memory.littleEndian));
  skb.resized();
  return tci;
}

/** Between IPv4 and IPv6: makes or removes the 20 bytes of difference behind the link header. */
const changeProto: Helper = (vm) => {
  const skb = skbOf(vm);
  const proto = vm.cpu.u32(2) & 0xffff;
  if (vm.cpu.u64(3) !== 0n) return errno.EINVAL;
  const ipv4 = networkOrder(vm, 0x0800);
  const ipv6 = networkOrder(vm, 0x86dd);
  const from = skb.get("protocol");
  if (from === ipv4 && proto === ipv6) skb.packet.insert(skb.networkOffset, 20);
  else if (from === ipv6 && proto === ipv4) skb.packet.remove(skb.networkOffset, 20);
  else return errno.ENOTSUPP;
  skb.set("protocol", proto);
  skb.set("hash", 0);
  skb.resized();
  return 0;
};

const changeType: Helper = (vm) => {
  const skb = skbOf(vm);
  const type = vm.cpu.u32(2);
  if (skb.get("pkt_type") > 3 || type > 3) return errno.EINVAL;
  skb.set("pkt_type", type);
  return 0;
};

const changeTail: Helper = (vm) => {
  const skb = skbOf(vm);
  const length = vm.cpu.u32(2);
  if (vm.cpu.u64(3) !== 0n || length > maxLength || length < skb.networkOffset) return errno.EINVAL;
  const difference = length - skb.packet.length;
  if (difference > 0) skb.packet.insert(skb.packet.length, difference);
  else if (difference < 0) skb.packet.remove(length, -difference);
  skb.packet.renew();
  skb.resized();
  return 0;
};

const changeHead: Helper = (vm) => {
  const skb = skbOf(vm);
  const room = vm.cpu.u32(2);
  if (vm.cpu.u64(3) !== 0n || skb.packet.length + room > maxLength) return errno.EINVAL;
  skb.packet.insert(0, room);
  skb.networkOffset += room;
  skb.resized();
  return 0;
};

/** Bytes made or removed behind the link header (mode 1) or the network header (mode 0). */
const adjustRoom: Helper = (vm) => {
  const skb = skbOf(vm);
  const difference = vm.cpu.int(2);
  const mode = vm.cpu.u32(3);
  const flags = vm.cpu.u64(4);
  if ((flags & ~0xffn) !== 0n && (flags & ~0xff000000000001ffn) !== 0n) return errno.EINVAL;
  if (Math.abs(difference) > 0xfff) return errno.EFAULT;
  const ipv4 = skb.get("protocol") === networkOrder(vm, 0x0800);
  const ipv6 = skb.get("protocol") === networkOrder(vm, 0x86dd);
  if (!ipv4 && !ipv6) return errno.ENOTSUPP;
  if (mode > 1) return errno.ENOTSUPP;
  const minimum = ipv4 ? 20 : 40;
  const offset = skb.networkOffset + (mode === 0 ? minimum : 0);
  const payload = skb.packet.length - skb.networkOffset;
  if (difference < 0 && (-difference >= payload || payload + difference < minimum)) return errno.ENOTSUPP;
  if (difference > 0) skb.packet.insert(offset, difference);
  else if (difference < 0) skb.packet.remove(offset, -difference);
  skb.packet.renew();
  skb.resized();
  return 0;
};

/** sizeof(struct bpf_tunnel_key) now, and in older programs. */
const tunnelKeySizes: readonly number[] = [44, 28, 26, 24, 8];

const setTunnelKey: Helper = (vm) => {
  const skb = skbOf(vm);
  const size = vm.cpu.u32(3);
  const bytes = vm.memory.span(vm.cpu.number(2), size, "read");
  const flags = vm.cpu.u64(4);
  if ((flags & ~0x1fn) !== 0n || !tunnelKeySizes.includes(size)) return errno.EINVAL;
  const whole = new Uint8Array(44);
  whole.set(bytes);
  // struct bpf_tunnel_key: id 0, remote address 4 to 19, tos 20, ttl 21, ext 22, label 24, local address 28 to 43.
  const label = new DataView(whole.buffer).getUint32(24, vm.memory.littleEndian);
  if ((flags & 1n) === 0n && label !== 0 || label > 0xfffff) return errno.EINVAL;
  skb.tunnelKey = { bytes: whole, received: false };
  return 0;
};

const getTunnelKey: Helper = (vm) => {
  const skb = skbOf(vm);
  const size = vm.cpu.u32(3);
  const to = vm.memory.span(vm.cpu.number(2), size, "write");
  const flags = vm.cpu.u64(4);
  to.fill(0);
  if (skb.tunnelKey === undefined || (flags & ~1n) !== 0n || !tunnelKeySizes.includes(size)) return errno.EINVAL;
  const { bytes, received } = skb.tunnelKey;
  const key = bytes.slice();
  if (!received) {
    // Seen from the receiving end, the two addresses change places.
    key.set(bytes.subarray(28, 44), 4);
    key.set(bytes.subarray(4, 20), 28);
  }
  to.set(key.subarray(0, size));
  return 0;
};

const setTunnelOptions: Helper = (vm) => {
  const skb = skbOf(vm);
  const size = vm.cpu.u32(3);
  const bytes = vm.memory.span(vm.cpu.number(2), size, "read");
  if (skb.tunnelKey === undefined || size % 4 !== 0) return errno.EINVAL;
  if (size > 255) return errno.ENOMEM;
  skb.tunnelOptions = bytes.slice();
  return 0;
};

const getTunnelOptions: Helper = (vm) => {
  const skb = skbOf(vm);
  const size = vm.cpu.u32(3);
  const to = vm.memory.span(vm.cpu.number(2), size, "write");
  to.fill(0);
  if (skb.tunnelOptions === undefined) return errno.ENOENT;
  if (skb.tunnelOptions.length > size) return errno.ENOMEM;
  to.set(skb.tunnelOptions);
  return skb.tunnelOptions.length;
};

const redirect: Helper = (vm) => {
  const ifindex = vm.cpu.u32(1);
  const flags = Number(vm.cpu.u64(2));
  if (vm.context.kind === "xdp") {
    if (flags !== 0) return XDP_ABORTED;
  } else if ((flags & ~1) !== 0) {
    return TC_ACT_SHOT;
  }
  vm.effects.push({ kind: "redirect", ifindex, flags, clone: false });
  return vm.context.kind === "xdp" ? XDP_REDIRECT : TC_ACT_REDIRECT;
};

const cloneRedirect: Helper = (vm) => {
  const skb = skbOf(vm);
  const ifindex = vm.cpu.u32(2);
  const flags = Number(vm.cpu.u64(3));
  if ((flags & ~1) !== 0) return errno.EINVAL;
  vm.effects.push({ kind: "redirect", ifindex, flags, clone: true });
  skb.packet.renew();
  return 0;
};

/** To the device, cpu or socket in a slot of a map; without one, to what the lowest bits of the flags say. */
const redirectMap: Helper = (vm) => {
  const map = vm.mapAt(1);
  const key = vm.cpu.u32(2);
  const flags = Number(vm.cpu.u64(3));
  const bytes = new Uint8Array(map.definition.keySize);
  new DataView(bytes.buffer).setUint32(0, key, vm.memory.littleEndian);
  if (map.lookup(bytes) === undefined) return flags & 3;
  vm.effects.push({ kind: "redirect_map", map: map.definition.name, key });
  return XDP_REDIRECT;
};

const redirectTo: Helper = (vm) => {
  const ifindex = vm.cpu.u32(1);
  vm.effects.push({ kind: "redirect", ifindex, flags: 0, clone: false });
  return TC_ACT_REDIRECT;
};

/** The packet's hash, which is computed from its bytes when there is none yet. */
const hashRecalc: Helper = (vm) => {
  const skb = skbOf(vm);
  if (skb.get("hash") === 0) {
    // FNV-1a: the kernel's own hash has a random key, so any value is as good.
    let hash = 0x811c9dc5;
    for (const byte of skb.frame()) hash = Math.imul(hash ^ byte, 0x01000193);
    skb.set("hash", hash >>> 0 || 1);
  }
  return skb.get("hash");
};

const perfEventOutput: Helper = (vm) => {
  const map = vm.mapAt(2);
  const flags = vm.cpu.u64(3);
  const size = Number(vm.cpu.u64(5));
  if ((flags & ~0xfffffffffffffn) !== 0n) return errno.EINVAL;
  const index = flags & 0xffffffffn;
  if (index !== 0xffffffffn && index >= BigInt(map.definition.maxEntries)) return errno.E2BIG;
  const data = vm.memory.span(vm.cpu.number(4), size, "read");
  const packetBytes = Number(flags >> 32n);
  const packet = packetBytes === 0 ? new Uint8Array(0) : packetOf(vm).bytes;
  if (packetBytes > packet.length) return errno.EFAULT;
  const record = Uint8Array.of(...data, ...packet.subarray(0, packetBytes));
  vm.effects.push({ kind: "output", map: map.definition.name, data: record });
  return 0;
};

const adjustHead: Helper = (vm) => {
  const { packet } = xdpOf(vm);
  const offset = vm.cpu.int(2);
  // 40 bytes of the headroom are the kernel's (struct xdp_frame), and a link header has to remain.
  if (packet.headroom + offset < 40 || packet.length - offset < 14) return errno.EINVAL;
  packet.move(offset, 0);
  return 0;
};

const adjustMeta: Helper = (vm) => {
  const { packet } = xdpOf(vm);
  const length = packet.metaLength - vm.cpu.int(2);
  if (packet.headroom + packet.metaLength - length < 40 || length < 0) return errno.EINVAL;
  if (length % 4 !== 0 || length > 252) return errno.EACCES;
  packet.setMeta(length);
  return 0;
};

const adjustTail: Helper = (vm) => {
  const { packet } = xdpOf(vm);
  const offset = vm.cpu.int(2);
  if (offset > packet.tailroom || packet.length + offset < 14) return errno.EINVAL;
  const length = packet.length;
  packet.move(0, offset);
  if (offset > 0) packet.bytes.fill(0, length);
  return 0;
};

export const packetHelpers: readonly (readonly [number, Helper])[] = [
  [9, skbStoreBytes],
  [10, l3CsumReplace],
  [11, l4CsumReplace],
  [13, cloneRedirect],
  [17, (vm) => vm.environment.cgroupClassid],
  [18, vlanPush],
  [19, vlanPop],
  [20, getTunnelKey],
  [21, setTunnelKey],
  [23, redirect],
  [24, (vm) => vm.environment.routeRealm],
  [25, perfEventOutput],
  [26, loadBytes],
  [28, csumDiff],
  [29, getTunnelOptions],
  [30, setTunnelOptions],
  [31, changeProto],
  [32, changeType],
  [33, (vm) => {
    const map = vm.mapAt(2);
    return vm.cpu.u32(3) >= map.definition.maxEntries ? errno.E2BIG : vm.environment.underCgroup ? 1 : 0;
  }],
  [34, hashRecalc],
  [38, changeTail],
  [39, (vm) => {
    const packet = packetOf(vm);
    if (vm.cpu.u32(2) > packet.length) return errno.ENOMEM;
    packet.renew();
    return 0;
  }],
  // A packet that no device has checked has no sum to update.
  [40, () => errno.ENOTSUPP],
  [41, (vm) => {
    skbOf(vm).set("hash", 0);
    return undefined;
  }],
  [43, changeHead],
  [44, adjustHead],
  [46, () => 1n],
  [47, () => 0xffffffff],
  [48, (vm) => {
    skbOf(vm).set("hash", vm.cpu.u32(2));
    return 0;
  }],
  [50, adjustRoom],
  [51, redirectMap],
  [54, adjustMeta],
  [65, adjustTail],
  [68, loadBytesRelative],
  [79, (vm) => vm.environment.cgroupId],
  [135, (vm) => vm.cpu.u64(2) === 0n ? errno.EACCES : vm.cpu.u64(2) > 3n ? errno.EINVAL : 0],
  [151, (vm) => vm.environment.cgroupClassid],
  [152, redirectTo],
  [155, redirectTo],
  [188, (vm) => packetOf(vm).length],
  [189, loadBytes],
  [190, xdpStoreBytes],
];
