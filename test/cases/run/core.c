// run
/* CO-RE with the answers that the program's own types give: what is read and written is what plain C reads and writes. */
#include <linux/types.h>
#include <bpf/bpf_core_read.h>

#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct fields {
	int before;
	unsigned first : 3;
	int second : 7;
	unsigned : 4;
	unsigned long long third : 40;
	unsigned char fourth : 2;
	signed char fifth : 5;
	unsigned sixth : 32;
	_Bool seventh : 1;
};
struct packed { char c; unsigned u : 17; long long l : 33; unsigned short s : 6; } __attribute__((packed));
struct outer {
	struct fields *at;
	struct { short values[4]; union { int i; char c[4]; }; } in[3];
	long end;
};
/* The same, relocated. */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct fields___core {
	int before;
	unsigned first : 3;
	int second : 7;
	unsigned : 4;
	unsigned long long third : 40;
	unsigned char fourth : 2;
	signed char fifth : 5;
	unsigned sixth : 32;
	_Bool seventh : 1;
};
struct packed___core { char c; unsigned u : 17; long long l : 33; unsigned short s : 6; } __attribute__((packed));
struct outer___core {
	struct fields___core *at;
	struct { short values[4]; union { int i; char c[4]; }; } in[3];
	long end;
};
#pragma clang attribute pop

static struct fields plain = { 1, 5, -60, 0x8765432109, 2, -13, 0xdeadbeef, 1 };
static struct packed tight = { 1, 0x1abcd, -0xabcdef01LL, 0x25 };
static struct outer all = { &plain, { { { 1, 2, 3, -4 }, { 5 } }, { { 6, 7, 8, 9 }, { 10 } } }, 11 };

__attribute__((noinline)) static int direct(struct fields___core *f)
{
	CHECK(f->before == 1 && f->first == 5 && f->second == -60 && f->third == 0x8765432109 && f->fourth == 2);
	CHECK(f->fifth == -13 && f->sixth == 0xdeadbeef && f->seventh);
	f->second = 33;
	f->third++;
	f->fifth -= 2;
	f->seventh = 0;
	CHECK(plain.second == 33 && plain.third == 0x876543210a && plain.fifth == -15 && !plain.seventh);
	CHECK(plain.first == 5 && plain.fourth == 2 && plain.sixth == 0xdeadbeef);
	return 0;
}

__attribute__((noinline)) static int shifted(struct fields *f)
{
	CHECK(BPF_CORE_READ_BITFIELD(f, first) == 5 && (int)BPF_CORE_READ_BITFIELD(f, second) == 33);
	CHECK(BPF_CORE_READ_BITFIELD(f, third) == 0x876543210a && BPF_CORE_READ_BITFIELD(f, fourth) == 2);
	CHECK((int)BPF_CORE_READ_BITFIELD(f, fifth) == -15 && BPF_CORE_READ_BITFIELD(f, sixth) == 0xdeadbeef);
	CHECK((int)BPF_CORE_READ_BITFIELD(f, before) == 1);
	BPF_CORE_WRITE_BITFIELD(f, second, -7);
	BPF_CORE_WRITE_BITFIELD(f, third, 0x1234567890);
	CHECK(f->first == 5 && f->second == -7 && f->third == 0x1234567890 && f->fourth == 2 && f->fifth == -15);
	return 0;
}

__attribute__((noinline)) static int straddling(struct packed___core *p)
{
	CHECK(p->c == 1 && p->u == 0x1abcd && p->l == -0xabcdef01LL && p->s == 0x25);
	p->u = 0x15555;
	p->s ^= 0x3f;
	CHECK(tight.c == 1 && tight.u == 0x15555 && tight.l == -0xabcdef01LL && tight.s == (0x25 ^ 0x3f));
	return 0;
}

__attribute__((noinline)) static int nested(struct outer___core *o, struct outer *p, int i)
{
	CHECK(o->in[0].values[3] == -4 && o->in[1].values[i] == 7 && o->in[i].i == 10 && o->end == 11);
	CHECK(o->at->before == 1 && (&o->in[1])->values[0] == 6 && *(o->in[1].values + 2) == 8);
	o->in[2].values[1] = 77;
	o->in[i].c[0] = 0;
	CHECK(all.in[2].values[1] == 77 && all.in[1].c[0] == 0);
	CHECK(*__builtin_preserve_access_index(&p->in[1].values[3]) == 9);
	CHECK(__builtin_preserve_access_index(&p->in[i].values[i]) == &all.in[1].values[1]);
	CHECK(&o[1].end == (long *)(&all + 1) + 6);
	CHECK(__builtin_preserve_field_info(p->in[2].values, 0) == (unsigned)((char *)all.in[2].values - (char *)&all));
	CHECK(__builtin_preserve_field_info(p->in[2].values, 1) == 8);
	return 0;
}

struct mixed___core {
	struct fields___core in;
	struct fields ordinary;
	struct packed___core many[2];
	union { short s; int i; } u;
	char text[8];
} __attribute__((preserve_access_index));

__attribute__((noinline)) static int initialized(int i, struct fields *f)
{
	struct mixed___core local = {
		.in = { .before = i, .second = i - 9, .fifth = -i, .sixth = ~i }, .ordinary = { i + 1, 7, i - 5, i },
		.many[1] = { 'x', i, -i }, .u.i = i << 16, .text = "text",
	};
	struct { struct mixed___core *at; struct outer___core o; } other = { &local, { 0, { [1] = { { i, 0, i }, { i } } }, i } };
	struct mixed___core copy = { .ordinary = *f, .u.s = i };

	CHECK(local.in.before == 3 && local.in.first == 0 && local.in.second == -6 && local.in.third == 0);
	CHECK(local.in.fifth == -3 && local.in.sixth == ~3u && local.in.seventh == 0);
	CHECK(local.ordinary.before == 4 && local.ordinary.first == 7 && local.ordinary.second == -2 && local.ordinary.third == 3);
	CHECK(local.many[0].c == 0 && local.many[1].c == 'x' && local.many[1].u == 3 && local.many[1].l == -3);
	CHECK(local.u.i == 3 << 16 && local.text[0] == 't' && local.text[3] == 't' && !local.text[4]);
	CHECK(other.at == &local && other.o.in[1].values[0] == 3 && other.o.in[1].values[1] == 0);
	CHECK(other.o.in[1].values[2] == 3 && other.o.in[1].i == 3 && other.o.end == 3 && other.o.at == 0);
	CHECK(copy.ordinary.first == f->first && copy.ordinary.third == f->third && copy.u.s == 3 && copy.in.before == 0);
	return 0;
}

int test(void)
{
	struct outer___core local;
	int wrong = direct((struct fields___core *)&plain);

	if (wrong || (wrong = shifted(&plain)) || (wrong = straddling((struct packed___core *)&tight)))
		return wrong;
	if ((wrong = nested((struct outer___core *)&all, &all, 1)))
		return wrong;
	if ((wrong = initialized(all.in[0].values[2], &plain)))
		return wrong;
	local.in[1].values[2] = 5;
	local.end = local.in[1].values[2] + 1;
	CHECK(local.end == 6);
	CHECK(bpf_core_type_size(struct outer) == sizeof(struct outer));
	return 0;
}
