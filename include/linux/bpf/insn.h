/*
 * The eBPF instruction: operation codes beyond those of classic BPF, registers, and the meanings of the source
 * register of a 64-bit immediate load and of a call.
 */
#ifndef _LINUX_BPF_INSN_H
#define _LINUX_BPF_INSN_H

#include <linux/types.h>
#include <linux/bpf_common.h>

/* Instruction classes that classic BPF has not. */
#define BPF_JMP32 0x06
#define BPF_ALU64 0x07

/* Size and modes of loads and stores. */
#define BPF_DW 0x18
#define BPF_MEMSX 0x80
#define BPF_ATOMIC 0xc0
#define BPF_XADD 0xc0

/* Arithmetic, and byte order conversion with its direction. */
#define BPF_MOV 0xb0
#define BPF_ARSH 0xc0
#define BPF_END 0xd0
#define BPF_TO_LE 0x00
#define BPF_TO_BE 0x08
#define BPF_FROM_LE BPF_TO_LE
#define BPF_FROM_BE BPF_TO_BE

/* Jumps. */
#define BPF_JNE 0x50
#define BPF_JSGT 0x60
#define BPF_JSGE 0x70
#define BPF_CALL 0x80
#define BPF_EXIT 0x90
#define BPF_JLT 0xa0
#define BPF_JLE 0xb0
#define BPF_JSLT 0xc0
#define BPF_JSLE 0xd0
#define BPF_JCOND 0xe0

enum bpf_cond_pseudo_jmp {
  BPF_MAY_GOTO = 0,
};

/* Immediates of BPF_ATOMIC. */
#define BPF_FETCH 0x01
#define BPF_XCHG (0xe0 | BPF_FETCH)
#define BPF_CMPXCHG (0xf0 | BPF_FETCH)
#define BPF_LOAD_ACQ 0x100
#define BPF_STORE_REL 0x110

/* Registers: r0 result, r1 to r5 arguments, r6 to r9 saved by the callee, r10 the frame, read only. */
enum {
  BPF_REG_0 = 0,
  BPF_REG_1 = 1,
  BPF_REG_2 = 2,
  BPF_REG_3 = 3,
  BPF_REG_4 = 4,
  BPF_REG_5 = 5,
  BPF_REG_6 = 6,
  BPF_REG_7 = 7,
  BPF_REG_8 = 8,
  BPF_REG_9 = 9,
  BPF_REG_10 = 10,
  __MAX_BPF_REG = 11,
};

#define MAX_BPF_REG __MAX_BPF_REG

/* One instruction slot. A 64-bit immediate load takes two. */
struct bpf_insn {
  __u8 code;
  __u8 dst_reg : 4;
  __u8 src_reg : 4;
  __s16 off;
  __s32 imm;
};

/* src_reg of a 64-bit immediate load: what the immediate names. */
#define BPF_PSEUDO_MAP_FD 1
#define BPF_PSEUDO_MAP_VALUE 2
#define BPF_PSEUDO_BTF_ID 3
#define BPF_PSEUDO_FUNC 4
#define BPF_PSEUDO_MAP_IDX 5
#define BPF_PSEUDO_MAP_IDX_VALUE 6

/* src_reg of a call: another function of the program, or one of the kernel. */
#define BPF_PSEUDO_CALL 1
#define BPF_PSEUDO_KFUNC_CALL 2

/* off of a register move between address spaces. */
enum bpf_addr_space_cast {
  BPF_ADDR_SPACE_CAST = 1,
};

#endif
