/**
 * The context of a program, the struct that r1 points at when it starts.
 *
 * The struct of the interface (`struct __sk_buff`, `struct xdp_md`) exists nowhere: the kernel rewrites every access to
 * a field into accesses of its own objects. So here: a field has bytes behind it, or is a packet pointer that is 64
 * bits wide although the struct has 32 for it; and each has rules, those of net/core/filter.c
 * (bpf_skb_is_valid_access, tc_cls_act_is_valid_access, xdp_is_valid_access). A program of another kind gets a block of
 * plain memory.
 */

import { Fault } from "./memory.ts";
import type { Device, Memory, Region } from "./memory.ts";
import { Packet } from "./packet.ts";

/** Fields of `struct __sk_buff` that a run can set and that its result reports. Numbers are unsigned. */
export interface SkbFields {
  len: number; pkt_type: number; mark: number; queue_mapping: number; protocol: number; vlan_present: number;
  vlan_tci: number; vlan_proto: number; priority: number; ingress_ifindex: number; ifindex: number; tc_index: number;
  cb: number[]; hash: number; tc_classid: number; napi_id: number; tstamp: bigint; wire_len: number; gso_segs: number;
  gso_size: number; tstamp_type: number; hwtstamp: bigint;
}

/** Fields of `struct xdp_md` that a run can set. */
export interface XdpFields { ingress_ifindex: number; rx_queue_index: number; egress_ifindex: number }

/** Where the 32-bit fields of `struct __sk_buff` stand. */
const skbOffsets = {
  len: 0, pkt_type: 4, mark: 8, queue_mapping: 12, protocol: 16, vlan_present: 20, vlan_tci: 24, vlan_proto: 28,
  priority: 32, ingress_ifindex: 36, ifindex: 40, tc_index: 44, hash: 68, tc_classid: 72, napi_id: 84, wire_len: 160,
  gso_segs: 164, gso_size: 176,
} as const;

export type SkbWord = keyof typeof skbOffsets;

const skbWords = Object.keys(skbOffsets) as SkbWord[];

const cbOffset = 48;
const dataOffset = 76;
const dataEndOffset = 80;
const familyOffset = 88;
const dataMetaOffset = 140;
const flowKeysOffset = 144;
const tstampOffset = 152;
const skOffset = 168;
const tstampTypeOffset = 180;
const hwtstampOffset = 184;
const skbSize = 192;

/** Fields that a classifier may write, by offset; cb stands apart. */
const writableWords: ReadonlySet<number> = new Set([
  skbOffsets.mark, skbOffsets.queue_mapping, skbOffsets.priority, skbOffsets.tc_index, skbOffsets.tc_classid,
]);

/** A packet with its `struct __sk_buff`. */
export class Skb {
  readonly kind = "skb";
  readonly packet: Packet;
  readonly region: Region;
  /** Does the packet begin with its link header, or with what follows it? */
  readonly linkLevel: boolean;
  /** Offset of the network header in the packet: what is before it is the link header. */
  networkOffset: number;
  readonly #littleEndian: boolean;
  readonly #view: DataView;
  /** The key that set_tunnel_key has set, or the one that the packet came with. */
  tunnelKey: { bytes: Uint8Array; received: boolean } | undefined;
  tunnelOptions: Uint8Array | undefined;

