// pp
#define N 4
#pragma pack(push, N)
#pragma   unroll   N
#pragma clang loop unroll(full)
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#pragma clang attribute pop
#pragma weak foo
_Pragma("unroll 2") for
#define P(x) _Pragma(#x) x
P(unroll)
P(GCC diagnostic push) after
#pragma push_macro("N")
#undef N
N
#pragma pop_macro("N")
N
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma clang diagnostic pop
#pragma message "a" "b"
#pragma STDC FP_CONTRACT ON
#pragma GCC poison bad
#pragma unknown stuff ( here )
_Pragma("message(\"x\")")
last
