/*
 * The functions that a 32-bit glibc only pretends to have. glibc's gnu/stubs.h asks for this file where the compiler names
 * no 64-bit machine of its own, as for BPF, and few systems have it; a BPF program calls none of its functions.
 */
