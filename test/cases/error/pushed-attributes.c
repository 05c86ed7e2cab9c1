// error -Wall -Wextra -ferror-limit=0 -std=c11
// What `#pragma clang attribute push` takes, and what it is for.
#pragma clang attribute push(__attribute__((section("all"))), apply_to = any(function, variable(is_global)))
int inSection;
int alsoInSection;
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct preserved { int x; };
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((noinline)), apply_to = function) // warning: unused attribute 'noinline' in '#pragma clang attribute push' region
int noFunction;
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((cold)), apply_to = variable) // error: attribute 'cold' can't be applied to 'variable'
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((section("a"))), apply_to = any(enum, variable)) // error: attribute 'section' can't be applied to 'enum', and 'variable'
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((packed)), apply_to = record) // error: attribute 'packed' is not supported by '#pragma clang attribute'
#pragma clang attribute push(__attribute__((cold)), apply_to = procedure) // error: unknown attribute subject rule 'procedure'
