const NEAR: Readonly<Record<string, string>> = { a: "@", e: "3", i: "1", o: "0", s: "$" };
const EACH_WORD = 0.18;

/** Changes about one word in six as people do who copy: a letter doubled, dropped, swapped or put as a digit. */
export function respell(text: string, random: () => number): string {
  return text
    .split(" ")
    .map((word) => {
      if (word.length < 4 || random() >= EACH_WORD) return word;
      const at = 1 + Math.floor(random() * (word.length - 2));
      const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
      const way = random();
      if (way < 0.25) return before + letter + letter + after;
      if (way < 0.5) return before + after;
      if (way < 0.75) return before + after.charAt(0) + letter + after.slice(1);
      return before + (NEAR[letter] ?? letter) + after;
    })
    .join(" ");
}
