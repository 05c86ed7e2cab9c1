/*
 * testrun PACKETS OBJECT: runs each program of an object, and writes down all that the run leaves behind.
 *
 * PACKETS holds packets, each behind its length (32 bits, little-endian). A program is loaded by the loader library in an object
 * of its own, with those that its author calls auxiliary (where it does not load so: with all others), and run by
 * BPF_PROG_TEST_RUN over the packets in turn; programs that take no packet get numbers in their context, as many times.
 * Types that the kernel cannot run so are left out. Each line of the output is a program, what is told, and the value, between
 * tabs: "retval 0" .. of each run, "packet 0", "context 0"; after the last run "variable .bss:name" of global data, by the names
 * in BTF, since each compiler orders them as it likes; "map name key" of maps with arrays or tables; and "records name" of ring
 * buffers. "expected" is the author's __retval for the first run, "loaded" says how it was loaded.
 *
 * Every program has a process, with 30 seconds of the processor and 200 of the clock.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PACKETS 32
#define ROOM 8192

struct packet {
	unsigned size;
	unsigned char *bytes;
};

static struct packet packets[MAX_PACKETS];
static unsigned packet_count;
static const char *program_name;

static void tell(const char *what, const char *detail, const void *bytes, unsigned size)
{
	const unsigned char *at = bytes;

	printf("%s\t%s%s%s\t", program_name, what, *detail ? " " : "", detail);
	for (unsigned i = 0; i < size; i++)
		printf("%02x", at[i]);
	putchar('\n');
}

static void read_packets(const char *path)
{
	FILE *file = fopen(path, "rb");
	unsigned size;

	while (file && packet_count < MAX_PACKETS && fread(&size, 4, 1, file) == 1) {
		struct packet *packet = &packets[packet_count++];

		packet->size = size;
		packet->bytes = calloc(1, ROOM);
		if (size > ROOM || fread(packet->bytes, 1, size, file) != size)
			exit(2);
	}
	if (!packet_count)
		exit(2);
	fclose(file);
}

/* The text behind a decl tag of the function that starts so; index counts them. */
static const char *tag_of(const struct btf *btf, const char *function, const char *start, int index)
{
	for (unsigned id = 1; btf && id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		const char *text;

		if (!btf_is_decl_tag(type) || btf_decl_tag(type)->component_idx != -1)
			continue;
		text = btf__str_by_offset(btf, type->name_off);
		if (strncmp(text, start, strlen(start)))
			continue;
		type = btf__type_by_id(btf, type->type);
		if (btf_is_func(type) && !strcmp(btf__str_by_offset(btf, type->name_off), function) && !index--)
			return text + strlen(start);
	}
	return NULL;
}

static const struct { const char *name; unsigned flag; } flag_names[] = {
	{ "BPF_F_ANY_ALIGNMENT", BPF_F_ANY_ALIGNMENT },
	{ "BPF_F_STRICT_ALIGNMENT", BPF_F_STRICT_ALIGNMENT },
	{ "BPF_F_TEST_RND_HI32", BPF_F_TEST_RND_HI32 },
	{ "BPF_F_TEST_STATE_FREQ", BPF_F_TEST_STATE_FREQ },
	{ "BPF_F_SLEEPABLE", BPF_F_SLEEPABLE },
	{ "BPF_F_XDP_HAS_FRAGS", BPF_F_XDP_HAS_FRAGS },
	{ "BPF_F_TEST_REG_INVARIANTS", BPF_F_TEST_REG_INVARIANTS },
};

static void set_flags(const struct btf *btf, struct bpf_program *program)
{
	const char *text;

	for (int i = 0; (text = tag_of(btf, bpf_program__name(program), "comment:test_prog_flags=", i)); i++) {
		const char *name = *text == '!' ? text + 1 : text;
		unsigned flags = bpf_program__flags(program), flag = strtoul(name, NULL, 0);

		for (unsigned j = 0; j < sizeof(flag_names) / sizeof(*flag_names); j++)
			if (!strcmp(name, flag_names[j].name))
				flag = flag_names[j].flag;
		bpf_program__set_flags(program, *text == '!' ? flags & ~flag : flags | flag);
	}
}

/* What the author expects of the first run: decimal or hexadecimal, or a name that only their test knows. */
static void tell_expected(const struct btf *btf)
{
	const char *text = tag_of(btf, program_name, "comment:test_retval=", 0);
	char *end;
	int value;

	if (!text)
		return;
	value = strtoul(text, &end, 0);
	if (!strcmp(text, "INT_MIN"))
		value = -2147483647 - 1;
	else if (!strcmp(text, "TEST_DATA_LEN"))
		value = 64;
	else if (*end)
		return;
	tell("expected", "", &value, 4);
}

