/**
 * The grammar of C11 with the GNU and clang extensions that BPF programs use, on Chevrotain.
 *
 * It reads terminals from a token source (terminals.ts, token-source.ts) and its actions build the syntax tree. Each
 * rule has its production above it; in the productions, terminals are quoted or named as in terminals.ts. The grammar
 * is LL(1): what is ambiguous in C is decided by the token source, which the rules tell their context (`setMode`)
 * before they look at the next token.
 *
 * How it is kept fast: alternatives are arrays made once, not at each visit (so they communicate by fields, which a
 * rule saves in locals around everything that can come back to it); the steps between the rules are those of
 * engine.ts; there is no syntax tree but ours and no recovery but report.ts. An instance is built once (its analysis
 * takes some 20 ms) and serves one translation unit after the other.
 *
 * While Chevrotain records the grammar, rules run once without input: actions then see an empty token table, and what
 * depends on input stands behind `RECORDING_PHASE`.
 */
import type * as Syntax from "../ast/syntax.ts";
import { Diagnostics } from "../source/diagnostic.ts";
import { Interner } from "../source/interner.ts";
import { type Loc, SourceMap } from "../source/source-map.ts";
import { type Dialect, TokenKind, Tokens, isCharConstant, isName } from "../source/token.ts";
import {
  type DeclaratorBuilder, type SpecifiersBuilder, append, concat, describe, newDeclarator, newSpecifiers, noType, none,
  qualifierWord, storageWord, typeWord,
} from "./build.ts";
import { Engine, type Rule } from "./engine.ts";
import { maximumBrackets, maximumDepth, maximumHeight, maximumLayers, maximumNesting } from "./limits.ts";
import { OperatorStack, binaryHeight } from "./operators.ts";
import { endOfHint, nextHint, pragmaDeclaration, readAttributeHead, readAttributeSubjects } from "./pragmas.ts";
import { type Level, Reporter, syntaxFailure } from "./report.ts";
import { NameTable } from "./scope.ts";
import { skimBody } from "./skim.ts";
import { shared, terminal, types as t } from "./terminals.ts";
import { Mode, TokenSource } from "./token-source.ts";

/** What the grammar needs of a translation unit. */
export interface Input {
  readonly tokens: Tokens;
  readonly interner: Interner;
  readonly diagnostics: Diagnostics;
  readonly dialect: Dialect;
}

/** Attributes whose arguments are no C expressions; none of them means anything for BPF. */
const opaqueAttributes = new Set([
  "availability", "external_source_symbol", "objc_bridge", "swift_name", "type_tag_for_datatype",
]);
/** Scopes of `[[scope::name]]` whose arguments are those of the GNU spelling. */
const knownScopes = new Set(["gnu", "clang", "bpf"]);

export class Grammar extends Engine {
  private interner: Interner;
  private c23 = false;
  /** Is a translation unit being parsed? */
  private busy = false;

  /** The specifiers that `specifier` alternatives add to, and the mode of the declarator that follows a type. */
  private specifiers: SpecifiersBuilder = newSpecifiers(0);
  private declaratorMode: Mode = Mode.Declarator;
  /** What the next specifiers rule starts with. */
  private nextDeclaratorMode: Mode = Mode.Declarator;
  private nextTypeMode: Mode = Mode.Type;
  private nextAttributes: readonly Syntax.Attribute[] = none;

  /** The declarator that `declaratorPart` adds to, the symbol of its name, and pointers that wait for their turn. */
  private declarator: DeclaratorBuilder = newDeclarator(0);
  private symbol = 0;
  private pointers: Syntax.PointerLayer[] = [];
  private pointerQualifiers: readonly Syntax.Word<Syntax.Qualifier>[] = none;
  private pointerAttributes: readonly Syntax.Attribute[] = none;

  private readonly operators = new OperatorStack();
  /** The expression that `postfix` alternatives wrap, and the height of the expression read last. */
  private operand: Syntax.Expression = { kind: "errorExpression", loc: 0 };
  private height = 0;
  private nesting = 0;

  /** What can be saved of an item that fails: names that it declares, and the part that was read whole. */
  private lostNames: { readonly name: string; readonly isTypedef: boolean }[] = [];
  private salvaged: Syntax.Declaration | undefined;
  /** Pragmas that were met within an item, which they follow. */
  private readonly latePragmas: Syntax.PragmaDeclaration[] = [];
  /** The item failed in front of the next one: nothing is to be skipped. */
  private nextBegins = false;

  private hints: readonly Syntax.LoopHint[] = none;
  /** Is the statement an item of a block, so that a label may stand before a declaration or the end of the block? */
  private inBlock = false;

  /** `validate` proves the grammar, which takes longer than building it. */
  constructor(validate: boolean) {
    const interner = new Interner();
    const tokens = new Tokens();
    tokens.push(TokenKind.EndOfFile, 0, 0, 0);
    const source = new TokenSource(tokens, new NameTable(interner));
    super(source, new Reporter(source, interner, new Diagnostics(new SourceMap())), validate);
    this.interner = interner;
    this.performSelfAnalysis();
  }

  /** Parses a translation unit; the tokens end with an end of file. */
  parse(input: Input): Syntax.TranslationUnit {
    this.interner = input.interner;
    this.c23 = input.dialect === "c23";
    this.s = new TokenSource(input.tokens, new NameTable(input.interner));
    this.report = new Reporter(this.s, input.interner, input.diagnostics);
    this.operators.reset([0, 0, 0]);
    this.pointers = [];
    this.nesting = 0;
    this.nextAttributes = none;
    this.hints = none;
    this.lostNames = [];
    this.salvaged = undefined;
    this.latePragmas.length = 0;
    this.nextBegins = false;
    this.busy = true;
    try {
      return this.subruleInternal(this.translationUnit);
    } finally {
      this.busy = false;
    }
  }

  // ---- Small things ----------------------------------------------------------------------------------------------

  /** Spelling of the token consumed last. */
  private taken(): string {
    return this.interner.text(this.s.tokens.text[this.s.position - 1] as number);
  }

  /** Kind and place of the token consumed last. */
  private takenKind(): number {
    return this.s.tokens.kind[this.s.position - 1] as number;
  }

  private takenLoc(): Loc {
    return this.s.tokens.loc[this.s.position - 1] as Loc;
  }

  /** The bracket consumed last is open from here to `close`. */
  private open(): void {
    const { open } = this.report;
    const most = Math.min(maximumBrackets, maximumDepth - this.nesting);
    if (open.length >= most) {
      const first = this.s.tokens.loc[open[0] as number] as Loc;
      throw this.report.fatal(this.takenLoc(), `bracket nesting level exceeded maximum of ${most}`, [
        { place: first, message: "the outermost open bracket is here" },
      ]);
    }
    open.push(this.s.position - 1);
  }

  private close(): void {
    this.report.open.pop();
  }

  /** A level of nesting without brackets; what `deeper` added, `nesting = outer` takes away. */
  private deeper(what: string): number {
    const outer = this.nesting;
    if (outer >= maximumNesting || outer + this.report.open.length >= maximumDepth) {
      throw this.report.fatal(this.takenLoc(), `${what} nested too deeply: more than ${outer} levels`);
    }
    this.nesting = outer + 1;
    return outer;
  }

  private checkHeight(height: number, loc: Loc): void {
    if (height > maximumHeight) {
      throw this.report.fatal(loc, `expression nested too deeply: more than ${maximumHeight} levels`);
    }
  }

  private reportUnlessRecording(loc: Loc, message: string): void {
    if (!this.RECORDING_PHASE) this.report.error(loc, message);
  }

  /** ';' ; where it is missing before a new line or a brace, parsing goes on as if it were there. */
  private semicolon(after: string): void {
    if (this.RECORDING_PHASE || this.LA_FAST(1) === shared[terminal.Semicolon]) {
      this.CONSUME(t.Semicolon);
      return;
    }
    if (this.extraBracket()) return;
    this.report.missingSemicolon(this.s.kind() === TokenKind.Comma ? "at end of declaration" : after);
    if (this.typoOfSemicolon()) return;
    if (!this.s.startsLine() && this.s.kind() !== TokenKind.RightBrace && !this.s.atEnd()) throw syntaxFailure;
  }

  /** The ';' behind a statement; what stands between the statement and its ';' is skipped. */
  private statementEnd(after: string): void {
    if (this.RECORDING_PHASE || this.LA_FAST(1) === shared[terminal.Semicolon]) {
      this.CONSUME(t.Semicolon);
      return;
    }
    if (this.extraBracket()) return;
    this.report.missingSemicolon(after);
    if (this.report.diagnostics.stopped) throw syntaxFailure;
    if (this.typoOfSemicolon()) return;
    if (this.s.startsLine() || this.s.kind() === TokenKind.RightBrace || this.s.atEnd()) return;
    this.report.recover(this.s.position, this.report.open.length, "block");
  }

  /** A bracket too many before the `;`, with which it is skipped. */
  private extraBracket(): boolean {
    const kind = this.s.kind();
    if (kind !== TokenKind.RightParen && kind !== TokenKind.RightBracket) return false;
    if (this.s.kind(1) !== TokenKind.Semicolon) return false;
    this.report.error(this.s.loc(), `extraneous '${this.report.spelling(this.s.position)}' before ';'`);
    this.s.advance();
    this.s.advance();
    return !this.report.diagnostics.stopped;
  }

  /** A `,`, or a `:` at the end of a line, where a `;` is missing was meant to be one. */
  private typoOfSemicolon(): boolean {
    const kind = this.s.kind();
    if (kind !== TokenKind.Comma && !(kind === TokenKind.Colon && this.s.startsLine(1))) return false;
    this.s.advance();
    return true;
  }

  /** Does a `,` come behind which, on the next line, no declarator can begin, so that it was meant to be a `;`? */
  private commaEndsDeclaration(): boolean {
    const { s } = this;
    if (s.kind() !== TokenKind.Comma || !s.startsLine(1)) return false;
    const kind = s.kind(1);
    return kind === TokenKind.Identifier ? !behindDeclared.has(s.kind(2)) : !beginsDeclarator.has(kind);
  }

  /** Where a list stands, for its items that fail. */
  private listMark(level: Level): ListMark {
    return {
      level,
      open: this.report.open.length,
      scope: this.s.names.depth,
      nesting: this.nesting,
      operators: this.operators.mark(),
      rule: this.runningRule(),
    };
  }

  /** Skips an item of a list that began at row `from` and was left by a syntax error; gives what is left of it. */
  private skipItem(e: unknown, from: number, mark: ListMark): Syntax.BrokenItem {
    this.goBack(e, mark);
    const { nextBegins } = this;
    const broken = this.brokenItem(this.s.tokens.loc[from] as Loc);
    this.nextBegins = false;
    if (nextBegins) this.report.open.length = mark.open;
    else if (!this.s.atEnd()) this.report.recover(from, mark.open, mark.level);
    this.s.look = undefined;
    return broken;
  }

  /** What is left of an item that failed; its names are declared. */
  private brokenItem(loc: Loc): Syntax.BrokenItem {
    const { lostNames, salvaged: declaration } = this;
    this.lostNames = [];
    this.salvaged = undefined;
    for (const { name, isTypedef } of lostNames) this.s.names.declare(this.interner.intern(name), isTypedef);
    return { kind: "broken", declaration, names: lostNames.map(({ name }) => name), loc };
  }

  /** After a syntax error: the state that the mark holds, so that its rule can go on. */
  private goBack(e: unknown, mark: ListMark): void {
    if (e !== syntaxFailure || this.report.diagnostics.stopped) throw e;
    this.restoreRule(mark.rule);
    this.s.names.closeTo(mark.scope);
    this.operators.reset(mark.operators);
    this.nesting = mark.nesting;
    this.pointers = [];
    this.nextAttributes = none;
    this.hints = none;
  }

  /** Within an item that failed: goes on at one of these tokens if it comes before the item's end. */
  private resume(e: unknown, mark: ListMark, stops: ReadonlySet<number>): void {
    this.goBack(e, mark);
    if (!this.report.skipTo(mark.open, stops, mark.level)) throw e;
  }

  /** A declaration that fails is kept as far as it was read. */
  private salvage(
    specifiers: Syntax.Specifiers,
    declarators: readonly Syntax.InitDeclarator[],
    extension: boolean,
    loc: Loc,
  ): void {
    this.salvaged = { kind: "declaration", specifiers, declarators, extension, loc, end: this.s.loc() };
  }

  /** A token that begins no item of the list. */
  private stray(mark: ListMark, message: string): void {
    this.report.error(this.s.loc(), message);
    if (this.report.diagnostics.stopped) throw syntaxFailure;
    if (mark.level === "external" && this.s.kind() === TokenKind.RightBrace) this.s.advance();
    else this.report.recover(this.s.position, mark.open, mark.level);
  }

  // ---- External definitions (C11 6.9) ----------------------------------------------------------------------------

  // translation-unit: external* End
  private readonly translationUnit: Rule<Syntax.TranslationUnit> = this.rule("translationUnit", () => {
    const declarations: Syntax.ExternalDeclaration[] = [];
    const mark = this.listMark("external");
    const external = (): void => {
      const from = this.s.position;
      try {
        declarations.push(this.OR(this.externalAlternatives));
      } catch (e) {
        declarations.push(this.skipItem(e, from, mark));
      }
      if (this.latePragmas.length > 0) declarations.push(...this.latePragmas.splice(0));
      this.s.setMode(Mode.Type);
    };
    this.s.setMode(Mode.Type);
    try {
      for (;;) {
        this.MANY(external);
        if (this.RECORDING_PHASE || this.s.atEnd()) break;
        const brace = this.s.kind() === TokenKind.RightBrace;
        this.stray(mark, brace ? "extraneous closing brace ('}')" : "expected external declaration");
        this.s.setMode(Mode.Type);
      }
      this.CONSUME(t.End);
    } catch (e) {
      if (e !== syntaxFailure) throw e;
    }
    return { declarations, end: this.s.loc() };
  });

