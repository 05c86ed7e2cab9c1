/**
 * How deep a program may nest, so that neither this parser nor a recursive visitor of its tree runs out of stack.
 *
 * Three measures, each with its own error: open brackets of all three kinds together (as clang's -fbracket-depth, whose
 * default is the same number), statements and prefix operators in one another, and the height of one expression's tree,
 * where a chain of binary operators counts as one level because visitors walk it in a loop (`leftSpine`).
 */

/** Open `(`, `[` and `{` around a token. */
export const maximumBrackets = 256;

/** Prefix operators, casts and substatements around a token. */
export const maximumNesting = 256;

/** Both together: what Node's ordinary stack of a little less than 1 MB holds, with a tenth to spare. */
export const maximumDepth = 440;

/** Levels of one expression's tree: `f(x)(y)(z)`, `a ? b : c ? d : e`, `a = b = c` have three, three and two. */
export const maximumHeight = 512;

/** Pointers, arrays and parameter lists in one declarator. */
export const maximumLayers = 256;
