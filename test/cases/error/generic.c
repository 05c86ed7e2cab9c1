// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int f(int x) {
  _Generic(x, char: 1, long: 2); // error: controlling expression type 'int' not compatible with any generic association type
  _Generic(x, int: 1, int: 2); // error: type 'int' in generic association compatible with previously specified type 'int' // note: compatible type 'int' specified here
  _Generic(x, default: 1, default: 2); // error: duplicate default generic association // note: previous default generic association is here
  return __builtin_choose_expr(x, 1, 2); // error: '__builtin_choose_expr' requires a constant expression
}
