// run -std=gnu89 -w
/* alloca of a constant size: an array of its own that lives as long as the function. */
#define CHECK(condition) do { if (!(condition)) return __LINE__; } while (0)

struct pair { int a, b; };

static int *keep(void)
{
  int *p = 0;
  if (!p) {
    p = __builtin_alloca(2 * sizeof(int));
    p[0] = 40;
    p[1] = 2;
  }
  int *q = alloca(sizeof(*q));
  *q = p[0] + p[1];
  return *q == 42 ? 0 : q;
}

int test(void)
{
  CHECK(!keep());
  struct pair *first = alloca(sizeof *first), *second = __builtin_alloca_with_align(sizeof *second, 64);
  first->a = 1;
  second->a = 2;
  second->b = 3;
  first->b = 4;
  CHECK(first->a == 1 && first->b == 4 && second->a == 2 && second->b == 3);
  CHECK((char *)first + sizeof *first <= (char *)second || (char *)second + sizeof *second <= (char *)first);
  /* Each copy of a function that is inlined in a loop uses the memory anew. */
  int i, sum = 0;
  for (i = 0; i < 3; i++) sum += keep() == 0;
  CHECK(sum == 3);
  CHECK(sizeof(alloca(8)) == 8);
  return 0;
}
