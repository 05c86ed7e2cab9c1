// run -w
/* Bytes of the source that are no UTF-8 stay what they are. */
static const unsigned char raw[] = "\0ÿÃ(â‚¬€";
static const unsigned char spelt[] = "\0\xff\xc3(\xe2\x82\xac\x80";

#if 'é' != '\xe9'
#error
#endif

int test(void)
{
	if (sizeof raw != 9 || sizeof spelt != 9)
		return __LINE__;
	if (__builtin_memcmp(raw, spelt, 9) != 0)
		return __LINE__;
	return 'é' == '\xe9' ? 0 : __LINE__;
}
