/*
 * The pieces of a map definition in ".maps": a record whose members' types carry its parameters, read by the loader
 * from BTF.
 *
 *   struct {
 *     __uint(type, BPF_MAP_TYPE_HASH);
 *     __uint(max_entries, 1024);
 *     __type(key, __u32);
 *     __type(value, __u64);
 *   } counters SEC(".maps");
 */
#ifndef _BPF_BTF_MAP_H
#define _BPF_BTF_MAP_H

#ifndef ___bpf_concat
#define ___bpf_concat(a, b) a##b
#endif
#ifndef ___bpf_apply
#define ___bpf_apply(macro, suffix) ___bpf_concat(macro, suffix)
#endif

/* A number of up to 31 bits, as the length of an array; a longer one, as an enumerator. */
#define __uint(name, val) int(*name)[val]
#define __ulong(name, val) enum { ___bpf_apply(__unique_value, __COUNTER__) = val } name

/* A type, and an array of values: maps within a map, or programs. */
#define __type(name, val) __typeof__(val) *name
#define __array(name, val) __typeof__(val) *name[]

/* Values of "pinning": not at all, or under the map's name in the loader's directory. */
#ifndef __BPF_HELPERS__
enum libbpf_pin_type {
  LIBBPF_PIN_NONE = 0,
  LIBBPF_PIN_BY_NAME = 1,
};
#endif

#endif
