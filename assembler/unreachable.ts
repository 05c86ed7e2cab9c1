/**
 * Closes an exhaustive switch: the compiler refuses the call while a case is missing.
 * @throws Error when a value outside of its type gets here all the same.
 */
export function unreachable(x: never): never {
  throw new Error(`unreachable: ${JSON.stringify(x)}`);
}
