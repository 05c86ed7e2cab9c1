// asm -O0
/* Which definitions of inline functions other objects see: C99's rules, and GNU's by attribute. */
extern inline int c99_extern(int x) { return x; } // has: .globl c99_extern
inline int c99_plain(int x) { return x; } // not: .globl c99_plain // not: .globl c99_block // not: .globl gnu_extern
inline int c99_later(int x) { return x; } // has: .globl c99_later
int c99_later(int x);
inline int c99_block(int x) { return x; }

#define gnu __attribute__((gnu_inline))
extern inline gnu int gnu_extern(int x) { return x; }
inline gnu int gnu_plain(int x) { return x; } // has: .globl gnu_plain
extern inline gnu int gnu_later(int x) { return x; } // has: .globl gnu_later
inline int gnu_later(int x);
extern inline gnu int gnu_replaced(int x) { return x; } // has: .globl gnu_replaced
int gnu_replaced(int x) { return x; }

int calls(int x) // has: .globl calls
{
	extern int c99_block(int);
	return c99_plain(x) + c99_block(x) + gnu_extern(x);
}
