/**
 * #define, #undef, #pragma push_macro and poison: what changes the macro table (C 6.10.3).
 *
 * Takes the rows of a directive's line after its name; says what clang says about a bad definition, and then defines
 * nothing.
 */
import type { SymbolId } from "../source/interner.ts";
import { type Loc, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens, isName } from "../source/token.ts";
import { showDirective } from "./line.ts";
import type { Macro } from "./macro.ts";
import type { State } from "./state.ts";

const builtinNames: readonly string[] = [
  "__FILE__", "__LINE__", "__DATE__", "__TIME__", "__TIMESTAMP__", "__FILE_NAME__", "__BASE_FILE__",
  "__INCLUDE_LEVEL__", "__COUNTER__", "__FLT_EVAL_METHOD__", "_Pragma",
  "__has_include", "__has_include_next", "__has_embed", "__has_attribute", "__has_c_attribute",
  "__has_declspec_attribute", "__has_builtin", "__has_constexpr_builtin", "__has_feature", "__has_extension",
  "__has_warning", "__is_identifier", "__building_module",
  "__is_target_arch", "__is_target_vendor", "__is_target_os", "__is_target_environment",
  "__is_target_variant_os", "__is_target_variant_environment",
];

/** Puts the macros into the table that the preprocessor computes (builtin.ts says how). */
export function defineBuiltins(state: State): void {
  for (const name of builtinNames) {
    const symbol = state.interner.intern(name);
    state.macros.set(symbol, {
      name: symbol,
      loc: noLoc,
      functionLike: false,
      parameters: [],
      variadic: false,
      start: 0,
      end: 0,
      pastes: false,
      builtin: name,
      poisoned: false,
      hidden: undefined,
      active: 0,
    });
  }
}

/** The name in a directive; undefined, with an error, when there is none. `at` is the row, `lineEnd` the line's end. */
export function macroName(
  state: State,
  line: Tokens,
  at: number,
  lineEnd: Loc,
  defining: boolean,
): SymbolId | undefined {
  if (at >= line.count) {
    state.diagnostics.error(lineEnd, "macro name missing");
    return undefined;
  }
  const loc = line.loc[at] as number;
  if (!isName(line.kind[at] as number)) {
    state.diagnostics.error(loc, "macro name must be an identifier");
    return undefined;
  }
  const name = line.text[at] as number;
  if (state.macros.get(name)?.poisoned === true) {
    state.diagnostics.error(loc, "attempt to use a poisoned identifier");
  }
  if (defining && name === state.names.defined) {
    state.diagnostics.error(loc, "'defined' cannot be used as a macro name");
    return undefined;
  }
  return name;
}

/** #define, from the row of the macro's name on. */
export function define(state: State, line: Tokens, at: number, lineEnd: Loc): void {
  const { diagnostics, interner, macros } = state;
  const name = macroName(state, line, at, lineEnd, true);
  if (name === undefined) return;
  const loc = line.loc[at] as number;
  let row = at + 1;
  const parameters: SymbolId[] = [];
  let variadic = false;
  let functionLike = false;
  if (row < line.count && ((line.flags[row] as number) & TokenFlag.LeadingSpace) === 0) {
    if (line.kind[row] === TokenKind.LeftParen) {
      functionLike = true;
      const list = parameterList(state, line, row + 1, lineEnd, parameters);
      if (list === undefined) return;
      row = list.next;
      variadic = list.variadic;
    } else {
      diagnostics.warningByDefault("c99-extensions", line.loc[row] as number,
        "ISO C99 requires whitespace after the macro name");
    }
  }
  const body = macroBody(state, line, row, parameters, functionLike, variadic);
  if (body === undefined) return;
  const macro: Macro = {
    name,
    loc,
    functionLike,
    parameters,
    variadic,
    ...body,
    builtin: "",
    poisoned: false,
    hidden: undefined,
    active: 0,
  };
  const before = macros.defined(name);
  if (before !== undefined) {
    const text = interner.text(name);
    if (before.builtin !== "") {
      diagnostics.warning("builtin-macro-redefined", loc, "redefining builtin macro");
    } else if (!macros.equal(before, macro)) {
      diagnostics.warning("macro-redefined", loc, `'${text}' macro redefined`,
        before.loc === noLoc ? [] : [{ place: before.loc, message: "previous definition is here" }]);
    }
  }
  macros.set(name, macro);
  if (state.options.shown.definitions) showDirective(state, loc, `#define ${macros.definition(macro)}`);
}

/** parameters = [ name { "," name } ] [ [ "," ] "..." ] | … name "..."  ")"; `at` is behind the "(". */
function parameterList(
  state: State,
  line: Tokens,
  at: number,
  lineEnd: Loc,
  parameters: SymbolId[],
): { next: number; variadic: boolean } | undefined {
  const { diagnostics, names } = state;
  let row = at;
  const locOf = (index: number): Loc => (index < line.count ? (line.loc[index] as number) : lineEnd);
  const fail = (message: string): undefined => {
    diagnostics.error(locOf(row), message);
    return undefined;
  };
  if (line.kind[row] === TokenKind.RightParen && row < line.count) return { next: row + 1, variadic: false };
  for (;;) {
    if (row >= line.count) return fail("missing ')' in macro parameter list");
    const kind = line.kind[row] as number;
    if (kind === TokenKind.Ellipsis) {
      parameters.push(names.vaArgs);
      row++;
      if (row >= line.count || line.kind[row] !== TokenKind.RightParen) {
        return fail("missing ')' in macro parameter list");
      }
      return { next: row + 1, variadic: true };
    }
    if (kind === TokenKind.RightParen) return fail("expected identifier in macro parameter list");
    if (!isName(kind)) return fail("invalid token in macro parameter list");
    const name = line.text[row] as number;
    if (name === names.vaArgs) {
      diagnostics.warning("pedantic", locOf(row),
        "__VA_ARGS__ can only appear in the expansion of a C99 variadic macro");
    }
    if (parameters.includes(name)) {
      return fail(`duplicate macro parameter name '${state.interner.text(name)}'`);
    }
    parameters.push(name);
    row++;
    const next = row < line.count ? line.kind[row] : TokenKind.EndOfDirective;
    if (next === TokenKind.RightParen) return { next: row + 1, variadic: false };
    if (next === TokenKind.Ellipsis) {
      diagnostics.warning("variadic-macros", locOf(row), "named variadic macros are a GNU extension");
      row++;
      if (row >= line.count || line.kind[row] !== TokenKind.RightParen) {
        return fail("missing ')' in macro parameter list");
      }
      return { next: row + 1, variadic: true };
    }
    if (next !== TokenKind.Comma) return fail("expected comma in macro parameter list");
    row++;
  }
}

