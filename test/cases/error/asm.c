// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
// clang: it takes an output's constraint for an input, until its back end runs
void f(int x) {
  asm("" : "r"(x)); // error: invalid output constraint 'r' in asm
  asm("" : "=r"(1)); // error: invalid lvalue in asm output
  asm("" : : "=r"(x)); // error: invalid input constraint '=r' in asm
  asm("" : "=r"(x) : "3"(x)); // error: invalid input constraint '3' in asm
  asm("" : [a] "=r"(x) : [a] "r"(x)); // error: duplicate use of asm operand name "a" // note: asm operand name "a" first referenced here
  asm("" : : "mi"(1)); // error: invalid lvalue in asm input for constraint 'mi'
  asm goto("" : : : : nowhere); // error: use of undeclared label 'nowhere'
}
