/**
 * The attributes that clang knows for BPF: what each may stand on, which arguments it takes, which others it excludes
 * and how it may be spelt. attributes.ts gives those with an effect their meaning; attribute-rules.ts holds what is
 * written against this table.
 */

/** The things that an attribute can stand on. */
export type PlaceKind =
  | "function" | "global" | "staticLocal" | "local" | "parameter" | "typedef" | "struct" | "union" | "enum"
  | "enumerator" | "field" | "bitField" | "label";

export interface Subjects {
  readonly kinds: readonly PlaceKind[];
  /** Also what has a function type or points to a function. */
  readonly functionLike?: boolean;
  /** Of functions only those with a prototype, or only those declared `inline`. */
  readonly only?: "prototyped" | "inline";
}

/** "text": one string; "texts": at least one; "message": at most two; "anything" is left to whoever reads it. */
export type ArgumentRule =
  | "none" | "one" | "text" | "texts" | "message" | "integer" | "anything"
  | { readonly least: number; readonly most: number };

export interface AttributeRow {
  /** clang's words for the subjects; undefined: whoever reads it decides. */
  readonly to: string | undefined;
  /** What standing on something else is. */
  readonly wrong: "warning" | "error";
  readonly arguments: ArgumentRule;
}

const variables: readonly PlaceKind[] = ["global", "staticLocal", "local", "parameter"];
const globals: readonly PlaceKind[] = ["global", "staticLocal"];
const records: readonly PlaceKind[] = ["struct", "union"];
const fields: readonly PlaceKind[] = ["field", "bitField"];

/** What clang's words for subjects cover in C. */
export const subjects: ReadonlyMap<string, Subjects> = new Map<string, Subjects>([
  ["functions", { kinds: ["function"] }],
  ["functions and Objective-C methods", { kinds: ["function"] }],
  ["functions, Objective-C methods, and Objective-C properties", { kinds: ["function"] }],
  ["Objective-C methods and functions", { kinds: ["function"] }],
  ["functions and statements", { kinds: ["function"] }],
  ["functions, statements and variables", { kinds: ["function", ...variables] }],
  ["inline functions", { kinds: ["function"], only: "inline" }],
  ["functions and function pointers", { kinds: ["function"], functionLike: true }],
  ["functions, methods and blocks", { kinds: ["function"], functionLike: true }],
  ["functions, methods, and parameters", { kinds: ["function", "parameter"], functionLike: true }],
  ["non-K&R-style functions", { kinds: ["function"], functionLike: true, only: "prototyped" }],
  ["Objective-C methods and non-K&R-style functions", { kinds: ["function"], functionLike: true, only: "prototyped" }],
  ["Objective-C methods, blocks, and non-K&R-style functions",
    { kinds: ["function"], functionLike: true, only: "prototyped" }],
  ["functions and global variables", { kinds: ["function", ...globals] }],
  ["functions, Objective-C methods, and global variables", { kinds: ["function", ...globals] }],
  ["functions, global variables, Objective-C methods, and Objective-C properties", { kinds: ["function", ...globals] }],
  ["variables with non-local storage, functions, and Objective-C methods", { kinds: ["function", ...globals] }],
  ["variables, functions, and classes", { kinds: ["function", ...variables] }],
  ["variables and functions", { kinds: ["function", ...variables] }],
  ["structs, variables, functions, and namespaces", { kinds: ["function", "struct", ...variables] }],
  ["variables, functions, structs, unions, classes, non-static data members, and typedefs",
    { kinds: ["function", "typedef", ...variables, ...records, ...fields] }],
  ["Objective-C methods, enums, structs, unions, classes, functions, function pointers, and typedefs",
    { kinds: ["function", "typedef", "enum", ...records], functionLike: true }],
  ["typedefs, functions, function pointers, Objective-C methods, and variables",
    { kinds: ["function", "typedef", ...globals, "local"], functionLike: true }],
  ["variables", { kinds: variables }],
  ["local variables", { kinds: ["local"] }],
  ["global variables", { kinds: globals }],
  ["thread-local variables", { kinds: [] }],
  ["variables and typedefs", { kinds: ["typedef", ...variables] }],
  ["variables, enums, typedefs, and non-static data members", { kinds: ["typedef", "enum", ...variables, ...fields] }],
  ["parameters", { kinds: ["parameter"] }],
  ["typedefs", { kinds: ["typedef"] }],
  ["enums", { kinds: ["enum"] }],
  ["unions", { kinds: ["union"] }],
  ["structs, unions, and classes", { kinds: records }],
  ["types and namespaces", { kinds: ["typedef", "enum", ...records] }],
  ["non-static data members", { kinds: fields }],
  ["bit-field data members", { kinds: ["bitField"] }],
]);

