/*
 * CO-RE, "compile once, run everywhere": questions to the types of the running kernel, which the loader answers, and
 * reads of kernel memory at the places that it finds. Include <linux/types.h>, <linux/bpf.h> or "vmlinux.h" first.
 */
#ifndef __BPF_CORE_READ_H__
#define __BPF_CORE_READ_H__

#include <bpf/bpf_helpers.h>

/* The second argument of __builtin_preserve_field_info. */
enum bpf_field_info_kind {
  BPF_FIELD_BYTE_OFFSET,
  BPF_FIELD_BYTE_SIZE,
  BPF_FIELD_EXISTS,
  BPF_FIELD_SIGNED,
  BPF_FIELD_LSHIFT_U64,
  BPF_FIELD_RSHIFT_U64,
};

/* Of __builtin_btf_type_id, __builtin_preserve_type_info and __builtin_preserve_enum_value. */
enum bpf_type_id_kind {
  BPF_TYPE_ID_LOCAL,
  BPF_TYPE_ID_TARGET,
};
enum bpf_type_info_kind {
  BPF_TYPE_EXISTS,
  BPF_TYPE_SIZE,
  BPF_TYPE_MATCHES,
};
enum bpf_enum_value_kind {
  BPF_ENUMVAL_EXISTS,
  BPF_ENUMVAL_VALUE,
};

/* Macros chosen by how many arguments they get, up to ten. */
#define __core_pick(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, which, ...) which
#define __core_count(...) __core_pick(__VA_ARGS__, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define __core_join(a, b) a##b
#define __core_paste(a, b) __core_join(a, b)
#define __core_choose(name, ...) __core_paste(name, __core_count(__VA_ARGS__))

/* A lvalue of the type: nothing reads it. */
#define __core_object(type) (*(__typeof__(type) *)0)

/* A field, given as an expression (p->field) or as a type and a field (struct s, field). */
#define __core_field1(field) field
#define __core_field2(type, field) __core_object(type).field
#define __core_info(kind, ...) \
  __builtin_preserve_field_info((__core_choose(__core_field, __VA_ARGS__)(__VA_ARGS__)), kind)

/* Is there such a field in the kernel's type; its size in bytes there, and its place. */
#define bpf_core_field_exists(...) __core_info(BPF_FIELD_EXISTS, __VA_ARGS__)
#define bpf_core_field_size(...) __core_info(BPF_FIELD_BYTE_SIZE, __VA_ARGS__)
#define bpf_core_field_offset(...) __core_info(BPF_FIELD_BYTE_OFFSET, __VA_ARGS__)

/* The id of a type in the program's own BTF and in the kernel's (0: the kernel has none). */
#define bpf_core_type_id_local(type) __builtin_btf_type_id(__core_object(type), BPF_TYPE_ID_LOCAL)
#define bpf_core_type_id_kernel(type) __builtin_btf_type_id(__core_object(type), BPF_TYPE_ID_TARGET)

/* Has the kernel a type of the name and kind; one with these members and their kinds; how many bytes has it? */
#define bpf_core_type_exists(type) __builtin_preserve_type_info(__core_object(type), BPF_TYPE_EXISTS)
#define bpf_core_type_matches(type) __builtin_preserve_type_info(__core_object(type), BPF_TYPE_MATCHES)
#define bpf_core_type_size(type) __builtin_preserve_type_info(__core_object(type), BPF_TYPE_SIZE)

/* Has the kernel's enumeration the constant, and which value? */
#define bpf_core_enum_value_exists(enum_type, enum_value) \
  __builtin_preserve_enum_value(*(__typeof__(enum_type) *)enum_value, BPF_ENUMVAL_EXISTS)
#define bpf_core_enum_value(enum_type, enum_value) \
  __builtin_preserve_enum_value(*(__typeof__(enum_type) *)enum_value, BPF_ENUMVAL_VALUE)

