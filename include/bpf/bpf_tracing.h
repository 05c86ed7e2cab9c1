/*
 * What programs that trace are written with: the registers at the point where a probe stands, under names that are
 * the same for every machine, and entry points declared with the parameters of the traced function.
 *
 * The machine is chosen by -D__TARGET_ARCH_x86 and the like. For the _CORE macros and BPF_KSYSCALL also include
 * <bpf/bpf_core_read.h>.
 */
#ifndef __BPF_TRACING_H__
#define __BPF_TRACING_H__

#include <bpf/bpf_helpers.h>

/* The machine: as the command line says, else the one that the compiler makes code for. */
#if defined(__TARGET_ARCH_arc)
#define bpf_target_arc
#elif defined(__TARGET_ARCH_arm)
#define bpf_target_arm
#elif defined(__TARGET_ARCH_arm64)
#define bpf_target_arm64
#elif defined(__TARGET_ARCH_loongarch)
#define bpf_target_loongarch
#elif defined(__TARGET_ARCH_mips)
#define bpf_target_mips
#elif defined(__TARGET_ARCH_powerpc)
#define bpf_target_powerpc
#elif defined(__TARGET_ARCH_riscv)
#define bpf_target_riscv
#elif defined(__TARGET_ARCH_s390)
#define bpf_target_s390
#elif defined(__TARGET_ARCH_sparc)
#define bpf_target_sparc
#elif defined(__TARGET_ARCH_x86)
#define bpf_target_x86
#elif defined(__arc__)
#define bpf_target_arc
#elif defined(__arm__)
#define bpf_target_arm
#elif defined(__aarch64__)
#define bpf_target_arm64
#elif defined(__loongarch__)
#define bpf_target_loongarch
#elif defined(__mips__)
#define bpf_target_mips
#elif defined(__powerpc__)
#define bpf_target_powerpc
#elif defined(__riscv) && __riscv_xlen == 64
#define bpf_target_riscv
#elif defined(__s390__)
#define bpf_target_s390
#elif defined(__sparc__)
#define bpf_target_sparc
#elif defined(__x86_64__)
#define bpf_target_x86
#endif

/*
 * Of each machine, members of its record of registers:
 *   __PT_FUNCTION  those of a function's arguments, in order
 *   __PT_SYSCALL   those of a system call's arguments, in order
 *   __PT_POINTS    the return address, the frame, the result, the stack, the instruction; of the return address, on
 *                  machines that push it, where it was pushed
 * and where they apply:
 *   __PT_REGS_CAST(x)  the record that programs see, where it is not struct pt_regs
 *   __PT_ENTRY         the member that keeps a system call's first argument, whose register the result overwrites,
 *                      where it is not in the record that programs see
 *   __PT_UNWRAPPED     functions of system calls get the arguments themselves, not a pointer to the registers
 *   __PT_PUSHED        the machine pushes return addresses
 */
#if defined(bpf_target_x86)
#define __PT_PUSHED
#if defined(__KERNEL__) || defined(__VMLINUX_H__)
#define __PT_FUNCTION di, si, dx, cx, r8, r9
#define __PT_SYSCALL di, si, dx, r10, r8, r9
#define __PT_POINTS sp, bp, ax, sp, ip
#elif defined(__i386__)
#define __PT_FUNCTION eax, edx, ecx
#define __PT_SYSCALL ebx, ecx, edx, esi, edi, ebp
#define __PT_POINTS esp, ebp, eax, esp, eip
#else
#define __PT_FUNCTION rdi, rsi, rdx, rcx, r8, r9
#define __PT_SYSCALL rdi, rsi, rdx, r10, r8, r9
#define __PT_POINTS rsp, rbp, rax, rsp, rip
#endif

