// error
void wide(int a, int b, int c, int d, int e, int f) { } // warning@6: no other object can call 'wide', which takes 6 arguments: BPF has no convention for more than five; make it static
int some(int n, ...) { return n; } // warning@5: no other object can call 'some', which takes variable arguments: BPF has no convention for more than five; make it static
static int none(int n, ...) { return n; }
int calls(void) { return none(1, 2); }
// ----
static int f(int n, ...) { int l; __builtin_va_start(l, n); return 0; } // error@54: first argument to 'va_start' is of type 'int' and not 'va_list'
int g(void) { return f(1); }
// ----
static int f(int n, ...) { char **l; return __builtin_va_arg(l, int); } // error@62: first argument to 'va_arg' is of type 'char **' and not 'va_list'
int g(void) { return f(1); }
// ----
struct s;
static int f(int n, ...) { __builtin_va_list l; __builtin_va_start(l, n); __builtin_va_arg(l, struct s); return 0; } // error@95: second argument to 'va_arg' is of incomplete type 'struct s'
int g(void) { return f(1); }
// ----
static int f(int m, int n, ...) { __builtin_va_list l; __builtin_va_start(l, m); int r = __builtin_va_arg(l, short); __builtin_va_end(l); return r; } // warning@78: second argument to 'va_start' is not the last named parameter // warning@110: second argument to 'va_arg' is of promotable type 'short'; this va_arg has undefined behavior because arguments will be promoted to 'int'
int g(void) { return f(1, 2, 3); }
// ----
__builtin_va_list l;
int n = __builtin_va_arg(l, int); // error@9: initializer element is not a compile-time constant
// ----
static int f(int n, ...) { __builtin_va_list l, m; int o = 0; __builtin_va_copy(l, o); __builtin_va_end(m); return 0; } // error@84: second argument to 'va_copy' is of type 'int' and not 'va_list'
int g(void) { return f(1); }
// ----
static int f(int n, ...) { const __builtin_va_list l = 0; __builtin_va_start(l, n); return 0; } // error@78: first argument to 'va_start' cannot be changed
int g(void) { return f(1); }
