// error -std=gnu89 -Wall -Wextra -Wno-bpf-abi
// How a program's main function may look.
int main(int a) { return a; } // warning@5: only one parameter on 'main' declaration
// ----
void main(void) { } // warning@1: return type of 'main' is not 'int'
// ----
static int main(void) { return 0; } // warning@1: 'main' should not be declared static // warning@12: unused function 'main'
// ----
long main(void) { return 0; } // warning@1: return type of 'main' is not 'int'
// ----
int main(int a, ...) { return 0; } // warning@5: 'main' is not allowed to be declared variadic // warning@5: only one parameter on 'main' declaration // warning@14: unused parameter 'a'
// ----
const int main(void) { return 0; } // warning@1: 'const' type qualifier on return type has no effect
// ----
_Noreturn int main(void) { for(;;); } // warning@1: 'main' is not allowed to be declared _Noreturn
