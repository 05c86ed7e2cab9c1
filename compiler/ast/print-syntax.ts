/**
 * A syntax tree as C text.
 *
 * The text is meant for tests and debugging: parsed again it gives the same tree, apart from locations. Declarators are
 * written inside out from their list of layers, with parentheses where a pointer stands before an array or a parameter
 * list. Parentheses of expressions are nodes of the tree, so none are added.
 */
import { unreachable } from "../source/unreachable.ts";
import type * as Syntax from "./syntax.ts";
import { leftSpine } from "./syntax.ts";

/** The whole translation unit, one external declaration a line or more. */
export function printSyntax(unit: Syntax.TranslationUnit): string {
  return unit.declarations.map((declaration) => item(declaration, "")).join("");
}

type Item = Syntax.ExternalDeclaration | Syntax.BlockItem;

/** A declaration or statement on lines of its own. */
function item(node: Item, indent: string): string {
  switch (node.kind) {
    case "functionDefinition": {
      const old = node.parameterDeclarations.map((d) => item(d, `${indent}  `)).join("");
      const head = `${specifiers(node.specifiers, indent)} ${declarator(node.declarator, indent)}`.trim();
      return `${indent}${head}\n${old}${item(node.body, indent)}`;
    }
    case "declaration": return `${indent}${declaration(node, indent)}\n`;
    case "staticAssert": return `${indent}${staticAssert(node)}\n`;
    case "fileAsm": return `${indent}asm(${string(node.text)});\n`;
    case "attributeDeclaration": return `${indent}${attributes(node.attributes) || "[[]]"};\n`;
    case "emptyDeclaration": return `${indent};\n`;
    case "pragma": return `#pragma ${pragma(node.pragma)}\n`;
    case "broken": return broken(node, indent);
    case "localLabels": return `${indent}__label__ ${node.names.map((n) => n.name).join(", ")};\n`;
    default: return statement(node, indent);
  }
}

/** What is left of an item with a syntax error. */
function broken(node: Syntax.BrokenItem, indent: string): string {
  return node.declaration === undefined ? `${indent};\n` : `${indent}${declaration(node.declaration, indent)}\n`;
}

function pragma(p: Syntax.Pragma): string {
  switch (p.kind) {
    case "pack": {
      const parts = [p.action === "set" ? undefined : p.action, p.label, p.value].filter((x) => x !== undefined);
      return `pack(${parts.join(", ")})`;
    }
    case "ignored": return "";
    case "attributePush":
    case "attributeAdd": {
      const name = `clang attribute ${p.namespace === undefined ? "" : `${p.namespace}.`}`;
      const push = p.kind === "attributePush" ? "push" : "";
      if (p.attributes.length === 0) return `${name}push`;
      return `${name}${push}(${attributes(p.attributes)}, apply_to = any(${p.subjects.map(subject).join(", ")}))`;
    }
    case "attributePop": return `clang attribute ${p.namespace === undefined ? "" : `${p.namespace}.`}pop`;
    case "weak": return `weak ${p.name}${p.target === undefined ? "" : ` = ${p.target}`}`;
    case "visibility": return p.value === undefined ? "GCC visibility pop" : `GCC visibility push(${p.value})`;
    case "align": return `options align=${p.to}`;
    case "redefineName": return `redefine_extname ${p.name} ${p.symbol}`;
    default: return unreachable(p);
  }
}

function subject(s: Syntax.AttributeSubject): string {
  if (s.argument === undefined) return s.rule;
  return `${s.rule}(${s.negated ? `unless(${s.argument})` : s.argument})`;
}

function declaration(node: Syntax.Declaration, indent: string): string {
  const list = node.declarators.map((d) => {
    const initial = d.initializer === undefined ? "" : ` = ${initializer(d.initializer)}`;
    return ` ${declarator(d.declarator, indent)}${initial}`;
  });
  const extension = node.extension ? "__extension__ " : "";
  return `${extension}${specifiers(node.specifiers, indent)}${list.join(",")};`.trimStart();
}

function staticAssert(node: Syntax.StaticAssert): string {
  const message = node.message === undefined ? "" : `, ${string(node.message)}`;
  return `_Static_assert(${expression(node.condition)}${message});`;
}

// ---- Specifiers and declarators ----------------------------------------------------------------------------------

