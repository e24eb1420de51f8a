import { join } from "node:path";
import { CLEAN } from "./jigsaw-sets.ts";
import type { LabelledText, Split, TextSet, Truth } from "./labelled-text.ts";
import { readTable } from "./read-table.ts";
import { splitOf, trainOrCalibrate } from "./split.ts";

/** What people said to chat bots, most of it to the bot's face. */
const convabuse: TextSet = {
  name: "convabuse",
  licence: "CC BY 4.0",
  read: (folder) =>
    readTable(join(folder, "convabuse_majority.csv")).map((row): LabelledText => {
      const text = row.user ?? "";
      const abuse = row.abuse_majority === "1" ? 1 : 0;
      const sexual = abuse === 1 && (row.types_any ?? "").includes("sex_harassment") ? 1 : 0;
      const truth: Truth = { toxicity: abuse, harassment: abuse, sexual_adult: sexual };
      const split: Split = row.split === "test" ? "test" : row.split === "valid" ? "calibrate" : trainOrCalibrate(text);
      const id = `convabuse:${row.example_id ?? ""}-${row.split ?? ""}`;
      return { id, set: "convabuse", text, truth, split };
    }),
};

/** A toxic sentence and its neutral rewrites: the same topic, person and place without the attack. */
const paradetox: TextSet = {
  name: "paradetox",
  licence: "CC0 1.0",
  read: (folder) => {
    const rows: LabelledText[] = [];
    const add = (text: string, truth: Truth, group: string): void => {
      if (text.trim() === "") return;
      rows.push({ id: `paradetox:${rows.length}`, set: "paradetox", text, truth, split: splitOf(group), group });
    };
    for (const row of readTable(join(folder, "paradetox.tsv"), { delimiter: "\t", quoted: false })) {
      const group = row.toxic ?? "";
      add(group, { toxicity: 1 }, group);
      for (const rewrite of [row.neutral1, row.neutral2, row.neutral3]) add(rewrite ?? "", CLEAN, group);
    }
    // Why it could not be rewritten tells what it is; other answers are unsure.
    const reasons = new Map<string, Truth>([
      ['{"toxic_content":true}', { toxicity: 1 }],
      ['{"not_toxic":true}', { toxicity: 0 }],
    ]);
    for (const row of readTable(join(folder, "paradetox_cannot_rewrite.tsv"), { delimiter: "\t" })) {
      const text = (row["INPUT:toxic_comment"] ?? "").replace(/^"|"$/g, "");
      const truth = reasons.get(row["OUTPUT:reasons"] ?? "");
      if (truth !== undefined) add(text, truth, text);
    }
    return rows;
  },
};

const surge: TextSet = {
  name: "surge_toxicity",
  licence: "MIT",
  read: (folder) =>
    readTable(join(folder, "toxicity_en.csv")).map((row, index): LabelledText => {
      const text = row.text ?? "";
      const truth: Truth = row.is_toxic === "Toxic" ? { toxicity: 1 } : CLEAN;
      return { id: `surge_toxicity:${index}`, set: "surge_toxicity", text, truth, split: splitOf(text) };
    }),
};

/** Sentences of articles that name groups of people and attack nobody. */
const debiasing: TextSet = {
  name: "wiki_bias_eval",
  licence: "Apache-2.0",
  read: (folder) =>
    readTable(join(folder, "toxicity_debiasing_data.tsv"), { delimiter: "\t" }).map((row, index): LabelledText => {
      const text = row.comment ?? "";
      const split = trainOrCalibrate(text);
      return { id: `wiki_bias_eval:${index}`, set: "wiki_bias_eval", text, truth: CLEAN, split };
    }),
};

export const TOXICITY_SETS: readonly TextSet[] = [convabuse, paradetox, surge, debiasing];
