const filled = (unit: string) => (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Texts of any length, each hard for another part of the engine. */
export const HARD_TEXTS: Readonly<Record<string, (length: number) => string>> = {
  "plain English": filled("The ferry leaves at nine and the weather looks fine for the crossing today. "),
  "one long word": filled("a"),
  "spaced letters": filled("y o u r e a f o o l "),
  "stretched letters": filled("stuuuupiiiid "),
  "signs for letters": filled("1d10t $tup!d f*ck @@@ "),
  links: filled("see https://a.example/path?q=1 and b.example.org "),
  "dots and at-signs": filled("a.b@c.d."),
  "digits and hyphens": filled("1234 5678-9012 "),
  "brackets and quotes": filled('[(("'),
  "combining marks": filled("e\u0301\u0302\u0303\u0304\u0305"),
  "other scripts": filled("Это короткий текст 漢字かな 한국어 "),
  emoji: filled("😀👍🏽👩‍👩‍👧 "),
};
