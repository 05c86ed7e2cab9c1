// error -Wextra -Wshadow -Wmissing-prototypes -Wmissing-variable-declarations -Wno-unused -Wno-unused-parameter
// Names that other units could declare wrong, names that hide others, and casts between function types.
typedef int (*callback)(int, void *);
int counter; // warning@5: no previous extern declaration for non-static variable 'counter'
extern int known;
int known = 1;
static int own;
int first(int a) { return a; } // warning@5: no previous prototype for function 'first' // note@5: declare 'static' if it is not intended to be used outside of this translation unit
int second(int a);
int second(int a) { return a; }
static int third(int a) { return a; }
inline int fourth(int a) { return a; }
__attribute__((noinline)) int fifth(int a) { return a; } // warning@31: no previous prototype for function 'fifth'
int old();
int old() { return 1; } // warning@5: no previous prototype for function 'old'
static int hide(int own) { // warning@21: declaration shadows a variable in the global scope // note@^^^^^^^^^12: previous declaration is here
  int counter = own; // warning@7: declaration shadows a variable in the global scope
  for (int i = 0; i < 3; i++) {
    int i = 1; // warning@9: declaration shadows a local variable // note@^12: previous declaration is here
    counter += i;
  }
  { static int own; own++; } // warning@16: declaration shadows a local variable
  return counter;
}
static long other(int a, char *p) { return a; }
static int fewer(int a) { return a; }
static int alike(unsigned a, char *p) { return 0; }
static callback calls[] = {
  (callback) other, // warning@3: cast from 'long (*)(int, char *)' to 'callback' (aka 'int (*)(int, void *)') converts to incompatible function type
  (callback) fewer, // warning@3: cast from 'int (*)(int)' to 'callback' (aka 'int (*)(int, void *)') converts to incompatible function type
  (callback) alike,
  (callback) (void (*)(void)) fewer,
  (callback) 1,
};
