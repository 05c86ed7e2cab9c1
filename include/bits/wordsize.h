/* Where glibc's headers look for the width of long. Its own file of this name goes by the machine that it was made for. */
#ifndef __WORDSIZE
#define __WORDSIZE 64
#define __WORDSIZE_TIME64_COMPAT32 0
#define __SYSCALL_WORDSIZE 64
#endif
