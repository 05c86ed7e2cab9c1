// error
#define SAME(x) ((x) == (x))
int numbers[4], others[4];
volatile int port;
int (*one)(void), (*other)(void), function(void);
struct pair { int list[3], value; } pair, *pointer;
int values(int i, int *p, struct pair *q) {
  if (i == i) return 1; // warning@9: self-comparison always evaluates to true
  if ((i) != ((i))) return 2; // warning@11: self-comparison always evaluates to false
  if (i >= i) return 3; // warning@9: self-comparison always evaluates to true
  if (i < i) return 4; // warning@9: self-comparison always evaluates to false
  if (port == port) return 5; // warning@12: self-comparison always evaluates to true
  if (pair.value == pair.value) return 6; // warning@18: self-comparison always evaluates to true
  if (q->value == q->value) return 7; // warning@16: self-comparison always evaluates to true
  if (p[i] == p[i]) return 8; // warning@12: self-comparison always evaluates to true
  if (p[2] == p[2]) return 9; // warning@12: self-comparison always evaluates to true
  if (p[i] == p[i + 1]) return 10;
  if (*p == *p) return 11;
  if (SAME(i)) return 12;
  return numbers[1] == numbers[1]; // warning@21: self-comparison always evaluates to true
}
int addresses(int *p, void *q, long *r) {
  if (p == p) return 1; // warning@9: self-comparison always evaluates to true
  if (numbers == numbers) return 2; // warning@15: self-comparison always evaluates to true
  if (numbers < numbers) return 3; // warning@15: self-comparison always evaluates to false
  if (numbers == others) return 4; // warning@15: array comparison always evaluates to false
  if (numbers != others) return 5; // warning@15: array comparison always evaluates to true
  if (numbers < others) return 6; // warning@15: array comparison always evaluates to a constant
  if (pair.list == pair.list) return 7; // warning@17: self-comparison always evaluates to true
  if (function == function) return 8; // warning@16: self-comparison always evaluates to true
  if (one < other) return 9; // warning@11: ordered comparison of function pointers ('int (*)(void)' and 'int (*)(void)')
  if (one == other) return 10;
  if (p > (void *)0) return 11; // warning@9: comparison of distinct pointer types ('int *' and 'void *')
  if (p == (void *)0) return 12;
  if (p > q) return 13; // warning@9: comparison of distinct pointer types ('int *' and 'void *')
  if (p > r) return 14; // warning@9: comparison of distinct pointer types ('int *' and 'long *')
  return numbers == p;
}
unsigned long measured(void) { return sizeof(numbers == numbers); }
