// refuse: 2 objects: two strong definitions
#include "prelude.h"
int twice(int x) { return x * PART; }
