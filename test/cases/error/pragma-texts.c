// error
// Macros are expanded in messages; what packs may stand behind a body.
#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)
#define NAME "name"
#pragma message("line " TEXT(__LINE__)) // warning: line 6
#pragma message NAME // warning: name
#pragma GCC warning NAME " and " NAME // warning: name and name
#pragma GCC error "error " TEXT(__LINE__) // error: error 9
#pragma message(none) // error: expected string literal in pragma message
#pragma message none // error: pragma message requires parenthesized string
_Pragma("pack(push, 1)") struct first {
  int a;
  char b;
} _Pragma("pack(pop)");
struct second { char a; int b; } _Pragma("pack(1)") object, *pointer;
struct third { char a; int b; };
void function(void) {
  struct fourth {
    char a;
    struct inner { char a; int b; } _Pragma("pack()") b;
    struct { char a; int b; } c;
  } d;
  _Static_assert(sizeof(d.b) == 5 && sizeof(d.c) == 8, "");
}
_Static_assert(sizeof(struct first) == 5 && sizeof object == 8 && sizeof(struct third) == 5, "");
int last _Pragma("pack()"); // error: expected ';' after top level declarator
