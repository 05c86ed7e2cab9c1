// error -Wall -ferror-limit=0
// clang: it goes on at other places after a syntax error, and errs on more lines
// Several independent errors in one run, of syntax and of meaning; what a syntax error hides is silent.
int parameters(int a b) { return a + nope; } // error: expected ')' // error: use of undeclared identifier 'nope' // note: to match this '('
int caller(void) { return parameters(1, 2, 3); }
int unfinished = 1 + ; // error: expected expression
int first = , second = 2; // error: expected expression
int uses(void) { return unfinished + first + second + nope; } // error: use of undeclared identifier 'nope'

struct members {
  int a b; // error: expected ';' at end of declaration list
  int c;
  unknown_t d; // error: unknown type name 'unknown_t'
};
int member(struct members *p) {
  return p->c + p->b + p->d + sizeof(struct members) +
    nope; // error: use of undeclared identifier 'nope'
}
_Static_assert(sizeof(struct members) == 12, "unknown layout");
struct whole { int x; struct members m; };
_Static_assert(sizeof(struct whole[2]) == 12, "unknown layout");
int missing(struct whole *p) { return p->z; } // error: no member named 'z' in 'struct whole'
struct last { int x; int y }; // warning: expected ';' at end of declaration list

typedef unknown_t alias; // error: unknown type name 'unknown_t'
alias global;
int aliased(alias x) { return x.y + *global; }
static inline int typed(u32 x, u64 *y) { return x + *y; } // error: unknown type name 'u32' // error: unknown type name 'u64'
int countless(void) { return typed(1, 2, 3); }
enum e { A, B C, D = nope }; // error: missing ',' between enumerators // error: use of undeclared identifier 'nope'
int enumerators(void) { return A + B + C + D; }

struct unended { int a; } // error: expected ';' after struct
int ended(struct unended *p) { return p->a + p->b; } // error: no member named 'b' in 'struct unended'

int statements(int x) {
  if (x y) { // error: expected ')' // note: to match this '('
    nope1; // error: use of undeclared identifier 'nope1'
  } else if (x +) { // error: expected expression
    nope2; // error: use of undeclared identifier 'nope2'
  } else
    nope3; // error: use of undeclared identifier 'nope3'
  for (int i = 0; i < ; i++) // error: expected expression
    x += i + nope4; // error: use of undeclared identifier 'nope4'
  switch (x y) { // error: expected ')' // note: to match this '('
  case 1: return nope5; // error: use of undeclared identifier 'nope5'
  default: break;
  }
  if (x)
    x = ) 3; // error: expected expression
  else
    nope6; // error: use of undeclared identifier 'nope6'
  do { x--; } while (x) // error: expected ';' after do/while statement
  goto out;
  x = ({ int y = ; y; }); // error: expected expression
  int z = x @ 3, w = 4; // error: expected ';' at end of declaration
out: x + nope7 y; // error: expected ';' after expression // error: use of undeclared identifier 'nope7'
  return z + 1 2; // error: expected ';' after return statement
}

void labels(void) {
  goto lost;
  int (lost: ; // error: expected ')' // note: to match this '('
}

#endif // error: #endif without #if
int directive(void) { return nope0 } // error: use of undeclared identifier 'nope0' // error: expected ';' after return statement

_Alignas(nope8) int aligned; // error: use of undeclared identifier 'nope8'
int chosen = __builtin_choose_expr(nope9, 1, 2); // error: use of undeclared identifier 'nope9'

int open(int x) {
  while (x) { // note: to match
    nope10; // error: use of undeclared identifier 'nope10'
  // The braces are not closed.
  x = 1; // error: expected '}'