static int is_runnable(enum bpf_prog_type type)
{
	switch (type) {
	case BPF_PROG_TYPE_SOCKET_FILTER: case BPF_PROG_TYPE_SCHED_CLS: case BPF_PROG_TYPE_SCHED_ACT:
	case BPF_PROG_TYPE_CGROUP_SKB: case BPF_PROG_TYPE_LWT_IN: case BPF_PROG_TYPE_LWT_OUT: case BPF_PROG_TYPE_LWT_XMIT:
	case BPF_PROG_TYPE_LWT_SEG6LOCAL: case BPF_PROG_TYPE_XDP: case BPF_PROG_TYPE_FLOW_DISSECTOR:
	case BPF_PROG_TYPE_NETFILTER: case BPF_PROG_TYPE_RAW_TRACEPOINT: case BPF_PROG_TYPE_SYSCALL:
	case BPF_PROG_TYPE_SK_LOOKUP:
		return 1;
	default:
		return 0;
	}
}

static void run(int fd, enum bpf_prog_type type, unsigned index)
{
	static unsigned char context[4096], context_out[4096], data_out[ROOM];
	const struct packet *packet = &packets[index];
	LIBBPF_OPTS(bpf_test_run_opts, options);
	char number[16];
	int error;

	sprintf(number, "%u", index);
	memset(context, 0, sizeof(context));
	memset(context_out, 0, sizeof(context_out));
	memset(data_out, 0, sizeof(data_out));
	switch (type) {
	case BPF_PROG_TYPE_RAW_TRACEPOINT:
	case BPF_PROG_TYPE_SYSCALL:
		for (unsigned i = 0; i < packet->size; i++)
			context[i] = packet->bytes[i];
		options.ctx_in = context;
		options.ctx_size_in = type == BPF_PROG_TYPE_SYSCALL ? sizeof(context) : 12 * 8;
		break;
	case BPF_PROG_TYPE_SK_LOOKUP: {
		struct bpf_sk_lookup *lookup = (void *)context;

		lookup->family = index & 1 ? AF_INET6 : AF_INET;
		lookup->protocol = index & 2 ? 17 : 6;
		lookup->remote_port = 0x3930;
		lookup->local_port = 80 + index;
		lookup->remote_ip6[0] = 1, lookup->local_ip6[3] = 2;
		lookup->remote_ip4 = 0x0100000a, lookup->local_ip4 = 0x0200000a;
		options.ctx_in = context;
		options.ctx_size_in = sizeof(*lookup);
		break;
	}
	case BPF_PROG_TYPE_XDP:
		((struct xdp_md *)context)->data_end = packet->size;
		options.ctx_in = context;
		options.ctx_size_in = sizeof(struct xdp_md);
		options.ctx_out = context_out;
		options.ctx_size_out = sizeof(struct xdp_md);
		goto data;
	case BPF_PROG_TYPE_FLOW_DISSECTOR:
	case BPF_PROG_TYPE_NETFILTER:
		goto data;
	default:
		options.ctx_out = context_out;
		options.ctx_size_out = sizeof(struct __sk_buff);
	data:
		options.repeat = 1;
		options.data_in = packet->bytes;
		options.data_size_in = packet->size;
		options.data_out = data_out;
		options.data_size_out = sizeof(data_out);
	}
	error = bpf_prog_test_run_opts(fd, &options);
	if (error) {
		tell("error", number, &error, 4);
		return;
	}
	tell("retval", number, &options.retval, 4);
	if (options.data_out)
		tell("packet", number, data_out, options.data_size_out);
	if (options.ctx_out)
		tell("context", number, context_out, options.ctx_size_out);
	else if (type == BPF_PROG_TYPE_SYSCALL)
		tell("context", number, context, sizeof(context));
}

static void tell_variables(const struct btf *btf, const char *section, const unsigned char *value)
{
	int id = btf ? btf__find_by_name_kind(btf, section, BTF_KIND_DATASEC) : -1;
	const struct btf_type *type;
	const struct btf_var_secinfo *info;

	if (id < 0)
		return;
	type = btf__type_by_id(btf, id);
	info = btf_var_secinfos(type);
	for (int i = 0; i < btf_vlen(type); i++, info++) {
		const char *name = btf__str_by_offset(btf, btf__type_by_id(btf, info->type)->name_off);
		char path[512];

		snprintf(path, sizeof(path), "%s:%s", section, name);
		tell("variable", path, value + info->offset, info->size);
	}
}

static int tell_record(void *name, void *bytes, size_t size)
{
	tell("records", name, bytes, size);
	return 0;
}

