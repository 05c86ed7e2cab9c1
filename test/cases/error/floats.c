// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
// clang: it refuses floating-point arithmetic in its back end
double x, y;
float small;
int f(void) {
  x = y;
  return 0;
}
int g(void) { return x + y; } // error: floating-point arithmetic on 'double' at run time is not supported: BPF has no floating-point instructions; use integers, for example a fixed-point value
int h(int i) {
  i++;
  x = i; // error: conversion from an integer to 'double' at run time is not supported
  return i;
}
int k(void) { if (x) return 1; return 0; } // error: floating-point comparison of 'double' at run time is not supported
int less(void) {
  return small
    < 1.5f; // error: floating-point comparison of 'float' at run time is not supported
}
void narrow(void) {
  small = x; // error: conversion from 'double' to 'float' at run time is not supported
}
void loop(int n) {
  float sum = 0;
  for (int i = 0; i < n; i++)
    sum += 0.5f; // error: floating-point arithmetic on 'float' at run time is not supported
  small = sum;
}
static float scaled(float a) {
  return a * 2; // error: floating-point arithmetic on 'float' at run time is not supported
}
void caller(void) { small = scaled(small) + scaled(1) - 2; } // error: floating-point arithmetic on 'float' at run time is not supported
static double unused(double a) { return a * 2; } // warning: unused function 'unused'
int whole(void) { return x; } // error: conversion from 'double' to an integer at run time is not supported
double constant = 1.5 * 2;
int folded(void) { return scaled(1.5f) > 2; }
