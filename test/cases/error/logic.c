// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter -Wno-bpf-abi
// Comparisons joined by logical operators, of which one leaves nothing to the other.
enum e { A, B, C }; enum g { X, Y };
struct s { int m; int a[4]; struct s *n; int b:3; } v;
typedef unsigned u32;
#define LT(x) ((x) < 3)
#define FIVE 5
int t1(int x, unsigned u, char ch, enum e en, struct s *p, int *q, volatile int vo, long l, _Bool bo, double d) {
  int r = 0;
  r += x < 3 && x > 5; // warning@14: overlapping comparisons always evaluate to false
  r += x > 3 || x < 5; // warning@14: overlapping comparisons always evaluate to true
  r += (x < 3) && (x > 5); // warning@16: overlapping comparisons always evaluate to false
  r += 3 > x && 5 < x; // warning@14: overlapping comparisons always evaluate to false
  r += u < 3 && u > 5; // warning@14: overlapping comparisons always evaluate to false
  r += u < 3u && u > 5u; // warning@15: overlapping comparisons always evaluate to false
  r += u < 3 && u > 5u; // warning@14: overlapping comparisons always evaluate to false
  r += ch < 3 && ch > 5; // warning@15: overlapping comparisons always evaluate to false
  r += ch < 'a' && ch > 'b';
  r += en == A && en == B; // warning@16: overlapping comparisons always evaluate to false
  r += en != A || en != B; // warning@16: overlapping comparisons always evaluate to true
  r += en == A && en == X; // warning@22: comparison of different enumeration types ('enum e' and 'enum g')
  r += en == A && en == 1;
  r += p->m < 3 && p->m > 5; // warning@17: overlapping comparisons always evaluate to false
  r += v.a[1] < 3 && v.a[1] > 5; // warning@19: overlapping comparisons always evaluate to false
  r += v.a[x] < 3 && v.a[x] > 5; // warning@19: overlapping comparisons always evaluate to false
  r += q[x] == 3 && q[x] == 5; // warning@18: overlapping comparisons always evaluate to false
  r += *q == 3 && *q == 5;
  r += vo < 3 && vo > 5; // warning@15: overlapping comparisons always evaluate to false
  r += l < 3 && l > 5; // warning@14: overlapping comparisons always evaluate to false
  r += l < 3L && l > 5; // warning@15: overlapping comparisons always evaluate to false
  r += x < FIVE && x > FIVE;
  r += LT(x) && x > 5;
  r += x < -3 && x > 5; // warning@15: overlapping comparisons always evaluate to false
  r += x < 3 && x > 3; // warning@14: overlapping comparisons always evaluate to false
  r += x <= 3 || x >= 3; // warning@15: overlapping comparisons always evaluate to true
  r += x == 3 && x == 5 && r; // warning@15: overlapping comparisons always evaluate to false
  r += r && x == 3 && x == 5;
  r += r && (x == 3 && x == 5); // warning@21: overlapping comparisons always evaluate to false
  r += x == 3 && (x == 5 || r);
  r += x < 3 && x < 5;
  r += x != 3 || x != 5; // warning@15: overlapping comparisons always evaluate to true
  r += x == 3 || x != 3; // warning@15: overlapping comparisons always evaluate to true
  r += sizeof(x == 3 && x == 5);
  if (x == 3 && x == 5) r++; // warning@14: overlapping comparisons always evaluate to false
  while (x == 3 && x == 5) r++; // warning@17: overlapping comparisons always evaluate to false
  r += (x == 3 && x == 5) ? 1 : 2; // warning@16: overlapping comparisons always evaluate to false
  r += !(x == 3 && x == 5); // warning@17: overlapping comparisons always evaluate to false
  r += p->n->m == 3 && p->n->m == 4; // warning@21: overlapping comparisons always evaluate to false
  r += p->b == 3 && p->b == 4; // warning@18: overlapping comparisons always evaluate to false
  r += x && !x; // warning@10: '&&' of a value and its negation always evaluates to false
  r += !x && x; // warning@11: '&&' of a value and its negation always evaluates to false
  r += x || !x; // warning@10: '||' of a value and its negation always evaluates to true
  r += !p && p; // warning@11: '&&' of a value and its negation always evaluates to false
  r += p->m && !p->m; // warning@13: '&&' of a value and its negation always evaluates to false
  r += (x) && (!(x)); // warning@12: '&&' of a value and its negation always evaluates to false
  r += FIVE && !FIVE;
  r += !x || !!x;
  r += bo && !bo;
  r += bo == 1 && bo == 0; // warning@16: overlapping comparisons always evaluate to false
  r += d < 3 && d > 5;
  r += q[1] && !q[1]; // warning@13: '&&' of a value and its negation always evaluates to false
  r += *q && !*q;
  r += x == 3 && x == FIVE;
  r += x == (3) && x == (5); // warning@17: overlapping comparisons always evaluate to false
  r += x == (int)3 && x == 5;
  r += x == 3+1 && x == 5;
  r += x == (long)3 && x == 5;
  r += x < 5 && x >= 5 && u < 1 && u >= 1; // warning@14: overlapping comparisons always evaluate to false
  r += x > 0 && x > -1 && x < 0;
  r += x < 0x7fffffff || x > 5; // warning@23: overlapping comparisons always evaluate to true
  r += x < 1 || x > 0; // warning@14: overlapping comparisons always evaluate to true
  return r;
  return x == 3 && x == 5; // warning@17: overlapping comparisons always evaluate to false
}
int glob;
int arr[sizeof(glob == 1 && glob == 2)];
int (*fp)(void);
int t2(void) { return fp && !fp; } // warning@26: '&&' of a value and its negation always evaluates to false
int t3(int x) { return t2() && !t2(); }
int t4(int x) { static int s; return s == 1 && s == 2; } // warning@45: overlapping comparisons always evaluate to false
