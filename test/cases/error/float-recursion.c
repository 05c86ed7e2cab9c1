// error
// clang: floating-point arithmetic is a call of a library to it
/* Recursion that no inlining ends: given up before it has grown without bound. */
static volatile int limit;
static double split(double low, double high, int depth) {
  double middle = (low + high) / 2; // error: floating-point arithmetic on 'double' at run time is not supported
  if (depth > limit)
    return middle;
  return split(low, middle, depth + 1) + split(middle, high, depth + 1) + // error: floating-point arithmetic on 'double' at run time
    split(low, high, depth + 2); // the first plus is the last one done
}
int run(int x) {
  return split(x, x + 1, 0) > 3; // error: conversion from an integer to 'double' at run time // error: floating-point comparison of 'double' at run time
}
