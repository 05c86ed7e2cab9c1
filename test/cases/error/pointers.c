// error
#define EMPTY '\0'
struct nothing { };
char letters[10];
long difference(struct nothing *a, struct nothing *b) { return a - b; } // warning@66: subtraction of pointers to type 'struct nothing' of zero size has undefined behavior
int compares(char *p, const int *q) {
  if (p == '\0') return 1; // warning@12: comparing a pointer to a null character constant; did you mean to compare to (void *)0?
  if ('\0' != q) return 2; // warning@7: comparing a pointer to a null character constant; did you mean to compare to (void *)0?
  if (p == (char)0) return 3; // warning@12: comparing a pointer to a null character constant; did you mean to compare to (void *)0?
  if (p == (int)0) return 4;
  if (p == ('\0')) return 5;
  if (p == 0) return 6;
  if (p == EMPTY) return 7; // warning@12: comparing a pointer to a null character constant; did you mean to compare to (void *)0?
  if (p > '\0') return 8;
  return *p == '\0';
}
const char *sums(const char *p, char c, int *q) {
  p = p + 'c'; // warning@9: adding 'char' to a string pointer does not append to the string
  p = 'c' + p; // warning@11: adding 'char' to a string pointer does not append to the string
  p = letters + 'c'; // warning@15: adding 'char' to a string pointer does not append to the string
  p = p + 1;
  p = p + c;
  p = p - 'c';
  p += 'c';
  p = &p[c];
  q = q + 'c';
  return p;
}
void sets(int *p, unsigned long size) {
  __builtin_memset(p, sizeof(*p) * 10, 1); // warning@23: setting buffer to a 'sizeof' expression; did you mean to transpose the last two arguments?
  __builtin_memset(p, 10 * sizeof(int *) + 10, 0xff); // warning@23: setting buffer to a 'sizeof' expression; did you mean to transpose the last two arguments?
  __builtin_memset(p, (sizeof(*p)), size); // warning@23: setting buffer to a 'sizeof' expression; did you mean to transpose the last two arguments?
  __builtin_memset(p, sizeof(*p), sizeof(*p));
  __builtin_memset(p, (int)sizeof(*p), 1);
  __builtin_memset(p, 0xff, 0); // warning@29: 'size' argument to memset is '0'; did you mean to transpose the last two arguments?
  __builtin_memset(p, 0, 0);
  __builtin_memset(p, 1, (0));
  __builtin_bzero(p, 0); // warning@22: 'size' argument to bzero is '0'
  __builtin_bzero(p, (0));
}
struct pair { int x, y; } pair;
void function(void);
_Bool whole = &pair, part = &pair.x, list = letters, code = function; // warning@16: address of 'pair' will always evaluate to 'true' // warning@35: address of 'pair.x' will always evaluate to 'true' // warning@45: address of array 'letters' will always evaluate to 'true' // warning@61: address of function 'function' will always evaluate to 'true'
_Bool truth(_Bool b) {
  _Bool local = &pair; // warning@18: address of 'pair' will always evaluate to 'true'
  b = letters; // warning@7: address of array 'letters' will always evaluate to 'true'
  b = &pair != 0; // warning@8: comparison of address of 'pair' not equal to a null pointer is always true
  b = (_Bool)&pair;
  return function; // warning@10: address of function 'function' will always evaluate to 'true'
}
int *address(int parameter, struct pair value) {
  int local, list[3];
  static int kept;
  int *pointer = &local;
  switch (parameter) {
  case 1: return &local; // warning@19: address of stack memory associated with local variable 'local' returned
  case 2: return &kept;
  case 3: return list; // warning@18: address of stack memory associated with local variable 'list' returned
  case 4: return &list[1]; // warning@19: address of stack memory associated with local variable 'list' returned
  case 5: return &parameter; // warning@19: address of stack memory associated with parameter 'parameter' returned
  case 6: return pointer;
  case 7: return list + 1; // warning@18: address of stack memory associated with local variable 'list' returned
  case 8: return &value.y; // warning@19: address of stack memory associated with parameter 'value' returned
  case 9: return (int *)(void *)&local; // warning@34: address of stack memory associated with local variable 'local' returned
  case 10: return (kept = 1, &local); // warning@31: address of stack memory associated with local variable 'local' returned
  case 11: return &pointer[1];
  case 12: return &*&local; // warning@22: address of stack memory associated with local variable 'local' returned
  }
  return parameter ? &local : &kept; // warning@23: address of stack memory associated with local variable 'local' returned
}
char *spelled(void) { char text[4] = "abc"; return text + 1; } // warning@52: address of stack memory associated with local variable 'text' returned
void *label(void) { here: return &&here; } // warning@34: returning address of label, which is local
long numeric(void) { int local; return (long)&local; } // warning@47: address of stack memory associated with local variable 'local' returned
