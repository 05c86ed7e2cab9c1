// error
// clang: it looks for what an alias names when it makes code
extern int missing __attribute__((alias("nothing"))); // error: alias must point to a defined variable or function
int variable;
int f(void) __attribute__((alias("variable"))); // error: alias must point to a defined variable or function
int g(void) __attribute__((alias("h"))); // error: alias definition is part of a cycle
int h(void) __attribute__((alias("g"))); // error: alias definition is part of a cycle
// ----
int x, y(void), g __attribute__((alias("x"))) = 3; int z(void) __attribute__((alias("y"))); int z(void) { return 2; } // error: definition 'g' cannot also be an alias // error: redefinition of 'z', which is an alias
// ----
int a(int) __attribute__((weakref("x"))); // error@27: weakref declaration must have internal linkage
static int d(int) __attribute__((weakref)); // error@34: weakref declaration of 'd' must also have an alias attribute
static int g __attribute__((weakref("x"))) = 3; // error: definition 'g' cannot also be an alias
int f(void) { static int l __attribute__((weakref("x"))); return d(2); } // error@43: weakref declaration of 'l' must be in a global context
