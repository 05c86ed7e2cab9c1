/*
 * What programs for libbpf are written with: sections, map definitions, attributes of functions and arguments,
 * printing, iteration. Include <linux/types.h>, <linux/bpf.h> or "vmlinux.h" first.
 */
#include <bpf/btf_map.h>

#ifndef __BPF_HELPERS__
#define __BPF_HELPERS__

#include <bpf/bpf_helper_defs.h>

/*
 * Puts a program, a map, a variable or the licence where the loader looks for it. An extern declaration may be placed
 * too, so that "used" says nothing there is no cause for a warning.
 */
#define SEC(name) \
  _Pragma("GCC diagnostic push") \
  _Pragma("GCC diagnostic ignored \"-Wignored-attributes\"") \
  __attribute__((section(name), used)) \
  _Pragma("GCC diagnostic pop")

/*
 * Functions: how they are compiled, and who may see them. A hidden one is verified with its callers, like a static
 * one.
 */
#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
#ifndef __hidden
#define __hidden __attribute__((visibility("hidden")))
#endif

/* Variables and functions of the kernel, resolved when the program is loaded. */
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))

enum libbpf_tristate {
  TRI_NO = 0,
  TRI_YES = 1,
  TRI_MODULE = 2,
};

/* Whether the kernel has it. A symbol that is not weak is always there, and the question a mistake. */
#define bpf_ksym_exists(sym) \
  ({ \
    _Static_assert(!__builtin_constant_p(!!sym), #sym " should be marked as __weak"); \
    !!sym; \
  })

/* Pointers to kernel objects that are kept in map values. */
#define __kptr __attribute__((btf_type_tag("kptr")))
#define __kptr_untrusted __attribute__((btf_type_tag("kptr_untrusted")))
#define __percpu_kptr __attribute__((btf_type_tag("percpu_kptr")))
#define __uptr __attribute__((btf_type_tag("uptr")))

/* What the verifier may take for granted of an argument of a global function. */
#define __arg_ctx __attribute__((btf_decl_tag("arg:ctx")))
#define __arg_nonnull __attribute__((btf_decl_tag("arg:nonnull")))
#define __arg_nullable __attribute__((btf_decl_tag("arg:nullable")))
#define __arg_trusted __attribute__((btf_decl_tag("arg:trusted")))
#define __arg_untrusted __attribute__((btf_decl_tag("arg:untrusted")))
#define __arg_arena __attribute__((btf_decl_tag("arg:arena")))

/* Small things of C and of the kernel that "vmlinux.h" lacks, having no macros. */
#ifndef NULL
#define NULL ((void *)0)
#endif
#ifndef KERNEL_VERSION
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#endif
#ifndef likely
#define likely(x) (__builtin_expect(!!(x), 1))
#endif
#ifndef unlikely
#define unlikely(x) (__builtin_expect(!!(x), 0))
#endif

/* By the address of a member, not by the builtin: so that the offset can be relocated against the running kernel. */
#undef offsetof
#define offsetof(type, member) ((unsigned long)&((type *)0)->member)
#undef container_of
#define container_of(ptr, type, member) \
  ({ \
    void *__member = (void *)(ptr); \
    ((type *)(__member - offsetof(type, member))); \
  })

/* Nothing in memory, or nothing in VAR, may be taken as known across this point. */
#ifndef barrier
#define barrier() __asm__ volatile("" ::: "memory")
#endif
#ifndef barrier_var
#define barrier_var(var) __asm__ volatile("" : "+r"(var))
#endif

/* A place that must turn out to be unreachable when the program is compiled. */
#ifndef __bpf_unreachable
#define __bpf_unreachable() __builtin_trap()
#endif

/* A tail call to a slot known when the program is compiled, which the kernel then makes a direct jump. */
static __always_inline void bpf_tail_call_static(void *ctx, const void *map, const __u32 slot)
{
  bpf_tail_call(ctx, (void *)map, slot);
}

/* The number of arguments, from none to twelve. */
#ifndef ___bpf_nth
#define ___bpf_nth(_, _1, _2, _3, _4, _5, _6, _7, _8, _9, _a, _b, _c, N, ...) N
#endif
#ifndef ___bpf_narg
#define ___bpf_narg(...) ___bpf_nth(_, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#endif

/*
 * Declares ___fmt, a constant string, and ___param, the arguments as 64-bit words, the form that the printing helpers
 * take when there may be more than three. Pointers are printed too, so that their conversion deserves no warning.
 */
#define ___bpf_print_args(fmt, args...) \
  static const char ___fmt[] = fmt; \
  _Pragma("GCC diagnostic push") \
  _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
  unsigned long long ___param[___bpf_narg(args)] = {args}; \
  _Pragma("GCC diagnostic pop")

/* Printing to a seq_file, a buffer, a stream of the program. */
#define BPF_SEQ_PRINTF(seq, fmt, args...) \
  ({ \
    ___bpf_print_args(fmt, ##args); \
    bpf_seq_printf(seq, ___fmt, sizeof(___fmt), ___param, sizeof(___param)); \
  })
#define BPF_SNPRINTF(out, out_size, fmt, args...) \
  ({ \
    ___bpf_print_args(fmt, ##args); \
    bpf_snprintf(out, out_size, ___fmt, ___param, sizeof(___param)); \
  })
#define bpf_stream_printk(stream_id, fmt, args...) \
  ({ \
    ___bpf_print_args(fmt, ##args); \
    bpf_stream_vprintk(stream_id, ___fmt, ___param, sizeof(___param)); \
  })

/* Printing to trace_pipe: up to three arguments by one helper, more by another. */
#ifdef BPF_NO_GLOBAL_DATA
#define BPF_PRINTK_FMT_MOD
#else
#define BPF_PRINTK_FMT_MOD static const
#endif
#define __bpf_printk(fmt, ...) \
  ({ \
    BPF_PRINTK_FMT_MOD char ____fmt[] = fmt; \
    bpf_trace_printk(____fmt, sizeof(____fmt), ##__VA_ARGS__); \
  })
#define __bpf_vprintk(fmt, args...) \
  ({ \
    ___bpf_print_args(fmt, ##args); \
    bpf_trace_vprintk(___fmt, sizeof(___fmt), ___param, sizeof(___param)); \
  })
#define ___bpf_pick_printk(...) \
  ___bpf_nth(_, ##__VA_ARGS__, \
             __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
             __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
             __bpf_printk, __bpf_printk, __bpf_printk, __bpf_printk)
#define bpf_printk(fmt, args...) ___bpf_pick_printk(args)(fmt, ##args)

/*
 * Loops over the kernel's iterators. An iterator of type T is a struct bpf_iter_T, made by bpf_iter_T_new, advanced by
 * bpf_iter_T_next until that returns null, and destroyed by bpf_iter_T_destroy however the loop is left. The new one
 * is made in the initialiser of a pointer that nothing uses, and the destructor named there, so that its type is on
 * record.
 */
struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

#define ___bpf_iter(type, args...) \
  struct bpf_iter_##type ___it __attribute__((aligned(8), cleanup(bpf_iter_##type##_destroy))), \
      *___made __attribute__((unused)) = \
          (bpf_iter_##type##_new(&___it, ##args), (void)bpf_iter_##type##_destroy, (void *)0)

/* CUR points to each element in turn. */
#ifndef bpf_for_each
#define bpf_for_each(type, cur, args...) for (___bpf_iter(type, ##args); ((cur) = bpf_iter_##type##_next(&___it));)
#endif

/*
 * I takes each value from START up to, not including, END; the verifier sees the bounds. START and END are evaluated
 * often.
 */
#ifndef bpf_for
#define bpf_for(i, start, end) \
  for (___bpf_iter(num, (start), (end)); ({ \
         int *___at = bpf_iter_num_next(&___it); \
         (___at && ((i) = *___at, (i) >= (start) && (i) < (end))); \
       });)
#endif

/* N times, counting nothing. */
#ifndef bpf_repeat
#define bpf_repeat(N) for (___bpf_iter(num, 0, (N)); bpf_iter_num_next(&___it);)
#endif

#endif
