// error
#define INCREMENT v++
#define SIZE(x) sizeof(x)
struct text { int length; char letters[17]; } text;
char letters[10];
int numbers[20], *pointer;
struct text make(int);
unsigned long sizes(int v) {
  return sizeof(v++) // warning@16: expression with side effects has no effect in an unevaluated context
    + sizeof v++ // warning@15: expression with side effects has no effect in an unevaluated context
    + sizeof(v = 1) // warning@13: expression with side effects has no effect in an unevaluated context
    + sizeof(*pointer++) // warning@13: expression with side effects has no effect in an unevaluated context
    + sizeof(pointer[v++]) // warning@13: expression with side effects has no effect in an unevaluated context
    + sizeof(({ v++; })) // warning@13: expression with side effects has no effect in an unevaluated context
    + sizeof(make(1))
    + sizeof(INCREMENT)
    + sizeof(v = INCREMENT) // warning@13: expression with side effects has no effect in an unevaluated context
    + SIZE(v++)
    + sizeof(int[v++])
    + _Generic(v++, int: 1) // warning@17: expression with side effects has no effect in an unevaluated context
    + _Generic(INCREMENT, int: 1)
    + sizeof(v);
}
unsigned long decayed(void) {
  return sizeof(letters + 1) // warning@25: sizeof on pointer operation will return size of 'char *' instead of 'char[10]'
    + sizeof(numbers - 2) // warning@22: sizeof on pointer operation will return size of 'int *' instead of 'int[20]'
    + sizeof(1 + letters) // warning@16: sizeof on pointer operation will return size of 'char *' instead of 'char[10]'
    + sizeof((text.letters + 1)) // warning@28: sizeof on pointer operation will return size of 'char *' instead of 'char[17]'
    + sizeof(0, letters) // the comma makes a pointer of it // warning@15: sizeof on pointer operation will return size of 'char *' instead of 'char[10]'
    + sizeof(letters)
    + sizeof(&letters[1])
    + sizeof(pointer + 1)
    + sizeof(letters[1] + 1);
}
