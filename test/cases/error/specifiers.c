// error -ferror-limit=0
// Static assertions, generic selections, alignment, attributes, asm.
_Static_assert(1 "no");
// error@^18: expected ')' // note@^15: to match this '('
// ----
_Static_assert(); // error@16: expected expression
// ----
int x = _Generic(1, char: 2); // error@18: controlling expression type 'int' not compatible with any generic association type
// ----
int x = _Generic(1, int: 2, int: 3); // error@29: type 'int' in generic association compatible with previously specified type 'int' // note@21: compatible type 'int' specified here
// ----
int x = _Generic(1, default: 2, default: 3); // error@33: duplicate default generic association // note@21: previous default generic association is here
// ----
int x = _Generic(1, struct s: 2, default: 3); // error@21: type 'struct s' in generic association incomplete
// ----
int x = _Generic(1); // error@19: expected ','
// ----
_Alignas(3) int x; // error@1: requested alignment is not a power of 2
// ----
_Alignas(1) int x; // error@1: requested alignment is less than minimum alignment of 4 for type 'int'
// ----
_Alignas(-8) int x; // error@1: requested alignment is not a power of 2
// ----
_Alignas(16) typedef int x; // error@1: '_Alignas' attribute only applies to variables and fields
// ----
struct s { _Alignas(8) int x : 3; }; // error@12: '_Alignas' attribute cannot be applied to a bit-field
// ----
int f(_Alignas(8) int x); // error@7: '_Alignas' attribute cannot be applied to a function parameter
// ----
_Atomic(int[3]) x; // error@1: _Atomic cannot be applied to array type 'int[3]'
// ----
_Atomic(void(void)) x; // error@1: _Atomic cannot be applied to function type 'void (void)'
// ----
_Atomic(struct s) x; // error@1: _Atomic cannot be applied to incomplete type 'struct s'
// ----
int restrict x; // error@5: restrict requires a pointer or reference ('int' is invalid)
// ----
int f(void) restrict; // error@12: expected ';' after top level declarator
// ----
int x __attribute__((aligned(3))); // error@22: requested alignment is not a power of 2
// ----
int x __attribute__((section(3))); // error@30: expected string literal as argument of 'section' attribute
// ----
int x __attribute__((mode(frob))); // error@27: unknown machine mode 'frob'
// ----
int x __attribute__((vector_size(7))); // error@22: vector size not an integral multiple of component size
// ----
int x __attribute__((alias("y")));
// error@^5: alias must point to a defined variable or function
// ----
int x __attribute__((aligned("x")));
// error@^30: 'aligned' attribute requires integer constant
// ----
int x __attribute__((weak)); static int y __attribute__((weak)); // error@58: weak declaration cannot have internal linkage
// ----
// error@vv22: expected ')'
// note@v21: to match this '('
int x __attribute__((
// ----
int x __attribute__(unused); // error@21: expected '(' after '('
// ----
int x __attribute__((unused); // error@29: expected ')' // note@20: to match this '('
// ----
int x __attribute__((visibility)); // error@22: 'visibility' attribute takes one argument
// ----
int x __attribute__((packed(3))); // error@22: 'packed' attribute takes no arguments
// ----
int f(void) __attribute__((constructor("x")));
// error@^28: 'constructor' attribute is not supported: nothing runs .init_array in the kernel
// ----
int f(int x) { asm("" : "=r"); return 0; }
// error@^29: expected '(' after '"=r"'
// ----
int f(int x) { asm("" : "=r"(3)); return 0; }
// error@^30: invalid lvalue in asm output
// ----
int f(int x) { asm("" : "r"(x)); return 0; }
// error@^25: invalid output constraint 'r' in asm
// ----
int f(int x) { asm("%1" : : "r"(x)); return 0; }
// error@^22: invalid operand number in inline asm string
// ----
int f(int x) { asm("%[a]" : : "r"(x)); return 0; }
// error@^23: unknown symbolic operand name in inline assembly string
// ----
int f(int x) { asm(x); return 0; } // error@20: expected string literal in 'asm'
// ----
int f(int x) { asm(""; return 0; }
// error@^22: expected ')' // note@^19: to match this '('
// ----
int f(int x) { asm("" : "=r"(x) : "1"(x)); return 0; }
// error@^35: invalid input constraint '1' in asm
// ----
int f(int x) { asm goto("" : : : : L); return 0; }
// error@^36: use of undeclared label 'L'
// ----
int f(struct s *p) { asm("" : : "r"(*p)); return 0; }
// warning@^14: declaration of 'struct s' will not be visible outside of this function // error@^37: incomplete type 'struct s' where a complete type is required
// ----
asm(3); // error@5: expected string literal in 'asm'
// ----
asm("" : : "r"(1));
// error@^8: expected ')' // note@^4: to match this '('
// ----
int f(int x) { asm("" : [a] "=r"(x), [a] "=r"(x)); return 0; }
// error@^38: duplicate use of asm operand name "a" // note@^25: asm operand name "a" first referenced here
// ----
int f(int x) { asm("" : "+&"(x)); return 0; }
// error@^25: invalid output constraint '+&' in asm
// ----
int f(int x) { asm("" : "r="(x)); return 0; }
// error@^25: invalid output constraint 'r=' in asm
// ----
int f(const int x) { asm("" : "=r"(x)); return 0; }
// error@^36: cannot assign to variable 'x' with const-qualified type 'const int' // note@^17: variable 'x' declared const here
