// error -ferror-limit=0
// Calls of builtin functions.
int x = __builtin_nope(1); // error@9: use of unknown builtin '__builtin_nope'
// ----
int x = __builtin_offsetof(int, x); // error@9: offsetof requires struct, union, or class type, 'int' invalid
// ----
struct s { int a; }; int x = __builtin_offsetof(struct s, b); // error@59: no member named 'b' in 'struct s'
// ----
struct s; int x = __builtin_offsetof(struct s, b); // error@19: offsetof of incomplete type 'struct s'
// ----
struct s { int a : 3; }; int x = __builtin_offsetof(struct s, a); // error@34: cannot compute offset of bit-field 'a'
// ----
int n; int x = __builtin_choose_expr(n, 1, 2); // error@38: '__builtin_choose_expr' requires a constant expression
// ----
int x = __builtin_types_compatible_p(int, 3); // error@43: expected a type
// ----
int f(int *p) { return __sync_fetch_and_add(p); } // error@46: too few arguments to function call, expected at least 2, have 1
// ----
int f(int *p) { return __sync_fetch_and_add(3, 1); } // error@45: address argument to atomic builtin must be a pointer ('int' invalid)
// ----
struct s { int a, b, c; }; int f(struct s *p) { return __atomic_load_n(p, 0); } // error@72: address argument to atomic builtin must be a pointer to integer or pointer ('struct s *' invalid)
// ----
int f(const int *p) { __atomic_store_n(p, 1, 0); return 0; } // error@40: address argument to atomic operation must be a pointer to non-const type ('const int *' invalid)
// ----
int f(int *p) { return __atomic_load_n(p); } // error@41: too few arguments to function call, expected 2, have 1
// ----
int f(int *p) { return __atomic_load_n(p, 0, 1); } // error@46: too many arguments to function call, expected 2, have 3
// ----
int f(int **p) { __atomic_fetch_min(p, 0, 0); return 0; } // error: address argument to atomic operation must be a pointer to integer ('int **' invalid)
// ----
int f(int *p) { return __atomic_max_fetch(p, 1); } // error@47: too few arguments to function call, expected 3, have 2
// ----
int f(int *p) { return __scoped_atomic_load_n(p, 5, 5); } // error@53: synchronization scope argument to atomic operation is invalid
// ----
int f(int *p) { return __scoped_atomic_fetch_add(p, 1, 5); } // error: too few arguments to function call, expected 4, have 3
// ----
int f(int *p) { return __scoped_atomic_load_n(p, 5, p); } // error@53: incompatible pointer to integer conversion passing 'int *' to parameter of type 'int'; dereference with *
// ----
int f(int *p) { return __scoped_atomic_test_and_set(p, 5, 0); } // error: call to undeclared function '__scoped_atomic_test_and_set'
// ----
int f(void *p) { return __sync_val_compare_and_swap(p, 1, 2); } // error@53: address argument to atomic builtin must be a pointer to integer or pointer ('void *' invalid)
// ----
int f(int n) { return __builtin_constant_p(); } // error@44: too few arguments to function call, expected 1, have 0
// ----
void f(void *a, int n) { __builtin_memcpy(a); } // error@44: too few arguments to function call, expected 3, have 1
// ----
void f(void *a, int n) { __builtin_memset(a, 1, 2, 3); } // error@52: too many arguments to function call, expected 3, have 4
// ----
int f(int x) { return __builtin_bswap32(); } // error@41: too few arguments to function call, expected 1, have 0
// ----
int f(int x) { return __builtin_add_overflow(x, x, x); } // error@52: result argument to overflow builtin must be a pointer to a non-const integer type ('int' invalid)
// ----
int f(int x) { return __builtin_add_overflow(x, x); } // error@50: too few arguments to function call, expected 3, have 2
// ----
int f(int x) { const int y = 0; return __builtin_add_overflow(x, x, &y); } // error@69: result argument to overflow builtin must be a pointer to a non-const integer type ('const int *' invalid)
// ----
int f(int x) { return __builtin_object_size(&x, 4); } // error@49: argument value 4 is outside the valid range [0, 3]
// ----
int f(int x) { return __builtin_object_size(&x, x); } // error@49: argument to '__builtin_object_size' must be a constant integer
// ----
int f(int x) { return __builtin_expect(x); } // error@41: too few arguments to function call, expected 2, have 1
// ----
void *f(int x) { return __builtin_frame_address(x); } // error@25: frame and return addresses are not available in BPF
// ----
void *f(int x) { return __builtin_return_address(-1); } // error@25: frame and return addresses are not available in BPF
// ----
void f(int x) { __builtin_unreachable(1); } // error@39: too many arguments to function call, expected 0, have 1
// ----
int f(int x) { return __builtin_preserve_access_index(); } // error@55: too few arguments to function call, expected 1, have 0
// ----
int f(int x) { return __builtin_preserve_field_info(x, 0); } // error@53: __builtin_preserve_field_info argument 1 not a field access
// ----
int f(int x) { return __builtin_btf_type_id(x); } // error@46: too few arguments to function call, expected 2, have 1
// ----
int f(int x) { struct s *p; return __builtin_preserve_field_info(p->a, 0); } // error@67: incomplete definition of type 'struct s' // note@23: forward declaration of 'struct s'
// ----
int f(int n, ...) { __builtin_va_list ap; __builtin_va_start(ap); return 0; } // error@64: too few arguments to function call, expected 2, have 1
