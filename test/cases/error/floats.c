// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
double x, y;
int f(void) {
  x = y;
  return 0;
}
int g(void) { return x + y; } // error: floating-point arithmetic on 'double' is not supported: BPF has no floating-point instructions; use integers, for example a fixed-point value
int h(int i) { return i * 0.5; } // error: floating-point arithmetic on 'double' is not supported: BPF has no floating-point instructions; use integers, for example a fixed-point value
int k(void) { if (x) return 1; return x < y; } // error: floating-point arithmetic on 'double' is not supported: BPF has no floating-point instructions; use integers, for example a fixed-point value
static double unused(double a) { return a * 2; }
double constant = 1.5 * 2;
_Complex double z; // error: complex types are not supported: BPF has no floating-point instructions
