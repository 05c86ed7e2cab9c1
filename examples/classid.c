/*
 * Priority by control group: packets of the processes in a net_cls group take the group's class as their priority,
 * so that a classful queueing discipline below sorts them without another filter. Each class's traffic is counted.
 *
 *   tbcc -O2 -o classid.o classid.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 egress bpf da obj classid.o
 *
 *   mkdir /sys/fs/cgroup/net_cls/backup
 *   echo 0x00010020 > /sys/fs/cgroup/net_cls/backup/net_cls.classid      # class 1:20
 *   echo $$ > /sys/fs/cgroup/net_cls/backup/cgroup.procs
 *   bpftool map dump pinned /sys/fs/bpf/tc/globals/class_traffic
 */
#include "bpf_api.h"

struct traffic {
  uint64_t packets;
  uint64_t bytes;
};

/* From a class to its traffic. */
BPF_HASH(class_traffic, 0, sizeof(uint32_t), sizeof(struct traffic), PIN_GLOBAL_NS, 256);

static __inline__ void count(uint32_t class, uint32_t bytes)
{
  struct traffic *known = map_lookup_elem(&class_traffic, &class);

  if (known) {
    lock_xadd(&known->packets, 1);
    lock_xadd(&known->bytes, bytes);
  } else {
    struct traffic first = {.packets = 1, .bytes = bytes};

    /* If another processor was faster, its entry stays and this packet goes uncounted. */
    map_update_elem(&class_traffic, &class, &first, BPF_NOEXIST);
  }
}

__section_cls_entry int classify(struct __sk_buff *skb)
{
  uint32_t class = get_cgroup_classid(skb);

  /* 0: the sender is in no group, or the kernel sends for itself. Its priority stays as it is. */
  if (class != 0) {
    skb->priority = class;
    count(class, skb->len);
  }
  return TC_ACT_OK;
}

BPF_LICENSE("GPL");
