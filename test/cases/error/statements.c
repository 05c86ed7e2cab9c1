// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
// clang warns: of no label that is defined twice
int f(int x) {
  break; // error: 'break' statement not in loop or switch statement
  continue; // error: 'continue' statement not in loop statement
  case 1: ; // error: 'case' statement not in switch statement
  default: ; // error: 'default' statement not in switch statement
  goto nowhere; // error: use of undeclared label 'nowhere'
again: ; // note: previous definition is here // warning: unused label 'again'
again: // error: redefinition of label 'again'
  switch (x) { case 1: case 2: case 1: ; default: ; } // error: duplicate case value '1' // note: previous case defined here
  switch (x) { case 1 ... 5: ; case 3: ; } // error: duplicate case value '3' // note: previous case defined here
  switch (x) { case x: ; } // error: expression is not an integer constant expression
  switch (1.5) { } // error: statement requires expression of integer type ('double' invalid)
  switch (x) { default: ; default: ; } // error: multiple default labels in one switch
  goto *x; // error: incompatible integer to pointer conversion passing 'int' to parameter of type 'const void *' // error: indirect goto in function with no address-of-label expressions
  return 0;
}
void h(int x) {
  goto inner; // error: cannot jump from this goto statement to its label // note: jump enters a statement expression
  x = ({ inner: 1; });
}