  // external: ';' | external-declaration | static-assert | file-asm | pragma-declaration
  private readonly externalAlternatives = {
    // Specifiers may be absent, and declarators too: a lone `;` is the first alternative.
    IGNORE_AMBIGUITIES: true,
    DEF: [
      {
        ALT: (): Syntax.ExternalDeclaration => {
          this.CONSUME(t.Semicolon);
          return { kind: "emptyDeclaration", loc: this.takenLoc() };
        },
      },
      { ALT: (): Syntax.ExternalDeclaration => this.SUBRULE(this.externalDeclaration) },
      { ALT: (): Syntax.ExternalDeclaration => this.SUBRULE(this.staticAssert) },
      { ALT: (): Syntax.ExternalDeclaration => this.SUBRULE(this.fileAsm) },
      { ALT: (): Syntax.ExternalDeclaration => this.SUBRULE(this.pragmaDeclaration) },
    ],
  };

  // external-declaration: ExtensionDeclaration* specifiers ( init-declarator ( function-body | init-declarators ) )?
  // ';' The `;` is not there after a function's body.
  private readonly externalDeclaration: Rule<Syntax.ExternalDeclaration> = this.rule("externalDeclaration", () => {
    const loc = this.s.loc();
    let extension = false;
    this.MANY(() => {
      this.CONSUME(t.ExtensionDeclaration);
      extension = true;
      this.s.setMode(Mode.Type);
    });
    this.nextTypeMode = Mode.Type;
    this.nextDeclaratorMode = Mode.Declarator;
    const specifiers = this.SUBRULE(this.anySpecifiers);
    const declarators: Syntax.InitDeclarator[] = [];
    let definition: Syntax.FunctionDefinition | undefined;
    try {
      this.OPTION(() => {
        const isTypedef = declaresTypes(specifiers);
        const first = this.initDeclaratorOf(isTypedef);
        declarators.push(first);
        this.OPTION2(() => {
          definition = this.functionDefinition(specifiers, first, loc);
        });
        if (definition === undefined) this.moreDeclarators(declarators, isTypedef);
      });
      if (definition !== undefined) return definition;
      if (declarators.length === 0) this.wantDeclarator(specifiers);
      this.semicolon(afterDeclaration(specifiers, declarators, "after top level declarator"));
    } catch (e) {
      this.salvage(specifiers, declarators, extension, loc);
      throw e;
    }
    if (!this.RECORDING_PHASE && declarators.length === 0 && onlyAttributes(specifiers)) {
      return { kind: "attributeDeclaration", attributes: specifiers.attributes, loc };
    }
    return { kind: "declaration", specifiers, declarators, extension, loc, end: this.takenLoc() };
  });

  // function-body: local-declaration* compound
  // Undefined where the declarator is none of a function's: then a `;` is missing.
  private functionDefinition(
    specifiers: Syntax.Specifiers,
    first: Syntax.InitDeclarator,
    loc: Loc,
  ): Syntax.FunctionDefinition | undefined {
    const { declarator } = first;
    if (!this.RECORDING_PHASE) {
      const layer = declarator.layers[0];
      const begins = layer?.kind === "function" && first.initializer === undefined &&
        (layer.style === "names" || this.s.kind() === TokenKind.LeftBrace);
      if (!begins) return undefined;
      this.s.names.open();
      for (const p of layer.parameters) if (p.declarator.name !== undefined) this.declareName(p.declarator.name);
      for (const p of layer.names) this.declareName(p.name);
    }
    const parameterDeclarations: Syntax.Declaration[] = [];
    this.MANY1(() => {
      parameterDeclarations.push(this.SUBRULE(this.localDeclaration));
    });
    const body = this.SUBRULE(this.compound);
    if (this.RECORDING_PHASE) return undefined;
    this.s.names.close();
    return { kind: "functionDefinition", specifiers, declarator, parameterDeclarations, body, loc };
  }

  private declareName(name: string): void {
    this.s.names.declare(this.interner.intern(name), false);
  }

  /** Specifiers are followed by neither a declarator nor `;`. */
  private wantDeclarator(specifiers: Syntax.Specifiers): void {
    if (this.RECORDING_PHASE || this.s.kind() === TokenKind.Semicolon) return;
    // `struct s { ... }` and nothing: the `;` is what is missing.
    const { type } = specifiers;
    if (type.kind === "record" && type.body !== undefined) return;
    if (type.kind === "enum" && type.enumerators !== undefined) return;
    if (this.s.startsLine() && type.kind !== "none") return;
    throw this.report.fail(this.s.loc(), "expected identifier or '('");
  }

  // file-asm: Asm Qualifier* '(' strings ')' ';'
  private readonly fileAsm: Rule<Syntax.FileAsm> = this.rule("fileAsm", () => {
    const loc = this.s.loc();
    this.CONSUME(t.Asm);
    this.s.setMode(Mode.Declarator);
    this.MANY(() => this.CONSUME(t.Qualifier));
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    this.wantAsmString();
    const text = this.SUBRULE(this.strings);
    this.CONSUME(t.RightParen);
    this.close();
    this.semicolon("after top-level asm block");
    return { kind: "fileAsm", text, loc };
  });

