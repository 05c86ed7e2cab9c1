// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0 -std=c23
// What an attribute may stand on. Those that do not fit are dropped.
int coldVariable __attribute__((__cold__)); // warning: '__cold__' attribute only applies to functions
int flatVariable __attribute__((flatten)); // error: 'flatten' attribute only applies to functions
struct __attribute__((section("a"))) sectioned { int x; }; // error: 'section' attribute only applies to functions, global variables, Objective-C methods, and Objective-C properties
typedef int weakType __attribute__((weak)); // warning: 'weak' attribute only applies to variables, functions, and classes
void locals(int p __attribute__((unused, section("a")))) { // error: 'section' attribute only applies to
  int x __attribute__((section("a"), unused)); // error: 'section' attribute only applies to
  static int y __attribute__((section("b"), unused));
  static int z __attribute__((cleanup(locals), unused)); // warning: 'cleanup' attribute only applies to local variables
  int w __attribute__((used, unused)); // warning: 'used' attribute only applies to variables with non-local storage, functions, and Objective-C methods
}
enum __attribute__((preserve_access_index)) flags { flagA }; // error: 'preserve_access_index' attribute only applies to structs, unions, and classes
struct __attribute__((transparent_union)) notUnion { int x; }; // warning: 'transparent_union' attribute only applies to unions
typedef union { int x; } __attribute__((transparent_union)) isUnion;
struct fields {
  int plain __attribute__((btf_decl_tag("t")));
  int inlined __attribute__((always_inline)); // warning: 'always_inline' attribute only applies to functions and statements
  int (*called)(int) __attribute__((noreturn));
  int number __attribute__((noreturn)); // warning: 'noreturn' only applies to function types; type here is 'int'
};
__attribute__((warn_unused_result)) int number; // warning: 'warn_unused_result' attribute only applies to
__attribute__((warn_unused_result)) void nothing(void); // warning: attribute 'warn_unused_result' cannot be applied to functions without return value
extern int elsewhere __attribute__((used)); // warning: 'used' attribute ignored on a non-definition declaration
void oddArguments(void) __attribute__((noinline(1))); // error: 'noinline' attribute takes no arguments
int tooMany __attribute__((aligned(8, 8))); // error: 'aligned' attribute takes no more than 1 argument
int *allocates(int) __attribute__((alloc_size(1), malloc, returns_nonnull, assume_aligned(8)));
int *misallocates(int) __attribute__((alloc_size(2))); // error: 'alloc_size' attribute parameter 1 is out of bounds
int *allocatesBy(int *) __attribute__((alloc_align(1))); // error: 'alloc_align' attribute argument may only refer to a function parameter of integer type
int *unaligned(void) __attribute__((assume_aligned(3))); // error: requested alignment is not a power of 2
int noPointer(void) __attribute__((malloc)); // warning: 'malloc' attribute only applies to return values that are pointers
int notInline(void) __attribute__((gnu_inline)); // warning: 'gnu_inline' attribute requires function to be marked 'inline', attribute ignored
void temper(void) __attribute__((hot, __cold__)); // error: '__cold__' and 'hot' attributes are not compatible // note: conflicting attribute is here
void frozen(void) __attribute__((cold)); // note: conflicting attribute is here
void frozen(void) __attribute__((hot)); // error: 'hot' and 'cold' attributes are not compatible
void convention(void) __attribute__((fastcall)); // warning: 'fastcall' calling convention is not supported for this target
__attribute__((packed)) struct misplaced { int x; }; // warning: attribute 'packed' is ignored, place it after "struct" to apply attribute to type declaration
// Spellings.
int spelt __attribute__((nodiscard)); // warning: unknown attribute 'nodiscard' ignored
[[packed]] int bare; // warning: unknown attribute 'packed' ignored
struct [[packed]] loose { char c; int x; }; // warning: unknown attribute 'packed' ignored
struct [[gnu::packed]] tight { char c; int x; };
_Static_assert(sizeof(struct loose) == 8 && sizeof(struct tight) == 5, "");
int conventional(int x) __attribute__((__const));
// Statements.
int statements(int x) {
  __attribute__((fallthrough)); // error: fallthrough annotation is outside switch statement
  __attribute__((section("a"))); // error: 'section' attribute cannot be applied to a statement
  [[fallthrough]] x++; // error: 'fallthrough' attribute only applies to empty statements
  if (x) __attribute__((noinline)) return 1; // warning: attribute is ignored on this statement as it only applies to functions; use '[[clang::noinline]]' on statements
end: __attribute__((unused));
  return x;
}
// A definition has the last word.
int defined(int x) { return x; } // note: previous definition is here
int defined(int x) __attribute__((section("late"), cold)); // warning: attribute declaration must precede definition
int known __attribute__((section("early"))) = 1; // note: previous definition is here
extern int known __attribute__((section("early"), aligned(64))); // warning: attribute declaration must precede definition
int after(int x) __attribute__((noinline)) { return x; } // warning: GCC does not allow 'noinline' attribute in this position on a function definition
void registers(void) {
  register int a __asm__("r1");
  int b __asm__("r2"); // warning: ignored asm label 'r2' on automatic variable
  (void)sizeof(a), (void)sizeof(b);
}
// Where `packed` means nothing.
typedef struct { char c; int x; } unpacked __attribute__((packed)); // warning: 'packed' attribute ignored
_Static_assert(sizeof(unpacked) == 8, "");
int packedVariable __attribute__((packed)); // warning: 'packed' attribute ignored
typedef int hiddenType __attribute__((visibility("hidden"))); // warning: 'visibility' attribute ignored
__attribute__((unused));
[[odd]]; // warning: unknown attribute 'odd' ignored
[[deprecated]] struct misplacedToo { int x; }; // error: misplaced attributes; expected attributes here
void pointers(int *p __attribute__((nonnull)), int q __attribute__((nonnull))); // warning: 'nonnull' attribute only applies to pointer arguments
void counted(int *p __attribute__((nonnull(1)))); // warning: 'nonnull' attribute when used on parameters takes no arguments
