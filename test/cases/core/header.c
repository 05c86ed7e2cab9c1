// core
/* The macros of bpf/bpf_core_read.h on the running kernel's task: returns the line where something is wrong. */
#include <linux/types.h>
#include <bpf/bpf_core_read.h>

#define CORE __attribute__((preserve_access_index))
struct task_struct {
	struct task_struct *group_leader, *real_parent;
	int pid, tgid;
	char comm[16];
	unsigned sched_reset_on_fork : 1;
};
struct task_struct___other {
	int no_such_field;
	struct task_struct *group_leader;
} CORE;
enum bpf_map_type { BPF_MAP_TYPE_ARRAY = 1000, NO_SUCH_TYPE };
struct no_such_record;

#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

SEC("tc") int check(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task(), *leader;
	struct task_struct___other *other = (void *)task;
	__u64 id = bpf_get_current_pid_tgid();
	char comm[16], own[16] = {};

	CHECK(BPF_CORE_READ(task, pid) == (int)id);
	CHECK(BPF_CORE_READ(task, group_leader, tgid) == id >> 32);
	CHECK(BPF_CORE_READ(other, group_leader, group_leader, pid) == id >> 32);
	CHECK(BPF_CORE_READ_INTO(&leader, task, group_leader, group_leader) == 0);
	CHECK(BPF_CORE_READ(leader, pid) == id >> 32);
	bpf_get_current_comm(own, sizeof(own));
	CHECK(BPF_CORE_READ_STR_INTO(&comm, task, comm) > 0 && comm[0] == own[0] && comm[1] == own[1]);
	CHECK(bpf_core_read(comm, sizeof(comm), &task->comm) == 0 && comm[2] == own[2]);

	CHECK(bpf_core_field_exists(task->pid) && bpf_core_field_exists(struct task_struct, comm));
	CHECK(!bpf_core_field_exists(other->no_such_field));
	CHECK(bpf_core_field_size(struct task_struct, comm) == 16 && bpf_core_field_offset(task->pid) > 0);
	CHECK(bpf_core_type_exists(struct task_struct) && !bpf_core_type_exists(struct no_such_record));
	CHECK(bpf_core_type_size(struct task_struct) > sizeof(struct task_struct));
	CHECK(!bpf_core_type_matches(struct no_such_record));
	CHECK(bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_ARRAY) == 2);
	CHECK(bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_ARRAY));
	CHECK(!bpf_core_enum_value_exists(enum bpf_map_type, NO_SUCH_TYPE));
	CHECK(bpf_core_type_id_local(struct task_struct___other) && bpf_core_type_id_kernel(struct task_struct));
	CHECK(BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork) <= 1);
	return 0;
}

char _license[] SEC("license") = "GPL";
