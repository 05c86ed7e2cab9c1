# assemble: operators, numbers that .set gives, arguments of macros
.set x, 5
.long x==5, x>4, x<4, 1&&2, 1||0, !x, !0, 5<>4, 1|2+3, 7!3, 1==1==1
.if x == 5
.byte 1
.else
.byte 2
.endif
a:
.long 7
b:
.long (b-a)*3, (d-c)*2
c: .long 1,2
d:

.macro m p, q=7
.byte \p, \q
r1 = \p
.endm
m 1
m 1 2
m 1, 2
m q=5, p=6
r1 = x ll
