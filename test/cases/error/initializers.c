// error -ferror-limit=0
// Initialisers and constants of static storage.
{ int x; } // error@1: expected external declaration
// ----
int a[2] = 1; // error@5: array initializer must be an initializer list or wide string literal
// ----
int a[2] = { [2] = 1 }; // error@15: array designator index (2) exceeds array bounds (2)
// ----
int a[2] = { [-1] = 1 }; // error@15: array designator value '-1' is negative
// ----
int a[2] = { [x] = 1 }; // error@15: use of undeclared identifier 'x'
// ----
int a[2] = { .x = 1 }; // error@15: field designator cannot initialize a non-struct, non-union type 'int[2]'
// ----
struct s { int x; } v = { .y = 1 }; // error@28: field designator 'y' does not refer to any field in type 'struct s'
// ----
struct s { int x; } v = 1; // error@21: initializing 'struct s' with an expression of incompatible type 'int'
// ----
struct s { int x; } v = { [0] = 1 }; // error@27: array designator cannot initialize non-array type 'struct s'
// ----
int s[] = "abc";
// error@^5: initializing wide char array with non-wide string literal
// ----
int x = y; // error@9: use of undeclared identifier 'y'
// ----
int y; int x = y; // error@16: initializer element is not a compile-time constant
// ----
int f(void); int x = f(); // error@22: initializer element is not a compile-time constant
// ----
int *p = &(1); // error@10: cannot take the address of an rvalue of type 'int'
// ----
int *p = 3; // error@6: incompatible integer to pointer conversion initializing 'int *' with an expression of type 'int'
// ----
int f(int x[2][]) { return 0; } // error@12: array has incomplete element type 'int[]'
// ----
int f(int x) { int y[] ; return 0; } // error@20: definition of variable with array type needs an explicit size or an initializer
// ----
int f(int x) { int y[2] = { 1 }, z[3] = y; return 0; } // error@34: array initializer must be an initializer list or wide string literal
// ----
int f(int x) { static int y = x; return y; } // error@31: initializer element is not a compile-time constant
// ----
int f(int x) { static int *y = &x; return *y; } // error@32: initializer element is not a compile-time constant
// ----
int x; int y = x + 1; // error@18: initializer element is not a compile-time constant
// ----
int x; int y = &x; // error@12: incompatible pointer to integer conversion initializing 'int' with an expression of type 'int *'; remove &
// ----
int x; char y = (char) (long) &x; // error@17: initializer element is not a compile-time constant
// ----
int x; long y = (long) &x + (long) &x; // error@27: initializer element is not a compile-time constant
// ----
int a[2]; int y = a[0]; // error@20: initializer element is not a compile-time constant
// ----
int f(void); int y = f() + 1; // error@26: initializer element is not a compile-time constant
// ----
_Static_assert(sizeof(int) == 8, "int" " is small");
// error@^16: static assertion failed: int is small
// ----
int f(int x) { _Static_assert(x, "x"); return 0; }
// error@^31: static assertion expression is not an integral constant expression
// ----
struct s { _Static_assert(0, "in"); int x; };
// error@^27: static assertion failed: in
// ----
int a[3] = { [1] = 1, [1] = 2 }; // warning: initializer overrides prior initialization of this subobject
// note@^20: previous initialization is here
union { int x; char y; } u = { .x = 1, .y = 3 }; // warning: initializer overrides prior initialization of this subobject
// note@^37: previous initialization is here
int none = a; // error: incompatible pointer to integer conversion initializing 'int' with an expression of type 'int[3]'
