/*
 * What a program of csmith's includes: fixed-width types, arithmetic without undefined behaviour, and the report of
 * results.
 *
 * Natively main prints each value with its name. For BPF, where main is an ordinary function, each value goes to the
 * host's function csmith_value. Signed arithmetic wraps; a division by zero, and a shift that C leaves undefined, give
 * the left operand.
 */
typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;

#define CSMITH_SIGNED(T, U) \
	static T safe_unary_minus_func_##T##_s(T a) { return (T)(0 - (U)a); } \
	static T safe_add_func_##T##_s_s(T a, T b) { return (T)((U)a + (U)b); } \
	static T safe_sub_func_##T##_s_s(T a, T b) { return (T)((U)a - (U)b); } \
	static T safe_mul_func_##T##_s_s(T a, T b) { return (T)((uint64_t)a * (uint64_t)b); } \
	static T safe_div_func_##T##_s_s(T a, T b) { return b == 0 ? a : b == -1 ? (T)(0 - (U)a) : (T)(a / b); } \
	static T safe_mod_func_##T##_s_s(T a, T b) { return b == 0 ? a : b == -1 ? 0 : (T)(a % b); } \
	CSMITH_SIGNED_SHIFTS(T, U, _s_s, int) \
	CSMITH_SIGNED_SHIFTS(T, U, _s_u, unsigned int)

#define CSMITH_SIGNED_SHIFTS(T, U, S, C) \
	static T safe_lshift_func_##T##S(T a, C n) { return (unsigned int)n >= 8 * sizeof(T) ? a : (T)((uint64_t)a << n); } \
	static T safe_rshift_func_##T##S(T a, C n) { return (unsigned int)n >= 8 * sizeof(T) ? a : (T)(a >> n); }

#define CSMITH_UNSIGNED(T) \
	static T safe_unary_minus_func_##T##_u(T a) { return (T)(0 - a); } \
	static T safe_add_func_##T##_u_u(T a, T b) { return (T)(a + b); } \
	static T safe_sub_func_##T##_u_u(T a, T b) { return (T)(a - b); } \
	static T safe_mul_func_##T##_u_u(T a, T b) { return (T)((uint64_t)a * b); } \
	static T safe_div_func_##T##_u_u(T a, T b) { return b == 0 ? a : (T)(a / b); } \
	static T safe_mod_func_##T##_u_u(T a, T b) { return b == 0 ? a : (T)(a % b); } \
	CSMITH_UNSIGNED_SHIFTS(T, _u_s, int) \
	CSMITH_UNSIGNED_SHIFTS(T, _u_u, unsigned int)

#define CSMITH_UNSIGNED_SHIFTS(T, S, C) \
	static T safe_lshift_func_##T##S(T a, C n) { return (unsigned int)n >= 8 * sizeof(T) ? a : (T)((uint64_t)a << n); } \
	static T safe_rshift_func_##T##S(T a, C n) { return (unsigned int)n >= 8 * sizeof(T) ? a : (T)(a >> n); }

CSMITH_SIGNED(int8_t, uint8_t)
CSMITH_SIGNED(int16_t, uint16_t)
CSMITH_SIGNED(int32_t, uint32_t)
CSMITH_SIGNED(int64_t, uint64_t)
CSMITH_UNSIGNED(uint8_t)
CSMITH_UNSIGNED(uint16_t)
CSMITH_UNSIGNED(uint32_t)
CSMITH_UNSIGNED(uint64_t)

#ifdef __bpf__
void csmith_value(uint64_t value);
#define transparent_crc(value, name, flag) csmith_value((uint64_t)(value))
#define printf(...) ((void)0)
#else
int printf(const char *format, ...);
#define transparent_crc(value, name, flag) printf("%s %llx\n", name, (unsigned long long)(value))
#endif
#define transparent_crc_bytes(address, size, name, flag) \
	for (unsigned int byte_ = 0; byte_ < (size); byte_++) transparent_crc(((uint8_t *)(address))[byte_], name, flag)
#define printf_index(...) ((void)0)
#define platform_main_begin() ((void)0)
#define platform_main_end(crc, flag) ((void)0)
#define crc32_gentab() ((void)0)
