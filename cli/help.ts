import { COMMON_OPTIONS, type Command, type OptionSpecs } from "./command.ts";

const CALL = "npm run -s touchstone --";
const WIDTH = 100;

/** Breaks a paragraph at spaces; further lines are indented by `indent` columns. */
function wrap(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

const usageOf = (command: Command): string => [...command.words, ...command.arguments].join(" ");

function optionLines(specs: OptionSpecs): string[] {
  const entries = Object.entries(specs).map(([name, spec]) => {
    const left = spec.type === "boolean" ? `--${name}` : `--${name} ${spec.value}`;
    const choices = spec.type === "string" && spec.choices ? `: ${spec.choices.join(", ")}` : "";
    const fallback = spec.type === "string" && spec.default !== undefined ? ` (default ${spec.default})` : "";
    return { left, right: `${spec.about}${choices}${fallback}` };
  });
  const width = Math.max(...entries.map(({ left }) => left.length));
  return entries.map(({ left, right }) => `  ${left.padEnd(width)}  ${wrap(right, width + 4)}`);
}

/** The help of one command. */
export const helpOf = (command: Command): string =>
  [
    `${CALL} ${usageOf(command)} [OPTION…]`,
    "",
    wrap(command.summary, 0),
    ...(command.about ?? []).flatMap((paragraph) => ["", wrap(paragraph, 0)]),
    "",
    ...optionLines({ ...command.options, ...COMMON_OPTIONS }),
  ].join("\n");

/** The list of all commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => usageOf(command).length));
  return [
    `${CALL} COMMAND [OPTION…]`,
    "",
    ...commands.map((command) => `  ${usageOf(command).padEnd(width)}  ${wrap(command.summary, width + 4)}`),
    "",
    wrap(
      "`COMMAND --help` says more of each. Commands work on the Touchstone that `npm start` runs on this machine, " +
        "or on another with --url and the key in TOUCHSTONE_KEY. Exit codes: 0 done; 1 the answer is no (refused, " +
        "not found, decided before); 2 the command line is wrong or nothing could be reached.",
      0,
    ),
  ].join("\n");
}