#elif defined(bpf_target_arm64)
#define __PT_REGS_CAST(x) ((const struct user_pt_regs *)(x))
#define __PT_FUNCTION regs[0], regs[1], regs[2], regs[3], regs[4], regs[5], regs[6], regs[7]
#define __PT_SYSCALL orig_x0, regs[1], regs[2], regs[3], regs[4], regs[5]
#define __PT_ENTRY orig_x0
#define __PT_POINTS regs[30], regs[29], regs[0], sp, pc

#elif defined(bpf_target_arm)
#define __PT_FUNCTION uregs[0], uregs[1], uregs[2], uregs[3]
#define __PT_SYSCALL uregs[0], uregs[1], uregs[2], uregs[3], uregs[4], uregs[5], uregs[6]
#define __PT_POINTS uregs[14], uregs[11], uregs[0], uregs[13], uregs[15]

#elif defined(bpf_target_riscv)
#define __PT_REGS_CAST(x) ((const struct user_regs_struct *)(x))
#define __PT_FUNCTION a0, a1, a2, a3, a4, a5, a6, a7
#define __PT_SYSCALL orig_a0, a1, a2, a3, a4, a5
#define __PT_ENTRY orig_a0
#define __PT_POINTS ra, s0, a0, sp, pc

#elif defined(bpf_target_s390)
#define __PT_REGS_CAST(x) ((const user_pt_regs *)(x))
#define __PT_FUNCTION gprs[2], gprs[3], gprs[4], gprs[5], gprs[6]
#define __PT_SYSCALL orig_gpr2, gprs[3], gprs[4], gprs[5], gprs[6], gprs[7]
#define __PT_ENTRY orig_gpr2
#define __PT_POINTS gprs[14], gprs[11], gprs[2], gprs[15], psw.addr

#elif defined(bpf_target_powerpc)
#define __PT_UNWRAPPED
#define __PT_FUNCTION gpr[3], gpr[4], gpr[5], gpr[6], gpr[7], gpr[8], gpr[9], gpr[10]
#ifdef __arch64__
#define __PT_SYSCALL orig_gpr3, gpr[4], gpr[5], gpr[6], gpr[7], gpr[8]
#else
#define __PT_SYSCALL orig_gpr3, gpr[4], gpr[5], gpr[6], gpr[7], gpr[8], gpr[9]
#endif
#define __PT_POINTS link, __unsupported__, gpr[3], gpr[1], nip

#elif defined(bpf_target_loongarch)
#define __PT_REGS_CAST(x) ((const struct user_pt_regs *)(x))
#define __PT_UNWRAPPED
#define __PT_FUNCTION regs[4], regs[5], regs[6], regs[7], regs[8], regs[9], regs[10], regs[11]
#define __PT_SYSCALL regs[4], regs[5], regs[6], regs[7], regs[8], regs[9]
#define __PT_POINTS regs[1], regs[22], regs[4], regs[3], csr_era

#elif defined(bpf_target_mips)
#define __PT_FUNCTION regs[4], regs[5], regs[6], regs[7], regs[8], regs[9], regs[10], regs[11]
#define __PT_SYSCALL regs[4], regs[5], regs[6], regs[7], regs[8], regs[9]
#define __PT_POINTS regs[31], regs[30], regs[2], regs[29], cp0_epc

#elif defined(bpf_target_sparc)
/* The globals come first, then the ins: i0 is the ninth. */
#define __PT_FUNCTION u_regs[8], u_regs[9], u_regs[10], u_regs[11], u_regs[12], u_regs[13]
#define __PT_SYSCALL u_regs[8], u_regs[9], u_regs[10], u_regs[11], u_regs[12], u_regs[13]
#ifdef __arch64__
#define __PT_POINTS u_regs[15], __unsupported__, u_regs[8], u_regs[14], tpc
#else
#define __PT_POINTS u_regs[15], __unsupported__, u_regs[8], u_regs[14], pc
#endif

#elif defined(bpf_target_arc)
#define __PT_REGS_CAST(x) ((const struct user_regs_struct *)(x))
#define __PT_UNWRAPPED
#define __PT_FUNCTION \
  scratch.r0, scratch.r1, scratch.r2, scratch.r3, scratch.r4, scratch.r5, scratch.r6, scratch.r7
