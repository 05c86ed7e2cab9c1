// error -Wno-unused -Wno-unused-value -Wno-missing-declarations -ferror-limit=0
// A `;` that is missing, or written as something else, is missed behind the token before.
int first = 0, // error: expected ';' at end of declaration
void function(int a) {
  static int left[] = { 0, 1 }, // error: expected ';' at end of declaration
  static int right[] = { 1, 2 }, // error: expected ';' at end of declaration
  int m = 5, // error: expected ';' at end of declaration
  if (m) a = 1;
  int i, j,
      *k, l[3],
      z;
  a = 1, // error: expected ';' after expression
  {
  }
  a = 2, a = 3, // error: expected ';' after expression
  for (;;) break;
  a = 4, // error: expected ';' after expression
  static int last;
  a = 5: // error: expected ';' after expression
  a = (6)); // error: extraneous ')' before ';'
  int b = left[1]]; // error: extraneous ']' before ';'
  return, // error: expected
}
int value(int a) {
  return a, // error: expected ';' after return statement
}
struct forward // error: expected ';' after struct
struct first_body {
  int n;
} // error: expected ';' after struct
struct second_body { int a; } // error: expected ';' after struct
typedef int number;
struct third_body { int a; } // error: expected ';' after struct
static int hidden;
struct fourth_body { int a; } static visible;
struct fifth_body { int a; } const
changing;
enum one { A }: // error: expected ';' after enum
enum two // error: expected ';' after enum
struct sixth_body { int a; };
enum three { , B }; // error: expected identifier
enum four { 1, C }; // error: expected identifier
enum five { D 12, E }; // error: expected '= constant-expression' or end of enumerator definition
enum six { F = 12 4, G }; // error: expected '}' or ','
enum seven { H; I }; // error: expected '= constant-expression' or end of enumerator definition
enum eight { }; // error: use of empty enum
int uses(void) { return A + B + C + D + E + F + G + H + first; }
