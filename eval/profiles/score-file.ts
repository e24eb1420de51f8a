import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { safeText } from "../../cli/safe-text.ts";
import { userPath } from "../../cli/user-path.ts";
import type { Profile } from "../../shared/scoring/audience/profile-features.ts";
import { scoreProfile } from "../../shared/scoring/audience/profile-score.ts";
import { readRows } from "../text/file/read-rows.ts";
import { UsageError } from "../text/options.ts";
import { decimal, grouped, percent } from "../text/report/numbers.ts";
import { type Progress, reportProgress } from "../text/report/progress.ts";
import { FileSurvey } from "./file-survey.ts";
import { openProbabilityWriter } from "./probability-writer.ts";
import { profileInRow } from "./profile-in-row.ts";
import { type ReadMap, readMap } from "./read-map.ts";

export interface ProfileFileOptions {
  /** CSV, TSV or JSON Lines with a heading or keys; columns parted by comma, semicolon or tab. */
  readonly file: string;
  /** `field=column,…`; left out, columns with well-known names are taken. */
  readonly map?: string | undefined;
  /** Quotation marks are ordinary signs. */
  readonly unquoted?: boolean;
  /** Gets a line a row, in their order: row number, probability, certainty. */
  readonly out: string;
}

const SHOW_EVERY = 5_000;
const DAY_DIGITS = 10;

/**
 * Scores every row of a file of profiles with whatever facts it has, and prints which facts were read. Reads the file
 * twice, keeps no row. `now`: milliseconds since the epoch; no account can be younger.
 * @throws UsageError in one line, which repeats no cell
 */
export async function scoreProfiles(
  { file: named, map, unquoted = false, out: asked }: ProfileFileOptions,
  { now = Date.now(), progress = reportProgress() }: { readonly now?: number; readonly progress?: Progress } = {},
): Promise<void> {
  const file = userPath(named);
  const out = userPath(asked);
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`--profiles: there is no file ${file}`);
  if (out === file) throw new UsageError("--out names the file that is read");
  if (!existsSync(dirname(out))) throw new UsageError(`--out: ${out} cannot be written`);

  let read: ReadMap | undefined;
  let survey: FileSurvey | undefined;
  for await (const { fields } of readRows(file, [], !unquoted)) {
    read ??= readMap(map, Object.keys(fields));
    survey ??= new FileSurvey(read.columns, now);
    survey.see(fields);
    if (survey.rows % SHOW_EVERY === 0) progress.show(`reading, ${grouped(survey.rows)} rows`);
  }
  if (read === undefined || survey === undefined)
    throw new UsageError(`--profiles: ${file} holds no row below a heading; JSON Lines end in .jsonl or .ndjson`);
  const { columns } = read;
  const { rows } = survey;
  const facts = survey.facts(read.seenAt);

  const known = new Map<string, number>();
  const used = { ages: 0, certainty: 0, probability: 0 };
  const writer = await openProbabilityWriter(out);
  try {
    for await (const { row, fields } of readRows(file, [], !unquoted)) {
      const { profile, seenAt } = profileInRow(fields, columns, facts);
      const { probability, certainty } = scoreProfile(profile, seenAt);
      for (const fact of Object.keys(profile)) known.set(fact, (known.get(fact) ?? 0) + 1);
      if (profile.createdAt !== undefined && seenAt !== undefined) used.ages++;
      used.certainty += certainty;
      used.probability += probability;
      await writer.write(row, probability, certainty);
      if (row % SHOW_EVERY === 0) progress.show("scoring", row / rows);
    }
    await writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }

  progress.print(`${grouped(rows)} profiles scored: row, probability, certainty in ${out}`);
  progress.print(`  columns: ${[...columns].map(([field, column]) => `${field}=${safeText(column)}`).join(", ")}`);
  for (const [fact, count] of known) progress.print(`  ${fact.padEnd(15)} known of ${percent(count / rows, 1)}`);
  progress.print(`  ${agesLine(used.ages / rows, columns.has("createdAt"), facts.seenAt, read.seenAt)}`);
  progress.print(
    `  certainty ${decimal(used.certainty / rows, 2)}, probability ${decimal(used.probability / rows, 2)} on average`,
  );
  const unread = (["followers", "following", "statuses", "favourites"] satisfies (keyof Profile)[]).filter(
    (fact) => !known.has(fact),
  );
  if (unread.length > 0)
    progress.print(`  nothing is known of ${unread.join(", ")}: --map field=column,… names columns`);
}

function agesLine(share: number, dated: boolean, seenAt: number | undefined, said: number | undefined): string {
  if (share === 0 && dated)
    return "no age is known: too few rows to tell when they were seen; --map seenAt=2020-01-31 says it";
  const when = seenAt === undefined ? "" : new Date(seenAt).toISOString().slice(0, DAY_DIGITS);
  const how =
    seenAt === undefined
      ? ""
      : said === undefined
        ? `; rows without a time were seen on ${when}, when the youngest was made`
        : `; all were seen on ${when}`;
  return `age known of ${percent(share, 1)}${how}`;
}
