// run
/* Labels as values: computed goto, tables of labels and of their differences, interpreters, ways out of scopes. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

enum { ADD, SUBTRACT, DOUBLE, STOP };
static const unsigned char program[] = { ADD, ADD, DOUBLE, SUBTRACT, DOUBLE, ADD, STOP };

__attribute__((noinline)) static int interpret(const unsigned char *pc, int value)
{
	static const void *const table[] = { &&add, &&subtract, &&twice, &&stop };
#define NEXT goto *table[*pc++]
	NEXT;
add:
	value += 3;
	NEXT;
subtract:
	value -= 1;
	NEXT;
twice:
	value *= 2;
	NEXT;
stop:
	return value;
}

__attribute__((noinline)) static int offsets(int n)
{
	static const int table[] = { [1] = &&one - &&nothing, [2] = &&two - &&nothing };
	static const long far[] = { &&two - &&one };
	goto *(&&nothing + table[n]);
nothing:
	return 0;
one:
	goto *(&&one + far[0] * 1);
two:
	return n + 20;
}

static int cleaned;

__attribute__((noinline)) static int leave(int n)
{
	void *way = n & 1 ? &&out : &&again;
	int rounds = 0;
again:
	rounds++;
	if (rounds > 3) way = &&out;
	{
		int guard[2] = { 10, OPAQUE(1) };
		guard[OPAQUE(0)] += rounds;
		cleaned += guard[0] * guard[1];
		goto *way;
	}
out:
	return rounds;
}

__attribute__((noinline)) static int constant(void)
{
	void *p = &&here;
	goto *p;
	return 1;
here:
	p = &&done;
	if (p == &&here || p != &&done) return 2;
	goto *p;
	return 3;
done:
	return 0;
}

__attribute__((noinline)) static int local(int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++) {
		__label__ odd, next;
		void *t[2] = { &&next, &&odd };
		goto *t[i & 1];
	odd:
		sum += i;
	next:;
	}
	return sum;
}

int test(void)
{
	CHECK(interpret(program, OPAQUE(1)) == 29);
	CHECK(interpret(program + OPAQUE(6), 5) == 5);
	CHECK(offsets(OPAQUE(0)) == 0 && offsets(OPAQUE(1)) == 21 && offsets(OPAQUE(2)) == 22);
	CHECK(leave(OPAQUE(1)) == 1 && cleaned == 11);
	cleaned = 0;
	CHECK(leave(OPAQUE(2)) == 4 && cleaned == 11 + 12 + 13 + 14);
	CHECK(constant() == 0);
	CHECK(local(OPAQUE(6)) == 9);
	return 0;
}
