// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
struct a { int x; } sa;
struct b { int x; } sb;
int *ip; char *cp; const char *ccp; unsigned *up; void *vp; int i; int **ipp; float fl;
int take(int *p); // note: passing argument to parameter 'p' here
int (*fp)(int);
void g(void) {
  ip = cp; // warning: incompatible pointer types assigning to 'int *' from 'char *'
  ip = i; // error: incompatible integer to pointer conversion assigning to 'int *' from 'int'; take the address with &
  i = ip; // error: incompatible pointer to integer conversion assigning to 'int' from 'int *'; dereference with *
  cp = ccp; // warning: assigning to 'char *' from 'const char *' discards qualifiers
  ip = up; // warning: assigning to 'int *' from 'unsigned int *' converts between pointers to integer types with different sign
  sa = sb; // error: assigning to 'struct a' from incompatible type 'struct b'
  i = sa; // error: assigning to 'int' from incompatible type 'struct a'
  ip = sa; // error: assigning to 'int *' from incompatible type 'struct a'
  take(i); // error: incompatible integer to pointer conversion passing 'int' to parameter of type 'int *'; take the address with &
  take(sa); // error: passing 'struct a' to parameter of incompatible type 'int *'
  take(*ip); // error: incompatible integer to pointer conversion passing 'int' to parameter of type 'int *'; remove *
  vp = ip;
  ip = vp;
  fp = take; // error: incompatible function pointer types assigning to 'int (*)(int)' from 'int (int *)'
  ip = 0;
  sa = ip; // error: assigning to 'struct a' from incompatible type 'int *'
}
int r1(void) { return ip; } // error: incompatible pointer to integer conversion returning 'int *' from a function with result type 'int'; dereference with *
int *r2(void) { return 5; } // error: incompatible integer to pointer conversion returning 'int' from a function with result type 'int *'
struct a r3(void) { return 1; } // error: returning 'int' from a function with incompatible result type 'struct a'
void r4(void) { return 1; } // error: void function 'r4' should not return a value
int r5(void) { return; } // error: non-void function 'r5' should return a value
int *init1 = 5; // error: incompatible integer to pointer conversion initializing 'int *' with an expression of type 'int'
struct a init2 = 5; // error: initializing 'struct a' with an expression of incompatible type 'int'
