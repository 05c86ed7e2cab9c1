# assemble: macros behind .altmacro
.altmacro
.macro m a, b
.long \a
.long \b

.endm
m %1+2, <5>
m <1+1>, 2
m %(3*4), %0x10-1
.macro s x
.ascii "x"
.ascii "\x"
foo_\x:
x&_q:
\x&_r:
.ascii "x&y &x \x&"
xx: .byte 1
.endm
s <bar>
.noaltmacro
m 3, 4
.altmacro
.macro s2 x, y=3
.asciz "\x"
.byte y
.endm
s2 <b!>ar>
s2 <a, b>
s2 <!!>
s2 x=<q q>, y=%7
s2 "str"
.irp y, 1, 2
.byte \y
.endr
.irp z, <1>, %2+1
.byte \z
.endr
.set N, 4
.altmacro
.macro r n
.if n
.byte n
r %n-1
.endif
.endm
r 3
r %N
