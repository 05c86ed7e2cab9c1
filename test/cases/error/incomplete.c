// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
struct un; // note: forward declaration of 'struct un'
struct un v; // error: tentative definition has type 'struct un' that is never completed
struct un *p;
void f(void) {
  p->x = 1; // error: incomplete definition of type 'struct un'
  sizeof(struct un); // error: invalid application of 'sizeof' to an incomplete type 'struct un'
  p + 1; // error: arithmetic on a pointer to an incomplete type 'struct un'
  *p; // warning: expression result unused // error: incomplete type 'struct un' where a complete type is required
  struct un local; // error: variable has incomplete type 'struct un'
  p[0]; // error: subscript of pointer to incomplete type 'struct un'
  void vv; // error: variable has incomplete type 'void'
}
struct has { struct un m; }; // error: field has incomplete type 'struct un'
struct un arr[3]; // error: array has incomplete element type 'struct un'
void f2(struct un x) { } // error: variable has incomplete type 'struct un'
struct un f3(void); // note: 'f3' declared here
void f4(void) { f3(); } // error: calling 'f3' with incomplete return type 'struct un'