static void tell_map(const struct btf *btf, struct bpf_map *map)
{
	int fd = bpf_map__fd(map), is_per_cpu = 0;
	unsigned key_size = bpf_map__key_size(map), value_size = bpf_map__value_size(map);
	unsigned char *key = calloc(1, key_size + 8), *value;
	const char *section = bpf_map__name(map);
	const void *previous = NULL;

	switch (bpf_map__type(map)) {
	case BPF_MAP_TYPE_RINGBUF: {
		struct ring_buffer *records = ring_buffer__new(fd, tell_record, (void *)section, NULL);

		if (records)
			ring_buffer__consume(records);
		return;
	}
	case BPF_MAP_TYPE_PERCPU_ARRAY: case BPF_MAP_TYPE_PERCPU_HASH: case BPF_MAP_TYPE_LRU_PERCPU_HASH:
		is_per_cpu = 1;
	case BPF_MAP_TYPE_ARRAY: case BPF_MAP_TYPE_HASH: case BPF_MAP_TYPE_LRU_HASH: case BPF_MAP_TYPE_LPM_TRIE:
		break;
	default:
		return;
	}
	if (is_per_cpu)
		value_size = (value_size + 7) / 8 * 8 * libbpf_num_possible_cpus();
	value = calloc(1, value_size);
	/* More entries than these are in maps that nothing fills. */
	for (unsigned i = 0; i < 1024 && !bpf_map_get_next_key(fd, previous, key); i++, previous = key) {
		char text[1024] = "";

		if (bpf_map_lookup_elem(fd, key, value))
			continue;
		if (bpf_map__is_internal(map)) {
			/* The loader puts the object's name before the section's. */
			tell_variables(btf, strchr(section, '.') ? strchr(section, '.') : section, value);
			continue;
		}
		snprintf(text, sizeof(text), "%s ", section);
		for (unsigned j = 0, at = strlen(text); j < key_size && at + 3 < sizeof(text); j++, at += 2)
			sprintf(text + at, "%02x", key[j]);
		tell("map", text, value, value_size);
	}
	free(key);
	free(value);
}

static struct bpf_object *load(const char *path, int with_all)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program;
	const struct btf *btf;
	struct bpf_map *map;

	if (!object)
		return NULL;
	btf = bpf_object__btf(object);
	bpf_object__for_each_program(program, object) {
		const char *name = bpf_program__name(program);
		int is_it = !strcmp(name, program_name);

		bpf_program__set_autoload(program, with_all || is_it || tag_of(btf, name, "comment:test_auxiliary", 0));
		set_flags(btf, program);
	}
	bpf_object__for_each_map(map, object) {
		bpf_map__set_pin_path(map, NULL);
		switch (bpf_map__type(map)) {
		case BPF_MAP_TYPE_SK_STORAGE: case BPF_MAP_TYPE_TASK_STORAGE: case BPF_MAP_TYPE_INODE_STORAGE:
		case BPF_MAP_TYPE_CGROUP_STORAGE: case BPF_MAP_TYPE_CGRP_STORAGE:
			break;
		default:
			if (!bpf_map__max_entries(map))
				bpf_map__set_max_entries(map, bpf_map__type(map) == BPF_MAP_TYPE_RINGBUF ? 4096 : 1);
		}
	}
	if (!bpf_object__load(object))
		return object;
	bpf_object__close(object);
	return NULL;
}

static void run_program(const char *path)
{
	struct bpf_object *object = load(path, 0);
	struct bpf_program *program;
	const struct btf *btf;
	struct bpf_map *map;

	tell("loaded", object ? "alone" : "with others", "", 0);
	if (!object)
		object = load(path, 1);
	if (!object) {
		tell("refused", "", "", 0);
		return;
	}
	btf = bpf_object__btf(object);
	program = bpf_object__find_program_by_name(object, program_name);
	tell_expected(btf);
	for (unsigned i = 0; i < packet_count; i++)
		run(bpf_program__fd(program), bpf_program__type(program), i);
	bpf_object__for_each_map(map, object)
		tell_map(btf, map);
}

static int silent(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return 0;
}

int main(int count, char **arguments)
{
	struct bpf_object *object;
	struct bpf_program *program;
	cpu_set_t first;

	if (count < 3)
		return 2;
	libbpf_set_print(silent);
	read_packets(arguments[1]);
	/* Values of each processor stay comparable. */
	CPU_ZERO(&first);
	CPU_SET(0, &first);
	sched_setaffinity(0, sizeof(first), &first);
	object = bpf_object__open_file(arguments[2], NULL);
	if (!object)
		return 1;
	bpf_object__for_each_program(program, object) {
		int status;

		if (!is_runnable(bpf_program__type(program)))
			continue;
		program_name = bpf_program__name(program);
		if (count > 3) {
			int is_asked = 0;

			for (int i = 3; i < count; i++)
				is_asked |= !strcmp(arguments[i], program_name);
			if (!is_asked)
				continue;
		}
		fflush(stdout);
		if (fork() == 0) {
			struct rlimit seconds = { 30, 30 };

			setrlimit(RLIMIT_CPU, &seconds);
			alarm(200);
			run_program(arguments[2]);
			fflush(stdout);
			_exit(0);
		}
		wait(&status);
		if (WIFSIGNALED(status))
			tell("killed", "", "", 0);
	}
	return 0;
}
