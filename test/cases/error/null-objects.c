// error -std=gnu89 -Wall
// Objects at a null pointer that are read or written.
#define NUL ((void *)0)
struct s { int a; int b[2]; };
int r1(void) { return *(int *)0; } // warning@23: indirection of non-volatile null pointer will be deleted, not trap
void w1(void) { *(int *)0 = 1; } // warning@17: indirection of non-volatile null pointer will be deleted, not trap
void w2(void) { *(volatile int *)0 = 1; }
int *r2(void) { return *(int **)0; } // warning@24: indirection of non-volatile null pointer will be deleted, not trap
void w3(void) { ((int *)0)[0] = 1; }
void w4(void) { ((struct s *)0)->a = 1; }
void w5(void) { *(int *)0 += 1; } // warning@17: indirection of non-volatile null pointer will be deleted, not trap
void w6(void) { (*(int *)0)++; }
unsigned long z(void) { return sizeof(*(int *)0) + (unsigned long)&*(int *)0; }
int r3(void) { return (*(struct s *)0).a; }
int r4(void) { return *(int *)NUL; } // warning@23: indirection of non-volatile null pointer will be deleted, not trap
int r5(void) { return *((int *)(0)); } // warning@23: indirection of non-volatile null pointer will be deleted, not trap
int r6(int *p) { return *(int *)1 + *(int *)(long)0; } // warning@37: indirection of non-volatile null pointer will be deleted, not trap
void v1(void) { *(char *)0; } // warning@17: expression result unused // warning@17: indirection of non-volatile null pointer will be deleted, not trap
void v2(void) { if (0) *(char *)0 = 1; }
struct s r7(void) { return *(struct s *)0; } // warning@28: indirection of non-volatile null pointer will be deleted, not trap
int *d(void) { return *(int (*)[3])0; }
void w7(int x) { *(x ? (int *)0 : (int *)0) = 1; }
__typeof__(*(int *)0) g;
