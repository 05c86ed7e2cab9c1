// error -std=gnu89 -Wall -Wextra -Wno-unused-parameter
// Operands of two enumerations, and switches over what is known or is a truth value.
enum e { A, B, C }; enum g { X, Y }; enum { K, L }; typedef enum { T1, T2 } tt; typedef enum g gg;
#define M (X)
int t(enum e e, enum g g, tt t, gg gg, int i) {
  int r = 0;
  r += e == X; // warning@10: comparison of different enumeration types ('enum e' and 'enum g')
  r += e == g; // warning@10: comparison of different enumeration types ('enum e' and 'enum g')
  r += A == X; // warning@10: comparison of different enumeration types ('enum e' and 'enum g')
  r += e < Y; // warning@10: comparison of different enumeration types ('enum e' and 'enum g')
  r += e == K;
  r += (e) == (X); // warning@12: comparison of different enumeration types ('enum e' and 'enum g')
  r += e == M; // warning@10: comparison of different enumeration types ('enum e' and 'enum g')
  r += (enum e)i == g; // warning@18: comparison of different enumeration types ('enum e' and 'enum g')
  r += (int)e == g; // warning@15: comparison of integers of different signs: 'int' and 'enum g'
  r += gg == e; // warning@11: comparison of different enumeration types ('gg' (aka 'enum g') and 'enum e')
  r += gg == g;
  r += e + g;
  r += e == (i ? X : Y);
  r += sizeof(e == g); // warning@17: comparison of different enumeration types ('enum e' and 'enum g')
  switch (e) { case 7: break; case A ... B: break; case C: break; case 5 ... 6: break; default: break; } // warning@21: case value not in enumerated type 'enum e' // warning@72: case value not in enumerated type 'enum e' // warning@78: case value not in enumerated type 'enum e'
  switch (e) { case (enum e)9: break; case A: break; } // warning@11: enumeration values 'B' and 'C' not handled in switch // warning@21: case value not in enumerated type 'enum e'
  switch ((int)e) { case 7: break; }
  switch (8) { case 7: break; case 9: r++; } // warning@11: no case matching constant switch condition '8'
  switch (i == 3) { case 7: break; case 1: r++; } // warning@3: switch condition has boolean value
  switch (!i) { case 1: r++; default: r++; } // warning@3: switch condition has boolean value
  switch (i && r) { case 0: r++; case 1: r--; } // warning@3: switch condition has boolean value
  switch ((_Bool)i) { case 0: r++; case 1: r--; } // warning@3: switch condition has boolean value
  switch (i == 3) { default: break;} // warning@3: switch condition has boolean value
  switch ((i == 3)) { case 1: break;} // warning@3: switch condition has boolean value
  switch ((int)(i == 3)) { case 1: break;}
  switch (8) { default: break; }
  switch (8) { } // warning@11: no case matching constant switch condition '8'
  switch (8) { case 8: break; }
  switch (sizeof(i)) { case 8: break; case 2: break; } // warning@11: no case matching constant switch condition '4'
  switch (A) { case B: break; } // warning@11: no case matching constant switch condition '0'
  switch (1 ? 3 : 4) { case 4: break; } // warning@11: no case matching constant switch condition '3'
  switch (e & B) { case B: break; case 9: break; }
  switch (i == 1) { case 0: case 1: case 2: break; } // warning@3: switch condition has boolean value
  return r;
}
