// error
// clang: its back end knows no registers by name
register unsigned long kept asm("r10");
unsigned long read(void) { return kept + sizeof(kept); } // error: global register variables are not supported: 'kept'
