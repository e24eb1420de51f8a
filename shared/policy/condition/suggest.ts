/** Edits between two words: insertions, deletions, replacements and swaps of neighbours. At most 60 characters count. */
function editsBetween(one: string, other: string): number {
  const a = one.slice(0, 60);
  const b = other.slice(0, 60);
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const partsOf = (name: string): string[] => name.toLowerCase().split(/[._-]/);

/**
 * The known name that someone most likely meant, or undefined where none is near: a third of its letters may differ, or
 * words of it may be missing.
 */
export function suggest(given: string, names: Iterable<string>): string | undefined {
  const wanted = given.toLowerCase();
  const parts = partsOf(given);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const own = partsOf(name);
    const edits = editsBetween(wanted, name.toLowerCase());
    const shortened = parts.every((part) => own.includes(part));
    const begun = wanted.length > 3 && name.toLowerCase().startsWith(wanted);
    const distance = shortened || begun ? Math.min(edits, 1 + (own.length - parts.length) / 10) : edits;
    if (distance > Math.max(1, Math.floor(name.length / 3)) || distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}
