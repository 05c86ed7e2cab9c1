// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
struct a { int x; int x; }; // error: duplicate member 'x' // note: previous declaration is here
struct b { int x; struct { int x; }; }; // error: member of anonymous struct redeclares 'x' // note: previous declaration is here
struct c { void f(void); }; // error: field 'f' declared as a function
struct d { void v; }; // error: field has incomplete type 'void'
struct e { int a[]; int b; }; // error: flexible array member 'a' with type 'int[]' is not at the end of struct // note: next field declaration is here
struct f { struct f inner; }; // error: field has incomplete type 'struct f' // note: definition of 'struct f' is not complete until the closing '}'
struct g { int a : 33; }; // error: width of bit-field 'a' (33 bits) exceeds the width of its type (32 bits)
struct h { int a : -1; }; // error: bit-field 'a' has negative width (-1)
struct i { int a : 0; }; // error: named bit-field 'a' has zero width
struct j { float a : 3; }; // error: bit-field 'a' has non-integral type 'float'
struct k { _Bool a : 2; }; // error: width of bit-field 'a' (2 bits) exceeds the width of its type (1 bit)
struct l { int n; int a[n]; }; // error: use of undeclared identifier 'n'
int n2;
struct m { int a[n2]; }; // error: fields must have a constant size: 'variable length array in structure' extension will never be supported
struct n { int a : n2; }; // error: expression is not an integer constant expression
struct o { int *restrict p; int restrict q; }; // error: restrict requires a pointer or reference ('int' is invalid)
enum p { A = 1.5 }; // error: integer constant expression must have integer type, not 'double'
enum q { B = n2 }; // error: expression is not an integer constant expression
