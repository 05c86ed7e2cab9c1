// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
struct s { int x; } v;
int *p; char *c; float d;
void g(int x) {
  v + 1; // error: invalid operands to binary expression ('struct s' and 'int')
  p + p; // error: invalid operands to binary expression ('int *' and 'int *')
  p * 2; // error: invalid operands to binary expression ('int *' and 'int')
  x % d; // error: invalid operands to binary expression ('int' and 'float')
  ~d; // error: invalid argument type 'float' to unary expression
  -p; // error: invalid argument type 'int *' to unary expression
  -v; // error: invalid argument type 'struct s' to unary expression
  !v; // error: invalid argument type 'struct s' to unary expression
  p - c; // error: 'int *' and 'char *' are not pointers to compatible types
  p == x; // warning: comparison between pointer and integer ('int *' and 'int') // warning: equality comparison result unused
  p == c; // warning: comparison of distinct pointer types ('int *' and 'char *') // warning: equality comparison result unused
  p < x; // warning: ordered comparison between pointer and integer ('int *' and 'int') // warning: relational comparison result unused
  v == v; // error: invalid operands to binary expression ('struct s' and 'struct s')
  x << d; // error: invalid operands to binary expression ('int' and 'float')
  x & p; // error: invalid operands to binary expression ('int' and 'int *')
  p += p; // error: invalid operands to binary expression ('int *' and 'int *')
  v += 1; // error: invalid operands to binary expression ('struct s' and 'int')
  if (v) ; // error: statement requires expression of scalar type ('struct s' invalid) // warning: if statement has empty body
  while (v) ; // error: statement requires expression of scalar type ('struct s' invalid)
  x ? v : 1; // error: incompatible operand types ('struct s' and 'int')
  v ? 1 : 2; // error: used type 'struct s' where arithmetic or pointer type is required
  x ? p : c; // warning: pointer type mismatch ('int *' and 'char *') // warning@11: expression result unused
  x ? p : x; // warning: pointer/integer type mismatch in conditional expression ('int *' and 'int') // warning@11: expression result unused
  x && v; // error: invalid operands to binary expression ('int' and 'struct s')
  v++; // error: cannot increment value of type 'struct s'
  x.y; // error: member reference base type 'int' is not a structure or union
  x->y; // error: member reference type 'int' is not a pointer
  p->y; // error: member reference base type 'int' is not a structure or union
  v->x; // error: member reference type 'struct s' is not a pointer; did you mean to use '.'? // warning: expression result unused
  v.nope; // error: no member named 'nope' in 'struct s'
  v.X; // error: no member named 'X' in 'struct s'
  x[1]; // error: subscripted value is not an array, pointer, or vector
  p[c]; // error: array subscript is not an integer
  (struct s) x; // error: used type 'struct s' where arithmetic or pointer type is required
  (int) v; // error: operand of type 'struct s' where arithmetic or pointer type is required
  (int[3]) p; // error: used type 'int[3]' where arithmetic or pointer type is required
}
// ----
_Atomic struct { int a, b; } x;
int f(void) {
  return x.a; // error: accessing a member of an atomic structure or union is undefined behavior
}
// ----
// clang: finds out in its back end, where it crashes
_Atomic struct { int a, b; } x, y;
void f(void) {
  x = y; // error: unsupported atomic operation on '_Atomic(struct
}
