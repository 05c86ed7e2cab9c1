// run
/* Vectors of floating elements: arithmetic, comparison and conversion go element by element and fold as scalars do. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define VECTOR(type, count) type __attribute__((vector_size(count * sizeof(type))))
typedef VECTOR(float, 4) float4; typedef VECTOR(int, 4) int4;
typedef VECTOR(double, 2) double2; typedef VECTOR(float, 2) float2; typedef VECTOR(long long, 2) long2;

static const float4 table[2] = { { 1, 2, 3, 4 }, { 0.5f, 4, 3, -1 } };
static float sum(float4 v) { float s = 0; for (int i = 0; i < 4; i++) s += v[i]; return s; }

int test(void)
{
	float4 a = table[0], b = table[1];
	float4 s = a + b * 2.0f, q = a / b, n = -a;
	CHECK(s[0] == 2 && s[1] == 10 && s[2] == 9 && s[3] == 2);
	CHECK(q[0] == 2 && q[1] == 0.5f && q[2] == 1 && q[3] == -4);
	CHECK(n[0] == -1 && n[3] == -4 && sum(n) == -10);
	int4 less = a < b, equal = a == b;
	CHECK(less[0] == 0 && less[1] == -1 && less[2] == 0 && less[3] == 0);
	CHECK(equal[0] == 0 && equal[1] == 0 && equal[2] == -1 && equal[3] == 0);
	double2 wide = __builtin_convertvector((float2){ 1.5f, 2.5f }, double2);
	CHECK(wide[0] + wide[1] == 4.0);
	wide += 0.1;
	wide[1] = 1e300 * wide[1];
	CHECK(wide[0] == 1.5 + 0.1 && wide[1] > 2.5e300 && wide[1] < 2.7e300);
	int4 whole = __builtin_convertvector(q, int4);
	CHECK(whole[0] == 2 && whole[1] == 0 && whole[2] == 1 && whole[3] == -4);
	long2 same = wide == wide, none = wide != wide;
	CHECK(same[0] == -1 && same[1] == -1 && none[0] == 0 && none[1] == 0);
	int4 bits = (int4)a;
	CHECK(bits[0] == 0x3f800000 && bits[3] == 0x40800000);
	return 0;
}
