// pp -C





x /* d */
"b"
1
3 + 4

     ;
/* a */ /* b */ x /* c
*/ y
x /* spliced */ y // line more





1
#pragma foo bar
#pragma foo
# 23 "comments.c"
               /* after */ x

w

/* before */ #define NOT
   /* indented */
   // indented
 /* tab */ z
int f(int) /* x */;/* y */int
/* a
b
c */ z;
/* eof */
