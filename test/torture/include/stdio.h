/* What the torture tests take from it: output that goes nowhere. */
#ifndef _STDIO_H
#define _STDIO_H

#define __need_size_t
#define __need_NULL
#include <stddef.h>

#define EOF (-1)

typedef struct __file FILE;
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;

int printf(const char *format, ...);
int fprintf(FILE *to, const char *format, ...);
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
int vprintf(const char *format, __builtin_va_list arguments);
int puts(const char *text);
int putchar(int byte);
int fputs(const char *text, FILE *to);
int fflush(FILE *to);

#endif
