/*
 * testload OBJECT AUXILIARY TEST...: loads programs of an object as their author has them tested, each in an object of its own.
 *
 * AUXILIARY names, between commas, the programs that are always loaded with the one under test. A TEST is
 * PROGRAM:FLAGS:LEVEL:RUN:TYPES: the flags of BPF_PROG_LOAD and the level of the verifier's log as numbers, 1 where the program
 * is to run over 64 zero bytes, and the object with the types that it is relocated against (by default the kernel's). Each line
 * of the output is a program, what is told, and the value, between tabs: "load" with 0 or the error, "log" in hexadecimal, and
 * "retval".
 *
 * Every test has a process, with 60 seconds of the processor.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char log_text[1 << 20];

struct test {
	const char *program, *types;
	unsigned flags, level, is_run;
};

static int is_among(const char *names, const char *name)
{
	size_t length = strlen(name);

	for (; names; names = strchr(names, ',') ? strchr(names, ',') + 1 : NULL)
		if (!strncmp(names, name, length) && (names[length] == ',' || !names[length]))
			return 1;
	return 0;
}

static void run(const struct test *test, struct bpf_object *object, struct bpf_program *program)
{
	static unsigned char in[64], out[256];
	LIBBPF_OPTS(bpf_test_run_opts, options);
	struct bpf_map *map;

	if (bpf_program__type(program) != BPF_PROG_TYPE_SYSCALL) {
		options.data_in = in;
		options.data_size_in = sizeof(in);
		options.data_out = out;
		options.data_size_out = sizeof(out);
		options.repeat = 1;
	}
	bpf_object__for_each_map(map, object)
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS && bpf_map__autocreate(map))
			bpf_map__attach_struct_ops(map);
	if (!bpf_prog_test_run_opts(bpf_program__fd(program), &options))
		printf("%s\tretval\t%u\n", test->program, options.retval);
}

static void load(const char *path, const char *auxiliary, const struct test *test)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	struct bpf_program *program, *tested = NULL;
	struct bpf_object *object;
	int error;

	if (*test->types)
		options.btf_custom_path = test->types;
	object = bpf_object__open_file(path, &options);
	if (!object)
		return;
	bpf_object__for_each_program(program, object) {
		const char *name = bpf_program__name(program);
		int is_tested = !strcmp(name, test->program);

		bpf_program__set_autoload(program, is_tested || is_among(auxiliary, name));
		if (is_tested)
			tested = program;
	}
	if (!tested)
		return;
	bpf_program__set_flags(tested, bpf_program__flags(tested) | test->flags);
	bpf_program__set_log_buf(tested, log_text, sizeof(log_text));
	bpf_program__set_log_level(tested, test->level);
	error = bpf_object__load(object);
	printf("%s\tload\t%d\n%s\tlog\t", test->program, error, test->program);
	for (const unsigned char *at = (unsigned char *)log_text; *at; at++)
		printf("%02x", *at);
	putchar('\n');
	if (!error && test->is_run)
		run(test, object, tested);
}

static int silent(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return 0;
}

int main(int count, char **arguments)
{
	if (count < 3)
		return 2;
	libbpf_set_print(silent);
	for (int i = 3; i < count; i++) {
		struct test test = { 0 };
		char *field = arguments[i];

		test.program = strsep(&field, ":");
		test.flags = field ? strtoul(strsep(&field, ":"), NULL, 0) : 0;
		test.level = field ? strtoul(strsep(&field, ":"), NULL, 0) : 0;
		test.is_run = field ? strtoul(strsep(&field, ":"), NULL, 0) : 0;
		test.types = field ? field : "";
		fflush(stdout);
		if (fork() == 0) {
			struct rlimit seconds = { 60, 60 };

			setrlimit(RLIMIT_CPU, &seconds);
			load(arguments[1], arguments[2], &test);
			fflush(stdout);
			_exit(0);
		}
		wait(NULL);
	}
	return 0;
}
