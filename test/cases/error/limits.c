// error -O2 -c
// What BPF has not: a large stack, many arguments, atomics of any size.
int use(void *);
int f(void) { // error@5: stack frame of 'f' takes 624 bytes, but a BPF program has 512
  char first[300]; // note@8: 'first' takes 300 bytes
  long second[40]; // note@8: 'second' takes 320 bytes
  int third; // note@7: 'third' takes 4 bytes
  return use(first) + use(second) + use(&third);
}
// ----
__attribute__((weak)) int f(int a, int b, int c, int d, int e, int g) { return a + g; } // error@27: 'f' has 6 parameters: a BPF function takes at most 5
// ----
__attribute__((section("tc"))) int f(int n, ...) { return n; } // error@36: 'f' takes variable arguments, for which BPF has no convention, and stands in section 'tc', where the kernel calls it
// ----
// clang: it says so at the function's head
void f(__int128 *p, __int128 *q) {
  *q = __atomic_load_n(p, 0); // error@8: unsupported atomic operation on '__int128': BPF has 32- and 64-bit atomics
}
// ----
// clang: the code that it makes reads a register that has no such meaning
void *f(void) { return __builtin_return_address(0); } // error@24: frame and return addresses are not available in BPF
// ----
// clang: it takes what it cannot keep from overflowing the stack at run time
int f(int n) { char *p = __builtin_alloca(n); return *p; } // error@26: 'alloca' of a size that is known only at run time is not supported: the BPF stack frame has a fixed size; use an array with a constant bound
// ----
// clang: it takes what it cannot keep from overflowing the stack at run time
int f(int n) { char a[n]; return a[n - 1]; } // error@21: variable-length array 'a' of a size that is known only at run time is not supported: the BPF stack frame has a fixed size; give the array a constant bound
// ----
_Thread_local int x; // error@1: thread-local storage is not supported for the current target
int f(void) { return x; }
// ----
// clang: it leaves a call of the function
int g(void) __attribute__((always_inline));
int g(void) {
  return g(); // error@10: recursive call of 'g': BPF programs cannot recurse
}
int f(void) { return g(); }
// ----
int f(int n) {
  asm("frob");
  return n;
}
// error@^^^3: in asm: expected an instruction, saw "frob"
// ----
int f(int n) {
  asm("" : : "i"(n));
  return n;
}
// error@^^^3: operand of the asm statement is not a constant
// ----
// clang: it takes any name
int f(int n) {
  asm("" : : "r"(n) : "frob");
  return n;
}
// error@^^^3: unknown register name 'frob' in asm
// ----
int f(int n) { asm("" : "=q"(n)); return n; }
// error@^25: invalid output constraint '=q' in asm
// ----
// clang: it makes a table that nothing in the kernel runs
__attribute__((constructor)) void f(void) { } // error@16: 'constructor' attribute is not supported: nothing runs .init_array in the kernel
