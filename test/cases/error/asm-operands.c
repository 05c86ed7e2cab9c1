// error -Wno-unused-value -ferror-limit=0
struct fields { int low : 3; int array[4]; };
struct unknown;
extern struct unknown somewhere;
void nothing(void);
void texts(int x, struct fields *p) {
  asm("%0 %1" : "=r"(x)); // error: invalid operand number in inline asm string
  asm("r0 = r1\n"
      "%[there]" : [here] "=r"(x)); // error: unknown symbolic operand name in inline assembly string
  asm("%[]" : "=r"(x)); // error: empty symbolic operand name in inline assembly string
  asm("%w[here" : [here] "=r"(x)); // error: unterminated symbolic operand name in inline assembly string
  asm("r0 % 2" : "=r"(x)); // error: invalid % escape in inline assembly string
  asm goto("goto %l1" : : : : out); // error: invalid operand number in inline asm string
  asm goto("goto %l[in]" : : : : out); // error: unknown symbolic operand name in inline assembly string
  asm("%0 = %2; %{%}%%%=" : "+r"(x) : "r"(x));
  asm(L"r0 = 1"); // error: cannot use wide string literal in 'asm'
  asm("" : u"=r"(x)); // error: cannot use unicode string literal in 'asm'
  asm("" : : U"r"(x)); // error: cannot use unicode string literal in 'asm'
  asm("" : : : L"r1"); // error: cannot use wide string literal in 'asm'
  asm(x); // error: expected string literal in 'asm'
  asm("" : [a] (x)); // error: expected string literal in 'asm'
  asm("" : : : "r1", r2); // error: expected string literal in 'asm'
  asm volatile volatile(""); // error: duplicate asm qualifier 'volatile'
  asm const(""); // error: expected 'volatile', 'inline', 'goto', or '('
  asm _Noreturn(""); // error: expected 'volatile', 'inline', 'goto', or '('
  asm; // error: expected 'volatile', 'inline', 'goto', or '('
  asm("" : : : : out); // error: expected ')' // note: to match this '('
  asm goto("" : : "r"(x)); // error: expected ':'
  asm goto("" : : : : ); // error: expected identifier
  asm goto("" : : : : out, out); // error: duplicate use of asm operand name "out" // note: first referenced here
out:;
}
void constraints(int x, struct fields *p) {
  asm("" : "=i"(x)); // error: invalid output constraint '=i' in asm
  asm("" : "="(x)); // error: invalid output constraint '=' in asm
  asm("" : "+&m"(x)); // error: invalid output constraint '+&m' in asm
  asm("" : : ""(x)); // error: invalid input constraint '' in asm
  asm("" : "+r"(x) : "0"(x)); // error: invalid input constraint '0' in asm
  asm("" : [a] "=r"(x) : "[b]"(x)); // error: invalid input constraint '[b]' in asm
  asm("" : [a] "+r"(x) : "[a]"(x)); // error: invalid input constraint '[a]' in asm
  asm("" : "=r"(x) : "0"(1), "0"(2)); // error: more than one input constraint matches the same output '0' // note: constraint '0' is already present here
  asm("" : "=r,m"(x) : "r"(x)); // error: asm constraint has an unexpected number of alternatives: 2 vs 1
  asm("" : "=rm"(p->low)); // error: reference to a bit-field in asm output with a memory constraint '=rm'
  asm("" : : "g"(p->low)); // error: reference to a bit-field in asm input with a memory constraint 'g'
  asm("" : : "r"(p->low));
  asm("" : : "r"(nothing())); // error: invalid type 'void' in asm input for constraint 'r'
  asm("" : : "m"(x + 1)); // error: invalid lvalue in asm input for constraint 'm'
  asm("" : : "m"(somewhere)); // error: dereference of pointer to incomplete type 'struct unknown'
  asm("" : "=m"(p->array) : "m"(p->array));
}
