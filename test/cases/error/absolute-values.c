// error
int abs(int); long labs(long); long long llabs(long long);
void f(unsigned u, long l, long long ll, int i, char c, unsigned char uc, int *p, unsigned long ul) {
  (void)abs(u); // warning@9: taking the absolute value of unsigned type 'unsigned int' has no effect
  (void)abs(l); // warning@9: absolute value function 'abs' given an argument of type 'long' but has parameter of type 'int' which may cause truncation of value
  (void)labs(i);
  (void)abs(i);
  (void)abs(uc); // warning@9: taking the absolute value of unsigned type 'unsigned char' has no effect
  (void)__builtin_abs(l); // warning@9: absolute value function '__builtin_abs' given an argument of type 'long' but has parameter of type 'int' which may cause truncation of value
  (void)__builtin_abs(u); // warning@9: taking the absolute value of unsigned type 'unsigned int' has no effect
  (void)labs(ul); // warning@9: taking the absolute value of unsigned type 'unsigned long' has no effect
  (void)abs(u - 1); // warning@9: taking the absolute value of unsigned type 'unsigned int' has no effect
  (void)abs(p); // warning@9: taking the absolute value of pointer type 'int *' is suspicious // error@13: incompatible pointer to integer conversion passing 'int *' to parameter of type 'int'; dereference with *
  (void)__builtin_labs(u); // warning@9: taking the absolute value of unsigned type 'unsigned int' has no effect
  (void)llabs(u); // warning@9: taking the absolute value of unsigned type 'unsigned int' has no effect
  (void)abs(ul); // warning@9: taking the absolute value of unsigned type 'unsigned long' has no effect
  (void)__builtin_llabs(ll);
  (void)abs(c);
  (void)__builtin_abs(ul); // warning@9: taking the absolute value of unsigned type 'unsigned long' has no effect
  (void)abs((int)u);
}
int kinds(int i) { return (int)__builtin_fabs(i) + abs("text" != 0); } // warning@32: using floating point absolute value function '__builtin_fabs' when argument is of integer type
