# assemble: parts of sections, sections of one name, comments, notes, zeros of one's own
.ident "tbcc 1"
.version "1.0"
.byte 1
.subsection 2
.byte 2
.subsection 1
.byte 3
.text 3
.byte 4
.text
.byte 5
.data 1
.byte 6
.data
.byte 7
.section foo,"a"
.subsection 3
a: .byte 1
.section foo
.byte 2
.pushsection foo, 5
.byte 3
.popsection
.byte 4
.previous
.byte 5
.quad a
.section b,"a",@progbits,unique,1
.byte 1
.section b,"a",@progbits,unique,2
.byte 2
.section b,"a"
.byte 3
.section kept,"aR"
.byte 1
.section t,"ax"
f: exit
.section m,"ao",@progbits,f
.quad f
.section m2,"o",@progbits,0
.byte 1
.section init,"a","init_array"
.section odd,"",@0x7fffffff
.rodata
.byte 1
.tdata
.byte 2
.tbss
.zero 8
.bss
.org 8
.zero 4
.data.rel.ro
.byte 1
.lcomm x, 16
.lcomm y, 8
.extern z
.ident "two"
.equiv N, 5
.quad N, y, z
.ascii "a" "b", "c"
.line 3
