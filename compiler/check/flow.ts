/**
 * The flow of control in a function's body, as the analysis of initialisation wants it: a function body and the variables to
 * follow in, a graph of blocks with what each does to them out.
 *
 * A block holds events (a variable is read, given a value, declared without one) in the order of evaluation, and the blocks that
 * may follow. The operands of `&&`, `||` and `?:` are blocks of their own, each with the operator as its branch, so that a warning
 * can name the condition that matters. An edge that a constant condition rules out is `undefined`: it keeps its place, since the
 * first successor is that of a true condition.
 */
import type {
  BinaryExpr, CommaExpr, CompareExpr, Expression, FunctionBody, FunctionDecl, Label, LocalInitializer, LogicalExpr, PointerDifferenceExpr, Statement,
  SwitchCase, Variable,
} from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { unreachable } from "../source/unreachable.ts";
import { canonical } from "../types/ctype.ts";
import { isConst, isPointer, isVoid, pointee } from "../types/basic.ts";
import { truth } from "./build.ts";

export interface FlowEvent {
  /** `declare`: the variable begins its life without a value. */
  readonly kind: "use" | "initialize" | "declare";
  /** Position in the list of variables that are followed. */
  readonly variable: number;
  /** A use in the variable's own initialiser. */
  readonly own: boolean;
  readonly loc: Loc;
}

/** What decides between the successors of a block. */
export type Branch =
  | { readonly kind: "if" | "while" | "for" | "do" | "&&" | "||" | "?:"; readonly condition: Expression; readonly loc: Loc }
  | { readonly kind: "switch" | "goto" };

export interface FlowBlock {
  readonly id: number;
  readonly events: FlowEvent[];
  branch: Branch | undefined;
  readonly successors: (FlowBlock | undefined)[];
  readonly predecessors: FlowBlock[];
  /** Calls of the function itself. */
  recurses: boolean;
  /** The case label that the block begins with. */
  label: { readonly kind: "case" | "default"; readonly loc: Loc } | undefined;
}

export interface FlowGraph {
  /** Where the body's closing brace stands; it leads to the exit, as each return and each call that never comes back. */
  readonly end: FlowBlock;
  readonly exit: FlowBlock;
  /** Variables with an initialiser. */
  readonly initialized: ReadonlySet<number>;
  /** `int x = x;`: no use, a way to keep warnings quiet. The place of the second `x`. */
  readonly selfInitialized: ReadonlyMap<number, Loc>;
  readonly entry: FlowBlock;
  readonly blocks: readonly FlowBlock[];
  /** In which block an expression is evaluated, of those that were asked for by their location. */
  readonly places: ReadonlyMap<Loc, FlowBlock>;
}

type LeftDeep = BinaryExpr | CompareExpr | PointerDifferenceExpr | CommaExpr;

interface OpenSwitchBlock {
  readonly block: FlowBlock;
  readonly known: bigint | undefined;
}

interface Builder {
  readonly self: FunctionDecl;
  readonly blocks: FlowBlock[];
  readonly variables: ReadonlyMap<Variable, number>;
  readonly labels: Map<Label, FlowBlock>;
  readonly initialized: Set<number>;
  readonly selfInitialized: Map<number, Loc>;
  /** The variable whose initialiser is at hand. */
  declaring: number | undefined;
  readonly exit: FlowBlock;
  /** Where `goto *` leads from: to every label whose address is taken. */
  indirect: FlowBlock | undefined;
  readonly breaks: FlowBlock[];
  readonly continues: FlowBlock[];
  readonly switches: OpenSwitchBlock[];
  readonly wanted: ReadonlySet<Loc>;
  readonly places: Map<Loc, FlowBlock>;
  current: FlowBlock;
}

const nothing: ReadonlySet<Loc> = new Set();

/**
 * The graph of the body of `self`. `variables` numbers those that are followed: automatic, of scalar type. `wanted` are the
 * locations of expressions whose block is to be told.
 */
