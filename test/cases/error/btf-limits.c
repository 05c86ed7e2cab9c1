// error -O2 -c -g
// What BTF counts in 16 bits.
// clang: it leaves such types out of the BTF
#define A(x) x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7, x##8, x##9, x##a, x##b, x##c, x##d, x##e, x##f
#define B(x) A(x##0), A(x##1), A(x##2), A(x##3), A(x##4), A(x##5), A(x##6), A(x##7), A(x##8), A(x##9), A(x##a), A(x##b), A(x##c), A(x##d), A(x##e), A(x##f)
#define C(x) B(x##0), B(x##1), B(x##2), B(x##3), B(x##4), B(x##5), B(x##6), B(x##7), B(x##8), B(x##9), B(x##a), B(x##b), B(x##c), B(x##d), B(x##e), B(x##f)
#define D(x) C(x##0), C(x##1), C(x##2), C(x##3), C(x##4), C(x##5), C(x##6), C(x##7), C(x##8), C(x##9), C(x##a), C(x##b), C(x##c), C(x##d), C(x##e), C(x##f)
enum many { D(e) };
enum many value; // error@11: BTF can describe 65535 enumerators of one type, not 65536
