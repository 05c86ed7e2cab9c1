// error -Wall -Wextra -ferror-limit=0 -std=c11
// pack, visibility and weak: what is malformed changes nothing.
#pragma pack(show) // warning: value of #pragma pack(show) == 8
#pragma pack(push, 2) // warning: unterminated '#pragma pack (push, ...)' at end of file
#pragma pack(push, inner, 4) // warning: unterminated '#pragma pack (push, ...)' at end of file
#pragma pack(pop, outer)
#pragma pack(show) // warning: value of #pragma pack(show) == 4
#pragma pack(3) // warning: expected #pragma pack parameter to be '1', '2', '4', '8', or '16'
#pragma pack(1) junk // warning: extra tokens at end of '#pragma pack' - ignored
struct four { char tag; long at; };
_Static_assert(sizeof(struct four) == 12, "");
#pragma pack(pull) // warning: unknown action for '#pragma pack' - ignored
#pragma pack 1 // warning: missing '(' after '#pragma pack' - ignoring
#pragma pack(1 // warning: missing ')' after '#pragma pack' - ignoring
#pragma pack(push, outer, "x") // warning: expected integer or identifier in '#pragma pack' - ignored
#pragma pack(pop, outer, 1) // warning: specifying both a name and alignment to 'pop' is undefined
struct one { char tag; long at; };
_Static_assert(sizeof(struct one) == 9, "");
#pragma GCC visibility // warning: expected identifier in '#pragma visibility' - ignored
#pragma GCC visibility pull // warning: expected identifier in '#pragma visibility' - ignored
#pragma GCC visibility push hidden // warning: missing '(' after '#pragma visibility' - ignoring
#pragma GCC visibility push(odd) // warning: unknown visibility 'odd'
#pragma GCC visibility push(hidden) x // warning: extra tokens at end of '#pragma visibility' - ignored
#pragma GCC visibility pop // error: #pragma visibility pop with no matching #pragma visibility push
#pragma weak // warning: expected identifier in '#pragma weak' - ignored
#pragma weak nobody // warning: weak identifier 'nobody' never declared
#pragma weak other = // warning: expected identifier in '#pragma weak' - ignored
