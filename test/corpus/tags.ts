/**
 * The BTF of an object -> what its author says of loading and running each program.
 *
 * The kernel's selftests say it in decl tags on functions, `comment:test_...` (progs/bpf_misc.h of Linux 6.12), which
 * the loader of its tests reads. What is said of unprivileged users, of the code that the kernel makes, and of other
 * machines is left out.
 */
import { decodeBtf } from "../../assembler/btf/decode.ts";
import { findSection, type ObjectFile } from "../../assembler/object/object.ts";

export interface Expectation {
  readonly program: string;
  readonly accepted: boolean;
  /** What the verifier's log says in this order; text between {{ and }} is an extended regular expression. */
  readonly messages: readonly string[];
  /** What a run over 64 zero bytes returns; null: any number. */
  readonly returned: number | null | undefined;
  /** The level of the verifier's log. */
  readonly level: number;
  /** Flags for BPF_PROG_LOAD. */
  readonly flags: number;
  /** The object with the types that the program is relocated against; undefined for the kernel's. */
  readonly types: string | undefined;
}

export interface Expectations {
  readonly expected: readonly Expectation[];
  /** Programs that are loaded with each of the others. */
  readonly auxiliary: readonly string[];
}

const prefix = "comment:test_";

/** include/uapi/linux/bpf.h */
const flagValues: ReadonlyMap<string, number> = new Map([
  ["BPF_F_STRICT_ALIGNMENT", 1], ["BPF_F_ANY_ALIGNMENT", 2], ["BPF_F_TEST_RND_HI32", 4], ["BPF_F_TEST_STATE_FREQ", 8],
  ["BPF_F_SLEEPABLE", 16], ["BPF_F_XDP_HAS_FRAGS", 32], ["BPF_F_TEST_REG_INVARIANTS", 128],
]);

/** Upper halves of registers are filled at random where 32 bits count; ranges that contradict one another are told. */
const usualFlags = 4 | 128;

/** Numbers that the tags have names for (test_loader.c). */
const named: ReadonlyMap<string, number | null> = new Map([
  ["INT_MIN", -0x80000000], ["POINTER_VALUE", null], ["TEST_DATA_LEN", 64],
]);

/** What is expected of the programs of an object, in the order of their functions in BTF. */
export function expectationsOf(object: ObjectFile): Expectations {
  const bytes = findSection(object, ".BTF")?.data;
  const tagsOf = new Map<string, string[]>();
  for (const type of bytes === undefined ? [] : decodeBtf(bytes).types) {
    if (type.kind !== "decl_tag" || type.component !== -1 || type.type.kind !== "func") continue;
    if (!type.tag.startsWith(prefix)) continue;
    const tag = type.tag.slice(prefix.length);
    const own = tagsOf.get(type.type.name);
    if (own === undefined) tagsOf.set(type.type.name, [tag]);
    else own.push(tag);
  }
  const auxiliary = [...tagsOf].flatMap(([program, tags]) => tags.includes("auxiliary") ? [program] : []);
  const expected = [...tagsOf].flatMap(([program, tags]) => expectationOf(program, tags) ?? []);
  return { expected, auxiliary };
}

/** Undefined where nothing is said of privileged users, or of this machine. */
function expectationOf(program: string, tags: readonly string[]): Expectation | undefined {
  const values = (name: string): string[] => (
    tags.flatMap((tag) => tag.startsWith(`${name}=`) ? [tag.slice(name.length + 1)] : [])
  );
  const machines = values("arch");
  if (machines.length > 0 && !machines.includes("X86_64")) return undefined;
  const isRefused = tags.includes("expect_failure");
  // A number of its own keeps equal tags apart.
  const messages = values("expect_msg").map((text) => text.slice(text.indexOf("=") + 1));
  const returned = values("retval").map((text) => named.has(text) ? named.get(text) : Number(text) | 0).at(-1);
  const isAccepted = tags.includes("expect_success") || messages.length > 0 || returned !== undefined;
  if (!isRefused && !isAccepted) return undefined;
  let flags = usualFlags;
  for (const text of values("prog_flags")) {
    const name = text.startsWith("!") ? text.slice(1) : text;
    const flag = flagValues.get(name) ?? Number(name);
    flags = text.startsWith("!") ? flags & ~flag : flags | flag;
  }
  return {
    program, accepted: !isRefused, messages, returned: isRefused ? undefined : returned,
    level: Number(values("log_level").at(-1) ?? 0), flags, types: values("btf_path").at(-1),
  };
}