#define __PT_SYSCALL scratch.r0, scratch.r1, scratch.r2, scratch.r3, scratch.r4, scratch.r5
#define __PT_POINTS scratch.blink, scratch.fp, scratch.r0, scratch.sp, scratch.ret
#endif

#ifndef __PT_REGS_CAST
#define __PT_REGS_CAST(x) (x)
#endif

struct pt_regs;

/* The n-th of a list; a member that no record has, behind its end. */
#define __pt_nth1(a, ...) a
#define __pt_nth2(a, b, ...) b
#define __pt_nth3(a, b, c, ...) c
#define __pt_nth4(a, b, c, d, ...) d
#define __pt_nth5(a, b, c, d, e, ...) e
#define __pt_nth6(a, b, c, d, e, f, ...) f
#define __pt_nth7(a, b, c, d, e, f, g, ...) g
#define __pt_nth8(a, b, c, d, e, f, g, h, ...) h
#define __pt_pick(n, list...) __pt_nth##n(list)
#define __pt_member(n, list...) \
  __pt_pick(n, list, __unsupported__, __unsupported__, __unsupported__, __unsupported__, __unsupported__, )

/* The n-th of a list, read directly or, from memory that the program may not read itself, by a helper. */
#ifdef __PT_FUNCTION
#define bpf_target_defined
#define __pt_plain(x, n, list) (__PT_REGS_CAST(x)->__pt_member(n, list))
#define __pt_core(x, n, list) BPF_CORE_READ(__PT_REGS_CAST(x), __pt_member(n, list))
#else
#ifndef __BPF_TARGET_MISSING
#define __BPF_TARGET_MISSING "GCC error \"which machine's registers? Define __TARGET_ARCH_x86 or another's\""
#endif
#define __pt_plain(x, n, list) ({ _Pragma(__BPF_TARGET_MISSING) 0l; })
#define __pt_core(x, n, list) __pt_plain(x, n, list)
#endif

/* Arguments of a function, at its start. */
#define PT_REGS_PARM1(x) __pt_plain(x, 1, __PT_FUNCTION)
#define PT_REGS_PARM2(x) __pt_plain(x, 2, __PT_FUNCTION)
#define PT_REGS_PARM3(x) __pt_plain(x, 3, __PT_FUNCTION)
#define PT_REGS_PARM4(x) __pt_plain(x, 4, __PT_FUNCTION)
#define PT_REGS_PARM5(x) __pt_plain(x, 5, __PT_FUNCTION)
#define PT_REGS_PARM6(x) __pt_plain(x, 6, __PT_FUNCTION)
#define PT_REGS_PARM7(x) __pt_plain(x, 7, __PT_FUNCTION)
#define PT_REGS_PARM8(x) __pt_plain(x, 8, __PT_FUNCTION)
#define PT_REGS_PARM1_CORE(x) __pt_core(x, 1, __PT_FUNCTION)
#define PT_REGS_PARM2_CORE(x) __pt_core(x, 2, __PT_FUNCTION)
#define PT_REGS_PARM3_CORE(x) __pt_core(x, 3, __PT_FUNCTION)
#define PT_REGS_PARM4_CORE(x) __pt_core(x, 4, __PT_FUNCTION)
#define PT_REGS_PARM5_CORE(x) __pt_core(x, 5, __PT_FUNCTION)
#define PT_REGS_PARM6_CORE(x) __pt_core(x, 6, __PT_FUNCTION)
#define PT_REGS_PARM7_CORE(x) __pt_core(x, 7, __PT_FUNCTION)
#define PT_REGS_PARM8_CORE(x) __pt_core(x, 8, __PT_FUNCTION)

