/**
 * A control group whose processes send packets of a class. withClassGroup(classid, body) makes it and takes it away
 * again; body gets the path of the file to which a process writes its id to join. Needs the oracle "net_cls".
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchPath } from "./scratch.ts";

/** classid is what the programs will see: major number in the upper 16 bits, minor in the lower. */
export function withClassGroup<T>(classid: number, body: (processes: string) => T): T {
  const root = scratchPath("-net_cls");
  const group = join(root, `tbcc-${process.pid}`);
  mkdirSync(root);
  const mount = spawnSync("mount", ["-t", "cgroup", "-o", "net_cls", "cgroup", root], { encoding: "utf8" });
  if (mount.status !== 0) throw new Error(`net_cls cannot be mounted: ${mount.stderr}`);
  try {
    mkdirSync(group);
    writeFileSync(join(group, "net_cls.classid"), `${classid}`);
    return body(join(group, "cgroup.procs"));
  } finally {
    rmdirSync(group);
    spawnSync("umount", [root], { stdio: "ignore" });
    rmdirSync(root);
  }
}