function specifiers(s: Syntax.Specifiers, indent = ""): string {
  const parts = [
    attributes(s.attributes),
    ...s.storage.map((w) => (w.word === "thread" ? "_Thread_local" : w.word)),
    ...s.functions.map((w) => (w.word === "noreturn" ? "_Noreturn" : w.word)),
    ...s.alignments.map((a) => `_Alignas(${typeOrExpression(a.operand)})`),
    ...s.qualifiers.map(qualifier),
    typeSpecifier(s.type, indent),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function qualifier(w: Syntax.Word<Syntax.Qualifier>): string {
  return w.word === "atomic" ? "_Atomic" : w.word === "restrict" ? "__restrict" : w.word;
}

function typeSpecifier(type: Syntax.TypeSpecifier, indent: string): string {
  switch (type.kind) {
    case "builtin":
      return type.words.map((w) => typeWord(w.word, type.width)).join(" ");
    case "typedefName": return type.name;
    case "typeof": return `${type.unqualified ? "__typeof_unqual__" : "__typeof__"}(${typeOrExpression(type.operand)})`;
    case "atomicType": return `_Atomic(${typeName(type.type)})`;
    case "record": {
      const head = [type.isUnion ? "union" : "struct", attributes(type.attributes), type.tag ?? ""];
      const words = head.filter((w) => w !== "").join(" ");
      if (type.body === undefined) return words;
      const inner = `${indent}  `;
      return `${words} {\n${type.body.members().map((m) => member(m, inner)).join("")}${indent}}`;
    }
    case "enum": {
      const head = ["enum", attributes(type.attributes), type.tag ?? ""].filter((w) => w !== "").join(" ");
      const underlying = type.underlying === undefined ? "" : ` : ${typeName(type.underlying)}`;
      if (type.enumerators === undefined) return `${head}${underlying}`;
      return `${head}${underlying} { ${type.enumerators.map(enumerator).join(", ")} }`;
    }
    case "none": return "";
    case "autoType": return "__auto_type";
    case "error": return "int";
    default: return unreachable(type);
  }
}

function typeWord(word: Syntax.TypeWord, width: Syntax.Expression | undefined): string {
  if (word === "_BitInt") return `_BitInt(${width === undefined ? "" : expression(width)})`;
  return word === "_Decimal" ? "_Decimal64" : word;
}

function enumerator(e: Syntax.Enumerator): string {
  const value = e.value === undefined ? "" : ` = ${expression(e.value)}`;
  return [e.name, attributes(e.attributes)].filter((w) => w !== "").join(" ") + value;
}

function member(node: Syntax.MemberDeclaration, indent: string): string {
  switch (node.kind) {
    case "field": {
      const list = node.declarators.map((d) => {
        const { declarator: part } = d;
        const width = d.width === undefined ? "" : ` : ${expression(d.width)}`;
        return ` ${declaratorCore(part, indent)}${width}${trailing(part)}`;
      });
      return `${indent}${specifiers(node.specifiers, indent)}${list.join(",")};\n`;
    }
    case "staticAssert": return `${indent}${staticAssert(node)}\n`;
    case "pragma": return `#pragma ${pragma(node.pragma)}\n`;
    case "emptyDeclaration": return `${indent};\n`;
    case "broken": return broken(node, indent);
    default: return unreachable(node);
  }
}

function attributes(list: readonly Syntax.Attribute[]): string {
  return list.map(attribute).join(" ");
}

function attribute(a: Syntax.Attribute): string {
  const args = a.arguments === undefined ? "" : `(${a.arguments.map(attributeArgument).join(", ")})`;
  const name = a.scope === undefined ? a.name : `${a.scope}::${a.name}`;
  return a.syntax === "gnu" ? `__attribute__((${name}${args}))` : `[[${name}${args}]]`;
}

function attributeArgument(argument: Syntax.AttributeArgument): string {
  return argument.kind === "tokens" ? argument.text : typeOrExpression(argument);
}

function declarator(d: Syntax.Declarator, indent = ""): string {
  return `${declaratorCore(d, indent)}${trailing(d)}`;
}

/** What follows a declarator: asm label and attributes. */
function trailing(d: Syntax.Declarator): string {
  const label = d.asmLabel === undefined ? "" : ` asm(${string(d.asmLabel)})`;
  return label + (d.attributes.length === 0 ? "" : ` ${attributes(d.attributes)}`);
}

function declaratorCore(d: Syntax.Declarator, indent: string): string {
  let text = d.name ?? "";
  d.layers.forEach((layer, i) => {
    switch (layer.kind) {
      case "pointer": {
        const words = [...layer.qualifiers.map(qualifier), attributes(layer.attributes)].filter((w) => w !== "");
        text = `*${words.map((w) => `${w} `).join("")}${text}`;
        break;
      }
      case "array":
        text = `${d.layers[i - 1]?.kind === "pointer" ? `(${text})` : text}${array(layer)}`;
        break;
      case "function":
        text = `${d.layers[i - 1]?.kind === "pointer" ? `(${text})` : text}(${parameterList(layer, indent)})`;
        break;
      default: unreachable(layer);
    }
  });
  return text;
}

function array(layer: Syntax.ArrayLayer): string {
  const size = layer.size === undefined ? "" : layer.size === "star" ? "*" : expression(layer.size);
  const words = [layer.isStatic ? "static" : "", ...layer.qualifiers.map(qualifier), size];
  return `[${words.filter((w) => w !== "").join(" ")}]`;
}

function parameterList(layer: Syntax.FunctionLayer, indent: string): string {
  if (layer.style === "names") return layer.names.map((n) => n.name).join(", ");
  const list = layer.parameters.map((p) => {
    return `${specifiers(p.specifiers, indent)} ${declarator(p.declarator, indent)}`.trimEnd();
  });
  return [...list, ...(layer.variadic ? ["..."] : [])].join(", ");
}

function typeName(type: Syntax.TypeName): string {
  return `${specifiers(type.specifiers)} ${declarator(type.declarator)}`.trimEnd();
}

function typeOrExpression(operand: Syntax.Expression | Syntax.TypeName): string {
  return operand.kind === "typeName" ? typeName(operand) : expression(operand);
}

function initializer(value: Syntax.Initializer): string {
  if (value.kind !== "initializerList") return expression(value);
  const items = value.items.map((one) => {
    const designation = one.designators.length === 0 ? "" : `${one.designators.map(designator).join("")} = `;
    return designation + initializer(one.value);
  });
  return `{ ${items.join(", ")} }`;
}

function designator(d: Syntax.Designator): string {
  switch (d.kind) {
    case "field": return `.${d.name}`;
    case "index": return `[${expression(d.index)}]`;
    case "range": return `[${expression(d.low)} ... ${expression(d.high)}]`;
    default: return unreachable(d);
  }
}

// ---- Statements --------------------------------------------------------------------------------------------------

function statement(node: Syntax.Statement, indent: string): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case "compound": return `${indent}{\n${node.items.map((one) => item(one, inner)).join("")}${indent}}\n`;
    case "expressionStatement": return `${indent}${expression(node.expression)};\n`;
    case "emptyStatement": return `${indent};\n`;
    case "if": {
      const arms = node.arms.map((arm, i) => {
        return `${i === 0 ? indent : `${indent}else `}if (${expression(arm.condition)})\n${item(arm.then, inner)}`;
      });
      return arms.join("") + (node.else === undefined ? "" : `${indent}else\n${item(node.else, inner)}`);
    }
    case "switch": return `${indent}switch (${expression(node.value)})\n${item(node.body, inner)}`;
    case "while":
      return `${hints(node.hints)}${indent}while (${expression(node.condition)})\n${item(node.body, inner)}`;
    case "do": {
      const condition = `${indent}while (${expression(node.condition)});\n`;
      return `${hints(node.hints)}${indent}do\n${item(node.body, inner)}${condition}`;
    }
    case "for": return `${hints(node.hints)}${indent}for (${forHead(node)})\n${item(node.body, inner)}`;
    case "labeled": {
      // An absent body is printed as the empty statement that it is.
      return node.labels.map((label) => `${indent}${statementLabel(label)}\n`).join("") + item(node.body, inner);
    }
    case "attributed": return `${indent}${attributes(node.attributes)}\n${item(node.body, inner)}`;
    case "goto": return `${indent}goto ${node.label.name};\n`;
    case "computedGoto": return `${indent}goto *${expression(node.target)};\n`;
    case "break":
    case "continue": return `${indent}${node.kind};\n`;
    case "return": return `${indent}return${node.value === undefined ? "" : ` ${expression(node.value)}`};\n`;
    case "asm": return `${indent}${asm(node)}\n`;
    case "broken": return broken(node, indent);
    default: return unreachable(node);
  }
}

