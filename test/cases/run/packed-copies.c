// run
struct inner { int first; long second; };
struct __attribute__((packed)) outer { char tag; struct inner inner; char end; };

static __attribute__((noinline)) long sum(struct inner inner)
{
  return inner.first + inner.second;
}

static __attribute__((noinline)) void fill(struct outer *outer)
{
  outer->tag = 1;
  outer->inner.first = -70000;
  outer->inner.second = 0x123456789abcdef0;
  outer->end = 2;
}

int test(void)
{
  struct outer outer, other = {};
  struct inner copy;

  fill(&outer);
  copy = outer.inner;
  if (copy.first != -70000 || copy.second != 0x123456789abcdef0)
    return __LINE__;
  copy.first++;
  other.inner = copy;
  if (other.tag != 0 || other.inner.first != -69999 || other.inner.second != copy.second || other.end != 0)
    return __LINE__;
  if (sum(outer.inner) != 0x123456789abcdef0 - 70000)
    return __LINE__;
  struct inner first = other.inner;
  if (first.first != -69999 || first.second != 0x123456789abcdef0)
    return __LINE__;
  return 0;
}
