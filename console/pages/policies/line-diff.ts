/** One line of a comparison: in both, only in the one before, or only in the one after; line numbers from 1. */
export interface DiffLine {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
}

/**
 * The shortest way from one list of lines to another, by longest common subsequence.
 * Quadratic in the lines between the first and the last difference: for documents of some thousand lines at most.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  const width = now.length + 1;
  // longest[i * width + j]: of old from i on and now from j on.
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const same = (index: number, shift: number): DiffLine => ({
    kind: "same",
    text: before[index] ?? "",
    before: index + 1,
    after: index + 1 + shift,
  });
  const lines: DiffLine[] = Array.from({ length: head }, (_, index) => same(index, 0));
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(same(head + i, j - i));
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "gone", text: old[i] ?? "", before: head + i + 1 });
      i += 1;
    } else {
      lines.push({ kind: "new", text: now[j] ?? "", after: head + j + 1 });
      j += 1;
    }
  }
  const shift = after.length - before.length;
  for (let index = before.length - tail; index < before.length; index += 1) lines.push(same(index, shift));
  return lines;
}

/** Lines that are told, with so many of the same around each difference; a number stands for as many left out. */
export function withContext(lines: readonly DiffLine[], around: number): (DiffLine | number)[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === "same") return;
    for (let one = index - around; one <= index + around; one += 1) near.add(one);
  });
  const shown: (DiffLine | number)[] = [];
  let left = 0;
  lines.forEach((line, index) => {
    if (!near.has(index)) {
      left += 1;
      return;
    }
    if (left > 0) shown.push(left);
    left = 0;
    shown.push(line);
  });
  if (left > 0 && shown.length > 0) shown.push(left);
  return shown;
}
