// asm -O2
// Builtins of library functions call those; what a library would check is evaluated, and no argument of the plain function.
int print(char *p, int n) { return __builtin___sprintf_chk(p, 0, 10, "%d", n); } // has: call sprintf
int bounded(char *p, int n) { return __builtin___snprintf_chk(p, 5, 0, 10, "%d", n); } // has: w2 = 5 // has: call snprintf
int listed(char *p, __builtin_va_list a) { return __builtin___vsnprintf_chk(p, 5, 0, 10, "x", a); } // has: call vsnprintf
int list(char *p, __builtin_va_list a) { return __builtin___vsprintf_chk(p, 0, 10, "x", a); } // has: call vsprintf
char *copy(char *p, char *q) { return __builtin___stpncpy_chk(p, q, 3, 10); } // has: w3 = 3 // has: call stpncpy
double whole(double x, double *p) { return __builtin_modf(x, p); } // has: call modf
float wholef(float x, float *p) { return __builtin_modff(x, p); } // has: call modff
double power(double x, int *p) { return __builtin_frexp(x, p); } // has: call frexp
int size(void);
int effect(char *p) { return __builtin___sprintf_chk(p, 0, size(), "x"); } // has: effect: // has: call size // has: call sprintf
_Static_assert(__has_builtin(__builtin___vsnprintf_chk) && __has_builtin(__builtin_modfl) && __has_builtin(__builtin_conj), "");
_Static_assert(__has_builtin(__builtin_puts) && __has_builtin(__builtin_isinff), "");
_Static_assert(!__has_builtin(__builtin_add_overflow_p), "");
