// error -ferror-limit=0
// Operands, calls, lvalues, jumps.
int f(int x) { switch (x) { default: default: ; } return 0; } // error@38: multiple default labels in one switch
// ----
int f(int x) { switch (x) { case x: ; } return 0; } // error@34: expression is not an integer constant expression
// ----
int f(int *x) { switch (x) { case 1: ; } return 0; } // error@17: statement requires expression of integer type ('int *' invalid)
// ----
void f(void) { break; } // error@16: 'break' statement not in loop or switch statement
// ----
void f(void) { continue; } // error@16: 'continue' statement not in loop statement
// ----
struct s { int x; } v; int f(void) { if (v) return 1; while (v) ; return 0; } // error@38: statement requires expression of scalar type ('struct s' invalid) // error@55: statement requires expression of scalar type ('struct s' invalid) // warning@65: while loop has empty body // note@65: put the semicolon on a separate line to silence this warning
// ----
struct s { int x; } v; int f(void) { return v; } // error@45: returning 'struct s' from a function with incompatible result type 'int'
// ----
void f(void) { return 1; } // error@16: void function 'f' should not return a value
// ----
int f(void) { return; } // error@15: non-void function 'f' should return a value
// ----
int f(int x) { 3 = x; return 0; } // error@18: expression is not assignable
// ----
int f(int x) { x + 1 = 3; return 0; } // error@22: expression is not assignable
// ----
int f(int x) { &x = 0; return 0; } // error@19: expression is not assignable
// ----
int f(int x) { f = 0; return 0; } // error@18: non-object type 'int (int)' is not assignable
// ----
int f(int x) { int a[3]; a = 0; return 0; } // error@28: array type 'int[3]' is not assignable
// ----
int f(int x) { x++ = 3; return x++++; } // error@20: expression is not assignable // error@35: expression is not assignable
// ----
int f(int x) { return &3; } // error@23: cannot take the address of an rvalue of type 'int'
// ----
int f(int x) { return *x; } // error@23: indirection requires pointer operand ('int' invalid)
// ----
int f(void *x) { return *x; } // warning@25: ISO C does not allow indirection on operand of type 'void *' // error@25: returning 'void' from a function with incompatible result type 'int'
// ----
int f(int x) { return x(); } // error@23: called object type 'int' is not a function or function pointer
// ----
int f(int x) { return x.y; } // error@24: member reference base type 'int' is not a structure or union
// ----
int f(int x) { return x->y; } // error@24: member reference type 'int' is not a pointer
// ----
struct s { int x; }; int f(struct s *p) { return p.x; } // error@51: member reference type 'struct s *' is a pointer; did you mean to use '->'?
// ----
struct s { int x; }; int f(struct s p) { return p->x; } // error@50: member reference type 'struct s' is not a pointer; did you mean to use '.'?
// ----
struct s { int x; }; int f(struct s *p) { return p->y; } // error@53: no member named 'y' in 'struct s'
// ----
struct s; int f(struct s *p) { return p->y; } // error@40: incomplete definition of type 'struct s' // note@8: forward declaration of 'struct s'
// ----
int f(int x) { return f(); } // error@25: too few arguments to function call, single argument 'x' was not specified // note@5: 'f' declared here
// ----
int f(int x) { return f(1, 2); } // error@28: too many arguments to function call, expected single argument 'x', have 2 arguments // note@5: 'f' declared here
// ----
int f(int x) { return g(1, 2); } // error@23: call to undeclared function 'g'; ISO C99 and later do not support implicit function declarations
// ----
int f(int *x) { return x * 2; } // error@26: invalid operands to binary expression ('int *' and 'int')
// ----
int f(int *x, int *y) { return x + y; } // error@34: invalid operands to binary expression ('int *' and 'int *')
// ----
int f(int *x, char *y) { return x - y; } // error@35: 'int *' and 'char *' are not pointers to compatible types
// ----
int f(int *x) { return -x; } // error@24: invalid argument type 'int *' to unary expression
// ----
int f(int *x) { return ~x; } // error@24: invalid argument type 'int *' to unary expression
// ----
int f(double x) { return ~x; } // error@26: invalid argument type 'double' to unary expression
// ----
int f(double x) { return x % 2; } // error@28: invalid operands to binary expression ('double' and 'int')
// ----
int f(double x) { return x << 2; } // error@28: invalid operands to binary expression ('double' and 'int')
// ----
struct s { int x; } v; int f(void) { return v + 1; } // error@47: invalid operands to binary expression ('struct s' and 'int')
// ----
struct s { int x; } v; int f(void) { return !v; } // error@45: invalid argument type 'struct s' to unary expression
// ----
struct s { int x; } v; int f(void) { return v == v; } // error@47: invalid operands to binary expression ('struct s' and 'struct s')
// ----
struct s { int x; } v; int f(void) { return v ? 1 : 2; } // error@47: used type 'struct s' where arithmetic or pointer type is required
// ----
struct s { int x; } v; int f(void) { v++; return 0; } // error@39: cannot increment value of type 'struct s'
// ----
struct s { int x; } v; struct t { int y; } w; int f(void) { v = w; return 0; } // error@63: assigning to 'struct s' from incompatible type 'struct t'
// ----
struct s { int x; } v; int f(void) { return (int) v; } // error@51: operand of type 'struct s' where arithmetic or pointer type is required
// ----
struct s { int x; } v; int f(int x) { return ((struct s) x).x; } // error@47: used type 'struct s' where arithmetic or pointer type is required
// ----
int f(int x) { return ((int[2]) x)[0]; } // error@24: used type 'int[2]' where arithmetic or pointer type is required
// ----
int f(int x) { return ((int(void)) x)(); } // error@24: used type 'int (void)' where arithmetic or pointer type is required
// ----
int f(int x) { return x && (void) 0; } // error@25: invalid operands to binary expression ('int' and 'void')
// ----
int f(int x) { return x ? 1 : (void) 0; } // error@23: returning 'void' from a function with incompatible result type 'int'
// ----
int f(int x) { return (void) x; } // error@23: returning 'void' from a function with incompatible result type 'int'
// ----
int f(int x) { int y = (void) x; return y; } // error@20: initializing 'int' with an expression of incompatible type 'void'
// ----
using x = int; // error@1: unknown type name 'using' // error@11: expected expression
// ----
import x; // error@1: unknown type name 'import'
// ----
int main(void) { printf("x"); }
// error@^18: call to undeclared library function 'printf' with type 'int (const char *, ...)'; ISO C99 and later do not support implicit function declarations // note@^18: include the header <stdio.h> or explicitly provide a declaration for 'printf'
// ----
int f(char *p) { *p = "x"; return 0; }
// error@^21: incompatible pointer to integer conversion assigning to 'char' from 'char[2]'
// ----
int f(char *p) { p = 'x'; return 0; }
// error@^20: incompatible integer to pointer conversion assigning to 'char *' from 'int'
// ----
int f(char *p) { return p; } // error@25: incompatible pointer to integer conversion returning 'char *' from a function with result type 'int'; dereference with *
// ----
char *f(int p) { return p; } // error@25: incompatible integer to pointer conversion returning 'int' from a function with result type 'char *'
// ----
void g(int); int f(int *p) { g(p); return 0; } // error@32: incompatible pointer to integer conversion passing 'int *' to parameter of type 'int'; dereference with * // note@8: passing argument to parameter here
// ----
void g(int *); int f(int p) { g(p); return 0; } // error@33: incompatible integer to pointer conversion passing 'int' to parameter of type 'int *'; take the address with & // note@8: passing argument to parameter here
// ----
struct s { int x; }; void g(struct s); int f(int p) { g(p); return 0; } // error@57: passing 'int' to parameter of incompatible type 'struct s' // note@29: passing argument to parameter here
// ----
void g(int); int f(void) { g((void) 0); return 0; } // error@30: passing 'void' to parameter of incompatible type 'int' // note@8: passing argument to parameter here
// ----
void g(void); int f(void) { return g(); } // error@36: returning 'void' from a function with incompatible result type 'int'
// ----
void g(void); int f(void) { int x = g(); return x; } // error@33: initializing 'int' with an expression of incompatible type 'void'
// ----
void g(void); int f(void) { return 1 + g(); } // error@38: invalid operands to binary expression ('int' and 'void')
// ----
void g(void); int f(void) { if (g()) return 1; return 0; } // error@29: statement requires expression of scalar type ('void' invalid)
// ----
void g(void); int f(void) { g = 0; return 0; } // error@31: non-object type 'void (void)' is not assignable
// ----
void g(void); int f(void) { g++; return 0; } // error@30: cannot increment value of type 'void (void)'
// ----
int f(void) { void (*p)(int) = f; return 0; } // error@22: incompatible function pointer types initializing 'void (*)(int)' with an expression of type 'int (void)'
// ----
int f(void) { int a[3]; int b[3]; a = b; return 0; } // error@37: array type 'int[3]' is not assignable
// ----
int f(void) { int a[3]; a++; return 0; } // error@26: cannot increment value of type 'int[3]'
// ----
int f(void) { const int a[3] = { 0 }; a[0] = 1; return 0; } // error@44: read-only variable is not assignable
// ----
int f(const char *p) { *p = 1; return 0; } // error@27: read-only variable is not assignable
// ----
struct s { const int x; int y; }; int f(struct s *p) { p->x = 1; return 0; } // error@61: cannot assign to non-static data member 'x' with const-qualified type 'const int' // note@22: non-static data member 'x' declared const here
// ----
struct s { const int x; int y; }; int f(struct s *p, struct s *q) { *p = *q; return 0; } // error@72: cannot assign to lvalue with const-qualified data member 'x'
// ----
int f(void) { "abc"[0] = 1; "abc" = 0; return 0; }
// error@^35: array type 'char[4]' is not assignable
// ----
int f(void) { enum { A }; A = 1; return 0; } // error@29: expression is not assignable
// ----
int f(int x) { (x ? x : x) = 1; return 0; } // error@28: expression is not assignable
// ----
int f(int x) { (char) x = 1; return 0; } // error@25: expression is not assignable
// ----
int f(int x) { (x, x) = 1; return 0; } // warning@17: left operand of comma operator has no effect // error@23: expression is not assignable
// ----
int f(int x) { f(1) = 1; return 0; } // error@21: expression is not assignable
// ----
int f(int x) { sizeof(x) = 1; return 0; } // error@26: expression is not assignable
// ----
int f(int x) { -x = 1; return 0; } // error@19: expression is not assignable
// ----
int f(int x) { ++x++; return 0; } // error@16: expression is not assignable
// ----
int f(int x) { return &f(1) != 0; } // error@23: cannot take the address of an rvalue of type 'int'
// ----
int f(int x) { return &(x + 1) != 0; } // error@23: cannot take the address of an rvalue of type 'int'
// ----
int f(int x) { int *p = &&x; return 0; } // error@27: use of undeclared label 'x'
// ----
int f(int x) { return x ? "a" : 1; }
// warning@^25: pointer/integer type mismatch in conditional expression ('char *' and 'int') // error@^23: incompatible pointer to integer conversion returning 'char *' from a function with result type 'int'; dereference with *
// ----
struct s { int x; } a; struct t { int x; } b; int f(int x) { x ? a : b; return 0; } // error@64: incompatible operand types ('struct s' and 'struct t')
// ----
struct s; int f(struct s *p) { return p + 1 != 0; } // error@41: arithmetic on a pointer to an incomplete type 'struct s' // note@8: forward declaration of 'struct s'
// ----
struct s; int f(struct s *p) { return sizeof(*p); } // error@39: invalid application of 'sizeof' to an incomplete type 'struct s'
// ----
struct s; int f(struct s *p) { p++; return 0; } // error@33: arithmetic on a pointer to an incomplete type 'struct s' // note@8: forward declaration of 'struct s'
// ----
struct s; int f(struct s *p) { return p[1] == 0; } // error@40: subscript of pointer to incomplete type 'struct s'
// ----
struct s; int f(struct s *p, struct s *q) { *p = *q; return 0; } // error@50: incomplete type 'struct s' where a complete type is required
// ----
struct s; struct s g(void); int f(void) { g(); return 0; } // error@43: calling 'g' with incomplete return type 'struct s' // note@20: 'g' declared here
// ----
struct s; int f(void) { struct s x; return 0; } // error@34: variable has incomplete type 'struct s' // note@8: forward declaration of 'struct s'
