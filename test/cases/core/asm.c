// core
/* An operand of inline assembly that can only be a constant has the offset of the declaration; another one is relocated. */
#define offsetof(type, member) ((unsigned long)&((type *)0)->member)
struct outer { int a, b; struct { int c; char d[4]; } in; } __attribute__((preserve_access_index));

#define TEST __attribute__((section("tc"), noinline))

TEST int constant(void *p)
{
	int got;
	asm volatile("%[got] = *(u32 *)(%[p] + %[at])" : [got] "=r"(got) : [p] "r"(p), [at] "i"(offsetof(struct outer, in.c)));
	return got;
}

TEST long in_register(long base)
{
	asm volatile("%[base] += %[at]" : [base] "+r"(base) : [at] "r"(offsetof(struct outer, in.d)));
	return base;
}
