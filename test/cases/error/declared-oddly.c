// error
const const int twice = 1; // warning@7: duplicate 'const' declaration specifier
int const const behind = 1; // warning@11: duplicate 'const' declaration specifier
volatile volatile int flags; // warning@10: duplicate 'volatile' declaration specifier
char *restrict restrict pointer; // warning@16: duplicate 'restrict' declaration specifier
extern extern int outside; // warning@8: duplicate 'extern' declaration specifier
static static int inside; // warning@8: duplicate 'static' declaration specifier
inline inline int hint(void) { return 1; } // warning@8: duplicate 'inline' declaration specifier
_Noreturn _Noreturn void never(void); // warning@11: duplicate '_Noreturn' declaration specifier
typedef typedef int number; // warning@9: duplicate 'typedef' declaration specifier
static struct first { int x; }; // warning@1: 'static' ignored on this declaration
const struct second { int x; }; // warning@1: 'const' ignored on this declaration
extern enum third { third_one }; // warning@1: 'extern' ignored on this declaration
static union fourth { int x; }; // warning@1: 'static' ignored on this declaration
typedef struct fifth { int x; }; // warning@1: typedef requires a name
typedef enum sixth { sixth_one }; // warning@1: typedef requires a name
struct forward;
const struct forward; // warning@1: 'const' ignored on this declaration
typedef int; // warning@1: typedef requires a name
int; // warning@1: declaration does not declare anything
int nowhere(enum { here } x, struct hidden *p); // warning: declaration of 'enum (unnamed at // warning@37: declaration of 'struct hidden' will not be visible outside of this function

static int missing(void), unused(void), measured(int), taken(void), elsewhere(void) __attribute__((weakref("other"))); // warning@12: function 'missing' has internal linkage but is not defined // warning@56: function 'taken' has internal linkage but is not defined
inline int inline_missing(void), inline_unused(void); // warning@12: inline function 'inline_missing' is not defined
extern inline int extern_missing(void); // warning@19: inline function 'extern_missing' is not defined
static int (*from)(void) = taken;
int uses(void) { return missing() + sizeof(measured(1)) + elsewhere() + inline_missing() + extern_missing() + from(); }

const int length = 3;
char folded[length], table[2][length], (*to)[length]; // warning@6: variable length array folded to constant array as an extension // warning@22: variable length array folded to constant array as an extension // warning@42: variable length array folded to constant array as an extension
typedef char alias[length]; // warning@14: variable length array folded to constant array as an extension
struct record { char member[length]; }; // warning@22: variable length array folded to constant array as an extension
void lengths(int parameter[length]) {
  static char kept[length]; // warning@15: variable length array folded to constant array as an extension
  struct { char member[length]; } local; // warning@17: variable length array folded to constant array as an extension
  char automatic[length];
  (void)sizeof(char[length]);
}
int listed[3] = { [1] 4, [2] = 5 }; // warning@23: use of GNU 'missing =' extension in designator
struct item { int list[3]; int value; };
// ----
struct item { int list[3]; int value; } items[2] = { [0].list [1] 4 }; // error@67: expected '=' or another designator
struct item other = { .value 4 }; // error@30: expected '=' or another designator
