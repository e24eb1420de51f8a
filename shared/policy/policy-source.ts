/** A place in the text that a policy was written in; both count from 1, columns in UTF-16 code units. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** Where in its text a value of a policy stands, as whoever read the text knows. */
export interface PolicySource {
  /** The value at a path, or the nearest thing around it; with `offset` that character of a text in it. */
  placeOf(path: readonly (string | number)[], offset?: number): SourcePlace | undefined;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);
const ESCAPE = /^\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[\s\S])/;
const SPACES: ReadonlySet<string> = new Set(["\\n", "\\t", "\\r", "\\ ", "\\\n", "\\f", "\\b"]);

/**
 * Where a character of a text stands in the source that the text was read from: lines may be folded, indented and
 * escaped there, so characters that are no space are counted off against each other.
 * @param raw from the opening quote to the closing one, where there are any
 * @param quote how the text is quoted: in double quotes `\` escapes, in single ones `''` stands for one
 * @returns the character's offset in `raw`
 */
export function offsetInRaw(raw: string, quote: '"' | "'" | "", value: string, offset: number): number {
  let wanted = 0;
  for (let at = 0; at < offset; at++) if (!isSpace(value[at])) wanted += 1;
  let at = quote === "" ? 0 : 1;
  let end = at;
  while (at < raw.length) {
    const escaped = quote === '"' && raw[at] === "\\" ? ESCAPE.exec(raw.slice(at, at + 10))?.[0] : undefined;
    const doubled = quote === "'" && raw.startsWith("''", at) ? "''" : undefined;
    const piece = escaped ?? doubled ?? raw[at] ?? "";
    if (escaped === undefined ? !isSpace(piece) : !SPACES.has(escaped)) {
      if (wanted === 0) return at;
      wanted -= 1;
      end = at + piece.length;
    }
    at += piece.length;
  }
  // Past the last character: where the text stops.
  return end;
}