export function flowOf(
  self: FunctionDecl, body: FunctionBody, variables: ReadonlyMap<Variable, number>, wanted: ReadonlySet<Loc> = nothing,
): FlowGraph {
  const blocks: FlowBlock[] = [];
  const entry = newBlock(blocks);
  const b: Builder = {
    self, blocks, variables, labels: new Map(), exit: newBlock(blocks), indirect: undefined,
    initialized: new Set(), selfInitialized: new Map(), declaring: undefined, breaks: [], continues: [], switches: [],
    wanted, places: new Map(), current: entry,
  };
  b.current = newBlock(blocks);
  connect(entry, b.current);
  for (const s of body.statements) statement(b, s);
  connect(b.current, b.exit);
  if (b.indirect !== undefined) {
    for (const [label, block] of b.labels) if (label.addressTaken) connect(b.indirect, block);
  }
  return { entry, end: b.current, exit: b.exit, blocks, initialized: b.initialized, selfInitialized: b.selfInitialized, places: b.places };
}

/** What control can get to. */
export function reachedBlocks({ entry }: FlowGraph): ReadonlySet<FlowBlock> {
  const reached = new Set<FlowBlock>([entry]);
  for (const block of reached) for (const next of block.successors) if (next !== undefined) reached.add(next);
  return reached;
}

function newBlock(blocks: FlowBlock[]): FlowBlock {
  const block: FlowBlock = {
    id: blocks.length, events: [], branch: undefined, successors: [], predecessors: [], recurses: false, label: undefined,
  };
  blocks.push(block);
  return block;
}

/** An edge; one that is never taken only keeps its place. */
function connect(from: FlowBlock, to: FlowBlock, taken = true): void {
  from.successors.push(taken ? to : undefined);
  if (taken) to.predecessors.push(from);
}

/** Control goes on in a block that the current one does not lead to. */
function jump(b: Builder, to: FlowBlock | undefined): void {
  if (to !== undefined) connect(b.current, to);
  b.current = newBlock(b.blocks);
}

function enter(b: Builder, block: FlowBlock): void {
  connect(b.current, block);
  b.current = block;
}

function labelBlock(b: Builder, label: Label): FlowBlock {
  const known = b.labels.get(label);
  if (known !== undefined) return known;
  const block = newBlock(b.blocks);
  b.labels.set(label, block);
  return block;
}

// ---- Statements -------------------------------------------------------------------------------------------------------

function statement(b: Builder, s: Statement): void {
  switch (s.kind) {
    case "expression":
      expression(b, s.expression);
      break;
    case "declare":
      declaration(b, s);
      break;
    case "block":
      for (const inner of s.statements) statement(b, inner);
      break;
    case "if":
      ifStatement(b, s);
      break;
    case "while": {
      const head = newBlock(b.blocks);
      const body = newBlock(b.blocks);
      const after = newBlock(b.blocks);
      enter(b, head);
      branch(b, { kind: "while", condition: s.condition, loc: s.loc }, s.condition, body, after);
      loopBody(b, s.body, body, after, head);
      connect(b.current, head);
      b.current = after;
      break;
    }
    case "do": {
      const body = newBlock(b.blocks);
      const test = newBlock(b.blocks);
      const after = newBlock(b.blocks);
      connect(b.current, body);
      loopBody(b, s.body, body, after, test);
      enter(b, test);
      branch(b, { kind: "do", condition: s.condition, loc: s.loc }, s.condition, body, after);
      b.current = after;
      break;
    }
    case "for":
      forStatement(b, s);
      break;
    case "switch":
      switchStatement(b, s);
      break;
    case "case":
      caseLabel(b, { kind: "case", loc: s.case.loc }, s.case);
      statement(b, s.body);
      break;
    case "default":
      caseLabel(b, { kind: "default", loc: s.loc }, undefined);
      statement(b, s.body);
      break;
    case "labeled":
      enter(b, labelBlock(b, s.label));
      statement(b, s.body);
      break;
    case "goto":
      jump(b, labelBlock(b, s.label));
      break;
    case "computedGoto":
      expression(b, s.target);
      b.indirect ??= newBlock(b.blocks);
      jump(b, b.indirect);
      break;
    case "break":
      jump(b, b.breaks.at(-1));
      break;
    case "continue":
      jump(b, b.continues.at(-1));
      break;
    case "return":
      if (s.value !== undefined) expression(b, s.value);
      jump(b, b.exit);
      break;
    case "asm":
      for (const operand of [...s.outputs, ...s.inputs]) expression(b, operand.expression);
      if (s.gotoLabels.length > 0) {
        const next = newBlock(b.blocks);
        b.current.branch = { kind: "goto" };
        for (const label of s.gotoLabels) connect(b.current, labelBlock(b, label));
        enter(b, next);
      }
      break;
    case "empty":
      break;
    default:
      unreachable(s);
  }
}

