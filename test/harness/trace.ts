/**
 * What programs print by trace_printk. collect(body) gives the texts printed while body runs, without the columns that
 * the kernel puts before them. It listens through a trace instance of its own, so that other readers miss nothing and
 * other instances' settings do not matter; programs of others that print at the same time are heard too.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { need } from "./oracles.ts";

/** Needs the oracle "trace". */
export function collectPrinted(body: () => void): string[] {
  const instance = join(need("trace"), "instances", `tbcc-${process.pid}`);
  mkdirSync(instance);
  try {
    const event = join(instance, "events", "bpf_trace", "bpf_trace_printk", "enable");
    writeFileSync(event, "1");
    body();
    writeFileSync(event, "0");
    // "ping-1234 [000] ..s21 12.345: bpf_trace_printk: text"
    return readFileSync(join(instance, "trace"), "utf8")
      .split("\n")
      .flatMap((line) => /: bpf_trace_printk: (.*)$/.exec(line)?.slice(1) ?? [])
      .filter((text) => text !== "");
  } finally {
    rmdirSync(instance);
  }
}
