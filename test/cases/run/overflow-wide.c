// run
/* Checked arithmetic over every mix of signs and widths, 128 bits among them. */
typedef __int128 s128; typedef unsigned __int128 u128;
typedef unsigned long long u64; typedef long long s64; typedef unsigned int u32; typedef signed char s8; typedef unsigned char u8;

static volatile int zero = 0;
#define OPAQUE(x) ((__typeof__(x))((x) + zero))
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define EXPECT(op, a, b, type, value, flag) do { \
		type r_ = 0; \
		_Bool o_ = __builtin_##op##_overflow(OPAQUE(a), OPAQUE(b), &r_); \
		CHECK(o_ == (flag) && r_ == (type)(value)); \
	} while (0)

#define UMAX ((u128)-1)
#define SMAX ((s128)(UMAX >> 1))
#define SMIN (-SMAX - 1)

int test(void)
{
	EXPECT(add, UMAX, (u128)1, u128, 0, 1);
	EXPECT(add, UMAX, (u128)0, u128, UMAX, 0);
	EXPECT(add, UMAX, -1, u128, UMAX - 1, 0);
	EXPECT(add, (u128)0, -1, u128, UMAX, 1);
	EXPECT(add, UMAX, SMIN, u128, SMAX, 0);
	EXPECT(add, UMAX, SMIN, s128, SMAX, 0);
	EXPECT(add, SMAX, (s8)1, s128, SMIN, 1);
	EXPECT(add, SMIN, (s8)-1, s128, SMAX, 1);
	EXPECT(add, SMIN, SMIN, s128, 0, 1);
	EXPECT(add, SMIN, SMAX, s128, -1, 0);
	EXPECT(add, SMIN, SMAX, s8, -1, 0);
	EXPECT(add, (s128)200, (s128)-73, s8, 127, 0);
	EXPECT(add, (s128)200, (s128)-72, s8, -128, 1);
	EXPECT(add, (s128)200, (s128)-72, u8, 128, 0);
	EXPECT(add, (u64)-1, (s64)-1, s128, (u64)-2, 0);
	EXPECT(add, (u64)-1, (u64)-1, u128, (u128)(u64)-1 * 2, 0);
	EXPECT(sub, (u128)5, (u128)6, u128, UMAX, 1);
	EXPECT(sub, (u128)5, (u128)6, s128, -1, 0);
	EXPECT(sub, (u128)5, UMAX, s128, 6, 1);
	EXPECT(sub, (s128)0, SMIN, s128, SMIN, 1);
	EXPECT(sub, (s128)0, SMIN, u128, (u128)SMIN, 0);
	EXPECT(sub, (s128)-1, SMIN, s128, SMAX, 0);
	EXPECT(sub, (u64)3, (u64)4, s128, -1, 0);
	EXPECT(sub, (s128)7, (s128)7, u8, 0, 0);
	EXPECT(mul, (u128)1 << 64, (u128)1 << 63, u128, (u128)1 << 127, 0);
	EXPECT(mul, (u128)1 << 64, (u128)1 << 64, u128, 0, 1);
	EXPECT(mul, (s128)1 << 64, (s128)1 << 63, s128, SMIN, 1);
	EXPECT(mul, (s128)1 << 64, -((s128)1 << 63), s128, SMIN, 0);
	EXPECT(mul, (s128)1 << 64, -((s128)1 << 63), u128, (u128)1 << 127, 1);
	EXPECT(mul, SMIN, (s128)-1, s128, SMIN, 1);
	EXPECT(mul, SMIN, (s128)-1, u128, (u128)SMIN, 0);
	EXPECT(mul, UMAX, (u128)1, u128, UMAX, 0);
	EXPECT(mul, UMAX, (s8)0, u128, 0, 0);
	EXPECT(mul, UMAX, (s8)-1, s128, 1, 1);
	EXPECT(mul, UMAX / 3, (u32)3, u128, UMAX, 0);
	EXPECT(mul, UMAX / 3 + 1, (u32)3, u128, 2, 1);
	EXPECT(mul, (u64)-1, (u64)-1, u128, (u128)(u64)-1 * (u64)-1, 0);
	EXPECT(mul, (s128)-12, (s128)11, s8, 124, 1);
	EXPECT(mul, (s128)-12, (s128)10, s8, -120, 0);

	EXPECT(add, (u64)-1, (s64)-1, u64, -2, 0);
	EXPECT(add, (u64)-1, (s64)-1, s64, -2, 1);
	EXPECT(add, (s64)-1, (u64)5, u8, 4, 0);
	EXPECT(sub, (u64)1, (s64)2, s64, -1, 0);
	EXPECT(sub, (u64)1, (s64)2, u64, -1, 1);
	EXPECT(sub, (s64)-1, (u64)-1, s64, 0, 1);
	EXPECT(mul, (u64)-1, (s64)-1, s64, 1, 1);
	EXPECT(mul, (u64)1 << 63, (s64)-1, s64, (s64)((u64)1 << 63), 0);
	EXPECT(mul, (u64)1 << 63, (s64)-1, u64, (u64)1 << 63, 1);
	EXPECT(mul, (s64)-3, (s64)-5, u8, 15, 0);
	EXPECT(mul, (u64)1 << 40, (u64)1 << 40, s64, 0, 1);
	EXPECT(add, (s64)1 << 40, (s8)-1, u32, -1, 1);
	return 0;
}
