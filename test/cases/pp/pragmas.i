

#pragma pack(push, N)
#pragma unroll N
#pragma clang loop unroll(full)
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#pragma clang attribute pop
#pragma weak foo
#pragma unroll 2
# 9 "pragmas.c"
                    for

#pragma unroll
# 11 "pragmas.c"
 unroll
#pragma GCC diagnostic push
# 12 "pragmas.c"
 GCC diagnostic push after


N

4
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma clang diagnostic pop
#pragma message("ab")
#pragma STDC FP_CONTRACT ON

#pragma unknown stuff ( here )
#pragma message("x")
last
