# A tc classifier in assembly: counts the packets of each of four marks in a map, and passes all of them on.
#
#   tbas -o sample.o sample.s && tc filter add dev eth0 ingress bpf da obj sample.o sec classifier
.set BPF_FUNC_map_lookup_elem, 1
.set TC_ACT_OK, 0
.set BPF_MAP_TYPE_ARRAY, 2
.set marks, 4

.macro function name, section
	.section \section, "ax", @progbits
	.globl \name
	.p2align 3
	.type \name, @function
\name:
.endm

.macro end_function name
	.size \name, . - \name
.endm

function count, classifier
	r2 = *(u32 *)(r1 + 8)
	if r2 >= marks goto 1f
	*(u32 *)(r10 - 4) = r2
	r2 = r10
	r2 += -4
	r1 = counts ll
	call BPF_FUNC_map_lookup_elem
	if r0 == 0 goto 1f
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1
1:	r0 = TC_ACT_OK
	exit
end_function count

	.section maps, "aw", @progbits
	.globl counts
	.p2align 2
	.type counts, @object
counts:
	.long BPF_MAP_TYPE_ARRAY
	.long 4                         # size of a key
	.long 8                         # size of a value
	.long marks
	.rept 5                         # flags, id, pinning, inner id and index
	.long 0
	.endr
	.size counts, . - counts

	.section license, "aw", @progbits
	.type _license, @object
	.globl _license
_license:
	.asciz "GPL"
	.size _license, 4
