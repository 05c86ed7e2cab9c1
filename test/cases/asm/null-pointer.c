// asm -O2 -mcpu=v3 -fno-delete-null-pointer-checks
/* A read through a null pointer is one, where the command line says so. */
int program(long *context)
{
	int *nowhere = 0;

	// has: program:
	// has: *(u32 *)(
	if (context[0])
		return *nowhere;
	return 1;
	// has: exit
}
