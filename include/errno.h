/* Error numbers of the kernel, which helpers return negated. There is no errno in a BPF program. */
#ifndef _ERRNO_H
#define _ERRNO_H

#include <linux/errno.h>

#endif
