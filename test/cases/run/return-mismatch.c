// run -Wno-return-mismatch
/* `return;` where a value is due, and a value where none is: right when the caller does not look at it. */
struct big { long a, b, c; };
static int calls;

__attribute__((noinline)) static int maybe(int x) { calls++; if (x) return; return 3; }
__attribute__((noinline)) static struct big record(int x) { struct big b = {1, 2, 3}; calls++; if (x) return; return b; }
__attribute__((noinline)) static __int128 wide(int x) { calls++; if (x) return; return x + 5; }
__attribute__((noinline)) static void none(int x) { return calls += x; }

int test(void)
{
  maybe(1);
  record(1);
  wide(1);
  none(1);
  if (calls != 4) return __LINE__;
  if (maybe(0) != 3 || record(0).b != 2 || wide(0) != 5) return __LINE__;
  return 0;
}
