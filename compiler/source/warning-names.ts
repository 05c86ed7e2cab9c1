/**
 * The names of warnings, as clang 19 knows them: -Wname, -Wno-name, -Werror=name, __has_warning("-Wname").
 *
 * Builds pass clang's names, so all of them are known here, the ones of other languages too; which of them tbcc can
 * give is seen where they are given. Three lists by default state, and the groups: a name that stands for others. The
 * lists are text, split when first asked for.
 */

const byDefaultErrors = `
  address-of-temporary argument-outside-range atomic-access c++11-narrowing c++11-narrowing-const-reference
  delegating-ctor-cycles dtor-typedef dynamic-exception-spec elaborated-enum-base elaborated-enum-class
  enum-constexpr-conversion gnu-array-member-paren-init hip-omp-target-directives hlsl-availability
  implicit-function-declaration implicit-int incompatible-function-pointer-types incompatible-ms-struct increment-bool
  int-conversion invalid-constexpr invalid-ios-deployment-target invalid-partial-specialization
  invalid-static-assert-message invalid-token-paste missing-template-arg-list-after-template-kw
  module-file-config-mismatch module-import-in-extern-c modules-import-nested-redundant non-pod-varargs
  nullability-declspec out-of-line-declaration private-header register reserved-user-defined-literal return-mismatch
  signed-unsigned-wchar static-float-init strict-primary-template-shadow unusable-partial-specialization vec-elem-size
`;

