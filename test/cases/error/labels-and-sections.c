// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0 -std=c11
// asm labels, sections and visibilities over several declarations.
int used(void);
int user(void) { return used(); }
int used(void) __asm__("after_use"); // error: cannot apply asm label to function after its first use
int twice(void) __asm__("first"); // note: previous declaration is here
int twice(void) __asm__("first");
int twice(void) __asm__("second"); // error: conflicting asm label
extern int read;
int reader(void) { return sizeof(read) + read; }
extern int read __asm__("after_read"); // error: cannot apply asm label to variable after its first use
extern int measured;
int measure(void) { return sizeof(measured); }
extern int measured __asm__("not_used_yet");
extern int unnamed __asm__(""); // error: cannot use an empty string literal in 'asm'
int late;
int late __attribute__((section("a")));
int redeclared; // note: previous declaration is here
extern int redeclared __attribute__((section("a"))); // warning: section attribute is specified on redeclared variable
int moved __attribute__((section("a")));
int moved __attribute__((section("b"))); // warning: section does not match previous declaration
void seen(void) __attribute__((visibility("hidden"))); // note: previous attribute is here
void seen(void) __attribute__((visibility("default"))); // error: visibility does not match previous declaration
// A section holds code, constants or data.
const int constant __attribute__((section("mixed"))) = 1; // note: declared here
const int constants[2] __attribute__((section("mixed"))) = { 1 };
const volatile int changing __attribute__((section("mixed"))) = 1;
extern int elsewhere __attribute__((section("mixed")));
int written __attribute__((section("mixed"))) = 1; // error: 'written' causes a section type conflict with 'constant'
const char *text __attribute__((section("mixed"))) = ""; // error: 'text' causes a section type conflict with 'constant'
int tentative __attribute__((section("mixed"))); // error: 'tentative' causes a section type conflict with 'constant'
int code(void) __attribute__((section("mixed"))); // error: 'code' causes a section type conflict with 'constant'
__attribute__((section("program"))) int program(void) { // note: declared here
  static int local __attribute__((section("program"))); // error: 'local' causes a section type conflict with 'program'
  return local;
}
