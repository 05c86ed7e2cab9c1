// error -Wall
// What looks like one of the things that are warned of, and what is one beside it.

// Numbers that are no more than truth values or enumerators.
enum choice { first };
void casts(_Bool truth, enum choice choice, int number) {
  (void)(void *)truth;
  (void)(char *)choice;
  (void)(char *)number; // warning@9: cast to 'char *' from smaller integer type 'int'
  (void)(int)(void *)4; // warning@9: cast to smaller integer type 'int' from 'void *'
}

// A null pointer, and a choice of one.
void nulls(void) { *(0 ? (int *)0 : (void *)0) = 0; }
void null(void) { *(int *)(void *)0 = 0; } // warning@19: indirection of non-volatile null pointer will be deleted, not trap

// Bits that are all set.
struct bits { int number : 4; unsigned mask : 4; };
void set(struct bits *s) {
  s->number = ~0U;
  s->mask = ~0U;
  s->mask = ~15U; // warning@11: implicit truncation from 'unsigned int' to bit-field changes value from 4294967280 to 0
  s->mask = -8U;
  s->number = ~8U; // warning@13: implicit truncation from 'unsigned int' to bit-field changes value from 4294967287 to 7
  s->number = 15; // warning@13: implicit truncation from 'int' to bit-field changes value from 15 to -1
  s->number = ~16U; // warning@13: implicit truncation from 'unsigned int' to bit-field changes value from 4294967279 to -1
  s->mask = ~16U; // warning@11: implicit truncation from 'unsigned int' to bit-field changes value from 4294967279 to 15
}

// Arrays at the end of a record.
#define N 3
typedef int three[3];
struct longer { int length, data[3]; };
struct exact { int length, data[N]; };
struct sum { int length, data[1 + 2]; };
struct inner { int data[3], length; };
struct named { int length; three data; };
struct table { int length, data[3][4]; };
void fill(struct longer *a, struct exact *b, struct sum *c, struct inner *d, struct named *e) {
  a->data[3] = a->data[-1];
  b->data[3] = b->data[-1]; // warning@3: array index 3 is past the end of the array (that has type 'int[3]') // warning@16: array index -1 is before the beginning of the array
  c->data[3] = 1; // warning@3: array index 3 is past the end of the array (that has type 'int[3]')
  d->data[3] = 1; // warning@3: array index 3 is past the end of the array (that has type 'int[3]')
  e->data[3] = 1;
}
void fill_table(struct table *t) {
  t->data[3][0] = 1;
  t->data[2][4] = 1; // warning@3: array index 4 is past the end of the array (that has type 'int[4]')
}

// Unnamed bit-fields of a union have no value.
union padded { int : 3; int : 4; int value; int other; } padded = {17}, pair[2] = {1, 2}; // warning@84: suggest braces around initialization of subobject // warning@87: suggest braces around initialization of subobject
union padded twice = {1, 2}; // warning@26: excess elements in union initializer

// Empty statements behind the value.
int last(void) { return ({ 1;; }); }

// What nothing jumps to is not reached.
int labels(int i) { switch (i) { default: if (i == 1) return 0; case 0: return 2; label: ; } } // warning@83: unused label 'label'
int behind(int i) { return i; over: i++; } // warning@31: unused label 'over'
int jumped(int i) { goto over; over: i++; } // warning@43: non-void function does not return a value
int circle(int i) { return i; one: i++; goto two; two: i--; goto one; }
int forever(int i) { for (;;) { } over: i++; } // warning@35: unused label 'over'
int sometimes(int i) { if (i) goto over; return 1; over: i++; } // warning@63: non-void function does not return a value in all control paths

// Old declarations: a block's is not seen behind it.
static int inner_one(); // warning@12: a function declaration without a prototype is deprecated in all versions of C and is treated as a zero-parameter prototype in C23, conflicting with a subsequent definition
void declares(void) { int inner_one(); inner_one(); }
static int inner_one(int a) { return a; }
void declares_other(void) { int outer_one(); } // warning@33: a function declaration without a prototype is deprecated in all versions of C and is treated as a zero-parameter prototype in C23, conflicting with a subsequent definition
int outer_one(int a) { return a; }

short argument(__builtin_va_list list) { return sizeof(short) > 9 ? __builtin_va_arg(list, short) : 1; }
static void absent(void) __attribute__((weakref("missing")));
int present(void) { return absent ? 1 : 2; }

volatile _Complex double changing; _Complex double fixed;
volatile int *port;
void reads(void) {
  __real__ changing;
  __imag__ changing;
  __real__ fixed; // warning@3: expression result unused
  *port;
  -*port; // warning@3: expression result unused
  +port[3]; // warning@3: expression result unused
}
