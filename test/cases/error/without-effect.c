// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter
// Qualifiers and attributes without effect.
const int f1(void); // warning@1: 'const' type qualifier on return type has no effect
volatile int f2(void) { return 0; } // warning@1: 'volatile' type qualifier on return type has no effect
const char *f3(void);
char *const f4(void); // warning@7: 'const' type qualifier on return type has no effect
const void f5(void); // warning@1: 'const' type qualifier on return type has no effect
const volatile int f6(void); // warning@1: 'const volatile' type qualifiers on return type have no effect
typedef const int ci; ci f7(void);
int *volatile const f8(void) { return 0; } // warning@6: 'const volatile' type qualifiers on return type have no effect
const int (*fp)(void); // warning@1: 'const' type qualifier on return type has no effect
struct s { const int (*m)(void); }; // warning@12: 'const' type qualifier on return type has no effect
int g(const int (*p)(void)) { return sizeof(const int (*)(void)); } // warning@7: 'const' type qualifier on return type has no effect // warning@45: 'const' type qualifier on return type has no effect
const struct s f9(void); // warning@1: 'const' type qualifier on return type has no effect
extern const int f10(void); // warning@8: 'const' type qualifier on return type has no effect
_Atomic int f11(void); // warning@1: '_Atomic' type qualifier on return type has no effect
typedef const int tf(void); // warning@9: 'const' type qualifier on return type has no effect
int (*const cp)(void);
const int *const f12(void); // warning@12: 'const' type qualifier on return type has no effect
int const f13(void); // warning@5: 'const' type qualifier on return type has no effect
const unsigned long long f14(void); // warning@1: 'const' type qualifier on return type has no effect
typedef void ft(void);
const ft fa; // warning@1: 'const' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior
volatile ft fb; // warning@1: 'volatile' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior
const volatile ft fc; // warning@1: 'const' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior // warning@7: 'volatile' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior
typedef const ft cft; // warning@9: 'const' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior
ft const *fe; // warning@4: 'const' qualifier on function type 'ft' (aka 'void (void)') has unspecified behavior
void v1(void) __attribute__((const)); // warning@6: 'const' attribute on function returning 'void'; attribute ignored
void v2(void) __attribute__((pure)); // warning@6: 'pure' attribute on function returning 'void'; attribute ignored
int v3(void) __attribute__((const));
__attribute__((const)) void v5(void) { } // warning@29: 'const' attribute on function returning 'void'; attribute ignored
void (*v6)(void) __attribute__((const));
int h1(void) { return 0; }
int h1(void) __attribute__((noinline)); // warning@29: attribute declaration must precede definition
int h2(void) { return 0; }
int h2(void) __attribute__((weak)); // warning@29: attribute declaration must precede definition
int h4(void) { return 0; }
int h4(void) __attribute__((section("x"))); // warning@29: attribute declaration must precede definition
int h5 = 1;
extern int h5 __attribute__((section("x"))); // warning@30: attribute declaration must precede definition
int h6(void) { return 0; }
int h6(void) __attribute__((unused)); // warning@29: attribute declaration must precede definition
int h7(void) { return 0; }
int h7(void) __attribute__((deprecated)); // warning@29: attribute declaration must precede definition
int h8(void) { return 0; }
int h8(void) __attribute__((used)); // warning@29: attribute declaration must precede definition
int h9(void) { return 0; }
int h9(void) __attribute__((visibility("hidden"))); // warning@29: attribute declaration must precede definition
int h10(void) { return 0; }
int h10(void) __attribute__((always_inline)); // warning@30: attribute declaration must precede definition
int h11 = 3;
extern int h11 __attribute__((aligned(8))); // warning@31: attribute declaration must precede definition
int h12(void) { return 0; }
int h12(void) __attribute__((pure)); // warning@30: attribute declaration must precede definition
