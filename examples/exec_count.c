/*
 * Who starts what: for every program that is executed, how often, and the process that did so last, from the
 * scheduler's tracepoint.
 *
 *   tbcc -O2 -g -o exec_count.o exec_count.c
 *   bpftool prog loadall exec_count.o /sys/fs/bpf/exec_count autoattach
 *   bpftool map dump name executed
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define NAME_LENGTH 64

/* What the tracepoint hands over: /sys/kernel/tracing/events/sched/sched_process_exec/format. */
struct exec_event {
  __u16 common_type;
  __u8 common_flags;
  __u8 common_preempt_count;
  __s32 common_pid;
  /* Where in the event the file name is (low half), and its length (high half). */
  __u32 filename_location;
  __s32 pid;
  __s32 old_pid;
};

struct program {
  char name[NAME_LENGTH];
};

struct executions {
  __u64 count;
  __u64 last_time;
  __u32 last_pid;
  __u32 last_uid;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4096);
  __type(key, struct program);
  __type(value, struct executions);
} executed SEC(".maps");

SEC("tracepoint/sched/sched_process_exec")
int count_exec(struct exec_event *event)
{
  const char *filename = (const char *)event + (event->filename_location & 0xffff);
  /* What the name leaves of the key must be zero: the whole of it is compared. */
  struct program program = {};
  struct executions *known;

  if (bpf_probe_read_kernel_str(program.name, sizeof(program.name), filename) < 0)
    return 0;

  known = bpf_map_lookup_elem(&executed, &program);
  if (!known) {
    struct executions none = {};

    bpf_map_update_elem(&executed, &program, &none, BPF_NOEXIST);
    known = bpf_map_lookup_elem(&executed, &program);
    if (!known)
      return 0;
  }
  __sync_fetch_and_add(&known->count, 1);
  known->last_time = bpf_ktime_get_ns();
  known->last_pid = bpf_get_current_pid_tgid() >> 32;
  known->last_uid = bpf_get_current_uid_gid();
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
