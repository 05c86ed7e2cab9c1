// error -Wconversion -Wextra -Wno-unused
// Values that do not survive an implicit conversion, and what may lose some.
typedef unsigned int u32;
typedef unsigned long u64;
enum color { RED, GREEN };
enum shape { ROUND, SQUARE };
struct bits { unsigned a : 3; int b : 3; int c : 1; };
char big = 170; // warning@12: implicit conversion from 'int' to 'char' changes value from 170 to -86
char bits = 0xAA, mask = '\xff', octal = 0252;
char sum = 100 + 70; // warning@16: implicit conversion from 'int' to 'char' changes value from 170 to -86
char list[] = { 170, 300 }; // warning@22: implicit conversion from 'int' to 'char' changes value from 300 to 44
short shorts[] = { 40000 }; // warning@20: implicit conversion from 'int' to 'short' changes value from 40000 to -25536
int high = 2309737967; // warning@12: implicit conversion from 'long' to 'int' changes value from 2309737967 to -1985229329
int wide = 0xffffffffffULL; // warning@12: implicit conversion from 'unsigned long long' to 'int' changes value from 1099511627775 to -1
unsigned char below = -129; // warning@23: implicit conversion from 'int' to 'unsigned char' changes value from -129 to 127
unsigned char all = -1; // warning@21: implicit conversion changes signedness: 'int' to 'unsigned char'
struct bits fields = { 9, 5 }; // warning@24: implicit truncation from 'int' to bit-field changes value from 9 to 1 // warning@27: implicit truncation from 'int' to bit-field changes value from 5 to -3 // warning@29: missing field 'c' initializer
u32 narrow(u64 v) { return v; } // warning@28: implicit conversion loses integer precision: 'u64' (aka 'unsigned long') to 'u32' (aka 'unsigned int')
u32 fitting(u64 v) { return v & 0xffff; }
u32 shifted(u64 v) { return v >> 32; }
unsigned char byte(int v) { return v; } // warning@36: implicit conversion loses integer precision: 'int' to 'unsigned char'
unsigned char stays(unsigned char v) { return v + 1; }
void assign(struct bits *p, int x, u64 v) {
  p->a = 9; // warning@8: implicit truncation from 'int' to bit-field changes value from 9 to 1
  p->a = -1; // warning@10: implicit conversion changes signedness: 'int' to 'unsigned int'
  p->c = 1; // warning@8: implicit truncation from 'int' to a one-bit wide bit-field changes value from 1 to -1
  char c = x ? 170 : 0; // warning@16: implicit conversion from 'int' to 'char' changes value from 170 to -86
  x += v;
  v += x; // warning@8: implicit conversion changes signedness: 'int' to 'u64' (aka 'unsigned long')
  v = x; // warning@7: implicit conversion changes signedness: 'int' to 'u64' (aka 'unsigned long')
  x = (int) v;
  if (sizeof(long) == 4) c = 300;
  c = (char) 300;
}
u64 mixed(u64 a, int b) { return a + b; } // warning@38: implicit conversion changes signedness: 'int' to 'u64' (aka 'unsigned long')
enum color paint(enum shape s) { return s; } // warning@41: implicit conversion from enumeration type 'enum shape' to different enumeration type 'enum color'
enum color other = SQUARE; // warning@20: implicit conversion from enumeration type 'enum shape' to different enumeration type 'enum color'
int shifts(int a) {
  if (sizeof(long) == 4) return 1 << 40;
  a = 1 << 40; // warning@9: shift count >= width of type
  a = 3 << 31; // warning@9: signed shift result (0x180000000) requires 34 bits to represent, but 'int' only has 32 bits
  return -1 << a;
}
u32 constant(void) { const u64 small = 12; return small; }
int pick(int i) {
  int a[4] = { 0 };
  int *end = &a[4], one[1] = { 0 };
  if (i) return one[1]; // warning@17: array index 1 is past the end of the array (that has type 'int[1]')
  return *end + a[4]; // warning@17: array index 4 is past the end of the array (that has type 'int[4]')
}
