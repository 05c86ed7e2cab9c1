/* What the cases of the verifier share: where their numbers come from, of which it knows nothing, and a way to make maps. */
#ifndef VERIFIER_CASE_H
#define VERIFIER_CASE_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <stdbool.h>

/* The first bytes of a packet as numbers of all widths. */
struct input {
  __u8 byte[8];
  __u16 half[4];
  __u32 word[4];
  __u64 wide[4];
};

/* Declares `in`; ends the program where the packet is too short. */
#define INPUT(CTX) \
  struct input *in = (void *)(long)(CTX)->data; \
  if ((void *)(in + 1) > (void *)(long)(CTX)->data_end) return 0

/* An array map of values of a type. */
#define ARRAY(NAME, TYPE, COUNT) \
  struct { \
    __uint(type, BPF_MAP_TYPE_ARRAY); \
    __uint(max_entries, COUNT); \
    __type(key, __u32); \
    __type(value, TYPE); \
  } NAME SEC(".maps")

/* A hash map. */
#define HASH(NAME, KEY, TYPE, COUNT) \
  struct { \
    __uint(type, BPF_MAP_TYPE_HASH); \
    __uint(max_entries, COUNT); \
    __type(key, KEY); \
    __type(value, TYPE); \
  } NAME SEC(".maps")

/* A table whose bounds are those of its section, to be indexed by what was tested. */
#define TABLE16(NAME) __u32 NAME[16] = { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3 }

char _license[] SEC("license") = "GPL";

#endif
