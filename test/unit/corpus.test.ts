/** What the corpus's command takes, and what it reads in decl tags: npx vitest run test/unit/corpus.test.ts */
import { describe, expect, test } from "vitest";
import { optionsOf } from "../corpus/options.ts";
import { expectationsOf } from "../corpus/tags.ts";
import { compileSource } from "../harness/tbcc.ts";

describe("options", () => {
  test("have defaults", () => {
    expect(optionsOf([])).toMatchObject({ kind: "options", part: "selftests", cpu: "v3", jobs: 2, run: false });
    expect(optionsOf(["--part", "samples", "--cpu", "v4", "--run"])).toMatchObject({ part: "samples", cpu: "v4", run: true });
  });

  test("--help answers with status 0", () => {
    expect(optionsOf(["--help"])).toMatchObject({ kind: "answer", status: 0, text: expect.stringMatching(/^usage: .*\n/) });
  });

  test.each([
    [["--no-such"], "Unknown option '--no-such'"], [["name"], "Unexpected argument 'name'"], [["--cpu", "v9"], "no such -mcpu: 'v9'"],
    [["--part", "all"], "no part 'all'"], [["--jobs", "0"], "--jobs takes a number"], [["--json"], "'--json <value>' argument missing"],
    [["--run", "--compile"], "exclude one another"],
  ])("a wrong line answers with status 2: %j", (args, text) => {
    expect(optionsOf(args)).toMatchObject({ kind: "answer", status: 2, text: expect.stringContaining(text) });
  });
});

const tagged = `
#define TEST(TEXT) __attribute__((btf_decl_tag("comment:test_" TEXT)))
#define PROGRAM __attribute__((section("socket"), used))
TEST("expect_success") TEST("retval=-5") TEST("log_level=2") TEST("expect_msg=0=a=b") TEST("expect_msg=1=c")
PROGRAM int runs(void *ctx) { return -5; }
TEST("expect_failure") TEST("retval=1") TEST("prog_flags=BPF_F_STRICT_ALIGNMENT") TEST("prog_flags=!BPF_F_TEST_RND_HI32")
PROGRAM int refused(void *ctx) { return 0; }
TEST("expect_failure_unpriv") TEST("description=says nothing of privileged users")
PROGRAM int unprivileged(void *ctx) { return 0; }
TEST("expect_success") TEST("arch=ARM64")
PROGRAM int elsewhere(void *ctx) { return 0; }
TEST("expect_success") TEST("arch=ARM64") TEST("arch=X86_64") TEST("retval=POINTER_VALUE") TEST("btf_path=types.bpf.o")
PROGRAM int here(void *ctx) { return 0; }
TEST("auxiliary")
PROGRAM int helps(void *ctx) { return 0; }
PROGRAM int untagged(void *ctx) { return 0; }
`;

test("expectations are read from an object's decl tags", () => {
  const { object, messages } = compileSource("tagged.c", ["-O2", "-g"], tagged);
  if (object === undefined) throw new Error(messages);
  const usual = { accepted: true, messages: [], returned: undefined, level: 0, flags: 132, types: undefined };
  expect(expectationsOf(object)).toEqual({
    expected: [
      { ...usual, program: "runs", messages: ["a=b", "c"], returned: -5, level: 2 },
      { ...usual, program: "refused", accepted: false, flags: 129 },
      { ...usual, program: "here", returned: null, types: "types.bpf.o" },
    ],
    auxiliary: ["helps"],
  });
});
