// error -ferror-limit=0
// clang: it calls a library function, which its back end refuses, to divide by a complex value
_Complex double z, w;
_Complex int i;
struct s { int x; } s;
int *p;
_Complex _Bool truth; // error: '_Complex _Bool' is not supported
int a(void) { return z < w; } // error: invalid operands to binary expression ('_Complex double' and '_Complex double')
void b(void) { i = i % 2; } // error: invalid operands to binary expression ('_Complex int' and 'int')
void c(void) { z = s; } // error: assigning to '_Complex double' from incompatible type 'struct s'
void d(void) { z = p; } // error: assigning to '_Complex double' from incompatible type 'int *'
int e(void) { return __real__ s; } // error: invalid type 'struct s' to __real operator
void f(void) { z = z / w; } // error: division by a complex floating-point value is not supported; divide the parts by real values
void g(void) { i = i << 1; } // error: invalid operands to binary expression ('_Complex int' and 'int')
_Imaginary double h; // error: imaginary types are not supported
// ----
double _Complex z;
struct s { int x; } s;
void a(void) { z = __builtin_conj(s); } // error: passing 'struct s' to parameter of incompatible type '_Complex double'
void b(void) { z = __builtin_complex(1.0, 2.0f); } // error: arguments are of different types ('double' vs 'float')
void c(void) { z = __builtin_complex(1, 2.0); } // error: argument type 'int' is not a real floating point type
double d(void) { return __builtin_creal(); } // error: too few arguments to function call, expected 1, have 0
double e(void) { return __builtin_cimag(z, z); } // error: too many arguments to function call, expected 1, have 2