/* The return address or where it is, the frame, the result at a return, the stack, the instruction. */
#define PT_REGS_RET(x) __pt_plain(x, 1, __PT_POINTS)
#define PT_REGS_FP(x) __pt_plain(x, 2, __PT_POINTS)
#define PT_REGS_RC(x) __pt_plain(x, 3, __PT_POINTS)
#define PT_REGS_SP(x) __pt_plain(x, 4, __PT_POINTS)
#define PT_REGS_IP(x) __pt_plain(x, 5, __PT_POINTS)
#define PT_REGS_RET_CORE(x) __pt_core(x, 1, __PT_POINTS)
#define PT_REGS_FP_CORE(x) __pt_core(x, 2, __PT_POINTS)
#define PT_REGS_RC_CORE(x) __pt_core(x, 3, __PT_POINTS)
#define PT_REGS_SP_CORE(x) __pt_core(x, 4, __PT_POINTS)
#define PT_REGS_IP_CORE(x) __pt_core(x, 5, __PT_POINTS)

/* Arguments of a system call, of the registers that PT_REGS_SYSCALL_REGS finds. */
#ifdef __PT_ENTRY
struct pt_regs___entry {
  unsigned long __PT_ENTRY;
} __attribute__((preserve_access_index));

#define PT_REGS_PARM1_SYSCALL(x) (((const struct pt_regs___entry *)(x))->__PT_ENTRY)
#define PT_REGS_PARM1_CORE_SYSCALL(x) BPF_CORE_READ((const struct pt_regs___entry *)(x), __PT_ENTRY)
#else
#define PT_REGS_PARM1_SYSCALL(x) __pt_plain(x, 1, __PT_SYSCALL)
#define PT_REGS_PARM1_CORE_SYSCALL(x) __pt_core(x, 1, __PT_SYSCALL)
#endif
#define PT_REGS_PARM2_SYSCALL(x) __pt_plain(x, 2, __PT_SYSCALL)
#define PT_REGS_PARM3_SYSCALL(x) __pt_plain(x, 3, __PT_SYSCALL)
#define PT_REGS_PARM4_SYSCALL(x) __pt_plain(x, 4, __PT_SYSCALL)
#define PT_REGS_PARM5_SYSCALL(x) __pt_plain(x, 5, __PT_SYSCALL)
#define PT_REGS_PARM6_SYSCALL(x) __pt_plain(x, 6, __PT_SYSCALL)
#define PT_REGS_PARM7_SYSCALL(x) __pt_plain(x, 7, __PT_SYSCALL)
#define PT_REGS_PARM2_CORE_SYSCALL(x) __pt_core(x, 2, __PT_SYSCALL)
#define PT_REGS_PARM3_CORE_SYSCALL(x) __pt_core(x, 3, __PT_SYSCALL)
#define PT_REGS_PARM4_CORE_SYSCALL(x) __pt_core(x, 4, __PT_SYSCALL)
#define PT_REGS_PARM5_CORE_SYSCALL(x) __pt_core(x, 5, __PT_SYSCALL)
#define PT_REGS_PARM6_CORE_SYSCALL(x) __pt_core(x, 6, __PT_SYSCALL)
#define PT_REGS_PARM7_CORE_SYSCALL(x) __pt_core(x, 7, __PT_SYSCALL)

/* At the start of the kernel's function of a system call: the registers at its entry, only to be read by a helper. */
#ifdef __PT_UNWRAPPED
#define PT_REGS_SYSCALL_REGS(ctx) ctx
#else
#define PT_REGS_SYSCALL_REGS(ctx) ((struct pt_regs *)PT_REGS_PARM1(ctx))
#endif

/* IP = where a function returns to: at its start, and at its return if it keeps a frame. */
#ifdef __PT_PUSHED
#define __pt_pushed(ip, address) ({ bpf_probe_read_kernel(&(ip), sizeof(ip), (const void *)(address)); })
#define BPF_KPROBE_READ_RET_IP(ip, ctx) __pt_pushed(ip, PT_REGS_RET(ctx))
#define BPF_KRETPROBE_READ_RET_IP(ip, ctx) __pt_pushed(ip, PT_REGS_FP(ctx) + sizeof(ip))
#else
#define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ (ip) = PT_REGS_RET(ctx); })
#define BPF_KRETPROBE_READ_RET_IP(ip, ctx) BPF_KPROBE_READ_RET_IP(ip, ctx)
#endif

