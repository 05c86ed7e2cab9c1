/**
 * The commands of tc that attach an object's programs to a device, as a shell script.
 *
 * tc loads one section by its name; loaders differ in what else they do (iproute2, lib/bpf_legacy.c and bpf_libbpf.c):
 *
 *   section `maps`   needs tc's own loader, which also puts the programs of sections `ID/KEY` into the map with that id
 *   section `.maps`  is loaded by libbpf, which fills no prog array: each program of a section `ID/KEY` is grafted into
 *                    its map, which has to be pinned, or else it would be empty as soon as tc is gone
 *
 * What cannot be done by a command is said in a comment.
 */
import { isCode, SHT } from "../object/object.ts";
import type { ObjectFile } from "../object/object.ts";
import { BPF_MAP_TYPE_PROG_ARRAY } from "./maps.ts";
import type { DumpedMap } from "./maps.ts";

interface TailSection { readonly name: string; readonly id: number; readonly key: number }

type Hook = "ingress" | "egress" | "action";

/** Beginnings of section names by which libbpf knows programs that are none of tc's. */
const otherKinds = new Set([
  "xdp", "kprobe", "kretprobe", "uprobe", "uretprobe", "ksyscall", "kretsyscall", "usdt", "tracepoint", "tp", "raw_tp",
  "raw_tracepoint", "tp_btf", "fentry", "fexit", "fmod_ret", "freplace", "lsm", "lsm_cgroup", "iter", "syscall",
  "cgroup", "cgroup_skb", "sk_skb", "sk_msg", "sk_lookup", "sk_reuseport", "sockops", "socket", "struct_ops",
  "perf_event", "flow_dissector", "lwt_in", "lwt_out", "lwt_xmit", "lwt_seg6local", "netfilter", "netkit", "lirc_mode2",
]);

/**
 * @param path how tc finds the object
 * @param maps as maps.ts reads them
 */
export function tcCommands(object: ObjectFile, maps: readonly DumpedMap[], path: string, device: string): string {
  const lines: string[] = [];
  const tails: TailSection[] = [];
  const attached: { readonly section: string; readonly hook: Hook }[] = [];
  for (const section of object.sections) {
    if (!isCode(section) || section.type !== SHT.PROGBITS || section.size === 0 || section.name === ".text") continue;
    const tail = tailSection(section.name);
    if (tail !== undefined) {
      tails.push(tail);
      continue;
    }
    const kind = section.name.replace(/^\?/, "").split(/[/.]/, 1)[0] ?? "";
    if (otherKinds.has(kind)) lines.push(`# section ${inComment(section.name)}: not a program for tc`);
    else attached.push({ section: section.name, hook: hookOf(section.name) });
  }
  const legacy = maps.some((map) => map.legacy !== undefined);
  if (legacy) lines.push("# section maps: for a tc with its own loader; one that uses libbpf 1.0 or later refuses it");
  const needsTypes = !legacy && object.sections.some(({ name }) => name === ".maps") &&
    !object.sections.some(({ name }) => name === ".BTF");
  if (needsTypes) lines.push("# section .maps without .BTF: no loader takes it; compile with -g");
  if (attached.length === 0) {
    lines.push("# no program that tc could attach");
    return `${lines.join("\n")}\n`;
  }

  const dev = quote(device), obj = quote(path);
  lines.push(`tc qdisc add dev ${dev} clsact`);
  const places = { ingress: 0, egress: 0 };
  const several = (hook: Hook): boolean =>
    attached.filter((one) => directionOf(one.hook) === directionOf(hook)).length > 1;
  for (const { section, hook } of attached) {
    const direction = directionOf(hook);
    // Without a number tc would put each one in front of the last.
    const order = several(hook) ? ` pref ${++places[direction]}` : "";
    const head = `tc filter add dev ${dev} ${direction}${order}`;
    lines.push(hook === "action" ? `${head} matchall action bpf obj ${obj} sec ${quote(section)}`
      : `${head} bpf direct-action obj ${obj} sec ${quote(section)}`);
  }
  for (const tail of tails) lines.push(...graft(tail, maps, legacy, obj));
  for (const map of maps) {
    if (map.type !== BPF_MAP_TYPE_PROG_ARRAY) continue;
    for (const { index, symbol } of map.values) {
      const advice = "put it into a section of its own and graft it";
      lines.push(`# map ${inComment(map.name)}: tc does not load ${inComment(symbol)} for slot ${index}; ${advice}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function hookOf(section: string): Hook {
  if (/^action(\/|$)/.test(section)) return "action";
  return /egress/.test(section) ? "egress" : "ingress";
}

function directionOf(hook: Hook): "ingress" | "egress" {
  return hook === "egress" ? "egress" : "ingress";
}

/** `ID/KEY`, each number decimal, octal with 0 or hexadecimal with 0x. */
function tailSection(name: string): TailSection | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|\d+)\/(0[xX][0-9a-fA-F]+|\d+)$/.exec(name);
  const id = readNumber(match?.[1]), key = readNumber(match?.[2]);
  return id === undefined || key === undefined ? undefined : { name, id, key };
}

function readNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^0[0-9]/.test(text)) return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
  return Number(text);
}

/** What puts the program of a tail-call section into its map. */
function graft(tail: TailSection, maps: readonly DumpedMap[], legacy: boolean, obj: string): string[] {
  const arrays = maps.filter((map) => map.type === BPF_MAP_TYPE_PROG_ARRAY);
  if (legacy) {
    const map = arrays.find((one) => one.legacy?.id === tail.id);
    return [map === undefined ? `# section ${tail.name}: no map has the id ${tail.id}`
      : `# section ${tail.name}: tc puts it into map ${inComment(map.name)} at ${tail.key} as it loads the object`];
  }
  const [first, second] = arrays;
  if (first === undefined) return [`# section ${tail.name}: there is no prog array to put it into`];
  const command = (map: DumpedMap): string =>
    `tc exec bpf graft m:globals/${quote(map.name)} key ${tail.key} obj ${obj} sec ${quote(tail.name)}`;
  if (second !== undefined) {
    // A map in .maps has no id: whose the program is only its author knows.
    const head = `# section ${tail.name}: into the map that has the id ${tail.id}, one of:`;
    return [head, ...arrays.map((map) => `# ${inComment(command(map))}`)];
  }
  if (first.pinning !== "by name") {
    return [`# section ${tail.name}: map ${inComment(first.name)} is not pinned, so that tc cannot put a program into it`];
  }
  return [command(first)];
}

/** A name from the object that stays in its comment, whatever characters it has. */
function inComment(name: string): string {
  return name.replace(/\p{Cc}/gu, "?");
}

/** A word for the shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
