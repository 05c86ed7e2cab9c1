// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
enum color { RED, GREEN, BLUE };
int f(enum color c, unsigned char k) {
  switch (c) { case RED: return 1; } // warning: enumeration values 'GREEN' and 'BLUE' not handled in switch
  switch (c) { case RED: case GREEN: case BLUE: case 9: return 1; } // warning: case value not in enumerated type 'enum color'
  switch (c) { case RED: return 1; default: return 2; }
  switch (k) { case 300: return 1; } // warning: overflow converting case value to switch condition type (300 to 44)
  switch (k) {
  case 1: k = 2;
  case 2: k = 3; __attribute__((fallthrough));
  case 3: break;
  }
  return 0;
}
