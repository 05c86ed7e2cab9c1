// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter -Wno-bpf-abi
// Calls that write beyond an object, or nothing.
extern void *memset(void *, int, unsigned long); extern void *memcpy(void *, const void *, unsigned long);
#define FILL(p) memset(p, 1, 0)
#define CPY(d, s) memcpy(d, s, 8)
static const int k = 9;
struct o { char a[4]; char b[4]; };
void f(char *p, struct g *g, int x, struct o *o, int m[2][2]) { // warning@24: declaration of 'struct g' will not be visible outside of this function
  char b[4]; char *q = b; char two[2][4]; struct o ob; const int five = 5;
  memcpy(q, p, 5); memcpy(two[0], p, 8); memcpy(two[1], p, 5); memcpy(two, p, 9); memcpy(b, p, k); memcpy(b, p, five); // warning@42: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 5 // warning@64: 'memcpy' will always overflow; destination buffer has size 8, but size argument is 9 // warning@83: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 9 // warning@100: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 5
  memcpy(b, p, -1); memcpy((char (*)[3])b, p, 5); memcpy(x ? b : two[0], p, 5); memcpy("abc", p, 5); // warning@3: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 18446744073709551615 // warning@21: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 5
  memcpy(ob.a, p, 5); memcpy(ob.a, p, 9); memcpy(&ob.b[1], p, 4); memcpy(o->a, p, 12); memcpy(b - 1, p, 4); memcpy(b + 5, p, 1); // warning@23: 'memcpy' will always overflow; destination buffer has size 8, but size argument is 9 // warning@43: 'memcpy' will always overflow; destination buffer has size 3, but size argument is 4 // warning@88: 'memcpy' will always overflow; destination buffer has size 0, but size argument is 4 // warning@109: 'memcpy' will always overflow; destination buffer has size 0, but size argument is 1
  if (0) memcpy(b, p, 9);
  if (sizeof(b) > 4) memcpy(b, p, 9);
  memcpy(m, p, 99); memcpy(m[1], p, 99); memcpy(&b, p, sizeof(b) + 1); memset(&ob, 0, sizeof(ob) * 2); // warning@42: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 5 // warning@72: 'memset' will always overflow; destination buffer has size 8, but size argument is 16
  sizeof(memcpy(b, p, 9)); memcpy(b + x, p, 9); memcpy(&two[x], p, 9); memcpy(&((struct o *)b)->b, p, 1); // warning@3: expression result unused // warning@72: 'memcpy' will always overflow; destination buffer has size 0, but size argument is 1
  __builtin_memcpy(&x, p, 5); __builtin_memset(b, 0, 5); __builtin_memmove(b, p, 5); // warning@3: 'memcpy' will always overflow; destination buffer has size 4, but size argument is 5 // warning@31: 'memset' will always overflow; destination buffer has size 4, but size argument is 5 // warning@58: 'memmove' will always overflow; destination buffer has size 4, but size argument is 5
}
void *own(char *p) { char b[2]; return memcpy(b, p, 3); } // warning@40: 'memcpy' will always overflow; destination buffer has size 2, but size argument is 3
