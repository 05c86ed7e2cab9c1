// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
struct s { const int c; int x; unsigned b : 3; } v;
const int k = 1; // note: variable 'k' declared const here
int a[3], b[3];
void f(const struct s *p, int x) { // note: variable 'p' declared const here
  1 = 2; // error: expression is not assignable
  x + 1 = 3; // error: expression is not assignable
  a = b; // error: array type 'int[3]' is not assignable
  k = 2; // error: cannot assign to variable 'k' with const-qualified type 'const int'
  p->x = 1; // error: cannot assign to variable 'p' with const-qualified type 'const struct s *'
  v = *p; // error: cannot assign to variable 'v' with const-qualified data member 'c'
  &x = 0; // error: expression is not assignable
  &5; // error: cannot take the address of an rvalue of type 'int'
  &v.b; // error: address of bit-field requested
  x++ = 1; // error: expression is not assignable
  ++k; // error: cannot assign to variable 'k' with const-qualified type 'const int'
  ++f; // error: cannot increment value of type 'void (const struct s *, int)'
  f = 0; // error: non-object type 'void (const struct s *, int)' is not assignable
  (x ? x : x) = 1; // error: expression is not assignable
  register int r;
  &r; // error: address of register variable requested
  "abc" = 0; // error: array type 'char[4]' is not assignable
  sizeof(v.b); // error: invalid application of 'sizeof' to bit-field
  *x; // error: indirection requires pointer operand ('int' invalid)
  &(x + 1); // error: cannot take the address of an rvalue of type 'int'
}
