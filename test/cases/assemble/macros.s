# assemble: macros, repetitions and conditions inside one another
	.macro outer name, count=2, rest:vararg
	.rept \count
	.byte \@
	.endr
\name\()_end:
	.ifnb \rest
	.irp value, \rest
	.if \value > 4
	.byte \value
	.elseif \value == 3
	.long 3
	.else
	.short \value
	.endif
	.endr
	.endif
	.endm
	.section .numbers,"aw",@progbits
	outer a
	outer b, 3, 1, 2, 3, 4, 5 + 6
	outer name=c, count=1
	.macro count_down n
	.byte \n
	.if \n
	count_down "(\n - 1)"
	.endif
	.endm
	count_down 4
	.irpc digit, 1234
	.long 0x\digit
	.endr
	.macro leave early
	.byte 1
	.ifc \early, yes
	.exitm
	.endif
	.byte 2
	.endm
	leave yes
	leave no
	.ifdef a_end
	.byte 7
	.endif
	.ifndef nowhere
	.byte 8
	.endif
	.ifb
	.byte 9
	.endif
	.ifnb something
	.byte 10
	.endif
	.ifeqs "x y", "x y"
	.byte 11
	.endif
	.purgem leave
	.macro leave
	.byte 12
	.endm
	leave
	.set n, 0
	.rept 4
	.rept 2
	.byte n
	.set n, n + 1
	.endr
	.endr
	.text
1:	r0 = 0
	.rept 3; r0 += 1; .endr
	if r0 > 7 goto 1b
	exit
