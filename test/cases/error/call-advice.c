// error -O2 -c
// Calls that attributes speak of, where they are left; not where they are folded away.
extern __attribute__((error("not here"))) void refused(void);
extern __attribute__((__warning__("not gladly"))) int disliked(int);

static inline __attribute__((always_inline)) int number(const char *name) {
  if (!__builtin_strcmp("one", name)) return 1;
  if (!__builtin_strcmp("two", name)) return 2;
  return 0;
}

int f(int x) {
  int n = number("two");
  if (!__builtin_constant_p(n) || n != 2) refused();
  if (__builtin_strlen("four") != 4 || __builtin_strncmp("abc", "abd", 2)) refused();
  int m = number("three");
  if (m == 0) refused(); // error@15: call to 'refused' declared with 'error' attribute: not here
  return disliked(x); // warning@10: call to 'disliked' declared with 'warning' attribute: not gladly
}
