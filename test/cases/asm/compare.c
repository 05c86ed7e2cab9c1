// asm -O2 -mcpu=v3
/* Comparisons as values are computed without a jump; as conditions they are one. */
int less(unsigned *p) { return p[0] < p[1]; }
// has: less:
// has: -= r
// has: >>= 63
// has: exit
int equal(unsigned char *p) { return *p == 5; }
// has: equal:
// has: ^= 5
// has: += -1
// has: >>= 63
// has: exit
/* The upper half of an argument is not known to be zero: nothing is computed in 64 bits. */
int argument(unsigned a) { return a == 5; }
// has: argument:
// has: if w1 == 5 goto
// has: exit
int bit(unsigned long a) { if (a & 0x10) return 7; return 9; }
// has: bit:
// has: if r1 & 16 goto
int narrow(int a, int b) { if (a < b) return 7; return 9; }
// has: narrow:
// has: if w1 s< w2 goto
