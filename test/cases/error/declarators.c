// error -ferror-limit=0
// Declarations: types, storage, redeclaration, members.
int a[-1]; // error@7: 'a' declared as an array with a negative size
// ----
int a[1.5]; // error@7: size of array has non-integer type 'double'
// ----
int a[(void*)0]; // error@7: size of array has non-integer type 'void *'
// ----
int n; int a[n]; // error@12: variable length array declaration not allowed at file scope
// ----
int f(int n) { static int a[n]; return a[0]; } // error@27: variable length array declaration cannot have 'static' storage duration
// ----
int f(int n) { int a[n] = { 1 }; return a[0]; } // error@27: variable-sized object may not be initialized
// ----
int a[0x7fffffffffffffff]; // error@7: array is too large (9223372036854775807 elements)
// ----
int a[][]; // error@6: array has incomplete element type 'int[]'
// ----
void v; // error@6: variable has incomplete type 'void'
// ----
void v[3]; // error@7: array has incomplete element type 'void'
// ----
struct s v; // error@10: tentative definition has type 'struct s' that is never completed // note@8: forward declaration of 'struct s'
// ----
struct s; int x = sizeof(struct s); // error@19: invalid application of 'sizeof' to an incomplete type 'struct s'
// ----
int f(void)[3]; // error@6: function cannot return array type 'int[3]'
// ----
int (*f(void))(void)(void); // error@15: function cannot return function type 'int (void)'
// ----
int f(void)(void); // error@6: function cannot return function type 'int (void)'
// ----
int (a[3])(void); // error@7: 'a' declared as array of functions of type 'int (void)'
// ----
extern int x = 1; // warning@12: 'extern' variable has an initializer
int f(void) { extern int y = 2; return y; } // error@26: declaration of block scope identifier with linkage cannot have an initializer
// ----
static extern int x; // error@8: cannot combine with previous 'static' declaration specifier
// ----
auto int x; // error@10: illegal storage class on file-scoped variable
// ----
register int x; // error@14: illegal storage class on file-scoped variable
// ----
int f(void) { static register int x; } // error@22: cannot combine with previous 'static' declaration specifier
// ----
typedef static int x; // error@9: cannot combine with previous 'typedef' declaration specifier
// ----
inline int x; // error@1: 'inline' can only appear on functions
// ----
_Noreturn int x; // error@1: '_Noreturn' can only appear on functions
// ----
long long long x; // error@11: cannot combine with previous 'long long' declaration specifier
// ----
short long x; // error@7: cannot combine with previous 'short' declaration specifier
// ----
unsigned float x; // error@10: cannot combine with previous 'unsigned' declaration specifier
// ----
signed unsigned x; // error@8: cannot combine with previous 'signed' declaration specifier
// ----
int int x; // error@5: cannot combine with previous 'int' declaration specifier
// ----
int char x; // error@5: cannot combine with previous 'int' declaration specifier
// ----
const int x; int f(void) { x = 1; return 0; } // error@30: cannot assign to variable 'x' with const-qualified type 'const int' // note@11: variable 'x' declared const here
// ----
_Thread_local int x; // error@1: thread-local storage is not supported for the current target
// ----
int x; char x; // error@13: redefinition of 'x' with a different type: 'char' vs 'int' // note@5: previous definition is here
// ----
int f(void); char f(void); // error@19: conflicting types for 'f' // note@5: previous declaration is here
// ----
int f; int f(void); // error@12: redefinition of 'f' as different kind of symbol // note@5: previous definition is here
// ----
int f(void) { int x; int x; return x; } // error@26: redefinition of 'x' // note@19: previous definition is here
// ----
int f(int x) { int x; return x; } // error@20: redefinition of 'x' // note@11: previous definition is here
// ----
int f(int x, int x) { return x; } // error@18: redefinition of parameter 'x' // note@11: previous declaration is here
// ----
struct s { int x; char x; }; // error@24: duplicate member 'x' // note@16: previous declaration is here
// ----
struct s { }; union s u; // error@21: use of 's' with tag type that does not match previous declaration // note@8: previous use is here
// ----
struct s { int x; }; struct s { int y; }; // error@29: redefinition of 's' // note@8: previous definition is here
// ----
int f(void) { return 1; } int f(void) { return 2; } // error@31: redefinition of 'f' // note@5: previous definition is here
// ----
int x = 1; int x = 2; // error@16: redefinition of 'x' // note@5: previous definition is here
// ----
static int x; int x; // error@19: non-static declaration of 'x' follows static declaration // note@12: previous definition is here
// ----
int x; static int x; // error@19: static declaration of 'x' follows non-static declaration // note@5: previous definition is here
// ----
int f(void) { L: ; L: ; return 0; } // error@20: redefinition of label 'L' // note@15: previous definition is here
// ----
int f(void) { goto L; } // error@20: use of undeclared label 'L'
// ----
int f(int x) { switch (x) { case 1: case 1: ; } return 0; } // error@42: duplicate case value '1' // note@34: previous case defined here
// ----
int f(struct s x) { return 0; } // warning@14: declaration of 'struct s' will not be visible outside of this function // error@16: variable has incomplete type 'struct s'
// ----
struct s f(void) { } // error@10: incomplete result type 'struct s' in function definition
// ----
int f(void x) { return 0; } // error@12: argument may not have 'void' type
// ----
int f(int x[static]) { return 0; } // error@12: 'static' may not be used without an array size
// ----
int a[static 3]; // error@6: 'static' used in array declarator outside of a function prototype
// ----
int f(void) { int a[*]; return 0; } // error@20: star modifier used outside of function prototype
// ----
struct s { int x : 3; } v; int *f(void) { return &v.x; } // error@50: address of bit-field requested
// ----
struct s { int x : 3; } v; int f(void) { return sizeof(v.x); } // error@55: invalid application of 'sizeof' to bit-field
// ----
struct s { int x : 3; } v; int f(void) { return _Alignof(v.x); } // error@57: invalid application of 'alignof' to bit-field
// ----
struct s { int x : 40; }; // error@16: width of bit-field 'x' (40 bits) exceeds the width of its type (32 bits)
// ----
struct s { int x : -1; }; // error@16: bit-field 'x' has negative width (-1)
// ----
struct s { int x : 0; }; // error@16: named bit-field 'x' has zero width
// ----
struct s { float x : 2; }; // error@18: bit-field 'x' has non-integral type 'float'
// ----
struct s { int *x : 2; }; // error@17: bit-field 'x' has non-integral type 'int *'
// ----
struct s { int x[3] : 2; }; // error@16: bit-field 'x' has non-integral type 'int[3]'
// ----
struct s { int f(void); }; // error@16: field 'f' declared as a function
// ----
struct s { int a[]; int b; }; // error@16: flexible array member 'a' with type 'int[]' is not at the end of struct // note@25: next field declaration is here
// ----
struct s { struct s x; }; // error@21: field has incomplete type 'struct s' // note@8: definition of 'struct s' is not complete until the closing '}'
// ----
struct s { int x; static int y; }; // error@19: type name does not allow storage class to be specified
// ----
struct s { int x = 3; }; // error@17: expected ';' at end of declaration list
// ----
int f(void) { register int x; return *&x; } // error@39: address of register variable requested
// ----
_Static_assert(0, "no");
// error@^16: static assertion failed: no
// ----
_Static_assert(0); // error@16: static assertion failed
// ----
_Static_assert(x, "no");
// error@^16: use of undeclared identifier 'x'
// ----
_BitInt(300) x; // error@1: signed _BitInt of bit sizes greater than 128 not supported
// ----
_BitInt(0) x; // error@1: signed _BitInt must have a bit size of at least 2
// ----
_BitInt(-1) x; // error@1: signed _BitInt must have a bit size of at least 2
// ----
unsigned _BitInt(0) x; // error@1: unsigned _BitInt must have a bit size of at least 1
// ----
__int128 long x; // error@10: cannot combine with previous '__int128' declaration specifier
// ----
_Float16 x; // error@1: _Float16 is not supported on this target
// ----
_Decimal32 x; // error@1: GNU decimal type extension not supported
// ----
int f(int x) __attribute__((noinline, aligned(3))); // error@39: requested alignment is not a power of 2
// ----
// error@v51: expected identifier or '('
int f(int x) { return x; } __attribute__((unused))
// ----
int f(int x) { extern int g(int) { return 1; } return 0; } // error@34: function definition is not allowed here
// ----
int f(int x) { int g(int y) { return y; } return g(x); } // error@29: function definition is not allowed here
// ----
int f(int x) { static int g(void); return 0; } // error@16: function declared in block scope cannot have 'static' storage class
// ----
// clang warns: of no expression that the parser gave up
int f(int x) { typedef int t; t t = 1; t y; return t; } // error@33: redefinition of 't' as different kind of symbol // note@28: previous definition is here // warning@40: expression result unused // error@41: expected ';' after expression
// ----
typedef int t; int f(int x) { return t; } // error@31: non-void function 'f' should return a value // error@37: expected ';' after return statement
// ----
typedef int t; int f(int x) { t.x = 1; return 0; } // error@32: expected identifier or '('
