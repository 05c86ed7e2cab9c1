// asm -O2 -mcpu=v3
/* Constants are stored at once where the address is not the context's, through a register where it may be. */
struct context { unsigned a, b; };
static void *(*lookup)(void *map, const void *key) = (void *)1;
extern int map;
int program(struct context *ctx)
{
	int key = 3;
	long *value = lookup(&map, &key);

	// has: program:
	// has: *(u32 *)(r10 - 4) = 3
	// has: call 1
	if (value)
		*value = 77;
	// has: *(u64 *)(r0 + 0) = 77
	ctx->b = 5;
	// has: = 5
	// has: *(u32 *)(r6 + 4) = r
	// not: *(u32 *)(r6 + 4) = 5
	return 0;
}
