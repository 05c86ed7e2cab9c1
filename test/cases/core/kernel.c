// core
/* Reads the running kernel's task through records whose layout is made up: returns the line where something is wrong. */
typedef unsigned int u32; typedef unsigned long long u64;
#define CORE __attribute__((preserve_access_index))

struct mm_struct { int none; u64 start_stack; } CORE;
struct task_struct___mine {
	char comm[16];
	struct task_struct___mine *group_leader;
	int pid, tgid;
	int no_such_field;
	unsigned in_execve : 1, sched_reset_on_fork : 1;
} CORE;
struct no_such_type { int i; } CORE;
enum bpf_map_type { BPF_MAP_TYPE_HASH = 77, NO_SUCH_VALUE };

static u64 (*const get_current_pid_tgid)(void) = (void *)14;
static long (*const get_current_comm)(void *, u32) = (void *)16;
static void *(*const get_current_task)(void) = (void *)35;
static long (*const probe_read_kernel)(void *, u32, const void *) = (void *)113;

#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

__attribute__((section("tc"), used)) int check(void *ctx)
{
	struct task_struct___mine *task = get_current_task(), *leader = 0;
	u64 id = get_current_pid_tgid();
	int pid = -1, tgid = -1, leading = -1;
	char comm[16] = {}, first = 0;

	CHECK(probe_read_kernel(&pid, sizeof(pid), &task->pid) == 0 && pid == (int)id);
	CHECK(probe_read_kernel(&tgid, sizeof(tgid), &task->tgid) == 0 && tgid == (int)(id >> 32));
	CHECK(probe_read_kernel(&leader, sizeof(leader), &task->group_leader) == 0);
	CHECK(probe_read_kernel(&leading, sizeof(leading), &leader->pid) == 0 && leading == tgid);
	get_current_comm(comm, sizeof(comm));
	CHECK(probe_read_kernel(&first, 1, &task->comm[1]) == 0 && first == comm[1]);

	CHECK(__builtin_preserve_field_info(task->pid, 2) == 1);
	CHECK(__builtin_preserve_field_info(task->pid, 1) == 4);
	CHECK(__builtin_preserve_field_info(task->pid, 3) == 1);
	if (__builtin_preserve_field_info(task->no_such_field, 2))
		CHECK(probe_read_kernel(&pid, sizeof(pid), &task->no_such_field) == 0);
	CHECK(__builtin_preserve_field_info(task->no_such_field, 2) == 0);
	CHECK(__builtin_preserve_field_info(task->sched_reset_on_fork, 5) == 63);
	CHECK(__builtin_preserve_field_info(task->in_execve, 3) == 0);
	CHECK(__builtin_preserve_type_info(*(struct mm_struct *)0, 0) == 1);
	CHECK(__builtin_preserve_type_info(*(struct mm_struct *)0, 1) > sizeof(struct mm_struct));
	CHECK(__builtin_preserve_type_info(*(struct no_such_type *)0, 0) == 0);
	CHECK(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_HASH, 1) == 1);
	CHECK(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_HASH, 0) == 1);
	CHECK(__builtin_preserve_enum_value(*(enum bpf_map_type *)NO_SUCH_VALUE, 0) == 0);
	CHECK(__builtin_btf_type_id(*(struct mm_struct *)0, 1) != 0);
	return 0;
}
char _license[] __attribute__((section("license"), used)) = "GPL";
