/** The machine's strictness: what it stops, where, and what it says. And its maps, contexts and helpers at work. */
import { describe, expect, it } from "vitest";
import type { SkbFields } from "../../assembler/vm/context.ts";
import { Machine, VmError } from "../../assembler/vm/machine.ts";
import { machineOf, objectOf } from "../harness/vm-program.ts";
import { makeSection, makeSymbol, R_BPF, SHF } from "../../assembler/object/object.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";

/** Why the program was stopped. */
function reason(text: string, options = {}): string {
  try {
    machineOf(text, options).run("tc", { packet: new Uint8Array(64) });
  } catch (error) {
    if (error instanceof VmError) return error.reason;
    throw error;
  }
  return "it ran";
}

describe("what is not defined", () => {
  it.each([
    ["r0 = r2; exit", "r2 is read and has no value"],
    ["r6 = r7; r0 = 0; exit", "r7 is read and has no value"],
    ["call 7; r0 = r1; exit", "r1 is read and has no value"],
    ["r0 += 1; exit", "r0 is read and has no value"],
    ["exit", "r0 is used and has no value"],
    ["call f; r0 = 0; exit; f:; r0 = r6; exit", "r6 is read and has no value"],
    ["r0 = *(u64 *)(r10 - 8); exit", "r0 is used and holds memory that was never written"],
    ["r1 = *(u32 *)(r10 - 8); r0 = 1; if r1 == 0 goto +0; exit", "a branch depends on memory that was never written"],
    ["r1 = *(u64 *)(r10 - 8); r0 = *(u64 *)(r1 + 0); exit",
      "the address of a load comes from memory that was never written"],
    ["call f; r1 = *(u64 *)(r10 - 8); r0 = r1; exit; f:; *(u64 *)(r10 - 8) = 1; r0 = 0; exit",
      "r0 is used and holds memory that was never written"],
  ])("%s", (text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it.each([
    // Copying is no use, and bits that are masked or overwritten do not count.
    "r1 = *(u64 *)(r10 - 8); *(u64 *)(r10 - 16) = r1; r0 = 0; exit",
    "r1 = *(u8 *)(r10 - 1); r1 &= -8; r1 |= 3; *(u8 *)(r10 - 1) = r1; r0 = *(u8 *)(r10 - 1); r0 &= 7; exit",
    "*(u8 *)(r10 - 8) = 1; r0 = *(u32 *)(r10 - 8); r0 <<= 56; r0 >>= 56; exit",
    "*(u32 *)(r10 - 8) = 1; r0 = *(u64 *)(r10 - 8); w0 = w0; exit",
    "*(u8 *)(r10 - 8) = 1; r0 = *(u16 *)(r10 - 8); r0 = be16 r0; r0 >>= 8; exit",
    "*(u8 *)(r10 - 8) = 1; r1 = *(u32 *)(r10 - 8); r0 = 1; if r1 & 1 goto +0; exit",
  ])("runs: %s", (text) => {
    expect(reason(text)).toBe("it ran");
  });
});

describe("memory that is not there", () => {
  it.each([
    ["r0 = *(u64 *)(r10 - 520); exit", "8 bytes at offset -8 are outside of stack frame 0 (bytes 0 to 511)"],
    ["*(u8 *)(r10 + 0) = 1; exit", "1 bytes at offset 512 are outside of stack frame 0 (bytes 0 to 511)"],
    ["*(u32 *)(r10 - 7) = 1; exit", "4 bytes at offset 505 of stack frame 0 are not aligned"],
    ["r1 = 0; r0 = *(u32 *)(r1 + 16); exit", "read of 4 bytes at 0x10: a null pointer"],
    ["r1 = r10; w1 = w1; r0 = *(u32 *)(r1 + 0); exit", "read of 4 bytes at 0x10200: no memory is there"],
    ["call f; r0 = *(u8 *)(r0 + 0); exit; f:; *(u8 *)(r10 - 1) = 1; r0 = r10; r0 += -1; exit",
      "stack frame 1 may not be read"],
    ["r2 = *(u32 *)(r1 + 76); r0 = *(u8 *)(r2 + 64); exit",
      "1 bytes at offset 320 are outside of packet (bytes 256 to 319)"],
    ["r0 = *(u64 *)(r1 + 76); exit", "8 bytes at offset 76 of the context (struct __sk_buff) are not aligned"],
    ["r0 = *(u16 *)(r1 + 76); exit", "2 bytes at offset 76 of the context cannot be read"],
    ["*(u32 *)(r1 + 16) = 1; exit", "4 bytes at offset 16 of the context cannot be written"],
    ["r6 = r1; r7 = *(u32 *)(r6 + 76); r2 = 32; r3 = 0; call 38; r0 = *(u8 *)(r7 + 0); exit", /no memory is there$/],
  ])("%s", (text, expected) => {
    const found = reason(text);
    if (typeof expected === "string") expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });
});

describe("control", () => {
  it("stops after the allowed steps", () => {
    expect(reason("again:; goto again", { steps: 1000 })).toBe("more than 1000 steps");
  });

  it("stops at the end of a function without exit", () => {
    expect(reason("r0 = 0")).toBe("control runs off the end of the function");
    expect(reason("r0 = 0; call f; r0 = 0; f:; r0 = 1; exit")).toBe("control runs off the end of the function");
  });

  it("refuses jumps into nothing when it loads", () => {
    expect(() => machineOf("r0 = 0; goto +5; exit")).toThrow("jump to no instruction");
    expect(() => machineOf("goto +1; r0 = 0 ll; exit")).toThrow("jump to no instruction");
  });

  it("says where it stopped", () => {
    try {
      machineOf("r0 = 1 ll; call f; exit; f:; r0 = r3; exit").call("main");
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ function: "f", section: "tc", slot: 4, instruction: "r0 = r3" });
    }
  });

  it("names a helper that it has not", () => {
    expect(reason("call 999; exit")).toBe("the machine has no helper 999");
    expect(reason("call nowhere; exit")).toBe("the machine has no kernel function nowhere");
    const helpers = new Map([[999, () => 42]]);
    expect(machineOf("call 999; exit", { helpers }).call("main")).toBe(42n);
  });
});