/* each(1), each(2), ... behind a comma, as many as there are arguments. */
#define __trace_each0(each)
#define __trace_each1(each) , each(1)
#define __trace_each2(each) __trace_each1(each), each(2)
#define __trace_each3(each) __trace_each2(each), each(3)
#define __trace_each4(each) __trace_each3(each), each(4)
#define __trace_each5(each) __trace_each4(each), each(5)
#define __trace_each6(each) __trace_each5(each), each(6)
#define __trace_each7(each) __trace_each6(each), each(7)
#define __trace_each8(each) __trace_each7(each), each(8)
#define __trace_each9(each) __trace_each8(each), each(9)
#define __trace_each10(each) __trace_each9(each), each(10)
#define __trace_each11(each) __trace_each10(each), each(11)
#define __trace_each12(each) __trace_each11(each), each(12)
#define __trace_each(each, args...) ___bpf_apply(__trace_each, ___bpf_narg(args))(each)

/*
 * Two functions: NAME, which the kernel calls with CONTEXT, and an inline one with the parameters of the traced
 * function besides, whose body follows. BODY returns the second one's result, with words for arguments, which become
 * integers and pointers as the parameters say. PARAMETERS start with a comma, if there are any.
 */
#define __trace_program(name, context, body, parameters...) \
  name(context); \
  static __always_inline __typeof__(name(0)) ____##name(context __attribute__((unused)) parameters); \
  __typeof__(name(0)) name(context) \
  { \
    _Pragma("GCC diagnostic push") \
    _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
    body \
    _Pragma("GCC diagnostic pop") \
  } \
  static __always_inline __typeof__(name(0)) ____##name(context __attribute__((unused)) parameters)

/*
 * A program whose context is an array of words: tp_btf, fentry, fexit, fmod_ret, lsm, iterators, struct_ops.
 *
 *   SEC("fentry/vfs_read") int BPF_PROG(on_read, struct file *file, char *buffer, size_t count) { ... }
 *
 * Here and below the body may use the context itself, as ctx.
 */
