// asm -O2 -mcpu=v3
/* Operands, early outputs, tied operands, memory, immediates (also those that come to be), labels, clobbers of inline assembly. */
long operands(long x)
{
	long y;
	unsigned w;
	int loc = 1;

	asm volatile("%0 = %1; %0 += 5; if %0 > 10 goto l_%=; %0 = 3; l_%=:" : "=&r"(y) : "r"(x));
	// has: operands:
	// has: += 5
	// has: > 10 goto
	// has: = 3
	asm volatile("%[out] = %[in]\n\t%[out] += w1" : [out] "=w"(w) : [in] "i"(42) : "r1");
	// has: = 42
	// has: += w1
	asm volatile("r0 = 7; *(u32 *)%0 = r0" : "=m"(loc) : : "r0", "memory");
	// has: r0 = 7
	// has: *(u32 *)(r10 - 4) = r0
	asm volatile("%0 <<= 3" : "+r"(y));
	// has: <<= 3
	return y + w + loc;
}

long either(long x)
{
	int bound = -1;
	// has: either:
	asm volatile("if %0 s<= %1 goto +1; %0 = 0" : "+r"(x) : "ri"(bound));
	// has: s<= -1 goto
	return x;
}

int table[2] = { 1, 2 };

static inline __attribute__((always_inline)) void named(const void *p)
{
	long r;
	asm volatile("%0 = %1 ll" : "=r"(r) : "i"(p));
}

void symbols(void)
{
	// has: symbols:
	named(table);
	// has: = table ll
	named(&table[1]);
	// has: = table+4 ll
}

long alternatives(long x, int y)
{
	long a, b;
	// has: alternatives:
	asm volatile("%0 += %3; %1 = 7" : "=r,r"(a), "=r,r"(b) : "%1,0"(x), "m,r"(y));
	// has: r1 += r2
	// has: = 7
	return a + b;
}

/* Read and written among the inputs: the variable is what the text leaves in its register. */
long changed_input(long x)
{
	// has: changed_input:
	asm volatile("%[x] &= 0xff" : : [x] "+r"(x));
	// has: r1 &= 255
	asm volatile("%0 += %1" : : "+r"(x), "r"(3L));
	// has: += r
	return x;
	// has: exit
}
