// error -ferror-limit=0
// Directives of the preprocessor, each source with what is wrong in one of them.
#error stop here
// error@^2: stop here
// ----
#include "no-such-header.h"
// error@^10: 'no-such-header.h' file not found
// ----
#include <no/such/header.h> // error@10: 'no/such/header.h' file not found
// ----
// error@v9: expected "FILENAME" or <FILENAME>
#include
// ----
#include nothing // error@10: expected "FILENAME" or <FILENAME>
// ----
#include "unclosed
// warning@^10: missing terminating '"' character // error@^10: expected "FILENAME" or <FILENAME>
// ----
#include <unclosed
// error@^19: expected '>' // note@^10: to match this '<'
// ----
#if 1 // error@2: unterminated conditional directive
int x;
// ----
#ifdef A // error@2: unterminated conditional directive
#else
// ----
#else // error@2: #else without #if
// ----
#endif // error@2: #endif without #if
// ----
#elif 1 // error@2: #elif without #if
// ----
#if 1
#else
#else // error@2: #else after #else
#endif
// ----
#if 1
#else
#elif 1 // error@2: #elif after #else
#endif
// ----
// error@v4: expected value in expression
#if
#endif
// ----
// error@v8: expected value in expression
#if 1 +
#endif
// ----
// error@v8: macro name missing
#define
// ----
#define 3 // error@9: macro name must be an identifier
// ----
#define defined // error@9: 'defined' cannot be used as a macro name
// ----
// error@v12: expected comma in macro parameter list
#define F(x
// ----
// error@v13: missing ')' in macro parameter list
#define F(x,
// ----
#define F(x,) // error@13: expected identifier in macro parameter list
// ----
#define F(x, x) x // error@14: duplicate macro parameter name 'x'
// ----
#define F(x y) x // error@13: expected comma in macro parameter list
// ----
#define F(3) x // error@11: invalid token in macro parameter list
// ----
#define F(..., x) x // error@14: missing ')' in macro parameter list
// ----
#define F(x) #y // error@15: '#' is not followed by a macro parameter
// ----
#define F(x) #  // error@14: '#' is not followed by a macro parameter
// ----
#define F ## x // error@11: '##' cannot appear at start of macro expansion
// ----
#define F x ## // error@13: '##' cannot appear at end of macro expansion
// ----
#define F(x) ## x // error@14: '##' cannot appear at start of macro expansion
// ----
#define F(x) x ## // error@16: '##' cannot appear at end of macro expansion
// ----
#define G(a, b) a ## b
int G(+, /) x; // error@5: pasting formed '+/', an invalid preprocessing token // error@7: expected identifier or '('
// ----
#define G(a, b) a ## b // note@9: macro 'G' defined here
int y = G(1, .);
int z = G(", ");
// error@^9: use of undeclared identifier 'G' // error@^15: too few arguments provided to function-like macro invocation
// ----
#define F(a, b) a // note@9: macro 'F' defined here
int x = F(1); // error@9: use of undeclared identifier 'F' // error@12: too few arguments provided to function-like macro invocation
// ----
#define F(a, b) a // note@9: macro 'F' defined here
int x = F(1, 2, 3); // error@9: use of undeclared identifier 'F' // error@17: too many arguments provided to function-like macro invocation
// ----
// error@vvvv9: unterminated function-like macro invocation
// note@vv9: macro 'F' defined here
// error@vv12: expected expression
#define F(a) a
int x = F(1
// ----
#define F() 1 // note@9: macro 'F' defined here
int x = F(2); // error@9: use of undeclared identifier 'F' // error@11: too many arguments provided to function-like macro invocation
// ----
// error@v7: macro name missing
#undef
// ----
#undef 3 // error@8: macro name must be an identifier
// ----
#undef defined // error@8: 'defined' cannot be used as a macro name
// ----
// error@v6: #line directive requires a positive integer argument
#line
// ----
#line x // error@7: #line directive requires a positive integer argument
// ----
#line 0x10 // error@7: #line directive requires a positive integer argument
// ----
#line 3 x // error@9: invalid filename for #line directive
// ----
#line 99999999999 // error@7: #line directive requires a positive integer argument
// ----
#unknown // error@2: invalid preprocessing directive
// ----
#pragma GCC error "no"
// error@^13: no
// ----
#pragma GCC poison x
int x; // error@5: attempt to use a poisoned identifier
// ----
_Pragma("once"
// error@^1: _Pragma takes a parenthesized string literal
// ----
_Pragma(1) // error@1: _Pragma takes a parenthesized string literal // error@10: expected external declaration
// ----
_Pragma 1; // error@1: _Pragma takes a parenthesized string literal // error@9: expected external declaration
// ----
#embed // error@2: #embed is not supported; write the bytes as an array, or load them at run time
// ----
// error@v14: expected "FILENAME" or <FILENAME>
#include_next
// ----
#if x++ // error@6: token is not a valid binary operator in a preprocessor subexpression
#endif
// ----
#if sizeof(int) // error@5: function-like macro 'sizeof' is not defined
#endif
// ----
#if (int)3 // error@10: token is not a valid binary operator in a preprocessor subexpression
#endif
// ----
#assert foo // error@2: invalid preprocessing directive
// ----
#ident
// error@^7: invalid #ident directive
// ----
#ident 3
// error@^8: invalid #ident directive
// ----
// error@v31: expected string literal in pragma diagnostic
#pragma GCC diagnostic ignored
// ----
#pragma unroll x // error@9: expected external declaration
// ----
#pragma clang loop unroll(maybe) // error@9: expected external declaration
void f(void) { for (;;); }
// ----
#pragma clang attribute push // error@9: unterminated '#pragma clang attribute push' at end of file
// ----
#pragma clang attribute pop // error@9: '#pragma clang attribute pop' with no matching '#pragma clang attribute push'
// ----
#pragma clang attribute push(__attribute__((cold)), apply_to = function) // error@9: unterminated '#pragma clang attribute push' at end of file