function declaration(b: Builder, s: Extract<Statement, { kind: "declare" }>): void {
  const number = b.variables.get(s.variable);
  if (number === undefined) {
    initializer(b, s.initializer);
    return;
  }
  if (s.initializer === undefined) {
    b.current.events.push({ kind: "declare", variable: number, own: false, loc: s.loc });
    return;
  }
  b.initialized.add(number);
  let value = s.initializer.items[0]?.value;
  while (value?.kind === "cast" && value.implicit) value = value.operand;
  if (value?.kind === "load" && value.lvalue.kind === "variable" && value.lvalue.variable === s.variable) {
    b.selfInitialized.set(number, value.lvalue.loc);
    b.current.events.push({ kind: "declare", variable: number, own: false, loc: s.loc });
    return;
  }
  const outer = b.declaring;
  b.declaring = number;
  initializer(b, s.initializer);
  b.declaring = outer;
  b.current.events.push({ kind: "initialize", variable: number, own: false, loc: s.loc });
}

function initializer(b: Builder, init: LocalInitializer | undefined): void {
  for (const item of init?.items ?? []) expression(b, item.value);
}

/** A chain of `else if` may be long: it is a loop here. */
function ifStatement(b: Builder, s: Extract<Statement, { kind: "if" }>): void {
  const after = newBlock(b.blocks);
  let at: Statement | undefined = s;
  while (at?.kind === "if") {
    const then = newBlock(b.blocks);
    const other: FlowBlock = at.else === undefined ? after : newBlock(b.blocks);
    branch(b, { kind: "if", condition: at.condition, loc: at.loc }, at.condition, then, other);
    b.current = then;
    statement(b, at.then);
    connect(b.current, after);
    b.current = other;
    at = at.else;
  }
  if (at !== undefined) {
    statement(b, at);
    connect(b.current, after);
  }
  b.current = after;
}

function forStatement(b: Builder, s: Extract<Statement, { kind: "for" }>): void {
  for (const inner of s.initial) statement(b, inner);
  const head = newBlock(b.blocks);
  const body = newBlock(b.blocks);
  const step = newBlock(b.blocks);
  const after = newBlock(b.blocks);
  enter(b, head);
  if (s.condition === undefined) {
    connect(b.current, body);
    connect(b.current, after, false);
  } else {
    branch(b, { kind: "for", condition: s.condition, loc: s.loc }, s.condition, body, after);
  }
  loopBody(b, s.body, body, after, step);
  enter(b, step);
  if (s.step !== undefined) expression(b, s.step);
  connect(b.current, head);
  b.current = after;
}

function loopBody(b: Builder, body: Statement, at: FlowBlock, after: FlowBlock, next: FlowBlock): void {
  b.breaks.push(after);
  b.continues.push(next);
  b.current = at;
  statement(b, body);
  b.breaks.pop();
  b.continues.pop();
}

function switchStatement(b: Builder, s: Extract<Statement, { kind: "switch" }>): void {
  expression(b, s.value);
  const head = b.current;
  const after = newBlock(b.blocks);
  const known = s.value.kind === "integer" ? s.value.value : undefined;
  head.branch = { kind: "switch" };
  b.switches.push({ block: head, known });
  b.breaks.push(after);
  b.current = newBlock(b.blocks);
  statement(b, s.body);
  b.breaks.pop();
  b.switches.pop();
  connect(b.current, after);
  if (!s.hasDefault) {
    const matched = known !== undefined && s.cases.some((one) => known >= one.low && known <= one.high);
    connect(head, after, !matched && !coversEnum(s));
  }
  b.current = after;
}

