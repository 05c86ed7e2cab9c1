// refuse: 2 objects: two licences
#define _license unused
#include "prelude.h"
#undef _license
#if PART == 1
char _license[] SEC("version") = "one";
#else
char _license[] SEC("version") = "two";
#endif
