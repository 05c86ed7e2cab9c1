// asm -O2 -mcpu=v4
/* The order costs one instruction from v4, in every width; what was loaded before is loaded again behind it. */
struct box { int data; unsigned char ready; };
int take(struct box *box)
{
	int before = box->data;
	while (!__atomic_load_n(&box->ready, __ATOMIC_ACQUIRE)) {}
	return before + box->data;
}
// has: *(u32 *)(r1 + 0)
// has: load_acquire((u8 *)(r1 + 4))
// has: *(u32 *)(r1 + 0)

void give(struct box *box, long *seen)
{
	box->data = 1;
	__atomic_store_n(&box->ready, 1, __ATOMIC_RELEASE);
	box->data = 2;
	__atomic_store_n(seen, 2, __ATOMIC_RELEASE);
}
// has: *(u32 *)(r1 + 0) = 1
// has: store_release((u8 *)(r1 + 4), w
// has: *(u32 *)(r1 + 0) = 2
// has: store_release((u64 *)(r2 + 0), r
