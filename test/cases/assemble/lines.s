# assemble: a line table of version 4, a frame, rows of data
.file 1 "dir/a.c"
.file 2 "/x" "b.c"
f:
.loc 1 5 3
.cfi_startproc
r0 = 1
.cfi_def_cfa_offset 16
.cfi_offset 6, -8
.loc 2 7
.loc 2 8 2 is_stmt 0 discriminator 5
exit
.cfi_def_cfa 10, 32
exit
.cfi_endproc
.section foo,"ax"
.loc 1 1 1 prologue_end
.byte 1
.data
.loc 1 2
.byte 2
