// run
/* Bit-fields and packed members where their types alone would mislead. */
static volatile int zero;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct fields { signed int i : 7; unsigned int u : 7; unsigned long wide : 40; };
struct row { unsigned char tag, count; unsigned short values[5]; unsigned int word; } __attribute__((packed));
struct table { unsigned char rows; struct row row[3]; } __attribute__((packed));

static __attribute__((noinline)) int sum(const struct table *t)
{
	int total = 0;
	for (int i = 0; i < t->rows; i++) {
		for (int j = 0; j < t->row[i].count; j++)
			total += t->row[i].values[j];
		total += *&t->row[i].word + *(t->row[i].values + 1);
	}
	return total;
}

int test(void)
{
	struct fields f;
	unsigned int u = 61;
	f.u = 61 + zero; f.i = -13 + zero; f.wide = -1ul + zero;
	CHECK(f.i % f.u == -13);
	CHECK(f.i % (unsigned int)f.u == -13U % 61 && f.i % u == -13U % 61);
	CHECK(-1 < f.u && !(-1 < (unsigned int)f.u));
	CHECK((f.wide << 30) >> 30 == 0x3ffffffff && ((unsigned long)f.wide << 30) >> 30 == 0x3ffffffff);
	struct table t = { .rows = 3 };
	for (int i = 0; i < 3; i++) {
		t.row[i].count = 5;
		t.row[i].word = 100000 * (i + 1);
		for (int j = 0; j < 5; j++)
			t.row[i].values[j] = 10 * i + j;
	}
	CHECK(sum(&t) == 600000 + 3 * 10 + 5 * 30 + 33);
	unsigned short *last = &t.row[zero].values[4];
	(void)last;
	__builtin_memcpy(&t.row[1].word, &t.row[2].word, 4);
	CHECK(t.row[1].word == 300000 + zero);
	return 0;
}
