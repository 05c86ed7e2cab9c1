// error
// clang: it knows this layout of bit-fields
struct __attribute__((ms_struct)) fields { char a; int b : 5; }; // error: 'ms_struct' attribute is not supported: bit-fields are laid out as GCC and clang do for BPF
#pragma ms_struct on // error: '#pragma ms_struct on' is not supported: bit-fields are laid out as GCC and clang do for BPF
#pragma ms_struct off
#pragma ms_struct // warning: incorrect use of '#pragma ms_struct on|off' - ignored