const upTo = (most: number): ArgumentRule => ({ least: 0, most });
const exactly = (count: number): ArgumentRule => ({ least: count, most: count });
const least = (count: number, most = Infinity): ArgumentRule => ({ least: count, most });

type Group = readonly [to: string | undefined, wrong: AttributeRow["wrong"], rule: ArgumentRule, names: string];

/** Rows with the same rules together. */
const groups: readonly Group[] = [
  // What is done to functions.
  ["functions", "warning", "none", `cold hot leaf malloc naked noduplicate not_tail_called
    no_profile_instrument_function no_stack_protector no_thread_safety_analysis returns_twice convergent gnu_inline`],
  ["functions", "error", "none", "flatten no_split_stack cfi_canonical_jump_table overloadable"],
  ["functions", "warning", upTo(1), "constructor destructor"],
  ["functions", "error", "text", "error warning target zero_call_used_regs"],
  ["functions", "warning", "text", "ifunc"],
  ["functions", "warning", exactly(2), "enable_if"],
  ["functions", "warning", "anything", "callback no_builtin"],
  ["functions", "error", "integer", "min_vector_width"],
  ["functions", "error", "anything", "target_clones"],
  ["functions, Objective-C methods, and Objective-C properties", "warning", exactly(3), "diagnose_if"],
  ["functions and Objective-C methods", "warning", "none",
    "disable_tail_calls no_instrument_function optnone xray_always_instrument xray_never_instrument"],
  ["functions and Objective-C methods", "warning", "text", "enforce_tcb enforce_tcb_leaf"],
  ["functions and Objective-C methods", "warning", "one", "xray_log_args"],
  ["functions and Objective-C methods", "error", "none",
    "minsize speculative_load_hardening no_speculative_load_hardening"],
  ["functions and statements", "warning", "none", "always_inline noinline"],
  ["functions, statements and variables", "error", "none", "nomerge"],
  ["inline functions", "warning", "anything", "artificial"],
  ["Objective-C methods and functions", "warning", "none", "returns_nonnull"],
  ["Objective-C methods and functions", "warning", least(1, 2), "assume_aligned"],
  ["functions and function pointers", "warning", "none", "nothrow nouwtable"],
  ["functions, methods and blocks", "warning", upTo(2), "sentinel"],
  ["functions, methods, and parameters", "warning", "anything", "nonnull"],
  ["Objective-C methods, blocks, and non-K&R-style functions", "warning", exactly(3), "format"],
  ["Objective-C methods and non-K&R-style functions", "warning", "one", "format_arg"],
  ["non-K&R-style functions", "warning", least(1, 2), "alloc_size"],
  ["non-K&R-style functions", "warning", "one", "alloc_align"],
  ["non-K&R-style functions", "warning", least(1), "ownership_holds ownership_returns ownership_takes"],
  ["non-K&R-style functions", "error", exactly(3), "argument_with_type_tag pointer_with_type_tag"],
  ["variables", "error", "anything", "type_tag_for_datatype"],
  // What is done to symbols.
  ["functions, global variables, Objective-C methods, and Objective-C properties", "error", "text", "section"],
  ["functions and global variables", "error", "text", "alias"],
  ["variables and functions", "error", "anything", "weakref"],
  ["variables, functions, and classes", "warning", "none", "weak internal_linkage"],
  ["variables and functions", "warning", "none", "weak_import"],
  ["variables with non-local storage, functions, and Objective-C methods", "warning", "none", "used retain"],
  ["variables", "warning", "none", "common nocommon no_destroy always_destroy"],
  ["local variables", "warning", "one", "cleanup"],
  ["local variables", "warning", "none", "uninitialized"],
  ["global variables", "warning", "none", "loader_uninitialized"],
  ["thread-local variables", "error", "message", "tls_model"],
  ["functions and global variables", "error", "none", "no_sanitize_address no_address_safety_analysis"],
  ["functions and global variables", "error", "none", "no_sanitize_memory no_sanitize_thread"],
  ["functions, Objective-C methods, and global variables", "error", "texts", "no_sanitize"],
  ["functions, Objective-C methods, and global variables", "warning", "none", "disable_sanitizer_instrumentation"],
  ["typedefs, functions, function pointers, Objective-C methods, and variables", "warning", "none", "nodebug"],
  ["structs, variables, functions, and namespaces", "error", "texts", "abi_tag"],
  ["variables, functions, structs, unions, classes, non-static data members, and typedefs", "error", "text",
    "btf_decl_tag"],
  ["Objective-C methods, enums, structs, unions, classes, functions, function pointers, and typedefs", "warning",
    "message", "warn_unused_result nodiscard"],
  [undefined, "warning", "message", "deprecated unavailable"],
  [undefined, "warning", "text", "visibility"],
  [undefined, "warning", "none", "unused maybe_unused pure const packed selectany"],
  [undefined, "warning", upTo(1), "aligned"],
  [undefined, "warning", "texts", "annotate"],
  // What is done to types.
  ["structs, unions, and classes", "error", "none", "preserve_access_index preserve_static_offset"],
  ["structs, unions, and classes", "warning", "none", `randomize_layout no_randomize_layout ms_struct
    lto_visibility_public warn_unused enforce_read_only_placement`],
  ["unions", "warning", "none", "transparent_union"],
  ["enums", "warning", "none", "flag_enum"],
  ["enums", "warning", "one", "enum_extensibility"],
  ["types and namespaces", "error", "text", "type_visibility"],
  ["typedefs", "error", "one", "ext_vector_type"],
  ["variables and typedefs", "warning", "one", "align_value"],
  ["variables, enums, typedefs, and non-static data members", "error", "one", "mode"],
  ["non-static data members", "error", "anything", "counted_by counted_by_or_null sized_by sized_by_or_null"],
  ["bit-field data members", "error", "anything", "preferred_type"],
  ["parameters", "warning", "none", "noescape maybe_undef"],
  ["parameters", "warning", "one", "pass_object_size pass_dynamic_object_size"],
  [undefined, "warning", "none", "may_alias noderef noreturn _Noreturn"],
  [undefined, "warning", "text", "btf_type_tag"],
  [undefined, "warning", "integer", "address_space vector_size"],
  [undefined, "warning", "none", "bpf_fastcall"],
  [undefined, "warning", "none",
    "fastcall ms_abi pascal preserve_all preserve_most preserve_none regcall stdcall thiscall vectorcall"],
  [undefined, "warning", "text", "pcs"],
  // What clang reads and leaves alone, or has in common with other languages and machines.
  [undefined, "warning", "anything", `acquire_capability acquire_handle acquire_shared_capability acquired_after
    acquired_before allocating analyzer_noreturn assert_capability assert_exclusive_lock assert_shared_capability
    assert_shared_lock availability blocking blocks bounded callable_when capability carries_dependency cdecl
    diagnose_as_builtin
    cf_audited_transfer cf_consumed cf_returns_not_retained cf_returns_retained cf_unknown_transfer constant
    consumable cpu_dispatch cpu_specific exclude_from_explicit_instantiation exclusive_lock_function
    exclusive_locks_required exclusive_trylock_function external_source_symbol global guarded_by guarded_var host
    init_priority lock_returned lockable locks_excluded mig_server_routine nonallocating nonblocking ns_consumed
    ns_consumes_self ns_error_domain ns_returns_autoreleased ns_returns_not_retained ns_returns_retained
    objc_boxable objc_bridge objc_bridge_mutable objc_bridge_related objc_exception objc_gc objc_ownership
    objc_root_class objc_runtime_name opencl_constant opencl_generic opencl_global opencl_local opencl_private
    os_consumed os_returns_not_retained os_returns_retained param_typestate pt_guarded_by pt_guarded_var
    ptrauth_vtable_pointer regparm release_capability release_generic_capability release_handle
    release_shared_capability requires_capability requires_shared_capability return_typestate scoped_lockable
    set_typestate shared shared_capability shared_lock_function shared_locks_required shared_trylock_function
    suppress swift_async swift_async_context swift_async_error swift_async_name swift_attr swift_bridge
    swift_bridged_typedef swift_context swift_error swift_error_result swift_indirect_result swift_name
    swift_newtype swift_private swift_wrapper swiftasynccall swiftcall sysv_abi test_typestate
    try_acquire_capability try_acquire_shared_capability unlock_function unsafe_buffer_usage use_handle`],
];