#define __trace_word(n) ctx[n - 1]
#define BPF_PROG(name, args...) \
  __trace_program(name, unsigned long long *ctx, return ____##name(ctx __trace_each(__trace_word, args));, , ##args)

/* Does for each pair of arguments, a type and a name, what EACH says. */
#define __trace_pairs0(each)
#define __trace_pairs1(each, type, name) each(type, name)
#define __trace_pairs2(each, type, name, more...) each(type, name) __trace_pairs1(each, more)
#define __trace_pairs3(each, type, name, more...) each(type, name) __trace_pairs2(each, more)
#define __trace_pairs4(each, type, name, more...) each(type, name) __trace_pairs3(each, more)
#define __trace_pairs5(each, type, name, more...) each(type, name) __trace_pairs4(each, more)
#define __trace_pairs6(each, type, name, more...) each(type, name) __trace_pairs5(each, more)
#define __trace_pairs7(each, type, name, more...) each(type, name) __trace_pairs6(each, more)
#define __trace_pairs8(each, type, name, more...) each(type, name) __trace_pairs7(each, more)
#define __trace_pairs9(each, type, name, more...) each(type, name) __trace_pairs8(each, more)
#define __trace_pairs10(each, type, name, more...) each(type, name) __trace_pairs9(each, more)
#define __trace_pairs11(each, type, name, more...) each(type, name) __trace_pairs10(each, more)
#define __trace_pairs12(each, type, name, more...) each(type, name) __trace_pairs11(each, more)
#define __trace_26th(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, ...) z
#define __trace_pair_count(args...) \
  __trace_26th(_, ##args, 12, _odd, 11, _odd, 10, _odd, 9, _odd, 8, _odd, 7, _odd, \
               6, _odd, 5, _odd, 4, _odd, 3, _odd, 2, _odd, 1, _odd, 0, )
#define __trace_pairs(each, args...) ___bpf_apply(__trace_pairs, __trace_pair_count(args))(each, ##args)

/*
 * The same for functions that also take records of up to 16 bytes, with a comma between type and name:
 *
 *   SEC("fentry/f") int BPF_PROG2(on_f, struct pair, both, int, flag) { ... }
 *
 * A parameter takes as many words of the context as it needs, of which, where it does not need all bytes, the low ones.
 */
#define __trace_words(type) ((sizeof(type) + 7) / 8)
#define __trace_parameter(type, name) , type name
#define __trace_place(type, name) unsigned long long name[__trace_words(type)];
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define __trace_low_bytes(type) type __value;
#else
#define __trace_low_bytes(type) \
  struct { \
    char __unused[-sizeof(type) % 8]; \
    type __value; \
  } __attribute__((packed));
#endif
#define __trace_value(type, name) \
  , ({ \
    enum { __first = __builtin_offsetof(struct __places, name) / 8, __last = __trace_words(type) - 1 }; \
    _Static_assert(sizeof(type) > 0 && sizeof(type) <= 16, "'" #name "' is not passed in one or two registers"); \
    union { \
      unsigned long long __words[__trace_words(type)]; \
      __trace_low_bytes(type) \
    } __parameter; \
    __parameter.__words[0] = ctx[__first]; \
    __parameter.__words[__last] = ctx[__first + __last]; \
    __parameter.__value; \
  })
#define __trace_body2(name, args...) \
  struct __places { \
    __trace_pairs(__trace_place, ##args) \
  }; \
  return ____##name(ctx __trace_pairs(__trace_value, ##args));
#define BPF_PROG2(name, args...) \
  __trace_program(name, unsigned long long *ctx, __trace_body2(name, ##args), __trace_pairs(__trace_parameter, ##args))

/* A program at the start of a function, of the kernel or of a process. */
#define __trace_argument(n) (unsigned long long)__pt_plain(ctx, n, __PT_FUNCTION)
#define BPF_KPROBE(name, args...) \
  __trace_program(name, struct pt_regs *ctx, return ____##name(ctx __trace_each(__trace_argument, args));, , ##args)
#define BPF_UPROBE(name, args...) BPF_KPROBE(name, ##args)

/* A program at its end, which may have the result as its one parameter. */
#define __trace_one_result1 PT_REGS_RC(ctx)
#define __trace_result(n) (unsigned long long)__trace_one_result##n
#define BPF_KRETPROBE(name, args...) \
  __trace_program(name, struct pt_regs *ctx, return ____##name(ctx __trace_each(__trace_result, args));, , ##args)
#define BPF_URETPROBE(name, args...) BPF_KRETPROBE(name, ##args)

/*
 * A program at the start of the kernel's function of a system call. The arguments are in that function's registers, or
 * in those that its one argument points to: the loader knows.
 */
#define __trace_call(n) (unsigned long long)PT_REGS_PARM##n##_SYSCALL(ctx)
#define __trace_wrapped_call(n) (unsigned long long)PT_REGS_PARM##n##_CORE_SYSCALL(__entry)
#define __trace_body_syscall(name, args...) \
  extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig; \
  if (LINUX_HAS_SYSCALL_WRAPPER) { \
    const struct pt_regs *__entry = (const struct pt_regs *)PT_REGS_PARM1(ctx); \
    return ____##name(ctx __trace_each(__trace_wrapped_call, args)); \
  } \
  return ____##name(ctx __trace_each(__trace_call, args));
#define BPF_KSYSCALL(name, args...) \
  __trace_program(name, struct pt_regs *ctx, __trace_body_syscall(name, ##args), , ##args)
#define BPF_KPROBE_SYSCALL BPF_KSYSCALL

#endif
