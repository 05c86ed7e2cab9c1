// error -ferror-limit=0
/* GNU vectors: what an operator, a conversion or a builtin does not take. */
typedef int v4si __attribute__((vector_size(16)));
typedef int v2si __attribute__((vector_size(8)));
typedef short v8hi __attribute__((vector_size(16)));
typedef int odd __attribute__((vector_size(6))); // error: vector size not an integral multiple of component size
typedef int none __attribute__((vector_size(0))); // error: zero vector size
struct s { int a; };
typedef struct s vs __attribute__((vector_size(16))); // error: invalid vector element type 'struct s'
typedef _Bool vb __attribute__((vector_size(16))); // error: invalid vector element type '_Bool'

int scalars(v4si a, v2si b, struct s s, long wide, int *p)
{
  v4si sum;
  sum = a + b; // error: cannot convert between vector type 'v2si' (vector of 2 'int' values) and vector type 'v4si' (vector of 4 'int' values) as implicit conversion would cause truncation
  sum = a + wide; // error: cannot convert between scalar type 'long' and vector type 'v4si' (vector of 4 'int' values) as implicit conversion would cause truncation
  sum = a + 0x100000000; // error: cannot convert between scalar type 'long' and vector type 'v4si' (vector of 4 'int' values) as implicit conversion would cause truncation
  sum = a << b; // error: vector operands do not have the same number of elements ('v4si' (vector of 4 'int' values) and 'v2si' (vector of 2 'int' values))
  sum = a + s; // error: cannot convert between vector and non-scalar values ('v4si' (vector of 4 'int' values) and 'struct s')
  sum = a + p; // error: cannot convert between vector and non-scalar values ('v4si' (vector of 4 'int' values) and 'int *')
  sum = 5; // error: assigning to 'v4si' (vector of 4 'int' values) from incompatible type 'int'
  sum = b; // error: assigning to 'v4si' (vector of 4 'int' values) from incompatible type 'v2si' (vector of 2 'int' values)
  wide = (long)a; // error: invalid conversion between vector type 'v4si' (vector of 4 'int' values) and integer type 'long' of different size
  sum = (v4si)b; // error: invalid conversion between vector type 'v4si' (vector of 4 'int' values) and 'v2si' (vector of 2 'int' values) of different size
  sum = (v4si)p; // error: invalid conversion between vector type 'v4si' (vector of 4 'int' values) and scalar type 'int *'
  if (a) return 1; // error: statement requires expression of scalar type ('v4si' (vector of 4 'int' values) invalid)
  wide = !a; // error: invalid argument type 'v4si' (vector of 4 'int' values) to unary expression
  wide = a[p]; // error: array subscript is not an integer
  wide = a.x; // error: member reference base type 'v4si' (vector of 4 'int' values) is not a structure or union
  sum = __builtin_shufflevector(a, a, 0, 1, 2, 8); // error: index for __builtin_shufflevector must be less than the total number of vector elements
  sum = __builtin_shufflevector(a, b, 0, 1, 2, 3); // error: first two arguments to '__builtin_shufflevector' must have the same type
  sum = __builtin_shufflevector(a, a, 0, 1, 2, (int)wide); // error: index for __builtin_shufflevector must be a constant integer
  sum = __builtin_convertvector(a, v8hi); // error: first two arguments to __builtin_convertvector must have the same number of elements
  sum = __builtin_convertvector(wide, v4si); // error: first argument to __builtin_convertvector must be a vector
  v4si many = {1, 2, 3, 4, 5}; // warning: excess elements in vector initializer
  const v4si fixed = {1};
  fixed += a; // error: cannot assign to variable 'fixed'
  return sum[0] + many[0];
}
// ----
// clang: it can assign to several components at once
typedef int i4 __attribute__((ext_vector_type(4)));
void f(i4 v, i4 w) { v.xy = w.zw; } // error: expression is not assignable
// ----
typedef int i4 __attribute__((ext_vector_type(4)));
typedef unsigned u4 __attribute__((ext_vector_type(4)));
typedef float f4 __attribute__((ext_vector_type(4)));
typedef int i2 __attribute__((ext_vector_type(2)));
typedef int i0 __attribute__((ext_vector_type(0))); // error: zero vector size
typedef void *i5 __attribute__((ext_vector_type(4))); // error: invalid vector element type 'void *'
void a(i4 v, i4 w) { v.xx = w.xy; } // error: expression is not assignable
void b(i4 v, f4 f) { v = f; } // error: assigning to 'i4' (vector of 4 'int' values) from incompatible type 'f4' (vector of 4 'float' values)
void d(i4 v, u4 u) { v = u; } // error: assigning to 'i4' (vector of 4 'int' values) from incompatible type 'u4' (vector of 4 'unsigned int' values)
int e(i4 v) { return v.q; } // error: illegal vector component name 'q'
int g(i4 v) { return v.xr.x; } // error: illegal vector component name 'r'
int h(i4 v) { return v.s4; } // error: vector component access exceeds type 'i4' (vector of 4 'int' values)
int i(i2 v) { return v.z; } // error: vector component access exceeds type 'i2' (vector of 2 'int' values)
void j(i4 v) { (v + v).x = 1; } // error: expression is not assignable
long k(i2 v) { return (long)v; } // error: invalid conversion between vector type 'i2' (vector of 2 'int' values) and integer type 'long' of different size
i4 l(i4 v, float x) { return v + x; } // error: cannot convert between
