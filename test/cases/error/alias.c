// error
/* A second name of a definition, used or not: refused, since the object would lack the symbol. */
int f(void) { return 1; }
int g(void) __attribute__((alias("f"))); // error: 'g' as another name of 'f' is not supported yet
int h(void) __attribute__((alias("f"))); // error: 'h' as another name of 'f' is not supported yet
int d = 1;
extern int e __attribute__((alias("d"))); // error: 'e' as another name of 'd' is not supported yet
int use(void) { return g(); }
