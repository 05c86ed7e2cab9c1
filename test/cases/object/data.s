# object
# Every directive that makes data, and the 32-bit relocations that depend on what a symbol is.
	.section	prog,"ax",@progbits
.Lbegin:
begin:
	exit
.Lstop:
	.data
	.globl	shared
here:
	.byte	1, -1, 255, 'x', 0b101, 017
	.short	-32768, 65535
	.2byte	0x1234
	.long	4294967295, .Lstop-.Lbegin, 2*(3+4)<<1|1
	.quad	-1, 0xffffffffffffffff
	.ascii	"one", "two"
	.asciz	"three", ""
	.string	"four\0five"
	.zero	3
	.zero	2, 7
	.fill	3, 2, 0x102
	.balign	8
	.p2align	4, 0xcc
	.uleb128	0, 127, 128, .Lstop-.Lbegin+1000
	.sleb128	-1, 63, 64, -65
shared:
	.quad	shared, here+4, other-2
	.long	shared, here, .Lhere, begin, .Lbegin
.Lhere:
	.quad	. - here
	.size	shared, .Lhere - shared
	.section	.BTF.ext,"",@progbits
	.long	.Lbegin, .Lstop, here, shared, begin
	.bss
	.zero	92
	.long	0, 0
	.p2align	3
cells:
	.zero	8
	.local	private
	.comm	private,4,16
	.comm	common,24,8
	.section	license,"aw",@progbits
	.globl	_license
_license:
	.asciz	"GPL"
	.size	_license, 4
	.pushsection	.rodata,"a",@progbits
	.long	7
	.popsection
	.byte	1
	.section	.strings,"aMS",@progbits,1
.Lword:	.asciz	"word"
	.data
	.quad	.Lword, .Lword+1
