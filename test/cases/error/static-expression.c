// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int a = ({ 1; }); // error: statement expression not allowed at file scope
void f(void) {
  int x = ({ int y = 1; y; });
  int z = ({ }); // error: initializing 'int' with an expression of incompatible type 'void'
  __auto_type q = x;
  __auto_type w; // error: declaration of variable 'w' with deduced type '__auto_type' requires an initializer
  __auto_type v = { 1 }; // error: cannot use '__auto_type' with initializer list in C
}
