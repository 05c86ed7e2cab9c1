// link: 2 objects: types that are one in both, and types that are two: circles, forward declarations, anonymous members
#include "prelude.h"
enum color { RED, GREEN = 7 };
struct node;
typedef int (*callback)(struct node *self, enum color color);
struct node {
  struct node *next, *previous;
  union { int whole; struct { short low, high; }; };
  unsigned flags : 3, kind : 5;
  callback call;
  struct other *other;
  const volatile char *restrict names[4];
  float weight;
};
#if PART == 1
struct other { struct node *back; };
struct differs { int a; };
struct { __uint(type, 1); __uint(max_entries, 8); __type(key, struct other); __type(value, struct node); } first SEC(".maps");
struct differs one_differs;
#else
struct differs { long a; };
struct { __uint(type, 1); __uint(max_entries, 8); __type(key, int); __type(value, struct node); } second SEC(".maps");
struct differs two_differs;
#endif
