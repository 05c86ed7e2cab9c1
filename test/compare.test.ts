/**
 * Every example beside clang-19: the same programs, maps and licence in no more instruction slots, and the same
 * behaviour on the packets, at every level. Against golden files everywhere; against clang itself where it is there.
 *
 *   npx vitest run test/compare.test.ts
 *   BLESS=1 npx vitest run test/compare.test.ts      rewrites the golden files, with clang-19
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ObjectFile } from "../assembler/object/object.ts";
import { differences, digest, faults, observe } from "./compare/behave.ts";
import { buildByClang } from "./compare/compilers.ts";
import { projectDirectory } from "./harness/project.ts";
import { describeObject, type Description } from "./compare/describe.ts";
import { type Golden, goldenFlags, goldenOf, goldenPath, readGolden, writeGolden } from "./compare/golden.ts";
import { itWith } from "./harness/oracles.ts";
import { compileSource } from "./harness/tbcc.ts";

const directory = join(projectDirectory, "examples");
const examples = readdirSync(directory).filter((name) => name.endsWith(".c"))
  .map((name) => ({ name, path: join(directory, name) }));
const levels = ["-O0", "-O1", "-O2"].flatMap((level) => ["v1", "v2", "v3", "v4"].map((cpu) => [level, `-mcpu=${cpu}`]));

function compile(path: string, flags: readonly string[]): ObjectFile {
  const { object, messages } = compileSource(path, [...flags, "-mmaps=legacy"]);
  if (object === undefined) throw new Error(messages);
  return object;
}

function clangObject(path: string): ObjectFile {
  const built = buildByClang(path, goldenFlags);
  if (built?.object === undefined) throw new Error(built?.messages ?? "clang-19 is not there");
  return built.object;
}

function golden(path: string): Golden {
  const read = readGolden(goldenPath(path) ?? "");
  if (read === undefined) throw new Error("there is no golden file: BLESS=1 with clang-19 makes it");
  return read;
}

/** Names and kinds of what a loader finds by name: programs, maps, licence. */
function interfaceOf({ symbols }: Description): string[] {
  return symbols.filter(({ bind }) => bind === "global").map(({ name, type, section }) => `${name} ${type} ${section}`);
}

function codeSections({ sections }: Description): string[] {
  return sections.filter(({ flags }) => flags.includes("X")).map(({ name, type, flags }) => `${name} ${type} ${flags}`);
}

describe("examples beside the golden files of clang-19, at -O2 -mcpu=v3", () => {
  for (const { name, path } of examples) {
    itWith(process.env["BLESS"] === "1" ? ["clang-19"] : [], `${name}: programs, maps and licence are the same`, () => {
      if (process.env["BLESS"] === "1") writeGolden(goldenPath(path) ?? "", goldenOf(clangObject(path)));
      const ours = describeObject(compile(path, goldenFlags));
      const theirs = golden(path).description;
      expect(interfaceOf(ours)).toEqual(interfaceOf(theirs));
      expect(codeSections(ours)).toEqual(codeSections(theirs));
      expect(ours.maps).toEqual(theirs.maps);
      expect(ours.licence).toBe(theirs.licence);
    });

    it(`${name}: no more instruction slots`, () => {
      const ours = describeObject(compile(path, goldenFlags));
      expect(ours.slots).toBeLessThanOrEqual(golden(path).description.slots);
    });

    it(`${name}: the same behaviour at every level`, () => {
      const expected = golden(path).behaviour;
      const first = observe(compile(path, goldenFlags));
      expect(faults(first)).toEqual([]);
      expect(digest(first)).toEqual(expected);
      for (const flags of levels) {
        const seen = observe(compile(path, flags));
        expect({ flags, differences: differences(seen, first) }).toEqual({ flags, differences: [] });
      }
    }, 60_000);
  }
});

describe("golden files", () => {
  for (const { name, path } of examples) {
    itWith(["clang-19"], `${name}: is what clang-19 makes of it`, () => {
      expect(goldenOf(clangObject(path))).toEqual(golden(path));
    });
  }

  it("belong to examples", () => {
    const sources = new Set(examples.map(({ path }) => goldenPath(path)));
    const goldens = join(projectDirectory, "test", "cases", "compare");
    const files = readdirSync(goldens).map((file) => join(goldens, file));
    expect(files.filter((file) => !sources.has(file))).toEqual([]);
  });
});
