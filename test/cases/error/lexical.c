// error -ferror-limit=0
// Numbers, characters, strings, comments.
char *s = "abc;
// warning@^11: missing terminating '"' character // error@^11: expected expression
// ----
char c = 'a;
// warning@^10: missing terminating ' character // error@^10: expected expression
// ----
char c = '';
// warning@^10: empty character constant // error@^10: expected expression
// ----
/* never closed
// error@^1: unterminated /* comment
// ----
int x = 0xg; // error@10: invalid suffix 'xg' on integer constant
// ----
int x = 08; // error@10: invalid digit '8' in octal constant
// ----
int x = 0b12; // error@12: invalid digit '2' in binary constant
// ----
int x = 1uu; // error@10: invalid suffix 'uu' on integer constant
// ----
int x = 1lll; // error@10: invalid suffix 'lll' on integer constant
// ----
int x = 99999999999999999999; // error@9: integer literal is too large to be represented in any integer type
// ----
double d = 1e; // error@13: invalid suffix 'e' on integer constant
// ----
double d = 0x1.8; // error@17: hexadecimal floating constant requires an exponent
// ----
int x = 1 @ 2; // error@10: expected ';' after top level declarator
// ----
int x = 1 ` 2; // error@10: expected ';' after top level declarator
// ----
char *s = "\x";
// error@^12: \x used with no following hex digits
// ----
char *s = "\u12";
// error@^12: incomplete universal character name
// ----
char *s = "\U00110000";
// error@^12: invalid universal character
// ----
int \u0024; // error@5: expected identifier or '('
// ----
int x\; // error@6: expected ';' after top level declarator
// ----
char c = '\xfff';
// error@^11: hex escape sequence out of range
// ----
int x = L'';
// warning@^9: empty character constant // error@^9: expected expression
// ----
unsigned short s[] = u"a" U"b";
// error@^27: unsupported non-standard concatenation of string literals
// ----
int # x; // error@5: expected identifier or '('
