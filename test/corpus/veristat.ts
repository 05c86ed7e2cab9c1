/**
 * An object -> what the kernel says of each of its programs, by the kernel's veristat, which loads each program alone,
 * as root.
 */
import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { veristat } from "./sources.ts";

export interface Verdict {
  readonly program: string;
  readonly accepted: boolean;
  /** Instructions that the verifier walked. */
  readonly verified: number;
}

const limit = { encoding: "utf8", timeout: 120_000, maxBuffer: 1 << 28 } as const;

/** One verdict for each program; none where veristat cannot open the object. */
export function verdictsOf(object: string): Verdict[] {
  const run = spawnSync(veristat, ["-o", "csv", "-e", "prog,verdict,insns", object], limit);
  const [heading, ...lines] = (run.stdout ?? "").split("\n").filter((line) => line.includes(","));
  if (heading === undefined) return [];
  return lines.map((line) => {
    const [program = "", verdict = "", verified = ""] = line.split(",");
    return { program, accepted: verdict === "success", verified: Number(verified) };
  });
}

/** Why a program is refused: the last that the verifier, or else the loader, has to say. */
export function reasonOf(object: string, program: string): string {
  const run = spawnSync(veristat, ["-v", "-l", "1", "-f", `${basename(object)}/${program}`, object], limit);
  const log = `${run.stdout ?? ""}`.split("\n");
  const end = log.findIndex((line) => line.startsWith("verification time") || line.startsWith("processed "));
  const said = log.slice(0, end < 0 ? 0 : end).filter((line) => line !== "" && !line.startsWith(";")).at(-1);
  const loader = `${run.stderr ?? ""}`.split("\n").find((line) => line.startsWith("libbpf: ") && !line.includes("failed to load"));
  return (said ?? loader ?? "no reason given").slice(0, 160);
}
