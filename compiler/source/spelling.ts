/**
 * "Did you mean": the known name that lies nearest to what was written.
 */

/** Edit distance (insert, delete, replace, each 1), or `limit + 1` once it is known to be above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    previous = row;
  }
  return previous[b.length] as number;
}

/**
 * The nearest of `names` within a third of the name's length; undefined when none is near, the first when several. One
 * or two letters are near to everything: they have no neighbours.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length < 3) return undefined;
  let limit = Math.floor((name.length + 2) / 3);
  let found: string | undefined;
  for (const candidate of names) {
    if (candidate === name) continue;
    const cost = distance(name, candidate, limit);
    if (cost <= limit) {
      found = candidate;
      limit = cost - 1;
      if (limit < 0) break;
    }
  }
  return found;
}

/** "; did you mean 'x'?" or nothing. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const found = nearest(name, names);
  return found === undefined ? "" : `; did you mean '${found}'?`;
}
