import { join } from "node:path";
import { keyOf } from "./key-of.ts";
import type { LabelledText, Split, TextSet, Truth } from "./labelled-text.ts";
import { readTable } from "./read-table.ts";
import { splitOf, trainOrCalibrate } from "./split.ts";

/** No licence is stated; no other set here trains self-harm. */
const suicidal: TextSet = {
  name: "twitter_suicidal_intention",
  licence: "none stated",
  read: (folder) =>
    readTable(join(folder, "twitter-suicidal_data.csv")).map((row, index): LabelledText => {
      const text = row.tweet ?? "";
      const truth: Truth = { self_harm: row.intention === "1" ? 1 : 0 };
      const split = splitOf(text);
      return { id: `twitter_suicidal_intention:${index}`, set: "twitter_suicidal_intention", text, truth, split };
    }),
};

const PSYTAR_SPLITS = { train: "train", dev: "calibrate", test: "test" } as const;

/** Patients' reviews of medicines, by sentence. An adverse reaction or a withdrawal symptom has to be reported. */
const psytar: TextSet = {
  name: "psytar",
  licence: "CC BY 4.0",
  read: (folder) =>
    Object.entries(PSYTAR_SPLITS).flatMap(([part, split]) =>
      readTable(join(folder, `binary_${part}.csv`), { delimiter: "\t" }).map((row, index): LabelledText => {
        const truth: Truth = { adverse_event: row.ADR === "1" || row.WD === "1" ? 1 : 0 };
        return { id: `psytar:${part}-${index}`, set: "psytar", text: row.sentences ?? "", truth, split };
      }),
    ),
};

/**
 * Sentences of medical case reports. "Free for research" leaves open what else they are free for, and psytar, which is
 * licensed, trains the same head: these rows are judged with only.
 */
const adeCorpus: TextSet = {
  name: "ade_corpus_v2",
  licence: "none stated in the repository; the corpus is free for research",
  read: (folder) =>
    readTable(join(folder, "ade_classification.csv")).map((row, index): LabelledText => {
      const text = row.text ?? "";
      const truth: Truth = { adverse_event: row.ade === "1" ? 1 : 0 };
      return { id: `ade_corpus_v2:${index}`, set: "ade_corpus_v2", text, truth, split: "test" };
    }),
};

const readSms = (folder: string): Record<string, string>[] =>
  readTable(join(folder, "SMSSpamCollection.tsv"), { delimiter: "\t", columns: ["label", "text"], quoted: false });

/** Advertising that people did not ask for; some of it is fraud, which the set does not tell apart. */
const smsSpam: TextSet = {
  name: "sms_spam_collection",
  licence: "none stated in the repository; UCI: CC BY 4.0",
  read: (folder) =>
    readSms(folder).map((row, index): LabelledText => {
      const text = row.text ?? "";
      const truth: Truth = row.label === "spam" ? { spam: 1 } : { spam: 0, scam: 0 };
      return { id: `sms_spam_collection:${index}`, set: "sms_spam_collection", text, truth, split: splitOf(text) };
    }),
};

/** Spam and phishing by SMS in one class. Its spam is that of the collection above: what only this set has is taken as scam. */
const smishing: TextSet = {
  name: "sms_smishing_5971",
  licence: "none stated in the repository; Mendeley: CC BY 4.0",
  read: (folder) => {
    const known = new Set(readSms(join(folder, "..", smsSpam.name)).map(({ text = "" }) => keyOf(text)));
    return readTable(join(folder, "Dataset_5971.csv")).map((row, index): LabelledText => {
      const text = row.text ?? "";
      const truth: Truth =
        row.label !== "1" ? { spam: 0, scam: 0 } : known.has(keyOf(text)) ? { spam: 1 } : { spam: 1, scam: 1 };
      return { id: `sms_smishing_5971:${index}`, set: "sms_smishing_5971", text, truth, split: splitOf(text) };
    });
  },
};

const VIDEOS = ["Youtube01-Psy", "Youtube02-KatyPerry", "Youtube03-LMFAO", "Youtube04-Eminem", "Youtube05-Shakira"];
const KEPT_ASIDE = "Youtube05-Shakira";

const youtube: TextSet = {
  name: "youtube_spam",
  licence: "none stated in the repository; UCI: CC BY 4.0",
  read: (folder) =>
    VIDEOS.flatMap((video) =>
      readTable(join(folder, `${video}.csv`)).map((row, index): LabelledText => {
        const text = row.CONTENT ?? "";
        const truth: Truth = { spam: row.CLASS === "1" ? 1 : 0 };
        const split: Split = video === KEPT_ASIDE ? "test" : trainOrCalibrate(text);
        return { id: `youtube_spam:${video}-${index}`, set: "youtube_spam", text, truth, split };
      }),
    ),
};

export const OTHER_SETS: readonly TextSet[] = [suicidal, psytar, adeCorpus, smsSpam, smishing, youtube];
