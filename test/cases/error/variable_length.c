// error -ferror-limit=0
// Variable-length arrays: what has no meaning, and what no frame of BPF can hold.
// clang: it takes what its code generator refuses
void use(void *);
void sized(int n) { int a[n]; use(a); } // error@25: variable-length array 'a' of a size that is known only at run time is not supported: the BPF stack frame has a fixed size; give the array a constant bound
void inner(int n)
{
  for (int i = 1; i < n; i++) { char row[3][i]; use(row); } // error@38: variable-length array 'row' of a size that is known only at run time is not supported: the BPF stack frame has a fixed size; give the array a constant bound
}
void huge(void)
{
  long n = -1;
  char a[n]; // error@8: variable-length array 'a' of 18446744073709551615 bytes: no stack of BPF is that large
  use(a);
}
// ----
void f(int n)
{
  goto in; // error@3: cannot jump from this goto statement to its label
  int a[n]; // note@7: jump bypasses initialization of variable length array
in:
  a[0] = 1;
}
// ----
void f(int n)
{
  goto in; // error@3: cannot jump from this goto statement to its label
  {
    typedef int row[n]; // note@17: jump bypasses initialization of variable length array
  in:;
  }
}
// ----
void f(int n)
{
  switch (n) {
    int (*p)[n]; // note@11: jump bypasses initialization of variable length array
  case 1: // error@3: cannot jump from switch statement to this case label
    p = 0;
  }
}
// ----
void f(int n)
{
  switch (n) {
  case 1: {
    int a[n];
    a[0] = 0;
    goto out;
  }
  case 2:;
  }
out:;
}
// ----
void f(int n)
{
  void *p = &&in;
  goto *p; // error@3: cannot jump from this indirect goto statement to one of its possible targets
  int a[n]; // note@7: jump bypasses initialization of variable length array
in: // note@1: possible target of indirect goto statement
  a[0] = 1;
}
// ----
void f(int n)
{
  asm goto("goto +0" : : : : in); // error@3: cannot jump from this asm goto statement to one of its possible targets
  int a[n]; // note@7: jump bypasses initialization of variable length array
in:
  a[0] = 1;
}
// ----
int f(int n) { return sizeof((int[n]){}); } // error@30: compound literal has variable-length type
// ----
// clang: it has the type of the initializer
int f(int n, int *p) { __auto_type q = (int (*)[n])p; return sizeof *q; } // error@36: '__auto_type' cannot be a type with a variable length: its bound is in the initializer
// ----
void f(int n) { struct s { int a[n]; } s; } // error@32: fields must have a constant size: 'variable length array in structure' extension will never be supported
// ----
int f(int n) { extern int a[n]; return a[0]; } // error@27: variable length array declaration cannot have 'extern' linkage
