import { styleText } from "node:util";

type Style = "bold" | "dim" | "red" | "yellow" | "green";

/** Colours a word where standard output is a terminal and NO_COLOR is not set. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

const OF_ACTION: Readonly<Record<string, Style>> = { allow: "green", flag: "yellow", hold: "red", block: "red" };

/** An action in its colour. */
export const paintAction = (action: string): string => paint(OF_ACTION[action] ?? "bold", action);
