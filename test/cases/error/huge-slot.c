// error -O2 -mcpu=v4
// clang: it says of the frame only that it is too large, on a line of its own
// Objects and copies of 4 GiB and more.
char *source;
int large(int i) { // error: stack frame of 'large' takes 4294967304 bytes, but a BPF program has 512
  volatile char bytes[0x100000000] = { 1, 2 }; // note: 'bytes' takes 4294967296 bytes
  bytes[i] = 3;
  return bytes[1];
}
int copied(void) {
  char few[8];
  __builtin_memcpy(few, source, 0x100000000); // warning: 'memcpy' will always overflow; destination buffer has size 8, but size argument is 4294967296
  __builtin_memset(few, 1, 0x200000000); // warning: 'memset' will always overflow; destination buffer has size 8, but size argument is 8589934592
  __builtin_memcpy(source, few, 0x123456789);
  return few[3];
}
