const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/** Spreads the bits of a 32-bit integer over all of it; one to one. */
export function mix32(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A seeded hash of UTF-16 units, 0 to 2³²−1. Not for secrets: it spreads evenly, it doesn't hide. */
export function hash32(text: string, seed = 0): number {
  let bits = FNV_OFFSET ^ mix32(seed);
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), FNV_PRIME);
  return mix32(bits);
}

/** As `hash32` with 42 bits: few enough digits to store as a number, many enough for sketches of millions. */
export const hash42 = (text: string): number => hash32(text, 1) * 1024 + (hash32(text, 2) >>> 22);
