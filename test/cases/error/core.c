// error
/* What no CO-RE relocation can say. */
struct __attribute__((preserve_access_index, packed)) tight { char c; long long l : 53; unsigned short s : 11; };
struct __attribute__((preserve_access_index)) huge { char a[0x7fffffff]; char b, c; };
struct s { int i; unsigned b : 3; };
enum e { A };

int straddling(struct tight *t) { return t->s; } // error: a bit-field that spans more than 8 bytes cannot be relocated
unsigned asked(struct tight *t) { return __builtin_preserve_field_info(t->s, 0); } // error: a bit-field that spans more than 8 bytes
char *near(struct huge *h) { return &h->b; }
char *far(struct huge *h) { return &h->c; } // error: 2147483648 is too large for a CO-RE relocation
unsigned no_record(int *p) { return __builtin_preserve_field_info(p[2], 0); } // error: argument 1 not a field access
unsigned no_field(struct s *s) { return __builtin_preserve_field_info(s, 0); } // error: argument 1 not a field access
unsigned no_kind(struct s *s, int k) { return __builtin_preserve_field_info(s->i, k); } // error: argument 2 not a constant
unsigned bad_kind(struct s *s) { return __builtin_preserve_field_info(s->i, 6); } // error: argument 2 not a constant
unsigned long no_name(void) { return __builtin_preserve_type_info(*(struct { int i; } *)0, 0); } // error: argument 1 invalid
unsigned long no_enum(void) { return __builtin_preserve_enum_value(*(struct s *)0, 0); } // error: argument 1 invalid
unsigned long no_value(void) { return __builtin_preserve_enum_value(*(enum e *)0, 0); } // error: argument 1 invalid
