// asm -O2 -mcpu=v3
/* Atomics whose result nobody uses: 32-bit and, or and xor are known by the half register only. */
void change(unsigned *p, unsigned long *q, unsigned v, unsigned long w)
{
	__sync_fetch_and_or(p, v); // has: lock *(u32 *)(r1 + 0) |= w3
	__sync_fetch_and_and(p, v); // has: lock *(u32 *)(r1 + 0) &= w3
	__sync_fetch_and_xor(p, v); // has: lock *(u32 *)(r1 + 0) ^= w3
	__sync_fetch_and_or(q, w); // has: lock *(u64 *)(r2 + 0) |= r4
}