/** Is there a case for each enumerator of the value's type? Then no other value is expected. */
export function coversEnum(s: Extract<Statement, { kind: "switch" }>): boolean {
  let value = s.value;
  while (value.kind === "cast" && value.implicit) value = value.operand;
  const type = canonical(value.type);
  if (type.kind !== "enum") return false;
  const constants = type.decl.constants ?? [];
  return constants.length > 0 &&
    constants.every((constant) => s.cases.some((one) => constant.value >= one.low && constant.value <= one.high));
}

function caseLabel(b: Builder, label: FlowBlock["label"], one: SwitchCase | undefined): void {
  const open = b.switches.at(-1);
  const block = newBlock(b.blocks);
  block.label = label;
  if (open !== undefined) {
    const { known } = open;
    connect(open.block, block, known === undefined || one === undefined || (known >= one.low && known <= one.high));
  }
  enter(b, block);
}

const endings: ReadonlySet<string> = new Set(["abort", "exit", "_exit", "_Exit", "longjmp", "_longjmp", "siglongjmp"]);

/** Does a call of it never come back? Of C's library functions that is known without being said. */
export function neverReturns(decl: FunctionDecl): boolean {
  return decl.noreturn || (decl.linkage === "external" && decl.body === undefined && endings.has(decl.name));
}

// ---- Conditions -------------------------------------------------------------------------------------------------------

/**
 * Evaluates a condition and goes to one of two blocks; `what` is what asks for it, undefined where only the value is wanted. Of
 * `a && b && c` the last operand decides for `what`; those before it are branches of the operator that follows them.
 */
function branch(b: Builder, what: Branch | undefined, condition: Expression, whenTrue: FlowBlock, whenFalse: FlowBlock): void {
  const chain: { operator: LogicalExpr; right: FlowBlock; whenTrue: FlowBlock; whenFalse: FlowBlock }[] = [];
  let rest = condition;
  let yes = whenTrue;
  let no = whenFalse;
  while (rest.kind === "logical") {
    const right = newBlock(b.blocks);
    chain.push({ operator: rest, right, whenTrue: yes, whenFalse: no });
    if (rest.operator === "&&") yes = right;
    else no = right;
    rest = rest.left;
  }
  expression(b, rest);
  decide(b, chain.length === 0 ? what : operatorBranch(chain.at(-1)?.operator), truth(rest), yes, no);
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i];
    if (link === undefined) break;
    b.current = link.right;
    branch(b, i === 0 ? what : operatorBranch(chain[i - 1]?.operator), link.operator.right, link.whenTrue, link.whenFalse);
  }
}

function operatorBranch(e: LogicalExpr | undefined): Branch | undefined {
  return e === undefined ? undefined : { kind: e.operator, condition: e.left, loc: e.loc };
}

function decide(
  b: Builder, what: Branch | undefined, known: boolean | undefined, whenTrue: FlowBlock, whenFalse: FlowBlock,
): void {
  if (whenTrue === whenFalse) {
    connect(b.current, whenTrue);
    return;
  }
  b.current.branch = what;
  connect(b.current, whenTrue, known !== false);
  connect(b.current, whenFalse, known !== true);
}

// ---- Expressions ------------------------------------------------------------------------------------------------------

function event(b: Builder, kind: FlowEvent["kind"], e: Expression): void {
  if (e.kind !== "variable") return;
  const number = b.variables.get(e.variable);
  if (number !== undefined) b.current.events.push({ kind, variable: number, own: number === b.declaring, loc: e.loc });
}

/** The events of an expression in the order of evaluation. A variable that is named in any other way is taken as given a value. */
function expression(b: Builder, start: Expression): void {
  // Long sums and lists are deep on the left: down there first, then the right operands on the way back.
  const spine: LeftDeep[] = [];
  let e = start;
  while (e.kind === "binary" || e.kind === "compare" || e.kind === "pointerDifference" || e.kind === "comma") {
    spine.push(e);
    e = e.left;
  }
  single(b, e);
  for (let operation = spine.pop(); operation !== undefined; operation = spine.pop()) {
    expression(b, operation.right);
    place(b, operation);
  }
}

