/*
 * The version that the headers describe, for sources that ask. Where the system has kernel headers, theirs is the
 * answer; loaders of today ignore what a program says of it.
 */
#if __has_include_next(<linux/version.h>)
#include_next <linux/version.h>
#else
#define LINUX_VERSION_MAJOR 6
#define LINUX_VERSION_PATCHLEVEL 12
#define LINUX_VERSION_SUBLEVEL 0
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#define LINUX_VERSION_CODE 396288
#endif
