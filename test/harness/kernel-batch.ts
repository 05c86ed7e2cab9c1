/**
 * An object in the running kernel with one process: loaded by bpftool, its program run over packets one after the other
 * by BPF_PROG_TEST_RUN, and gone again. For tests with many objects; kernel-run.ts keeps one loaded and asks it
 * questions.
 *
 * Needs the oracles "root", "bpftool" and "kernel bpf".
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { need } from "./probe.ts";

export interface BatchRun {
  /** r0, 32 bits, unsigned. */
  readonly result: number;
  readonly packet: Uint8Array;
}

export interface Batch {
  /** What the loader and the verifier said to an object that they refused; undefined when it was accepted. */
  readonly refusal: string | undefined;
  /** One for each packet, in order. */
  readonly runs: readonly BatchRun[];
}

/** Loads objects and runs them over packets that stay the same. */
export class BatchRunner {
  readonly #scratch = mkdtempSync(join(tmpdir(), "kernel-batch-"));
  readonly #pins = `/sys/fs/bpf/${this.#scratch.slice(this.#scratch.lastIndexOf("/") + 1)}`;
  readonly #packets: number;

  constructor(packets: readonly Uint8Array[]) {
    this.#packets = packets.length;
    packets.forEach((packet, i) => writeFileSync(this.#file(`in${i}`), packet));
  }

  /**
   * @param program the function to run; undefined to load only
   * @throws Error when the kernel loads the object, but does not run it
   */
  run(object: Uint8Array, program: string | undefined): Batch {
    writeFileSync(this.#file("object.o"), object);
    const lines = [`prog loadall ${this.#file("object.o")} ${this.#pins}`];
    for (let i = 0; program !== undefined && i < this.#packets; i++) {
      lines.push(`prog run pinned ${this.#pins}/${program} data_in ${this.#file(`in${i}`)} data_out ${this.#file(`out${i}`)}`);
    }
    writeFileSync(this.#file("batch"), `${lines.join("\n")}\n`);
    const { stdout, stderr } = spawnSync(need("bpftool"), ["-j", "batch", "file", this.#file("batch")], {
      encoding: "utf8", maxBuffer: 1 << 28,
    });
    rmSync(this.#pins, { recursive: true, force: true });
    // In an answer stand the commands up to the first that failed.
    const answers: readonly { output: { error?: string; retval?: number } | null }[] = JSON.parse(stdout);
    const [loaded, ...ran] = answers.map(({ output }) => output);
    if (loaded?.error !== undefined) return { refusal: `${stderr}\n${loaded.error}`, runs: [] };
    const runs = ran.map((output, i): BatchRun => {
      if (output?.retval === undefined) throw new Error(`run ${i} of ${program}: ${output?.error} ${stderr}`);
      return { result: output.retval >>> 0, packet: new Uint8Array(readFileSync(this.#file(`out${i}`))) };
    });
    return { refusal: undefined, runs };
  }

  close(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  #file(name: string): string {
    return join(this.#scratch, name);
  }
}
