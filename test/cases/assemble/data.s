# assemble: data of every kind: large numbers, floating numbers, repeated data, offsets
.data
.octa 0x112233445566778899aabbccddeeff00, 5, 0xffffffffffffffffffffffffffffffff
.data
.byte 1
.org 56
.byte 2
.org 64, 0xff
a:
.byte 3
.org a+4
.byte 4
.org 3*32, 1
x:
.dcb.l 2, x
.data
.fill 3
.fill 2, 4, 0x11223344
.fill 2, 8, 0x1122334455667788
.fill 1, 3, 0x112233
.fill 2, 2
.zero 3, 7
.skip 2
.space 2, 0xff
.skip b_-a_
a_: .quad 1
b_:
.data
c_:
.uleb128 300, d_-c_
.sleb128 -300, c_-d_
.quad 1
d_:
.sleb128 0x7fffffffffffffff
.uleb128 0xffffffffffffffff
