/** A fitted line: log-odds = bias + Σ weight · value. */
export interface Line {
  readonly bias: number;
  readonly weights: Float64Array;
}

const STEPS = 40;
const CLOSE = 1e-10;

/**
 * Logistic regression by Newton's method with an L2 penalty on the weights, not on the bias; deterministic. `values`
 * holds rows of `columns` numbers. A weight whose place is in `notNegative` is held at 0 where it would fall below.
 * O(steps · rows · columns²).
 */
export function fitLogistic(
  values: Float64Array,
  columns: number,
  truth: Uint8Array,
  { ridge, notNegative = new Set() }: { readonly ridge: number; readonly notNegative?: ReadonlySet<number> },
): Line {
  const held = new Set<number>();
  for (;;) {
    const line = newton(values, columns, truth, ridge, held);
    let worst = -1;
    for (const place of notNegative)
      if (!held.has(place) && (line.weights[place] ?? 0) < Math.min(0, line.weights[worst] ?? 0)) worst = place;
    if (worst < 0) return line;
    held.add(worst);
  }
}

function newton(
  values: Float64Array,
  columns: number,
  truth: Uint8Array,
  ridge: number,
  held: ReadonlySet<number>,
): Line {
  const size = columns + 1;
  const solution = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    const curvature = new Float64Array(size * size);
    const row = new Float64Array(size);
    for (let index = 0; index < truth.length; index++) {
      row[columns] = 1;
      let logit = solution[columns] ?? 0;
      for (let column = 0; column < columns; column++) {
        const value = held.has(column) ? 0 : (values[index * columns + column] ?? 0);
        row[column] = value;
        logit += (solution[column] ?? 0) * value;
      }
      const p = 1 / (1 + Math.exp(-logit));
      const miss = p - (truth[index] ?? 0);
      const weight = Math.max(1e-6, p * (1 - p));
      for (let a = 0; a < size; a++) {
        const value = row[a] ?? 0;
        if (value === 0) continue;
        gradient[a] = (gradient[a] ?? 0) + miss * value;
        for (let b = 0; b <= a; b++)
          curvature[a * size + b] = (curvature[a * size + b] ?? 0) + weight * value * (row[b] ?? 0);
      }
    }
    for (let place = 0; place < columns; place++) {
      gradient[place] = (gradient[place] ?? 0) + ridge * (solution[place] ?? 0);
      curvature[place * size + place] = (curvature[place * size + place] ?? 0) + ridge;
    }
    const change = solve(curvature, gradient, size);
    let moved = 0;
    for (let place = 0; place < size; place++) {
      solution[place] = (solution[place] ?? 0) - (change[place] ?? 0);
      moved = Math.max(moved, Math.abs(change[place] ?? 0));
    }
    if (moved < CLOSE) break;
  }
  return { bias: solution[columns] ?? 0, weights: solution.slice(0, columns) };
}

/** Solves A x = b for a symmetric positive definite A given by its lower half, by Cholesky's factors. */
function solve(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = lower[a * size + b] ?? 0;
      for (let k = 0; k < b; k++) sum -= (factor[a * size + k] ?? 0) * (factor[b * size + k] ?? 0);
      factor[a * size + b] = a === b ? Math.sqrt(Math.max(1e-12, sum)) : sum / (factor[b * size + b] ?? 1);
    }
  }
  const answer = Float64Array.from(right);
  for (let a = 0; a < size; a++) {
    let sum = answer[a] ?? 0;
    for (let k = 0; k < a; k++) sum -= (factor[a * size + k] ?? 0) * (answer[k] ?? 0);
    answer[a] = sum / (factor[a * size + a] ?? 1);
  }
  for (let a = size - 1; a >= 0; a--) {
    let sum = answer[a] ?? 0;
    for (let k = a + 1; k < size; k++) sum -= (factor[k * size + a] ?? 0) * (answer[k] ?? 0);
    answer[a] = sum / (factor[a * size + a] ?? 1);
  }
  return answer;
}
