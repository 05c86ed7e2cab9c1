// error
// clang: it counts fields and offsets in its back end
/* What no CO-RE relocation can say. */
struct __attribute__((preserve_access_index, packed)) tight { char c; long long l : 53; unsigned short s : 11; };
struct __attribute__((preserve_access_index)) huge { char a[0x7fffffff]; char b, c; };

int straddling(struct tight *t) { return t->s; } // error: a bit-field that spans more than 8 bytes cannot be relocated
unsigned asked(struct tight *t) { return __builtin_preserve_field_info(t->s, 0); } // error: a bit-field that spans more than 8 bytes
char *near(struct huge *h) { return &h->b; }
char *far(struct huge *h) { return &h->c; } // error: 2147483648 is too large for a CO-RE relocation
unsigned no_record(int *p) { return __builtin_preserve_field_info(p[2], 0); } // error: argument 1 not a field access in a record
