// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int a[3];
char big = 300; // warning: implicit conversion from 'int' to 'char' changes value from 300 to 44
unsigned char neg = -1;
int f(int x) {
  a[3] = 1; // warning: array index 3 is past the end of the array (that has type 'int[3]')
  a[-1] = 2; // warning: array index -1 is before the beginning of the array
  x = x / 0; // warning: division by zero is undefined
  x = x % 0; // warning: remainder by zero is undefined
  x = x << 32; // warning: shift count >= width of type
  x = x << -1; // warning: shift count is negative
  char c = 200; // warning: implicit conversion from 'int' to 'char' changes value from 200 to -56 // warning: unused variable 'c'
  unsigned u = 1.5; // warning: implicit conversion from 'double' to 'unsigned int' changes value from 1.5 to 1 // warning: unused variable 'u'
  return x;
}
