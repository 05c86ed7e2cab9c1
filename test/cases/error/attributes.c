// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int a __attribute__((section)); // error: 'section' attribute takes one argument
int b __attribute__((section(5))); // error: expected string literal as argument of 'section' attribute
int c __attribute__((aligned(3))); // error: requested alignment is not a power of 2
int d __attribute__((nonsense)); // warning: unknown attribute 'nonsense' ignored
int e __attribute__((visibility("odd"))); // warning: 'visibility' attribute argument not supported: odd
static int f __attribute__((weak)); // error: weak declaration cannot have internal linkage
typedef int g __attribute__((mode(ZZ))); // error: unknown machine mode 'ZZ'
void h(void) {
  int x __attribute__((cleanup(nope))); // error: use of undeclared identifier 'nope'
  int y __attribute__((cleanup(a))); // error: 'cleanup' argument 'a' is not a function
}
void old(void) __attribute__((deprecated("use new"))); // note: 'old' has been explicitly marked deprecated here
void j(void) { old(); } // warning: 'old' is deprecated: use new
int k(void) __attribute__((warn_unused_result));
void l(void) { k(); } // warning: ignoring return value of function declared with 'warn_unused_result' attribute
__attribute__((section("a\0b"))) int nulInSection; // error: invalid escape sequence '\0' in an unevaluated string literal
