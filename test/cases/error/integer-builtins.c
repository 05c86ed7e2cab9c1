// error
int a(int x) { return __builtin_is_aligned(x, 3); } // error@47: requested alignment is not a power of 2
int b(int x) { return __builtin_align_up(x, 0); } // error@45: requested alignment must be 1 or greater
int c(float x) { return __builtin_align_up(x, 4); } // error@44: operand of type 'float' where arithmetic or pointer type is required
int d(int x) { return __builtin_align_up(x, 4.0); } // error@45: used type 'double' where integer is required
int e(int x) { return __builtin_elementwise_max(&x, &x); } // error@49: 1st argument must be a vector, integer or floating point type (was 'int *')
int f(int x) { return __builtin_reduce_add(x); } // error@44: 1st argument must be a vector of integers (was 'int')
int g(unsigned x) { return __builtin_elementwise_abs(x); } // error@54: 1st argument must be a signed integer or floating point type (was 'unsigned int')
int h(int x) { return __builtin_clzg(x); } // error@38: 1st argument must be an unsigned integer (was 'int')
int i(unsigned x) { return __builtin_clzg(x, 7l); } // error@46: 2nd argument must be an 'int' (was 'long')
