/*
 * Programs at the static probes of a process (USDT, <sys/sdt.h>), as libbpf attaches them: where a probe's arguments
 * are, it writes into a map, found by the program's cookie or, in kernels without cookies, by the instruction's
 * address.
 *
 *   SEC("usdt") int BPF_USDT(on_request, void *path, int length) { ... }
 *
 * libbpf's part and this one must agree on the form of the map's values. This is that of libbpf 0.8 to 1.6; with
 * BPF_USDT_SIB defined, that of 1.7 and later, which has room for arguments in arrays (base and scaled index).
 */
#ifndef __USDT_BPF_H__
#define __USDT_BPF_H__

#include <linux/errno.h>

#include <bpf/bpf_tracing.h>

/* How many different sets of arguments there is room for, and how many places of probes in kernels without cookies. */
#ifndef BPF_USDT_MAX_SPEC_CNT
#define BPF_USDT_MAX_SPEC_CNT 256
#endif
#ifndef BPF_USDT_MAX_IP_CNT
#define BPF_USDT_MAX_IP_CNT (4 * BPF_USDT_MAX_SPEC_CNT)
#endif

/* How many arguments a probe can have. */
#define BPF_USDT_MAX_ARG_CNT 12

/* What an argument is: a number, a register, memory at a register, memory at a register and another one scaled. */
enum __bpf_usdt_arg_type {
  BPF_USDT_ARG_CONST = 0,
  BPF_USDT_ARG_REG = 1,
  BPF_USDT_ARG_REG_DEREF = 2,
  BPF_USDT_ARG_SIB = 3,
};

struct __bpf_usdt_arg_spec {
  /* The number, or what is added to an address. */
  __u64 val_off;
#ifndef BPF_USDT_SIB
  enum __bpf_usdt_arg_type arg_type;
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  enum __bpf_usdt_arg_type arg_type : 8;
  unsigned short idx_reg_off : 12;
  unsigned short scale_bitshift : 4;
  unsigned char __reserved : 8;
#else
  unsigned char __reserved : 8;
  unsigned short idx_reg_off : 12;
  unsigned short scale_bitshift : 4;
  enum __bpf_usdt_arg_type arg_type : 8;
#endif
  /* Where in the record of registers the register is. */
  short reg_off;
  /* Whether the value has a sign, and how many of 64 bits it lacks. */
  _Bool arg_signed;
  char arg_bitshift;
};

struct __bpf_usdt_spec {
  struct __bpf_usdt_arg_spec args[BPF_USDT_MAX_ARG_CNT];
  __u64 usdt_cookie;
  short arg_cnt;
};

struct {
  __uint(type, 2 /* BPF_MAP_TYPE_ARRAY */);
  __uint(max_entries, BPF_USDT_MAX_SPEC_CNT);
  __type(key, int);
  __type(value, struct __bpf_usdt_spec);
} __bpf_usdt_specs SEC(".maps") __weak;

struct {
  __uint(type, 1 /* BPF_MAP_TYPE_HASH */);
  __uint(max_entries, BPF_USDT_MAX_IP_CNT);
  __type(key, long);
  __type(value, __u32);
} __bpf_usdt_ip_to_spec_id SEC(".maps") __weak;

extern const _Bool LINUX_HAS_BPF_COOKIE __kconfig;

/* What libbpf wrote of the probe, or null. */
static __always_inline struct __bpf_usdt_spec *__bpf_usdt_find(struct pt_regs *ctx)
{
  __u32 id;

  if (LINUX_HAS_BPF_COOKIE) {
    id = bpf_get_attach_cookie(ctx);
  } else {
    long ip = PT_REGS_IP(ctx);
    __u32 *known = bpf_map_lookup_elem(&__bpf_usdt_ip_to_spec_id, &ip);

    if (!known)
      return NULL;
    id = *known;
  }
  return bpf_map_lookup_elem(&__bpf_usdt_specs, &id);
}

/* Of one argument, or null; the verifier sees that the place is in the array. */
static __always_inline struct __bpf_usdt_arg_spec *__bpf_usdt_find_arg(struct __bpf_usdt_spec *spec, __u64 arg_num)
{
  if (arg_num >= BPF_USDT_MAX_ARG_CNT)
    return NULL;
  barrier_var(arg_num);
  return (long)arg_num < spec->arg_cnt ? &spec->args[arg_num] : NULL;
}

/* The number of the probe's arguments, or -ESRCH: nothing is known of it. */
__weak __hidden int bpf_usdt_arg_cnt(struct pt_regs *ctx)
{
  struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);

  return spec ? spec->arg_cnt : -ESRCH;
}

/* The size of an argument in bytes, the first being number 0; -ESRCH, or -ENOENT if it has none of that number. */
static __always_inline int bpf_usdt_arg_size(struct pt_regs *ctx, __u64 arg_num)
{
  struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
  struct __bpf_usdt_arg_spec *arg;

  if (!spec)
    return -ESRCH;
  arg = __bpf_usdt_find_arg(spec, arg_num);
  return arg ? (64u - arg->arg_bitshift) / 8 : -ENOENT;
}

/* *RES = an argument, widened: 0, or an error, and *RES is zero. */
__weak __hidden int bpf_usdt_arg(struct pt_regs *ctx, __u64 arg_num, long *res)
{
  struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
  struct __bpf_usdt_arg_spec *arg;
  unsigned long value;
  int error;

  *res = 0;
  if (!spec)
    return -ESRCH;
  arg = __bpf_usdt_find_arg(spec, arg_num);
  if (!arg)
    return -ENOENT;

  switch (arg->arg_type) {
  case BPF_USDT_ARG_CONST:
    value = arg->val_off;
    break;
  case BPF_USDT_ARG_REG:
  case BPF_USDT_ARG_REG_DEREF:
#ifdef BPF_USDT_SIB
  case BPF_USDT_ARG_SIB:
#endif
    error = bpf_probe_read_kernel(&value, sizeof(value), (char *)ctx + (unsigned short)arg->reg_off);
    if (error)
      return error;
    if (arg->arg_type == BPF_USDT_ARG_REG)
      break;
#ifdef BPF_USDT_SIB
    if (arg->arg_type == BPF_USDT_ARG_SIB) {
      unsigned long index;

      error = bpf_probe_read_kernel(&index, sizeof(index), (char *)ctx + arg->idx_reg_off);
      if (error)
        return error;
      value += index << arg->scale_bitshift;
    }
#endif
    error = bpf_probe_read_user(&value, sizeof(value), (const void *)(value + arg->val_off));
    if (error)
      return error;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value >>= arg->arg_bitshift;
#endif
    break;
  default:
    return -EINVAL;
  }

  value <<= arg->arg_bitshift;
  *res = arg->arg_signed ? (long)value >> arg->arg_bitshift : (long)(value >> arg->arg_bitshift);
  return 0;
}

/* The number that the user gave when attaching the program (bpf_usdt_opts.usdt_cookie); 0 if nothing is known. */
__weak __hidden long bpf_usdt_cookie(struct pt_regs *ctx)
{
  struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);

  return spec ? spec->usdt_cookie : 0;
}

/* A program whose parameters are the probe's arguments. */
#define __trace_usdt(n) \
  ({ \
    long __argument; \
    bpf_usdt_arg(ctx, n - 1, &__argument); \
    __argument; \
  })
#define BPF_USDT(name, args...) \
  __trace_program(name, struct pt_regs *ctx, return ____##name(ctx __trace_each(__trace_usdt, args));, , ##args)

#endif
