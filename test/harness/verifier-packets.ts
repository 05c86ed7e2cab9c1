/** The packets that the cases of the verifier run over: numbers for `struct input` of their case.h, and headers. */

function bytes(length: number, at: (i: number) => number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => at(i) & 255);
}

/** A `struct input` with these numbers, and 20 bytes behind it. */
function numbers(byte: number[], half: number[], word: number[], wide: number[]): Uint8Array {
  const packet = Buffer.alloc(84, 0x55);
  byte.forEach((x, i) => packet.writeUInt8(x, i));
  half.forEach((x, i) => packet.writeUInt16LE(x, 8 + 2 * i));
  word.forEach((x, i) => packet.writeUInt32LE(x >>> 0, 16 + 4 * i));
  wide.forEach((x, i) => packet.writeBigInt64LE(BigInt(x), 32 + 8 * i));
  return new Uint8Array(packet);
}

/** An Ethernet frame: what stands behind the addresses. */
function frame(...rest: number[]): Uint8Array {
  const start = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, ...rest];
  return bytes(Math.max(72, start.length), (i) => start[i] ?? i);
}

const ports = [0x30, 0x39, 0x00, 0x50];

function ipv4(words: number, protocol: number): number[] {
  const header = [0x40 + words, 0, 0, 58, 1, 2, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
  return [...header, ...Array.from({ length: words * 4 - 20 }, () => 1)];
}

/** Maximum segment size 1460, behind two padding options and a timestamp. */
const tcpOptions = [1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 2, 4, 5, 180, 0, 0, 0, 0];
const tcp = [...ports, 0, 0, 0, 1, 0, 0, 0, 2, 0xa0, 0x10, 1, 0, 0, 0, 0, 0, ...tcpOptions];
const udp = [...ports, 0, 20, 0, 0];

export const packets: readonly Uint8Array[] = [
  bytes(64, () => 0),
  numbers([1, 2, 3, 4, 5, 6, 7, 8], [3, 5, 7, 2], [4, 9, 11, 6], [7, 12, 5, 14]),
  numbers([15, 14, 3, 9, 0, 1, 2, 0], [12, 2, 15, 10], [15, 2, 0, 14], [2, 13, 9, 4]),
  numbers([16, 1, 40, 0, 9, 200, 7, 3], [90, 40, 1000, 16], [30, -3, -5, 100], [2 ** 40, 2 ** 16, -1, 0]),
  bytes(80, () => 0xff),
  bytes(100, (i) => i * 37 + 11),
  frame(0x08, 0x00, ...ipv4(5, 6), ...tcp),
  frame(0x08, 0x00, ...ipv4(7, 17), ...udp),
  frame(0x81, 0x00, 0x20, 0x64, 0x81, 0x00, 0x00, 0x07, 0x08, 0x00, ...ipv4(5, 17), ...udp),
  bytes(30, (i) => i * 5),
];
