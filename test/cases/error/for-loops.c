// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter
// Loops whose conditions nothing changes, and loops that step twice.
int f(void); _Bool h(void); int glob; void *m(void);
int a(int n, int i, int *p, char *s, struct { int x; } st, volatile int v, unsigned u, float d, int c1, int c2, int c3) {
  static int stt; int arr[3];
  for (i = 0; i < n; ) f(); // warning@15: variables 'i' and 'n' used in loop condition not modified in loop body
  for (i = 0; i < n; i++) f();
  for (i = 0; i < n; c1++) f(); // warning@15: variables 'i' and 'n' used in loop condition not modified in loop body
  for (i = 0; i < n; ) { if (f()) break; }
  for (i = 0; i < n; ) { if (f()) return 1; }
  for (i = 0; i < n; ) { if (f()) goto out; }
  for (i = 0; i < n; ) { if (f()) continue; } // warning@15: variables 'i' and 'n' used in loop condition not modified in loop body
  for (i = 0; i < n; ) { c1 = i; } // warning@15: variables 'i' and 'n' used in loop condition not modified in loop body
  for (i = 0; i < n; ) { p = &i; }
  for (i = 0; i < n; ) { i += 1; }
  for (i = 0; i < *p; ) f();
  for (i = 0; i < f(); ) f();
  for (i = 0; i < p[1]; ) f();
  for (i = 0; i < st.x; ) f();
  for (; n; ) f(); // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; !n; ) f(); // warning@11: variable 'n' used in loop condition not modified in loop body
  for (; n == 3; ) f(); // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; n && p; ) f(); // warning@10: variables 'n' and 'p' used in loop condition not modified in loop body
  for (; n && p && s; ) f(); // warning@10: variables 'n', 'p', and 's' used in loop condition not modified in loop body
  for (; n && p && s && u; ) f(); // warning@10: variables 'n', 'p', 's', and 'u' used in loop condition not modified in loop body
  for (; n && p && s && u && d; ) f(); // warning@10: variables used in loop condition not modified in loop body
  for (; n < glob; ) f();
  for (; n < stt; ) f();
  for (; n < v; ) f();
  for (; n < sizeof(i); ) f(); // warning@10: variable 'n' used in loop condition not modified in loop body // warning@12: comparison of integers of different signs: 'int' and 'unsigned long'
  for (; n < 'a'; ) f(); // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; (long)n < 3; ) f(); // warning@16: variable 'n' used in loop condition not modified in loop body
  for (; n ? c1 : c2; ) f(); // warning@10: variables 'n', 'c1', and 'c2' used in loop condition not modified in loop body
  for (; n ?: c2; ) f(); // warning@10: variables 'n' and 'c2' used in loop condition not modified in loop body
  for (; (n); ) { f(); } // warning@11: variable 'n' used in loop condition not modified in loop body
  for (; n < 10; ) { for (;;) { n = 3; } }
  for (; n < 10; ) { ({ n++; }); }
  for (; n < 10; ) { switch (c1) { case 1: break; } }
  for (; n < 10; ) { __asm__("" : "=r"(n)); }
  for (; n < 10; ) { __asm__("" : : "r"(n)); } // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; n < 10; ) { for (int k = 0; k < n; k++) f(); } // warning@10: variable 'n' used in loop condition not modified in loop body // warning@27: GCC does not allow variable declarations in for loop initializers before C99
  for (; n < 10 && i; i--) f();
  for (; n < i; i--, c1++) f();
  for (int k = 0; k < n; ) f(); // warning@8: GCC does not allow variable declarations in for loop initializers before C99 // warning@19: variables 'k' and 'n' used in loop condition not modified in loop body
  for (int k1 = 0; k1 < n; n++) f(); // warning@8: GCC does not allow variable declarations in for loop initializers before C99
  for (; arr; ) f(); // warning@10: address of array 'arr' will always evaluate to 'true'
  for (; n = 3; ) f(); // warning@12: using the result of an assignment as a condition without parentheses
  for (; n-- > 0; ) f();
  for (; -n > 0; ) f(); // warning@11: variable 'n' used in loop condition not modified in loop body
  for (; n, c1; ) f(); // warning@10: left operand of comma operator has no effect // warning@10: variables 'n' and 'c1' used in loop condition not modified in loop body
  for (; a; ) f(); // warning@10: address of function 'a' will always evaluate to 'true'
  for (; "x" && n; ) f();
  for (; n < 3.0; ) f(); // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; 1; ) f();
  for (; n < i + c1 * c2; ) f(); // warning@10: variables 'n', 'i', 'c1', and 'c2' used in loop condition not modified in loop body
  for (; n; ) ; // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; n; ) return 3;
  while (n) f();
  do f(); while (n);
  for (i = 0; i < n; i++) { f(); i++; } // warning@34: variable 'i' is incremented both in the loop header and in the loop body
  for (i = 0; i < n; ++i) { f(); i++; } // warning@34: variable 'i' is incremented both in the loop header and in the loop body
  for (i = 0; i < n; ++i) { f(); --i; }
  for (i = 0; i < n; i--) { f(); --i; } // warning@36: variable 'i' is decremented both in the loop header and in the loop body
  for (i = 0; i < n; i++) { f(); i += 1; }
  for (i = 0; i < n; i++) { if (c1) continue; i++; }
  for (i = 0; i < n; i++) { for (;;) continue; i++; } // warning@48: variable 'i' is incremented both in the loop header and in the loop body
  for (i = 0; i < n; i++) { while (c1) { continue; } i++; } // warning@54: variable 'i' is incremented both in the loop header and in the loop body
  for (i = 0; i < n; i++) { if (f()) break; i++; } // warning@45: variable 'i' is incremented both in the loop header and in the loop body
  for (i = 0; i < n; i++) i++;
  for (i = 0; i < n; i++) { (i)++; }
  for (i = 0; i < n; (i)++) { i++; }
  for (i = 0; i < n; i++) { c1++; }
  for (i = 0; i < n; i++, n++) { i++; }
  for (i = 0; i < n; i++) { switch (c1) { case 1: continue; } i++; }
  for (; i < n; i++) { { i++; } }
  for (; glob; glob++) { glob++; } // warning@26: variable 'glob' is incremented both in the loop header and in the loop body
  for (p = 0; p; p++) { p++; } // warning@25: variable 'p' is incremented both in the loop header and in the loop body
  for (; n < i; ) { __builtin_memcpy(&n, &i, 4); }
  for (; __builtin_expect(n < i, 1); ) { f(); }
  for (; __builtin_expect(!!(n < i), 1); ) { f(); }
  for (; n < 10; ) { goto *p; } // warning@10: variable 'n' used in loop condition not modified in loop body // error@22: indirect goto in function with no address-of-label expressions
out:
  return 0;
}
enum { N = 10 };
#define COND(a) ((a) < 10)
#define INC(a) a++
int b(int n) {
  for (; n < N; ) f();
  for (; COND(n); ) f(); // warning@15: variable 'n' used in loop condition not modified in loop body
  for (; n < 3; ) m(); // warning@10: variable 'n' used in loop condition not modified in loop body
  for (; n < 10; INC(n)) { INC(n); } // warning@32: variable 'n' is incremented both in the loop header and in the loop body
  return sizeof(({ for (; n; ) f(); 1; })); // warning@27: variable 'n' used in loop condition not modified in loop body
}
