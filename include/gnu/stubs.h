/*
 * glibc's list of functions that it only pretends to have. Its own file of this name asks for another one by the width of
 * the machine, which on most systems is not installed for any machine but theirs; a BPF program calls none of its functions.
 */
