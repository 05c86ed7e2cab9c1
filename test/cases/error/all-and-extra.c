// error -Wall -Wextra
struct in { int p, q; };
struct s { int a; int b; struct in c; int d[3]; };
struct s g1 = { 1 }; // warning@19: missing field 'b' initializer
struct s g2 = { 1, 2, { 3 }, { 1 } }; // warning@27: missing field 'q' initializer
struct s g3 = { .a = 1 };
struct s g4 = { .a = 1, 2 };
struct s g5 = { 0 };
struct s g6 = { };
struct s g7 = { 1, 2, 3, 4, 5, 6, 7 }; // warning@23: suggest braces around initialization of subobject // warning@29: suggest braces around initialization of subobject
struct s g8[2] = { { 1 }, { 0 } }; // warning@24: missing field 'b' initializer
struct s g9[2] = { 1, 2, 3, 4, 5, 6, 7, 8 }; // warning@26: suggest braces around initialization of subobject // warning@32: suggest braces around initialization of subobject // warning@20: suggest braces around initialization of subobject // warning@43: missing field 'b' initializer // warning@41: suggest braces around initialization of subobject
int m[2][2] = { 1, 2, 3, 4 }; // warning@17: suggest braces around initialization of subobject // warning@23: suggest braces around initialization of subobject
int m0[2][2] = { 0 };
struct one { struct in x; };
struct one h1 = { 1, 2 };
struct one h2 = { 0 };
struct two { int a; struct { int x, y; }; };
struct two k2 = { 1, 2, 3 }; // warning@22: suggest braces around initialization of subobject
struct two k3 = { 0, 0 }; // warning@24: missing field 'y' initializer // warning@22: suggest braces around initialization of subobject
union u { int a; struct in b; };
union u u1 = { 1 };
struct bf { int a : 3; int : 2; int b; };
struct bf b1 = { 1 }; // warning@20: missing field 'b' initializer
struct un { int x; union u y; };
struct un n1 = { 1 }; // warning@20: missing field 'y' initializer
struct fl { int n; int t[]; };
struct fl f1 = { 1 };
struct s f(int a) { struct s v = { a, 2 }; struct s w = (struct s) { a }; return a ? v : w; } // warning@41: missing field 'c' initializer // warning@72: missing field 'b' initializer
int eq(int a, int b) { if ((a == b)) return 1; while ((a == 1)) b++; if (((a == b))) return 2; return (a == b) ? 1 : 0; } // warning@31: equality comparison with extraneous parentheses // warning@58: equality comparison with extraneous parentheses // warning@78: equality comparison with extraneous parentheses
int eq2(int a, int b) { if (((a & 3) == b)) return 1; return 0; }
int sc(const char *p) { return p == "abc"; } // warning@34: result of comparison against a string literal is unspecified (use an explicit string comparison function instead)
int sc2(const char *p) { return "abc" != p; } // warning@39: result of comparison against a string literal is unspecified (use an explicit string comparison function instead)
int bx(int a, int b, int c) { return a & b ^ c; } // warning@40: '&' within '^'
int bx2(int a, int b, int c) { return a | b ^ c; } // warning@45: '^' within '|'
int rec(int a) { return rec(a - 1); } // warning@16: all paths through this function will call itself // warning: recursive call of 'rec'
int rec2(int a) { if (a) return rec2(a - 1); return 1; } // warning: recursive call of 'rec2'
int rec3(int a) { if (a) return rec3(a - 1); else return rec3(a) + 2; } // warning@17: all paths through this function will call itself // warning: recursive call of 'rec3'
void rec4(void) { for (;;) rec4(); } // warning: recursive call of 'rec4'
void rec5(int n) { while (n--) rec5(n); } // warning: recursive call of 'rec5'
