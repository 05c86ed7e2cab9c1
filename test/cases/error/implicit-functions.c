// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter
// Functions that nothing declares, block by block.
int a(int x) {
  f1(1); // warning@3: implicit declaration of function 'f1'
  f1(2);
  { f1(3); }
  if (x) f2(1); else f2(2); // warning@10: implicit declaration of function 'f2'
  if (x) { f3(1); f3(2); } else { f3(3); } // warning@12: implicit declaration of function 'f3' // warning@35: implicit declaration of function 'f3'
  f3(4); // warning@3: implicit declaration of function 'f3'
  for (x = f4(); x < f4(); f4()) f4(); // warning@12: implicit declaration of function 'f4'
  while (f5()) { f5(); } // warning@10: implicit declaration of function 'f5'
  do f6(); while (f6()); // warning@6: implicit declaration of function 'f6'
  switch (x) { case 1: f7(); break; case 2: f7(); } // warning@24: implicit declaration of function 'f7'
  ({ f8(); f8(); }); // warning@6: implicit declaration of function 'f8'
  f8(); // warning@3: implicit declaration of function 'f8'
  { f9(); { f9(); } } { f9(); } // warning@5: implicit declaration of function 'f9' // warning@25: implicit declaration of function 'f9'
  return f1(3);
}
int b(int x) { f1(1); g1(); return g1(); } // warning@16: implicit declaration of function 'f1' // warning@23: implicit declaration of function 'g1'
int f2(int, int);
int c(int x) { f1(1); f2(1, 2); h2(3); return sizeof(f10()) + f10(); } // warning@16: implicit declaration of function 'f1' // warning@33: implicit declaration of function 'h2' // warning@54: implicit declaration of function 'f10'
int d(void) { int x = f11(f11()); return x; } // warning@23: implicit declaration of function 'f11'
int e(void) { return f12(); } // warning@22: implicit declaration of function 'f12'
int f12(void) { return f12(); } // warning@15: all paths through this function will call itself
int g(void) { extern int loc(int); return loc(1); }
int h(void) { return loc(1); } // warning@22: implicit declaration of function 'loc'
int h1(void) { return loc(1, 2); } // warning@23: implicit declaration of function 'loc' // error@30: too many arguments to function call, expected 1, have 2
void vv(void) { extern double dd(int); }
int v2(void) { return dd(1); } // warning@23: use of out-of-scope declaration of 'dd' whose type is not compatible with that of an implicit declaration
int i(void) { return printf("x") + exit2(); } // warning@22: implicitly declaring library function 'printf' with type 'int (const char *, ...)' // warning@36: implicit declaration of function 'exit2'
int j(void) { return printf("x") + __builtin_foo(1); } // error@36: use of unknown builtin '__builtin_foo'
int k(void) { extern int loc2(); return loc2(1); } // warning@45: passing arguments to 'loc2' without a prototype is deprecated in all versions of C and is not supported in C23
int l(void) { loc2(1); { loc2(3); } return loc2(2); } // warning@15: implicit declaration of function 'loc2' // warning@19: passing arguments to 'loc2' without a prototype is deprecated in all versions of C and is not supported in C23 // warning@30: passing arguments to 'loc2' without a prototype is deprecated in all versions of C and is not supported in C23 // warning@48: passing arguments to 'loc2' without a prototype is deprecated in all versions of C and is not supported in C23
void mm(void) { int (*p)(void) = f1; int (*q)() = f30; } // error@34: use of undeclared identifier 'f1' // error@51: use of undeclared identifier 'f30'
int n(void) { { qq(1); } int (*q)() = qq; return 1; } // warning@17: implicit declaration of function 'qq' // error@39: use of undeclared identifier 'qq'
static int o(void) { ss(); { ss(); } } // warning@22: implicit declaration of function 'ss'
static int ss(void) { return 0; } // error@12: static declaration of 'ss' follows non-static declaration
int arr[sizeof(tt(1))]; // warning@16: implicit declaration of function 'tt'
int p(void) { return tt(1); }
