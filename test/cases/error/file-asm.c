// error
// clang: its assembler counts lines of its own
int taken(void) { return 1; }
asm("good: r0 = 1\n"
    "exit");
asm("r0 = frob r1\n" // error: in asm: expected
    "r99 = 1"); // (both lines are those of one statement)
asm("taken: exit"); // error: in asm: "taken" is defined twice
asm(".macro bad\n" // error: in asm: expected an instruction, saw "frob"
    "frob\n"
    ".endm\n"
    "bad");
