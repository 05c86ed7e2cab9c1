// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
int f(int a, unsigned b, unsigned char c, long d) {
  if (a < b) return 1; // warning: comparison of integers of different signs: 'int' and 'unsigned int'
  if (a < c) return 2;
  if (d < b) return 3;
  if (5 < b) return 4;
  if (a = 5) return 5; // warning: using the result of an assignment as a condition without parentheses // note: place parentheses around the assignment to silence this warning // note: use '==' to turn this assignment into an equality comparison
  return 0;
}
