// error
_Bool asked(void);
int conditions(int x, int y, _Bool b, char *p, int *q) {
  if (x = 4) return 1; // warning@9: using the result of an assignment as a condition without parentheses
  if (x |= 4) return 1; // warning@9: using the result of an assignment as a condition without parentheses
  if (x += 4) return 1;
  if ((x = 4)) return 1;
  while (x = y) y--; // warning@12: using the result of an assignment as a condition without parentheses
  for (; x = y; ) y--; // warning@12: using the result of an assignment as a condition without parentheses
  do y--; while (x = y); // warning@20: using the result of an assignment as a condition without parentheses
  y = (x = y) ? 1 : 2;
  if (x & 2 == 0) return 1; // warning@9: & has lower precedence than ==; == will be evaluated first
  if (x ^ 1 == 1) return 1; // warning@9: ^ has lower precedence than ==; == will be evaluated first
  if (0 == x | y) return 1; // warning@14: | has lower precedence than ==; == will be evaluated first
  return x > y < 3; // warning@16: comparisons like 'X<=Y<=Z' don't have their mathematical meaning // warning@16: result of comparison of constant 3 with boolean expression is always true
}
int choices(int x, int y, _Bool b, char *p, int *q) {
  x = x + asked() ? 1 : 2; // warning@19: operator '?:' has lower precedence than '+'; '+' will be evaluated first
  x = (x + asked()) ? 1 : 2;
  x = x - b ? 1 : 2; // warning@13: operator '?:' has lower precedence than '-'; '-' will be evaluated first
  x = x * (x == y) ? 1 : 2; // warning@20: operator '?:' has lower precedence than '*'; '*' will be evaluated first
  x = x / !x ? 1 : 2; // warning@14: operator '?:' has lower precedence than '/'; '/' will be evaluated first
  x = x % 2 ? 1 : 2;
  x = x + (y > 0) ? 1 : 2; // warning@19: operator '?:' has lower precedence than '+'; '+' will be evaluated first
  x = x | b ? 1 : 2; // warning@13: operator '?:' has lower precedence than '|'; '|' will be evaluated first
  x = x & (x && y) ? 1 : 2; // warning@20: operator '?:' has lower precedence than '&'; '&' will be evaluated first
  x = x & y ? 1 : 2;
  x = x << (y == 1) ? 1 : 2; // warning@21: operator '?:' has lower precedence than '<<'; '<<' will be evaluated first
  x = b ? 0xf0 : 0x10 | b ? 0x5 : 0x2; // warning@27: operator '?:' has lower precedence than '|'; '|' will be evaluated first
  x = x & b ?: 2;
  x = x && b ? 1 : 2;
  x = x - (b) ? 1 : 2; // warning@15: operator '?:' has lower precedence than '-'; '-' will be evaluated first
  return x;
}
