import fc from "fast-check";
import { PLANTED, STRANGE } from "./words.ts";

/** JSON that stands where a value stood: of another type, at a bound or over it, or what no parser expects. */
const RAW_VALUES: readonly string[] = [
  "null",
  "true",
  "0",
  "-1",
  "5.000000001",
  "10000000001",
  "9007199254740993",
  "1e308",
  "-1e400",
  "-0",
  "5e-324",
  '""',
  '" "',
  "[]",
  "{}",
  `[${'"x",'.repeat(1_000)}"x"]`,
  JSON.stringify("x".repeat(129)),
  JSON.stringify(`${PLANTED} `.repeat(10_000)),
  JSON.stringify("a@b.".repeat(25_001)),
  `${"[".repeat(500)}${"]".repeat(500)}`,
  `${'{"a":'.repeat(500)}1${"}".repeat(500)}`,
  `{"__proto__":{"tenant":"${PLANTED}"}}`,
  '{"toString":1,"constructor":{"prototype":{}},"length":-1}',
  '"2026-02-30T25:61:00Z"',
  '"9999-12-31T23:59:59.999999999+23:59"',
  ...STRANGE.map((text) => JSON.stringify(text)),
];

/** Not JSON at all in the place of a value. */
const BROKEN_VALUES: readonly string[] = [
  "NaN",
  "Infinity",
  "undefined",
  "01",
  "'x'",
  "1.",
  '"\\x"',
  `${PLANTED}`,
  "/*x*/1",
  "",
];

const KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "tenant",
  "",
  "$ref",
  `${PLANTED}`,
  `a/~${PLANTED}`,
  `\u0000${PLANTED}`,
  "x".repeat(10_000),
];

interface Place {
  readonly container: Record<string, unknown>;
  readonly key: string;
}

const PLACE = "@place@";

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push({ container: value as Record<string, unknown>, key });
    placesIn(inner, found);
  }
  return found;
}

/** The value's JSON with one thing wrong in one place. `where`, `what` and `how` choose. */
function mutate(value: unknown, where: number, what: number, how: number): string {
  const whole = { root: JSON.parse(JSON.stringify(value)) };
  const places = placesIn(whole.root);
  const { container, key } = places[where % places.length] ?? {
    container: whole as Record<string, unknown>,
    key: "root",
  };
  const of = (list: readonly string[]): string => list[how % list.length] ?? "";
  const written = (raw: string): string => JSON.stringify(whole.root).replace(JSON.stringify(PLACE), () => raw);
  const original = JSON.stringify(container[key]);
  switch (what % 7) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete container[key];
      return JSON.stringify(whole.root) ?? "";
    case 1: {
      // Written as text: assigning `__proto__` would set no field.
      container[key] = PLACE;
      const name = JSON.stringify(of(KEYS));
      return written(original?.startsWith("{") ? original.replace("{", () => `{${name}:1,`) : `{${name}:${original}}`);
    }
    case 2:
      if (Array.isArray(container)) container.push(...Array.from({ length: 101 }, () => container[Number(key)]));
      else container[key.toUpperCase()] = container[key];
      return JSON.stringify(whole.root);
    case 3: {
      container[key] = PLACE;
      const twice = `${original},${JSON.stringify(key)}:${of(RAW_VALUES)}`;
      return written(Array.isArray(container) ? of(RAW_VALUES) : twice);
    }
    case 4:
      container[key] = PLACE;
      return written(of(BROKEN_VALUES));
    default:
      container[key] = PLACE;
      return written(of(RAW_VALUES));
  }
}

/** JSON texts, each a valid value but for one mutation; some of them are still valid. */
export const nearValid = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(valid, fc.nat(), fc.nat(), fc.nat()).map(([value, where, what, how]) => mutate(value, where, what, how));
