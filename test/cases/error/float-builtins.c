// error
int a(int i) { return __builtin_isnan(i); } // error: floating point classification requires argument of floating point type (passed in 'int')
int b(int i) { return __builtin_isless(i, 2); } // error: ordered compare requires two args of floating point type ('int' and 'int')
int c(void) { return __builtin_isnan(); } // error: too few arguments to function call, expected 1, have 0
