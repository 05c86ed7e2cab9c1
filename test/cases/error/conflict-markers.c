// error
// The first version of the text between the markers of a conflict counts.
int before;
<<<<<<< HEAD // error: version control conflict marker in file
int first = 4;
=======
float first = 17;
int second;
>>>>>>> feature
<<<<<<< HEAD // error: version control conflict marker in file
typedef int number;
||||||| merged common ancestors
typedef long number;
=======
typedef short number;
>>>>>>> feature
>>>> ORIGINAL // error: version control conflict marker in file
int last = 1;
==== THEIRS
int last = 2;
==== YOURS
int last = 3;
<<<<
number sum(int x) { return x << first << last
  >> second; } // error: use of undeclared identifier 'second'
// ----
int x;
<<<<<<< HEAD // error: expected external declaration
int y;