const byDefaultOn = `
  #pragma-messages #warnings bpf bpf-abi initializer-overrides
  CFString-literal IndependentClass-attribute NSObject-attribute absolute-value
  abstract-final-class address address-of-packed-member aix-compat alias-template-in-declaration-name align-mismatch
  alloca-with-align-alignof always-inline-coroutine ambiguous-delete ambiguous-ellipsis ambiguous-macro
  ambiguous-member-template ambiguous-reversed-operator analyzer-incompatible-plugin android-unversioned-fallback
  anonymous-pack-parens apinotes arc arc-bridge-casts-disallowed-in-nonarc arc-non-pod-memaccess
  arc-performSelector-leaks arc-retain-cycles arc-unsafe-retained-assign argument-undefined-behaviour
  arm-interrupt-vfp-clobber array-bounds asm asm-operand-widths assume atimport-in-framework-header atomic-alignment
  atomic-memory-ordering atomic-property-with-user-defined-accessor attribute-packed-for-bitfield attribute-warning
  attributes auto-disable-vptr-sanitizer auto-storage-class auto-var-id availability avr-rtlib-linking-quirks
  backend-plugin backslash-newline-escape binding-in-condition bitfield-constant-conversion bitfield-width
  bitwise-conditional-parentheses block-capture-autoreleasing bool-conversion bool-conversions
  bounds-safety-counted-by-elt-type-unknown-size braced-scalar-init branch-protection bridge-cast
  builtin-assume-aligned-alignment builtin-macro-redefined builtin-memcpy-chk-size builtin-requires-header
  c++11-compat-deprecated-writable-strings c++11-inline-namespace c++17-compat-mangling c++1z-compat-mangling
  c++23-extensions c++23-lambda-attributes c++2b-extensions c++2c-compat call-to-pure-virtual-from-ctor-dtor
  cast-calling-convention cast-of-sel-type cast-qual-unrelated clang-cl-pch class-conversion cmse-union-leak
  compare-distinct-pointer-types compound-token-split-by-macro conditional-type-mismatch config-macros
  constant-conversion constant-evaluated constant-logical-operand constexpr-not-const conversion-null
  coro-non-aligned-allocation-function coroutine coroutine-missing-unhandled-exception cpp ctu cxx-attribute-extension
  dangling-assignment dangling-else dangling-field dangling-gsl dangling-initializer-list darwin-sdk-settings
  dealloc-in-category debug-compression-unavailable defaulted-function-deleted delayed-template-parsing-in-cxx20
  delete-abstract-non-virtual-dtor delete-incomplete deprecate-lax-vec-conv-all deprecated-altivec-src-compat
  deprecated-anon-enum-enum-conversion deprecated-array-compare deprecated-attributes deprecated-builtins
  deprecated-comma-subscript deprecated-coroutine deprecated-declarations deprecated-enum-compare
  deprecated-enum-compare-conditional deprecated-enum-enum-conversion deprecated-enum-float-conversion
  deprecated-increment-bool deprecated-module-dot-map deprecated-no-relaxed-template-template-args
  deprecated-non-prototype deprecated-objc-isa-usage deprecated-objc-pointer-introspection
  deprecated-objc-pointer-introspection-performSelector deprecated-ofast deprecated-pragma deprecated-register
  deprecated-this-capture deprecated-type deprecated-volatile deprecated-writable-strings distributed-object-modifiers
  div-by-zero division-by-zero dll-attribute-on-redeclaration dllexport-explicit-instantiation-decl
  dllimport-static-field-def duplicate-decl-specifier duplicate-protocol dxil-validation dynamic-class-memaccess
  eager-load-cxx-named-modules
  empty-body empty-decomposition encode-type endif-labels enum-compare enum-compare-switch enum-too-large exceptions
  excess-initializers excessive-regsave experimental-header-units explicit-initialize-call
  explicit-specialization-storage-class extern-c-compat extern-initializer extra-qualification extra-tokens
  extractapi-misuse final-dtor-non-final-class final-macro fixed-point-overflow flag-enum format format-extra-args
  format-insufficient-args format-invalid-specifier format-overflow format-overflow-non-kprintf format-security
  format-truncation format-truncation-non-kprintf format-zero-length fortify-source frame-larger-than
  frame-larger-than= framework-include-private-from-public free-nonheap-object friend-enum
  function-def-in-objc-container function-effects function-multiversion global-isel gnu-alignof-expression gnu-folding-constant
  gnu-inline-cpp-without-extern gnu-static-float-init gnu-string-literal-operator-template
  gnu-variable-sized-type-not-at-end gpu-maybe-wrong-side header-guard higher-precision-fp hip-only hlsl-extensions
  ignored-attributes ignored-availability-without-sdk-settings ignored-gch ignored-optimization-argument
  ignored-pragma-intrinsic ignored-pragmas ignored-reference-qualifiers implicit-const-int-float-conversion
  implicit-conversion-floating-point-to-bool implicit-exception-spec-mismatch implicit-fixed-point-conversion
  implicitly-unsigned-literal inaccessible-base include-angled-in-module-purview include-next-absolute-path
  include-next-outside-header incompatible-exception-spec incompatible-library-redeclaration
  incompatible-ms-pragma-section incompatible-pointer-types incompatible-pointer-types-discards-qualifiers
  incompatible-property-type incompatible-sysroot incomplete-framework-module-declaration incomplete-implementation
  incomplete-setjmp-declaration incomplete-umbrella inconsistent-dllimport inconsistent-missing-override
  injected-class-name inline-asm inline-namespace-reopened-noninline inline-new-delete installapi-violation
  instantiation-after-specialization int-conversions int-to-pointer-cast int-to-void-pointer-cast integer-overflow
  invalid-command-line-argument invalid-feature-combination invalid-iboutlet invalid-initializer-from-system-header
  invalid-no-builtin-names invalid-noreturn invalid-offsetof invalid-pp-token invalid-source-encoding
  invalid-unevaluated-string jump-seh-finally keyword-compat knr-promoted-parameter large-by-value-copy
  linker-warnings literal-conversion literal-range logical-not-parentheses macro-redefined main-return-type
  malformed-warning-check many-braces-around-scalar-init mathematical-notation-identifier-extension max-unsigned-zero
  memset-transposed-args memsize-comparison microsoft-abstract microsoft-cast microsoft-const-init
  microsoft-default-arg-redefinition microsoft-drectve-section microsoft-enum-forward-reference microsoft-exists
  microsoft-explicit-constructor-call microsoft-extra-qualification microsoft-goto microsoft-inaccessible-base
  microsoft-include microsoft-init-from-predefined microsoft-mutable-reference microsoft-pure-definition
  microsoft-sealed microsoft-static-assert microsoft-string-literal-from-predefined microsoft-template
  microsoft-template-shadow microsoft-union-member-reference microsoft-unqualified-friend microsoft-using-decl
  microsoft-void-pseudo-dtor misexpect mismatched-new-delete mismatched-parameter-types mismatched-return-types
  missing-constinit missing-declarations missing-exception-spec missing-multilib missing-noescape
  missing-prototype-for-cc missing-selector-name missing-sysroot misspelled-assumption mix-packoffset module-conflict
  module-file-extension modules-ambiguous-internal-linkage msvc-include msvc-not-found multi-gpu multichar
  multiple-move-vbase nan-infinity-disabled new-returns-null noderef noexcept-type non-c-typedef-for-linkage
  non-literal-null-conversion non-power-of-two-alignment nonnull nonportable-include-path
  nonportable-private-apinotes-path nonportable-vector-initialization nontrivial-memaccess nsconsumed-mismatch
  nsreturns-mismatch null-arithmetic null-character null-conversion null-dereference nullability
  nullability-completeness nullability-completeness-on-arrays nullability-inferred-on-nested-type
  objc-autosynthesis-property-ivar-name-match objc-bool-constant-conversion objc-boxing objc-circular-container
  objc-cocoa-api objc-designated-initializers objc-dictionary-duplicate-keys objc-duplicate-category-definition
  objc-flexible-array objc-forward-class-redefinition objc-literal-compare objc-literal-conversion
  objc-macro-redefinition objc-method-access objc-missing-super-calls objc-multiple-method-names
  objc-noncopy-retain-block-property objc-nonunified-exceptions objc-property-implementation
  objc-property-implicit-mismatch objc-property-matches-cocoa-ownership-rule objc-property-no-attribute
  objc-property-synthesis objc-protocol-method-implementation objc-protocol-property-synthesis
  objc-protocol-qualifiers objc-readonly-with-setter-property objc-redundant-api-use objc-redundant-literal-use
  objc-root-class objc-signed-char-bool-implicit-float-conversion objc-string-compare objc-string-concatenation
  objc-unsafe-perform-selector odr openacc-deprecated-clause-alias openacc-self-if-potential-conflict
  opencl-unsupported-rgba openmp-51-extensions openmp-clauses openmp-extensions openmp-loop-form openmp-mapping
  openmp-target openmp-target-exception option-ignored ordered-compare-function-pointers out-of-scope-function
  overloaded-shift-op-parentheses override-init override-module overriding-option parentheses parentheses-equality pass-failed
  pch-date-time pch-vfs-diff pedantic-macros pointer-bool-conversion pointer-compare pointer-integer-compare
  pointer-sign pointer-to-enum-cast pointer-to-int-cast pointer-type-mismatch potentially-direct-selector
  potentially-evaluated-expression pragma-clang-attribute pragma-once-outside-header
  pragma-system-header-outside-header predefined-identifier-outside-function private-extern private-module
  profile-instr-out-of-date profile-instr-unprofiled property-access-dot-syntax property-attribute-mismatch protocol
  protocol-property-synthesis-ambiguity psabi ptrauth-null-pointers qualified-void-return-type read-only-types
  readonly-iboutlet-property receiver-expr redeclared-class-member redundant-consteval-if reinterpret-base-class
  reorder-init-list requires-super-attribute reserved-module-identifier restrict-expansion return-local-addr
  return-stack-address return-type return-type-c-linkage rewrite-not-bool rtti sarif-format-unstable section
  self-assign-field sentinel sequence-point serialized-diagnostics shadow-ivar shift-count-negative
  shift-count-overflow shift-negative-value shift-op-parentheses shift-overflow
  single-bit-bitfield-constant-conversion sizeof-array-argument sizeof-array-decay sizeof-array-div sizeof-pointer-div
  sizeof-pointer-memaccess slash-u-filename slh-asm-goto sloc-usage source-mgr stack-exhausted stack-protector
  static-inline-explicit-instantiation static-local-in-inline static-self-init stdlibcxx-not-found string-compare
  string-plus-char string-plus-int strlcpy-strlcat-size strncat-size suspicious-bzero suspicious-memaccess
  swift-name-attribute switch switch-bool sync-alignment sync-fetch-and-nand-semantics-changed
  target-clones-mixed-specifiers tautological-compare tautological-constant-compare tautological-constant-out-of-range-compare
  tautological-objc-bool-compare tautological-pointer-compare tautological-undefined-compare tcb-enforcement
  template-in-declaration-name tentative-definition-array tentative-definition-incomplete-type trigraphs type-safety
  typedef-redefinition typename-missing unable-to-open-stats-file unaligned-qualifier-implicit-cast
  unavailable-declarations undefined-arm-za undefined-arm-zt0 undefined-bool-conversion undefined-inline
  undefined-internal undefined-var-template underaligned-exception-object unevaluated-expression
  unguarded-availability-new unicode unicode-homoglyph unicode-whitespace unicode-zero-width unknown-argument
  unknown-assumption unknown-attributes unknown-cuda-version unknown-directives unknown-escape-sequence
  unknown-sanitizers unknown-warning-option unqualified-std-cast-call unreachable-code-generic-assoc unsequenced
  unsupported-abi unsupported-abs unsupported-availability-guard unsupported-cb unsupported-floating-point-opt
  unsupported-friend unsupported-gpopt unsupported-nan unsupported-target-opt unsupported-visibility
  unused-command-line-argument unused-comparison unused-getter-return-value unused-result unused-value
  unused-volatile-lvalue user-defined-literals user-defined-warnings varargs vexing-parse visibility
  void-pointer-to-enum-cast void-pointer-to-int-cast void-ptr-dereference wasm-exception-spec writable-strings
  write-strings xor-used-as-pow
`;

