// error -Wall -Wextra
// Library functions that are declared with another type, and calls of what is not declared, before C99.
int strlen(const char *); // warning@5: incompatible redeclaration of library function 'strlen'
static void *memcpy(void *a, const void *b, int n) { return n ? a : (void *)b; }
double sqrt(int); // warning@8: incompatible redeclaration of library function 'sqrt'
int fprintf(void *, const char *, ...); // warning@5: declaration of built-in function 'fprintf' requires inclusion of the header <stdio.h>
int vsnprintf(char *, int, const char *, void *); // warning@5: incompatible redeclaration of library function 'vsnprintf'
char *malloc(); // warning@7: incompatible redeclaration of library function 'malloc'
void *calloc(unsigned long, unsigned long);
void *use(void) { return memcpy(calloc(1, 1), 0, 1); }
typedef struct file FILE;
int fscanf(FILE *, const char *, ...);
int fgets(void);
FILE *fopen(const char *); // warning@7: incompatible redeclaration of library function 'fopen'
