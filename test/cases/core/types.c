// core
/* Questions about whole types and enumerators. */
enum e { A = 1, B = 5, C = B, D = -3 };
typedef enum { X, Y = 0x123456789, Z } big;
struct s { int i; };
union u { long l; struct s s; };
typedef struct { int i; } t;
typedef int number;
typedef int (*function)(int);
struct missing;
enum { EXISTS, SIZE, MATCHES };
#define TEST __attribute__((section("tc"), noinline))

TEST unsigned long types(void)
{
	return __builtin_preserve_type_info(*(struct s *)0, EXISTS) + __builtin_preserve_type_info(*(union u *)0, SIZE) +
		__builtin_preserve_type_info(*(t *)0, MATCHES) + __builtin_preserve_type_info(*(enum e *)0, EXISTS) +
		__builtin_preserve_type_info(*(number *)0, SIZE) + __builtin_preserve_type_info(*(function *)0, EXISTS);
}
TEST unsigned long values(void)
{
	return __builtin_preserve_enum_value(*(enum e *)B, 0) + __builtin_preserve_enum_value(*(enum e *)C, 1) +
		__builtin_preserve_enum_value(*(enum e *)D, 1) + __builtin_preserve_enum_value(*(big *)Y, 1) +
		__builtin_preserve_enum_value(*(typeof(enum e) *)A, 1);
}
TEST unsigned long ids(void)
{
	return __builtin_btf_type_id(*(struct s *)0, 0) + __builtin_btf_type_id(*(t *)0, 0) +
		__builtin_btf_type_id(*(enum e *)0, 1) + __builtin_btf_type_id(*(number *)0, 1);
}
