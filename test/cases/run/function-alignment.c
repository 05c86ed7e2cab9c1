// run
/* `aligned` on a function: what __alignof__ says and where the function stands. */
static int before(int x) __attribute__((noinline));
static int before(int x) { return x + 1; }
__attribute__((noinline, aligned(64))) int aligned(int x) { return before(x) * 2; }
__attribute__((noinline)) int after(int x) { return aligned(x) - 1; }

int test(void)
{
  if (__alignof__(aligned) != 64) return __LINE__;
  if (after(4) != 9) return __LINE__;
  return 0;
}
