// error -Wall -Wextra
// What is well-formed and most likely meant otherwise.
struct bits { unsigned a : 3; int b : 1; } v;
int first(int x) { if (x); return 0; } // warning@26: if statement has empty body
int second(int x) { while (x); return 0; } // warning@30: while loop has empty body
int third(int x) {
  while (x--);
  for (; x < 9; x++)
    ;
  return 0;
}
int same(int x, volatile int *p) { return (x == x) + (*p == *p); } // warning@46: self-comparison always evaluates to true
int range(unsigned char x) { return x < 256; } // warning@39: result of comparison of constant 256 with expression of type 'unsigned char' is always true
int range2(signed char x) { return -129 > x; } // warning@41: result of comparison of constant -129 with expression of type 'signed char' is always false
int mask(int a, int b) { return a & b == 1; } // warning@35: & has lower precedence than ==; == will be evaluated first
int shift(int a, int b) { return a << b + 1; } // warning@41: operator '<<' has lower precedence than '+'; '+' will be evaluated first
int logical(int a, int b) { return a && b || a; } // warning@38: '&&' within '||'
int bitwise(int a, int b) { return (a & b | a) + ((a & b) | a); } // warning@39: '&' within '|'
int negated(int a, int b) { return (!a == b) + (!a == !b); } // warning@37: logical not is only applied to the left hand side of this comparison
int dangling(int a, int b) { if (a) if (b) return 1; else return 2; return 0; } // warning@54: add explicit braces to avoid dangling else
int constant(int x) { return (x && 4) + (x && 1); } // warning@33: use of logical '&&' with constant operand
int assign(int x) { x = x; return x; } // warning@23: explicitly assigning value of variable of type 'int' to itself
void field(void) { v.a = 9; v.a = -1; } // warning@24: implicit truncation from 'int' to bit-field changes value from 9 to 1
int weak(void) __attribute__((weak));
int address(void) { int a[3]; return (a ? 1 : 0) + (weak && field); } // warning@39: address of array 'a' will always evaluate to 'true' // warning@61: address of function 'field' will always evaluate to 'true'
int old(x) int x; { return x; } // warning@5: a function definition without a prototype is deprecated in all versions of C and is not supported in C23
int written(int n, int m) { m = 3; while (n--) { } return 0; } // warning@24: parameter 'm' set but not used
#define SAME(x) ((x) == (x))
int macro(int x) { return SAME(x); }