const byDefaultOff = `
  CL4 aarch64-sme-attributes abi abstract-vbase-init aggregate-return all alloca anon-enum-enum-conversion
  arc-maybe-repeated-use-of-weak arc-repeated-use-of-weak array-bounds-pointer-arithmetic array-parameter assign-enum
  at-protocol atomic-implicit-seq-cst atomic-properties auto-decl-extensions auto-import bad-function-cast
  binary-literal bind-to-temporary-copy bit-int-extension bitfield-enum-conversion bitwise-instead-of-logical
  bitwise-op-parentheses bool-operation c++-compat c++0x-compat c++0x-extensions c++0x-narrowing c++11-compat
  c++11-compat-pedantic c++11-compat-reserved-user-defined-literal c++11-extensions c++11-extra-semi c++11-long-long
  c++14-attribute-extensions c++14-binary-literal c++14-compat c++14-compat-pedantic c++14-extensions
  c++17-attribute-extensions c++17-compat c++17-compat-pedantic c++17-extensions c++1y-extensions c++1z-compat
  c++1z-extensions c++20-attribute-extensions c++20-compat c++20-compat-pedantic c++20-designator c++20-extensions
  c++23-attribute-extensions c++23-compat c++26-extensions c++2a-compat c++2a-compat-pedantic c++2a-extensions
  c++2c-extensions c++98-c++11-c++14-c++17-compat c++98-c++11-c++14-c++17-compat-pedantic c++98-c++11-c++14-compat
  c++98-c++11-c++14-compat-pedantic c++98-c++11-compat c++98-c++11-compat-binary-literal c++98-c++11-compat-pedantic
  c++98-compat c++98-compat-bind-to-temporary-copy c++98-compat-extra-semi c++98-compat-local-type-template-args
  c++98-compat-pedantic c++98-compat-unnamed-type-template-args c11-extensions c23-compat c23-extensions c2x-compat
  c2x-extensions c2y-extensions c99-compat c99-designator c99-extensions called-once-parameter cast-align
  cast-function-type cast-function-type-mismatch cast-function-type-strict cast-qual char-align char-subscripts
  class-varargs comma comment comments completion-handler complex-component-init compound-token-split
  compound-token-split-by-space conditional-uninitialized consumed conversion covered-switch-default
  cstring-format-directive ctad-maybe-unsupported ctor-dtor-privacy cuda-compat custom-atomic-properties dangling
  dangling-assignment-gsl date-time declaration-after-statement delete-non-abstract-non-virtual-dtor
  delete-non-virtual-dtor delimited-escape-sequence-extension deprecated deprecated-copy deprecated-copy-dtor
  deprecated-copy-with-dtor deprecated-copy-with-user-provided-copy deprecated-copy-with-user-provided-dtor
  deprecated-dynamic-exception-spec deprecated-implementations deprecated-literal-operator
  deprecated-redundant-constexpr-static-def direct-ivar-access disabled-macro-expansion disabled-optimization
  discard-qual documentation documentation-deprecated-sync documentation-html documentation-pedantic
  documentation-unknown-command dollar-in-identifier-extension double-promotion dtor-name
  duplicate-enum duplicate-method-arg duplicate-method-match effc++ embedded-directive empty-init-stmt
  empty-translation-unit enum-compare-conditional enum-conversion enum-enum-conversion enum-float-conversion
  exit-time-destructors expansion-to-defined explicit-ownership-type export-unnamed extra extra-semi extra-semi-stmt
  fixed-enum-extension flexible-array-extensions float-conversion float-equal float-overflow-conversion
  float-zero-conversion for-loop-analysis format-non-iso format-nonliteral format-pedantic format-signedness
  format-type-confusion format-y2k format=2 four-char-constants frame-address fuse-ld-path future-attribute-extensions
  future-compat gcc-compat global-constructors gnu gnu-anonymous-struct gnu-auto-type gnu-binary-literal
  gnu-case-range gnu-complex-integer gnu-compound-literal-initializer gnu-conditional-omitted-operand gnu-designator
  gnu-empty-initializer gnu-empty-struct gnu-flexible-array-initializer gnu-flexible-array-union-member
  gnu-imaginary-constant gnu-include-next gnu-label-as-value gnu-line-marker
  gnu-null-pointer-arithmetic gnu-offsetof-extensions gnu-pointer-arith gnu-redeclared-enum gnu-statement-expression
  gnu-statement-expression-from-macro-expansion gnu-union-cast gnu-zero-line-directive
  gnu-zero-variadic-macro-arguments header-hygiene idiomatic-parentheses ignored-pragma-optimize ignored-qualifiers
  implicit implicit-atomic-properties implicit-fallthrough implicit-fallthrough-per-function implicit-float-conversion
  implicit-int-conversion implicit-int-float-conversion implicit-retain-self import
  import-preprocessor-directive-pedantic incompatible-function-pointer-types-strict incomplete-module
  inconsistent-missing-destructor-override infinite-recursion init-self inline int-in-bool-context
  invalid-or-nonexistent-directory invalid-pch invalid-utf8 keyword-macro language-extension-token liblto
  local-type-template-args logical-op-parentheses long-long loop-analysis main max-tokens method-signatures microsoft
  microsoft-anon-tag microsoft-charize microsoft-comment-paste microsoft-cpp-macro microsoft-end-of-file
  microsoft-enum-value microsoft-exception-spec microsoft-fixed-enum microsoft-flexible-array
  microsoft-redeclare-static misleading-indentation mismatched-tags missing-braces
  missing-designated-field-initializers missing-field-initializers missing-format-attribute missing-include-dirs
  missing-method-return-type missing-noreturn missing-prototypes missing-variable-declarations module-build
  module-import module-include-translation module-lock most move narrowing nested-anon-types nested-externs
  newline-eof non-gcc non-modular-include-in-framework-module non-modular-include-in-module non-virtual-dtor
  nonportable-cfstrings nonportable-private-system-apinotes-path nonportable-system-include-path
  null-pointer-arithmetic null-pointer-subtraction nullability-extension nullable-to-nonnull-conversion nvcc-compat
  objc-interface-ivars objc-messaging-id objc-missing-property-synthesis objc-property-assign-on-object-type
  objc-signed-char-bool objc-signed-char-bool-implicit-int-conversion old-style-cast old-style-definition openacc
  openmp over-aligned overflow overlength-strings overloaded-virtual overriding-method-mismatch packed packed-non-pod
  padded padded-bitfield partial-availability pass pass-analysis pass-missed pedantic
  pedantic-core-features pessimizing-move pointer-arith poison-system-directories pragma-pack
  pragma-pack-suspicious-include pragmas pre-c++14-compat pre-c++14-compat-pedantic pre-c++17-compat
  pre-c++17-compat-pedantic pre-c++20-compat pre-c++20-compat-pedantic pre-c++23-compat pre-c++23-compat-pedantic
  pre-c++26-compat pre-c++26-compat-pedantic pre-c++2c-compat pre-c++2c-compat-pedantic pre-c11-compat
  pre-c11-compat-pedantic pre-c23-compat pre-c23-compat-pedantic pre-c2x-compat pre-c2x-compat-pedantic pre-c2y-compat
  pre-c2y-compat-pedantic pre-openmp-51-compat profile-instr-missing quoted-include-in-framework-header
  range-loop-analysis range-loop-bind-reference range-loop-construct receiver-forward-class redundant-decls
  redundant-move redundant-parens remark-backend-plugin reorder reorder-ctor reserved-id-macro reserved-identifier
  reserved-macro-identifier retained-language-linkage return-std-move round-trip-cc1-args sanitize-address
  search-path-usage selector selector-type-mismatch self-assign self-assign-overloaded self-move
  semicolon-before-method-body shadow shadow-all shadow-field shadow-field-in-constructor
  shadow-field-in-constructor-modified shadow-uncaptured-local shift-sign-overflow shorten-64-to-32 sign-compare
  sign-conversion sign-promo signed-enum-bitfield sometimes-uninitialized source-uses-openacc source-uses-openmp
  spir-compat spirv-compat static-in-inline strict-aliasing strict-aliasing=0 strict-aliasing=1 strict-aliasing=2
  strict-overflow strict-overflow=0 strict-overflow=1 strict-overflow=2 strict-overflow=3 strict-overflow=4
  strict-overflow=5 strict-potentially-direct-selector strict-prototypes strict-selector-match string-concatenation
  string-conversion suggest-destructor-override suggest-override super-class-method-mismatch switch-default
  switch-enum synth tautological-bitwise-compare tautological-constant-in-range-compare
  tautological-negation-compare tautological-overlap-compare tautological-type-limit-compare
  tautological-unsigned-char-zero-compare tautological-unsigned-enum-zero-compare tautological-unsigned-zero-compare
  tautological-value-range-compare thread-safety thread-safety-analysis thread-safety-attributes thread-safety-beta
  thread-safety-negative thread-safety-precise thread-safety-reference thread-safety-reference-return
  thread-safety-verbose type-limits unaligned-access undeclared-selector undef undef-prefix undefined-func-template
  undefined-internal-type undefined-reinterpret-cast unguarded-availability uninitialized
  uninitialized-const-reference unknown-pragmas unnamed-type-template-args unneeded-internal-declaration
  unneeded-member-function unreachable-code unreachable-code-aggressive unreachable-code-break
  unreachable-code-fallthrough unreachable-code-loop-increment unreachable-code-return unsafe-buffer-usage
  unsafe-buffer-usage-in-container unsupported-dll-base-class-template unused unused-argument unused-but-set-parameter
  unused-but-set-variable unused-const-variable unused-exception-parameter unused-function unused-label
  unused-lambda-capture unused-local-typedef unused-local-typedefs unused-macros unused-member-function
  unused-parameter unused-private-field unused-property-ivar unused-template unused-variable used-but-marked-unused
  variadic-macros vector-conversion vector-conversions vla vla-cxx-extension vla-extension vla-extension-static-assert
  volatile-register-var weak-template-vtables weak-vtables zero-as-null-pointer-constant zero-length-array
`;

