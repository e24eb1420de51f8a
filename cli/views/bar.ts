const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A horizontal bar of `width` columns for `value` of `most`, to an eighth of a column; what is over 0 is seen. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0) return " ".repeat(width);
  const eighths = Math.max(1, Math.round((Math.min(value, most) / most) * width * 8));
  return ("█".repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? "")).padEnd(width);
}

/** "62%"; a share that is neither nothing nor all is never rounded to either. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 0) return "<1%";
  if (whole === 100 && share < 1) return ">99%";
  return `${whole}%`;
}
