import { join } from "node:path";
import type { LabelledText, Split, TextSet, Truth } from "./labelled-text.ts";
import { readTable } from "./read-table.ts";
import { splitOf, trainOrCalibrate } from "./split.ts";

const davidson: TextSet = {
  name: "davidson",
  licence: "MIT",
  read: (folder) =>
    readTable(join(folder, "labeled_data.csv")).map((row, index): LabelledText => {
      const text = row.tweet ?? "";
      const truth: Truth = { toxicity: row.class === "2" ? 0 : 1, hate: row.class === "0" ? 1 : 0 };
      return { id: `davidson:${index}`, set: "davidson", text, truth, split: splitOf(text) };
    }),
};

const CAD_SPLITS = ["train", "dev", "test"] as const;

/** Reddit entries in their threads. Abuse of a group counts as hate, of a person as harassment; counter-speech is neither. */
const cad: TextSet = {
  name: "cad_v1_1",
  licence: "none stated in the repository; Zenodo 4881008: CC BY 4.0",
  read: (folder) =>
    CAD_SPLITS.flatMap((part) =>
      readTable(join(folder, `cad_v1_1_${part}.tsv`), { delimiter: "\t", quoted: false }).map((row): LabelledText => {
        const text = (row.text ?? "").replaceAll("[linebreak]", "\n");
        const labels = (row.labels ?? "").split(",");
        const group = labels.includes("IdentityDirectedAbuse");
        const person = labels.includes("PersonDirectedAbuse");
        const affiliation = labels.includes("AffiliationDirectedAbuse");
        const truth: Truth = {
          toxicity: group || person || affiliation ? 1 : 0,
          hate: group ? 1 : 0,
          harassment: person ? 1 : 0,
        };
        const split: Split = part === "test" ? "test" : trainOrCalibrate(text);
        return { id: `cad_v1_1:${row.id ?? ""}`, set: "cad_v1_1", text, truth, split };
      }),
    ),
};

const GAB_SPLITS = ["train", "test"] as const;

const gab: TextSet = {
  name: "gab_hate_corpus",
  licence: "none stated in the repository; OSF: CC BY 4.0",
  read: (folder) =>
    GAB_SPLITS.flatMap((part) =>
      readTable(join(folder, `ghc_${part}.tsv`), { delimiter: "\t" }).map((row, index): LabelledText => {
        const text = row.text ?? "";
        const violence = row.cv === "1";
        const hate = row.hd === "1" || violence;
        const truth: Truth = {
          toxicity: hate || row.vo === "1" ? 1 : 0,
          hate: hate ? 1 : 0,
          threat: violence ? 1 : 0,
        };
        const split: Split = part === "test" ? "test" : trainOrCalibrate(text);
        return { id: `gab_hate_corpus:${part}-${index}`, set: "gab_hate_corpus", text, truth, split };
      }),
    ),
};

/** Sentences of a forum of white supremacists. What it does not call hate may still be toxic. */
const stormfront: TextSet = {
  name: "stormfront_vicomtech",
  licence: "CC BY-SA 3.0 ES",
  read: (folder) =>
    readTable(join(folder, "stormfront.csv")).flatMap((row, index): LabelledText[] => {
      if (row.label !== "hate" && row.label !== "noHate") return [];
      const text = row.text ?? "";
      const truth: Truth = row.label === "hate" ? { hate: 1, toxicity: 1 } : { hate: 0 };
      const split: Split = row.split === "test" ? "test" : trainOrCalibrate(text);
      return [{ id: `stormfront_vicomtech:${index}`, set: "stormfront_vicomtech", text, truth, split }];
    }),
};

const SBIC_SPLITS = ["dev", "tst"] as const;
/** Share of raters over which a post is called offensive, and under which it is called harmless. */
const MOST = 0.5;
const FEW = 0.25;

const sbic: TextSet = {
  name: "sbic_devtest",
  licence: "CC BY 4.0",
  read: (folder) =>
    SBIC_SPLITS.flatMap((part) =>
      readTable(join(folder, `SBIC.v2.agg.${part}.csv`)).map((row, index): LabelledText => {
        const text = row.post ?? "";
        const offensive = Number(row.offensiveYN);
        // In this set 0 says that a biased implication is there.
        const biased = Number(row.hasBiasedImplication) === 0;
        const truth: Truth = {
          sexual_adult: Number(row.sexYN) >= MOST ? 1 : 0,
          ...(offensive >= MOST ? { toxicity: 1, hate: biased ? 1 : 0 } : {}),
          ...(offensive <= FEW ? { toxicity: 0, hate: 0 } : {}),
        };
        const split: Split = part === "tst" ? "test" : trainOrCalibrate(text);
        return { id: `sbic_devtest:${part}-${index}`, set: "sbic_devtest", text, truth, split };
      }),
    ),
};

/** Written to fool a classifier, with changed twins that mean the opposite. "nothate" may still swear. */
const dynahate: TextSet = {
  name: "dynahate_devtest",
  licence: "MIT (repository); the set: CC BY 4.0",
  read: (folder) =>
    ["db_dev.csv", "db_test.csv"].flatMap((file) =>
      readTable(join(folder, file)).map((row): LabelledText => {
        const id = row["acl.id"] ?? "";
        const matched = row["acl.id.matched"] ?? "";
        const group = matched !== "" && matched < id ? matched : id;
        const hate = row.label === "hate";
        const truth: Truth = {
          hate: hate ? 1 : 0,
          threat: row.type === "threatening" ? 1 : 0,
          ...(hate ? { toxicity: 1 } : {}),
        };
        const split: Split = row.split === "test" ? "test" : trainOrCalibrate(group);
        return { id: `dynahate_devtest:${id}`, set: "dynahate_devtest", text: row.text ?? "", truth, split, group };
      }),
    ),
};

const HATEMOJI_SPLITS = { train: "train", validation: "calibrate", test: "test" } as const;

const hatemoji: TextSet = {
  name: "hatemoji",
  licence: "CC BY 4.0",
  read: (folder) =>
    Object.entries(HATEMOJI_SPLITS).flatMap(([part, split]) =>
      readTable(join(folder, `HatemojiBuild_${part}.csv`)).map((row): LabelledText => {
        const hate = row.label_gold === "1";
        const truth: Truth = {
          hate: hate ? 1 : 0,
          threat: row.type === "threateninglanguage" ? 1 : 0,
          ...(hate ? { toxicity: 1 } : {}),
        };
        return { id: `hatemoji:${row.entry_id ?? ""}`, set: "hatemoji", text: row.text ?? "", truth, split };
      }),
    ),
};

/** Only what raters call hateful or normal: the degrees between are noisy. */
const mlma: TextSet = {
  name: "mlma",
  licence: "MIT",
  read: (folder) =>
    readTable(join(folder, "en_dataset.csv")).map((row, index): LabelledText => {
      const text = row.tweet ?? "";
      const felt = (row.sentiment ?? "").split("_");
      const normal = felt.length === 1 && felt[0] === "normal";
      const truth: Truth = normal ? { toxicity: 0, hate: 0 } : felt.includes("hateful") ? { toxicity: 1, hate: 1 } : {};
      return { id: `mlma:${index}`, set: "mlma", text, truth, split: splitOf(text) };
    }),
};

export const HATE_SETS: readonly TextSet[] = [davidson, cad, gab, stormfront, sbic, dynahate, hatemoji, mlma];
