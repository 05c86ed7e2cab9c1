/**
 * What __has_feature, __has_extension, __has_attribute and __has_c_attribute answer for C on BPF, as clang 19 does.
 *
 * Attributes are those that mean something to a BPF program; clang's names for other languages and machines are left
 * out, since a source that asks wants to know what it can use.
 */

function set(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}

/** Features of C11 and later. */
const c11Features = set("c_alignas c_alignof c_atomic c_generic_selections c_static_assert");

const features = set(`
  assume_nonnull enumerator_attributes nullability nullability_nullable_result nullability_on_arrays
  attribute_analyzer_noreturn attribute_availability attribute_availability_app_extension
  attribute_availability_in_templates attribute_availability_swift attribute_availability_tvos
  attribute_availability_watchos attribute_availability_with_message attribute_availability_with_replacement
  attribute_availability_with_strict attribute_availability_with_version_underscores attribute_cf_consumed
  attribute_cf_returns_not_retained attribute_cf_returns_on_parameters attribute_cf_returns_retained
  attribute_deprecated_with_message attribute_deprecated_with_replacement attribute_diagnose_if_objc
  attribute_ext_vector_type attribute_ns_consumed attribute_ns_consumes_self attribute_ns_returns_not_retained
  attribute_ns_returns_retained attribute_objc_ivar_unused attribute_objc_method_family attribute_overloadable
  attribute_unavailable_with_message attribute_unused_on_fields
`);

const extensions = set(`
  c_attributes cxx_binary_literals gnu_asm gnu_asm_goto_with_outputs gnu_asm_goto_with_outputs_full
  matrix_types_scalar_division overloadable_unmarked pragma_clang_attribute_external_declaration
  pragma_clang_attribute_namespaces statement_attributes_with_gnu_syntax
`);

const attributes = set(`
  address_space alias align_value aligned alloc_align alloc_size always_inline annotate artificial assume_aligned
  btf_decl_tag btf_type_tag cleanup cold common const constructor counted_by counted_by_or_null deprecated destructor
  diagnose_if enable_if enum_extensibility error ext_vector_type fallthrough flag_enum flatten format format_arg
  gnu_inline hot ifunc leaf malloc may_alias minsize mode musttail naked no_address_safety_analysis no_builtin no_instrument_function
  no_sanitize no_sanitize_address no_sanitize_memory no_sanitize_thread no_stack_protector nocommon nodebug noduplicate
  noinline nomerge nonnull noreturn not_tail_called nothrow optnone overloadable packed pass_dynamic_object_size
  pass_object_size preserve_access_index preserve_static_offset pure returns_nonnull returns_twice section sentinel
  target tls_model transparent_union unavailable uninitialized unused used vector_size visibility warn_unused_result
  warning weak weakref
`);

/** Attributes of clang alone: [[clang::x]], not [[gnu::x]]. */
const clangOnly = set(`
  address_space align_value annotate btf_decl_tag btf_type_tag counted_by counted_by_or_null diagnose_if enable_if
  enum_extensibility flag_enum minsize musttail no_builtin nodebug noduplicate nomerge not_tail_called optnone
  overloadable pass_dynamic_object_size pass_object_size preserve_access_index preserve_static_offset unavailable
  uninitialized
`);

/** [[x]] and the version of the standard text that it follows. */
const standardAttributes: ReadonlyMap<string, number> = new Map([
  ["deprecated", 201904],
  ["fallthrough", 201910],
  ["nodiscard", 202003],
  ["maybe_unused", 202106],
  ["noreturn", 202202],
  ["_Noreturn", 202202],
]);

/** __x__ means x, so that macros named x do no harm. */
export function plainName(name: string): string {
  return name.length > 4 && name.startsWith("__") && name.endsWith("__") ? name.slice(2, -2) : name;
}

/** __has_feature; `c11` is whether the language is C11 or later. */
export function hasFeature(name: string, c11: boolean): boolean {
  return features.has(name) || (c11 && c11Features.has(name));
}

export function hasExtension(name: string): boolean {
  return features.has(name) || c11Features.has(name) || extensions.has(name);
}

export function hasAttribute(name: string): boolean {
  return attributes.has(plainName(name));
}

/** __has_c_attribute(scope::name), scope "" for the standard's. */
export function hasStandardAttribute(scope: string, name: string): number {
  const plain = plainName(name);
  switch (plainName(scope)) {
    case "":
      return standardAttributes.get(plain) ?? 0;
    case "gnu":
      // clang's vectors are spelt __attribute__ only.
      return attributes.has(plain) && !clangOnly.has(plain) && plain !== "ext_vector_type" ? 1 : 0;
    case "clang":
      return clangOnly.has(plain) || plain === "always_inline" || plain === "noinline" || plain === "likely" ||
        plain === "unlikely" ? 1 : 0;
    default:
      return 0;
  }
}
