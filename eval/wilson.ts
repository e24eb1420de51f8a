const Z = 1.959964;

/** Wilson's 95% score interval of a share, as [low, high] in 0 to 1. */
export function wilson(part: number, whole: number): [low: number, high: number] {
  if (whole === 0) return [0, 1];
  const share = part / whole;
  const square = (Z * Z) / whole;
  const middle = share + square / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole));
  return [(middle - reach) / (1 + square), (middle + reach) / (1 + square)];
}
