/*
 * The contract between an object and the loader within tc: names of sections, how a map is defined in "maps", where it
 * is pinned. A loader built on libbpf 1.0 or later takes maps from ".maps" alone; tbcc moves them there unless
 * -mmaps=legacy.
 */
#ifndef __BPF_ELF__
#define __BPF_ELF__

#include <asm/types.h>

/* Sections. A program is in the one of its kind, or in any other that the command line names by "section". */
#define ELF_SECTION_LICENSE "license"
#define ELF_SECTION_MAPS "maps"
#define ELF_SECTION_PROG "prog"
#define ELF_SECTION_CLASSIFIER "classifier"
#define ELF_SECTION_ACTION "action"

/* Most maps of an object, and longest licence, its terminating zero included. */
#define ELF_MAX_MAPS 64
#define ELF_MAX_LICENSE_LEN 128

/*
 * Who shares a map: nobody, the programs of this object, all programs. Other numbers are named in
 * /etc/iproute2/bpf_pinning.
 */
#define PIN_NONE 0
#define PIN_OBJECT_NS 1
#define PIN_GLOBAL_NS 2

/*
 * A map. type is one of BPF_MAP_TYPE_*, sizes are in bytes. id is a number of the author's choice, by which tail-
 * called sections ("id/key") and outer maps (inner_id) refer to this one; inner_idx is the slot of the outer map that
 * this one takes at first, -1 for none.
 */
struct bpf_elf_map {
  __u32 type;
  __u32 size_key;
  __u32 size_value;
  __u32 max_elem;
  __u32 flags;
  __u32 id;
  __u32 pinning;
  __u32 inner_id;
  __u32 inner_idx;
};

/* Tells the types of a map's key and value to whoever prints it: a record in BTF under a name that loaders look for. */
#define BPF_ANNOTATE_KV_PAIR(name, type_key, type_val) \
  struct ____btf_map_##name { \
    type_key key; \
    type_val value; \
  }; \
  struct ____btf_map_##name __attribute__((section(".maps." #name), used)) ____btf_map_##name = {}

#endif
