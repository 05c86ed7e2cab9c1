// asm -O2 -mcpu=v3
/* A fetching atomic orders memory: what was loaded before it is loaded again after it. */
struct box { int flag, count; };
int watch(struct box *box)
{
	int before = box->flag;
	__sync_fetch_and_add(&box->count, 1);
	return before + box->flag;
}
// has: *(u32 *)(r1 + 0)
// has: lock *(u32 *)(r1 + 4)
// has: *(u32 *)(r1 + 0)