/* Copies SZ bytes from SRC, the address of a field, to DST: 0 or an error. The strings: their length with the zero. */
#define bpf_core_read(dst, sz, src) \
  bpf_probe_read_kernel(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_user(dst, sz, src) \
  bpf_probe_read_user(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_str(dst, sz, src) \
  bpf_probe_read_kernel_str(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_user_str(dst, sz, src) \
  bpf_probe_read_user_str(dst, sz, (const void *)__builtin_preserve_access_index(src))

/* A pointer that the verifier lets the program read through, as one to the kernel's type of the name. */
extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __ksym __weak;
#define bpf_core_cast(ptr, type) ((__typeof__(type) *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type)))

/* The value of one member, read by the function. */
#define __core_get(read, pointer, member) \
  ({ \
    __auto_type __object = (pointer); \
    __typeof_unqual__(__object->member) __value; \
    read(&__value, sizeof(__value), &__object->member); \
    __value; \
  })
/* One member to *DST; the function's result. */
#define __core_put(read, dst, pointer, member) \
  ({ \
    __auto_type __object = (pointer); \
    read((dst), sizeof(*(dst)), &__object->member); \
  })

/* pointer->a->b->..., each arrow a read; without members the pointer itself. */
#define __core_walk0(r, p) p
#define __core_walk1(r, p, a) __core_get(r, p, a)
#define __core_walk2(r, p, a, b) __core_get(r, __core_walk1(r, p, a), b)
#define __core_walk3(r, p, a, b, c) __core_get(r, __core_walk2(r, p, a, b), c)
#define __core_walk4(r, p, a, b, c, d) __core_get(r, __core_walk3(r, p, a, b, c), d)
#define __core_walk5(r, p, a, b, c, d, e) __core_get(r, __core_walk4(r, p, a, b, c, d), e)
#define __core_walk6(r, p, a, b, c, d, e, f) __core_get(r, __core_walk5(r, p, a, b, c, d, e), f)
#define __core_walk7(r, p, a, b, c, d, e, f, g) __core_get(r, __core_walk6(r, p, a, b, c, d, e, f), g)
#define __core_walk8(r, p, a, b, c, d, e, f, g, h) __core_get(r, __core_walk7(r, p, a, b, c, d, e, f, g), h)
#define __core_walk9(r, p, a, b, c, d, e, f, g, h, i) __core_get(r, __core_walk8(r, p, a, b, c, d, e, f, g, h), i)
#define __core_walk(read, pointer, ...) __core_choose(__core_walk, __VA_ARGS__)(read, pointer, __VA_ARGS__)

/* The same up to the last member, which goes to *DST by a function of its own. */
#define __core_into1(l, r, t, p, a) __core_put(l, t, p, a)
#define __core_into2(l, r, t, p, a, b) __core_put(l, t, __core_walk1(r, p, a), b)
#define __core_into3(l, r, t, p, a, b, c) __core_put(l, t, __core_walk2(r, p, a, b), c)
#define __core_into4(l, r, t, p, a, b, c, d) __core_put(l, t, __core_walk3(r, p, a, b, c), d)
#define __core_into5(l, r, t, p, a, b, c, d, e) __core_put(l, t, __core_walk4(r, p, a, b, c, d), e)
#define __core_into6(l, r, t, p, a, b, c, d, e, f) __core_put(l, t, __core_walk5(r, p, a, b, c, d, e), f)
#define __core_into7(l, r, t, p, a, b, c, d, e, f, g) __core_put(l, t, __core_walk6(r, p, a, b, c, d, e, f), g)
#define __core_into8(l, r, t, p, a, b, c, d, e, f, g, h) __core_put(l, t, __core_walk7(r, p, a, b, c, d, e, f, g), h)
#define __core_into9(l, r, t, p, a, b, c, d, e, f, g, h, i) \
  __core_put(l, t, __core_walk8(r, p, a, b, c, d, e, f, g, h), i)
#define __core_into(last, read, dst, pointer, ...) \
  __core_choose(__core_into, __VA_ARGS__)(last, read, dst, pointer, __VA_ARGS__)

/*
 * BPF_CORE_READ(task, mm, owner, pid) is task->mm->owner->pid, read step by step and relocated; PROBE: not relocated,
 * for types that are the same in every kernel; USER: from the memory of the process; INTO: to *dst.
 */
#define BPF_CORE_READ(src, ...) __core_walk(bpf_core_read, src, __VA_ARGS__)
#define BPF_CORE_READ_USER(src, ...) __core_walk(bpf_core_read_user, src, __VA_ARGS__)
#define BPF_PROBE_READ(src, ...) __core_walk(bpf_probe_read_kernel, src, __VA_ARGS__)
#define BPF_PROBE_READ_USER(src, ...) __core_walk(bpf_probe_read_user, src, __VA_ARGS__)

#define BPF_CORE_READ_INTO(dst, src, ...) __core_into(bpf_core_read, bpf_core_read, dst, src, __VA_ARGS__)
#define BPF_CORE_READ_USER_INTO(dst, src, ...) \
  __core_into(bpf_core_read_user, bpf_core_read_user, dst, src, __VA_ARGS__)
#define BPF_PROBE_READ_INTO(dst, src, ...) \
  __core_into(bpf_probe_read_kernel, bpf_probe_read_kernel, dst, src, __VA_ARGS__)
#define BPF_PROBE_READ_USER_INTO(dst, src, ...) \
  __core_into(bpf_probe_read_user, bpf_probe_read_user, dst, src, __VA_ARGS__)

#define BPF_CORE_READ_STR_INTO(dst, src, ...) __core_into(bpf_core_read_str, bpf_core_read, dst, src, __VA_ARGS__)
#define BPF_CORE_READ_USER_STR_INTO(dst, src, ...) \
  __core_into(bpf_core_read_user_str, bpf_core_read_user, dst, src, __VA_ARGS__)
#define BPF_PROBE_READ_STR_INTO(dst, src, ...) \
  __core_into(bpf_probe_read_kernel_str, bpf_probe_read_kernel, dst, src, __VA_ARGS__)
#define BPF_PROBE_READ_USER_STR_INTO(dst, src, ...) \
  __core_into(bpf_probe_read_user_str, bpf_probe_read_user, dst, src, __VA_ARGS__)

/*
 * Bit-fields. The field's bytes are taken as the low end of 64 bits; a shift left brings the field to the top, one
 * right, with its sign, down.
 */
#define __core_bits(s, field, kind) __builtin_preserve_field_info((s)->field, kind)
#define __core_place(s, field) ((char *)(s) + __core_bits(s, field, BPF_FIELD_BYTE_OFFSET))
#define __core_extract(bits, s, field) \
  ({ \
    bits <<= __core_bits(s, field, BPF_FIELD_LSHIFT_U64); \
    __core_bits(s, field, BPF_FIELD_SIGNED) \
      ? (unsigned long long)((long long)bits >> __core_bits(s, field, BPF_FIELD_RSHIFT_U64)) \
      : bits >> __core_bits(s, field, BPF_FIELD_RSHIFT_U64); \
  })
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define __core_low_end(bits, size) ((void *)&(bits))
#else
#define __core_low_end(bits, size) ((void *)((char *)&(bits) + sizeof(bits) - (size)))
#endif

/* Through bpf_probe_read_kernel. */
#define BPF_CORE_READ_BITFIELD_PROBED(s, field) \
  ({ \
    unsigned long long __bits = 0; \
    bpf_probe_read_kernel(__core_low_end(__bits, __core_bits(s, field, BPF_FIELD_BYTE_SIZE)), \
      __core_bits(s, field, BPF_FIELD_BYTE_SIZE), (const void *)__core_place(s, field)); \
    __core_extract(__bits, s, field); \
  })

/* From memory that the program may read itself. */
#define BPF_CORE_READ_BITFIELD(s, field) \
  ({ \
    const char *__place = __core_place(s, field); \
    unsigned long long __bits = 0; \
    barrier_var(__place); \
    switch (__core_bits(s, field, BPF_FIELD_BYTE_SIZE)) { \
    case 1: __bits = *(const unsigned char *)__place; break; \
    case 2: __bits = *(const unsigned short *)__place; break; \
    case 4: __bits = *(const unsigned int *)__place; break; \
    case 8: __bits = *(const unsigned long long *)__place; break; \
    } \
    __core_extract(__bits, s, field); \
  })

/* To memory that the program may write itself. */
#define BPF_CORE_WRITE_BITFIELD(s, field, new_val) \
  ({ \
    char *__place = __core_place(s, field); \
    const unsigned int __left = __core_bits(s, field, BPF_FIELD_LSHIFT_U64); \
    const unsigned int __right = __core_bits(s, field, BPF_FIELD_RSHIFT_U64); \
    const unsigned long long __mask = ~0ULL << __right >> __left; \
    const unsigned long long __new = (unsigned long long)(new_val) << __right >> __left; \
    barrier_var(__place); \
    switch (__core_bits(s, field, BPF_FIELD_BYTE_SIZE)) { \
    case 1: *(unsigned char *)__place = (*(unsigned char *)__place & ~__mask) | __new; break; \
    case 2: *(unsigned short *)__place = (*(unsigned short *)__place & ~__mask) | __new; break; \
    case 4: *(unsigned int *)__place = (*(unsigned int *)__place & ~__mask) | __new; break; \
    case 8: *(unsigned long long *)__place = (*(unsigned long long *)__place & ~__mask) | __new; break; \
    } \
  })

#endif
