// link: 2 objects: variables of .data, .bss and .rodata, weak and strong, static and shared, and text in .rodata.str
#include "prelude.h"
static volatile int mine = PART, zero;
static const volatile char text[] = "part";
#if PART == 1
int data = 7, bss;
const volatile long rodata = 9;
weak int both = 1;
extern int late;
SEC("tc") int one(struct __sk_buff *skb) { return data + bss + rodata + mine + zero + late + both + text[skb->len & 3]; }
#else
extern int data, bss;
extern const volatile long rodata;
char pad = 1;
weak int both = 2;
int late __attribute__((aligned(32))) = 3;
SEC("tc") int two(struct __sk_buff *skb) { return data + bss + rodata + mine + zero + late + both + pad + text[skb->len & 3]; }
#endif
