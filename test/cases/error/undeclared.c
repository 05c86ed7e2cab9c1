// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int f(int value) {
  return valeu + missing; // error: use of undeclared identifier 'valeu'; did you mean 'value'? // error: use of undeclared identifier 'missing'
}
int g(void) {
  return missing; // error: use of undeclared identifier 'missing'
}