/** By plain name. */
export const attributeTable: ReadonlyMap<string, AttributeRow> = new Map(groups.flatMap(([to, wrong, rule, names]) =>
  words(names).map((name): readonly [string, AttributeRow] => [name, { to, wrong, arguments: rule }])));

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Where an attribute means nothing, and clang says that it ignores it. */
export const ignoredOn: ReadonlyMap<string, readonly PlaceKind[]> = new Map<string, readonly PlaceKind[]>([
  ["packed", ["function", "typedef", "enumerator", "label", ...variables]],
  ["visibility", ["typedef"]],
]);

/** Known, and ignored with a word for it. */
export const ignoredAttributes: ReadonlyMap<string, string> = new Map([
  ...words("called_once kernel lifetimebound nosvm require_constant_initialization standalone_debug trivial_abi")
    .map((name): readonly [string, string] => [name, "ignored"]),
  ["nocf_check", "ignored; use -fcf-protection to enable the attribute"],
]);

/** Calling conventions that BPF has not. */
export const callingConventions: ReadonlySet<string> = new Set(words(
  "fastcall ms_abi pascal pcs preserve_all preserve_most preserve_none regcall stdcall thiscall vectorcall"));

/** Those of statements alone, by what the statement must be. */
export const statementAttributes: ReadonlyMap<string, string> = new Map([
  ["fallthrough", "empty statements"], ["assume", "empty statements"], ["musttail", "return statements"],
  ["code_align", "'for', 'while', and 'do' statements"],
]);

