// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
void f(long a) {
  int r;
  __builtin_bswap32("x"); // error: incompatible pointer to integer conversion passing 'char[2]' to parameter of type 'unsigned int' // warning@3: ignoring return value of function declared with const attribute
  __builtin_clz(); // error: too few arguments to function call, expected 1, have 0
  __builtin_add_overflow(1, 2, 3); // error: result argument to overflow builtin must be a pointer to a non-const integer type ('int' invalid)
  __builtin_add_overflow(1.0, 2, &r); // error: operand argument to overflow builtin must be an integer type ('double' invalid)
  __sync_fetch_and_add(a, 1); // error: address argument to atomic builtin must be a pointer ('long' invalid)
  __atomic_load_n(&r); // error: too few arguments to function call, expected 2, have 1
  __builtin_expect(1); // error: too few arguments to function call, expected 2, have 1
  memcpy(&a, &a, 1); // error: call to undeclared library function 'memcpy' with type 'void *(void *, const void *, unsigned long)'; ISO C99 and later do not support implicit function declarations // note: include the header <string.h> or explicitly provide a declaration for 'memcpy'
  __builtin_preserve_field_info(a, 0); // error: __builtin_preserve_field_info argument 1 not a field access
  __builtin_constant_p(); // error: too few arguments to function call, expected 1, have 0
  __builtin_object_size(&r, 7); // error: argument value 7 is outside the valid range [0, 3]
}
int annotated(int x) {
  return __builtin_annotation("text", "text") // error: first argument to __builtin_annotation must be an integer
    + __builtin_annotation(x, L"wide") // error: second argument to __builtin_annotation must be a non-wide string constant
    + __builtin_annotation(x); // error: too few arguments to function call, expected 2, have 1
}
