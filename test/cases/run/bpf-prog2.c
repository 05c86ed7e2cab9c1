// run
/* BPF_PROG2 of bpf/bpf_tracing.h: parameters of every size, from the words of a context. */
#include <bpf/bpf_tracing.h>

struct pair {
  long first, second;
};
struct chars {
  char c[3];
};
struct ten {
  long head;
  short tail;
};
struct seen {
  int number;
  struct pair pair;
  struct chars chars;
  const char *text;
  struct ten ten;
  signed char letter;
  _Bool truth;
};
static struct seen seen;

int BPF_PROG2(none) { return ctx[1]; }
int BPF_PROG2(one, short, half) { return half; }
int BPF_PROG2(records, int, number, struct pair, pair, struct chars, chars, const char *, text, struct ten, ten,
              signed char, letter, const _Bool, truth) {
  seen = (struct seen){number, pair, chars, text, ten, letter, truth};
  return ctx[9];
}

int test(void) {
  union {
    unsigned long long word;
    char bytes[8];
    short halves[4];
  } chars = {}, tail = {};
  /* Records of less than a word are passed as its low bytes. */
  int low = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
  for (int i = 0; i < 3; i++) chars.bytes[low * 5 + i] = 'a' + i;
  tail.halves[0] = 1234; /* of whole words, as memory has them */
  unsigned long long words[10] = {0xffffffff80000001, 11, 12, chars.word, 13, 14, tail.word, 0xf0f0, 1, 77};
  unsigned long long minus[2] = {0xffff, 99};

  if (none(minus) != 99) return __LINE__;
  if (one(minus) != -1) return __LINE__;
  if (records(words) != 77) return __LINE__;
  if (seen.number != -0x7fffffff) return __LINE__;
  if (seen.pair.first != 11 || seen.pair.second != 12) return __LINE__;
  if (seen.chars.c[0] != 'a' || seen.chars.c[1] != 'b' || seen.chars.c[2] != 'c') return __LINE__;
  if (seen.text != (const char *)13) return __LINE__;
  if (seen.ten.head != 14 || seen.ten.tail != 1234) return __LINE__;
  if (seen.letter != -16 || seen.truth != 1) return __LINE__;
  return 0;
}