  // static-assert: StaticAssert '(' assignment ( ',' strings )? ')' ';'
  private readonly staticAssert: Rule<Syntax.StaticAssert> = this.rule("staticAssert", () => {
    const loc = this.s.loc();
    this.CONSUME(t.StaticAssert);
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    const condition = this.SUBRULE(this.assignment);
    let message: Syntax.StringLiteral | undefined;
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      message = this.SUBRULE(this.strings);
    });
    this.CONSUME(t.RightParen);
    this.close();
    this.semicolon("after static assertion");
    return { kind: "staticAssert", condition, message, loc };
  });

  // pragma-declaration: Pragma ... PragmaEnd | PragmaAttribute ( attribute-specifier* ) PragmaEnd
  private readonly pragmaDeclaration: Rule<Syntax.PragmaDeclaration> = this.rule("pragmaDeclaration", () => {
    const loc = this.s.loc();
    let pragma: Syntax.Pragma | undefined;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Pragma);
          if (!this.RECORDING_PHASE) pragma = pragmaDeclaration(this.s, this.report);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.PragmaAttribute);
          const head = this.RECORDING_PHASE ? undefined : readAttributeHead(this.s, this.report);
          let attributes: readonly Syntax.Attribute[] = none;
          this.MANY(() => {
            attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
          });
          if (head !== undefined) pragma = readAttributeSubjects(this.s, this.report, head, attributes);
        },
      },
    ]);
    return { kind: "pragma", pragma: pragma ?? { kind: "ignored" }, loc };
  });

  // ---- Declarations (C11 6.7) ------------------------------------------------------------------------------------

  // local-declaration: ExtensionDeclaration* type-specifiers ( init-declarator init-declarators )? ';'
  private readonly localDeclaration: Rule<Syntax.Declaration> = this.rule("localDeclaration", () => {
    const loc = this.s.loc();
    let extension = false;
    this.MANY(() => {
      this.CONSUME(t.ExtensionDeclaration);
      extension = true;
    });
    this.nextTypeMode = Mode.Type;
    this.nextDeclaratorMode = Mode.Declarator;
    const specifiers = this.SUBRULE(this.typeSpecifiers);
    const declarators: Syntax.InitDeclarator[] = [];
    try {
      this.OPTION(() => {
        const isTypedef = declaresTypes(specifiers);
        const first = this.initDeclaratorOf(isTypedef);
        declarators.push(first);
        const body = !this.RECORDING_PHASE && this.s.kind() === TokenKind.LeftBrace;
        if (body && first.declarator.layers[0]?.kind === "function") {
          throw this.report.fail(this.s.loc(), "function definition is not allowed here");
        }
        this.moreDeclarators(declarators, isTypedef);
      });
      if (declarators.length === 0) this.wantDeclarator(specifiers);
      this.semicolon(afterDeclaration(specifiers, declarators, "at end of declaration"));
    } catch (e) {
      this.salvage(specifiers, declarators, extension, loc);
      throw e;
    }
    return { kind: "declaration", specifiers, declarators, extension, loc, end: this.takenLoc() };
  });

  // init-declarators: ( ',' attribute-specifier* init-declarator )*
  private moreDeclarators(declarators: Syntax.InitDeclarator[], isTypedef: boolean): void {
    this.MANY2({
      GATE: this.commaGoesOn,
      DEF: () => {
        this.CONSUME(t.Comma);
        this.s.setMode(Mode.Declarator);
        let attributes: readonly Syntax.Attribute[] = none;
        this.MANY3(() => {
          attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
        });
        this.beginDeclarator(Mode.Declarator);
        this.declarator.attributes = attributes;
        this.isTypedef = isTypedef;
        declarators.push(this.SUBRULE2(this.initDeclarator));
      },
    });
  }

  private readonly commaGoesOn = (): boolean => !this.commaEndsDeclaration();

  private initDeclaratorOf(isTypedef: boolean): Syntax.InitDeclarator {
    this.beginDeclarator(Mode.Declarator);
    this.isTypedef = isTypedef;
    return this.SUBRULE(this.initDeclarator);
  }

  /** Does the init-declarator declare a typedef name? */
  private isTypedef = false;

  // init-declarator: named-part ( asm-label | attribute-specifier )* ( '=' initializer )?
  private readonly initDeclarator: Rule<Syntax.InitDeclarator> = this.rule("initDeclarator", () => {
    const { declarator, isTypedef } = this;
    let initializer: Syntax.Initializer | undefined;
    try {
      this.SUBRULE(this.namedPart);
      const { symbol } = this;
      this.s.setMode(Mode.Suffix);
      this.MANY(() => {
        this.OR([
          { ALT: () => { declarator.asmLabel = this.SUBRULE(this.asmLabel); } },
          {
            ALT: () => {
              declarator.attributes = concat(declarator.attributes, this.SUBRULE(this.attributeSpecifier));
            },
          },
        ]);
      });
      if (!this.RECORDING_PHASE) this.s.names.declare(symbol, isTypedef);
      this.s.setMode(Mode.Type);
      this.OPTION(() => {
        this.CONSUME(t.Equal);
        this.s.setMode(Mode.Expression);
        initializer = this.initializerOf();
      });
    } catch (e) {
      if (declarator.name !== undefined) this.lostNames.push({ name: declarator.name, isTypedef });
      throw e;
    }
    return { declarator, initializer };
  });

  /** The initializer; in its place an error where the declaration goes on behind one that fails. */
  private initializerOf(): Syntax.Initializer {
    const mark = this.listMark(this.s.names.depth === 0 ? "external" : "block");
    const loc = this.s.loc();
    try {
      return this.SUBRULE(this.initializer);
    } catch (e) {
      this.resume(e, mark, behindInitializer);
      return { kind: "errorExpression", loc };
    }
  }

  // asm-label: Asm '(' strings ')'
  private readonly asmLabel: Rule<Syntax.StringLiteral> = this.rule("asmLabel", () => {
    this.CONSUME(t.Asm);
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    this.wantAsmString();
    const text = this.SUBRULE(this.strings);
    this.CONSUME(t.RightParen);
    this.close();
    return text;
  });

  // ---- Specifiers ------------------------------------------------------------------------------------------------

  // specifiers: specifier*          (a declaration at file scope may begin with its declarator)
  private readonly anySpecifiers: Rule<Syntax.Specifiers> = this.rule("anySpecifiers", () => {
    const outer = this.specifiers;
    const outerMode = this.declaratorMode;
    const specifiers = this.beginSpecifiers();
    this.MANY(this.specifier);
    return this.endSpecifiers(specifiers, outer, outerMode);
  });

  // type-specifiers: specifier+
  private readonly typeSpecifiers: Rule<Syntax.Specifiers> = this.rule("typeSpecifiers", () => {
    const outer = this.specifiers;
    const outerMode = this.declaratorMode;
    const specifiers = this.beginSpecifiers();
    this.AT_LEAST_ONE(this.specifier);
    return this.endSpecifiers(specifiers, outer, outerMode);
  });

  private beginSpecifiers(): SpecifiersBuilder {
    const specifiers = newSpecifiers(this.s.loc());
    specifiers.attributes = this.nextAttributes;
    this.nextAttributes = none;
    this.specifiers = specifiers;
    this.declaratorMode = this.nextDeclaratorMode;
    this.s.setMode(this.nextTypeMode);
    return specifiers;
  }

  private endSpecifiers(specifiers: SpecifiersBuilder, outer: SpecifiersBuilder, outerMode: Mode): Syntax.Specifiers {
    if (specifiers.type === noType) specifiers.type = { kind: "none", loc: specifiers.loc };
    this.specifiers = outer;
    this.declaratorMode = outerMode;
    return specifiers;
  }

  /** The type of the specifiers is known: identifiers are names from here on. */
  private setType(specifiers: SpecifiersBuilder, type: Syntax.TypeSpecifier, mode: Mode): void {
    this.specifiers = specifiers;
    this.declaratorMode = mode;
    this.s.setMode(mode);
    if (specifiers.type !== noType) this.cannotCombine(specifiers.type, type.loc);
    else specifiers.type = type;
  }

  private cannotCombine(previous: Syntax.TypeSpecifier, loc: Loc): void {
    if (this.RECORDING_PHASE || previous.kind === "error") return;
    this.report.error(loc, `cannot combine with previous '${describe(previous)}' declaration specifier`);
  }

  private readonly specifier = (): void => {
    this.OR(this.specifierAlternatives);
  };

  /** After something other than a type the same context goes on. */
  private sameMode(specifiers: SpecifiersBuilder, mode: Mode, sourceMode: Mode): void {
    this.specifiers = specifiers;
    this.declaratorMode = mode;
    this.s.setMode(sourceMode);
  }

  // specifier: TypedefName | UnknownType | TypeWord | AutoType | record-specifier | enum-specifier | typeof-specifier
  //   | atomic-type | bit-int | Storage | Qualifier | Atomic | FunctionWord | alignment | attribute-specifier
  private readonly specifierAlternatives = [
    {
      ALT: (): void => {
        this.CONSUME(t.TypedefName);
        if (!this.RECORDING_PHASE) {
          this.setType(
            this.specifiers, { kind: "typedefName", name: this.taken(), loc: this.takenLoc() }, this.declaratorMode,
          );
        }
      },
    },
    {
      ALT: (): void => {
        const loc = this.s.loc();
        this.CONSUME(t.TypeWord);
        if (!this.RECORDING_PHASE) this.addTypeWord(typeWord(this.takenKind()), undefined, loc);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const type = this.SUBRULE(this.recordSpecifier);
        this.setType(specifiers, type, declaratorMode);
        this.endOfTag(type.isUnion ? "union" : "struct", type.body !== undefined);
      },
    },
    {
      ALT: (): void => {
        this.CONSUME(t.Qualifier);
        this.addQualifier();
      },
    },
    {
      ALT: (): void => {
        this.CONSUME(t.Atomic);
        this.addQualifier();
      },
    },
    {
      ALT: (): void => {
        const loc = this.s.loc();
        this.CONSUME(t.Storage);
        if (!this.RECORDING_PHASE) this.addStorage(this.takenKind(), loc);
      },
    },
    {
      ALT: (): void => {
        const { specifiers } = this;
        const loc = this.s.loc();
        this.CONSUME(t.FunctionWord);
        const word = this.takenKind() === TokenKind.Inline ? "inline" : "noreturn";
        specifiers.functions = append(specifiers.functions, { word, loc });
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const { mode } = this.s;
        const attributes = this.SUBRULE(this.attributeSpecifier);
        specifiers.attributes = concat(specifiers.attributes, attributes);
        this.sameMode(specifiers, declaratorMode, mode);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const type = this.SUBRULE(this.enumSpecifier);
        this.setType(specifiers, type, declaratorMode);
        this.endOfTag("enum", type.enumerators !== undefined);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const type = this.SUBRULE(this.typeofSpecifier);
        this.setType(specifiers, type, declaratorMode);
      },
    },
    {
      ALT: (): void => {
        const loc = this.s.loc();
        this.CONSUME(t.AutoType);
        this.setType(this.specifiers, { kind: "autoType", loc }, this.declaratorMode);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const type = this.SUBRULE(this.atomicType);
        this.setType(specifiers, type, declaratorMode);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const loc = this.s.loc();
        const width = this.SUBRULE(this.bitInt);
        this.specifiers = specifiers;
        this.declaratorMode = declaratorMode;
        this.addTypeWord("_BitInt", width, loc);
      },
    },
    {
      ALT: (): void => {
        const { specifiers, declaratorMode } = this;
        const { mode } = this.s;
        const alignment = this.SUBRULE(this.alignment);
        specifiers.alignments = append(specifiers.alignments, alignment);
        this.sameMode(specifiers, declaratorMode, mode);
      },
    },
    {
      ALT: (): void => {
        const loc = this.s.loc();
        this.CONSUME(t.UnknownType);
        if (this.RECORDING_PHASE) return;
        if (this.specifiers.type === noType) this.report.error(loc, `unknown type name '${this.taken()}'`);
        this.setType(this.specifiers, { kind: "error", loc }, this.declaratorMode);
      },
    },
  ];

  /**
   * Behind a record's or enumeration's `}`, or its tag at the end of a line: where another type follows, perhaps behind
   * words that may stand before and after a type, it is the `;` that was forgotten.
   */
  private endOfTag(what: string, hasBody: boolean): void {
    if (this.RECORDING_PHASE) return;
    if (hasBody && this.s.kind() === TokenKind.PragmaPack) this.pragmaBehindBody();
    if (!hasBody && !this.s.startsLine()) return;
    const next = this.LA_FAST(1);
    if (!typeTerminal.has(next) && !(specifierTerminal.has(next) && typeWords.has(this.s.kind(1)))) return;
    this.report.missingSemicolon(`after ${what}`);
    this.salvage(this.specifiers, [], false, this.specifiers.loc);
    this.nextBegins = true;
    throw syntaxFailure;
  }

  /** `_Pragma("pack(pop)")` between a body and its `;` or declarators counts from the next item on. */
  private pragmaBehindBody(): void {
    const { s, specifiers, declaratorMode } = this;
    while (s.kind() === TokenKind.PragmaPack) {
      const loc = s.loc();
      s.advance();
      const pragma = pragmaDeclaration(s, this.report);
      this.latePragmas.push({ kind: "pragma", pragma: pragma ?? { kind: "ignored" }, loc });
    }
    this.sameMode(specifiers, declaratorMode, declaratorMode);
  }

  private addTypeWord(word: Syntax.TypeWord, width: Syntax.Expression | undefined, loc: Loc): void {
    const { specifiers } = this;
    this.s.setMode(this.declaratorMode);
    const { type } = specifiers;
    if (type === noType) {
      specifiers.type = { kind: "builtin", words: [{ word, loc }], width, loc };
    } else if (type.kind === "builtin") {
      const words = append(type.words, { word, loc });
      if (width !== undefined) specifiers.type = { kind: "builtin", words, width, loc: type.loc };
    } else {
      this.cannotCombine(type, loc);
    }
  }

  private addQualifier(): void {
    const word = qualifierWord(this.takenKind());
    if (word === undefined) return;
    const { specifiers } = this;
    specifiers.qualifiers = append(specifiers.qualifiers, { word, loc: this.takenLoc() });
  }

  private addStorage(kind: number, loc: Loc): void {
    const { specifiers } = this;
    specifiers.storage = append(specifiers.storage, { word: storageWord(kind), loc });
    if (kind !== TokenKind.PrivateExtern) return;
    // extern, and hidden from other objects.
    const hidden: Syntax.StringLiteral = { kind: "string", pieces: [{ text: "\"hidden\"", loc }], loc };
    specifiers.attributes = append(specifiers.attributes, {
      name: "visibility", written: "__private_extern__", scope: undefined, syntax: "gnu", arguments: [hidden], loc,
    });
  }

  // typeof-specifier: Typeof ( TypeParen type-name | '(' expression ) ')'
  private readonly typeofSpecifier: Rule<Syntax.TypeofSpecifier> = this.rule("typeofSpecifier", () => {
    const loc = this.s.loc();
    this.CONSUME(t.Typeof);
    const unqualified = this.takenKind() === TokenKind.TypeofUnqual;
    const operand = this.typeOrExpression();
    return { kind: "typeof", operand, unqualified, loc };
  });

  // alignment: Alignas ( TypeParen type-name | '(' assignment ) ')'
  private readonly alignment: Rule<Syntax.AlignmentSpecifier> = this.rule("alignment", () => {
    const loc = this.s.loc();
    this.CONSUME(t.Alignas);
    const operand = this.typeOrExpression();
    return { operand, loc };
  });

  private typeOrExpression(): Syntax.Expression | Syntax.TypeName {
    this.s.setMode(Mode.Expression);
    const operand = this.OR<Syntax.Expression | Syntax.TypeName>([
      {
        ALT: () => {
          this.CONSUME(t.TypeParen);
          this.open();
          return this.SUBRULE(this.typeName);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.open();
          return this.SUBRULE(this.expression);
        },
      },
    ]);
    this.CONSUME(t.RightParen);
    this.close();
    return operand;
  }

  // atomic-type: AtomicType '(' type-name ')'
  private readonly atomicType: Rule<Syntax.AtomicTypeSpecifier> = this.rule("atomicType", () => {
    const loc = this.s.loc();
    this.CONSUME(t.AtomicType);
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    const type = this.SUBRULE(this.typeName);
    this.CONSUME(t.RightParen);
    this.close();
    return { kind: "atomicType", type, loc };
  });

  // bit-int: BitInt '(' assignment ')'
  private readonly bitInt: Rule<Syntax.Expression> = this.rule("bitInt", () => {
    this.CONSUME(t.BitInt);
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    const width = this.SUBRULE(this.assignment);
    this.CONSUME(t.RightParen);
    this.close();
    return width;
  });

  // ---- Records and enumerations (C11 6.7.2.1, 6.7.2.2) -----------------------------------------------------------

  // record-specifier: Record attribute-specifier* Name? ( '{' members '}' attribute-specifier* )?
  private readonly recordSpecifier: Rule<Syntax.RecordSpecifier> = this.rule("recordSpecifier", () => {
    const keyword = this.s.loc();
    this.CONSUME(t.Record);
    const isUnion = this.takenKind() === TokenKind.Union;
    this.s.setMode(Mode.Name);
    let attributes: readonly Syntax.Attribute[] = none;
    this.MANY(() => {
      attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
    });
    let tag: string | undefined;
    let loc = keyword;
    this.OPTION(() => {
      this.CONSUME(t.Name);
      tag = this.taken();
      loc = this.takenLoc();
      if (!this.RECORDING_PHASE) this.s.names.nameTag(this.s.tokens.text[this.s.position - 1] as number);
    });
    let body: Syntax.RecordBody | undefined;
    this.OPTION2(() => {
      body = this.plainBody();
      if (body === undefined) {
        this.CONSUME(t.LeftBrace);
        this.open();
        const start = this.takenLoc();
        const members = this.memberList();
        this.CONSUME(t.RightBrace);
        this.close();
        body = { members: () => members, declaresNames: true, loc: start, end: this.takenLoc() };
      }
      this.MANY2(() => {
        attributes = concat(attributes, this.SUBRULE2(this.attributeSpecifier));
      });
    });
    if (tag === undefined && body === undefined && !this.RECORDING_PHASE) {
      const what = isUnion ? "union" : "struct";
      throw this.report.fail(keyword, `declaration of anonymous ${what} must be a definition`);
    }
    return { kind: "record", isUnion, tag, attributes, body, loc };
  });

  /** A body at file scope that can wait until its members are asked for (skim.ts). */
  private plainBody(): Syntax.RecordBody | undefined {
    const { s } = this;
    if (this.RECORDING_PHASE || s.names.depth > 0) return undefined;
    const row = s.position;
    const behind = skimBody(s, row);
    if (behind < 0) return undefined;
    s.moveTo(behind);
    const { report, interner, c23 } = this;
    const { loc } = s.tokens;
    let members: readonly Syntax.MemberDeclaration[] | undefined;
    return {
      members: () => members ??= this.readMembers(s, report, interner, c23, row),
      declaresNames: false,
      loc: loc[row] as Loc,
      end: loc[behind - 1] as Loc,
    };
  }

  /** Reads the members of a body that waited; its `{` is at `row`. The translation unit has been read to its end. */
  private readMembers(
    s: TokenSource,
    report: Reporter,
    interner: Interner,
    c23: boolean,
    row: number,
  ): readonly Syntax.MemberDeclaration[] {
    if (this.busy) throw new Error("a record's members are asked for while a translation unit is parsed");
    this.s = s;
    this.report = report;
    this.interner = interner;
    this.c23 = c23;
    s.moveTo(row + 1);
    this.restoreRule(this.recordSpecifier.shortName);
    return this.memberList();
  }

  // members: ( field | static-assert | pragma-declaration | ';' )*
  private memberList(): readonly Syntax.MemberDeclaration[] {
    const list: Syntax.MemberDeclaration[] = [];
    const mark = this.listMark("member");
    const member = (): void => {
      const from = this.s.position;
      try {
        list.push(this.OR(this.memberAlternatives));
      } catch (e) {
        list.push(this.skipItem(e, from, mark));
      }
      if (this.latePragmas.length > 0) list.push(...this.latePragmas.splice(0));
      this.s.setMode(Mode.TypeOnly);
    };
    this.s.setMode(Mode.TypeOnly);
    for (;;) {
      this.MANY3(member);
      if (this.RECORDING_PHASE || this.s.kind() === TokenKind.RightBrace || this.s.atEnd()) break;
      this.stray(mark, "expected a member declaration");
      this.s.setMode(Mode.TypeOnly);
    }
    return list;
  }

  private readonly memberAlternatives = [
    { ALT: (): Syntax.MemberDeclaration => this.SUBRULE(this.field) },
    { ALT: (): Syntax.MemberDeclaration => this.SUBRULE(this.staticAssert) },
    { ALT: (): Syntax.MemberDeclaration => this.SUBRULE(this.pragmaDeclaration) },
    {
      ALT: (): Syntax.MemberDeclaration => {
        this.CONSUME(t.Semicolon);
        return { kind: "emptyDeclaration", loc: this.takenLoc() };
      },
    },
  ];

  // field: ExtensionDeclaration* type-specifiers ( field-declarator ( ',' attribute-specifier* field-declarator )* )?
  // ';'
  private readonly field: Rule<Syntax.FieldDeclaration> = this.rule("field", () => {
    const loc = this.s.loc();
    this.MANY(() => {
      this.CONSUME(t.ExtensionDeclaration);
      this.s.setMode(Mode.TypeOnly);
    });
    this.nextTypeMode = Mode.TypeOnly;
    this.nextDeclaratorMode = Mode.Declarator;
    const specifiers = this.SUBRULE(this.typeSpecifiers);
    let declarators: readonly Syntax.FieldDeclarator[] = none;
    this.OPTION(() => {
      this.beginDeclarator(Mode.Declarator);
      declarators = [this.SUBRULE(this.fieldDeclarator)];
      this.MANY2(() => {
        this.CONSUME(t.Comma);
        this.s.setMode(Mode.Declarator);
        let attributes: readonly Syntax.Attribute[] = none;
        this.MANY3(() => {
          attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
        });
        this.beginDeclarator(Mode.Declarator);
        this.declarator.attributes = attributes;
        declarators = append(declarators, this.SUBRULE2(this.fieldDeclarator));
      });
    });
    const ends = this.RECORDING_PHASE || this.s.kind() === TokenKind.Semicolon || this.s.startsLine();
    if (declarators === none && !ends) {
      throw this.report.fail(this.s.loc(), "expected member name or ';' after declaration specifiers");
    }
    if (!this.RECORDING_PHASE && this.s.kind() === TokenKind.RightBrace) this.report.lastSemicolon();
    else this.semicolon("at end of declaration list");
    return { kind: "field", specifiers, declarators, loc };
  });

  // field-declarator: ( named-part ( ':' assignment )? | ':' assignment ) attribute-specifier*
  private readonly fieldDeclarator: Rule<Syntax.FieldDeclarator> = this.rule("fieldDeclarator", () => {
    const { declarator } = this;
    let width: Syntax.Expression | undefined;
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.namedPart);
          this.OPTION(() => {
            this.CONSUME(t.Colon);
            this.s.setMode(Mode.Expression);
            width = this.SUBRULE(this.assignment);
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME2(t.Colon);
          this.s.setMode(Mode.Expression);
          width = this.SUBRULE2(this.assignment);
        },
      },
    ]);
    this.MANY(() => {
      declarator.attributes = concat(declarator.attributes, this.SUBRULE(this.attributeSpecifier));
    });
    return { declarator, width };
  });

  // enum-specifier: Enum attribute-specifier* Name? ( ':' type-name )? ( '{' enumerators '}' attribute-specifier* )?
  private readonly enumSpecifier: Rule<Syntax.EnumSpecifier> = this.rule("enumSpecifier", () => {
    const keyword = this.s.loc();
    this.CONSUME(t.Enum);
    this.s.setMode(Mode.Name);
    let attributes: readonly Syntax.Attribute[] = none;
    this.MANY(() => {
      attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
    });
    let tag: string | undefined;
    let loc = keyword;
    this.OPTION(() => {
      this.CONSUME(t.Name);
      tag = this.taken();
      loc = this.takenLoc();
      if (!this.RECORDING_PHASE) this.s.names.nameTag(this.s.tokens.text[this.s.position - 1] as number);
    });
    let underlying: Syntax.TypeName | undefined;
    this.OPTION2({
      // In `enum e : 3;` the colon begins a bit-field's width.
      GATE: () => this.s.typeBeginsAt(this.s.position + 1),
      DEF: () => {
        this.CONSUME(t.Colon);
        underlying = this.SUBRULE(this.typeName);
      },
    });
    let enumerators: readonly Syntax.Enumerator[] | undefined;
    this.OPTION3(() => {
      this.CONSUME(t.LeftBrace);
      this.open();
      this.s.setMode(Mode.Name);
      enumerators = this.enumeratorList();
      this.CONSUME(t.RightBrace);
      this.close();
      this.MANY2(() => {
        attributes = concat(attributes, this.SUBRULE2(this.attributeSpecifier));
      });
    });
    if (tag === undefined && enumerators === undefined && !this.RECORDING_PHASE) {
      throw this.report.fail(keyword, "declaration of anonymous enum must be a definition");
    }
    return { kind: "enum", tag, attributes, underlying, enumerators, loc, end: this.takenLoc() };
  });

  // enumerators: enumerator ( ',' enumerator )* ','?
  // What is none is skipped up to the next `,`, so that the others are declared.
  private enumeratorList(): readonly Syntax.Enumerator[] {
    const list: Syntax.Enumerator[] = [];
    if (!this.RECORDING_PHASE && this.s.kind() === TokenKind.RightBrace) {
      this.report.error(this.s.loc(), "use of empty enum");
      return list;
    }
    if (this.RECORDING_PHASE || !this.badEnumerator()) list.push(this.SUBRULE(this.enumerator));
    for (;;) {
      this.MANY3(() => {
        this.CONSUME(t.Comma);
        this.s.setMode(Mode.Name);
        if (!this.RECORDING_PHASE && this.badEnumerator()) return;
        this.OPTION4(() => {
          list.push(this.SUBRULE2(this.enumerator));
        });
      });
      if (this.RECORDING_PHASE || this.s.kind() === TokenKind.RightBrace || this.s.atEnd()) break;
      if (this.s.kind() === TokenKind.Identifier) {
        this.report.missingComma("missing ',' between enumerators");
        this.s.setMode(Mode.Name);
        list.push(this.SUBRULE3(this.enumerator));
        continue;
      }
      const hasValue = list[list.length - 1]?.value !== undefined;
      this.report.error(this.s.loc(),
        hasValue ? "expected '}' or ','" : "expected '= constant-expression' or end of enumerator definition");
      this.skipEnumerator();
      if (this.s.kind() !== TokenKind.Comma) break;
    }
    return list;
  }

  /** Something that is no enumerator, before a `,` or the end of the list: it is skipped. */
  private badEnumerator(): boolean {
    const kind = this.s.kind();
    if (kind === TokenKind.Identifier || kind === TokenKind.RightBrace || this.s.atEnd()) return false;
    this.report.error(this.s.loc(), "expected identifier");
    this.skipEnumerator();
    return true;
  }

  /** To the next `,` of the list that is open, its `}`, or where the declaration ends without one. */
  private skipEnumerator(): void {
    const { report, s } = this;
    for (;;) {
      if (!report.skipTo(report.open.length, endOfEnumerator, "external")) throw syntaxFailure;
      if (s.kind() !== TokenKind.Semicolon) return;
      s.advance();
    }
  }

  // enumerator: Name attribute-specifier* ( '=' assignment )?
  private readonly enumerator: Rule<Syntax.Enumerator> = this.rule("enumerator", () => {
    this.CONSUME(t.Name);
    const name = this.taken();
    const symbol = this.s.tokens.text[this.s.position - 1] as number;
    const loc = this.takenLoc();
    let attributes: readonly Syntax.Attribute[] = none;
    this.MANY(() => {
      attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
    });
    let value: Syntax.Expression | undefined;
    this.OPTION(() => {
      this.CONSUME(t.Equal);
      this.s.setMode(Mode.Expression);
      value = this.SUBRULE(this.assignment);
    });
    if (!this.RECORDING_PHASE) this.s.names.declare(symbol, false);
    return { name, attributes, value, loc };
  });

  // ---- Attributes ------------------------------------------------------------------------------------------------

  // attribute-specifier: Attribute '(' '(' attributes ')' ')' | AttributeBracket '[' attributes ']' ']'
  private readonly attributeSpecifier: Rule<readonly Syntax.Attribute[]> = this.rule("attributeSpecifier", () => {
    const { mode } = this.s;
    const list: Syntax.Attribute[] = [];
    const { attributeList, attributeSyntax } = this;
    this.attributeList = list;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Attribute);
          this.attributeSyntax = "gnu";
          this.s.setMode(Mode.Word);
          this.CONSUME(t.LeftParen);
          this.open();
          this.CONSUME2(t.LeftParen);
          this.open();
          this.SUBRULE(this.attributes);
          this.CONSUME(t.RightParen);
          this.close();
          this.CONSUME2(t.RightParen);
          this.close();
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.AttributeBracket);
          this.attributeSyntax = "bracket";
          this.open();
          this.s.setMode(Mode.Word);
          this.CONSUME(t.LeftBracket);
          this.open();
          this.SUBRULE2(this.attributes);
          this.CONSUME(t.RightBracket);
          this.close();
          this.CONSUME2(t.RightBracket);
          this.close();
        },
      },
    ]);
    this.attributeList = attributeList;
    this.attributeSyntax = attributeSyntax;
    this.s.setMode(mode);
    return list;
  });

  /** The list that `attribute` adds to, and the notation it stands in. */
  private attributeList: Syntax.Attribute[] = [];
  private attributeSyntax: Syntax.Attribute["syntax"] = "gnu";

  // attributes: attribute? ( ',' attribute? )*
  private readonly attributes: Rule<void> = this.rule("attributes", () => {
    this.OPTION(() => this.SUBRULE(this.attribute));
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.OPTION2(() => this.SUBRULE2(this.attribute));
    });
  });

  // attribute: Name ( '::' Name )? ( '(' ( attribute-argument ( ',' attribute-argument )* )? ')' )?
  private readonly attribute: Rule<void> = this.rule("attribute", () => {
    const list = this.attributeList;
    const syntax = this.attributeSyntax;
    let loc = this.s.loc();
    this.CONSUME(t.Name);
    let written = this.attributeWord();
    let scope: string | undefined;
    this.OPTION(() => {
      this.CONSUME(t.ColonColon);
      loc = this.s.loc();
      this.CONSUME2(t.Name);
      scope = plainName(written);
      written = this.attributeWord();
    });
    let args: readonly Syntax.AttributeArgument[] | undefined;
    this.OPTION2(() => {
      this.CONSUME(t.LeftParen);
      this.open();
      const foreign = syntax === "bracket" && scope !== undefined && !knownScopes.has(scope);
      const opaque = foreign || opaqueAttributes.has(plainName(written));
      args = opaque ? this.opaqueArguments() : none;
      this.s.setMode(Mode.Expression);
      this.OPTION3(() => {
        args = append(args ?? none, this.SUBRULE(this.attributeArgument));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          args = append(args ?? none, this.SUBRULE2(this.attributeArgument));
        });
      });
      this.CONSUME(t.RightParen);
      this.close();
      this.s.setMode(Mode.Word);
    });
    list.push({ name: plainName(written), written, scope, syntax, arguments: args, loc });
  });

  /** The attribute's word, which was taken last. */
  private attributeWord(): string {
    return this.RECORDING_PHASE ? "" : this.taken();
  }

  /** Skips to the `)` of arguments that are no expressions. */
  private opaqueArguments(): readonly Syntax.AttributeArgument[] {
    const { s } = this;
    const loc = s.loc();
    const end = s.behindGroup(s.position - 1) - 1;
    const words: string[] = [];
    for (let row = s.position; row < end; row++) words.push(this.interner.text(s.tokens.text[row] as number));
    s.moveTo(end);
    return words.length === 0 ? none : [{ kind: "tokens", text: words.join(" "), loc }];
  }

  // attribute-argument: type-name | assignment
  private readonly attributeArgument: Rule<Syntax.AttributeArgument> = this.rule("attributeArgument", () => {
    const next = this.s.kind(1);
    const alone = isName(this.s.kind()) && (next === TokenKind.Comma || next === TokenKind.RightParen);
    this.s.setMode(alone ? Mode.Word : Mode.Expression);
    const argument = this.OR<Syntax.AttributeArgument>([
      { ALT: () => this.SUBRULE(this.typeName) },
      { ALT: () => this.SUBRULE(this.assignment) },
    ]);
    this.s.setMode(Mode.Expression);
    return argument;
  });

  // ---- Declarators (C11 6.7.6) -----------------------------------------------------------------------------------

  /** Begins a declarator; its parts are added to `this.declarator`. */
  private beginDeclarator(mode: Mode): void {
    this.declarator = newDeclarator(this.s.loc());
    this.symbol = 0;
    this.s.setMode(mode);
  }

  // named-part: pointer* ( Name | '(' attribute-specifier* named-part ')' ) suffix*
  private readonly namedPart: Rule<void> = this.rule("namedPart", () => {
    const { declarator, pointers } = this;
    const first = pointers.length;
    this.MANY(this.pointer);
    this.OR([
      { ALT: () => this.declaratorName(declarator) },
      {
        ALT: () => {
          this.beginGroup();
          this.SUBRULE(this.namedPart);
          this.endGroup(declarator);
        },
      },
    ]);
    this.MANY2(this.suffix);
    this.addPointers(declarator, first);
  });

  // abstract-part: pointer* ( Name | '(' attribute-specifier* abstract-part ')' )? suffix*
  private readonly abstractPart: Rule<void> = this.rule("abstractPart", () => {
    const { declarator, pointers } = this;
    const first = pointers.length;
    this.MANY(this.pointer);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.declaratorName(declarator) },
        {
          ALT: () => {
            this.beginGroup();
            this.SUBRULE(this.abstractPart);
            this.endGroup(declarator);
          },
        },
      ]);
    });
    if (declarator.name === undefined && declarator.layers === none) declarator.loc = this.s.loc();
    this.MANY2(this.suffix);
    this.addPointers(declarator, first);
  });

  private declaratorName(declarator: DeclaratorBuilder): void {
    this.CONSUME(t.Name);
    const row = this.s.position - 1;
    this.symbol = this.s.tokens.text[row] as number;
    declarator.name = this.taken();
    declarator.loc = this.s.tokens.loc[row] as Loc;
    this.s.setMode(Mode.Suffix);
  }

  private beginGroup(): void {
    const { declarator } = this;
    this.CONSUME(t.LeftParen);
    this.open();
    this.MANY3(() => {
      declarator.attributes = concat(declarator.attributes, this.SUBRULE(this.attributeSpecifier));
      this.declarator = declarator;
    });
  }

  private endGroup(declarator: DeclaratorBuilder): void {
    this.CONSUME(t.RightParen);
    this.close();
    this.declarator = declarator;
    this.s.setMode(Mode.Suffix);
  }

  /** The pointers of this part come after its suffixes, the last one first. */
  private addPointers(declarator: DeclaratorBuilder, first: number): void {
    const { pointers } = this;
    while (pointers.length > first) {
      declarator.layers = append(declarator.layers, pointers.pop() as Syntax.PointerLayer);
    }
    if (declarator.layers.length > maximumLayers) {
      throw this.report.fatal(declarator.loc, `declarator nested too deeply: more than ${maximumLayers} levels`);
    }
  }

  // pointer: '*' ( Qualifier | Atomic | attribute-specifier )*
  private readonly pointer = (): void => {
    this.CONSUME(t.Star);
    const loc = this.takenLoc();
    const { pointers, pointerQualifiers, pointerAttributes } = this;
    this.pointerQualifiers = none;
    this.pointerAttributes = none;
    this.MANY4(this.pointerModifier);
    pointers.push({ kind: "pointer", qualifiers: this.pointerQualifiers, attributes: this.pointerAttributes, loc });
    this.pointerQualifiers = pointerQualifiers;
    this.pointerAttributes = pointerAttributes;
  };

  private readonly pointerModifier = (): void => {
    this.OR4(this.pointerModifierAlternatives);
  };

  private readonly pointerModifierAlternatives = [
    {
      ALT: (): void => {
        this.CONSUME(t.Qualifier);
        this.addPointerQualifier();
      },
    },
    {
      ALT: (): void => {
        this.CONSUME(t.Atomic);
        this.addPointerQualifier();
      },
    },
    {
      ALT: (): void => {
        const { declarator, pointers, pointerQualifiers, pointerAttributes } = this;
        const attributes = this.SUBRULE4(this.attributeSpecifier);
        this.declarator = declarator;
        this.pointers = pointers;
        this.pointerQualifiers = pointerQualifiers;
        this.pointerAttributes = concat(pointerAttributes, attributes);
      },
    },
  ];

  private addPointerQualifier(): void {
    const word = qualifierWord(this.takenKind());
    if (word !== undefined) this.pointerQualifiers = append(this.pointerQualifiers, { word, loc: this.takenLoc() });
  }

  private readonly suffix = (): void => {
    const { declarator, symbol, pointers } = this;
    this.OR5(this.suffixAlternatives);
    this.declarator = declarator;
    this.symbol = symbol;
    this.pointers = pointers;
    this.s.setMode(Mode.Suffix);
  };

  // suffix: array | parameters | attribute-specifier
  private readonly suffixAlternatives = [
    {
      ALT: (): void => {
        const { declarator } = this;
        const layer = this.SUBRULE(this.arrayPart);
        declarator.layers = append(declarator.layers, layer);
      },
    },
    {
      ALT: (): void => {
        const { declarator } = this;
        const layer = this.SUBRULE(this.parameters);
        declarator.layers = append(declarator.layers, layer);
      },
    },
    {
      ALT: (): void => {
        const { declarator } = this;
        const attributes = this.SUBRULE5(this.bracketAttributes);
        declarator.attributes = concat(declarator.attributes, attributes);
      },
    },
  ];

  // bracket-attributes: an attribute-specifier that begins with AttributeBracket
  private readonly bracketAttributes: Rule<readonly Syntax.Attribute[]> = this.rule("bracketAttributes", () => {
    const outer = this.attributeList;
    const list: Syntax.Attribute[] = [];
    this.attributeList = list;
    this.attributeSyntax = "bracket";
    this.CONSUME(t.AttributeBracket);
    this.open();
    this.s.setMode(Mode.Word);
    this.CONSUME(t.LeftBracket);
    this.open();
    this.SUBRULE(this.attributes);
    this.CONSUME(t.RightBracket);
    this.close();
    this.CONSUME2(t.RightBracket);
    this.close();
    this.attributeList = outer;
    return list;
  });

  // array: '[' ( Qualifier | Atomic | Storage )* ( LoneStar | assignment )? ']'
  private readonly arrayPart: Rule<Syntax.ArrayLayer> = this.rule("arrayPart", () => {
    this.CONSUME(t.LeftBracket);
    this.open();
    const loc = this.takenLoc();
    this.s.setMode(Mode.Expression);
    this.pointers = [];
    let isStatic = false;
    let qualifiers: readonly Syntax.Word<Syntax.Qualifier>[] = none;
    const qualifier = (): void => {
      const word = qualifierWord(this.takenKind());
      if (word !== undefined) qualifiers = append(qualifiers, { word, loc: this.takenLoc() });
    };
    this.MANY(() => {
      this.OR([
        { ALT: () => { this.CONSUME(t.Qualifier); qualifier(); } },
        { ALT: () => { this.CONSUME(t.Atomic); qualifier(); } },
        {
          ALT: () => {
            this.CONSUME(t.Storage);
            if (!this.RECORDING_PHASE && this.takenKind() !== TokenKind.Static) {
              this.report.error(this.takenLoc(), "expected expression");
            }
            isStatic = true;
          },
        },
      ]);
    });
    let size: Syntax.ArrayLayer["size"];
    this.OPTION(() => {
      this.OR2([
        { ALT: () => { this.CONSUME(t.LoneStar); size = "star"; } },
        { ALT: () => { size = this.SUBRULE(this.assignment); } },
      ]);
    });
    this.CONSUME(t.RightBracket);
    this.close();
    return { kind: "array", size, isStatic, qualifiers, loc };
  });

  // parameters: ParametersParen ( Name ( ',' Name )* | parameter ( ',' ( parameter | '...' ) )* | '...' )? ')'
  private readonly parameters: Rule<Syntax.FunctionLayer> = this.rule("parameters", () => {
    this.CONSUME(t.ParametersParen);
    this.open();
    const loc = this.takenLoc();
    this.pointers = [];
    this.s.names.open();
    const mark = this.listMark(this.s.names.depth === 1 ? "external" : "block");
    this.s.setMode(Mode.Type);
    let style: Syntax.FunctionLayer["style"] = "empty";
    let list: readonly Syntax.Parameter[] = none;
    let names: readonly Syntax.Identifier[] = none;
    let variadic = false;
    let broken = false;
    try {
      this.OPTION(() => {
        this.OR([
          {
            ALT: () => {
              style = "names";
              this.CONSUME(t.Name);
              if (this.c23) this.reportUnlessRecording(this.takenLoc(), `unknown type name '${this.taken()}'`);
              names = append(names, { name: this.taken(), loc: this.takenLoc() });
              this.MANY(() => {
                this.CONSUME(t.Comma);
                this.s.setMode(Mode.Name);
                this.CONSUME2(t.Name);
                names = append(names, { name: this.taken(), loc: this.takenLoc() });
              });
            },
          },
          {
            ALT: () => {
              style = "prototype";
              list = append(list, this.SUBRULE(this.parameter));
              this.MANY2(() => {
                this.CONSUME2(t.Comma);
                this.s.setMode(Mode.TypeOnly);
                this.OR2([
                  { ALT: () => { list = append(list, this.SUBRULE2(this.parameter)); } },
                  {
                    ALT: () => {
                      this.CONSUME(t.Ellipsis);
                      variadic = true;
                      if (!this.RECORDING_PHASE && this.s.kind() === TokenKind.Comma) {
                        this.report.missingBracket("expected ')'", "'('");
                        throw syntaxFailure;
                      }
                    },
                  },
                ]);
              });
            },
          },
          {
            ALT: () => {
              style = "prototype";
              this.CONSUME2(t.Ellipsis);
              variadic = true;
              // C23 6.7.6.3 lets the named parameter go.
              if (!this.c23) this.reportUnlessRecording(this.takenLoc(), "ISO C requires a named parameter before '...'");
            },
          },
        ]);
      });
      this.s.names.close();
      this.CONSUME(t.RightParen);
      this.close();
    } catch (e) {
      this.closeParameters(e, mark);
      broken = true;
    }
    return { kind: "function", style, parameters: list, names, variadic, broken, loc, end: this.takenLoc() };
  });

  /** A parameter list failed: goes on behind its `)` if there is one. */
  private closeParameters(e: unknown, mark: ListMark): void {
    this.goBack(e, { ...mark, scope: mark.scope - 1 });
    if (!this.report.skipTo(mark.open, closingParen, mark.level)) throw e;
    this.s.advance();
    this.close();
  }

  // parameter: type-specifiers abstract-part attribute-specifier*
  private readonly parameter: Rule<Syntax.Parameter> = this.rule("parameter", () => {
    const loc = this.s.loc();
    this.nextTypeMode = Mode.TypeOnly;
    this.nextDeclaratorMode = Mode.Abstract;
    const specifiers = this.SUBRULE(this.typeSpecifiers);
    this.beginDeclarator(Mode.Abstract);
    const { declarator } = this;
    this.SUBRULE(this.abstractPart);
    const { symbol } = this;
    this.MANY(() => {
      declarator.attributes = concat(declarator.attributes, this.SUBRULE(this.attributeSpecifier));
    });
    if (!this.RECORDING_PHASE && declarator.name !== undefined) this.s.names.declare(symbol, false);
    return { specifiers, declarator, loc };
  });

  // type-name: type-specifiers abstract-part
  private readonly typeName: Rule<Syntax.TypeName> = this.rule("typeName", () => {
    const loc = this.s.loc();
    const outer = this.declarator;
    const outerPointers = this.pointers;
    const outerSymbol = this.symbol;
    this.pointers = [];
    this.nextTypeMode = Mode.TypeOnly;
    this.nextDeclaratorMode = Mode.Abstract;
    const specifiers = this.SUBRULE(this.typeSpecifiers);
    this.beginDeclarator(Mode.Abstract);
    const { declarator } = this;
    this.SUBRULE(this.abstractPart);
    if (declarator.name !== undefined && !this.RECORDING_PHASE) {
      this.report.error(declarator.loc, `unexpected '${declarator.name}' in a type name`);
    }
    this.declarator = outer;
    this.pointers = outerPointers;
    this.symbol = outerSymbol;
    this.s.setMode(Mode.Expression);
    return { kind: "typeName", specifiers, declarator, loc };
  });

  // ---- Initialisers (C11 6.7.9) ----------------------------------------------------------------------------------

  // initializer: initializer-list | assignment
  private readonly initializer: Rule<Syntax.Initializer> = this.rule("initializer", () => {
    return this.OR(this.initializerAlternatives);
  });

  private readonly initializerAlternatives = [
    { ALT: (): Syntax.Initializer => this.SUBRULE(this.assignment) },
    { ALT: (): Syntax.Initializer => this.SUBRULE(this.initializerList) },
  ];

  // initializer-list: '{' ( initializer-item ( ',' initializer-item )* ','? )? '}'
  private readonly initializerList: Rule<Syntax.InitializerList> = this.rule("initializerList", () => {
    this.CONSUME(t.LeftBrace);
    this.open();
    const loc = this.takenLoc();
    const items: Syntax.InitializerItem[] = [];
    let height = 0;
    const item = (one: Syntax.InitializerItem): void => {
      items.push(one);
      height = Math.max(height, this.height);
    };
    this.s.atItem();
    if (!this.RECORDING_PHASE && this.s.kind() === TokenKind.Comma) {
      throw this.report.fail(this.s.loc(), "expected expression");
    }
    this.OPTION(() => {
      item(this.SUBRULE(this.initializerItem));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.s.atItem();
        this.OPTION2(() => item(this.SUBRULE2(this.initializerItem)));
        if (!this.RECORDING_PHASE && this.takenKind() === TokenKind.Comma && this.s.kind() === TokenKind.Comma) {
          throw this.report.fail(this.s.loc(), "expected expression");
        }
      });
    });
    this.CONSUME(t.RightBrace);
    this.close();
    this.height = height + 1;
    return { kind: "initializerList", items, loc, end: this.takenLoc() };
  });

  // initializer-item: ( LabelName ':' | designator+ '='? )? initializer
  private readonly initializerItem: Rule<Syntax.InitializerItem> = this.rule("initializerItem", () => {
    const loc = this.s.loc();
    let designators: readonly Syntax.Designator[] = none;
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.LabelName);
            designators = [{ kind: "field", name: this.taken(), loc }];
            if (!this.RECORDING_PHASE) this.report.oldDesignator(loc, this.taken());
            this.CONSUME(t.Colon);
          },
        },
        {
          ALT: () => {
            this.AT_LEAST_ONE(() => {
              designators = append(designators, this.SUBRULE(this.designator));
            });
            let hasEqual = false;
            this.OPTION2(() => {
              this.CONSUME(t.Equal);
              hasEqual = true;
            });
            if (!hasEqual && !this.RECORDING_PHASE) this.report.missingEqual(designators);
          },
        },
      ]);
    });
    const value = this.SUBRULE(this.initializer);
    return { designators, value, loc };
  });

  // designator: '.' Name | '[' assignment ( '...' assignment )? ']'
  private readonly designator: Rule<Syntax.Designator> = this.rule("designator", () => this.OR<Syntax.Designator>([
    {
      ALT: () => {
        this.CONSUME(t.Dot);
        const start = this.takenLoc();
        this.s.setMode(Mode.Name);
        this.CONSUME(t.Name);
        this.s.setMode(Mode.Expression);
        return { kind: "field", name: this.taken(), loc: this.takenLoc(), start };
      },
    },
    {
      ALT: () => {
        this.CONSUME(t.LeftBracket);
        this.open();
        const loc = this.takenLoc();
        const low = this.SUBRULE(this.assignment);
        let high: Syntax.Expression | undefined;
        this.OPTION(() => {
          this.CONSUME(t.Ellipsis);
          high = this.SUBRULE2(this.assignment);
        });
        this.CONSUME(t.RightBracket);
        this.close();
        return high === undefined ? { kind: "index", index: low, loc } : { kind: "range", low, high, loc };
      },
    },
  ]));

  // ---- Statements (C11 6.8) --------------------------------------------------------------------------------------

  // compound: '{' block-item* '}'
  private readonly compound: Rule<Syntax.CompoundStatement> = this.rule("compound", () => {
    this.CONSUME(t.LeftBrace);
    this.open();
    const loc = this.takenLoc();
    const items: Syntax.BlockItem[] = [];
    const { names } = this.s;
    names.open();
    const mark = this.listMark("block");
    const item = (): void => {
      const from = this.s.position;
      this.inBlock = true;
      try {
        items.push(this.OR(this.blockItemAlternatives));
      } catch (e) {
        items.push(this.skipItem(e, from, mark));
      }
      if (this.latePragmas.length > 0) items.push(...this.latePragmas.splice(0));
      this.s.setMode(Mode.Expression);
      this.s.atItem();
    };
    this.s.setMode(Mode.Expression);
    this.s.atItem();
    for (;;) {
      this.MANY(item);
      if (this.RECORDING_PHASE || this.s.kind() === TokenKind.RightBrace || this.s.atEnd()) break;
      this.stray(mark, "expected expression");
      this.s.setMode(Mode.Expression);
      this.s.atItem();
    }
    names.close();
    // At the end of the file the body counts as closed, so that what is in it is understood.
    if (!this.RECORDING_PHASE && this.s.atEnd()) this.report.missingBracket("expected '}'", "'{'");
    else this.CONSUME(t.RightBrace);
    this.close();
    return { kind: "compound", items, loc, end: this.takenLoc() };
  });

  private readonly statementAlternatives = [
    { ALT: (): Syntax.Statement => this.SUBRULE(this.expressionStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.ifStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.returnStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.compound) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.forStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.whileStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.doStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.switchStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.labeledStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.gotoStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.jumpStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.asmStatement) },
    { ALT: (): Syntax.Statement => this.SUBRULE(this.hintedLoop) },
    {
      ALT: (): Syntax.Statement => {
        this.CONSUME(t.Semicolon);
        return { kind: "emptyStatement", loc: this.takenLoc() };
      },
    },
  ];

  // block-item: attribute-specifier+ ( local-declaration | plain-statement ) | local-declaration | static-assert
  //   | local-labels | pragma-declaration | plain-statement
  // The alternatives of plain-statement stand here once more, which spares nested blocks a rule.
  private readonly blockItemAlternatives = {
    // A declaration may begin with attributes too: the first alternative is to have them.
    IGNORE_AMBIGUITIES: true,
    DEF: [
      {
        ALT: (): Syntax.BlockItem => {
          const loc = this.s.loc();
          let attributes: readonly Syntax.Attribute[] = none;
          this.AT_LEAST_ONE(() => {
            attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
          });
          this.s.atItem();
          return this.OR2<Syntax.BlockItem>([
            {
              ALT: () => {
                this.nextAttributes = attributes;
                return this.SUBRULE(this.localDeclaration);
              },
            },
            { ALT: () => ({ kind: "attributed", attributes, body: this.SUBRULE(this.plainStatement), loc }) },
          ]);
        },
      },
      ...this.statementAlternatives,
      { ALT: (): Syntax.BlockItem => this.SUBRULE2(this.localDeclaration) },
      { ALT: (): Syntax.BlockItem => this.SUBRULE(this.staticAssert) },
      { ALT: (): Syntax.BlockItem => this.SUBRULE(this.localLabels) },
      { ALT: (): Syntax.BlockItem => this.SUBRULE(this.pragmaDeclaration) },
    ],
  };

  // statement: attribute-specifier* plain-statement                       (where no declaration may stand)
  private readonly statement: Rule<Syntax.Statement> = this.rule("statement", () => {
    const mark = this.listMark("block");
    const nesting = this.deeper("statements");
    const from = this.s.position;
    const loc = this.s.loc();
    this.s.setMode(Mode.Expression);
    this.s.atItem();
    try {
      let attributes: readonly Syntax.Attribute[] = none;
      this.MANY(() => {
        attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
        this.s.atItem();
      });
      this.inBlock = false;
      const body = this.SUBRULE(this.plainStatement);
      this.nesting = nesting;
      return attributes === none ? body : { kind: "attributed", attributes, body, loc };
    } catch (e) {
      const broken = this.skipItem(e, from, mark);
      this.s.setMode(Mode.Expression);
      return broken;
    }
  });

  // plain-statement: expression-statement | if-statement | return-statement | compound | for-statement | ...
  private readonly plainStatement: Rule<Syntax.Statement> = this.rule("plainStatement", () => {
    return this.OR(this.statementAlternatives);
  });

  // expression-statement: expression ';'
  private readonly expressionStatement: Rule<Syntax.Statement> = this.rule("expressionStatement", () => {
    const loc = this.s.loc();
    const expression = this.SUBRULE(this.expression);
    this.statementEnd("after expression");
    return { kind: "expressionStatement", expression, loc };
  });

  // condition: '(' expression ')'          (of if, switch, while and do)
  private readonly condition: Rule<Syntax.Expression> = this.rule("condition", () => {
    const mark = this.listMark("block");
    const loc = this.s.loc();
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    try {
      const condition = this.SUBRULE(this.expression);
      this.CONSUME(t.RightParen);
      this.close();
      return condition;
    } catch (e) {
      this.closeParen(e, mark);
      return { kind: "errorExpression", loc };
    }
  });

  /** A statement's parentheses failed: goes on behind the `)` if there is one. */
  private closeParen(e: unknown, mark: ListMark): void {
    this.goBack(e, mark);
    if (!this.report.skipTo(mark.open + 1, closingParen, mark.level)) throw e;
    this.s.advance();
    this.close();
    this.s.setMode(Mode.Expression);
  }

  // if-statement: If condition statement ( Else If condition statement )* ( Else statement )?
  private readonly ifStatement: Rule<Syntax.IfStatement> = this.rule("ifStatement", () => {
    const loc = this.s.loc();
    const scope = this.s.names.depth;
    const arms: { condition: Syntax.Expression; then: Syntax.Statement; loc: Loc }[] = [];
    this.CONSUME(t.If);
    this.s.names.open();
    const condition = this.SUBRULE(this.condition);
    arms.push({ condition, then: this.SUBRULE(this.statement), loc });
    let last: Syntax.Statement | undefined;
    let elseLoc: Loc | undefined;
    this.MANY({
      GATE: () => last === undefined,
      DEF: () => {
        const here = this.s.loc();
        elseLoc ??= here;
        this.CONSUME(t.Else);
        const at = this.s.loc();
        this.OR({
          // Of the two, `else if` is an arm of this statement.
          IGNORE_AMBIGUITIES: true,
          DEF: [
            {
              ALT: () => {
                this.CONSUME2(t.If);
                const next = this.SUBRULE2(this.condition);
                arms.push({ condition: next, then: this.SUBRULE2(this.statement), loc: at });
              },
            },
            { ALT: () => { last = this.SUBRULE3(this.statement); } },
          ],
        });
      },
    });
    this.s.names.closeTo(scope);
    return { kind: "if", arms, else: last, elseLoc, loc };
  });

  // switch-statement: Switch condition statement
  private readonly switchStatement: Rule<Syntax.SwitchStatement> = this.rule("switchStatement", () => {
    const loc = this.s.loc();
    const scope = this.s.names.depth;
    this.CONSUME(t.Switch);
    this.s.names.open();
    const value = this.SUBRULE(this.condition);
    const body = this.SUBRULE(this.statement);
    this.s.names.closeTo(scope);
    return { kind: "switch", value, body, loc };
  });

  /** The hints that stood before the loop. */
  private takeHints(): readonly Syntax.LoopHint[] {
    const { hints } = this;
    this.hints = none;
    return hints;
  }

  // while-statement: While condition statement
  private readonly whileStatement: Rule<Syntax.WhileStatement> = this.rule("whileStatement", () => {
    const hints = this.takeHints();
    const loc = this.s.loc();
    const scope = this.s.names.depth;
    this.CONSUME(t.While);
    this.s.names.open();
    const condition = this.SUBRULE(this.condition);
    const body = this.SUBRULE(this.statement);
    this.s.names.closeTo(scope);
    return { kind: "while", condition, body, hints, loc };
  });

  // do-statement: Do statement While condition ';'
  private readonly doStatement: Rule<Syntax.DoStatement> = this.rule("doStatement", () => {
    const hints = this.takeHints();
    const loc = this.s.loc();
    this.CONSUME(t.Do);
    const body = this.SUBRULE(this.statement);
    this.CONSUME(t.While);
    const condition = this.SUBRULE(this.condition);
    this.statementEnd("after do/while statement");
    return { kind: "do", body, condition, hints, loc };
  });

  // for-statement: For '(' ( local-declaration | expression? ';' ) expression? ';' expression? ')' statement
  private readonly forStatement: Rule<Syntax.ForStatement> = this.rule("forStatement", () => {
    const hints = this.takeHints();
    const loc = this.s.loc();
    const scope = this.s.names.depth;
    this.CONSUME(t.For);
    this.s.setMode(Mode.Declarator);
    this.s.names.open();
    const mark = this.listMark("block");
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    let initial: Syntax.ForStatement["initial"];
    let condition: Syntax.Expression | undefined;
    let step: Syntax.Expression | undefined;
    this.s.atItem();
    try {
      this.OR([
        { ALT: () => { initial = this.SUBRULE(this.localDeclaration); } },
        { ALT: () => { initial = this.SUBRULE(this.expression); this.CONSUME(t.Semicolon); } },
        { ALT: () => { this.CONSUME2(t.Semicolon); } },
      ]);
      this.s.setMode(Mode.Expression);
      this.OPTION(() => { condition = this.SUBRULE2(this.expression); });
      this.CONSUME3(t.Semicolon);
      this.OPTION2(() => { step = this.SUBRULE3(this.expression); });
      this.CONSUME(t.RightParen);
      this.close();
    } catch (e) {
      this.closeParen(e, mark);
      initial ??= this.brokenItem(loc);
    }
    const body = this.SUBRULE(this.statement);
    this.s.names.closeTo(scope);
    return { kind: "for", initial, condition, step, body, hints, loc };
  });

  // hinted-loop: loop-hint+ ( for-statement | while-statement | do-statement )
  private readonly hintedLoop: Rule<Syntax.Statement> = this.rule("hintedLoop", () => {
    const loc = this.s.loc();
    let hints: readonly Syntax.LoopHint[] = none;
    this.AT_LEAST_ONE(() => {
      hints = concat(hints, this.SUBRULE(this.loopHint));
    });
    if (!this.RECORDING_PHASE && !loopBegins.has(this.s.kind())) {
      throw this.report.fail(loc, "expected a for, while, or do-while loop to follow the loop pragma");
    }
    this.hints = hints;
    return this.OR<Syntax.Statement>([
      { ALT: () => this.SUBRULE(this.forStatement) },
      { ALT: () => this.SUBRULE(this.whileStatement) },
      { ALT: () => this.SUBRULE(this.doStatement) },
    ]);
  });

  // loop-hint: PragmaLoop ( words of the pragma | assignment )* PragmaEnd
  private readonly loopHint: Rule<readonly Syntax.LoopHint[]> = this.rule("loopHint", () => {
    let hints: readonly Syntax.LoopHint[] = none;
    this.CONSUME(t.PragmaLoop);
    const loc = this.takenLoc();
    const mayBeZero = this.takenKind() === TokenKind.PragmaUnroll;
    this.s.setMode(Mode.Expression);
    this.MANY({
      GATE: () => {
        const found = nextHint(this.s, this.report, loc);
        hints = concat(hints, found.hints);
        return found.value;
      },
      DEF: () => {
        const unroll = this.SUBRULE(this.assignment);
        hints = append(hints, { unroll, mayBeZero, loc });
        if (!this.RECORDING_PHASE) endOfHint(this.s, this.report);
      },
    });
    return hints;
  });

  // labeled-statement: ( LabelName ':' gnu-attributes | Case assignment ( '...' assignment )? ':' | Default ':' )+
  //   ( attribute-specifier* plain-statement )?
  // The statement may be left out before a declaration and at the end of a block (C23 6.8.2).
  private readonly labeledStatement: Rule<Syntax.LabeledStatement> = this.rule("labeledStatement", () => {
    const loc = this.s.loc();
    const { inBlock } = this;
    const labels: Syntax.StatementLabel[] = [];
    this.AT_LEAST_ONE(() => {
      labels.push(this.SUBRULE(this.label));
      this.s.setMode(Mode.Expression);
      this.s.atItem();
    });
    let body: Syntax.Statement | undefined;
    let attributes: readonly Syntax.Attribute[] = none;
    const bodyLoc = this.s.loc();
    this.MANY(() => {
      attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
      this.s.atItem();
    });
    this.inBlock = inBlock;
    this.OPTION(() => {
      const nesting = this.deeper("statements");
      body = this.SUBRULE(this.plainStatement);
      this.nesting = nesting;
    });
    if (body === undefined) {
      if (!inBlock && !this.RECORDING_PHASE) throw this.report.fail(this.s.loc(), "expected expression");
      body = { kind: "emptyStatement", loc: bodyLoc };
      // `label: __attribute__((unused)) int x;`
      this.nextAttributes = attributes;
    } else if (attributes !== none) {
      body = { kind: "attributed", attributes, body, loc: bodyLoc };
    }
    return { kind: "labeled", labels, body, loc };
  });

  private readonly label: Rule<Syntax.StatementLabel> = this.rule("label", () => this.OR<Syntax.StatementLabel>([
    {
      ALT: () => {
        const loc = this.s.loc();
        this.CONSUME(t.LabelName);
        const name = this.taken();
        this.CONSUME(t.Colon);
        let attributes: readonly Syntax.Attribute[] = none;
        // Those of the label itself; ones before a declaration go there.
        this.MANY({
          GATE: () => this.s.tokens.kind[this.s.behindGroup(this.s.position + 1)] === TokenKind.Semicolon,
          DEF: () => {
            attributes = concat(attributes, this.SUBRULE(this.attributeSpecifier));
          },
        });
        return { kind: "label", name, attributes, loc };
      },
    },
    {
      ALT: () => {
        const loc = this.s.loc();
        this.CONSUME(t.Case);
        const low = this.SUBRULE(this.assignment);
        let high: Syntax.Expression | undefined;
        this.OPTION(() => {
          this.CONSUME(t.Ellipsis);
          high = this.SUBRULE2(this.assignment);
        });
        this.CONSUME2(t.Colon);
        return { kind: "case", low, high, loc };
      },
    },
    {
      ALT: () => {
        this.CONSUME(t.Default);
        const loc = this.takenLoc();
        this.CONSUME3(t.Colon);
        return { kind: "default", loc };
      },
    },
  ]));

  // goto-statement: Goto ( Name | '*' expression ) ';'
  private readonly gotoStatement: Rule<Syntax.Statement> = this.rule("gotoStatement", () => {
    const loc = this.s.loc();
    this.CONSUME(t.Goto);
    this.s.setMode(Mode.Name);
    const statement = this.OR<Syntax.Statement>([
      {
        ALT: () => {
          this.CONSUME(t.Name);
          return { kind: "goto", label: { name: this.taken(), loc: this.takenLoc() }, loc };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Star);
          this.s.setMode(Mode.Expression);
          return { kind: "computedGoto", target: this.SUBRULE(this.expression), loc };
        },
      },
    ]);
    this.statementEnd("after goto statement");
    return statement;
  });

  // jump-statement: Jump ';'
  private readonly jumpStatement: Rule<Syntax.JumpStatement> = this.rule("jumpStatement", () => {
    this.CONSUME(t.Jump);
    const loc = this.takenLoc();
    const kind = this.takenKind() === TokenKind.Break ? "break" : "continue";
    this.statementEnd(`after ${kind} statement`);
    return { kind, loc };
  });

  // return-statement: Return expression? ';'
  private readonly returnStatement: Rule<Syntax.ReturnStatement> = this.rule("returnStatement", () => {
    this.CONSUME(t.Return);
    const loc = this.takenLoc();
    let value: Syntax.Expression | undefined;
    this.OPTION(() => { value = this.SUBRULE(this.expression); });
    this.statementEnd("after return statement");
    return { kind: "return", value, loc };
  });

  // local-labels: LocalLabel Name ( ',' Name )* ';'
  private readonly localLabels: Rule<Syntax.LocalLabels> = this.rule("localLabels", () => {
    const loc = this.s.loc();
    const names: Syntax.Identifier[] = [];
    this.CONSUME(t.LocalLabel);
    this.s.setMode(Mode.Name);
    this.CONSUME(t.Name);
    names.push({ name: this.taken(), loc: this.takenLoc() });
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.s.setMode(Mode.Name);
      this.CONSUME2(t.Name);
      names.push({ name: this.taken(), loc: this.takenLoc() });
    });
    this.semicolon("after label declaration");
    return { kind: "localLabels", names, loc };
  });

  // asm-statement: Asm ( Qualifier | FunctionWord | Goto )* '(' strings asm-lists? ')' ';' asm-lists: ':'
  // asm-operands ( ':' asm-operands ( ':' ( strings ( ',' strings )* )? ( ':' Name ( ',' Name )* )? )? )? )?
  private readonly asmStatement: Rule<Syntax.AsmStatement> = this.rule("asmStatement", () => {
    const loc = this.s.loc();
    let isVolatile = false;
    let isInline = false;
    let isGoto = false;
    this.CONSUME(t.Asm);
    this.s.setMode(Mode.Declarator);
    this.MANY(() => {
      this.OR([
        { ALT: () => { this.CONSUME(t.Qualifier); isVolatile = this.asmQualifier(TokenKind.Volatile, isVolatile); } },
        { ALT: () => { this.CONSUME(t.FunctionWord); isInline = this.asmQualifier(TokenKind.Inline, isInline); } },
        { ALT: () => { this.CONSUME(t.Goto); isGoto = this.asmQualifier(TokenKind.Goto, isGoto); } },
      ]);
    });
    if (!this.RECORDING_PHASE && this.s.kind() !== TokenKind.LeftParen) {
      throw this.report.fail(this.s.loc(), expectedAsm);
    }
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    this.wantAsmString();
    const template = this.SUBRULE(this.strings);
    let extended = false;
    let outputs: readonly Syntax.AsmOperand[] = none;
    let inputs: readonly Syntax.AsmOperand[] = none;
    let clobbers: readonly Syntax.StringLiteral[] = none;
    let labels: readonly Syntax.Identifier[] = none;
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      extended = true;
      this.s.splitColons();
      outputs = this.SUBRULE(this.asmOperands);
      this.OPTION2(() => {
        this.CONSUME2(t.Colon);
        this.s.splitColons();
        inputs = this.SUBRULE2(this.asmOperands);
        this.OPTION3(() => {
          this.CONSUME3(t.Colon);
          this.s.splitColons();
          this.OPTION4(() => {
            clobbers = append(clobbers, this.SUBRULE2(this.strings));
            this.MANY2(() => {
              this.CONSUME2(t.Comma);
              this.wantAsmString();
              clobbers = append(clobbers, this.SUBRULE3(this.strings));
            });
          });
          this.OPTION5({
            GATE: () => isGoto,
            DEF: () => {
              this.CONSUME4(t.Colon);
              this.s.splitColons();
              this.s.setMode(Mode.Name);
              this.CONSUME(t.Name);
              labels = append(labels, { name: this.taken(), loc: this.takenLoc() });
              this.MANY3(() => {
                this.CONSUME3(t.Comma);
                this.CONSUME2(t.Name);
                labels = append(labels, { name: this.taken(), loc: this.takenLoc() });
              });
            },
          });
        });
      });
    });
    if (!this.RECORDING_PHASE && isGoto && extended && labels === none) {
      throw this.report.fail(this.s.loc(), "expected ':'");
    }
    this.CONSUME(t.RightParen);
    this.close();
    this.statementEnd("after asm statement");
    return { kind: "asm", isVolatile, isInline, isGoto, template, extended, outputs, inputs, clobbers, labels, loc };
  });

  /** The word taken last is the qualifier `kind` of an asm statement, `seen` before or not. */
  private asmQualifier(kind: number, seen: boolean): true {
    if (this.RECORDING_PHASE) return true;
    if (this.takenKind() !== kind) throw this.report.fail(this.takenLoc(), expectedAsm);
    if (seen) this.report.error(this.takenLoc(), `duplicate asm qualifier '${this.taken()}'`);
    return true;
  }

  /** A string of an asm statement follows. */
  private wantAsmString(): void {
    if (this.RECORDING_PHASE || this.LA_FAST(1) === shared[terminal.String]) return;
    throw this.report.fail(this.s.loc(), "expected string literal in 'asm'");
  }

  // asm-operands: ( asm-operand ( ',' asm-operand )* )?
  private readonly asmOperands: Rule<readonly Syntax.AsmOperand[]> = this.rule("asmOperands", () => {
    let list: readonly Syntax.AsmOperand[] = none;
    this.OPTION(() => {
      list = append(list, this.SUBRULE(this.asmOperand));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        list = append(list, this.SUBRULE2(this.asmOperand));
      });
    });
    return list;
  });

  // asm-operand: ( '[' Name ']' )? strings '(' expression ')'
  private readonly asmOperand: Rule<Syntax.AsmOperand> = this.rule("asmOperand", () => {
    const loc = this.s.loc();
    let name: string | undefined;
    this.OPTION(() => {
      this.CONSUME(t.LeftBracket);
      this.open();
      this.s.setMode(Mode.Name);
      this.CONSUME(t.Name);
      name = this.taken();
      this.CONSUME(t.RightBracket);
      this.close();
      this.s.setMode(Mode.Expression);
    });
    this.wantAsmString();
    const constraint = this.SUBRULE(this.strings);
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    const expression = this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    this.close();
    return { name, constraint, expression, loc };
  });

  // ---- Expressions (C11 6.5) -------------------------------------------------------------------------------------

  /** Is what comes no `,` in front of a statement or declaration? */
  private readonly commaJoins = (): boolean => {
    const { s } = this;
    if (s.kind() !== TokenKind.Comma) return true;
    const next = s.kind(1);
    return !beginsStatement.has(next) && !typeWords.has(next) && !declarationWords.has(next);
  };

  // expression: assignment ( ',' assignment )*
  private readonly expression: Rule<Syntax.Expression> = this.rule("expression", () => {
    let left = this.SUBRULE(this.assignment);
    this.MANY({
      GATE: this.commaJoins,
      DEF: () => {
        const leftHeight = this.height;
        this.CONSUME(t.Comma);
        const loc = this.takenLoc();
        const right = this.SUBRULE2(this.assignment);
        this.height = binaryHeight(left, leftHeight, this.height);
        left = { kind: "binary", operator: ",", left, right, loc };
      },
    });
    return left;
  });

  // assignment: unary ( operator unary | '?' expression? ':' unary )*            (see operators.ts)
  private readonly assignment: Rule<Syntax.Expression> = this.rule("assignment", () => {
    const first = this.SUBRULE(this.unary);
    if (!this.RECORDING_PHASE && operatorTerminal[this.LA_FAST(1).tokenTypeIdx] !== true) return first;
    const outer = this.operators.begin();
    this.operators.operand(first, this.height);
    this.MANY(this.operatorStep);
    const expression = this.operators.finish(outer);
    this.height = this.operators.height;
    this.checkHeight(this.height, expression.loc);
    return expression;
  });

  private readonly operatorStep = (): void => {
    this.OR(this.operatorAlternatives);
    const operand = this.SUBRULE2(this.unary);
    this.operators.operand(operand, this.height);
  };

  private readonly operatorAlternatives = [
    { ALT: (): void => { this.CONSUME(t.Operator); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.PlusMinus); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.Star); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.Ampersand); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.AmpAmp); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.Equal); this.pushOperator(); } },
    { ALT: (): void => { this.CONSUME(t.Assign); this.pushOperator(); } },
    {
      ALT: (): void => {
        this.CONSUME(t.Question);
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        let then: Syntax.Expression | undefined;
        this.height = 0;
        this.OPTION(() => { then = this.SUBRULE(this.expression); });
        this.nesting = nesting;
        const { height } = this;
        this.CONSUME(t.Colon);
        this.operators.conditional(then, height, loc);
      },
    },
  ];

  private pushOperator(): void {
    if (!this.RECORDING_PHASE) this.operators.operator(this.takenKind(), this.takenLoc());
  }

  // unary: ( primary | cast | size-expression | Star unary | ... ) postfix*
  // Only a primary expression can be followed by a postfix operator that is not part of the operand already.
  private readonly unary: Rule<Syntax.Expression> = this.rule("unary", () => {
    this.operand = this.OR(this.unaryAlternatives);
    this.MANY(this.postfix);
    return this.operand;
  });

  private readonly unaryAlternatives = [
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Name);
        this.height = 0;
        return { kind: "identifier", name: this.taken(), loc: this.takenLoc() };
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Constant);
        this.height = 0;
        return this.RECORDING_PHASE ? this.operand : this.constant();
      },
    },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.strings) },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.LeftParen);
        this.open();
        const loc = this.takenLoc();
        const inner = this.SUBRULE(this.expression);
        this.CONSUME(t.RightParen);
        this.close();
        this.height++;
        return { kind: "paren", inner, loc, end: this.takenLoc() };
      },
    },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.cast) },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Star);
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        return this.prefix("*", this.SUBRULE1(this.unary), loc, nesting);
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Ampersand);
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        return this.prefix("&", this.SUBRULE2(this.unary), loc, nesting);
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.PlusMinus);
        const operator = this.takenKind() === TokenKind.Plus ? "+" : "-";
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        return this.prefix(operator, this.SUBRULE3(this.unary), loc, nesting);
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Unary);
        const operator = unaryOperator(this.takenKind());
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        return this.prefix(operator, this.SUBRULE4(this.unary), loc, nesting);
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Extension);
        const loc = this.takenLoc();
        const nesting = this.deeper("expressions");
        return this.prefix("__extension__", this.SUBRULE5(this.unary), loc, nesting);
      },
    },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.Update);
        const loc = this.takenLoc();
        const operator = this.takenKind() === TokenKind.PlusPlus ? "++" : "--";
        const nesting = this.deeper("expressions");
        const operand = this.SUBRULE6(this.unary);
        this.nesting = nesting;
        this.height++;
        return { kind: "update", operator, prefix: true, operand, loc };
      },
    },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.sizeExpression) },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.statementExpression) },
    {
      ALT: (): Syntax.Expression => {
        this.CONSUME(t.AmpAmp);
        const loc = this.takenLoc();
        this.s.setMode(Mode.Name);
        this.CONSUME2(t.Name);
        this.s.setMode(Mode.Expression);
        this.height = 0;
        return { kind: "labelAddress", label: { name: this.taken(), loc: this.takenLoc() }, loc };
      },
    },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.generic) },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.offsetof) },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.typesCompatible) },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.choose) },
    { ALT: (): Syntax.Expression => this.SUBRULE(this.vaArg) },
  ];

  /** The constant consumed last. */
  private constant(): Syntax.Expression {
    const kind = this.takenKind();
    const text = this.taken();
    const loc = this.takenLoc();
    if (kind === TokenKind.IntegerConstant || kind === TokenKind.FloatConstant) return { kind: "number", text, loc };
    if (isCharConstant(kind)) return { kind: "character", text, loc };
    switch (kind) {
      case TokenKind.True: return { kind: "constant", name: "true", loc };
      case TokenKind.False: return { kind: "constant", name: "false", loc };
      case TokenKind.Nullptr: return { kind: "constant", name: "nullptr", loc };
      default: return { kind: "identifier", name: text, loc };
    }
  }

  private prefix(
    operator: Syntax.UnaryOperator,
    operand: Syntax.Expression,
    loc: Loc,
    nesting: number,
  ): Syntax.UnaryExpr {
    this.nesting = nesting;
    this.height++;
    return { kind: "unary", operator, operand, loc };
  }

  // strings: String+
  private readonly strings: Rule<Syntax.StringLiteral> = this.rule("strings", () => {
    const loc = this.s.loc();
    const pieces: { text: string; loc: Loc }[] = [];
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.String);
      pieces.push({ text: this.taken(), loc: this.takenLoc() });
    });
    this.height = 0;
    return { kind: "string", pieces, loc };
  });

  // cast: TypeParen type-name ')' ( initializer-list | unary )
  private readonly cast: Rule<Syntax.Expression> = this.rule("cast", () => {
    this.CONSUME(t.TypeParen);
    this.open();
    const loc = this.takenLoc();
    const type = this.SUBRULE(this.typeName);
    this.CONSUME(t.RightParen);
    this.close();
    return this.OR<Syntax.Expression>([
      { ALT: () => ({ kind: "compoundLiteral", type, initializer: this.SUBRULE(this.initializerList), loc }) },
      {
        ALT: () => {
          const nesting = this.deeper("expressions");
          const operand = this.SUBRULE(this.unary);
          this.nesting = nesting;
          this.height++;
          return { kind: "cast", type, operand, loc };
        },
      },
    ]);
  });

  // size-expression: Sizeof ( TypeParen type-name ')' initializer-list? | unary )
  private readonly sizeExpression: Rule<Syntax.Expression> = this.rule("sizeExpression", () => {
    this.CONSUME(t.Sizeof);
    const loc = this.takenLoc();
    const kind = this.takenKind();
    const operator = kind === TokenKind.Sizeof ? "sizeof" : kind === TokenKind.Alignof ? "_Alignof" : "__alignof__";
    const nesting = this.deeper("expressions");
    let height = 0;
    const operand = this.OR<Syntax.Expression | Syntax.TypeName>({
      // A unary expression may be a cast: after sizeof it is not (C11 6.5.3p1).
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(t.TypeParen);
            this.open();
            const at = this.takenLoc();
            const type = this.SUBRULE(this.typeName);
            this.CONSUME(t.RightParen);
            this.close();
            let literal: Syntax.Expression | undefined;
            this.OPTION(() => {
              const initializer = this.SUBRULE(this.initializerList);
              this.operand = { kind: "compoundLiteral", type, initializer, loc: at };
              this.SUBRULE(this.postfixes);
              literal = this.operand;
              height = this.height;
            });
            return literal ?? type;
          },
        },
        {
          ALT: () => {
            const unary = this.SUBRULE(this.unary);
            height = this.height;
            return unary;
          },
        },
      ],
    });
    this.nesting = nesting;
    this.height = height + 1;
    return { kind: "size", operator, operand, loc };
  });

  // statement-expression: BraceParen compound ')'
  private readonly statementExpression: Rule<Syntax.Expression> = this.rule("statementExpression", () => {
    this.CONSUME(t.BraceParen);
    this.open();
    const loc = this.takenLoc();
    const { inBlock } = this;
    const body = this.SUBRULE(this.compound);
    this.CONSUME(t.RightParen);
    this.close();
    this.inBlock = inBlock;
    this.height = 0;
    return { kind: "statementExpression", body, loc };
  });

  // postfixes: postfix*
  private readonly postfixes: Rule<void> = this.rule("postfixes", () => {
    this.MANY(this.postfix);
  });

  private readonly postfix = (): void => {
    this.OR9(this.postfixAlternatives);
  };

  // postfix: '[' expression ']' | call | ( '.' | '->' ) Name | Update
  private readonly postfixAlternatives = [
    {
      ALT: (): void => {
        const base = this.operand;
        this.CONSUME9(t.Arrow);
        const operatorLoc = this.takenLoc();
        this.s.setMode(Mode.Name);
        this.CONSUME9(t.Name);
        this.s.setMode(Mode.Expression);
        this.checkHeight(++this.height, this.takenLoc());
        this.operand = { kind: "member", base, name: this.taken(), arrow: true, operatorLoc, loc: this.takenLoc() };
      },
    },
    {
      ALT: (): void => {
        const base = this.operand;
        const { height } = this;
        const open = this.s.loc();
        const args = this.SUBRULE9(this.callArguments);
        this.height = Math.max(height, this.height) + 1;
        this.operand = { kind: "call", callee: base, arguments: args, loc: base.loc, open, end: this.takenLoc() };
        this.checkHeight(this.height, this.takenLoc());
      },
    },
    {
      ALT: (): void => {
        const base = this.operand;
        this.CONSUME9(t.Dot);
        const operatorLoc = this.takenLoc();
        this.s.setMode(Mode.Name);
        this.CONSUME8(t.Name);
        this.s.setMode(Mode.Expression);
        this.checkHeight(++this.height, this.takenLoc());
        this.operand = { kind: "member", base, name: this.taken(), arrow: false, operatorLoc, loc: this.takenLoc() };
      },
    },
    {
      ALT: (): void => {
        const base = this.operand;
        const { height } = this;
        this.CONSUME9(t.LeftBracket);
        this.open();
        const loc = this.takenLoc();
        const index = this.SUBRULE9(this.expression);
        this.CONSUME9(t.RightBracket);
        this.close();
        this.height = Math.max(height, this.height) + 1;
        this.checkHeight(this.height, loc);
        this.operand = { kind: "subscript", base, index, loc, end: this.takenLoc() };
      },
    },
    {
      ALT: (): void => {
        const base = this.operand;
        this.CONSUME9(t.Update);
        const operator = this.takenKind() === TokenKind.PlusPlus ? "++" : "--";
        this.checkHeight(++this.height, this.takenLoc());
        this.operand = { kind: "update", operator, prefix: false, operand: base, loc: this.takenLoc() };
      },
    },
  ];

  // call-arguments: '(' ( assignment ( ',' assignment )* )? ')'
  private readonly callArguments: Rule<readonly Syntax.Expression[]> = this.rule("callArguments", () => {
    let list: readonly Syntax.Expression[] = none;
    let height = 0;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.open();
          this.OPTION(() => {
            list = append(list, this.SUBRULE(this.assignment));
            height = this.height;
            this.MANY(() => {
              this.CONSUME(t.Comma);
              list = append(list, this.SUBRULE2(this.assignment));
              height = Math.max(height, this.height);
            });
          });
          this.CONSUME(t.RightParen);
          this.close();
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.TypeParen);
          if (!this.RECORDING_PHASE) throw this.report.fail(this.s.loc(), "expected expression");
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.BraceParen);
          if (!this.RECORDING_PHASE) throw this.report.fail(this.s.loc(), "expected expression");
        },
      },
    ]);
    this.height = height;
    return list;
  });

  // generic: Generic '(' ( type-name | assignment ) ( ',' ( type-name | Default ) ':' assignment )+ ')'
  private readonly generic: Rule<Syntax.Expression> = this.rule("generic", () => {
    this.CONSUME(t.Generic);
    const loc = this.takenLoc();
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    this.height = 0;
    const control = this.OR<Syntax.Expression | Syntax.TypeName>([
      { ALT: () => this.SUBRULE(this.typeName) },
      { ALT: () => this.SUBRULE(this.assignment) },
    ]);
    let { height } = this;
    const associations: { type: Syntax.TypeName | undefined; value: Syntax.Expression; loc: Loc }[] = [];
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.Comma);
      const at = this.s.loc();
      this.s.setMode(Mode.TypeOnly);
      const type = this.OR2<Syntax.TypeName | undefined>([
        { ALT: () => this.SUBRULE2(this.typeName) },
        {
          ALT: () => {
            this.CONSUME(t.Default);
            return undefined;
          },
        },
      ]);
      this.s.setMode(Mode.Expression);
      this.CONSUME(t.Colon);
      associations.push({ type, value: this.SUBRULE2(this.assignment), loc: at });
      height = Math.max(height, this.height);
    });
    this.CONSUME(t.RightParen);
    this.close();
    this.height = height + 1;
    return { kind: "generic", control, associations, loc };
  });

  // offsetof: OffsetofWord '(' type-name ',' Name ( '.' Name | '->' Name | '[' expression ']' )* ')'
  private readonly offsetof: Rule<Syntax.Expression> = this.rule("offsetof", () => {
    this.CONSUME(t.OffsetofWord);
    const loc = this.takenLoc();
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    const type = this.SUBRULE(this.typeName);
    this.CONSUME(t.Comma);
    this.s.setMode(Mode.Name);
    this.CONSUME(t.Name);
    const designators: Syntax.Designator[] = [{ kind: "field", name: this.taken(), loc: this.takenLoc() }];
    this.s.setMode(Mode.Expression);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Dot);
            this.s.setMode(Mode.Name);
            this.CONSUME2(t.Name);
            this.s.setMode(Mode.Expression);
            designators.push({ kind: "field", name: this.taken(), loc: this.takenLoc() });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.LeftBracket);
            this.open();
            const at = this.takenLoc();
            const index = this.SUBRULE(this.expression);
            this.CONSUME(t.RightBracket);
            this.close();
            designators.push({ kind: "index", index, loc: at });
          },
        },
      ]);
    });
    this.CONSUME(t.RightParen);
    this.close();
    this.height = 0;
    return { kind: "offsetof", type, designators, loc };
  });

  // types-compatible: CompatibleWord '(' type-name ',' type-name ')'
  private readonly typesCompatible: Rule<Syntax.Expression> = this.rule("typesCompatible", () => {
    this.CONSUME(t.CompatibleWord);
    const loc = this.takenLoc();
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    const left = this.SUBRULE(this.typeName);
    this.CONSUME(t.Comma);
    const right = this.SUBRULE2(this.typeName);
    this.CONSUME(t.RightParen);
    this.close();
    this.height = 0;
    return { kind: "typesCompatible", left, right, loc };
  });

  // choose: ChooseWord '(' assignment ',' assignment ',' assignment ')'
  private readonly choose: Rule<Syntax.Expression> = this.rule("choose", () => {
    this.CONSUME(t.ChooseWord);
    const loc = this.takenLoc();
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    const condition = this.SUBRULE(this.assignment);
    let { height } = this;
    this.CONSUME(t.Comma);
    const then = this.SUBRULE2(this.assignment);
    height = Math.max(height, this.height);
    this.CONSUME2(t.Comma);
    const otherwise = this.SUBRULE3(this.assignment);
    this.height = Math.max(height, this.height) + 1;
    this.CONSUME(t.RightParen);
    this.close();
    return { kind: "choose", condition, then, else: otherwise, loc };
  });

  // va-arg: VaArgWord '(' assignment ',' type-name ')'     (also of __builtin_convertvector)
  private readonly vaArg: Rule<Syntax.Expression> = this.rule("vaArg", () => {
    this.CONSUME(t.VaArgWord);
    const loc = this.takenLoc();
    const converts = this.taken() === "__builtin_convertvector";
    this.s.setMode(Mode.Declarator);
    this.CONSUME(t.LeftParen);
    this.open();
    this.s.setMode(Mode.Expression);
    const list = this.SUBRULE(this.assignment);
    const height = this.height + 1;
    this.CONSUME(t.Comma);
    const type = this.SUBRULE(this.typeName);
    this.CONSUME(t.RightParen);
    this.close();
    this.height = height;
    return converts ? { kind: "convertVector", vector: list, type, loc } : { kind: "vaArg", list, type, loc };
  });
}

