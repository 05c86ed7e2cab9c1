// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int v;
int a = v; // error: initializer element is not a compile-time constant
int *b = &v;
long c = (long) &v;
int d = (int) (long) &v; // error: initializer element is not a compile-time constant
_Static_assert(0, "it is wrong"); // error: static assertion failed: it is wrong
_Static_assert(v, "x"); // error: static assertion expression is not an integral constant expression
_Static_assert(sizeof(int) == 8); // error: static assertion failed
_Alignas(3) int al; // error: requested alignment is not a power of 2
_Alignas(2) int al2; // error: requested alignment is less than minimum alignment of 4 for type 'int'
int f(void);
int g = f(); // error: initializer element is not a compile-time constant
int h = 1 / 0; // warning: division by zero is undefined // error: initializer element is not a compile-time constant
int i = 08; // error: invalid digit '8' in octal constant
int j = 0x; // error: invalid suffix 'x' on integer constant
int k = 12abc; // error: invalid suffix 'abc' on integer constant
int l = 99999999999999999999; // error: integer literal is too large to be represented in any integer type
int m = 1 << 40; // warning: shift count >= width of type
int o = 2147483647 + 1; // warning: overflow in expression; result is -2'147'483'648 with type 'int'
int p = 'ab'; // warning: multi-character character constant
char *r = "\q"; // warning: unknown escape sequence '\q'
char s = '\400'; // error: octal escape sequence out of range
