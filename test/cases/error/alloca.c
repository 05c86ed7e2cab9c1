// error
// clang: it takes what it cannot keep from overflowing the stack at run time
/* alloca where the memory of one call would not do. */
void use(void *);
int sized(int n) { use(__builtin_alloca(n)); return 0; } // error: 'alloca' of a size that is known only at run time is not supported
int loop(int n)
{
  while (n--) use(__builtin_alloca(8)); // error: 'alloca' in a loop is not supported: each round would get memory of its own, and the BPF stack frame has a fixed size; use an array
  return 0;
}
int jump(int n)
{
again:
  use(__builtin_alloca(8)); // error: 'alloca' in a loop is not supported
  if (--n) goto again;
  return 0;
}