/** By token type: can it go on with an expression after an operand? */
const operatorTerminal: boolean[] = [];
for (const type of [t.Operator, t.PlusMinus, t.Star, t.Ampersand, t.AmpAmp, t.Equal, t.Assign, t.Question]) {
  operatorTerminal[type.tokenTypeIdx as number] = true;
}

/** What a failed item of a list goes back to. */
interface ListMark {
  readonly level: Level;
  /** Brackets, scopes, levels and operands that were open before the item. */
  readonly open: number;
  readonly scope: number;
  readonly nesting: number;
  readonly operators: readonly [number, number, number];
  /** The list's rule. */
  readonly rule: number;
}

/** Where a declaration goes on behind an initializer, and statements behind their parentheses. */
const behindInitializer: ReadonlySet<number> = new Set([TokenKind.Comma, TokenKind.Semicolon]);
const endOfEnumerator: ReadonlySet<number> = new Set([
  TokenKind.Comma, TokenKind.RightBrace, TokenKind.Semicolon,
]);
const closingParen: ReadonlySet<number> = new Set([TokenKind.RightParen]);

/** Terminals that are a type by themselves. */
const typeTerminal = new Set(
  [terminal.TypeWord, terminal.Record, terminal.Enum, terminal.Typeof].map((index) => shared[index]),
);
/** Terminals that may stand before and after a type. */
const specifierTerminal = new Set(
  [terminal.Qualifier, terminal.Storage, terminal.FunctionWord].map((index) => shared[index]),
);
/** Words that are a type, or begin one. */
const typeWords: ReadonlySet<number> = new Set([
  TokenKind.Void, TokenKind.Char, TokenKind.Short, TokenKind.Int, TokenKind.Long, TokenKind.Float, TokenKind.Double,
  TokenKind.Signed, TokenKind.Unsigned, TokenKind.Bool, TokenKind.Struct, TokenKind.Union, TokenKind.Enum,
]);

