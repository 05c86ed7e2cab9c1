/**
 * A cable between two machines, for tests of programs under real traffic: two network namespaces with a veth pair.
 *
 * withCable makes it, gives it to the test and takes everything away again, the maps and programs that were pinned on
 * the way included: the loaders are told of a BPF file system of the test's own. Nothing but the test's packets is on
 * the cable: IPv6 is off, and the two ends know each other's Ethernet addresses.
 *
 * Commands run by nsenter, since "ip netns exec" would give each its own /sys, and with that its own pinned maps.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { scratchPath } from "./scratch.ts";

/** One end of the cable. */
export interface Machine {
  readonly device: string;
  readonly address: string;
  /** Runs a command there and gives its standard output; throws with all its output where it fails. */
  run(command: string, ...args: string[]): string;
}

export interface Cable {
  /** The end at which programs are loaded, by convention. */
  readonly left: Machine;
  readonly right: Machine;
  /** Where pinned maps and programs are: "<bpffs>/tc/globals/NAME" for tc's. */
  readonly bpffs: string;
}

let cables = 0;

/** Calls body with a new cable, and cuts it whatever happens. Needs the oracles "root", "netns", "ip" and "nsenter". */
export function withCable<T>(body: (cable: Cable) => T): T {
  const name = `tbcc-${process.pid}-${cables++}`;
  const bpffs = scratchPath("-bpffs");
  const left = machine(`${name}-left`, "v0", "10.99.0.1", bpffs);
  const right = machine(`${name}-right`, "v0", "10.99.0.2", bpffs);
  mkdirSync(bpffs);
  try {
    succeed("mount", ["-t", "bpf", "bpf", bpffs]);
    succeed("ip", ["netns", "add", `${name}-left`]);
    succeed("ip", ["netns", "add", `${name}-right`]);
    left.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v0", "netns", `${name}-right`);
    connect(left, "02:00:00:00:00:01", right, "02:00:00:00:00:02");
    connect(right, "02:00:00:00:00:02", left, "02:00:00:00:00:01");
    return body({ left, right, bpffs });
  } finally {
    // What was not made cannot be removed: no complaint.
    spawnSync("ip", ["netns", "del", `${name}-left`], { stdio: "ignore" });
    spawnSync("ip", ["netns", "del", `${name}-right`], { stdio: "ignore" });
    spawnSync("umount", [bpffs], { stdio: "ignore" });
    rmSync(bpffs, { recursive: true, force: true });
  }
}

/** Sends echo requests and waits for the answers. Throws where one is missing. */
export function ping(from: Machine, to: Machine, count: number): void {
  from.run("ping", "-q", "-c", `${count}`, "-i", "0.01", "-W", "1", to.address);
}

function machine(namespace: string, device: string, address: string, bpffs: string): Machine {
  const env = { ...process.env, TC_BPF_MNT: bpffs };
  return {
    device,
    address,
    run: (command, ...args) => succeed("nsenter", [`--net=/run/netns/${namespace}`, command, ...args], env),
  };
}

function connect(here: Machine, hardware: string, there: Machine, thereHardware: string): void {
  here.run("sh", "-c", "cd /proc/sys/net/ipv6/conf/all 2>/dev/null || exit 0; echo 1 > disable_ipv6");
  here.run("ip", "link", "set", here.device, "address", hardware, "up");
  here.run("ip", "addr", "add", `${here.address}/24`, "dev", here.device);
  here.run("ip", "neigh", "add", there.address, "lladdr", thereHardware, "dev", here.device, "nud", "permanent");
}

function succeed(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): string {
  const run = spawnSync(command, args, { encoding: "utf8", env });
  if (run.status !== 0) {
    throw new Error(`${[command, ...args].join(" ")}\n${run.stdout}${run.stderr}${run.error?.message ?? ""}`);
  }
  return run.stdout;
}
