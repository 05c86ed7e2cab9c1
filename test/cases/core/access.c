// core
/* Which accesses of records ask the running kernel where they are, and by which access string. */
struct task_struct;
struct inner { int q; };
struct outer {
	int a;
	struct named { int x[4]; int y; } named;
	struct inner plain;
	unsigned one : 3, : 2, two : 7;
	int values[5];
	struct inner *pointer;
	struct inner many[3];
	union { int u1; long u2; struct { char c, d; }; };
	int grid[2][3];
	_Bool flag;
	signed long long wide : 40;
} __attribute__((preserve_access_index));
typedef struct { int k, z; } __attribute__((preserve_access_index)) unnamed;

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct pushed { int first, second; };
union either { int i; struct pushed p; };
#pragma clang attribute pop
struct ordinary { int i; struct { int j, k; } in[4]; unsigned b : 5; };

void use(const volatile void *);
#define TEST __attribute__((section("tc"), noinline))

TEST int members(struct outer *s) { return s->a + s->named.y + s->plain.q + s->pointer->q; }
TEST int by_pointer(struct outer *s) { struct named *n = &s->named; return n->y + (&s->plain)->q + (*s).named.x[2]; }
TEST int elements(struct outer *s, long i)
{
	return s->values[0] + s->values[3] + s[2].a + s->pointer[2].q + s->many[1].q + s->many[i].q + s->grid[1][2];
}
TEST int arithmetic(struct outer *s) { return *(s->values + 2) + (s + 1)->a; }
TEST int nameless(struct outer *s) { return s->u1 + (int)s->u2 + s->d; }
TEST int bits(struct outer *s) { return s->one + s->two + s->flag + (int)s->wide; }
TEST void writes(struct outer *s) { s->two = 3; s->values[1] = 7; s->named.x[1]++; s->flag |= 1; }
TEST int typedefs(unnamed *s) { return s->z; }
TEST int pragma(struct pushed *s, union either *e) { return s->second + e->p.second + e->i; }
TEST void addresses(struct outer *s) { use(&s->values[2]); use(&s[3]); use(&s->pointer[2]); use(s->grid); }
TEST int builtin(struct ordinary *o, struct outer *s, int i)
{
	return *__builtin_preserve_access_index(&o->in[2].k) + *__builtin_preserve_access_index(&o[1].i) + o->i +
		*__builtin_preserve_access_index(&o->in[i].k) + *__builtin_preserve_access_index(&s->pointer[1].q);
}
TEST unsigned infos(struct ordinary *o, struct outer *s)
{
	return __builtin_preserve_field_info(o->in[2].k, 0) + __builtin_preserve_field_info(o->b, 1) +
		__builtin_preserve_field_info(((struct ordinary *)0)->in, 2) + __builtin_preserve_field_info(o->b, 3) +
		__builtin_preserve_field_info(s->two, 4) + __builtin_preserve_field_info(s->two, 5) +
		__builtin_preserve_field_info(s->wide, 3) + __builtin_preserve_field_info(s->d, 0) +
		__builtin_preserve_field_info(s->pointer->q, 0);
}
