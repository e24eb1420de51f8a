import { parseArgs } from "node:util";
import { COMMON_OPTIONS, type Command, CommandFailed, type OptionSpec, type OptionSpecs } from "./command.ts";
import { safeText } from "./safe-text.ts";

export type Invocation =
  | { readonly kind: "help"; readonly command: Command | undefined }
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly given: readonly string[];
      readonly values: Readonly<Record<string, string | boolean | undefined>>;
    };

const shown = (word: string): string => `\`${safeText(word).slice(0, 60)}\``;

/** How many letters have to be changed to make one word of another; only words that are near are worth offering. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

const nearest = (word: string, known: readonly string[]): string | undefined =>
  known
    .map((one) => ({ one, far: distance(word, one) }))
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far)[0]?.one;

function findCommand(commands: readonly Command[], words: readonly string[]): Command {
  const found = commands.find((command) => command.words.every((word, index) => words[index] === word));
  if (found) return found;
  const [first = "", second] = words;
  const group = commands.filter((command) => command.words[0] === first);
  if (group.length > 0) {
    const verbs = [...new Set(group.map((command) => command.words.slice(1).join(" ")))].join(", ");
    throw new CommandFailed(
      second === undefined
        ? `${first}: say which: ${verbs}`
        : `${first}: there is no ${shown(second)}; it takes one of: ${verbs}`,
    );
  }
  const near = nearest(first, [...new Set(commands.map((command) => command.words[0] ?? ""))]);
  throw new CommandFailed(
    `there is no command ${shown(first)}; ${near ? `did you mean \`${near}\`?` : "--help lists them"}`,
  );
}

/** Which words of the command line are the command's name and its arguments: all that are no option or its value. */
function positionalsOf(args: readonly string[], all: OptionSpecs): string[] {
  const { tokens } = parseArgs({ args: [...args], options: parseable(all), strict: false, tokens: true });
  return tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
}

const parseable = (specs: OptionSpecs) =>
  Object.fromEntries(
    Object.entries(specs).map(([name, { type }]) => [name, name === "help" ? { type, short: "h" } : { type }]),
  );

function checkValue(command: string, name: string, spec: OptionSpec, value: string | boolean): void {
  if (spec.type === "boolean" || typeof value === "boolean") return;
  if (spec.choices && !spec.choices.includes(value))
    throw new CommandFailed(`${command}: --${name} takes one of: ${spec.choices.join(", ")}; not ${shown(value)}`);
}

function readOptions(command: Command, args: readonly string[]) {
  const specs: OptionSpecs = { ...command.options, ...COMMON_OPTIONS };
  const name = command.words.join(" ");
  const { tokens } = parseArgs({ args: [...args], options: parseable(specs), strict: false, tokens: true });
  const values: Record<string, string | boolean | undefined> = {};
  for (const [option, spec] of Object.entries(specs)) values[option] = spec.type === "boolean" ? false : spec.default;
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (!spec) {
      const near = nearest(token.name, Object.keys(specs));
      const fix = near ? `did you mean --${near}?` : `\`${name} --help\` lists its options`;
      throw new CommandFailed(`${name}: there is no option ${shown(token.rawName)}; ${fix}`);
    }
    if (spec.type === "boolean") {
      if (token.value !== undefined) throw new CommandFailed(`${name}: --${token.name} takes no value; leave it out`);
      values[token.name] = true;
    } else {
      // `--limit --json`: the parser would take the next option for the value.
      if (token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value)))
        throw new CommandFailed(`${name}: --${token.name} needs a value: --${token.name} ${spec.value}`);
      checkValue(name, token.name, spec, token.value);
      values[token.name] = token.value;
    }
  }
  const given = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  return { values, given: given.slice(command.words.length) };
}

/**
 * Finds the command and reads its options and arguments. Pure.
 * @throws CommandFailed with one sentence that names what is wrong and how to mend it.
 */
export function readArguments(args: readonly string[], commands: readonly Command[]): Invocation {
  const all = Object.assign({}, ...commands.map(({ options }) => options), COMMON_OPTIONS) as OptionSpecs;
  const words = positionalsOf(args, all);
  const asksHelp = args.some((arg) => arg === "--help" || arg === "-h");
  if (words.length === 0 || (words[0] === "help" && words.length === 1)) {
    const stray = args.find((arg) => arg.startsWith("-") && arg !== "--help" && arg !== "-h");
    if (stray && !asksHelp) throw new CommandFailed(`say a command before ${shown(stray)}; --help lists them`);
    return { kind: "help", command: undefined };
  }
  const named = words[0] === "help" ? words.slice(1) : words;
  const command = findCommand(commands, named);
  if (asksHelp || words[0] === "help") return { kind: "help", command };
  const { values, given } = readOptions(command, args);
  const name = command.words.join(" ");
  const needed = command.arguments.filter((one) => !one.startsWith("["));
  const missing = needed[given.length];
  if (missing) throw new CommandFailed(`${name}: ${missing} is missing: ${name} ${command.arguments.join(" ")}`);
  const surplus = given[command.arguments.length];
  if (surplus !== undefined)
    throw new CommandFailed(`${name}: ${shown(surplus)} is one argument too many; quote values with spaces`);
  return { kind: "run", command, given, values };
}
