// error -ferror-limit=0
// Syntax: one token is missing, doubled or out of its place.
int f(void) { int 3x; } // error@19: expected identifier or '('
// ----
int f(void) { return 1 } // error@23: expected ';' after return statement
// ----
// error@vv24: expected '}'
// note@v13: to match this '{'
int f(void) { return 1;
// ----
int f(void) { if (1 return 2; } // error@21: expected ')' // note@18: to match this '('
// ----
int f(void) { if 1) return 2; } // error@18: expected '(' after 'if'
// ----
int f(void) { while () ; } // error@22: expected expression
// ----
int f(void) { for (;;; ) ; } // error@22: expected ')' // note@19: to match this '('
// ----
int f(void) { do ; while (1) } // error@29: expected ';' after do/while statement
// ----
int f(void) { do ; until (1); } // error@20: expected 'while' after ';'
// ----
int f(void) { else ; } // error@15: expected expression
// ----
int f(void) { switch 1 { } } // error@22: expected '(' after 'switch'
// ----
int f(void) { goto ; } // error@20: expected identifier after 'goto'
// ----
int f(void) { goto 3; } // error@20: expected identifier after 'goto'
// ----
int f(void) { break } // error@15: 'break' statement not in loop or switch statement // error@20: expected ';' after break statement
// ----
int f(void) { case 1: ; } // error@15: 'case' statement not in switch statement
// ----
int f(int x) { switch (x) { case : ; } } // error@34: expected expression
// ----
int f(int x) { switch (x) { case 1 ; } return 0; } // error@36: expected ':' after '1'
// ----
int f(int x) { switch (x) { default ; } return 0; } // error@37: expected ':' after 'default'
// ----
int f(int x) { return x ? 1; } // error@28: expected ':'
// ----
int f(int x) { return x[; } // error@25: expected expression
// ----
int f(int x) { return (x; } // error@25: expected ')' // note@23: to match this '('
// ----
int f(int x) { return f(x; } // error@26: expected ')' // note@24: to match this '('
// ----
int f(int x) { return f(x,); } // error@27: expected expression
// ----
int f(int x) { return x + ; } // error@27: expected expression
// ----
int f(int x) { return * ; } // error@25: expected expression
// ----
int f(int x) { return sizeof ; } // error@30: expected expression
// ----
int f(int x) { return sizeof(int; } // error@33: expected ')' // note@29: to match this '('
// ----
int f(int x) { x. ; return 0; } // error@19: expected identifier after '.'
// ----
int f(int x) { return (int x; } // error@28: unexpected 'x' in a type name
// ----
int a[3; // error@8: expected ']' // note@6: to match this '['
// ----
int a[; // error@7: expected ']' // note@6: to match this '['
// ----
int 5; // error@5: expected identifier or '('
// ----
int ;; // warning@1: declaration does not declare anything
struct; // error@1: declaration of anonymous struct must be a definition
// ----
struct s { int x; } int y; // error@20: expected ';' after struct
// ----
struct s { x; }; // error@12: unknown type name 'x'
// ----
// error@vv16: expected '}'
// note@v8: to match this '{'
struct { int x;
// ----
union u { int a; float }; // error@24: expected member name or ';' after declaration specifiers
// ----
enum { }; // error@8: use of empty enum
// ----
enum e { A B }; // error@11: missing ',' between enumerators
// ----
enum e { A = }; // error@14: expected expression
// ----
enum e { 3 }; // error@10: expected identifier
// ----
enum { A, A }; // error@11: redefinition of enumerator 'A' // note@8: previous definition is here
// ----
enum; // error@1: declaration of anonymous enum must be a definition
// ----
enum e x; // error@8: tentative definition has type 'enum e' that is never completed
// ----
typedef int t = 3; // error@13: illegal initializer (only variables can be initialized)
// ----
int f(int, ); // error@12: unexpected ')'
// ----
int f(, int); // error@7: expected ')' // note@6: to match this '('
// ----
// error@vv17: expected ')'
// note@v6: to match this '('
int f(int x, ...
// ----
int f(...); // error@7: ISO C requires a named parameter before '...'
// ----
int f(int x; int y); // error@12: expected ')' // note@6: to match this '('
// ----
int f(a, b); // error@7: a parameter list without types is only allowed in a function definition
// ----
int f(a, b) int a; char c; { return 0; } // error@25: parameter named 'c' is missing // error@10: parameter 'b' was not declared, defaults to 'int'; ISO C99 and later do not support implicit int // warning@5: a function definition without a prototype is deprecated in all versions of C and is not supported in C23
// ----
int f(void, int); // error@7: 'void' must be the first and only parameter if specified
// ----
int f(void x); // error@12: argument may not have 'void' type
// ----
int f(int x) { return x; } } // error@28: extraneous closing brace ('}')
// ----
int f(int n) { __builtin_va_list ap; __builtin_va_start(ap, n); return 0; } // error@38: 'va_start' used in function with fixed args
// ----
// error@vv46: expected '}'
// note@v14: to match this '{'
int f(int x) { if (x) { return 1; return 2; }
// ----
// error@vvv26: expected expression
// error@vv27: expected '}'
// note@v14: to match this '{'
int f(int x) { return 1; )
// ----
int f(int x) { return (1]; } // error@25: expected ')' // note@23: to match this '('
// ----
// error@vvvv36: expected '}'
// note@vvv27: to match this '{'
// error@vv52: expected '}'
// note@v14: to match this '{'
int f(int x) { int a[3] = { 1, 2, 3; return a[0]; }
// ----
int f(int x) { struct { int y; } z = { .y = }; return z.y; } // error@45: expected expression
// ----
int f(int x) { struct { int y; } z = { . = 1 }; return z.y; } // error@42: expected identifier after '.'
// ----
int a[3] = { [1 = 2 }; // error@21: expected ']' // note@14: to match this '['
// ----
int a[3] = { [ = 2 }; // error@16: expected expression
// ----
int f(int x) { return x ? : ; } // error@29: expected expression
// ----
int f(int x) { return x ?: ; } // error@28: expected expression
// ----
int f(int x) { x = ; return x; } // error@20: expected expression
// ----
int f(int x) { x += ; return x; } // error@21: expected expression
// ----
int f(int x) { ++; return x; } // error@18: expected expression
// ----
int f(int x) { return !; } // error@24: expected expression
// ----
int f(int x) { return x == ; } // error@28: expected expression
// ----
int f(int x) { return x && ; } // error@28: expected expression
// ----
int f(int x) { return x -> ; } // error@28: expected identifier after '->'
// ----
int f(int x) { return x.3; } // error@24: expected ';' after return statement
// ----
int f(int x) { return int; } // error@16: non-void function 'f' should return a value // error@22: expected ';' after return statement
// ----
int f(int x) { return sizeof int; } // error@30: expected expression
// ----
int f(int x) { int; return x } // warning@16: declaration does not declare anything // error@29: expected ';' after return statement
// ----
int f(int x) { int y z; return x; } // error@21: expected ';' at end of declaration
// ----
int f(int x) { int y = 1 int z; return x; } // error@25: expected ';' at end of declaration
// ----
int f(int x) { long y = 1, ; return x; } // error@28: expected identifier or '('
// ----
int f(int x) { for (int i = 0; i < 3) ; return x; } // error@37: expected ';' in 'for' statement specifier // warning@39: for loop has empty body // note@39: put the semicolon on a separate line to silence this warning
// ----
// clang warns: of no loop whose head is in error
int f(int x) { for (int i = 0, i < 3; i++) ; return x; } // error@32: redefinition of 'i' // note@25: previous definition is here // error@33: expected ';' at end of declaration // warning@44: for loop has empty body // note@44: put the semicolon on a separate line to silence this warning
// ----
int f(int x) { for int i; return x; } // error@20: expected '(' after 'for'
// ----
int f(int x) { while x ; return x; } // error@22: expected '(' after 'while'
// ----
int f(int x) { do x++; while x; return x; } // error@30: expected '(' after 'while'
// ----
int f(int x) { do x++ while (x); return x; } // error@22: expected ';' after expression // error@34: expected 'while' after ';'
// ----
int f(int x) { if x return 1; return x; } // error@19: expected '(' after 'if'
// ----
int f(int x) { if () return 1; return x; } // error@20: expected expression
// ----
int f(int x) { return x; else return 1; } // error@26: expected expression
// ----
int f(int x) { case: return x; } // error@20: expected expression
// ----
int f(int x) { switch (x) { case 1: return 1; case 2 return 2; } return x; } // error@54: expected ':' after '2'
// ----
int f(int x) { switch x { case 1: return 1; } return x; } // error@23: expected '(' after 'switch'
// ----
int f(int x) { goto *; return x; } // error@22: expected expression
// ----
int f(int x) { L return x; } // error@16: use of undeclared identifier 'L' // error@17: expected ';' after expression
// ----
int f(int x) { __label__ ; return x; } // error@26: expected identifier after '__label__'
// ----
int f(int x) { __label__ a; return x; } // error@26: use of undeclared label 'a'
// ----
int f(int x) { return ({ ; }); } // error@23: returning 'void' from a function with incompatible result type 'int'
// ----
int f(int x) { return ({ int y = 1 }); } // error@23: returning 'void' from a function with incompatible result type 'int' // error@35: expected ';' at end of declaration
// ----
int f(int x) { return ({ x; }; } // error@30: expected ')' // note@23: to match this '('
// ----
int f(int x) { asm volatile ("" ::: 3); return x; }
// error@^37: expected ')' // note@^29: to match this '('
// ----
int f(int x) { asm volatile (; return x; } // error@30: expected string literal in 'asm'
// ----
int f(int x) { asm ("" : "=r" x); return x; }
// error@^31: expected '(' after '"=r"'
// ----
int f(int x) { asm ("" : "=r"(x); return x; }
// error@^33: expected ')' // note@^20: to match this '('
// ----
int f(int x) { return _Generic(x, int 1); } // error@39: expected ':' after 'int'
// ----
int f(int x) { return _Generic(x, int: 1; } // error@41: expected ')' // note@31: to match this '('
// ----
int f(int x) { return _Generic(x int: 1); } // error@34: expected a type
// ----
int f(int x) { return __builtin_offsetof(int); } // error@45: expected ',' after 'int'
// ----
int f(int x) { return __builtin_choose_expr(1, 2); } // error@49: expected ',' after '2'
// ----
_Alignas int x; // error@10: unexpected 'int'
// ----
_Alignas() int x; // error@10: expected expression
// ----
_Atomic() x; // error@9: expected a type
// ----
typeof x y; // error@8: unexpected 'x'
// ----
typeof() y; // error@8: expected expression
// ----
int (*f)(int; // error@13: expected ')' // note@9: to match this '('
// ----
int (*f(int); // error@13: expected ')' // note@5: to match this '('
// ----
int *; // error@6: expected identifier or '('
// ----
int &x; // error@5: expected identifier or '('
// ----
int [3] x; // error@5: expected identifier or '('
// ----
int x[3; // error@8: expected ']' // note@6: to match this '['
// ----
int x(int y; // error@12: expected ')' // note@6: to match this '('
// ----
struct 3 { int x; }; // error@1: declaration of anonymous struct must be a definition
// ----
struct s { int x, ; }; // error@19: unexpected ';'
// ----
struct s { int x : ; }; // error@20: expected expression
// ----
struct s { int x : 3 int y; }; // error@21: expected ';' at end of declaration list
// ----
struct s { int x[; }; // error@18: expected ']' // note@17: to match this '['
// ----
struct s { case 1: int x; }; // error@12: expected a member declaration
// ----
struct s { return; }; // error@12: expected a member declaration
// ----
enum e { A, , B }; // error@13: expected identifier
// ----
enum e { A = 1 B }; // error@15: missing ',' between enumerators
// ----
enum e { A; B }; // error@11: expected '= constant-expression' or end of enumerator definition
// ----
enum e : struct s { A }; // error@10: non-integral type 'struct s' is an invalid underlying type // error@21: unknown type name 'A'
// ----
enum e : float { A }; // error@10: non-integral type 'float' is an invalid underlying type
// ----
enum e { A = 1 / 0 }; // error@14: expression is not an integer constant expression
// ----
int x = A; enum { A }; // error@9: use of undeclared identifier 'A' // error@19: redefinition of 'A' as different kind of symbol // note@9: previous definition is here
// ----
enum e { A }; enum e { B }; // error@20: redefinition of 'e' // note@6: previous definition is here
// ----
enum e { A }; struct e x; // error@22: use of 'e' with tag type that does not match previous declaration // note@6: previous use is here
// ----
enum { A }; int A; // error@17: redefinition of 'A' as different kind of symbol // note@8: previous definition is here
// ----
extern "C" int x;
// error@^8: expected identifier or '('
// ----
class c { }; // error@1: unknown type name 'class' // error@8: expected ';' after top level declarator
// ----
template <int> int x; // error@1: unknown type name 'template'
// ----
typedef int t; int t(void) { return 0; } // error@20: redefinition of 't' as different kind of symbol // note@13: previous definition is here
// ----
typedef int f(void); f g { return 1; } // error@25: expected ';' after top level declarator
// ----
int f(int) { return 0; } int g(int x, int) { return f(x, 1); } // warning@7: omitting the parameter name in a function definition is a C23 extension // warning@39: omitting the parameter name in a function definition is a C23 extension // error@58: too many arguments to function call, expected 1, have 2 // note@5: 'f' declared here
// ----
int f(int x) { goto L; { L: ; } goto M; return 0; } // error@38: use of undeclared label 'M'
// ----
int f(int x) { goto L; int y = ({ L: 1; }); return y; } // error@16: cannot jump from this goto statement to its label // note@21: jump enters a statement expression
// ----
void f(void) { int x = 1; { int x = 2; x } } // warning@40: expression result unused // error@41: expected ';' after expression
// ----
int f(int x) { return x; } ;; ; int y // error@38: expected ';' after top level declarator
// ----
// error@vvvv14: function definition is not allowed here
// error@vvv27: expected '}'
// note@v14: to match this '{'
int f(int x) { return x;
int g(int y) { return y; }
