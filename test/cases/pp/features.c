// pp
__has_attribute(packed) __has_attribute(__packed__) __has_attribute(preserve_access_index) __has_attribute(nonsense)
__has_feature(c_atomic) __has_feature(address_sanitizer) __has_extension(c_alignas) __has_extension(gnu_asm) __has_feature(gnu_asm)
__has_c_attribute(fallthrough) __has_c_attribute(gnu::packed) __has_c_attribute(clang::btf_decl_tag) __has_c_attribute(gnu::x)
__has_warning("-Wall") __has_warning("-Wnonsense")
__is_identifier(int) __is_identifier(foo) __is_target_arch(bpf) __is_target_arch(x86_64) __is_target_os(linux) __is_target_os(unknown) __is_target_os(win32) __is_target_environment(gnueabi) __is_target_environment(unknown)
__COUNTER__ __COUNTER__ __INCLUDE_LEVEL__ __FLT_EVAL_METHOD__
#if defined __has_include && defined __has_attribute && defined(__has_builtin) && defined _Pragma
yes
#endif
#if __has_include("nonsense.h") || __has_include(<nonsense.h>) || __has_include(<a//b.h>)
wrong
#endif
#define H <nonsense.h>
#if !__has_include(H) && !__has_embed("x")
yes
#endif
__clang_major__ __BPF_CPU_VERSION__ __SIZEOF_LONG__ __INT64_TYPE__ __UINTPTR_MAX__
