/** One option of a command: what `--help` says of it, and how it is read. */
export type OptionSpec =
  | { readonly type: "boolean"; readonly about: string }
  | {
      readonly type: "string";
      /** What stands for its value in the help: `FILE`, `N`. */
      readonly value: string;
      readonly about: string;
      /** The values that it takes, where they can be listed. */
      readonly choices?: readonly string[];
      readonly default?: string;
    };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** Options that every command has. */
export const COMMON_OPTIONS = {
  json: { type: "boolean", about: "print JSON for programs instead of text for people" },
  help: { type: "boolean", about: "say what this command does and end" },
} as const satisfies OptionSpecs;

/** The values of a command's options as its `run` gets them. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends { readonly type: "boolean" }
    ? boolean
    : Specs[Name] extends { readonly default: string }
      ? string
      : string | undefined;
};

/** One command of `touchstone`: all that its help says and what it does. */
export interface Command {
  /** `["keys", "create"]`. */
  readonly words: readonly string[];
  readonly summary: string;
  /** The arguments in order; one in brackets, as `[QUEUE]`, may be left out. */
  readonly arguments: readonly string[];
  readonly options: OptionSpecs;
  /** Further paragraphs of the help. */
  readonly about?: readonly string[];
  /** @returns the exit code. */
  run(given: readonly string[], values: Readonly<Record<string, string | boolean | undefined>>): Promise<number>;
}

/** Ties the types of the options to those that `run` gets. */
export const defineCommand = <Specs extends OptionSpecs>(
  command: Omit<Command, "options" | "run"> & {
    readonly options: Specs;
    run(given: readonly string[], values: OptionValues<Specs & typeof COMMON_OPTIONS>): Promise<number>;
  },
): Command => command as unknown as Command;

export const EXIT = {
  ok: 0,
  /** The command did its work and the answer is a no: something was refused, not found or decided before. */
  refused: 1,
  /** The command line was wrong, or nothing could be reached; in `score` also a line that could not be read. */
  failed: 2,
} as const;

/** What the command line says in one sentence before it ends. The sentence holds no words that people wrote. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly exitCode: number;
  constructor(sentence: string, exitCode: number = EXIT.failed) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
