// asm -O2 -mcpu=v3
/* Equal ends of blocks are there once, with their calls; other maps and other pointers are not mixed up. */
static void *(*lookup)(void *map, const void *key) = (void *)1;
extern int one, two;
int program(unsigned *ctx)
{
	int key;
	long *value;

	// has: program:
	if (ctx[0] == 1)
		key = 7, value = lookup(&one, &key);
	else if (ctx[0] == 2)
		key = 9, value = lookup(&one, &key);
	else
		key = 8, value = lookup(&two, &key);
	// has: r1 = two ll
	// has: call 1
	// has: r1 = one ll
	// has: call 1
	return value ? 1 : 0;
}
