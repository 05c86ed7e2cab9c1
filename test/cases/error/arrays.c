// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int a[-1]; // error: 'a' declared as an array with a negative size
int b[1.5]; // error: size of array has non-integer type 'double'
int c[]; // warning: tentative array definition assumed to have one element
int d[][]; // error: array has incomplete element type 'int[]'
void e[3]; // error: array has incomplete element type 'void'
int f()[3]; // error: function cannot return array type 'int[3]'
int g[3](); // error: 'g' declared as array of functions of type 'int ()'
int h()(); // error: function cannot return function type 'int ()'
extern int n;
int i[n]; // error: variable length array declaration not allowed at file scope
void j(int n) { static int k[n]; } // error: variable length array declaration cannot have 'static' storage duration
int l[2] = { 1, 2, 3 }; // warning: excess elements in array initializer
char m[2] = "abc"; // warning: initializer-string for char array is too long
int o[3] = 5; // error: array initializer must be an initializer list or wide string literal
char p[] = 5; // error: array initializer must be an initializer list or string literal
int q[] = "abc"; // error: initializing wide char array with non-wide string literal
int r[3] = { [3] = 1 }; // error: array designator index (3) exceeds array bounds (3)
int s[3] = { [-1] = 1 }; // error: array designator value '-1' is negative
int t = { 1, 2 }; // warning: excess elements in scalar initializer
int u[2] = { .x = 1 }; // error: field designator cannot initialize a non-struct, non-union type 'int[2]'
struct v { int x, y; } w = { .z = 1 }, x = { 1, 2, 3 }, y = { [0] = 1 }; // error: field designator 'z' does not refer to any field in type 'struct v' // warning: excess elements in struct initializer // error: array designator cannot initialize non-array type 'struct v'
union z { int a; char b; } zz = { 1, 2 }; // warning: excess elements in union initializer
