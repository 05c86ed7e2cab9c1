/*
 * The functions of C11 7.24 that a BPF compiler expands by itself, for sizes and strings known when it compiles. There
 * is no library behind them: a call that cannot be expanded is an error. The names are in parentheses because other
 * headers have macros of these names.
 */
#ifndef _STRING_H
#define _STRING_H

/* Nothing else of it: "vmlinux.h" has a wchar_t of its own. */
#define __need_size_t
#define __need_NULL
#include <stddef.h>

void *(memcpy)(void *restrict to, const void *restrict from, size_t size);
void *(memmove)(void *to, const void *from, size_t size);
void *(memset)(void *to, int byte, size_t size);
int (memcmp)(const void *left, const void *right, size_t size);
size_t (strlen)(const char *text);
int (strcmp)(const char *left, const char *right);
int (strncmp)(const char *left, const char *right, size_t size);

#endif
