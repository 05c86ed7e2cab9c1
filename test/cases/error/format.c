// error -Wall -Wextra -Wno-unused -Wno-empty-body -Wno-string-plus-int -Wno-strict-prototypes -Wno-unused-parameter
// Formats of printf and scanf against their arguments.
typedef __builtin_va_list va_list;
typedef unsigned long size_t;
typedef struct file FILE;
typedef unsigned long u64;
int printf(const char *, ...);
int fprintf(FILE *, const char *, ...);
int snprintf(char *, size_t, const char *, ...);
int vprintf(const char *, va_list);
int scanf(const char *, ...);
int sscanf(const char *, const char *, ...);
int asprintf(char **, const char *, ...);
static int sprintf(char *s, const char *f, ...) { return s == f; }
struct s { int a; };
enum e { A };
enum n { B = -1 };
extern int i, *ip;
extern long l, *lp;
extern short h;
extern unsigned char uc;
extern unsigned un, *up;
extern u64 u;
extern size_t z, *zp;
extern enum e e;
extern enum n n;
extern _Bool b;
extern long long ll;
extern float *fp;
extern double d, *dp;
extern long double ld;
extern char *s, (*ap)[4];
extern void *p;
extern struct s st;
extern const int *ci;
void integers(void) {
  printf("%d", l); // warning@16: format specifies type 'int' but the argument has type 'long'
  printf("%d %u %x", i, i, i); printf("%hd %hhd %c", h, uc, i); printf("%ld %lld", l, ll);
  printf("%lu %lu %llu %u", u, z, u, u); // warning@35: format specifies type 'unsigned long long' but the argument has type 'u64' (aka 'unsigned long') // warning@38: format specifies type 'unsigned int' but the argument has type 'u64' (aka 'unsigned long')
  printf("%zu", i); printf("%zd", z); printf("%td", i); printf("%jd", i); printf("%ju", l); // warning@17: format specifies type 'size_t' (aka 'unsigned long') but the argument has type 'int' // warning@53: format specifies type 'ptrdiff_t' (aka 'long') but the argument has type 'int' // warning@71: format specifies type 'intmax_t' (aka 'long') but the argument has type 'int'
  printf("%hhd", h); printf("%hd", i); printf("%hx", l); // warning@18: format specifies type 'char' but the argument has type 'short' // warning@54: format specifies type 'unsigned short' but the argument has type 'long'
  printf("%d %ld %lu", e, e, n); // warning@27: format specifies type 'long' but the argument has underlying type 'unsigned int' // warning@30: format specifies type 'unsigned long' but the argument has underlying type 'int'
  printf("%c", l); printf("%c", b); printf("%c", i == 3); printf("%d", b); // warning@16: format specifies type 'int' but the argument has type 'long' // warning@33: using '%c' format specifier, but argument has boolean value // warning@52: using '%c' format specifier, but argument has boolean value
  printf("%qd %Ld", i, ll); // warning@21: format specifies type 'long long' but the argument has type 'int'
  printf("%ld", 'a'); printf("%hd", 'a'); printf("%c", 'a'); printf("%hhx", 'ab'); // warning@17: format specifies type 'long' but the argument has type 'char' // warning@37: format specifies type 'short' but the argument has type 'char' // warning@77: multi-character character constant
  printf("%d %ld", sizeof i, sizeof i); // warning@20: format specifies type 'int' but the argument has type 'unsigned long'
  printf("%x", l + 1); printf("%x", (l)); printf("%x", -l); printf("%x", i ? l : 2); printf("%x", ({ l; })); // warning@16: format specifies type 'unsigned int' but the argument has type 'long' // warning@37: format specifies type 'unsigned int' but the argument has type 'long' // warning@56: format specifies type 'unsigned int' but the argument has type 'long' // warning@74: format specifies type 'unsigned int' but the argument has type 'long' // warning@99: format specifies type 'unsigned int' but the argument has type 'long'
  printf("%Id", i); // warning@12: length modifier 'I' results in undefined behavior or no effect with 'd' conversion specifier // warning@17: format specifies type '__int64' (aka 'long long') but the argument has type 'int'
}
void others(void) {
  printf("%f %g %a", d, d, ld); printf("%f", i); printf("%d", d); printf("%Lf", d); // warning@28: format specifies type 'double' but the argument has type 'long double' // warning@46: format specifies type 'double' but the argument has type 'int' // warning@63: format specifies type 'int' but the argument has type 'double' // warning@81: format specifies type 'long double' but the argument has type 'double'
  printf("%s", i); printf("%s", *s); printf("%s", &s); printf("%s", p); printf("%s", (unsigned char *)s); printf("%s", st); // warning@16: format specifies type 'char *' but the argument has type 'int' // warning@33: format specifies type 'char *' but the argument has type 'char' // warning@51: format specifies type 'char *' but the argument has type 'char **' // warning@69: format specifies type 'char *' but the argument has type 'void *' // warning@120: format specifies type 'char *' but the argument has type 'struct s'
  printf("%ls", s); printf("%ls", L"w"); printf("%lc", d); printf("%S", s); printf("%C", i); // warning@17: format specifies type 'wchar_t *' (aka 'int *') but the argument has type 'char *' // warning@56: format specifies type 'wint_t' (aka 'int') but the argument has type 'double' // warning@73: format specifies type 'wchar_t *' (aka 'int *') but the argument has type 'char *'
  printf("%p", i); printf("%p", p); printf("%p %p", ip, others); printf("%p", 0); // warning@16: format specifies type 'void *' but the argument has type 'int' // warning@79: format specifies type 'void *' but the argument has type 'int'
  printf("%n", ip); printf("%n", s); printf("%ln", ip); printf("%n", ci); // warning@34: format specifies type 'int *' but the argument has type 'char *' // warning@52: format specifies type 'long *' but the argument has type 'int *' // warning@70: format specifies type 'int *' but the argument has type 'const int *'
  printf("%d", st); printf("%d", ap); printf("%d", others); printf("%s", "a" ); printf("%d", "a"); // warning@16: format specifies type 'int' but the argument has type 'struct s' // warning@34: format specifies type 'int' but the argument has type 'char (*)[4]' // warning@52: format specifies type 'int' but the argument has type 'void (*)(void)' // warning@94: format specifies type 'int' but the argument has type 'char *'
}
void spelling(void) {
  printf("%"); printf("ab%5"); printf("%.", i); printf("%l"); printf("%-", i); printf("%*", i); // warning@11: incomplete format specifier // warning@26: incomplete format specifier // warning@40: incomplete format specifier // warning@57: incomplete format specifier // warning@71: incomplete format specifier // warning@88: incomplete format specifier
  printf("%y", i); printf("%y"); printf("%\n", i); printf("%y %s", i, i); printf("%\xe4\xb8\xad", i); // warning@12: invalid conversion specifier 'y' // warning@29: invalid conversion specifier 'y' // warning@43: invalid conversion specifier '\x0a' // warning@61: invalid conversion specifier 'y' // warning@68: format specifies type 'char *' but the argument has type 'int' // warning@71: data argument not used by format string // warning@84: invalid conversion specifier '\u4e2d'
  printf("a\0b"); printf("a\0%d", i); printf("%\0", i); // warning@12: format string contains '\0' within the string body // warning@28: format string contains '\0' within the string body // warning@48: format string contains '\0' within the string body
  printf(""); printf("", i); // warning@22: format string is empty
  printf("%d"); printf("%d %d", i); printf("%*d", i); printf("%*.*d", i); printf("%.*s", s, s); printf("%*d", 1L, i); // warning@12: more '%' conversions than data arguments // warning@29: more '%' conversions than data arguments // warning@47: more '%' conversions than data arguments // warning@66: '.*' specified field precision is missing a matching 'int' argument // warning@85: field precision should have type 'int', but argument has type 'char *' // warning@107: field width should have type 'int', but argument has type 'long'
  printf("%d", i, i); printf("%d", i, i, i); printf("a", i); printf("%%", i); printf("%m", i); // warning@19: data argument not used by format string // warning@39: data argument not used by format string // warning@58: data argument not used by format string // warning@75: data argument not used by format string // warning@92: data argument not used by format string
  printf("%+s % s %#s", s, s, s); printf("%0s %'s", s, s); printf("%#d %'x", i, i); printf("%-n", ip); // warning@12: flag '+' results in undefined behavior with 's' conversion specifier // warning@16: flag ' ' results in undefined behavior with 's' conversion specifier // warning@20: flag '#' results in undefined behavior with 's' conversion specifier // warning@44: flag '0' results in undefined behavior with 's' conversion specifier // warning@48: flag ''' results in undefined behavior with 's' conversion specifier // warning@69: flag '#' results in undefined behavior with 'd' conversion specifier // warning@73: flag ''' results in undefined behavior with 'x' conversion specifier // warning@94: flag '-' results in undefined behavior with 'n' conversion specifier
  printf("%-05d %+ d", i, i); printf("%.5c %.3p %5n", i, p, ip); // warning@13: flag '0' is ignored when flag '-' is present // warning@19: flag ' ' is ignored when flag '+' is present // warning@40: precision used with 'c' conversion specifier, resulting in undefined behavior // warning@45: precision used with 'p' conversion specifier, resulting in undefined behavior // warning@50: field width used with 'n' conversion specifier, resulting in undefined behavior
  printf("%hs", s); printf("%hf", 1.0); printf("%zs", s); printf("%lf", 1.0); printf("%hhc", i); printf("%ws", s); // warning@12: length modifier 'h' results in undefined behavior or no effect with 's' conversion specifier // warning@30: length modifier 'h' results in undefined behavior or no effect with 'f' conversion specifier // warning@50: length modifier 'z' results in undefined behavior or no effect with 's' conversion specifier // warning@88: length modifier 'hh' results in undefined behavior or no effect with 'c' conversion specifier // warning@107: length modifier 'w' results in undefined behavior or no effect with 's' conversion specifier // warning@112: format specifies type 'wchar_t *' (aka 'int *') but the argument has type 'char *'
  printf("%1$d %1$x", i); printf("%2$s %1$d", i, s); printf("%1$d %2$d", i); printf("%1$d %d", i, i); printf("%d %1$d", i); // warning@70: data argument position '2' exceeds the number of data arguments (1) // warning@92: cannot mix positional and non-positional arguments in format string // warning@117: cannot mix positional and non-positional arguments in format string
  printf("%0$d", i); printf("%1$*2$d", i, i); printf("%1$*d", i, i); printf("%1$.*d", i, i); printf("%1$*0$d", i); printf("%2$d", i, i); // warning@11: position arguments in format strings start counting at 1 (not 0) // warning@58: invalid position specified for field width // warning@82: invalid position specified for field precision // warning@105: position arguments in format strings start counting at 1 (not 0) // warning@131: data argument not used by format string
}
#define FORMAT "%d %s\n"
#define LONG "ld"
#define LOG(...) printf(__VA_ARGS__)
#define SAY(format) printf(format, 1L)
#define OF(x) printf("%d", x)
#define TWICE(a) LOG(a "%y")
void places(int n) {
  printf("one" "two %d" " three", l); // warning@35: format specifies type 'int' but the argument has type 'long'
  printf("one\n\x41\101 %y \u00e9 %y", i, l); // warning@26: invalid conversion specifier 'y' // warning@36: invalid conversion specifier 'y' // warning@43: data argument not used by format string
  printf("%" LONG " %" LONG, i, l); // warning@30: format specifies type 'long' but the argument has type 'int'
  printf("one"
         "two %y" // warning@16: invalid conversion specifier 'y'
         " %d", n, l); // warning@20: data argument not used by format string
  printf("one\
two %y", i); // warning@6: invalid conversion specifier 'y'
  printf(FORMAT, l, i); // warning@18: format specifies type 'int' but the argument has type 'long' // warning@21: format specifies type 'char *' but the argument has type 'int'
  printf(FORMAT, i); // warning@10: more '%' conversions than data arguments
  LOG("%y", i); LOG("a" "b %y", i); LOG("%d", l); LOG("%d"); // warning@9: invalid conversion specifier 'y' // warning@29: invalid conversion specifier 'y' // warning@47: format specifies type 'int' but the argument has type 'long' // warning@57: more '%' conversions than data arguments
  SAY("%d"); SAY("%y"); OF(l); // warning@3: format specifies type 'int' but the argument has type 'long' // warning@20: invalid conversion specifier 'y' // warning@28: format specifies type 'int' but the argument has type 'long'
  TWICE("a %y"), i; // warning@13: invalid conversion specifier 'y'
}
const char constant[] = "%d"; // note@26: format string is defined here
static const char *const pointer = "a" "%d"; // note@41: format string is defined here
const char braced[] = { "%d" }; // note@26: format string is defined here
const char whole[2] = "%d"; // note@23: format string is defined here
char plain[] = "%d";
extern const char elsewhere[];
const int zero = 0;
char *translate(const char *, int) __attribute__((format_arg(1)));
void formats(va_list ap) {
  printf(constant, l); printf(pointer, l); printf(braced, l); printf(whole, l); printf(constant, 1, 2); // warning@20: format specifies type 'int' but the argument has type 'long' // warning@40: format specifies type 'int' but the argument has type 'long' // warning@59: format specifies type 'int' but the argument has type 'long' // warning@70: format string is not null-terminated // warning@101: data argument not used by format string
  const char local[] = "%d"; printf(local, l); // warning@44: format specifies type 'int' but the argument has type 'long' // note@25: format string is defined here
  static const char *const kept = "ab%y"; printf(kept, i); // warning@50: invalid conversion specifier 'y' // note@39: format string is defined here
  printf(plain); printf(plain, l); printf(elsewhere); printf(s); printf(s, i); printf((s)); vprintf(s, ap); // warning@10: format string is not a string literal (potentially insecure) // warning@43: format string is not a string literal (potentially insecure) // warning@62: format string is not a string literal (potentially insecure) // warning@87: format string is not a string literal (potentially insecure)
  printf(i ? "%d" : "%s", l); printf(i ? s : "a"); printf(zero ? "%d" : "%ld", l); printf(i ? "%d" : "a", i); printf(i ? "a" : "b", i); // warning@27: format specifies type 'int' but the argument has type 'long' // warning@27: format specifies type 'char *' but the argument has type 'long' // warning@38: format string is not a string literal (potentially insecure) // warning@133: data argument not used by format string
  printf(&"ab%d"[2], l); printf(&"ab%d"[3], l); printf(&pointer[1], l); printf(2 + &"ab%d"[0], l); // warning@22: format specifies type 'int' but the argument has type 'long' // warning@45: data argument not used by format string // warning@69: format specifies type 'int' but the argument has type 'long' // warning@96: format specifies type 'int' but the argument has type 'long'
  printf(translate("%d", 1), l); printf(translate(s, 1), l); printf(translate(s, 1)); // warning@30: format specifies type 'int' but the argument has type 'long' // warning@69: format string is not a string literal (potentially insecure)
  printf((char *)"%d", l); printf(0); printf((void *)0, i); printf(__func__); printf(L"%d", i); // warning@24: format specifies type 'int' but the argument has type 'long' // warning@86: incompatible pointer types passing 'int[3]' to parameter of type 'const char *' // warning@86: format string should not be a wide string
  vprintf("%d %y", ap); vprintf("%d", ap); vprintf("", ap); // warning@16: invalid conversion specifier 'y' // warning@52: format string is empty
}
static void logged(int level, const char *, ...) __attribute__((format(printf, 2, 3)));
void logged2(const char *, va_list) __attribute__((__format__(__printf__, 1, 0)));
void fixed(const char *, int) __attribute__((format(printf, 1, 2))); // warning@6: GCC requires a function with the 'format' attribute to be variadic
void time(const char *, ...) __attribute__((format(strftime, 1, 0)));
struct operations { void (*log)(const char *, ...) __attribute__((format(printf, 1, 2))); };
void calls(char *p, FILE *f, struct operations *o, void (*log)(const char *, ...) __attribute__((format(printf, 1, 2)))) {
  void (*local)(const char *, ...) __attribute__((format(printf, 1, 2))) = log;
  fprintf(f, "%d", l); fprintf(f, p); snprintf(p, 9, "%d", l); asprintf(&p, "%d", l); sprintf(p, "%d", l); // warning@20: format specifies type 'int' but the argument has type 'long' // warning@35: format string is not a string literal (potentially insecure) // warning@60: format specifies type 'int' but the argument has type 'long' // warning@83: format specifies type 'int' but the argument has type 'long'
  logged(1, "%d", l); logged(1, p); logged2("%y", 0); fixed("%s", 1); time("%d", l); time(p); // warning@19: format specifies type 'int' but the argument has type 'long' // warning@33: format string is not a string literal (potentially insecure) // warning@47: invalid conversion specifier 'y' // warning@67: format specifies type 'char *' but the argument has type 'int'
  o->log("%d", l); log("%d", l); local("%d", l); (&printf)("%d", l); (*log)("%d", l); (printf)("%d", l); // warning@16: format specifies type 'int' but the argument has type 'long' // warning@30: format specifies type 'int' but the argument has type 'long' // warning@46: format specifies type 'int' but the argument has type 'long' // warning@66: format specifies type 'int' but the argument has type 'long' // warning@102: format specifies type 'int' but the argument has type 'long'
  __builtin_printf("%d", l); __builtin_snprintf(p, 9, "%d", l); (void)sizeof(printf("%d", l)); // warning@26: format specifies type 'int' but the argument has type 'long' // warning@61: format specifies type 'int' but the argument has type 'long' // warning@91: format specifies type 'int' but the argument has type 'long'
  if (0) printf("%d", l); // warning@23: format specifies type 'int' but the argument has type 'long'
}
static void logged(int level, const char *format, ...) {
  va_list ap;
  __builtin_va_start(ap, format);
  vprintf(format, ap);
  printf(format); // warning@10: format string is not a string literal (potentially insecure)
  scanf(format); // warning@9: format string is not a string literal (potentially insecure)
  __builtin_va_end(ap);
}
void logged2(const char *format, va_list ap) { vprintf(format, ap); printf(format); } // warning@76: format string is not a string literal (potentially insecure)
void fixed(const char *format, int i) { printf(format, i); printf(format); }
void scanned(void) {
  scanf("%d %u %x %i", ip, up, up, ip); scanf("%d", lp); scanf("%ld", ip); scanf("%d", i); scanf("%d", ci); scanf("%hhd", ip); scanf("%zu", ip); // warning@53: format specifies type 'int *' but the argument has type 'long *' // warning@71: format specifies type 'long *' but the argument has type 'int *' // warning@88: format specifies type 'int *' but the argument has type 'int' // warning@104: format specifies type 'int *' but the argument has type 'const int *' // warning@123: format specifies type 'char *' but the argument has type 'int *' // warning@141: format specifies type 'size_t *' (aka 'unsigned long *') but the argument has type 'int *'
  scanf("%s %5s %c %[abc]", s, s, s, s); scanf("%s", ip); scanf("%s", &s); scanf("%[a]", ip); scanf("%s", ap); scanf("%s", *ap); // warning@54: format specifies type 'char *' but the argument has type 'int *' // warning@71: format specifies type 'char *' but the argument has type 'char **' // warning@90: format specifies type 'char *' but the argument has type 'int *' // warning@107: format specifies type 'char *' but the argument has type 'char (*)[4]'
  scanf("%f %lf", fp, dp); scanf("%f", dp); scanf("%lf", fp); scanf("%p", p); scanf("%p", &p); scanf("%n", lp); scanf("%ms", &s); scanf("%as", fp); // warning@40: format specifies type 'float *' but the argument has type 'double *' // warning@58: format specifies type 'double *' but the argument has type 'float *' // warning@75: format specifies type 'void **' but the argument has type 'void *' // warning@108: format specifies type 'int *' but the argument has type 'long *'
  scanf("%*d"); scanf("%*d", ip); scanf("%d"); scanf("%0d", ip); scanf("%y", ip); scanf("%"); scanf("%#d", ip); scanf("%[a", s); scanf("%[]a]%[^]a]", s, s); // warning@30: data argument not used by format string // warning@43: more '%' conversions than data arguments // warning@56: zero field width in scanf format string is unused // warning@74: invalid conversion specifier 'y' // warning@90: incomplete format specifier // warning@103: invalid conversion specifier '#' // warning@122: no closing ']' for '%[' in scanf format string
  scanf("%1$d", ip); scanf("%2$d", ip, ip); sscanf(s, "%d", lp); scanf(s); scanf("", ip); scanf("%ls", s); scanf("%zu", zp); // warning@36: data argument not used by format string // warning@61: format specifies type 'int *' but the argument has type 'long *' // warning@72: format string is not a string literal (potentially insecure) // warning@82: format string is empty // warning@104: format specifies type 'wchar_t *' (aka 'int *') but the argument has type 'char *'
}
// ----
// A library function is known by its type; where the name is all, it is a function as any other.
int printf(const char *, ...);
int fprintf(struct file *, const char *, ...); // warning@20: declaration of 'struct file' will not be visible outside of this function // warning@5: declaration of built-in function 'fprintf' requires inclusion of the header <stdio.h>
int vprintf(const char *, int); // warning@5: incompatible redeclaration of library function 'vprintf'
int nonlibrary(const char *, ...);
void unknown(long l) { fprintf(0, "%d", l); nonlibrary("%d", l); printf("%d", l); vprintf("%y", 0); } // warning@79: format specifies type 'int' but the argument has type 'long'
// ----
#define NULL ((void *)0)
void any(int, char *, char *) __attribute__((nonnull));
void second(int, char *, char *) __attribute__((nonnull(2)));
void one(int, char *parameter __attribute__((nonnull)));
void more(char *, ...) __attribute__((nonnull));
void both(char *, char *) __attribute__((nonnull(1), nonnull(2)));
void (*pointed)(char *) __attribute__((nonnull));
void null(char *p, int i) {
  any(0, 0, p); any(1, p, NULL); any(1, p, p); second(0, 0, 0); one(1, 0); one(1, p); more(p, 0); more(0); both(0, 0); // warning@14: null passed to a callee that requires a non-null argument // warning@31: null passed to a callee that requires a non-null argument // warning@58: null passed to a callee that requires a non-null argument // warning@72: null passed to a callee that requires a non-null argument // warning@105: null passed to a callee that requires a non-null argument // warning@113: null passed to a callee that requires a non-null argument // warning@116: null passed to a callee that requires a non-null argument
  pointed(0); any(1, p, (char *)0L); both(i ? NULL : 0, p); both(i ? p : 0, p); // warning@12: null passed to a callee that requires a non-null argument // warning@35: null passed to a callee that requires a non-null argument
  if (0) both(0, p);
  (void)sizeof(one(0, 0), 1);
}
// ----
#define NULL ((void *)0)
void list(int, ...) __attribute__((sentinel));
void behind(int, ...) __attribute__((sentinel(1)));
void inside(void *, ...) __attribute__((sentinel(0, 1)));
void (*pointed)(int, ...) __attribute__((sentinel));
void sentinels(char *p) {
  list(1, p, NULL); list(1, (char *)0); list(1); list(1, p); list(1, 0); list(1, 0L, p); // warning@45: not enough variable arguments in 'list' declaration to fit a sentinel // warning@59: missing sentinel in function call // warning@71: missing sentinel in function call // warning@87: missing sentinel in function call
  behind(1, NULL, p); behind(1, p, NULL); behind(1); behind(1, NULL); // warning@34: missing sentinel in function call // warning@49: not enough variable arguments in 'behind' declaration to fit a sentinel // warning@60: not enough variable arguments in 'behind' declaration to fit a sentinel
  inside(NULL); inside(p, NULL); inside(p); pointed(1, p); // warning@42: missing sentinel in function call // warning@57: missing sentinel in function call
}
// ----
void unsupported(const char *, ...) __attribute__((format(wibble, 1, 2))); // warning@52: 'format' attribute argument not supported: wibble
void fixed(const char *, int) __attribute__((format(printf, 1, 2))); // warning@6: GCC requires a function with the 'format' attribute to be variadic
int variable __attribute__((format(printf, 1, 2))); // warning@29: 'format' attribute only applies to Objective-C methods, blocks, and non-K&R-style functions
void old() __attribute__((format(printf, 1, 2))); // warning@27: 'format' attribute only applies to Objective-C methods, blocks, and non-K&R-style functions
void numbers(int) __attribute__((nonnull)); // warning@34: 'nonnull' attribute applied to function with no pointer arguments
void number(int, char *) __attribute__((nonnull(1))); // warning@41: 'nonnull' attribute only applies to pointer arguments
void few(int) __attribute__((sentinel)); // warning@30: 'sentinel' attribute only supported for variadic functions
typedef void logger(const char *, ...) __attribute__((format(printf, 1, 2)));
// ----
void outside(const char *, ...) __attribute__((format(printf, 3, 2))); // error@48: 'format' attribute parameter 2 is out of bounds
void outside2(const char *, ...) __attribute__((format(printf, 1, 3))); // error@49: 'format' attribute parameter 3 is out of bounds
void outside3(const char *, ...) __attribute__((format(printf, 0, 2))); // error@49: 'format' attribute parameter 2 is out of bounds
void outside4(const char *, int, ...) __attribute__((format(printf, 1, 2))); // error@54: 'format' attribute parameter 3 is out of bounds
void notext(int, const char *, ...) __attribute__((format(printf, 1, 3))); // error@52: format argument not a string type
void notext2(const void *, ...) __attribute__((format(printf, 1, 2))); // error@48: format argument not a string type
void fewer(const char *, ...) __attribute__((format(printf, 1))); // error@46: 'format' attribute requires exactly 3 arguments
void noname(const char *, ...) __attribute__((format("printf", 1, 2))); // error@47: 'format' attribute requires parameter 1 to be an identifier
void notime(const char *, ...) __attribute__((format(strftime, 1, 2))); // error@47: strftime format attribute requires 3rd parameter to be 0
int *notext3(const char *) __attribute__((format_arg(1))); // error@43: function does not return string type
char *outside5(const char *) __attribute__((format_arg(2))); // error@45: 'format_arg' attribute parameter 1 is out of bounds
char *notext4(int) __attribute__((format_arg(1))); // error@35: format argument not a string type
void outside6(char *) __attribute__((nonnull(2))); // error@38: 'nonnull' attribute parameter 1 is out of bounds
void negative(int, ...) __attribute__((sentinel(-1))); // error@40: 'sentinel' parameter 1 less than zero
void two(int, ...) __attribute__((sentinel(0, 2))); // error@35: 'sentinel' parameter 2 not 0 or 1
