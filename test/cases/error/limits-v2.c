// error -O2 -c -mcpu=v2
// Atomic operations on 32 bits before -mcpu=v3.
// clang: it says so at the function's head
int f(int *p) {
  return __sync_fetch_and_add(p, 1); // error@10: the old value of an atomic addition on 32 bits needs -mcpu=v3 or later; use an object of 64 bits
}
// ----
// clang: it says so at the function's head
void f(int *p) {
  __sync_fetch_and_and(p, 1); // error@3: atomic operations on 32 bits other than addition need -mcpu=v3 or later; use an object of 64 bits
}
