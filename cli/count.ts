import { CommandFailed } from "./command.ts";

/** A whole number from 1 on that an option takes. @throws CommandFailed that names the option. */
export function countOf(command: string, option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (!/^\d{1,12}$/.test(value) || count < 1)
    throw new CommandFailed(`${command}: --${option} takes a whole number from 1 on`);
  return count;
}
