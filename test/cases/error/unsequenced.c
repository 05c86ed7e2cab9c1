// error -Wno-unused-value -Wno-self-assign
int g(int, int), h(int);
struct pair { int x, y; };
int numbers[10], global;
volatile int port;
_Bool flag;

void assignments(int a, int b, int *p, struct pair *q, struct pair s) {
  a = ++a; // warning@7: multiple unsequenced modifications to 'a'
  a = a++; // warning@8: multiple unsequenced modifications to 'a'
  a = a++ + 1; // warning@8: multiple unsequenced modifications to 'a'
  a = numbers[a++]; // warning@16: multiple unsequenced modifications to 'a'
  numbers[a] = a++; // warning@17: unsequenced modification and access to 'a'
  numbers[a++] = numbers[a++]; // warning@12: multiple unsequenced modifications to 'a'
  numbers[a++] += a; // warning@12: unsequenced modification and access to 'a'
  a += ++a; // warning@8: unsequenced modification and access to 'a'
  a += a++; // warning@9: unsequenced modification and access to 'a'
  a = a += 1; // warning@9: multiple unsequenced modifications to 'a'
  a = (b = a, b);
  a = b = a;
  a = b = b = 4; // warning@13: multiple unsequenced modifications to 'b'
  a = -a++; // warning@9: multiple unsequenced modifications to 'a'
  a = (int)a++; // warning@13: multiple unsequenced modifications to 'a'
  (a = b) + (a = b); // warning@6: multiple unsequenced modifications to 'a'
  (q = &s)->y = q->x; // warning@6: unsequenced modification and access to 'q'
  s.x = s.x++;
  p[a] = a++; // warning@11: unsequenced modification and access to 'a'
  *p = *p++; // warning@10: unsequenced modification and access to 'p'
  p = p++; // warning@8: multiple unsequenced modifications to 'p'
  *p++ = a++;
  a = ++*p + *p;
  global = global++ + port; // warning@18: multiple unsequenced modifications to 'global'
  port = port++; // warning@14: multiple unsequenced modifications to 'port'
  flag = flag++; // warning@14: multiple unsequenced modifications to 'flag'
  a = sizeof(int);
}

void calls(int a, int b) {
  a = h(a++);
  a + h(a++); // warning@10: unsequenced modification and access to 'a'
  h(a++) + h(a++); // warning@6: multiple unsequenced modifications to 'a'
  a = h(a = 3);
  g(a = 0, a); // warning@7: unsequenced modification and access to 'a'
  g(a++, b++);
  g(a, a += 0); // warning@10: unsequenced modification and access to 'a'
  a = g(++a, a++); // warning@9: multiple unsequenced modifications to 'a'
}

void choices(int a, int b) {
  a++ && a++;
  a = a ? a++ : a--; // warning@18: multiple unsequenced modifications to 'a'
  a = 0 && a++;
  a = 1 || a++;
  (a && a++) + a; // warning@10: unsequenced modification and access to 'a'
  (a ? b : b++) + b; // warning@13: unsequenced modification and access to 'b'
  (b++ ?: b);
  b = a ?: b++; // warning@13: multiple unsequenced modifications to 'b'
  a++, a++;
  (a++, b) + a; // warning@5: unsequenced modification and access to 'a'
  (a++, a++) + (a++); // warning@5: multiple unsequenced modifications to 'a'
  a = ({ a++; a++; });
  ({ a = a++; }); // warning@11: multiple unsequenced modifications to 'a'
}

int places(int a) {
  int list[] = { a++, a++ }, sum = a++ + a, last = (a++, a); // warning@19: multiple unsequenced modifications to 'a' // warning@37: unsequenced modification and access to 'a'
  struct pair pair = { .x = a, .y = a++ }; // warning@38: unsequenced modification and access to 'a'
  if (a++ == a) a++; // warning@8: unsequenced modification and access to 'a'
  while (a-- && a) a--;
  do ; while (a++ + a); // warning@16: unsequenced modification and access to 'a'
  for (a = 0; a + a++; a = a++) { } // warning@20: unsequenced modification and access to 'a' // warning@29: multiple unsequenced modifications to 'a'
  switch (a++ + a) { } // warning@12: unsequenced modification and access to 'a'
  if (0) return a++ + a;
  return sizeof(long) == 4 ? a++ + a : a-- - a; // warning@41: unsequenced modification and access to 'a'
}
