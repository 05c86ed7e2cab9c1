// error
// Alignment by pragma; it shares its stack with pack.
#define SIZE(name, size) _Static_assert(sizeof(struct name) == size, "")
#pragma options align=packed
struct packed { char a; int b; };
SIZE(packed, 5);
#pragma options align=natural
struct natural { char a; int b; };
SIZE(natural, 8);
#pragma options align=reset
struct again { char a; int b; };
SIZE(again, 5);
#pragma options align=odd // warning: invalid alignment option in '#pragma options align' - ignored
#pragma options align= // warning: expected identifier in '#pragma options align' - ignored
#pragma options align packed // warning: expected '=' following '#pragma options align' - ignored
#pragma options packed // warning: expected 'align' following '#pragma options' - ignored
#pragma options align=mac68k // error: mac68k alignment pragma is not supported on this target
#pragma options align=reset
#pragma align = power
struct power { char a; int b; };
SIZE(power, 8);
#pragma align = reset
#pragma pack(2)
#pragma options align=reset
struct last { char a; int b; };
SIZE(last, 8);
#pragma options align=reset // warning: #pragma options align=reset failed: stack empty
