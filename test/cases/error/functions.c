// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
inline int v; // error: 'inline' can only appear on functions
typedef int ft(void) { return 0; } // error: function definition declared 'typedef'
auto int w; // error: illegal storage class on file-scoped variable
register int x; // error: illegal storage class on file-scoped variable
int dup(int a, int a) { return a; } // error: redefinition of parameter 'a' // note: previous declaration is here
int f(void, int); // error: 'void' must be the first and only parameter if specified
int g(void v); // error: argument may not have 'void' type
int h(a, b) int a; int c; { return a; } // error: parameter named 'c' is missing // error: parameter 'b' was not declared, defaults to 'int'; ISO C99 and later do not support implicit int // warning: a function definition without a prototype is deprecated
void missing(int) { } // warning: omitting the parameter name in a function definition is a C23 extension
int noret(int x) { }
int maybe(int x) { if (x) return 1; }
int fine(int x) { for (;;) { if (x) return 1; } }
void nested(void) { static void inner(void); } // error: function declared in block scope cannot have 'static' storage class
void st(static int x); // error: invalid storage class specifier in function declarator
int init(void) = 0; // error: illegal initializer (only variables can be initialized)
_Noreturn void nr(void) { }
void va(int a, ...) { __builtin_va_list l; __builtin_va_start(l, a); }
int own(char, float); // note: previous declaration is here
int own(c, f) // warning: a function definition without a prototype is deprecated
  char c; // warning: promoted type 'int' of K&R function parameter is not compatible with the parameter type 'char' declared in a previous prototype
  float f; // warning: promoted type 'double' of K&R function parameter is not compatible with the parameter type 'float' declared in a previous prototype
{ return c; }
int other(char); // note: previous declaration is here
int other(c) int c; { return c; } // error: conflicting types for 'other' // warning: a function definition without a prototype is deprecated
