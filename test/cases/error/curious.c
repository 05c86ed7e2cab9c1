// error -Wall -Wextra
// Smaller matters: addresses of callers, old designators, null pointers in differences, text and numbers.
struct pair { int x, y; } pair = { x: 1, y: 2 }, array[] = { { x: 3 }, { .x = 4 } }; // warning@36: use of GNU old-style field designator extension // warning@42: use of GNU old-style field designator extension // warning@64: use of GNU old-style field designator extension
#define OLD x: 5
struct pair macro = { OLD }; // warning@23: use of GNU old-style field designator extension
int frames(void) { return sizeof(__builtin_return_address(0)) + sizeof(__builtin_return_address(1)) + sizeof(__builtin_frame_address(2)); } // warning@72: calling '__builtin_return_address' with a nonzero argument is unsafe // warning@110: calling '__builtin_frame_address' with a nonzero argument is unsafe
long differences(char *p, int *q) {
  long n = p - (char *)0; // warning@14: performing pointer subtraction with a null pointer has undefined behavior
  if (0) n += p - (char *)0;
  return n + ((int *)0 - q) + ((char *)0 - (char *)0) + (p - p); // warning@24: performing pointer subtraction with a null pointer has undefined behavior // warning@42: performing pointer subtraction with a null pointer has undefined behavior
}
int negations(_Bool b, int i) { return ~b + ~(i == 1) + ~!i + ~i + ~(i && b) + ~(b) + ~(_Bool)i; } // warning@87: bitwise negation of a boolean expression; did you mean logical negation? // warning@80: bitwise negation of a boolean expression; did you mean logical negation? // warning@68: bitwise negation of a boolean expression; did you mean logical negation? // warning@57: bitwise negation of a boolean expression; did you mean logical negation? // warning@45: bitwise negation of a boolean expression; did you mean logical negation? // warning@40: bitwise negation of a boolean expression; did you mean logical negation?
const char *texts(int i, long l, char c) { return i ? "a" + i : l ? l + "b" : "c" + 1 ? ("d") + i : "e" + c ? &"f"[i] : "g" - 1; } // warning@59: adding 'int' to a string does not append to the string // warning@71: adding 'long' to a string does not append to the string // warning@83: adding 'int' to a string does not append to the string // warning@105: adding 'char' to a string does not append to the string
void nand(int *p) { __sync_fetch_and_nand(p, 1); __sync_nand_and_fetch(p, 2); __sync_fetch_and_and(p, 1); } // warning@47: the semantics of this intrinsic changed with GCC version 4.4 - the newer semantics are provided here // warning@76: the semantics of this intrinsic changed with GCC version 4.4 - the newer semantics are provided here
#define LIMIT n
int same(int n) { return (n == LIMIT) + (LIMIT == n) + (n == n); } // warning@59: self-comparison always evaluates to true
