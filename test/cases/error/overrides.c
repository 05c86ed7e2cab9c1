// error
struct part { char x[4]; int b; }; struct whole { struct part p1; int c; };
struct list { int numbers[4]; int n; };
void f(struct part a) {
  struct whole l1 = { .p1 = a, .p1.x[2] = 'x' }; // warning@35: initializer partially overrides prior initialization of this subobject
  struct whole l2 = { .p1 = a, .p1.b = 1 }; // warning@35: initializer partially overrides prior initialization of this subobject
  struct whole l3 = { .p1 = a, .p1.b = 1, .p1.x[0] = 1 }; // warning@35: initializer partially overrides prior initialization of this subobject // warning@46: initializer partially overrides prior initialization of this subobject
  struct whole l4 = { { "abc", 1 }, .p1.x[2] = 'x' }; // warning@42: initializer partially overrides prior initialization of this subobject
  struct whole l5 = { { {1, 2}, 1 }, .p1.x[2] = 'x', .p1.x[1] = 3 }; // warning@65: initializer overrides prior initialization of this subobject
  struct whole l6 = { .p1 = a, .p1 = a }; // warning@38: initializer overrides prior initialization of this subobject
  struct part l7[] = { a, [0].b = 3 }; // warning@30: initializer partially overrides prior initialization of this subobject
  struct part l8[] = { [0 ... 2] = a, [1].b = 3 }; // warning@42: initializer partially overrides prior initialization of this subobject
  struct part l9 = { .x = "abc", .x[1] = 'r' }; // warning@36: initializer partially overrides prior initialization of this subobject
  struct part l10 = { .x = { "abc" }, .x[1] = 'r' }; // warning@41: initializer partially overrides prior initialization of this subobject
  struct part l11 = { .x = { 'a', 'b' }, .x[1] = 'r' }; // warning@50: initializer overrides prior initialization of this subobject
  struct part l12 = { .x = { 'a', 'b' }, .x = { 'r' } }; // warning@47: initializer overrides prior initialization of this subobject
  struct list l13 = { .numbers = { 1, 2 }, .numbers[2] = 5, .n = 4, .n = 5 }; // warning@74: initializer overrides prior initialization of this subobject
  struct whole l14 = { .p1 = { .b = 2 }, .p1.x[1] = 4 };
  struct whole l15 = { .p1 = { .b = 2 }, .p1.b = 4 }; // warning@50: initializer overrides prior initialization of this subobject
}
