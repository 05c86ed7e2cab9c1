// asm -O2 -mcpu=v3
/* What is subtracted from a pointer is subtracted, but from the stack: the verifier knows nothing of negated numbers there. */
static void *(*lookup)(void *map, const void *key) = (void *)1;
extern int map;
long program(long *context)
{
	long n = context[0] & 7, i = context[1] & 3;
	int key = 3;
	char *value = lookup(&map, &key);
	volatile char bytes[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

	// has: program:
	// has: call 1
	if (!value)
		return 0;
	return *(value + 8 - n) + *(bytes + 7 - i);
	// has: r0 -= r
	// has: = -r
	// has: exit
}