/** Copies the replacement list into the table of bodies; undefined, with an error, when # or ## stand wrong. */
function macroBody(
  state: State,
  line: Tokens,
  at: number,
  parameters: readonly SymbolId[],
  functionLike: boolean,
  variadic: boolean,
): { start: number; end: number; pastes: boolean } | undefined {
  const { diagnostics, names, macros } = state;
  const { bodies } = macros;
  const start = bodies.count;
  let pastes = false;
  const fail = (row: number, message: string): undefined => {
    diagnostics.error(line.loc[Math.min(row, line.count - 1)] as number, message);
    bodies.count = start;
    return undefined;
  };
  if (at < line.count && line.kind[at] === TokenKind.HashHash) {
    return fail(at, "'##' cannot appear at start of macro expansion");
  }
  if (at < line.count && line.kind[line.count - 1] === TokenKind.HashHash) {
    return fail(line.count - 1, "'##' cannot appear at end of macro expansion");
  }
  for (let row = at; row < line.count; row++) {
    let kind = line.kind[row] as number;
    let text = line.text[row] as number;
    if (kind === TokenKind.HashHash) {
      pastes = true;
    } else if (isName(kind)) {
      const parameter = functionLike ? parameters.indexOf(text) : -1;
      if (parameter >= 0) {
        kind = TokenKind.MacroParameter;
        text = parameter;
      } else if (text === names.vaOpt && variadic) {
        pastes = true;
        const end = vaOptEnd(line, row);
        if (end === "no parenthesis") return fail(row, "missing '(' following __VA_OPT__");
        if (end === "unterminated") return fail(row, "unterminated __VA_OPT__");
        if (end === "nested") return fail(row, "__VA_OPT__ cannot be nested within its own replacement tokens");
        if (line.kind[row + 2] === TokenKind.HashHash) {
          return fail(row + 2, "'##' cannot appear at start of __VA_OPT__ argument");
        }
        if (line.kind[end - 1] === TokenKind.HashHash) {
          return fail(end - 1, "'##' cannot appear at end of __VA_OPT__ argument");
        }
      } else if (text === names.vaArgs || text === names.vaOpt) {
        diagnostics.warning("pedantic", line.loc[row] as number,
          `${state.interner.text(text)} can only appear in the expansion of a ${
            text === names.vaArgs ? "C99 " : ""}variadic macro`);
      }
    } else if (kind === TokenKind.Hash && functionLike) {
      const next = row + 1 < line.count ? (line.text[row + 1] as number) : -1;
      const named = row + 1 < line.count && isName(line.kind[row + 1] as number);
      if (!named || !(parameters.includes(next) || (variadic && next === names.vaOpt))) {
        return fail(row + 1, "'#' is not followed by a macro parameter");
      }
    }
    bodies.push(kind, line.loc[row] as number, text,
      row === at ? 0 : (line.flags[row] as number) & TokenFlag.LeadingSpace);
  }
  return { start, end: bodies.count, pastes };
}

/** The row of the parenthesis that closes the __VA_OPT__ at a row, or what is wrong with it. */
function vaOptEnd(line: Tokens, at: number): number | "no parenthesis" | "unterminated" | "nested" {
  if (at + 1 >= line.count || line.kind[at + 1] !== TokenKind.LeftParen) return "no parenthesis";
  let depth = 0;
  for (let row = at + 1; row < line.count; row++) {
    if (line.kind[row] === TokenKind.LeftParen) depth++;
    else if (line.kind[row] === TokenKind.RightParen && --depth === 0) return row;
    else if (line.text[row] === line.text[at]) return "nested";
  }
  return "unterminated";
}

/** #undef: of a name that is no macro it does nothing. */
export function undefine(state: State, name: SymbolId, loc: Loc): void {
  if (state.options.shown.definitions) showDirective(state, loc, `#undef ${state.interner.text(name)}`);
  const macro = state.macros.defined(name);
  if (macro === undefined) return;
  if (macro.builtin !== "") {
    state.diagnostics.warning("builtin-macro-redefined", loc, "undefining builtin macro");
  }
  const entry = state.macros.get(name);
  if (entry !== undefined && entry.poisoned) state.macros.set(name, { ...entry, hidden: undefined });
  else state.macros.set(name, undefined);
}

/** #pragma GCC poison name */
export function poison(state: State, name: SymbolId, loc: Loc): void {
  const hidden = state.macros.get(name);
  if (hidden?.poisoned === true) return;
  if (hidden !== undefined) state.diagnostics.warning("", loc, "poisoning existing macro");
  state.macros.set(name, {
    name,
    loc,
    functionLike: false,
    parameters: [],
    variadic: false,
    start: 0,
    end: 0,
    pastes: false,
    builtin: "",
    poisoned: true,
    hidden,
    active: 0,
  });
}
