// asm -O2 -mcpu=v4
/* Repetitions, macros and conditions inside of inline assembly are those of assembly files. */
long repeated(void)
{
	long x = 1;

	asm volatile(".rept 2; %[x] += 7; .endr\n"
		     ".macro twice op\n %[x] \\op 5\n %[x] \\op 6\n .endm\n twice ^=\n twice |=\n .purgem twice"
		     : [x] "+r"(x));
	// has: += 7
	// has: += 7
	// has: ^= 5
	// has: ^= 6
	// has: |= 5
	// has: |= 6
	asm volatile(".set wide, %[size] > 4\n .if wide\n %[x] <<= 8\n .else\n %[x] <<= 4\n .endif\n .byte 0x07, 0, 0, 0; .long wide * 2"
		     : [x] "+r"(x) : [size] "i"(sizeof(long)));
	// has: <<= 8
	// not: <<= 4
	return x;
}
