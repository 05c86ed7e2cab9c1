

2 +2 1
# 20 "directives.c"
elifdef
# 30 "directives.c"
yes


yes




else



yes



yes
# 100 "directives.c"
100 "directives.c"
# 200 "other.c"
200 "other.c" "other.c" "other.c"
# 300 "other.c"
300
# 7 "marker.h" 3
7 "marker.h"



A
#ident "text"

1

5 23






  24 24
