// run
/* Variable-length arrays whose sizes fold: bounds are evaluated once, where their declarator is reached. */
#define CHECK(condition) do { if (!(condition)) return __LINE__; } while (0)

static int side;
static int next(void) { return ++side; }

static int sum(int n, int m, int a[n][m])
{
  int s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++) s += a[i][j];
  return s;
}

static int effect(int a[next()]) { return sizeof a; }

static int old(n, a) int n; short a[][n]; { return sizeof *a + a[1][0]; }

static int n0 = 7;
static int shadowed(char (*before)[n0], int n0, char (*after)[n0]) { return sizeof *before * 100 + sizeof *after; }

/* The array of a call ends with it: one place serves all rounds of the caller's loop. */
static int buffer(int n)
{
  char text[n];
  for (int i = 0; i < n; i++) text[i] = i;
  return text[n - 1];
}

static int again(void)
{
  int rounds = 0, total = 0;
back:;
  int n = 4;
  int a[n];
  a[0] = rounds;
  total += a[0] + sizeof a;
  if (++rounds < 3) goto back;
  return total;
}

/* Nothing reads it: it needs no memory, whatever its size. */
static void unread(int n)
{
  double v[n];
  for (int i = 0; i < n; i++) v[i] = 0;
}
static volatile int unknown = 20;

int test(void)
{
  int n = 3, m = 4;
  int a[n][m];
  CHECK(sizeof a == 48 && sizeof a[0] == 16 && sizeof a[0][0] == 4);
  n = 100;
  CHECK(sizeof a == 48);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) a[i][j] = i * 10 + j;
  CHECK(a[2][3] == 23);
  CHECK(sum(3, 4, a) == 138);
  int (*p)[m] = a;
  p++;
  CHECK((*p)[1] == 11);
  CHECK((*p++)[0] == 10 && p[0][0] == 20);
  CHECK(p - a == 2 && a - p == -2);
  p -= 2;
  CHECK(p == a && (--p + 1) == a && p++ == a - 1);
  CHECK(&a[1] - &a[0] == 1 && (char *)(&a + 1) - (char *)&a == 48);

  CHECK(effect(0) == 8 && side == 1);
  CHECK(sizeof(int[next()]) == 8 && side == 2);
  int evaluated[next()];
  CHECK(sizeof evaluated == 12 && side == 3);
  CHECK(sizeof(*(int (*)[next()])0) == 16 && side == 4);
  CHECK(_Alignof(int[next()]) == 4 && side == 4);
  CHECK(sizeof(sizeof(int[next()])) == 8 && side == 4);
  CHECK(&((int (*)[2][next()])a)[0][1][0] == (int *)a + 5 && side == 5);

  typedef short row[m];
  m = 9;
  row r;
  CHECK(sizeof(row) == 8 && sizeof r == 8);
  __typeof__(r) like;
  CHECK(sizeof like == 8);
  __typeof__(row *) pointer = &r;
  CHECK((char *)(pointer + 1) == (char *)&r + 8);
  static int (*kept)[2][2];
  int (*wide)[m - 7] = (int (*)[m - 7])a;
  CHECK(wide[1] == &a[0][2] && kept == 0);

  short table[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
  CHECK(old(3, table) == 10);
  CHECK(shadowed(0, 5, 0) == 705);

  char zeros[m] = {};
  for (int i = 0; i < m; i++) CHECK(zeros[i] == 0);

  int total = 0;
  for (int i = 0; i < 3; i++) total += buffer(5);
  CHECK(total == 12);
  for (int i = 2; i < 4; i++) {
    int inner[i];
    inner[i - 1] = i;
    total += inner[i - 1] + sizeof inner;
  }
  CHECK(total == 37);
  CHECK(again() == 51);
  unread(unknown);
  CHECK(({ int k = 2; int b[k]; b[1] = 9; b[1]; }) == 9);
  return 0;
}
