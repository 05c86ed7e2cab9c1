// error
// clang: it looks for what an alias names when it makes code
extern int missing __attribute__((alias("nothing"))); // error: alias must point to a defined variable or function
int variable;
int f(void) __attribute__((alias("variable"))); // error: alias must point to a defined variable or function
int g(void) __attribute__((alias("h"))); // error: alias definition is part of a cycle
int h(void) __attribute__((alias("g"))); // error: alias definition is part of a cycle
