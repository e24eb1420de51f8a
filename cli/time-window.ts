import { CommandFailed } from "./command.ts";

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/**
 * A time as people say it: `30d`, `12h` and `90m` ago, or RFC 3339.
 * @throws CommandFailed that names the option
 */
export function timeOf(command: string, option: string, said: string, now: Date): string {
  const [, count = "", unit = ""] = /^(\d{1,6})([dhm])$/.exec(said) ?? [];
  const length = UNITS[unit];
  const time = length === undefined ? Date.parse(said) : now.getTime() - Number(count) * length;
  if (!Number.isFinite(time))
    throw new CommandFailed(`${command}: --${option} takes 30d, 12h, 90m or a time such as 2026-11-01T00:00:00Z`);
  return new Date(time).toISOString();
}

/** @throws CommandFailed where the beginning is missing */
export function windowOf(
  command: string,
  { since, until }: { readonly since: string | undefined; readonly until: string | undefined },
  now: Date,
): { readonly since: string; readonly until?: string } {
  if (since === undefined) throw new CommandFailed(`${command}: say from when on with --since, such as --since 30d`);
  return {
    since: timeOf(command, "since", since, now),
    ...(until === undefined ? {} : { until: timeOf(command, "until", until, now) }),
  };
}
