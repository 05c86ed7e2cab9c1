/**
 * Parsing: from the tokens of a translation unit to its syntax tree.
 *
 * Syntax errors are reported to the diagnostics, as many as there are in different places; the tree then holds what
 * could be understood. The grammar is built when it is first needed, once in a process, and used for every
 * translation unit.
 */
import type { TranslationUnit } from "../ast/syntax.ts";
import type { Tokens } from "../source/token.ts";
import { Grammar, type Input } from "./grammar.ts";

export type ParseDeps = Omit<Input, "tokens">;

let grammar: Grammar | undefined;

/** The tree of `tokens`, which end with an end of file and keep the spellings that they have in the interner. */
export function parse(tokens: Tokens, deps: ParseDeps): TranslationUnit {
  return sharedGrammar().parse({ tokens, ...deps });
}

/** Builds the grammar ahead of its first use, as a start-up snapshot does. */
export function sharedGrammar(): Grammar {
  grammar ??= new Grammar(false);
  return grammar;
}
