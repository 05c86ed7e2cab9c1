// error -std=gnu89 -Wall -Wno-unused
// What later standards took out of the language.
x; // warning@1: type specifier missing, defaults to 'int'
f(a, b) int b; { return a + b + g(1); } // warning@1: type specifier missing, defaults to 'int' // warning@33: implicit declaration of function 'g' // warning@1: a function definition without a prototype is deprecated in all versions of C and is not supported in C23
int h(void) { abort(); const y = 1; return y; } // warning@15: implicitly declaring library function 'abort' with type 'void (void) __attribute__((noreturn))' // warning@30: type specifier missing, defaults to 'int'
int l(int a) { for (int i = 0; i < 1; i++) a++; return a; } // warning@21: GCC does not allow variable declarations in for loop initializers before C99
static *p; // warning@9: type specifier missing, defaults to 'int'
extern void exit();
void e(void) { exit(1); }
