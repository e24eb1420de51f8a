import { join } from "node:path";
import type { LabelledText, TextSet, Truth } from "./labelled-text.ts";
import { readTable } from "./read-table.ts";
import { splitOf, trainOrCalibrate } from "./split.ts";

const bit = (value: string | undefined): 0 | 1 => (Number(value) >= 0.5 ? 1 : 0);

/** What a text that raters call not toxic is not either. */
export const CLEAN: Truth = {
  toxicity: 0,
  profanity: 0,
  insult: 0,
  harassment: 0,
  threat: 0,
  hate: 0,
  sexual_adult: 0,
};

/** Wikipedia talk pages, six labels. "Severe" is the nearest that it has to harassment; what is toxic but not severe says nothing of it. */
const jigsawWiki: TextSet = {
  name: "jigsaw_wiki_subset",
  licence: "none stated in the repository; Jigsaw: text CC BY-SA 3.0, labels CC0",
  read: (folder) =>
    readTable(join(folder, "jigsaw_subset.csv")).map((row, index): LabelledText => {
      const text = row.comment_text ?? "";
      const toxic = bit(row.toxic);
      const truth: Truth = {
        toxicity: toxic,
        profanity: bit(row.obscene),
        insult: bit(row.insult),
        threat: bit(row.threat),
        hate: bit(row.identity_hate),
        ...(bit(row.severe_toxic) === 1 ? { harassment: 1 } : toxic === 0 ? { harassment: 0 } : {}),
        ...(toxic === 0 ? { sexual_adult: 0 } : {}),
      };
      const split = row.split === "test" ? "test" : trainOrCalibrate(text);
      return { id: `jigsaw_wiki_subset:${index}`, set: "jigsaw_wiki_subset", text, truth, split };
    }),
};

const jigsawRobtest: TextSet = {
  name: "jigsaw_robtest_binary",
  licence: "MIT (repository); Jigsaw: text CC BY-SA 3.0, labels CC0",
  read: (folder) =>
    readTable(join(folder, "test.csv"), { columns: ["text", "toxic"] }).map((row, index): LabelledText => {
      const text = row.text ?? "";
      const truth: Truth = row.toxic === "1" ? { toxicity: 1 } : CLEAN;
      return {
        id: `jigsaw_robtest_binary:${index}`,
        set: "jigsaw_robtest_binary",
        text,
        truth,
        split: trainOrCalibrate(text),
      };
    }),
};

const civilToxic: TextSet = {
  name: "civil_comments_toxic",
  licence: "MIT (repository); Civil Comments: CC0",
  read: (folder) =>
    readTable(join(folder, "test_toxic.csv")).map((row, index): LabelledText => {
      const text = row.comment_text ?? "";
      return {
        id: `civil_comments_toxic:${index}`,
        set: "civil_comments_toxic",
        text,
        truth: { toxicity: 1 },
        split: splitOf(text),
      };
    }),
};

/** Rated comments, and the same as people respelled them: a respelling keeps its original's truth and split. */
const civilMini: TextSet = {
  name: "civil_comments_mini",
  licence: "MIT (repository); Civil Comments: CC0",
  read: (folder) => {
    const truths = new Map<string, Truth>();
    const rows: LabelledText[] = [];
    const add = (text: string, truth: Truth, group: string): void => {
      const id = `civil_comments_mini:${rows.length}`;
      rows.push({ id, set: "civil_comments_mini", text, truth, split: splitOf(group), group });
    };
    for (const row of readTable(join(folder, "civil_comments_mini.csv"))) {
      const text = row.clean ?? "";
      const truth: Truth = {
        toxicity: bit(row.toxicity),
        profanity: bit(row.obscene),
        sexual_adult: bit(row.sexual_explicit),
        hate: bit(row.identity_attack),
        insult: bit(row.insult),
        threat: bit(row.threat),
      };
      truths.set(text, truth);
      add(text, truth, text);
    }
    for (const { clean = "", perturbed = "" } of readTable(join(folder, "clean_perturbed_pairs_unrated.csv"))) {
      const truth = truths.get(clean);
      if (truth !== undefined && perturbed !== clean) add(perturbed, truth, clean);
    }
    return rows;
  },
};

export const JIGSAW_SETS: readonly TextSet[] = [jigsawWiki, jigsawRobtest, civilMini, civilToxic];
