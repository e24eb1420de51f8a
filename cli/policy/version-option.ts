import { CommandFailed } from "../command.ts";

export const VERSION_OPTION = { version: { type: "string", value: "N", about: "which of its versions" } } as const;

/** @throws CommandFailed where it is missing or no number of a version */
export function needVersion(command: string, given: string | undefined): number {
  if (given === undefined || !/^[1-9]\d{0,7}$/.test(given))
    throw new CommandFailed(`${command}: say which version with --version N; \`policy show ID\` lists them`);
  return Number(given);
}

export const NOTE_OPTION = {
  note: { type: "string", value: "TEXT", about: "why, for whoever reads the history; needed" },
} as const;

export function needNote(command: string, given: string | undefined): string {
  if (given === undefined || given.trim() === "") throw new CommandFailed(`${command}: say why with --note TEXT`);
  return given;
}
