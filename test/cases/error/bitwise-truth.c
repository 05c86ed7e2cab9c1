// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter -Wno-bpf-abi
// Truth values joined by bitwise operators, and comparisons in a row.
int f(void); int g(void) __attribute__((const)); _Bool h(void);
#define BAR |
#define CMP(a,b) ((a) < (b))
struct s { unsigned b : 1; int i : 1; };
int t1(int a, int b, int c, int x, volatile int v, _Bool bo, unsigned u, char *p, char *q) {
  int r = 0;
  r += a < b < c; // warning@14: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  r += (a < b) < c;
  r += a < (b < c);
  r += a == b < c;
  r += a < b == c;
  r += a == b == c;
  r += a < b != c;
  r += a < b < c < x; // warning@14: comparisons like 'X<=Y<=Z' don't have their mathematical meaning // warning@18: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  r += CMP(a, b) < c;
  r += a < b < 1; // warning@14: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  r += p < q < 1; // warning@14: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  r += sizeof(a < b < c); // warning@21: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  if (a < b <= c) r++; // warning@13: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
  return r;
}
int t2(int a, int b, volatile int v, _Bool bo, struct s *p, volatile _Bool vb) {
  int r = 0;
  r += (a < b) & (f() < b);
  r += (f() < a) & (f() < b); // warning@8: use of bitwise '&' with boolean operands
  r += (f() < a) | (f() < b); // warning@8: use of bitwise '|' with boolean operands
  r += !f() | !f(); // warning@8: use of bitwise '|' with boolean operands
  r += f() | f();
  r += h() | h(); // warning@8: use of bitwise '|' with boolean operands
  r += h() & h(); // warning@8: use of bitwise '&' with boolean operands
  r += h() ^ h();
  r += !f() BAR !f();
  r += (v < a) | (v > b); // warning@8: use of bitwise '|' with boolean operands
  r += !g() | !g();
  r += (int)h() | h();
  r += !f() | !f() | !f(); // warning@8: use of bitwise '|' with boolean operands
  r += (a = 1, h()) | h(); // warning@8: use of bitwise '|' with boolean operands
  r += vb | vb; // warning@8: use of bitwise '|' with boolean operands
  bo |= h();
  bo = bo | h();
  if (!f() | !f()) r++; // warning@7: use of bitwise '|' with boolean operands
  r += sizeof(!f() | !f());
  r += (a ? h() : h()) | h(); // warning@8: use of bitwise '|' with boolean operands
  r += (bo = 1) | h(); // warning@8: use of bitwise '|' with boolean operands
  r += ({ f(); h(); }) | h(); // warning@8: use of bitwise '|' with boolean operands
  r += ({ !f(); }) | h();
  r += h() | __builtin_expect(!f(), 0);
  r += h() | __builtin_expect(!!(f()), 0);
  r += !f() & (a < *(volatile int *)p); // warning@8: use of bitwise '&' with boolean operands
  r += (((!f() & (a == b++)))); // warning@11: use of bitwise '&' with boolean operands
  return r;
}
int arr[1 < 2 < 3]; // warning@15: comparisons like 'X<=Y<=Z' don't have their mathematical meaning
int (*fp)(void);
int t3(char ch, float d) { return (ch && !ch) + (d && !d) + (!fp && fp) + (t3 && !t3) + (arr && !arr);} // warning@52: '&&' of a value and its negation always evaluates to false // warning@66: '&&' of a value and its negation always evaluates to false // warning@76: address of function 't3' will always evaluate to 'true' // warning@83: address of function 't3' will always evaluate to 'true' // warning@90: address of array 'arr' will always evaluate to 'true' // warning@98: address of array 'arr' will always evaluate to 'true'
