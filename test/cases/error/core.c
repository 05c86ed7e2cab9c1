// error
// clang: it takes any constant for the kind
/* Questions of CO-RE that are none. */
struct s { int i; unsigned b : 3; };
enum e { A };

unsigned no_field(struct s *s) { return __builtin_preserve_field_info(s, 0); } // error: argument 1 not a field access
unsigned no_kind(struct s *s, int k) { return __builtin_preserve_field_info(s->i, k); } // error: argument 2 not a constant
unsigned bad_kind(struct s *s) { return __builtin_preserve_field_info(s->i, 6); } // error: argument 2 not a constant
unsigned long no_name(void) { return __builtin_preserve_type_info(*(struct { int i; } *)0, 0); } // error: argument 1 invalid
unsigned long no_enum(void) { return __builtin_preserve_enum_value(*(struct s *)0, 0); } // error: argument 1 invalid
unsigned long no_value(void) { return __builtin_preserve_enum_value(*(enum e *)0, 0); } // error: argument 1 invalid