function forHead(node: Syntax.ForStatement): string {
  const { initial } = node;
  let first = ";";
  if (initial?.kind === "declaration") first = declaration(initial, "");
  else if (initial?.kind === "broken") first = initial.declaration === undefined ? ";" : declaration(initial.declaration, "");
  else if (initial !== undefined) first = `${expression(initial)};`;
  const rest = [node.condition, node.step].map((e) => (e === undefined ? "" : ` ${expression(e)}`));
  return `${first}${rest.join(";")}`;
}

function hints(list: readonly Syntax.LoopHint[]): string {
  return list.map((hint) => {
    const { unroll } = hint;
    if (typeof unroll === "string") return `#pragma clang loop unroll(${unroll})\n`;
    if (hint.mayBeZero === true) return `#pragma unroll ${expression(unroll)}\n`;
    return `#pragma clang loop unroll_count(${expression(unroll)})\n`;
  }).join("");
}

function statementLabel(label: Syntax.StatementLabel): string {
  switch (label.kind) {
    case "label": return `${label.name}: ${attributes(label.attributes)}`.trimEnd();
    case "case": {
      const high = label.high === undefined ? "" : ` ... ${expression(label.high)}`;
      return `case ${expression(label.low)}${high}:`;
    }
    case "default": return "default:";
    default: return unreachable(label);
  }
}