/** Of two in a row one excludes the other. */
export const exclusions: readonly (readonly [string, string])[] = [
  ["hot", "cold"], ["always_inline", "not_tail_called"], ["naked", "disable_tail_calls"], ["error", "warning"],
  ["internal_linkage", "common"], ["speculative_load_hardening", "no_speculative_load_hardening"],
  ["always_destroy", "no_destroy"],
];

/** Those of a type, wherever they stand: specifiers.ts applies them. */
export const typeAttributes: ReadonlySet<string> = new Set(words(
  "vector_size ext_vector_type btf_type_tag address_space may_alias noderef"));

/** `[[x]]` without a scope. */
export const standardAttributes: ReadonlySet<string> = new Set(words(
  "deprecated fallthrough maybe_unused nodiscard noreturn _Noreturn"));

/** Names that are no `__attribute__((x))`. */
export const bracketOnly: ReadonlySet<string> = new Set(["maybe_unused", "nodiscard", "_Noreturn"]);

/** `[[gnu::x]]`; what is known otherwise is `[[clang::x]]`. */
export const gnuAttributes: ReadonlySet<string> = new Set(words(`
  alias aligned alloc_align alloc_size always_inline artificial assume_aligned cdecl cleanup cold common const
  constructor deprecated destructor error fallthrough fastcall flatten format format_arg gnu_inline hot ifunc leaf
  malloc may_alias mode ms_abi ms_struct naked no_address_safety_analysis no_instrument_function
  no_profile_instrument_function no_randomize_layout no_sanitize_address no_sanitize_thread no_split_stack
  no_stack_protector nocommon nodebug noinline nonnull noreturn nothrow packed pure randomize_layout regcall regparm
  retain returns_nonnull returns_twice section selectany sentinel stdcall sysv_abi target target_clones thiscall
  tls_model transparent_union unused used vector_size visibility warn_unused warn_unused_result warning weak weakref
  zero_call_used_regs
`));

/** `[[clang::x]]` as well as `[[gnu::x]]`. */
export const gnuAndClang: ReadonlySet<string> = new Set(["always_inline", "no_stack_protector", "noinline"]);

/** Spelt `__attribute__((x))` alone. */
export const keywordOnly: ReadonlySet<string> = new Set(words(`
  abi_tag align_value always_destroy analyzer_noreturn bounded diagnose_if enable_if ext_vector_type init_priority
  no_destroy uninitialized
`));

/** What `#pragma clang attribute` does not take. */
export const unpushable: ReadonlySet<string> = new Set(words(`
  address_space aligned alloc_align alloc_size analyzer_noreturn argument_with_type_tag artificial bounded
  btf_type_tag cdecl counted_by counted_by_or_null deprecated diagnose_if ext_vector_type fastcall format format_arg
  may_alias mode ms_abi nodiscard noderef nonnull noreturn ownership_holds ownership_returns ownership_takes packed
  pascal pcs pointer_with_type_tag preferred_type preserve_all preserve_most pure regcall regparm retain selectany
  sentinel sized_by sized_by_or_null stdcall suppress sysv_abi thiscall transparent_union type_tag_for_datatype
  type_visibility unavailable unused used vector_size vectorcall visibility weak_import
`));