/** Begin a declarator, besides names, and stand behind the name that a declarator is or begins with. */
const beginsDeclarator: ReadonlySet<number> = new Set([
  TokenKind.Star, TokenKind.LeftParen, TokenKind.LeftBracket, TokenKind.Attribute, TokenKind.Caret,
]);
const behindDeclared: ReadonlySet<number> = new Set([
  TokenKind.Comma, TokenKind.Semicolon, TokenKind.Equal, TokenKind.EqualEqual, TokenKind.Asm, TokenKind.Attribute,
  TokenKind.LeftParen, TokenKind.LeftBracket, TokenKind.LeftBrace, TokenKind.RightBrace, TokenKind.RightParen,
  TokenKind.RightBracket, TokenKind.Less,
]);

/** Begin a declaration, before its type. */
const declarationWords: ReadonlySet<number> = new Set([
  TokenKind.Static, TokenKind.Extern, TokenKind.Typedef, TokenKind.Register, TokenKind.Auto, TokenKind.Const,
  TokenKind.Volatile, TokenKind.Inline,
]);

/** Begin a statement that is no expression: a `,` before them was meant to be a `;`. */
const beginsStatement: ReadonlySet<number> = new Set([
  TokenKind.LeftBrace, TokenKind.RightBrace, TokenKind.For, TokenKind.While, TokenKind.If, TokenKind.Else, TokenKind.Goto,
]);

