




f2(0 , a, b, c) f2(0 ) f2(0 ) f2(0, a , b, c) f2(0, a ) f2(0, a )
S foo ; S bar = { 1, 2 };

ab, c, d

""

a b



ab