/** An expression that was asked for is evaluated in the current block. */
function place(b: Builder, e: Expression): void {
  if (b.wanted.size > 0 && b.wanted.has(e.loc) && !b.places.has(e.loc)) b.places.set(e.loc, b.current);
}

function single(b: Builder, e: Expression): void {
  place(b, e);
  switch (e.kind) {
    case "integer":
    case "float":
    case "labelAddress":
    case "string":
    case "functionName":
      break;
    case "variable":
      event(b, "initialize", e);
      break;
    case "load":
      if (e.lvalue.kind === "variable") event(b, "use", e.lvalue);
      else expression(b, e.lvalue);
      break;
    case "decay":
    case "addressOf":
      expression(b, e.lvalue);
      break;
    case "dereference":
      expression(b, e.pointer);
      break;
    case "member":
      expression(b, e.base);
      break;
    case "unary":
      expression(b, e.operand);
      break;
    case "cast":
      // `(void) x` is how a variable is said to be unused.
      if (isVoid(e.type) && e.operand.kind === "load" && e.operand.lvalue.kind === "variable") break;
      expression(b, e.operand);
      break;
    case "binary":
    case "compare":
    case "pointerDifference":
    case "comma":
      expression(b, e);
      break;
    case "pointerAdd":
      expression(b, e.pointer);
      expression(b, e.index);
      break;
    case "logical": {
      const after = newBlock(b.blocks);
      branch(b, undefined, e, after, after);
      b.current = after;
      break;
    }
    case "conditional":
      conditional(b, e);
      break;
    case "assign":
      expression(b, e.value);
      if (e.lvalue.kind === "variable") event(b, "initialize", e.lvalue);
      else expression(b, e.lvalue);
      break;
    case "compoundAssign":
      expression(b, e.value);
      change(b, e.lvalue);
      break;
    case "increment":
      change(b, e.lvalue);
      break;
    case "call":
      expression(b, e.callee);
      for (const argument of e.arguments) passed(b, argument);
      if (e.callee.kind === "functionName") {
        if (e.callee.function === b.self) b.current.recurses = true;
        if (neverReturns(e.callee.function)) jump(b, b.exit);
      }
      break;
    case "builtin":
      for (const argument of e.arguments) passed(b, argument);
      if (e.name === "unreachable" || e.name === "trap") jump(b, b.exit);
      break;
    case "statement":
      for (const s of e.statements) statement(b, s);
      if (e.value !== undefined) expression(b, e.value);
      break;
    case "compoundLiteral":
    case "recordValue":
      initializer(b, e.initializer);
      break;
    default:
      unreachable(e);
  }
}

function conditional(b: Builder, e: Extract<Expression, { kind: "conditional" }>): void {
  const after = newBlock(b.blocks);
  const other = newBlock(b.blocks);
  const then = e.then === undefined ? after : newBlock(b.blocks);
  branch(b, { kind: "?:", condition: e.condition, loc: e.loc }, e.condition, then, other);
  if (e.then !== undefined) {
    b.current = then;
    expression(b, e.then);
    connect(b.current, after);
  }
  b.current = other;
  expression(b, e.else);
  connect(b.current, after);
  b.current = after;
}

/** An lvalue that is read and written. */
function change(b: Builder, lvalue: Expression): void {
  if (lvalue.kind === "variable") event(b, "use", lvalue);
  else expression(b, lvalue);
}

/** What is passed as a pointer to const is neither read nor given a value, as far as one can tell here. */
function passed(b: Builder, argument: Expression): void {
  if (isPointer(argument.type) && isConst(pointee(argument.type))) {
    let e = argument;
    while (e.kind === "cast") e = e.operand;
    if (e.kind === "addressOf" && e.lvalue.kind === "variable") return;
    if (e.kind === "load" && e.lvalue.kind === "variable") return;
  }
  expression(b, argument);
}
