# 13 "rescanning.c"
a b b a a b b a a b b a a b b a a b b a a b b a a b b a a b b a a b b a a b b a a b REPEAT_ EMPTYF ()()(b, a)
# 22 "rescanning.c"
a[0] = 1; a[0 + 1] = 2 do {} while (0) a[0] = 3



42

bar bar


foo


1)) 1))
