// error -Wsign-compare
typedef unsigned long long u64;
u64 pid_tgid(void);
struct bits { unsigned a : 3; int b : 5; };
int c1(int x) { return pid_tgid() >> 32 == x; }
int c2(int x) { return pid_tgid() == x; } // warning@35: comparison of integers of different signs: 'u64' (aka 'unsigned long long') and 'int'
int c3(int x, unsigned y) { return (x & 0xff) < y; }
int c4(int x, unsigned y) { return (x ? 1 : 2) < y; }
int c5(unsigned char x, unsigned y) { return x + 1 < y; }
int c6(int x, unsigned y) { return x / 2 < y; } // warning@42: comparison of integers of different signs: 'int' and 'unsigned int'
int c7(int x, unsigned y) { return x < y; } // warning@38: comparison of integers of different signs: 'int' and 'unsigned int'
int c8(struct bits *x, unsigned y) { return x->a < y; }
int c9(struct bits *x, unsigned y) { return x->b < y; } // warning@50: comparison of integers of different signs: 'int' and 'unsigned int'
int c10(int x, unsigned y) { return (x & 0xff) % 3 < y; }
int c11(int x, unsigned y) { return x >> 4 < y; } // warning@44: comparison of integers of different signs: 'int' and 'unsigned int'
int c12(int x, unsigned y) { return (y >> 4) == x; }
int c13(int x, unsigned y) { return (y >> 4) <= x; } // warning@46: comparison of integers of different signs: 'unsigned int' and 'int'
int c14(int x, unsigned y) { return 1 << x < y; }
int c15(int x, unsigned y) { return (x = 3) < y; }
int c16(int x, unsigned y) { return -1 < y; }
int c17(int *p, void *q) { return p < q; } // warning@37: comparison of distinct pointer types ('int *' and 'void *')
int c18(int *p, void *q) { return p == q; }
static const unsigned seven = 7, most = 0xf0000000;
static const int five = 5, less = -5;
int d1(int x) { return (x == seven) + (x != seven); }
int d2(int x) { return x == most; } // warning@26: comparison of integers of different signs: 'int' and 'const unsigned int'
int d3(unsigned x) { return (x < five) + (x == five); }
int d4(unsigned x) { return x == less; } // warning@31: comparison of integers of different signs: 'unsigned int' and 'const int'
