// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0 -std=c11
// Uses of what is deprecated or unavailable, and where they are of no account.
typedef int oldType __attribute__((deprecated)); // note: 'oldType' has been explicitly marked deprecated here
struct __attribute__((deprecated("use fresh"))) stale { oldType inner; struct stale *next; }; // note: 'stale' has been explicitly marked deprecated here
struct later;
struct __attribute__((deprecated)) later; // note: 'later' has been explicitly marked deprecated here
struct later { int x; };
enum states { idle __attribute__((deprecated)), busy, alias = idle }; // warning: 'idle' is deprecated // note: 'idle' has been explicitly marked deprecated here
enum __attribute__((deprecated)) modes { modeA, modeB = modeA }; // note: 'modes' has been explicitly marked deprecated here
struct fields {
  oldType a; // warning: 'oldType' is deprecated
  oldType b __attribute__((deprecated));
  int c __attribute__((deprecated("no c"))); // note: 'c' has been explicitly marked deprecated here
  struct { int d __attribute__((deprecated)); }; // note: 'd' has been explicitly marked deprecated here
};
oldType one; // warning: 'oldType' is deprecated
oldType two __attribute__((deprecated)); // note: 'two' has been explicitly marked deprecated here
oldType three, four __attribute__((deprecated)); // warning: 'oldType' is deprecated
oldType five __attribute__((deprecated)), six __attribute__((deprecated));
int seven __attribute__((deprecated)) = idle;
int eight = idle; // warning: 'idle' is deprecated
struct stale *nine; // warning: 'stale' is deprecated: use fresh
struct later *ten; // warning: 'later' is deprecated
enum modes eleven = modeB; // warning: 'modes' is deprecated // warning: 'modeB' is deprecated
int gone(void) __attribute__((unavailable("no more"))); // note: 'gone' has been explicitly marked unavailable here
__attribute__((deprecated)) oldType inDeprecated(oldType p) { // note: 'inDeprecated' has been explicitly marked deprecated here
  oldType x = p;
  return x + two + gone(); // error: 'gone' is unavailable: no more
}
__attribute__((unavailable)) int inUnavailable(oldType p) { return gone() + p + two; }
int declaredBefore(oldType) __attribute__((deprecated));
int declaredBefore(oldType p) { return p; }
int uses(struct fields *f) {
  struct fields g = { 1, .c = 2 }; // warning: 'c' is deprecated: no c
  oldType x __attribute__((deprecated)) = two; // note: 'x' has been explicitly marked deprecated here
  f->c++; // warning: 'c' is deprecated: no c
  x += f->d; // warning: 'd' is deprecated // warning: 'x' is deprecated
  x = (oldType)1; // warning: 'x' is deprecated // warning: 'oldType' is deprecated
  return g.a + inDeprecated(two); // warning: 'inDeprecated' is deprecated // warning: 'two' is deprecated
}
