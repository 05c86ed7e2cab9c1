// error -Wall
enum __attribute__((flag_enum)) flags { one = 1, two = 2, eight = 8 };
enum __attribute__((enum_extensibility(open))) opened { opened_one = 1 };
enum __attribute__((enum_extensibility(closed))) closed { closed_one = 1 };
enum __attribute__((enum_extensibility(ajar))) other { other_one = 1 }; // warning@21: 'enum_extensibility' attribute argument not supported: 'ajar'
enum __attribute__((flag_enum, enum_extensibility(open))) more { more_one = 1, more_two = 2 };
enum __attribute__((flag_enum)) odd { odd_one = 1, odd_three = 3, odd_six = 6, odd_none = 0, odd_mask = ~1, odd_few = ~3 }; // warning@52: enumeration value 'odd_three' is out of range of flags in enumeration type 'odd' // warning@67: enumeration value 'odd_six' is out of range of flags in enumeration type 'odd' // warning@109: enumeration value 'odd_few' is out of range of flags in enumeration type 'odd'
void cases(enum flags f, enum opened o, enum closed c, enum more m) {
  switch (f) { case 0: case 3: case 11: case 4: case ~0: default: ; } // warning@46: case value not in enumerated type 'enum flags' // warning@54: case value not in enumerated type 'enum flags'
  switch (f) { case 1: ; } // warning@11: enumeration values 'two' and 'eight' not handled in switch
  switch (o) { case 5: ; } // warning@11: enumeration value 'opened_one' not handled in switch
  switch (c) { case 5: ; } // warning@11: enumeration value 'closed_one' not handled in switch // warning@21: case value not in enumerated type 'enum closed'
  switch (m) { case 0: case 3: case 4: ; } // warning@11: enumeration values 'more_one' and 'more_two' not handled in switch
}
enum unsorted { last = 9, middle = 4, before = -1, begin = 0 };
void names(enum unsorted u) {
  switch (u) { } // warning@11: 4 enumeration values not handled in switch: 'before', 'begin', 'middle'...
  switch (u) { case begin: ; } // warning@11: enumeration values 'before', 'middle', and 'last' not handled in switch
}
// ----
enum __attribute__((enum_extensibility)) bare { bare_one }; // error: 'enum_extensibility' attribute takes one argument
enum __attribute__((flag_enum(1))) numbered { numbered_one }; // error@21: 'flag_enum' attribute takes no arguments