describe("contexts", () => {
  it("shows the packet through 64-bit pointers", () => {
    const text = "r2 = *(u32 *)(r1 + 76); r3 = *(u32 *)(r1 + 80); r3 -= r2; *(u8 *)(r2 + 1) = 9; r0 = r3; exit";
    const { result, packet } = machineOf(text).run("tc", { packet: new Uint8Array(60) });
    expect(result).toBe(60);
    expect(packet[1]).toBe(9);
  });

  it("takes and gives the fields of the packet", () => {
    const text = "r0 = *(u32 *)(r1 + 8); *(u32 *)(r1 + 32) = r0; *(u32 *)(r1 + 52) = 5; r0 = *(u16 *)(r1 + 16); exit";
    const packet = new Uint8Array(64);
    packet.set([0x08, 0x00], 12);
    for (const endian of ["little", "big"] as const) {
      const outcome = machineOf(text, {}, endian).run("tc", { packet, context: { mark: 77, cb: [1, 2] } });
      const fields = outcome.context as SkbFields;
      expect([fields.priority, fields.cb, fields.len]).toEqual([77, [1, 5, 0, 0, 0], 64]);
      // The EtherType stands in network order; a big-endian host reads the zero half of the word.
      expect(outcome.result).toBe(endian === "little" ? 0x0008 : 0);
    }
  });

  it("gives a block of memory to programs of other kinds", () => {
    const memory = Uint8Array.of(1, 2, 3, 4);
    const outcome = machineOf("r0 = *(u32 *)(r1 + 0); *(u8 *)(r1 + 0) = 7; exit").run("tc", { kind: "raw", memory });
    expect(outcome.result).toBe(0x04030201);
    expect([...outcome.packet]).toEqual([7, 2, 3, 4]);
  });
});

