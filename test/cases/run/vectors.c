// run
// GNU vector types: initialisers, elements, operators, scalars among them, conversions, by value.
typedef int v4si __attribute__((vector_size(16)));
typedef unsigned int v4su __attribute__((vector_size(16)));
typedef short v8hi __attribute__((vector_size(16)));
typedef unsigned char v8qu __attribute__((vector_size(8)));
typedef signed char v8qi __attribute__((vector_size(8)));
typedef long v2di __attribute__((vector_size(16)));
typedef int v2si __attribute__((vector_size(8)));
typedef int v1si __attribute__((vector_size(4)));

#define CHECK(...) do { if (!(__VA_ARGS__)) return __LINE__; } while (0)

v4si global = {1, 2, 3};
v4si table[2] = {{1, 2, 3, 4}, {5, 6, 7, 8}};
struct holder { char c; v4si v; } held = {'x', {9, 8, 7, 6}};
int calls;

static int equal(v4si a, int w, int x, int y, int z)
{
  return a[0] == w && a[1] == x && a[2] == y && a[3] == z;
}

__attribute__((noinline)) static v4si sum(v4si a, v4si b) { return a + b; }

static v4si *next(v4si *p) { calls++; return p; }

static int elements(void)
{
  v4si a = {1, 2}, b;
  volatile int zero = 0;
  CHECK(sizeof(v4si) == 16 && _Alignof(v4si) == 16 && sizeof(held) == 32);
  CHECK(a[0] == 1 && a[1] == 2 && a[2] == 0 && a[3] == 0);
  CHECK(global[2] == 3 && global[3] == 0 && table[1][2] == 7 && held.v[3] == 6);
  for (int i = 0; i < 4; i++) b[i] = i * i + zero;
  CHECK(equal(b, 0, 1, 4, 9));
  b[2] += 10;
  b[zero]--;
  CHECK(equal(b, -1, 1, 14, 9));
  CHECK((a + b)[1] == 3);
  CHECK(equal((v4si){4, 3, 2, 1}, 4, 3, 2, 1));
  v4si *p = table;
  CHECK(p[1][3] == 8 && (*p)[0] == 1);
  return 0;
}

static int arithmetic(void)
{
  volatile int three = 3;
  v4si a = {10, -20, 30, 7}, b = {three, 3, -4, 2};
  v4su u = {~0u, 5, 6, 1u << 31};
  CHECK(equal(a + b, 13, -17, 26, 9));
  CHECK(equal(a - b, 7, -23, 34, 5));
  CHECK(equal(a * b, 30, -60, -120, 14));
  CHECK(equal(a & b, 10 & 3, -20 & 3, 30 & -4, 2));
  CHECK(equal(a | b, 10 | 3, -20 | 3, 30 | -4, 7));
  CHECK(equal(a ^ b, 10 ^ 3, -20 ^ 3, 30 ^ -4, 5));
  CHECK(equal(-a, -10, 20, -30, -7));
  CHECK(equal(~a, ~10, ~-20, ~30, ~7));
  CHECK(equal(+a, 10, -20, 30, 7));
  CHECK(equal((v4si)(u / 2), 0x7fffffff, 2, 3, 1 << 30));
  CHECK(equal((v4si)(u % three), 0, 2, 0, (1u << 31) % 3));
  CHECK(equal((v4si)(u >> 1), 0x7fffffff, 2, 3, 1 << 30));
  CHECK(equal(a >> (v4si){1, 2, 3, 0}, 5, -5, 3, 7));
  CHECK(equal(1 << (v4si){0, 1, 2, three}, 1, 2, 4, 8));
  CHECK(equal(a + 1, 11, -19, 31, 8) && equal(2 - a, -8, 22, -28, -5) && equal(a * three, 30, -60, 90, 21));
  v8hi h = {32767, -32768, 1, 2, 3, 4, 5, 6};
  h += 1;
  CHECK(h[0] == -32768 && h[1] == -32767 && h[7] == 7);
  v8qu q = {250, 1, 2, 3, 4, 5, 6, 7};
  q = q + (unsigned char)10;
  CHECK(q[0] == 4 && q[7] == 17);
  CHECK((q >> 1)[0] == 2 && (~q)[0] == 251 && (-q)[1] == 245);
  v2di d = {1L << 40, -1};
  CHECK((d * d)[1] == 1 && (d << 3)[0] == 1L << 43 && (d + 1)[1] == 0);
  return 0;
}

