// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter -Wno-bpf-abi
// Comparisons with constants that the other side's values leave no choice for.
typedef unsigned int u32; typedef unsigned char u8; enum e { A, B }; enum n { M = -1, P };
int a(int x, int y, u32 u, unsigned long ul, long l, unsigned short us, _Bool bo, int *p, enum e en, enum n ne, struct { unsigned f:3; int g:3; _Bool h:1; } st, char ch) {
  int r = 0;
  r += (x == y) < 0; // warning@17: result of comparison of constant 0 with boolean expression is always false
  r += (x == y) == 0;
  r += (x == y) == 1;
  r += (x == y) == 2; // warning@17: result of comparison of constant 2 with boolean expression is always false
  r += (x == y) > 1; // warning@17: result of comparison of constant 1 with boolean expression is always false
  r += (x == y) >= 1;
  r += (x == y) <= 1; // warning@17: result of comparison of constant 1 with boolean expression is always true
  r += (x == y) >= 0; // warning@17: result of comparison of constant 0 with boolean expression is always true
  r += (x == y) != 2; // warning@17: result of comparison of constant 2 with boolean expression is always true
  r += (x == y) > 0;
  r += (x == y) < 1;
  r += (x == y) == -1; // warning@17: result of comparison of constant -1 with boolean expression is always false
  r += (x && y) < 0; // warning@17: result of comparison of constant 0 with boolean expression is always false
  r += !x < 0; // warning@8: logical not is only applied to the left hand side of this comparison // warning@11: result of comparison of constant 0 with boolean expression is always false
  r += !x > 3; // warning@8: logical not is only applied to the left hand side of this comparison // warning@11: result of comparison of constant 3 with boolean expression is always false
  r += !x == 3; // warning@8: logical not is only applied to the left hand side of this comparison // warning@11: result of comparison of constant 3 with boolean expression is always false
  r += bo > 1; // warning@11: result of comparison of constant 1 with expression of type '_Bool' is always false
  r += bo < 0; // warning@11: result of comparison of constant 0 with expression of type '_Bool' is always false
  r += bo == 2; // warning@11: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += 2 == bo; // warning@10: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += 0 > (x == y); // warning@10: result of comparison of constant 0 with boolean expression is always false
  r += 4 != !x; // warning@10: result of comparison of constant 4 with boolean expression is always true
  r += u == 4294967296; // warning@10: result of comparison of constant 4294967296 with expression of type 'u32' (aka 'unsigned int') is always false
  r += u > 4294967295;
  r += u < 4294967296L; // warning@10: result of comparison of constant 4294967296 with expression of type 'u32' (aka 'unsigned int') is always true
  r += x == 4294967296; // warning@10: result of comparison of constant 4294967296 with expression of type 'int' is always false
  r += x < 4294967296; // warning@10: result of comparison of constant 4294967296 with expression of type 'int' is always true
  r += x > 2147483647;
  r += x >= 2147483648; // warning@10: result of comparison of constant 2147483648 with expression of type 'int' is always false
  r += u == -1; // warning@10: comparison of integers of different signs: 'u32' (aka 'unsigned int') and 'int'
  r += u == -1L; // warning@10: result of comparison of constant -1 with expression of type 'u32' (aka 'unsigned int') is always false
  r += u == -1LL; // warning@10: result of comparison of constant -1 with expression of type 'u32' (aka 'unsigned int') is always false
  r += u >= 0;
  r += u < 0;
  r += us >= 0;
  r += us < 0;
  r += us == -1; // warning@11: result of comparison of constant -1 with expression of type 'unsigned short' is always false
  r += us == 65536; // warning@11: result of comparison of constant 65536 with expression of type 'unsigned short' is always false
  r += ul < 0;
  r += l == 0x8000000000000000; // warning@10: comparison of integers of different signs: 'long' and 'unsigned long'
  r += en == 5;
  r += en < 0;
  r += en >= 0;
  r += st.f == 8;
  r += st.f > 7;
  r += st.g == 4;
  r += st.g == -5;
  r += st.f < 8;
  r += st.h == 2; // warning@13: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += (u & 7) == 8;
  r += (x & 7) == 8; // warning@16: bitwise comparison always evaluates to false
  r += (x & 7) > 7;
  r += (x & 7) > 8;
  r += (x | 8) == 7; // warning@16: bitwise comparison always evaluates to false
  r += (x & 8) == 7; // warning@16: bitwise comparison always evaluates to false
  r += (x | 8) != 7; // warning@16: bitwise comparison always evaluates to true
  r += (x & 0) == 1; // warning@16: bitwise comparison always evaluates to false
  r += (x == y) < 0u; // warning@17: result of comparison of constant 0 with boolean expression is always false
  r += (x == y) == 1u;
  r += ((x == y)) == 5; // warning@19: result of comparison of constant 5 with boolean expression is always false
  r += (int)(x == y) == 5;
  r += (u8)x == 256; // warning@14: result of comparison of constant 256 with expression of type 'u8' (aka 'unsigned char') is always false
  r += (u8)x < 0;
  r += (u8)(x) > 255;
  r += ch == 128; // warning@11: result of comparison of constant 128 with expression of type 'char' is always false
  r += ch == 255; // warning@11: result of comparison of constant 255 with expression of type 'char' is always false
  r += ch == 300; // warning@11: result of comparison of constant 300 with expression of type 'char' is always false
  r += us << 1 == 1;
  r += (x, bo) == 2; // warning@9: left operand of comma operator has no effect // warning@16: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += (bo = x) == 2; // warning@17: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += (x ? bo : bo) == 2; // warning@22: result of comparison of constant 2 with boolean expression is always false
  r += (x == y) + 1 == 4;
  r += (x == y) == 2.0;
  r += (x == y) == B;
  r += ((x == y) & (x < y)) == 2; // warning@29: result of comparison of constant 2 with boolean expression is always false
  r += bo == (1 + 1); // warning@11: result of comparison of constant 2 with expression of type '_Bool' is always false
  r += u == 1ULL << 32; // warning@10: result of comparison of constant 4294967296 with expression of type 'u32' (aka 'unsigned int') is always false
  r += u == 1ULL << 33; // warning@10: result of comparison of constant 8589934592 with expression of type 'u32' (aka 'unsigned int') is always false
  r += sizeof(bo == 2);
  r += sizeof(u == 4294967296);
  r += x == 0xffffffff; // warning@10: comparison of integers of different signs: 'int' and 'unsigned int'
  r += x == 0xffffffffL; // warning@10: result of comparison of constant 4294967295 with expression of type 'int' is always false
  r += (l & 0xff) == 256;
  r += !x == 0; // warning@8: logical not is only applied to the left hand side of this comparison
  r += bo == 1; r += bo != 0; r += bo >= 1;
  r += ne < -1;
  r += ne == -2;
  return r;
}
#define BIG 4294967296
#define CMPB(x) ((x) == 2)
int m(u32 u, _Bool bo, int x) { return (u == BIG) + CMPB(bo) + CMPB(!x) + CMPB(x == 3); } // warning@43: result of comparison of constant 4294967296 with expression of type 'u32' (aka 'unsigned int') is always false // warning@53: result of comparison of constant 2 with expression of type '_Bool' is always false // warning@64: result of comparison of constant 2 with boolean expression is always false // warning@75: result of comparison of constant 2 with boolean expression is always false
int dead(u32 u) { if (0) return u == BIG; if (sizeof(int) == 8) return u == BIG; return 0; }
int g1 = (sizeof(int) == 4) == 2;
