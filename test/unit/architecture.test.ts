/**
 * The import law: which room may import which. A statement of policy, not a description: when it fails, the import is
 * what is wrong; do not change the table to fix a build.
 *
 * run: npx vitest run test/unit/architecture.test.ts
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Room -> rooms that its files may import (their own always). A path ending in .ts is a room of one file. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "compiler/source": [],
  "compiler/types": ["compiler/source"],
  "compiler/ast": ["compiler/source", "compiler/types"],
  "compiler/ir": ["compiler/source", "compiler/types"],
  "compiler/preprocess": ["compiler/source"],
  "compiler/parse": ["compiler/source", "compiler/types", "compiler/ast"],
  "compiler/check": ["compiler/source", "compiler/types", "compiler/ast"],
  "compiler/lower": ["compiler/source", "compiler/types", "compiler/ast", "compiler/ir"],
  "compiler/optimize": ["compiler/source", "compiler/types", "compiler/ir"],
  "compiler/generate": ["compiler/source", "compiler/types", "compiler/ir", "assembler/isa", "assembler/object", "assembler/btf", "assembler/assembly", "assembler"],
  "compiler/command": ["compiler/source", "compiler/preprocess", "compiler/compile.ts"],
  "compiler/compile.ts": [
    "compiler/source", "compiler/types", "compiler/ast", "compiler/ir", "compiler/preprocess", "compiler/parse", "compiler/check",
    "compiler/lower", "compiler/optimize", "compiler/generate", "assembler/assembly", "assembler/object", "assembler",
  ],
  "compiler/main.ts": [
    "compiler/compile.ts", "compiler/command", "compiler/source", "compiler/preprocess", "assembler/host.ts", "linker",
  ],
  "assembler/host.ts": [],
  "assembler/isa": ["assembler"],
  "assembler/object": ["assembler"],
  "assembler/btf": ["assembler"],
  "assembler/assembly": ["assembler", "assembler/isa", "assembler/object"],
  "assembler/vm": ["assembler", "assembler/isa", "assembler/object", "assembler/btf"],
  "assembler/classic": ["assembler"],
  "assembler/command": ["assembler/isa", "assembler/object", "assembler/assembly"],
  "assembler": [
    "assembler/isa", "assembler/object", "assembler/btf", "assembler/assembly", "assembler/classic", "assembler/command",
    "assembler/host.ts",
  ],
  "assembler/dump": [
    "assembler", "assembler/isa", "assembler/object", "assembler/btf", "assembler/assembly", "assembler/classic",
  ],
  "assembler/dump/main.ts": ["assembler/dump"],
  "linker": ["assembler", "assembler/host.ts", "assembler/isa", "assembler/object", "assembler/btf"],
};

/** Packages by the room that may import them. Node's own modules are for the files that touch the world. */
const packages: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ["compiler/parse"],
  yargs: ["compiler/command", "assembler/command", "assembler/dump", "linker"],
  "yargs-parser": ["compiler/command", "assembler/command", "assembler/dump"],
};
const touchesTheWorld = [
  "compiler/main.ts", "assembler/main.ts", "assembler/host.ts", "assembler/dump/main.ts", "linker/main.ts",
];

interface Import { readonly file: string; readonly name: string }

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    return entry.isDirectory() ? sources(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}

const files = ["compiler", "assembler", "linker"].flatMap(sources);
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /^(?:(?:import|export)\b[^;"'=]*?\bfrom\s+|import\s+)["']([^"']+)["']|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].map((m) => ({ file, name: m[1] ?? m[2] }));
});

function roomOf(file: string): string {
  if (allowed[file] !== undefined) return file;
  const parts = file.split("/");
  return parts.length > 2 ? `${parts[0]}/${parts[1]}` : parts[0];
}

test("every room is in the table", () => {
  expect(files.map(roomOf).filter((room) => allowed[room] === undefined)).toEqual([]);
});

test("rooms import only the rooms below them", () => {
  const broken = imports.filter(({ name }) => name.startsWith(".")).flatMap(({ file, name }) => {
    const target = relative(root, join(root, dirname(file), name));
    const from = roomOf(file);
    const to = roomOf(target);
    return from === to || (allowed[from] ?? []).includes(to) ? [] : [`${file} imports ${target}`];
  });
  expect(broken).toEqual([]);
});

test("packages and Node's modules are imported only where they belong", () => {
  const broken = imports.filter(({ name }) => !name.startsWith(".")).flatMap(({ file, name }) => {
    const ok = name.startsWith("node:") ? touchesTheWorld.includes(file) : (packages[name] ?? []).includes(roomOf(file));
    return ok ? [] : [`${file} imports ${name}`];
  });
  expect(broken).toEqual([]);
});

test("only the commands touch the process", () => {
  const broken = files.filter((file) => !touchesTheWorld.includes(file))
    .filter((file) => /\bprocess\.(?:env|argv|exit|std|cwd)/.test(readFileSync(join(root, file), "utf8")));
  expect(broken).toEqual([]);
});
