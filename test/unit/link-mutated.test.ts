/**
 * Damaged objects into the linker: an error or an object, never an internal error and never a hang. Seeds are fresh in
 * each run; a failure names its seed.
 *
 * run: npx vitest run test/unit/link-mutated.test.ts
 * more: LINK_MUTANTS=20000 npx vitest run test/unit/link-mutated.test.ts; LINK_SEED=N begins at a seed
 */
import { expect, test } from "vitest";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { ObjectError } from "../../assembler/object/object.ts";
import { link } from "../../linker/link.ts";
import { mutate, randomFrom } from "../harness/mutate.ts";
import { compileSource } from "../harness/tbcc.ts";

const source = (other: string, body: string): string => `
#define SEC(name) __attribute__((section(name), used))
struct node { struct node *next; union { int a : 3; long b; }; enum color { RED, GREEN = 7 } color; };
struct { int (*type)[2]; int *key; struct node *value; int (*max_entries)[4]; } nodes SEC(".maps");
static void *(*lookup)(void *map, const void *key) = (void *)1;
static const volatile int limit = 5;
static int hits;
int ${other}(struct node *n, int x);
static __attribute__((noinline)) int helper(int x) { return x * limit; }
${body}
char _license[] SEC("license") = "GPL";`;

const sources = [
  source("second", `__attribute__((weak)) int first(struct node *n, int x) { return helper(x); }
SEC("tc") int go(void *skb) { int k = 0; struct node *n = lookup(&nodes, &k); if (n) hits += n->a; return second(n, hits); }`),
  source("first", `int second(struct node *n, int x) { return helper(x) + hits++; }
SEC("tc") int run(void *skb) { return first((void *)0, 3); }`).replace("struct { int (*type)", "extern struct { int (*type)"),
];

const count = Number(process.env["LINK_MUTANTS"] ?? 300);
const firstSeed = Number(process.env["LINK_SEED"] ?? Date.now() % 1_000_000_000);

test(`${count} damaged objects are linked or refused`, () => {
  const intact = sources.map((text, i) => {
    const { object, messages } = compileSource(`${"ab"[i]}.c`, ["-O2", "-g"], text);
    if (object === undefined) throw new Error(messages);
    return writeElf(object);
  });
  const whole = link(intact.map((bytes, i) => ({ name: `${i}.o`, object: readElf(bytes) })), { dropUnreferenced: true });
  expect("errors" in whole ? whole.errors : []).toEqual([]);
  let linked = 0, refused = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    try {
      if (linkDamaged(intact, seed)) linked++;
      else refused++;
    } catch (error) {
      throw new Error(`LINK_SEED=${seed} LINK_MUTANTS=1: ${error instanceof Error ? error.stack ?? "" : String(error)}`);
    }
  }
  expect(linked + refused).toBe(count);
  if (count >= 300) expect(Math.min(linked, refused)).toBeGreaterThan(count / 20);
}, 30_000 + count * 20);

/** Damages one of the objects, half of the time in one of its sections, and links. False when it is refused. */
function linkDamaged(intact: readonly Uint8Array[], seed: number): boolean {
  const random = randomFrom(seed);
  const which = random(intact.length);
  const start = performance.now();
  try {
    const inputs = intact.map((bytes, i) => {
      if (i !== which) return { name: `${i}.o`, object: readElf(bytes) };
      if (random(2) === 0) return { name: `${i}.o`, object: readElf(mutate(bytes, random)) };
      const object = readElf(bytes);
      const sections = object.sections.filter(({ data }) => data !== undefined && data.length > 8);
      const chosen = sections[random(sections.length)];
      if (chosen?.data !== undefined) chosen.data = mutate(chosen.data, random);
      if (chosen?.data !== undefined) chosen.size = chosen.data.length;
      return { name: `${i}.o`, object };
    });
    const result = link(inputs, { dropUnreferenced: random(2) === 0 });
    if ("errors" in result) {
      if (result.errors.length === 0) throw new Error("refused without a reason");
      return false;
    }
    writeElf(result.object);
    return true;
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error;
    return false;
  } finally {
    expect(performance.now() - start).toBeLessThan(5000);
  }
}
