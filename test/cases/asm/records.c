// asm -O2 -mcpu=v3
/* Copies of records: volatile ones are read at run time, packed ones by bytes. */
struct settings { int limit; int step; };
const volatile struct settings loaded = {1, 2};

__attribute__((section("tc"))) int settings(void)
{
  struct settings now = loaded; // has: loaded ll // has: *(u32 *)(r0 + 4)
  return now.step; // not: w0 = 2
}

struct inner { int first; };
struct __attribute__((packed)) outer { char tag; struct inner inner; };

__attribute__((section("tc"))) int packed(struct outer *outer) // has: packed:
{
  struct inner copy = outer->inner; // has: *(u8 *)(r1 + 1) // has: *(u8 *)(r1 + 4)
  return copy.first; // not: *(u32 *)(r1 + 1)
}
// has: .section .rodata,"a",@progbits
// has: loaded:
