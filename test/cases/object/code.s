# object
# Labels, calls and addresses: what is resolved here and what becomes a relocation.
	.set	limit, 100
	.set	step, 3
	.text
	.file	"code.c"
	.globl	main
	.p2align	3
	.type	main,@function
main:
	r1 = counters ll
	r2 = counters+8 ll
	r3 = table+4 ll
	r4 = .Lstring ll
	r5 = limit ll
	call 1
	call local_function
	call global_function
	call weak_function
	call elsewhere
	call unknown
	r6 = step
	r6 += step + 2
1:	r6 -= 1
	if r6 != 0 goto 1b
	goto 1f
	*(u32 *)(r10 - 4) = step
1:	may_goto .Lend
	gotol .Lend
	if w0 s> 3 goto local_function
.Lend:
	exit
.Lmain_end:
	.size	main, .Lmain_end-main
	.type	local_function,@function
local_function:
	exit; exit	# two statements
	.size	local_function, 16
	.globl	global_function
global_function:
	exit
	.weak	weak_function
weak_function:
	/* a comment */ exit
	.section	"tc/ingress","ax",@progbits
elsewhere:
	call main
	call local_function
	exit
	.section	maps,"aw",@progbits
	.p2align	2
	.globl	counters
counters:
	.long	1, 2, 3, 4
	.data
	.byte	1
	.p2align	3
table:
	.quad	main, elsewhere, table
	.section	.rodata.str1.1,"aMS",@progbits,1
.Lstring:
	.asciz	"a\tb\\\"\303\251\n"
