import { unlinkedWords } from "../told/plain-words.ts";
import type { Entry, Fact, Told } from "../told/told.ts";
import type { MailFoot } from "./mail.ts";

const WIDTH = 76;

/** Breaks a line between words; what has no gap (an address, an id) stays whole. */
function folded(line: string, indent = ""): string {
  const rows: string[] = [];
  for (const word of line.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(rows.length === 0 ? word : `${indent}${word}`);
  }
  return rows.join("\n");
}

const factLine = (fact: Fact): string =>
  folded(
    `${fact.name}: ${"words" in fact ? fact.words : fact.ids.map((id) => unlinkedWords(id, 128)).join(", ")}`,
    "  ",
  );

const entryLines = ({ words, id, detail, url }: Entry): string =>
  [
    folded(`- ${words}${id === undefined ? "" : ` ${unlinkedWords(id, 128)}`}`, "  "),
    ...(detail === undefined ? [] : [folded(`  ${detail}`, "  ")]),
    `  ${url}`,
  ].join("\n");

/** A message as plain text, at most 76 characters a line but for addresses and ids. */
export function mailText(told: Told, foot: MailFoot): string {
  const { title, lead, duty, facts, list, action } = told;
  const blocks = [
    folded(title),
    ...(duty === undefined ? [] : [folded(`! ${duty}`, "  ")]),
    ...lead.map((line) => folded(line)),
    facts.map(factLine).join("\n"),
    `${action.words}:\n${action.url}`,
    ...(list
      ? [
          [
            `${list.title}:`,
            ...list.entries.map(entryLines),
            ...(list.more === undefined ? [] : [`  ${list.more}`]),
          ].join("\n"),
        ]
      : []),
    [
      "-- ",
      ...foot.lines.map((line) => folded(line)),
      ...(foot.stop ? [`${foot.stop.words}: ${foot.stop.url}`] : []),
    ].join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
