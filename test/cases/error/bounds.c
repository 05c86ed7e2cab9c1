// error -Wno-unused-value -Wno-unused-variable -Wno-strict-prototypes -ferror-limit=0
// Arrays whose length is not known where it must be, flexible ones, and associations with such types.
int n;
int (*pointers)[n]; // error: variably modified type declaration not allowed at file scope
typedef int named[n]; // error: variable length array declaration not allowed at file scope
int (*gives(void))[n]; // error: function declaration cannot have variably modified type
void later(int n, int a[*]);
void unbound(int n, int a[*]) { // error: variable length array must be bound in function definition
}
void unbound_below(int n, int (*a)[*]) { // error: variable length array must be bound in function definition
}
void inside(int n) {
  int (*local(void))[n]; // error: function declaration cannot have variably modified type
  extern int (*outside)[n]; // error: variably modified type declaration cannot have 'extern' linkage
}
struct flexible { int n; int a[]; }; // note: initialized flexible array member 'a' is here
struct text { int n; char a[]; };
struct flexible plain = { .a = 1 }; // error: flexible array requires brace-enclosed initializer
struct flexible element = { .a[0] = { 1 } }; // error: designator into flexible array member subobject
struct flexible list = { .a = { 1, 2 } }, without = { 1, 2, 3 }, inner = { 1, { [3] = 5 } };
struct text letters = { .a = "abc" };
struct flexible many[] = { { 1 }, { 2, {} } };
int initializes(void) {
  struct flexible none = { 1, {} };
  struct flexible some = { 1, { 2 } }; // error: initialization of flexible array member is not allowed
  return none.n;
}
int chooses(int n) {
  void (*old)();
  int x = _Generic(n, void(void): 1, default: 2); // error: type 'void (void)' in generic association not an object type
  x = _Generic(n, int[n]: 1, default: 2); // error: type 'int[n]' in generic association is a variably modified type
  x = _Generic(old, void (*)(int): 1, void (*)(void): 2, default: 3); // error: controlling expression type 'void (*)()' compatible with 2 generic association types // note: compatible type 'void (*)(int)' specified here // note: compatible type 'void (*)(void)' specified here
  return x;
}
unsigned short two[] = L"abc"; // error: initializing wide char array with incompatible wide string literal
int four[] = u"abc"; // error: initializing wide char array with incompatible wide string literal
char one[] = L"abc"; // error: initializing char array with wide string literal
int large = u'\U00010000'; // error: character too large for enclosing character literal type
int several = U'ab'; // error: Unicode character literals may not contain multiple characters
int wide = L'ab'; // error: wide character literals may not contain multiple characters
int control = '\u0001'; // error: universal character name refers to a control character
char basic[] = "\u0041\u0024"; // error: character 'A' cannot be specified by a universal character name
int packed = 'ab'; // warning: multi-character character constant
int packed_four = 'abcd';
int packed_five = 'abcde'; // warning: multi-character character constant // warning: character constant too long for its type
