# assemble: a line table of version 5, with checksums; a frame in .debug_frame
	.file	"a.c"
	.file	0 "/src" "a.c" md5 0xb2e3e69d1d37e75d53c4cbb2067b781e
	.file	1 "/usr/include" "b.h" md5 0xb810f270733e106319b67ef512c6246e
	.file	2 "/src" "c.h" md5 0xd999974a7f4f96b7b5ef5bef86044e74
	.file	3 "/usr/include" "d.h" md5 1
	.section	tc,"ax",@progbits
	.globl	f
	.p2align	3
	.type	f,@function
f:
.Lbegin:
	.loc	0 73 0
	.cfi_sections .debug_frame
	.cfi_startproc
	w1 = -559038737
	.loc	0 46 14 prologue_end
	.loc	1 46 14 is_stmt 0 isa 3
	call 14
	.loc	1 47
	.rept	17
	r0 = 0
	.endr
	.loc	2 300 5 is_stmt 1 discriminator 130
	.rept	40
	r0 = 0
	.endr
	.loc	2 1 epilogue_begin
	.rept	700
	r0 = 0 ll
	.endr
	.loc	3 1 basic_block
	.loc	3 0 1
	exit
	.rept	16
	r0 = 0
	.endr
	.cfi_endproc
.Lend:
	.size	f, .Lend-.Lbegin
	.section	other,"ax",@progbits
	.loc	0 2 2
	exit
	.loc	0 4
	.text
	exit
	.section	.debug_info,"",@progbits
	.long	.Lline_table
	.section	.debug_line,"",@progbits
.Lline_table:
