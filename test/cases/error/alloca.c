// error
// clang: it takes what it cannot keep from overflowing the stack at run time
/* alloca where the memory of one call would not do. */
void use(void *);
int sized(int n) { use(__builtin_alloca(n)); return 0; } // error: '__builtin_alloca' of a size that is no constant is not supported
int loop(int n)
{
  while (n--) use(__builtin_alloca(8)); // error: '__builtin_alloca' in a loop is not supported
  return 0;
}
int jump(int n)
{
again:
  use(__builtin_alloca(8)); // error: 'alloca' in a function with labels is not supported
  if (--n) goto again;
  return 0;
}