/** `group: members`; a line that starts with four spaces goes on. */
const groupText = `
  CL4: all extra
  address: pointer-bool-conversion string-compare tautological-pointer-compare
  all: most parentheses switch switch-bool misleading-indentation packed-non-pod vla-cxx-extension
  anon-enum-enum-conversion: deprecated-anon-enum-enum-conversion
  arc: arc-unsafe-retained-assign arc-retain-cycles arc-non-pod-memaccess
  arc-repeated-use-of-weak: arc-maybe-repeated-use-of-weak
  asm: asm-operand-widths
  atomic-properties: implicit-atomic-properties custom-atomic-properties
  attributes: unknown-attributes ignored-attributes
  binary-literal: c++14-binary-literal c++98-c++11-compat-binary-literal
  bind-to-temporary-copy: c++98-compat-bind-to-temporary-copy
  bitfield-constant-conversion: single-bit-bitfield-constant-conversion
  bool-conversion: pointer-bool-conversion undefined-bool-conversion
  bool-conversions: bool-conversion
  bool-operation: bitwise-instead-of-logical
  c++0x-compat: c++11-compat
  c++0x-extensions: c++11-extensions
  c++0x-narrowing: c++11-narrowing
  c++11-compat: c++11-narrowing c++11-compat-reserved-user-defined-literal c++11-compat-deprecated-writable-strings
    pre-c++14-compat pre-c++17-compat pre-c++20-compat pre-c++23-compat pre-c++26-compat
  c++11-compat-pedantic: c++11-compat pre-c++14-compat-pedantic pre-c++17-compat-pedantic pre-c++20-compat-pedantic
    pre-c++23-compat-pedantic pre-c++26-compat-pedantic
  c++11-extensions: c++11-extra-semi c++11-inline-namespace c++11-long-long
  c++11-narrowing: c++11-narrowing-const-reference
  c++14-compat: pre-c++17-compat pre-c++20-compat pre-c++23-compat pre-c++26-compat
  c++14-compat-pedantic: c++14-compat pre-c++17-compat-pedantic pre-c++20-compat-pedantic pre-c++23-compat-pedantic
    pre-c++26-compat-pedantic
  c++14-extensions: c++14-binary-literal c++14-attribute-extensions
  c++17-compat: deprecated-register deprecated-increment-bool c++17-compat-mangling pre-c++20-compat pre-c++23-compat
    pre-c++26-compat
  c++17-compat-pedantic: c++17-compat pre-c++20-compat-pedantic pre-c++23-compat-pedantic pre-c++26-compat-pedantic
  c++17-extensions: c++17-attribute-extensions
  c++1y-extensions: c++14-extensions
  c++1z-compat: c++17-compat
  c++1z-compat-mangling: c++17-compat-mangling
  c++1z-extensions: c++17-extensions
  c++20-compat: pre-c++23-compat pre-c++26-compat
  c++20-compat-pedantic: c++20-compat pre-c++23-compat-pedantic pre-c++26-compat-pedantic
  c++20-extensions: c++20-designator c++20-attribute-extensions
  c++23-compat: pre-c++26-compat
  c++23-extensions: c++23-lambda-attributes
  c++2a-compat: c++20-compat
  c++2a-compat-pedantic: c++20-compat-pedantic
  c++2a-extensions: c++20-extensions
  c++2b-extensions: c++23-extensions
  c++2c-compat: delete-incomplete
  c++2c-extensions: c++26-extensions
  c++98-c++11-c++14-c++17-compat: pre-c++20-compat
  c++98-c++11-c++14-c++17-compat-pedantic: pre-c++20-compat-pedantic
  c++98-c++11-c++14-compat: pre-c++17-compat
  c++98-c++11-c++14-compat-pedantic: pre-c++17-compat-pedantic
  c++98-c++11-compat: pre-c++14-compat
  c++98-c++11-compat-pedantic: pre-c++14-compat-pedantic
  c++98-compat: c++98-compat-local-type-template-args c++98-compat-unnamed-type-template-args pre-c++14-compat
    pre-c++17-compat pre-c++20-compat pre-c++23-compat pre-c++26-compat
  c++98-compat-pedantic: c++98-compat c++98-compat-bind-to-temporary-copy c++98-compat-extra-semi
    pre-c++14-compat-pedantic pre-c++17-compat-pedantic pre-c++20-compat-pedantic pre-c++23-compat-pedantic
    pre-c++26-compat-pedantic
  c2x-compat: c23-compat
  c2x-extensions: c23-extensions
  c99-designator: c++20-designator
  c99-extensions: c99-designator
  called-once-parameter: completion-handler
  cast-function-type: cast-function-type-strict cast-function-type-mismatch
  class-varargs: non-pod-varargs
  comments: comment
  compound-token-split: compound-token-split-by-macro compound-token-split-by-space
  constant-conversion: bitfield-constant-conversion objc-bool-constant-conversion
  conversion: bool-conversion constant-conversion enum-conversion bitfield-enum-conversion float-conversion
    int-conversion implicit-int-conversion implicit-float-conversion literal-conversion non-literal-null-conversion
    null-conversion objc-literal-conversion sign-conversion string-conversion
  conversion-null: null-conversion
  coroutine: coroutine-missing-unhandled-exception deprecated-coroutine always-inline-coroutine
    coro-non-aligned-allocation-function
  cpp: #warnings
  dangling: dangling-assignment dangling-assignment-gsl dangling-field dangling-initializer-list dangling-gsl
    return-stack-address
  delete-non-virtual-dtor: delete-non-abstract-non-virtual-dtor delete-abstract-non-virtual-dtor
  deprecated: deprecated-anon-enum-enum-conversion deprecated-array-compare deprecated-attributes
    deprecated-comma-subscript deprecated-copy deprecated-copy-with-dtor deprecated-declarations
    deprecated-dynamic-exception-spec deprecated-enum-compare deprecated-enum-compare-conditional
    deprecated-enum-enum-conversion deprecated-enum-float-conversion deprecated-builtins deprecated-increment-bool
    deprecated-literal-operator deprecated-pragma deprecated-register deprecated-no-relaxed-template-template-args
    deprecated-ofast deprecated-this-capture deprecated-type deprecated-volatile deprecated-writable-strings
    deprecated-redundant-constexpr-static-def
  deprecated-copy: deprecated-copy-with-user-provided-copy
  deprecated-copy-dtor: deprecated-copy-with-dtor
  deprecated-copy-with-dtor: deprecated-copy-with-user-provided-dtor
  deprecated-objc-pointer-introspection: deprecated-objc-pointer-introspection-performSelector
  deprecated-writable-strings: c++11-compat-deprecated-writable-strings
  div-by-zero: division-by-zero
  documentation: documentation-html documentation-deprecated-sync
  documentation-pedantic: documentation-unknown-command
  dynamic-exception-spec: deprecated-dynamic-exception-spec
  effc++: non-virtual-dtor
  endif-labels: extra-tokens
  enum-compare: enum-compare-switch deprecated-enum-compare
  enum-compare-conditional: deprecated-enum-compare-conditional
  enum-conversion: enum-enum-conversion enum-float-conversion enum-compare-conditional
  enum-enum-conversion: deprecated-enum-enum-conversion
  enum-float-conversion: deprecated-enum-float-conversion
  extra: deprecated-copy missing-field-initializers ignored-qualifiers initializer-overrides
    semicolon-before-method-body missing-method-return-type sign-compare unused-parameter unused-but-set-parameter
    null-pointer-arithmetic null-pointer-subtraction empty-init-stmt string-concatenation fuse-ld-path
    cast-function-type-mismatch
  extra-semi: c++98-compat-extra-semi c++11-extra-semi
  extra-semi-stmt: empty-init-stmt
  float-conversion: float-overflow-conversion float-zero-conversion
  format: format-extra-args format-zero-length nonnull format-security format-y2k format-invalid-specifier
    format-insufficient-args format-overflow format-truncation
  format-overflow: format-overflow-non-kprintf
  format-truncation: format-truncation-non-kprintf
  format=2: format-nonliteral format-security format-y2k
  fortify-source: format-overflow format-truncation
  frame-larger-than=: frame-larger-than
  function-multiversion: target-clones-mixed-specifiers
  future-attribute-extensions: c++14-attribute-extensions c++17-attribute-extensions c++20-attribute-extensions
    c++23-attribute-extensions
  gnu: gnu-alignof-expression gnu-anonymous-struct gnu-auto-type gnu-binary-literal gnu-case-range gnu-complex-integer
    gnu-compound-literal-initializer gnu-conditional-omitted-operand gnu-designator gnu-empty-struct vla-extension
    gnu-flexible-array-initializer gnu-flexible-array-union-member gnu-folding-constant gnu-imaginary-constant
    gnu-include-next gnu-label-as-value gnu-line-marker gnu-null-pointer-arithmetic gnu-offsetof-extensions
    gnu-pointer-arith redeclared-class-member gnu-redeclared-enum gnu-statement-expression gnu-static-float-init
    gnu-string-literal-operator-template gnu-union-cast gnu-variable-sized-type-not-at-end zero-length-array
    gnu-zero-line-directive gnu-zero-variadic-macro-arguments
  gnu-statement-expression: gnu-statement-expression-from-macro-expansion
  ignored-pragmas: ignored-pragma-intrinsic ignored-pragma-optimize
  ignored-qualifiers: ignored-reference-qualifiers
  implicit: implicit-function-declaration implicit-int
  implicit-fallthrough: implicit-fallthrough-per-function
  implicit-float-conversion: implicit-int-float-conversion objc-signed-char-bool-implicit-float-conversion
  implicit-int-conversion: shorten-64-to-32 objc-signed-char-bool-implicit-int-conversion
  implicit-int-float-conversion: implicit-const-int-float-conversion
  incompatible-pointer-types: incompatible-pointer-types-discards-qualifiers incompatible-function-pointer-types
  incomplete-module: incomplete-umbrella non-modular-include-in-module
  increment-bool: deprecated-increment-bool
  int-conversions: int-conversion
  int-to-pointer-cast: int-to-void-pointer-cast
  invalid-command-line-argument: ignored-optimization-argument
  local-type-template-args: c++98-compat-local-type-template-args
  long-long: c++11-long-long
  loop-analysis: for-loop-analysis range-loop-analysis
  microsoft: microsoft-charize microsoft-drectve-section microsoft-include microsoft-cpp-macro microsoft-fixed-enum
    microsoft-sealed microsoft-abstract microsoft-unqualified-friend microsoft-exception-spec microsoft-using-decl
    microsoft-mutable-reference microsoft-pure-definition microsoft-union-member-reference
    microsoft-explicit-constructor-call microsoft-enum-value microsoft-default-arg-redefinition microsoft-template
    microsoft-redeclare-static microsoft-enum-forward-reference microsoft-goto microsoft-flexible-array
    microsoft-extra-qualification microsoft-cast microsoft-const-init microsoft-void-pseudo-dtor microsoft-anon-tag
    microsoft-comment-paste microsoft-end-of-file microsoft-static-assert microsoft-init-from-predefined
    microsoft-string-literal-from-predefined inconsistent-dllimport
  microsoft-template: microsoft-template-shadow
  missing-field-initializers: missing-designated-field-initializers
  most: array-parameter bool-operation char-subscripts comment delete-non-virtual-dtor format for-loop-analysis
    frame-address implicit infinite-recursion int-in-bool-context mismatched-tags missing-braces move multichar
    range-loop-construct reorder return-type self-assign self-move sizeof-array-argument sizeof-array-decay
    string-plus-int tautological-compare trigraphs uninitialized unknown-pragmas unused volatile-register-var
    objc-missing-super-calls objc-designated-initializers objc-flexible-array overloaded-virtual private-extern
    cast-of-sel-type extern-c-compat user-defined-warnings
  move: pessimizing-move redundant-move return-std-move self-move
  msvc-include: microsoft-include
  narrowing: c++11-narrowing
  noexcept-type: c++17-compat-mangling
  non-gcc: sign-compare conversion literal-range
  non-modular-include-in-module: non-modular-include-in-framework-module
  null-pointer-arithmetic: gnu-null-pointer-arithmetic
  nullability-completeness: nullability-completeness-on-arrays
  objc-cocoa-api: objc-redundant-api-use
  objc-literal-compare: objc-string-compare
  objc-redundant-api-use: objc-redundant-literal-use
  objc-signed-char-bool: objc-signed-char-bool-implicit-int-conversion objc-signed-char-bool-implicit-float-conversion
    objc-bool-constant-conversion tautological-objc-bool-compare
  openacc: source-uses-openacc
  openmp: source-uses-openmp openmp-clauses openmp-loop-form openmp-target openmp-mapping openmp-51-extensions
    openmp-extensions openmp-target-exception
  openmp-target: openmp-mapping
  override-init: initializer-overrides
  packed: packed-non-pod
  padded: padded-bitfield
  parentheses: logical-op-parentheses logical-not-parentheses bitwise-conditional-parentheses bitwise-op-parentheses
    shift-op-parentheses overloaded-shift-op-parentheses parentheses-equality dangling-else
  partial-availability: unguarded-availability
  pedantic: bit-int-extension c2y-extensions c11-extensions c++11-extra-semi c++11-long-long
    c++14-attribute-extensions c++14-binary-literal c++17-attribute-extensions c++20-attribute-extensions
    c++20-designator flexible-array-extensions future-attribute-extensions gnu-anonymous-struct gnu-auto-type
    gnu-case-range gnu-complex-integer gnu-compound-literal-initializer gnu-conditional-omitted-operand
    gnu-empty-struct gnu-flexible-array-initializer gnu-flexible-array-union-member gnu-imaginary-constant
    gnu-include-next gnu-label-as-value gnu-line-marker gnu-null-pointer-arithmetic gnu-pointer-arith
    gnu-redeclared-enum gnu-statement-expression gnu-union-cast gnu-zero-line-directive
    gnu-zero-variadic-macro-arguments keyword-macro long-long microsoft-charize microsoft-comment-paste
    microsoft-cpp-macro microsoft-end-of-file microsoft-enum-value microsoft-fixed-enum microsoft-flexible-array
    microsoft-redeclare-static overlength-strings zero-length-array dollar-in-identifier-extension
    language-extension-token invalid-utf8 delimited-escape-sequence-extension import-preprocessor-directive-pedantic
    embedded-directive empty-translation-unit nullability-extension fixed-enum-extension auto-decl-extensions
    undefined-internal-type retained-language-linkage complex-component-init nested-anon-types strict-prototypes
    format-pedantic
  pedantic-macros: deprecated-pragma macro-redefined builtin-macro-redefined restrict-expansion final-macro
  pointer-arith: gnu-pointer-arith
  pointer-to-enum-cast: void-pointer-to-enum-cast
  pointer-to-int-cast: pointer-to-enum-cast void-pointer-to-int-cast
  pragma-pack: pragma-pack-suspicious-include
  pragmas: unknown-pragmas ignored-pragmas pragma-clang-attribute pragma-pack
  pre-c++14-compat-pedantic: pre-c++14-compat c++98-c++11-compat-binary-literal
  pre-c++17-compat-pedantic: pre-c++17-compat
  pre-c++20-compat-pedantic: pre-c++20-compat
  pre-c++23-compat-pedantic: pre-c++23-compat
  pre-c++26-compat-pedantic: pre-c++26-compat
  pre-c++2c-compat: pre-c++26-compat
  pre-c++2c-compat-pedantic: pre-c++26-compat-pedantic
  pre-c11-compat-pedantic: pre-c11-compat
  pre-c23-compat-pedantic: pre-c23-compat
  pre-c2x-compat: pre-c23-compat
  pre-c2x-compat-pedantic: pre-c23-compat-pedantic
  pre-c2y-compat-pedantic: pre-c2y-compat
  range-loop-analysis: range-loop-construct range-loop-bind-reference
  register: deprecated-register
  reorder: reorder-ctor reorder-init-list
  reserved-id-macro: reserved-macro-identifier
  reserved-identifier: reserved-macro-identifier reserved-module-identifier user-defined-literals
  reserved-user-defined-literal: c++11-compat-reserved-user-defined-literal
  return-local-addr: return-stack-address
  return-type: return-type-c-linkage return-mismatch
  selector: selector-type-mismatch
  self-assign: self-assign-overloaded self-assign-field
  sequence-point: unsequenced
  shadow: shadow-field-in-constructor-modified shadow-ivar
  shadow-all: shadow shadow-field-in-constructor shadow-uncaptured-local shadow-field
  shadow-field-in-constructor: shadow-field-in-constructor-modified
  spirv-compat: spir-compat
  static-float-init: gnu-static-float-init
  strict-potentially-direct-selector: potentially-direct-selector
  strict-prototypes: deprecated-non-prototype
  suspicious-memaccess: sizeof-pointer-memaccess dynamic-class-memaccess nontrivial-memaccess memset-transposed-args
    suspicious-bzero
  tautological-compare: tautological-constant-compare tautological-pointer-compare tautological-overlap-compare
    tautological-bitwise-compare tautological-undefined-compare tautological-objc-bool-compare
    tautological-negation-compare
  tautological-constant-compare: tautological-constant-out-of-range-compare
  tautological-constant-in-range-compare: type-limits tautological-value-range-compare
  thread-safety: thread-safety-attributes thread-safety-analysis thread-safety-precise thread-safety-reference
  thread-safety-reference: thread-safety-reference-return
  type-limits: tautological-type-limit-compare tautological-unsigned-zero-compare
    tautological-unsigned-char-zero-compare tautological-unsigned-enum-zero-compare
  unevaluated-expression: potentially-evaluated-expression
  unguarded-availability: unguarded-availability-new
  uninitialized: sometimes-uninitialized static-self-init uninitialized-const-reference
  unnamed-type-template-args: c++98-compat-unnamed-type-template-args
  unreachable-code: unreachable-code-loop-increment unreachable-code-fallthrough unreachable-code-generic-assoc
  unreachable-code-aggressive: unreachable-code unreachable-code-break unreachable-code-return
  unsafe-buffer-usage: unsafe-buffer-usage-in-container
  unused: unused-argument unused-function unused-label unused-private-field unused-lambda-capture unused-local-typedef
    unused-value unused-variable unused-but-set-variable unused-property-ivar
  unused-function: unneeded-internal-declaration
  unused-local-typedefs: unused-local-typedef
  unused-member-function: unneeded-member-function
  unused-template: unneeded-internal-declaration
  unused-value: unused-comparison unused-result unevaluated-expression
  unused-variable: unused-const-variable
  vector-conversions: vector-conversion
  vla: vla-extension
  vla-cxx-extension: vla-extension-static-assert
  vla-extension: vla-cxx-extension
  void-pointer-to-int-cast: void-pointer-to-enum-cast
  writable-strings: deprecated-writable-strings
  write-strings: writable-strings
`;

export type DefaultState = "error" | "on" | "off";

let states: Map<string, DefaultState> | undefined;
let groups: Map<string, string[]> | undefined;

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Every known name with its default state. */
export function warningStates(): ReadonlyMap<string, DefaultState> {
  if (states === undefined) {
    states = new Map();
    for (const name of words(byDefaultErrors)) states.set(name, "error");
    for (const name of words(byDefaultOn)) states.set(name, "on");
    for (const name of words(byDefaultOff)) states.set(name, "off");
  }
  return states;
}

/** The names that a name stands for: itself and the members of its group, all levels down. */
export function warningMembers(name: string): string[] {
  if (groups === undefined) {
    groups = new Map();
    let members: string[] = [];
    for (const word of words(groupText)) {
      if (word.endsWith(":")) {
        members = [];
        groups.set(word.slice(0, -1), members);
      } else {
        members.push(word);
      }
    }
  }
  const found = new Set<string>([name === "" ? "extra" : name]);
  for (const member of found) for (const inner of groups.get(member) ?? []) found.add(inner);
  return [...found];
}
