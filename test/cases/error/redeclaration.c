// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int a; // note: previous definition is here
char a; // error: redefinition of 'a' with a different type: 'char' vs 'int'
int f(int); // note: previous declaration is here
int f(char); // error: conflicting types for 'f'
static int s1; // note: previous definition is here
int s1; // error: non-static declaration of 's1' follows static declaration
int t1; // note: previous definition is here
static int t1; // error: static declaration of 't1' follows non-static declaration
int d1 = 1; // note: previous definition is here
int d1 = 2; // error: redefinition of 'd1'
int fun(void) { return 0; } // note: previous definition is here
int fun(void) { return 1; } // error: redefinition of 'fun'
typedef int T; // note: previous definition is here
typedef char T; // error: typedef redefinition with different types ('char' vs 'int')
int T; // error: redefinition of 'T' as different kind of symbol
struct q { int x; }; // note: previous definition is here // note: previous use is here
struct q { int y; }; // error: redefinition of 'q'
union q *uq; // error: use of 'q' with tag type that does not match previous declaration
enum e { E1, E2 }; // note: previous definition is here
int E1; // error: redefinition of 'E1' as different kind of symbol
enum e2 { E2 }; // error: redefinition of enumerator 'E2'
void l(int p) {
  int v; // note: previous definition is here
  int v; // error: redefinition of 'v'
  { int v; v = 1; }
  int w; char w; // error: redefinition of 'w' with a different type: 'char' vs 'int' // note: previous definition is here
  extern int d1; // note: previous definition is here
  static int d1; // error: redefinition of 'd1'
}
int dup(int x, int x); // error: redefinition of parameter 'x' // note: previous declaration is here