static int comparisons(void)
{
  v4si a = {1, 2, 3, 4}, b = {4, 2, 3, 1};
  v4su u = {~0u, 1, 2, 3}, w = {1, ~0u, 2, 4};
  CHECK(equal(a == b, 0, -1, -1, 0) && equal(a != b, -1, 0, 0, -1));
  CHECK(equal(a < b, -1, 0, 0, 0) && equal(a <= b, -1, -1, -1, 0));
  CHECK(equal(a > b, 0, 0, 0, -1) && equal(a >= 3, 0, 0, -1, -1));
  CHECK(equal(u > w, -1, 0, 0, 0) && equal(u < w, 0, -1, 0, -1));
  v8qi c = (v8qi){1, -1} > (v8qi){0};
  CHECK(c[0] == -1 && c[1] == 0 && c[7] == 0);
  return 0;
}

static int updates(void)
{
  v4si a = {1, 2, 3, 4}, b[2] = {{1, 1, 1, 1}};
  a += b[0];
  CHECK(equal(a, 2, 3, 4, 5));
  a <<= 1;
  CHECK(equal(a, 4, 6, 8, 10));
  a = (v4si){0, 0, 0, 0};
  *next(b + 1) += 5;
  *next(b + 1) -= a + 1;
  CHECK(calls == 2 && equal(b[1], 4, 4, 4, 4));
  v4si old = b[0]++;
  CHECK(equal(old, 1, 1, 1, 1) && equal(b[0], 2, 2, 2, 2) && equal(--b[0], 1, 1, 1, 1));
  a = a + a;
  v4si chosen = calls ? b[1] : a;
  CHECK(equal(chosen, 4, 4, 4, 4));
  held.v = sum(sum(held.v, b[1]), (v4si){1});
  CHECK(equal(held.v, 14, 12, 11, 10) && held.c == 'x');
  return 0;
}

static int conversions(void)
{
  v4si a = {1, -1, 0x10002, 0};
  v8hi h = (v8hi)a;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  CHECK(h[0] == 1 && h[1] == 0 && h[2] == -1 && h[4] == 2 && h[5] == 1);
  CHECK((long)(v2si){1, 2} == 0x200000001);
  CHECK(((v2si)0x500000004)[0] == 4);
#else
  CHECK(h[0] == 0 && h[1] == 1 && h[2] == -1 && h[4] == 1 && h[5] == 2);
  CHECK((long)(v2si){1, 2} == 0x100000002);
  CHECK(((v2si)0x500000004)[0] == 5);
#endif
  v4su u = a;
  CHECK(u[1] == ~0u && (int)(v1si){7} == 7);
  v2di l = __builtin_convertvector(((v2si){-3, 4}), v2di);
  CHECK(l[0] == -3 && l[1] == 4);
  v8qi narrow = __builtin_convertvector(((v8hi){1, 300, -1}), v8qi);
  CHECK(narrow[0] == 1 && narrow[1] == 44 && narrow[2] == -1 && narrow[3] == 0);
  return 0;
}

static int shuffles(void)
{
  v4si a = {1, 2, 3, 4}, b = {5, 6, 7, 8}, mask = {3, 0, 6, -1};
  CHECK(equal(__builtin_shufflevector(a, b, 0, 4, 3, 7), 1, 5, 4, 8));
  v2si two = __builtin_shufflevector(a, a, 2, 1);
  CHECK(two[0] == 3 && two[1] == 2 && sizeof(two) == 8);
  CHECK(equal(__builtin_shuffle(a, mask), 4, 1, 3, 4));
  CHECK(equal(__builtin_shuffle(a, b, mask), 4, 1, 7, 8));
  return 0;
}

int test(void)
{
  int line = elements();
  if (!line) line = arithmetic();
  if (!line) line = comparisons();
  if (!line) line = updates();
  if (!line) line = conversions();
  if (!line) line = shuffles();
  return line;
}
