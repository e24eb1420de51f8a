import { seeded, seedOf } from "./seeded.ts";

const WIDTH = 640;
const HEIGHT = 420;

const whole = (value: number): number => Math.round(value);

/** One range of hills, from a height, as a path down to the lower edge. */
function hills(random: () => number, height: number): string {
  const points = Array.from({ length: 5 }, (_, n) => [(n * WIDTH) / 4, height + (random() - 0.5) * 90] as const);
  const curves = points.slice(1).map(([x, y], n) => {
    const [before = 0, from = height] = points[n] ?? [];
    const middle = whole((before + x) / 2);
    return `C${middle} ${whole(from)} ${middle} ${whole(y)} ${whole(x)} ${whole(y)}`;
  });
  return `M0 ${whole(points[0]?.[1] ?? height)}${curves.join("")}V${HEIGHT}H0Z`;
}

/**
 * A picture that the sample's posts can show: a made-up landscape, the same for the same id. No text is in it, and
 * nothing but numbers made from the id.
 * @returns an SVG document of 640 × 420
 */
export function drawPicture(id: string): string {
  const random = seeded(seedOf(id));
  const hue = whole(random() * 360);
  const [x, y] = [whole(90 + random() * 460), whole(60 + random() * 110)];
  const ranges = [210, 270, 330].map((height, n) => {
    const fill = `hsl(${(hue + 40 + n * 25) % 360} ${30 + n * 8}% ${58 - n * 14}%)`;
    return `<path d="${hills(random, height)}" fill="${fill}"/>`;
  });
  const trees = Array.from({ length: 7 }, () => {
    const [left, foot, size] = [whole(random() * WIDTH), whole(345 + random() * 60), whole(18 + random() * 26)];
    return `<path d="M${left} ${foot}l${size / 2} ${-size * 1.8}l${size / 2} ${size * 1.8}z" fill="hsl(${(hue + 110) % 360} 35% 22%)"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="hsl(${hue} 55% 82%)"/>`,
    `<circle cx="${x}" cy="${y}" r="${whole(26 + random() * 20)}" fill="hsl(${(hue + 30) % 360} 90% 72%)"/>`,
    ...ranges,
    ...trees,
    "</svg>",
  ].join("");
}