function asm(node: Syntax.AsmStatement): string {
  const words = [node.isVolatile ? "volatile" : "", node.isInline ? "inline" : "", node.isGoto ? "goto" : ""];
  const head = ["asm", ...words].filter((w) => w !== "").join(" ");
  const parts = [string(node.template)];
  if (node.extended) {
    const lists = [
      node.outputs.map(asmOperand).join(", "),
      node.inputs.map(asmOperand).join(", "),
      node.clobbers.map(string).join(", "),
      ...(node.isGoto ? [node.labels.map((l) => l.name).join(", ")] : []),
    ];
    parts.push(...lists);
  }
  return `${head}(${parts.join(" : ")});`;
}

function asmOperand(operand: Syntax.AsmOperand): string {
  const name = operand.name === undefined ? "" : `[${operand.name}] `;
  return `${name}${string(operand.constraint)}(${expression(operand.expression)})`;
}

// ---- Expressions -------------------------------------------------------------------------------------------------

function string(literal: Syntax.StringLiteral): string {
  return literal.pieces.map((piece) => piece.text).join(" ");
}

function expression(e: Syntax.Expression): string {
  switch (e.kind) {
    case "identifier":
    case "constant": return e.name;
    case "number":
    case "character": return e.text;
    case "string": return string(e);
    case "paren": return `(${expression(e.inner)})`;
    case "generic": {
      const associations = e.associations.map((a) => {
        return `${a.type === undefined ? "default" : typeName(a.type)}: ${expression(a.value)}`;
      });
      return `_Generic(${[typeOrExpression(e.control), ...associations].join(", ")})`;
    }
    case "statementExpression": return `(${item(e.body, "").trim()})`;
    case "compoundLiteral": return `(${typeName(e.type)})${initializer(e.initializer)}`;
    case "subscript": return `${expression(e.base)}[${expression(e.index)}]`;
    case "call": return `${expression(e.callee)}(${e.arguments.map(expression).join(", ")})`;
    case "member": return `${expression(e.base)}${e.arrow ? "->" : "."}${e.name}`;
    case "unary": return `${e.operator} ${expression(e.operand)}`;
    case "update":
      return e.prefix ? `${e.operator} ${expression(e.operand)}` : `${expression(e.operand)} ${e.operator}`;
    case "size": {
      const { operand } = e;
      if (operand.kind === "typeName") return `${e.operator}(${typeName(operand)})`;
      return `${e.operator} ${expression(operand)}`;
    }
    case "cast": return `(${typeName(e.type)}) ${expression(e.operand)}`;
    case "labelAddress": return `&&${e.label.name}`;
    case "binary": {
      const spine = leftSpine(e);
      const first = spine[0] ?? e;
      return expression(first.left) + spine.map((b) => ` ${b.operator} ${expression(b.right)}`).join("");
    }
    case "conditional": {
      const then = e.then === undefined ? "" : ` ${expression(e.then)} `;
      return `${expression(e.condition)} ?${then}: ${expression(e.else)}`;
    }
    case "assign": return `${expression(e.left)} ${e.operator} ${expression(e.right)}`;
    case "offsetof":
      return `__builtin_offsetof(${typeName(e.type)}, ${e.designators.map(designator).join("").slice(1)})`;
    case "typesCompatible": return `__builtin_types_compatible_p(${typeName(e.left)}, ${typeName(e.right)})`;
    case "choose":
      return `__builtin_choose_expr(${[e.condition, e.then, e.else].map(expression).join(", ")})`;
    case "convertVector": return `__builtin_convertvector(${expression(e.vector)}, ${typeName(e.type)})`;
    case "vaArg": return `__builtin_va_arg(${expression(e.list)}, ${typeName(e.type)})`;
    case "errorExpression": return "0";
    default: return unreachable(e);
  }
}
