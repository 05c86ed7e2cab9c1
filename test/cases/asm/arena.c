// asm -O2 -mcpu=v3
/* Memory of an arena is reached through converted addresses, once for a pointer; what is kept of them is unconverted. */
#define __arena __attribute__((address_space(1)))
struct node { struct node __arena *next; unsigned sum; unsigned flag : 3; };
struct node __arena *push(struct node __arena *n, struct node __arena *first)
{
	n->next = first;
	n->sum = 1;
	n->flag = 5;
	return n + 1;
}
// has: push:
// has: r5 = addr_space_cast(r1, 0, 1)
// has: *(u64 *)(r5 + 0) = r2
// has: *(u32 *)(r5 + 8) =
// has: r1 += 16
static int __arena counts[4];
int count(unsigned at) { return counts[at & 3]++; }
// has: r0 = counts ll
// has: r4 = addr_space_cast(r0, 0, 1)
// has: r4 += r1
void __arena *user(void *kernel) { return (void __arena *)kernel; }
// has: addr_space_cast(r1, 1, 0)
