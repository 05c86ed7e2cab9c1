// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter -Wno-bpf-abi
// Addresses, shifts and choices that are taken for truth values.
int f(void); int glob; int garr[4]; void *m(void); int weak(void) __attribute__((weak)); extern int wv __attribute__((weak));
struct s { int m; int a[4]; struct s *n; int b:3; struct { int z; int q[2]; } in; } v;
_Bool tb(int *nn) __attribute__((nonnull(1)));
int *rn(void) __attribute__((returns_nonnull));
#define NULL ((void *)0)
#define CHECK(x) if (x) r++
#define ISNULL(x) ((x) == NULL)
enum { E0, E1, E2 };
int nn(int *p, int *q) __attribute__((nonnull(1)));
int t(int x, int y, struct s *p, struct s va, unsigned u, int par[3], int (*pa)[3], int (*fn)(void), struct s ps[2], long l, _Bool bo) {
  int r = 0; int loc; int larr[3]; static int st; struct s ls; // warning@60: unused variable 'ls'
  if (&loc) r++; // warning@8: address of 'loc' will always evaluate to 'true'
  if (&x) r++; // warning@8: address of 'x' will always evaluate to 'true'
  if (!&loc) r++; // warning@9: address of 'loc' will always evaluate to 'true'
  r += &loc && x; // warning@9: address of 'loc' will always evaluate to 'true'
  r += x || &glob; // warning@14: address of 'glob' will always evaluate to 'true'
  r += &glob ? 1 : 2; // warning@9: address of 'glob' will always evaluate to 'true'
  if (&p->m) r++; // warning@11: address of 'p->m' will always evaluate to 'true'
  if (&v.m) r++; // warning@10: address of 'v.m' will always evaluate to 'true'
  if (&p->n->m) r++; // warning@14: address of 'p->n->m' will always evaluate to 'true'
  if (&p[0]) r++;
  if (&garr[1]) r++;
  if (&p->a[1]) r++;
  if (p->a) r++; // warning@10: address of array 'p->a' will always evaluate to 'true'
  if (v.a) r++; // warning@9: address of array 'v.a' will always evaluate to 'true'
  if (p->in.q) r++; // warning@13: address of array 'p->in.q' will always evaluate to 'true'
  if (&p->in.z) r++; // warning@14: address of 'p->in.z' will always evaluate to 'true'
  if (&p->in) r++; // warning@11: address of 'p->in' will always evaluate to 'true'
  if (garr) r++; // warning@7: address of array 'garr' will always evaluate to 'true'
  if (!garr) r++; // warning@8: address of array 'garr' will always evaluate to 'true'
  if (larr) r++; // warning@7: address of array 'larr' will always evaluate to 'true'
  if (par) r++;
  if (*pa) r++;
  if (pa[0]) r++;
  if (ps[1].a) r++; // warning@13: address of array 'ps[1].a' will always evaluate to 'true'
  if (ps[x].a) r++; // warning@13: address of array 'ps[x].a' will always evaluate to 'true'
  if (ps[x + 1].a) r++; // warning@17: address of array 'ps[x + 1].a' will always evaluate to 'true'
  if ((&loc)) r++; // warning@9: address of 'loc' will always evaluate to 'true'
  if ((garr)) r++; // warning@8: address of array 'garr' will always evaluate to 'true'
  if (&*p) r++;
  if (f) r++; // warning@7: address of function 'f' will always evaluate to 'true'
  if (&f) r++;
  if (*f) r++;
  if (!f) r++; // warning@8: address of function 'f' will always evaluate to 'true'
  if (weak) r++;
  if (&wv) r++;
  if ("x") r++;
  if (&"x") r++;
  CHECK(&loc);
  CHECK(garr);
  while (&loc) r++; // warning@11: address of 'loc' will always evaluate to 'true'
  for (; &loc; ) r++; // warning@11: address of 'loc' will always evaluate to 'true'
  do r++; while (&loc); // warning@19: address of 'loc' will always evaluate to 'true'
  r += !&loc; // warning@10: address of 'loc' will always evaluate to 'true'
  r += (_Bool)&loc;
  r += &loc == 0; // warning@9: comparison of address of 'loc' equal to a null pointer is always false
  r += &loc == NULL; // warning@9: comparison of address of 'loc' equal to a null pointer is always false
  r += NULL != &loc; // warning@17: comparison of address of 'loc' not equal to a null pointer is always true
  r += &loc != 0; // warning@9: comparison of address of 'loc' not equal to a null pointer is always true
  r += garr == 0; // warning@8: comparison of array 'garr' equal to a null pointer is always false
  r += garr != NULL; // warning@8: comparison of array 'garr' not equal to a null pointer is always true
  r += f == 0; // warning@8: comparison of function 'f' equal to a null pointer is always false
  r += &f == 0;
  r += 0 == f; // warning@13: comparison of function 'f' equal to a null pointer is always false
  r += p->a == NULL; // warning@11: comparison of array 'p->a' equal to a null pointer is always false
  r += &p->m == NULL; // warning@12: comparison of address of 'p->m' equal to a null pointer is always false
  r += &p->a[1] == NULL;
  r += ISNULL(&loc);
  r += ISNULL(garr);
  r += (char *)&loc == NULL;
  r += (void *)garr == NULL;
  r += &loc < (int *)0;
  r += &loc == (int *)0;
  r += weak == 0;
  r += sizeof(&loc == 0); // warning@16: comparison of address of 'loc' equal to a null pointer is always false
  r += sizeof(!garr);
  r += &st == 0; // warning@9: comparison of address of 'st' equal to a null pointer is always false
  r += (&loc ? 1 : 0); // warning@10: address of 'loc' will always evaluate to 'true'
  if (x == (garr ? 1 : 2)) r++; // warning@13: address of array 'garr' will always evaluate to 'true'
  if (__builtin_expect(!!(&loc), 1)) r++; // warning@28: address of 'loc' will always evaluate to 'true'
  if (&va.a[0]) r++;
  if (va.in.q == 0) r++; // warning@13: comparison of array 'va.in.q' equal to a null pointer is always false
  if (((struct s *)m())->a) r++; // warning@26: address of array '((struct s *)m())->a' will always evaluate to 'true'
  if ((*p).a) r++; // warning@12: address of array '(*p).a' will always evaluate to 'true'
  if ((p + 1)->a) r++; // warning@16: address of array '(p + 1)->a' will always evaluate to 'true'
  if (x ? garr : 0) r++;
  if (x ? garr : larr) r++;
  if ((x, garr)) r++; // warning@8: left operand of comma operator has no effect
  return r;
}
int bb(int x, int y, unsigned u, long l, char ch, struct s *p, int arr[4], int (*fn)(int), unsigned char uc) {
  int r = 0; _Bool bo; // warning@20: unused variable 'bo'
  if (x << y) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  if (x << 1) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 1) != 0'?
  if (1 << y) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(1 << y) != 0'?
  if (0 << y) r++; // warning@9: converting the result of '<<' to a boolean always evaluates to false
  if (1 << 2) r++; // warning@9: converting the result of '<<' to a boolean always evaluates to true
  if (0 << 2) r++; // warning@9: converting the result of '<<' to a boolean always evaluates to false
  if (u << 1) r++;
  if (l << y) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(l << y) != 0'?
  if (ch << y) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(ch << y) != 0'?
  if (uc << y) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(uc << y) != 0'?
  if ((x << y)) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  if (!(x << y)) r++; // warning@11: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  if ((x << y) && r) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  if (r || x << y) r++; // warning@14: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  r += (x << y) ? 1 : 2; // warning@11: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  while (x << y) r++; // warning@12: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  for (; x << y; ) r++; // warning@10: variables 'x' and 'y' used in loop condition not modified in loop body // warning@12: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  do r++; while (x << y); // warning@20: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  r += (_Bool)(x << y);
  if (p->m << p->a[1]) r++; // warning@12: converting the result of '<<' to a boolean; did you mean '(p->m << p->a[1]) != 0'?
  if (arr[x + 1] << (y - 3)) r++; // warning@18: converting the result of '<<' to a boolean; did you mean '(arr[x + 1] << (y - 3)) != 0'?
  if (fn(x) << f()) r++; // warning@13: converting the result of '<<' to a boolean; did you mean '(fn(x) << f()) != 0'?
  if (x + y << 2) r++; // warning@9: operator '<<' has lower precedence than '+'; '+' will be evaluated first // warning@13: converting the result of '<<' to a boolean; did you mean '(x + y << 2) != 0'?
  if ((x + y) << -y) r++; // warning@15: converting the result of '<<' to a boolean; did you mean '((x + y) << -y) != 0'?
  if ((long)x << y) r++; // warning@15: converting the result of '<<' to a boolean; did you mean '((long)x << y) != 0'?
  if (x << (int)u) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << (int)u) != 0'?
  if (x << sizeof(int)) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << sizeof(int)) != 0'?
  if (x << 0x10) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 16) != 0'?
  if (x << 'a') r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 'a') != 0'? // warning@9: shift count >= width of type
  if (x << 1U) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 1U) != 0'?
  if (x << 3UL) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 3UL) != 0'?
  if (x << 010) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << 8) != 0'?
  if (~x << y) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(~x << y) != 0'?
  if (*arr << y) r++; // warning@12: converting the result of '<<' to a boolean; did you mean '(*arr << y) != 0'?
  if (x++ << y) r++; // warning@11: converting the result of '<<' to a boolean; did you mean '(x++ << y) != 0'?
  if (x << E1) r++; // warning@9: converting the result of '<<' to a boolean; did you mean '(x << E1) != 0'?
  if (v.m << v.in.z) r++; // warning@11: converting the result of '<<' to a boolean; did you mean '(v.m << v.in.z) != 0'?
  if ((x ? y : r) << 1) r++; // warning@19: converting the result of '<<' to a boolean; did you mean '((x ? y : r) << 1) != 0'?
  if (x ? 1 : 2) r++; // warning@7: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  if (x ? 1 : 0) r++;
  if (x ? 0 : 2) r++;
  if (x ? 3 : 2) r++; // warning@7: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  if (x ? -3 : 2) r++; // warning@7: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  if (x ? E1 : E2) r++;
  if (x ? 1 : 1) r++;
  if (!(x ? 1 : 2)) r++; // warning@9: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  if (r && (x ? 1 : 2)) r++; // warning@13: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  CHECK(x << y); // warning@11: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  CHECK(x ? 1 : 2); // warning@9: converting the result of '?:' with integer constants to a boolean always evaluates to 'true'
  if (E1) r++;
  if (E1 && x) r++;
  if (x && E2) r++; // warning@9: converting the enum constant to a boolean
  if (x || E0) r++;
  if (!E2) r++;
  if (!!(x << y)) r++; // warning@12: converting the result of '<<' to a boolean; did you mean '(x << y) != 0'?
  if ((x & y) << 1) r++; // warning@15: converting the result of '<<' to a boolean; did you mean '((x & y) << 1) != 0'?
  if (x << y << 1) r++; // warning@14: converting the result of '<<' to a boolean; did you mean '(x << y << 1) != 0'?
  if (-1 << y) r++; // warning@10: converting the result of '<<' to a boolean; did you mean '(-1 << y) != 0'?
  r += sizeof(!(x << y));
  if (x <<= 1) r++;
  if ((x << y) == 0) r++;
  if ((x << y, x << 1)) r++; // warning@10: left operand of comma operator has no effect
  return r;
}
