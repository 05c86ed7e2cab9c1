// asm -O2
// A weak reference to what is not defined is weak, unless the name itself is referred to.
extern int direct(int);
static int maybe(int) __attribute__((weakref("nowhere")));
static int also(int) __attribute__((weakref("direct")));
static int number __attribute__((weakref("value")));
static int unused(int) __attribute__((weakref("nothing"), unused));
int f(void) { return maybe ? maybe(1) : 2; } // has: r0 = nowhere ll // has: call nowhere
int g(void) { return &number ? number : 3; } // has: r0 = value ll
int h(void) { return also ? also(1) : direct(2); } // has: call direct
// has: .weak nowhere
// has: .weak value
// has: .globl direct
// not: nothing
// not: .weak direct
