# assemble: frames of every instruction, with three heads
f:
.cfi_startproc
r0 = 1
.cfi_def_cfa 10, 512
.cfi_adjust_cfa_offset 8
.cfi_rel_offset 6, 8
.rept 100
r1 = 1
.endr
.cfi_offset 70, -8
.cfi_offset 7, 8
exit
.cfi_endproc
.cfi_startproc simple
.cfi_signal_frame
exit
.cfi_escape 1,2,3
.cfi_restore 70
.cfi_restore 7
.cfi_undefined 3
.cfi_same_value 4
.cfi_register 4, 5
.cfi_remember_state
.rept 70
r1 = 1 ll
.endr
.cfi_restore_state
.cfi_endproc
.cfi_startproc 
.cfi_return_column 5
.rept 300
r1 = 1
.endr
.cfi_def_cfa_register 5
.cfi_endproc
