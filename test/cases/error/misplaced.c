// error -Wno-unused-value -Wno-unused-variable -ferror-limit=0
// Words where they may not stand: what speaks of functions, of pointers, of objects with an address.
inline int value; // error: 'inline' can only appear on functions
typedef _Noreturn void stops(void); // error: '_Noreturn' can only appear on functions
inline struct empty { int a; }; // error: 'inline' can only appear on functions
void takes(inline int a); // error: 'inline' can only appear on functions
struct words {
  inline int a; // error: type name does not allow function specifier to be specified
  __auto_type b; // error: '__auto_type' not allowed in struct member
};
typedef const int fixed;
typedef _Atomic int shared;
_Atomic(fixed) first; // error: _Atomic cannot be applied to qualified type 'fixed' (aka 'const int')
_Atomic(shared) second; // error: _Atomic cannot be applied to atomic type 'shared' (aka '_Atomic(int)')
_Atomic fixed third;
typedef void (*pointer)(void);
restrict pointer fourth; // error: pointer to function type 'void (void)' may not be 'restrict' qualified
pointer restrict *fifth; // error: pointer to function type 'void (void)' may not be 'restrict' qualified
typedef int vector __attribute__((vector_size(16)));
struct array { int a; int b[3]; };
int registers(void) {
  register int array[4];
  register struct array s = { 1 };
  int *p = array; // error: address of register variable requested
  p = &array[1]; // error: address of register variable requested
  p = &s.a; // error: address of register variable requested
  p = &s.b[1]; // error: address of register variable requested
  vector v = { 0 };
  p = &v[1]; // error: address of vector element requested
  _Alignas(16) register int wide = 1; // error: '_Alignas' attribute cannot be applied to a variable with 'register' storage class
  register struct array *q = (struct array *)p;
  p = &q->a;
  return *p + sizeof(array) + v[1] + s.b[0] + wide;
}
__auto_type deduced = 1, other = 2.0; // error: '__auto_type' deduced as 'int' in declaration of 'deduced' and deduced as 'double' in declaration of 'other'
__auto_type same = 1, too = 2;
__auto_type gives(void); // error: '__auto_type' not allowed in function return type
struct bits { int b : 3; };
int reads(struct bits *p) {
  __auto_type x = p->b; // error: cannot pass bit-field as __auto_type initializer in C
  return 0;
}
enum outer { A = sizeof(enum outer { B }) }; // error: nested redefinition of 'outer' // note: previous definition is here
struct around { struct around { int a; } b; }; // error: nested redefinition of 'around' // note: previous definition is here
int casts(int a) {
  (void)(enum unknown)a; // error: cast to incomplete type 'enum unknown'
  (void)(struct unfinished)a; // error: cast to incomplete type 'struct unfinished'
  return a;
}
typedef union { int *a; float *b; } either __attribute__((transparent_union));
void passes(either);
int *object;
void transparent(void) {
  passes(object);
  either x = object; // error: initializing 'either' (aka 'union (unnamed)') with an expression of incompatible type 'int *'
  x = object; // error: assigning to 'either' (aka 'union (unnamed)') from incompatible type 'int *'
}
#define ARENA __attribute__((address_space(1)))
struct holds {
  int ARENA a; // error: field may not be qualified with an address space
  int ARENA *b;
};
int ARENA global, ARENA globals[2];
void spaces(int ARENA a, int ARENA *b) { // error: parameter may not be qualified with an address space
  int ARENA c; // error: automatic variable qualified with an address space
  static int ARENA d;
  int ARENA *e = &d;
}
__attribute__((naked)) int bare(int a) { // note: attribute is here
  asm("r0 = 1");
  ;
  return a; // error: non-ASM statement in naked function is not supported
}
__attribute__((naked)) void bare_too(int a) { // note: attribute is here
  asm("r0 = %0" : : "r"(a + 1)); // error: parameter references not allowed in naked functions
}
__attribute__((naked)) int barest(int a) {
  asm("r0 = %[size]; r0 += %1; exit" : : [size] "i"(sizeof(int)), "i"(A));
}
register unsigned long kept asm("r10");
register int lone; // error: illegal storage class on file-scoped variable
