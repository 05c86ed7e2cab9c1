/**
 * The golden files: what clang-19 makes of each example, so that a machine without it compares all the same.
 *
 * test/cases/compare/NAME.json holds the description of clang's object at -O2 -mcpu=v3 and the digest of its
 * behaviour. They are rewritten under BLESS=1 (or by `npm run compare -- FILE.c --bless`) where clang-19 is there.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { digest, observe } from "./behave.ts";
import { projectDirectory } from "../harness/project.ts";
import { describeObject, type Description } from "./describe.ts";

export interface Golden {
  /** What clang-19 was called with, besides target and headers. */
  readonly flags: readonly string[];
  readonly description: Description;
  readonly behaviour: Readonly<Record<string, string>>;
}

export const goldenFlags: readonly string[] = ["-O2", "-mcpu=v3"];

export function goldenOf(object: ObjectFile): Golden {
  return { flags: goldenFlags, description: describeObject(object), behaviour: digest(observe(object)) };
}

/** The golden file of a source; undefined where the source is no example. */
export function goldenPath(source: string): string | undefined {
  if (dirname(source) !== join(projectDirectory, "examples")) return undefined;
  return join(projectDirectory, "test", "cases", "compare", `${basename(source, ".c")}.json`);
}

export function readGolden(path: string): Golden | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

export function writeGolden(path: string, golden: Golden): void {
  writeFileSync(path, `${layOut(golden, "", 3)}\n`);
}

/** JSON with objects and arrays down to a depth over several lines, and what is deeper on one. */
function layOut(value: unknown, indent: string, depth: number): string {
  if (depth === 0 || typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return JSON.stringify(value);
    return `[\n${value.map((item) => inner + layOut(item, inner, depth - 1)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).map(([name, item]) => (
    `${inner}${JSON.stringify(name)}: ${layOut(item, inner, depth - 1)}`
  ));
  return `{\n${members.join(",\n")}\n${indent}}`;
}
