// error -Wall -ferror-limit=0
#define QUIET(flag, ...) \
  _Pragma("GCC diagnostic push") _Pragma(flag) __VA_ARGS__ _Pragma("GCC diagnostic pop")
#define CAST(x) ((void *)(x))
#define CONTEXT(ctx) CAST(ctx[0]), (ctx[1])
// The shape of libbpf's BPF_PROG: a conversion is let through in the middle of one expansion.
#define PROGRAM(name, args...)                                  \
  name(unsigned long *ctx);                                     \
  static int inner_##name(unsigned long *ctx, ##args);          \
  int name(unsigned long *ctx) {                                \
    _Pragma("GCC diagnostic push")                              \
    _Pragma("GCC diagnostic ignored \"-Wint-conversion\"")      \
    return inner_##name(ctx, CONTEXT(ctx));                     \
    _Pragma("GCC diagnostic pop")                               \
  }                                                             \
  static int inner_##name(unsigned long *ctx, ##args)

int PROGRAM(first, void *a, int *b) { return a == b && ctx; }
int PROGRAM(second, void *a, char *b) { return a == b && ctx; }

int *kept(void) {
  QUIET("GCC diagnostic ignored \"-Wint-conversion\"", int *p = 5;)
  int *q = 5; // error: incompatible integer to pointer conversion
  (void)p, (void)q;
  return QUIET("GCC diagnostic ignored \"-Wint-conversion\"", 7;) QUIET("GCC diagnostic warning \"-Wall\"", ;)
}

#define TWICE(x) QUIET("GCC diagnostic ignored \"-Wint-conversion\"", int *a = x;) int *b = x;
#define AFTER _Pragma("GCC diagnostic pop") int *c = 5;
void nested(void) {
  TWICE(6) // error: incompatible integer to pointer conversion
  (void)a, (void)b;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wint-conversion"
  int *d = 5;
  AFTER // error: incompatible integer to pointer conversion
  (void)c, (void)d;
}
