// error
// How often to unroll: 0 is never, but no count.
void f(int *a) {
#pragma unroll 0
  for (int i = 0; i < 4; i++) a[i] = i;
#pragma GCC unroll 0
  for (int i = 0; i < 4; i++) a[i] += i;
#pragma clang loop unroll_count(0) // error: invalid value '0'; must be positive
  for (int i = 0; i < 4; i++) a[i] += i;
#pragma unroll(-1) // error: invalid value '-1'; must be positive
  for (int i = 0; i < 4; i++) a[i] += i;
}