/** `struct bpf_elf_map`s in a section `maps`, in the order given. */
function withMaps(object: ObjectFile, maps: Record<string, readonly number[]>): ObjectFile {
  const words = Object.values(maps).flatMap((map) => [...map, ...Array<number>(9 - map.length).fill(0)]);
  const section = makeSection("maps", SHF.ALLOC | SHF.WRITE, 4, new Uint8Array(Uint32Array.from(words).buffer));
  object.sections.push(section);
  const symbols = Object.keys(maps).map((name, index) =>
    makeSymbol(name, section, 36 * index, { bind: "global", type: "object", size: 36 }));
  for (const code of object.sections) {
    for (const relocation of code.relocations) {
      relocation.symbol = symbols.find(({ name }) => name === relocation.symbol.name) ?? relocation.symbol;
    }
  }
  object.symbols = [...object.symbols.filter(({ home }) => home !== "undefined"), ...symbols];
  return object;
}

describe("maps and programs", () => {
  it("counts in an array from run to run", () => {
    const object = withMaps(objectOf(`
      *(u32 *)(r10 - 4) = 1; r2 = r10; r2 += -4; r1 = counters ll; call 1
      if r0 == 0 goto none; r1 = 1; lock *(u32 *)(r0 + 0) += r1; r0 = *(u32 *)(r0 + 0); exit
      none:; r0 = 0; exit
    `), { counters: [2, 4, 4, 2] });
    const machine = new Machine(object);
    expect([1, 2, 3].map(() => machine.run("tc").result)).toEqual([1, 2, 3]);
    const values = [...machine.maps.get("counters")?.entries() ?? []].map(({ values }) => [...values[0] ?? []]);
    expect(values).toEqual([[0, 0, 0, 0], [3, 0, 0, 0]]);
  });

  it("keeps a program inside of one value", () => {
    const object = withMaps(objectOf(`
      *(u32 *)(r10 - 4) = 0; r2 = r10; r2 += -4; r1 = counters ll; call 1; r0 = *(u32 *)(r0 + 4); exit
    `), { counters: [2, 4, 4, 2] });
    expect(() => new Machine(object).run("tc")).toThrow("4 bytes at offset 4 are outside of value of map counters");
  });

  it("tells uninitialised keys", () => {
    const object = withMaps(objectOf("r2 = r10; r2 += -4; r1 = counters ll; call 1; r0 = 0; exit"),
      { counters: [2, 4, 4, 2] });
    expect(() => new Machine(object).run("tc")).toThrow("byte 0 is not initialized");
  });

  it("calls the programs of ID/KEY sections, at most 33 times", () => {
    const text = "r6 = r1; r2 = jumps ll; r3 = 3; call 12; r0 = 7; exit";
    const object = withMaps(objectOf(text), { jumps: [3, 4, 4, 8, 0, 42] });
    const again = withMaps(objectOf(
      "r2 = *(u32 *)(r1 + 8); r2 += 1; *(u32 *)(r1 + 8) = r2; r2 = jumps ll; r3 = 3; call 12; r0 = 9; exit"), {});
    const target = again.sections[0];
    if (target === undefined) throw new Error("no section");
    target.name = "0x2a/3";
    target.relocations = [{ offset: 24, type: R_BPF.R64_64, symbol: object.symbols.find(({ name }) => name === "jumps")
      ?? makeSymbol("none", target, 0) }];
    object.sections.push(target);
    const outcome = new Machine(object).run("tc");
    expect(outcome.result).toBe(9);
    expect((outcome.context as SkbFields).mark).toBe(33);
    expect(() => new Machine(object).graft("jumps", 9, "tc")).toThrow("no slot 9");
  });

  it("prints", () => {
    const machine = machineOf(`
      r1 = 0x0a75252078256425 ll; *(u64 *)(r10 - 16) = r1; *(u64 *)(r10 - 8) = 0
      r1 = r10; r1 += -16; r2 = 9; r3 = -5; r4 = 255; r5 = 3; call 6; exit
    `);
    expect(machine.call("main")).toBe(7n);
    expect(machine.last.trace).toEqual(["-5ff 3\n"]);
  });

  it("repeats itself", () => {
    const random = (): bigint => machineOf("call 7; exit", { seed: 5 }).call("main");
    expect(random()).toBe(random());
    expect(machineOf("call 5; exit", { clock: () => 123n }).call("main")).toBe(123n);
  });
});
