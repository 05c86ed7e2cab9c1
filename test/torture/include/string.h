/* The project's own <string.h> and what the torture tests want besides. */
#include_next <string.h>
#ifndef _TORTURE_STRING_H
#define _TORTURE_STRING_H

void *memchr(const void *block, int byte, size_t size);
void *mempcpy(void *to, const void *from, size_t size);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t size);
char *strcat(char *to, const char *from);
char *stpcpy(char *to, const char *from);
char *strchr(const char *text, int byte);
char *strrchr(const char *text, int byte);
size_t strnlen(const char *text, size_t most);

#endif
