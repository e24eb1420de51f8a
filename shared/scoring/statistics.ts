/** The two-sided 95% point of the normal distribution. */
const Z = 1.959964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Wilson's 95% score interval of a share; 0 to 1 where nothing was counted. */
export function wilson(part: number, whole: number): Interval {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const square = (Z * Z) / whole;
  const middle = share + square / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole));
  return { low: Math.max(0, (middle - reach) / (1 + square)), high: Math.min(1, (middle + reach) / (1 + square)) };
}

/**
 * The 95% lower bound of share a − share b, from both Wilson intervals (Newcombe 1998, method 10). −1 where either was
 * never counted: nothing is known then.
 */
export function leastDifference(
  a: { readonly part: number; readonly whole: number },
  b: { readonly part: number; readonly whole: number },
): number {
  if (a.whole === 0 || b.whole === 0) return -1;
  const shareA = a.part / a.whole;
  const shareB = b.part / b.whole;
  return shareA - shareB - Math.hypot(shareA - wilson(a.part, a.whole).low, wilson(b.part, b.whole).high - shareB);
}

/** How well a yes/no test is known: it found `hits` of `positives`, and passed `passes` of `negatives`. */
export interface TestQuality {
  readonly hits: number;
  readonly positives: number;
  readonly passes: number;
  readonly negatives: number;
}

/**
 * The true share behind a share that an imperfect test reported, with its 95% interval (Rogan–Gladen's estimate; interval
 * of Lang & Reiczigel 2014, Preventive Veterinary Medicine 113), its sampling part narrowed by the finite-population
 * factor where the sample is much of the population. Undefined where the test is no better than chance.
 */
export function trueShare(
  part: number,
  whole: number,
  { hits, positives, passes, negatives }: TestQuality,
  population = Number.POSITIVE_INFINITY,
): (Interval & { readonly estimate: number }) | undefined {
  const found = hits / positives;
  const spared = passes / negatives;
  if (whole === 0 || found + spared <= 1) return undefined;
  const clamp = (share: number): number => Math.min(1, Math.max(0, share));
  const estimate = clamp((part / whole + spared - 1) / (found + spared - 1));

  const square = Z * Z;
  const n = whole + square;
  const p = (part + square / 2) / n;
  const nSe = positives + 2;
  const se = (hits + 1) / nSe;
  const nSp = negatives + 2;
  const sp = (passes + 1) / nSp;
  const power = se + sp - 1;
  const share = (p + sp - 1) / power;
  const shift = 2 * square * ((share * se * (1 - se)) / nSe - ((1 - share) * sp * (1 - sp)) / nSp);
  const finite =
    population > whole && population < Number.POSITIVE_INFINITY ? (population - whole) / (population - 1) : 1;
  const sampling = ((p * (1 - p)) / n) * (population <= whole ? 0 : finite);
  const reach =
    (Z * Math.sqrt(sampling + (share ** 2 * se * (1 - se)) / nSe + ((1 - share) ** 2 * sp * (1 - sp)) / nSp)) / power;
  const middle = share + shift;
  return { estimate, low: Math.min(estimate, clamp(middle - reach)), high: Math.max(estimate, clamp(middle + reach)) };
}

/** P(X ≥ count) for a Poisson variable of the given mean. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Summed upwards from `count`: terms shrink once they lie above the mean, and no digits cancel in the far tail.
  if (count <= mean) return 1 - poissonBelow(count, mean);
  let logTerm = count * Math.log(mean) - mean - logFactorial(count);
  let sum = 0;
  for (let k = count; k < count + 1000; k++) {
    const term = Math.exp(logTerm);
    sum += term;
    if (term < sum * 1e-12) break;
    logTerm += Math.log(mean) - Math.log(k + 1);
  }
  return sum;
}

function poissonBelow(count: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(k * Math.log(mean) - mean - logFactorial(k));
  return Math.min(1, sum);
}

/** ln n! by Stirling's series; exact to 1e-8 from 10 on. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let k = 2; k <= n; k++) product *= k;
    return Math.log(product);
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