  constructor(memory: Memory, frame: Uint8Array, linkLevel: boolean, fields: Partial<SkbFields>) {
    this.#littleEndian = memory.littleEndian;
    this.packet = new Packet(memory, frame, 256, 0);
    this.linkLevel = linkLevel;
    this.networkOffset = linkLevel ? 14 : 0;
    const bytes = new Uint8Array(skbSize);
    this.#view = new DataView(bytes.buffer);
    const device: Device = {
      read: (offset, size, target) => this.#read(offset, size, target),
      write: (offset, size, lo, hi) => this.#write(offset, size, lo, hi),
    };
    this.region = memory.allocate("the context (struct __sk_buff)", bytes, { aligned: true, device });
    // As BPF_PROG_TEST_RUN sets up a packet that the loopback device has received.
    this.set("protocol", etherType(frame, memory.littleEndian));
    this.set("pkt_type", packetType(frame));
    this.set("ifindex", 1);
    this.set("wire_len", linkLevel ? frame.length : frame.length - 14);
    if (!linkLevel) this.packet.move(14, 0);
    for (const name of skbWords) {
      const value = fields[name];
      if (value !== undefined) this.set(name, value);
    }
    fields.cb?.forEach((value, index) => this.#view.setUint32(cbOffset + 4 * index, value, this.#littleEndian));
    if (fields.tstamp !== undefined) this.#view.setBigUint64(tstampOffset, fields.tstamp, this.#littleEndian);
    if (fields.hwtstamp !== undefined) this.#view.setBigUint64(hwtstampOffset, fields.hwtstamp, this.#littleEndian);
    if (fields.tstamp_type !== undefined) this.#view.setUint8(tstampTypeOffset, fields.tstamp_type);
    this.set("len", this.packet.length);
  }

  get(name: SkbWord): number {
    return this.#view.getUint32(skbOffsets[name], this.#littleEndian);
  }

  set(name: SkbWord, value: number): void {
    this.#view.setUint32(skbOffsets[name], value, this.#littleEndian);
  }

  /** To be called when the packet's length has changed. */
  resized(): void {
    this.set("len", this.packet.length);
  }

  /** All fields, as they are now. */
  fields(): SkbFields {
    const words = Object.fromEntries(skbWords.map((name) => [name, this.get(name)])) as Record<SkbWord, number>;
    return {
      ...words,
      cb: [0, 1, 2, 3, 4].map((index) => this.#view.getUint32(cbOffset + 4 * index, this.#littleEndian)),
      tstamp: this.#view.getBigUint64(tstampOffset, this.#littleEndian),
      hwtstamp: this.#view.getBigUint64(hwtstampOffset, this.#littleEndian),
      tstamp_type: this.#view.getUint8(tstampTypeOffset),
    };
  }

  /** The whole frame, link header included. */
  frame(): Uint8Array {
    if (this.linkLevel) return this.packet.bytes.slice();
    return Uint8Array.of(...this.packet.before(14), ...this.packet.bytes);
  }

  #read(offset: number, size: number, memory: Memory): void {
    memory.undefinedLo = 0;
    memory.undefinedHi = 0;
    const pointer = packetPointer(this.packet, offset, dataOffset, dataEndOffset, dataMetaOffset);
    if (pointer !== undefined) {
      if (size !== 4) throw refusal("read", offset, size);
      setAddress(memory, pointer);
      return;
    }
    const wide = offset === tstampOffset || offset === hwtstampOffset || offset === skOffset;
    const inCb = offset >= cbOffset && offset < cbOffset + 20;
    if (wide ? size !== 8 : size === 8 && !inCb
      || offset >= familyOffset && offset < dataMetaOffset || offset >= flowKeysOffset && offset < tstampOffset
      || offset >= tstampTypeOffset && offset < hwtstampOffset && (offset !== tstampTypeOffset || size !== 1)) {
      throw refusal("read", offset, size);
    }
    getPlain(this.#view, offset, size, memory);
  }

  #write(offset: number, size: number, lo: number, hi: number): void {
    const inCb = offset >= cbOffset && offset + size <= cbOffset + 20;
    const allowed = inCb || offset === tstampOffset && size === 8 || writableWords.has(offset) && size === 4;
    if (!allowed) throw refusal("written", offset, size);
    // Three of the fields are 16 bits wide in the kernel, which does not take a queue number of 65535 or more.
    if (offset === skbOffsets.queue_mapping && lo >>> 0 >= 0xffff) return;
    const narrow = offset === skbOffsets.tc_index || offset === skbOffsets.tc_classid;
    setPlain(this.#view, offset, size, narrow ? lo & 0xffff : lo, hi, this.#littleEndian);
  }
}

/** A packet with its `struct xdp_md`. */
export class Xdp {
  readonly kind = "xdp";
  readonly packet: Packet;
  readonly region: Region;
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  constructor(memory: Memory, frame: Uint8Array, fields: Partial<XdpFields>) {
    this.#littleEndian = memory.littleEndian;
    // A page, with the headroom of XDP_PACKET_HEADROOM and the kernel's skb_shared_info (320 bytes) at the end.
    this.packet = new Packet(memory, frame, 256, Math.max(0, 4096 - 256 - 320 - frame.length));
    const bytes = new Uint8Array(24);
    this.#view = new DataView(bytes.buffer);
    this.#view.setUint32(12, fields.ingress_ifindex ?? 1, this.#littleEndian);
    this.#view.setUint32(16, fields.rx_queue_index ?? 0, this.#littleEndian);
    this.#view.setUint32(20, fields.egress_ifindex ?? 0, this.#littleEndian);
    const device: Device = {
      read: (offset, size, target) => {
        if (size !== 4) throw refusal("read", offset, size);
        target.undefinedLo = 0;
        target.undefinedHi = 0;
        const pointer = packetPointer(this.packet, offset, 0, 4, 8);
        if (pointer !== undefined) setAddress(target, pointer);
        else getPlain(this.#view, offset, size, target);
      },
      write: (offset, size) => {
        throw refusal("written", offset, size);
      },
    };
    this.region = memory.allocate("the context (struct xdp_md)", bytes, { aligned: true, device });
  }

  fields(): XdpFields {
    return {
      ingress_ifindex: this.#view.getUint32(12, this.#littleEndian),
      rx_queue_index: this.#view.getUint32(16, this.#littleEndian),
      egress_ifindex: this.#view.getUint32(20, this.#littleEndian),
    };
  }
}

/** A context of plain memory, or none at all. */
export interface RawContext { readonly kind: "raw"; readonly region: Region | undefined }

export type Context = Skb | Xdp | RawContext;

function refusal(verb: "read" | "written", offset: number, size: number): Fault {
  return new Fault(`${size} bytes at offset ${offset} of the context cannot be ${verb}`);
}

function packetPointer(
  packet: Packet, offset: number, data: number, dataEnd: number, dataMeta: number,
): number | undefined {
  if (offset === data) return packet.data;
  if (offset === dataEnd) return packet.dataEnd;
  if (offset === dataMeta) return packet.dataMeta;
  return undefined;
}

function setAddress(memory: Memory, address: number): void {
  memory.hi = Math.floor(address / 0x100000000);
  memory.lo = address - memory.hi * 0x100000000 | 0;
}

function getPlain(view: DataView, offset: number, size: number, memory: Memory): void {
  const little = memory.littleEndian;
  memory.hi = size === 8 ? view.getInt32(little ? offset + 4 : offset, little) : 0;
  switch (size) {
    case 1: memory.lo = view.getUint8(offset); return;
    case 2: memory.lo = view.getUint16(offset, little); return;
    case 4: memory.lo = view.getInt32(offset, little); return;
    default: memory.lo = view.getInt32(little ? offset : offset + 4, little);
  }
}

function setPlain(view: DataView, offset: number, size: number, lo: number, hi: number, little: boolean): void {
  switch (size) {
    case 1: view.setUint8(offset, lo); return;
    case 2: view.setUint16(offset, lo, little); return;
    case 4: view.setInt32(offset, lo, little); return;
    default:
      view.setInt32(little ? offset : offset + 4, lo, little);
      view.setInt32(little ? offset + 4 : offset, hi, little);
  }
}

/** The EtherType as `skb->protocol` has it: in network order, read as a number of the host (eth_type_trans). */
export function etherType(frame: Uint8Array, littleEndian: boolean): number {
  if (frame.length < 14) return 0;
  let type = frame[12] << 8 | frame[13];
  // A length, not a type: 802.2 with LLC, or Novell's raw 802.3.
  if (type < 0x600) type = frame[14] === 0xff && frame[15] === 0xff ? 0x0001 : 0x0004;
  return littleEndian ? (type & 0xff) << 8 | type >> 8 : type;
}

/**
 * PACKET_HOST, _MULTICAST or _OTHERHOST (eth_type_trans) for a device whose own and broadcast addresses are both 0, as
 * those of loopback are.
 */
function packetType(frame: Uint8Array): number {
  const destination = frame.subarray(0, 6);
  if ((destination[0] & 1) !== 0) return 2;
  return destination.every((byte) => byte === 0) ? 0 : 3;
}
