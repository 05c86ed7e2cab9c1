// pp
#define EMPTY
#define EVAL(...)  EVAL1(EVAL1(EVAL1(__VA_ARGS__)))
#define EVAL1(...) EVAL2(EVAL2(EVAL2(__VA_ARGS__)))
#define EVAL2(...) EVAL3(EVAL3(EVAL3(__VA_ARGS__)))
#define EVAL3(...) __VA_ARGS__
#define DEFER(id) id EMPTY()
#define OBSTRUCT(...) __VA_ARGS__ DEFER(EMPTY)()
#define EMPTYF()
#define REPEAT_() REPEAT
#define REPEAT(n, m) n m DEFER2(REPEAT_)()(m, n)
#define DEFER2(id) id EMPTYF EMPTYF()()
EVAL(REPEAT(a, b))
#define ___bpf_apply(fn, n) ___bpf_concat(fn, n)
#define ___bpf_concat(a, b) a ## b
#define ___bpf_nth(_, _1, _2, _3, _4, N, ...) N
#define ___bpf_narg(...) ___bpf_nth(_, ##__VA_ARGS__, 4, 3, 2, 1, 0)
#define ___bpf_fill0(arr, p, x) do {} while (0)
#define ___bpf_fill1(arr, p, x) arr[p] = x
#define ___bpf_fill2(arr, p, x, args...) arr[p] = x; ___bpf_fill1(arr, p + 1, args)
#define ___bpf_fill(arr, args...) ___bpf_apply(___bpf_fill, ___bpf_narg(args))(arr, 0, args)
___bpf_fill(a, 1, 2) ___bpf_fill(a) ___bpf_fill(a, 3)
#define NIL(xxx) xxx
#define G_0(arg) NIL(G_1)(arg)
#define G_1(arg) NIL(arg)
G_0(42)
#define foo() bar
foo /**/ (
) foo
()
foo
#define a2(x) b2(x
#define b2(x) x)
a2(1))) a2(b2(1)))
