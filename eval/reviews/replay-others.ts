import { setsThreshold } from "../../models/reviews/train/train-shipped.ts";
import { readAmazonBeauty } from "./amazon-beauty.ts";
import { readBitcoinOtc } from "./bitcoin-otc.ts";
import { measure } from "./measure.ts";
import { rateRaters } from "./rate-raters.ts";
import type { ReplayOptions } from "./replay-yelpchi.ts";
import { replayAll } from "./replayed.ts";
import { against, measureHeading, measureLine, shareText, three } from "./report.ts";

/** Prints how raters of Bitcoin-OTC are told apart by the ratings that they gave. */
export function replayBitcoin(data: string, { rounds, seed, print }: ReplayOptions): void {
  const read = readBitcoinOtc(data);
  const { users, truth, scores } = rateRaters(read);
  const frauds = truth.reduce((sum, one) => sum + one, 0);
  print(`\n${measureHeading(`Bitcoin-OTC raters: ${users.length}, base ${three(frauds / users.length)}`)}`);
  let best = 0;
  for (const [name, ranking] of Object.entries(scores)) {
    const measured = measure(ranking, truth, users, { rounds, seed });
    best = Math.max(best, measured.auc);
    print(measureLine(name, measured));
  }
  print(
    `${read.truth.size - users.length} labelled users never rated anybody and are left out. The trustworthy are those whom the site's founder`,
  );
  print("rated highly, so they stayed longer: how long a rater was active tells much of it.");
  print(`  to reach without received ratings: AUC ${three(best)} ${against(best, 0.88)}`);
}

/** Prints what is flagged among reviews that are presumed genuine, by group; half of the authors set the threshold. */
export function replayGenuine(data: string, { print }: ReplayOptions): void {
  const { rows, flagged, first, perSecond } = replayAll(readAmazonBeauty(data));
  const kept = [...rows.keys()].filter((index) => !setsThreshold(rows[index]?.user ?? ""));
  const groups: [name: string, keep: (index: number) => boolean][] = [
    ["all", () => true],
    ["first-time authors", (index) => first[index] === 1],
    ["authors known before", (index) => first[index] === 0],
    ["verified purchases", (index) => rows[index]?.verified === true],
    ["without text", (index) => !rows[index]?.text],
  ];
  print(
    `\nAmazon beauty, presumed genuine, authors not used for the threshold; ${Math.round(perSecond).toLocaleString("en")} reviews a second with text`,
  );
  for (const [name, keep] of groups) {
    const some = kept.filter(keep);
    print(
      `  flagged: ${name.padEnd(28)} ${shareText(some.filter((index) => flagged[index] === 1).length, some.length)}`,
    );
  }
}
