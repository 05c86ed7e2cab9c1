// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int two(int a, int b); // note: 'two' declared here
int one(int a); // note: 'one' declared here
int none(void); // note: 'none' declared here
int many(int a, ...); // note: 'many' declared here
void f(struct s *p, int x) { // warning: declaration of 'struct s' will not be visible outside of this function
  two(1); // error: too few arguments to function call, expected 2, have 1
  two(1, 2, 3); // error: too many arguments to function call, expected 2, have 3
  one(); // error: too few arguments to function call, single argument 'a' was not specified
  one(1, 2); // error: too many arguments to function call, expected single argument 'a', have 2 arguments
  none(1); // error: too many arguments to function call, expected 0, have 1
  many(); // error: too few arguments to function call, at least argument 'a' must be specified
  x(1); // error: called object type 'int' is not a function or function pointer
  undeclared(2); // error: call to undeclared function 'undeclared'; ISO C99 and later do not support implicit function declarations
  p(); // error: called object type 'struct s *' is not a function or function pointer
}
