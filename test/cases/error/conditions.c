// error -ferror-limit=0
// #if, #elif and the expressions behind them.
// error@vv7: expected ')' in preprocessor expression
// note@v5: to match this '('
#if (1
#endif
// ----
#if 1 2 // error@7: token is not a valid binary operator in a preprocessor subexpression
#endif
// ----
#if 1 / 0 // error@7: division by zero in preprocessor expression
#endif
// ----
#if 1.5 // error@5: floating point literal in preprocessor expression
#endif
// ----
#if "s"
#endif
// error@^^5: invalid token at start of a preprocessor expression
// ----
// error@v12: macro name missing
#if defined
#endif
// ----
// error@v13: macro name missing
#if defined(
#endif
// ----
// error@vv14: missing ')' after 'defined'
// note@v12: to match this '('
#if defined(A
#endif
// ----
// error@v10: expected ':'
#if 1 ? 2
#endif
// ----
#if x = 1 // error@7: token is not a valid binary operator in a preprocessor subexpression
#endif
// ----
#if 99999999999999999999 // error@5: integer literal is too large to be represented in any integer type
#endif
// ----
#if 0x // error@6: invalid suffix 'x' on integer constant
#endif
// ----
#if 08 // error@6: invalid digit '8' in octal constant
#endif
// ----
#if 1i // error@6: invalid suffix 'i' on integer constant
#endif
// ----
// error@v7: macro name missing
#ifdef
#endif
// ----
#ifdef 3 // error@8: macro name must be an identifier
#endif
// ----
#ifndef + // error@9: macro name must be an identifier
#endif
// ----
#elifdef // error@2: #elifdef without #if
// ----
#if __has_include // error@5: missing '(' after '__has_include'
#endif
// ----
#if __has_include("x
#endif
// error@^^5: missing ')' after '__has_include' // note@^^18: to match this '(' // warning@^^19: missing terminating '"' character
// ----
#if __has_include <x // error@5: missing '(' after '__has_include'
#endif
// ----
#if __has_attribute // error@5: missing '(' after '__has_attribute'
#endif
// ----
#if __has_builtin( // error@5: missing ')' after '__has_builtin' // note@18: to match this '('
#endif
// ----
#if __has_feature(3) // error@5: builtin feature check macro requires a parenthesized identifier
#endif
// ----
// error@v10: expected value in expression
#if 1 == 
#endif
// ----
// error@v6: expected value in expression
#if !
#endif
// ----
// error@v9: expected value in expression
#if 1 ||
#endif
// ----
// error@v12: expected value in expression
#if 3 ? 4 :
#endif
// ----
#if ) // error@5: invalid token at start of a preprocessor expression
#endif
// ----
#if 1) // error@6: missing '(' in preprocessor expression
#endif
// ----
#if 'ab
#endif
// warning@^^5: missing terminating ' character // error@^^5: invalid token at start of a preprocessor expression
// ----
#if ''
#endif
// warning@^^5: empty character constant // error@^^5: invalid token at start of a preprocessor expression
// ----
#define A A(
#if A // error@5: function-like macro 'A' is not defined
#endif
// ----
#if L"x"
#endif
// error@^^5: invalid token at start of a preprocessor expression
// ----
// error@vv10: expected value in expression
#define EMPTY
#if EMPTY
#endif
// ----
#if 1 # 2 // error@7: token is not a valid binary operator in a preprocessor subexpression
#endif
// ----
// error@v6: expected value in expression
#if ~
#endif
// ----
// error@v6: expected value in expression
#if -
#endif
// ----
// error@v10: expected value in expression
#if 1 << 
#endif
// ----
#if __COUNTER__ , 3 // error@17: expected end of line in preprocessor expression
#endif
// ----
#if 1, 2 // error@6: expected end of line in preprocessor expression
#endif
