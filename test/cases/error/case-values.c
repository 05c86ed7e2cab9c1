// error -Wall
// Values that the condition, as it was written, does not have.
void wide(unsigned x, int y, long z) {
  switch (x) { case -1: case -2: ; }
  switch (x) { case -1L: ; } // warning@21: overflow converting case value to switch condition type (-1 to 4294967295)
  switch (x) { case 0x100000001: ; } // warning@21: overflow converting case value to switch condition type (4294967297 to 1)
  switch (y) { case 0xffffffffu: case 0x7fffffffL: ; }
  switch (y) { case 0x80000000L: ; } // warning@21: overflow converting case value to switch condition type (2147483648 to -2147483648)
  switch (z) { case ~0UL: ; }
}
void narrow(unsigned char x, signed char y, _Bool z) {
  switch (x) { case 'a': case 255: ; }
  switch (x) { case 256: ; } // warning@21: overflow converting case value to switch condition type (256 to 0)
  switch (x) { case -1: ; } // warning@21: overflow converting case value to switch condition type (-1 to 255)
  switch (y) { case -1L: case 127: ; }
  switch (y) { case 128: ; } // warning@21: overflow converting case value to switch condition type (128 to -128)
  switch (y) { case 255u: ; } // warning@21: overflow converting case value to switch condition type (255 to 4294967295)
  switch (z) { case 1: ; case 3 ... 4: ; } // warning@3: switch condition has boolean value // warning@31: overflow converting case value to switch condition type (3 to 1) // warning@37: overflow converting case value to switch condition type (4 to 0)
}
