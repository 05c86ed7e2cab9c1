// error -Wall -Wextra -Wno-missing-field-initializers -ferror-limit=0
static int helper(void) { return 1; } // warning: unused function 'helper'
static int counter; // warning: unused variable 'counter'
int f(int parameter) { // warning: unused parameter 'parameter'
  int local; // warning: unused variable 'local'
  int set = 1;
  int kept __attribute__((unused));
label: // warning: unused label 'label'
  set == 2; // warning: equality comparison result unused
  set + 1; // warning: expression result unused
  set; // warning: expression result unused
  set < 1; // warning: relational comparison result unused
  return 0;
}
