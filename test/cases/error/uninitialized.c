// error -Wuninitialized -Wconditional-uninitialized
enum e { A, B };
int ext(int);
void init(int *);
void look(const int *);
int f1(int c) { int x; return x + c; } // warning@31: variable 'x' is uninitialized when used here
int f2(int c) { int x; if (c > 2) x = 1; return x; } // warning@28: variable 'x' is used uninitialized whenever 'if' condition is false
int f3(int c) { int x; if (c) x = 1; if (c) return x; return 0; } // warning@52: variable 'x' may be uninitialized when used here
int f4(int c) { int x; while (c--) x = 1; return x; } // warning@50: variable 'x' may be uninitialized when used here
int f5(int c) { int x; for (int i = 0; i < c; i++) x = 1; return x; } // warning@66: variable 'x' may be uninitialized when used here
int f6(int c) { int x; switch (c) { case 1: x = 1; break; case 2: break; default: x = 4; } return x; } // warning@64: variable 'x' is used uninitialized whenever switch case is taken
int f7(int c) { int x; switch (c) { case 1: x = 1; break; default: break; } return x; } // warning@59: variable 'x' is used uninitialized whenever switch default is taken
int f8(int c) { int x = x; return x; } // warning@25: variable 'x' is uninitialized when used within its own initialization
int f9(int c) { int x = x + 1; return x; } // warning@25: variable 'x' is uninitialized when used within its own initialization
int f10(int c, int d) { int x; if (c && (x = d)) return x; return x; } // warning@36: variable 'x' is used uninitialized whenever '&&' condition is false
int f11(int c, int d) { int x; c ? (x = 1) : 0; return x; } // warning@32: variable 'x' is used uninitialized whenever '?:' condition is false
int f12(int c) { int x; do { if (c) break; x = 1; } while (c); return x; } // warning@71: variable 'x' may be uninitialized when used here
int f13(int c) { int *p; enum e e; char ch; double d; _Bool b; if (c) p = 0; return *p + e + ch + b; } // warning@68: variable 'p' is used uninitialized whenever 'if' condition is false // warning@90: variable 'e' is uninitialized when used here // warning@94: variable 'ch' is uninitialized when used here // warning@99: variable 'b' is uninitialized when used here
int f14(int c) { int x; look(&x); return x; } // warning@42: variable 'x' is uninitialized when used here
int f15(int c) { int x; init(&x); return x; }
int f16(int c) { for (;;) { int x; if (c) { x = 1; c = 0; } ext(x); } } // warning@40: variable 'x' is used uninitialized whenever 'if' condition is false
int f17(int c) { goto out; int x = 2; out: return x; } // warning@51: variable 'x' is uninitialized when used here
int f18(int c) { int x; again: if (c > 5) { ext(x); return 1; } x = c; c++; goto again; } // warning@49: variable 'x' may be uninitialized when used here
int f19(int c) { int x; x++; x += 2; return x; } // warning@25: variable 'x' is uninitialized when used here
int f20(int c) { int x; (void) x; return 0; }
int f21(int c, int d) { int x; if (c || d) x = 1; else if (d > 3) x = 2; return x; } // warning@60: variable 'x' is used uninitialized whenever 'if' condition is false
int f22(int c, int d) { int x; if (!(c && d) && d > 3) x = 2; else { ext(1); } return x; } // warning@36: variable 'x' is used uninitialized whenever 'if' condition is false // warning@36: variable 'x' is used uninitialized whenever '&&' condition is false
int f23(int c) { int x; while (1) { if (ext(2)) { x = 2; break; } if (c) break; } return x; } // warning@71: variable 'x' is used uninitialized whenever 'if' condition is true
int f24(int c) { int x; int r = ({ int y; y; }); return r; } // warning@43: variable 'y' is uninitialized when used here
int f27(int c) { int x, *y, z; if (ext(1)) { x = 1; y = &c; } return x + *y + z; } // warning@36: variable 'x' is used uninitialized whenever 'if' condition is false // warning@36: variable 'y' is used uninitialized whenever 'if' condition is false // warning@79: variable 'z' is uninitialized when used here
int f28(int c) { unsigned char x; volatile int q; const int k; return x + q + k; } // warning@71: variable 'x' is uninitialized when used here // warning@75: variable 'q' is uninitialized when used here // warning@79: variable 'k' is uninitialized when used here
int f29(enum e e) { int x; switch (e) { case A: x = 1; break; case B: x = 2; } return x; }
#define M(v) int v
#define COND (c > 1)
int f31(int c) { int x; if (COND) x = 1; return x; } // warning@29: variable 'x' is used uninitialized whenever 'if' condition is false