/** What may stand behind the `asm` of a statement. */
const expectedAsm = "expected 'volatile', 'inline', 'goto', or '('";

const loopBegins = new Set<number>([TokenKind.For, TokenKind.While, TokenKind.Do]);

function unaryOperator(kind: number): Syntax.UnaryOperator {
  switch (kind) {
    case TokenKind.Exclaim: return "!";
    case TokenKind.Real: return "__real__";
    case TokenKind.Imag: return "__imag__";
    default: return "~";
  }
}

/** Do the specifiers belong to a typedef? (While the grammar is recorded they are no specifiers.) */
function declaresTypes(specifiers: Syntax.Specifiers): boolean {
  const storage: readonly Syntax.Word<Syntax.StorageClass>[] | undefined = specifiers.storage;
  return storage?.some((word) => word.word === "typedef") ?? false;
}

/** An attribute's word without surrounding underscores; `__const` is a spelling of its own. */
function plainName(word: string): string {
  if (word === "__const") return "const";
  return word.length > 4 && word.startsWith("__") && word.endsWith("__") ? word.slice(2, -2) : word;
}

/** `[[...]];`: attributes that stand for themselves, if only an empty list of them. */
function onlyAttributes(specifiers: Syntax.Specifiers): boolean {
  const { type, storage, functions, qualifiers, alignments } = specifiers;
  return type.kind === "none" && storage.length + functions.length + qualifiers.length + alignments.length === 0;
}

/** What the missing `;` would have followed. */
function afterDeclaration(
  specifiers: Syntax.Specifiers,
  declarators: readonly Syntax.InitDeclarator[],
  otherwise: string,
): string {
  if (declarators.length > 0) return otherwise;
  const type: Syntax.TypeSpecifier | undefined = specifiers.type;
  if (type?.kind === "record") return `after ${type.isUnion ? "union" : "struct"}`;
  if (type?.kind === "enum") return "after enum";
  return otherwise;
}
