# object
# Bindings, types, visibilities, aliases; symbols that are only declared; the table of significant addresses.
	.file	"first.c"
	.globl	declared
	.weak	maybe
	.hidden	secret
	.globl	secret
	.type	typed,@function
	.section	code,"ax",@progbits
	.globl	f
	.type	f,@function
f:	r1 = maybe ll
	r2 = secret ll
	r3 = alias ll
	r4 = object ll
	call f_alias
	exit
	.size	f, .-f
	.globl	f_alias
	.type	f_alias,@function
	.set	f_alias, f
	.hidden	f_alias
	.data
	.type	object,@object
object:
	.long	1
	.set	alias, object
	.globl	constant
	.set	constant, 42
	.set	negative, -1
	.protected	guarded
	.globl	guarded
guarded:
	.long	2
	.size	object, 4
	.section	.note.tags,"",@note
	.long	0
	.section	.init_array,"aw",@init_array
	.p2align	3
	.quad	f
	.section	excluded,"e",@progbits
	.byte	0
	.addrsig
	.addrsig_sym f
	.addrsig_sym object
