/* Hints to the compiler, as the kernel's own sources spell them. */
#ifndef __LINUX_COMPILER_H
#define __LINUX_COMPILER_H

#include <linux/stddef.h>

#ifndef __user
#define __user
#endif
#ifndef __force
#define __force
#endif
#ifndef likely
#define likely(condition) __builtin_expect(!!(condition), 1)
#endif
#ifndef unlikely
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#endif

#endif
