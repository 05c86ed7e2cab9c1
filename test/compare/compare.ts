/**
 * A source and flags -> Comparison: everything that is to be said of tbcc's object beside clang-19's.
 *
 * Where clang-19 is not there, its side comes from the golden file, for an example at the golden file's flags. Where
 * the kernel cannot be asked, its part is left out. Maps of section `maps` are compared as such, and behave as such
 * in the virtual machine; for the kernel, tbcc's object is the one with `-mmaps=btf`, and clang's code gets that
 * one's map definitions.
 */
import type { ObjectFile } from "../../assembler/object/object.ts";
import { oracle } from "../harness/probe.ts";
import { type Behaviour, differences, digest, faults, observe } from "./behave.ts";
import { buildByClang, buildByTbcc } from "./compilers.ts";
import { describeObject, type Description } from "./describe.ts";
import { goldenFlags, goldenPath, readGolden } from "./golden.ts";
import { askKernel, type KernelReport, notRun, type Verdict } from "./kernel.ts";
import { withMapsOf, withoutLines } from "./recast.ts";

/** One compiler's part. description is undefined where it made no object: messages say why. */
export interface Side {
  readonly compiler: "tbcc" | "clang-19" | "clang-19, golden file" | "clang-19, absent";
  readonly messages: string;
  readonly description: Description | undefined;
  readonly verdicts: readonly Verdict[] | undefined;
}

/** What runs of both objects showed. */
export interface Likeness {
  readonly runs: number;
  /** Empty if all runs were alike. */
  readonly differences: readonly string[];
}

export interface Comparison {
  readonly source: string;
  readonly flags: readonly string[];
  readonly ours: Side;
  readonly theirs: Side;
  /** In the virtual machine; undefined where there are not two behaviours. */
  readonly machine: Likeness | undefined;
  /** In the kernel. */
  readonly kernel: Likeness | undefined;
  /** Faults of the virtual machine on tbcc's object. */
  readonly faults: readonly string[];
}

/** @param source an absolute path. */
export function compare(source: string, flags: readonly string[]): Comparison {
  const ours = buildByTbcc(source, flags, "legacy");
  const theirs = buildByClang(source, flags);
  const seen = ours.object === undefined ? undefined : observe(ours.object);
  const kernelIsThere = oracle("kernel bpf") !== undefined && oracle("netns") !== undefined;
  const asked = seen === undefined || !kernelIsThere ? undefined : askBoth(source, flags, theirs?.object, seen.fills);
  return {
    source, flags,
    ours: {
      compiler: "tbcc", messages: ours.messages, verdicts: asked?.ours.verdicts,
      description: ours.object === undefined ? undefined : describeObject(ours.object),
    },
    ...(theirs === undefined ? besideGolden(source, flags, seen) : {
      theirs: {
        compiler: "clang-19", messages: theirs.messages, verdicts: asked?.theirs?.verdicts,
        description: theirs.object === undefined ? undefined : describeObject(theirs.object),
      },
      machine: seen === undefined || theirs.object === undefined ? undefined
        : { runs: seen.observations.length, differences: differences(seen, observe(theirs.object)) },
    }),
    kernel: asked === undefined ? undefined : kernelLikeness(asked.ours, asked.theirs),
    faults: seen === undefined ? [] : faults(seen),
  };
}

function besideGolden(
  source: string, flags: readonly string[], seen: Behaviour | undefined,
): Pick<Comparison, "theirs" | "machine"> {
  const path = goldenPath(source);
  const golden = path === undefined || flags.join(" ") !== goldenFlags.join(" ") ? undefined : readGolden(path);
  if (golden === undefined) {
    const messages = "clang-19 is not there, and no golden file has this source at these flags";
    const theirs: Side = { compiler: "clang-19, absent", messages, description: undefined, verdicts: undefined };
    return { theirs, machine: undefined };
  }
  const lines = seen === undefined ? undefined : digest(seen);
  const different = Object.entries(golden.behaviour).flatMap(([name, line]) => (
    lines === undefined || lines[name] === line ? [] : [`on ${name}: ${lines[name] ?? "nothing"} and ${line}`]
  ));
  return {
    theirs: { compiler: "clang-19, golden file", messages: "", description: golden.description, verdicts: undefined },
    machine: seen === undefined ? undefined : { runs: seen.observations.length, differences: different },
  };
}

/** What the kernel says to both. BTF of code is left away, so that the same is verified in the same manner. */
function askBoth(
  source: string, flags: readonly string[], theirs: ObjectFile | undefined, fills: Behaviour["fills"],
): { readonly ours: KernelReport; readonly theirs: KernelReport | undefined } | undefined {
  const { object } = buildByTbcc(source, flags, "btf");
  if (object === undefined) return undefined;
  return {
    ours: askKernel(withoutLines(object), fills),
    theirs: theirs === undefined ? undefined : askKernel(withMapsOf(theirs, object), fills),
  };
}

function kernelLikeness({ behaviour: ours }: KernelReport, report: KernelReport | undefined): Likeness | undefined {
  const theirs = report?.behaviour;
  if (ours === undefined || theirs === undefined) return undefined;
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  return {
    runs: [...ours.values()].filter((shown) => !shown.startsWith(notRun)).length,
    differences: names.filter((name) => ours.get(name) !== theirs.get(name)).slice(0, 10)
      .map((name) => `${name}: ${ours.get(name) ?? "nothing"} and ${theirs.get(name) ?? "nothing"}`),
  };
}
