// run
/*
 * A read-write operand among the inputs, which clang takes: what the text leaves is the variable's value, on each way out.
 * Inputs tied by name, and whole arrays in memory.
 */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile long zero;
struct pair { int a; unsigned char b; };

static __attribute__((noinline)) long bounded(long x)
{
	asm volatile goto("if %[x] s< 7 goto %l[low]; %[x] = 7" : : [x] "+r"(x) : : low);
	x += 10;
low:
	asm volatile("%[x] &= 0x1f" : : [x] "+r"(x) :);
	return x;
}

int test(void)
{
	CHECK(bounded(zero + 5) == 5 && bounded(zero + 100) == 17 && bounded(zero - 1) == 31);
	struct pair p = { 3 + zero, 250 };
	asm volatile("%0 += %1" : : "+r"(p.a), "r"(4L));
	asm volatile("%0 += 7" : : "+r"(p.b));
	CHECK(p.a == 7 && p.b == 1);
	long values[2] = { 1, 2 };
	asm volatile("%0 += 1; %0 += %1" : : "+r"(values[zero + 1]), "+r"(zero + 5L));
	CHECK(values[0] == 1 && values[1] == 8);
	int sum = 4 + zero;
	asm volatile("%[sum] += %2" : [sum] "=r"(sum) : "[sum]"(sum), "r"(zero + 3L));
	CHECK(sum == 7);
	int array[2] = { 1, 2 };
	asm volatile("*(u32 *)(%[first] + 4) = %1" : "+m"(array) : "r"(zero + 9L), [first] "r"(array));
	CHECK(array[0] == 1 && array[1] == 9);
	return 0;
}
