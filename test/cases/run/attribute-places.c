// run
/* What stands after a `*` or before the declarator is of the name, and what comes after a definition changes nothing. */
static int *__attribute__((aligned(64))) aligned;
struct loose { char tag; long *__attribute__((packed)) at; };
static int defined __attribute__((aligned(16))) = 3;
extern int defined __attribute__((aligned(128)));

static int *__attribute__((noinline)) address(int *p)
{
  return p + 1;
}

int test(void)
{
  int a[2] = { 1, 2 };
  if (_Alignof(aligned) != 64) return 1;
  if (sizeof(struct loose) != 9) return 2;
  if (*address(a) != 2) return 3;
  return defined - 3;
}
