/* What the kernel's headers need of the language: inlining, and members that are also a group of their own. */
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#include <linux/compiler_types.h>

/*
 * The same members twice over: as members of the record around them, and together as the member NAME, of type struct
 * TAG.
 */
#define __struct_group_tag(TAG) TAG
#define __struct_group(TAG, NAME, ATTRS, MEMBERS...) \
  union { \
    struct { \
      MEMBERS \
    } ATTRS; \
    struct __struct_group_tag(TAG) { \
      MEMBERS \
    } ATTRS NAME; \
  } ATTRS

/* An array of no known length where the language wants another member before it: in a union, or alone. */
#define __DECLARE_FLEX_ARRAY(TYPE, NAME) \
  struct { \
    struct { \
    } __empty_##NAME; \
    TYPE NAME[]; \
  }

#endif
