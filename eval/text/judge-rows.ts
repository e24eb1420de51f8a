import type { Head } from "../../models/text/data/labelled-text.ts";
import type { Audience, ShippedEngine } from "./engine.ts";
import type { Progress } from "./report/progress.ts";

/** What the engine made of rows, by row number. */
export interface Judged {
  readonly likelihoods: ReadonlyMap<Head, Float64Array>;
  /** 1 where the policy does not simply allow the post. */
  readonly acted: Uint8Array;
}

/** 1 where the head reaches its shipped threshold, by row number. */
export function foundBy({ likelihoods }: Judged, head: Head, threshold: number): Uint8Array {
  return Uint8Array.from(likelihoods.get(head) ?? [], (likelihood) => (likelihood >= threshold ? 1 : 0));
}

/** Judges every text once. */
export function judgeRows(
  engine: ShippedEngine,
  texts: readonly string[],
  { progress, name, audience }: { progress: Progress; name: string; audience?: Audience },
): Judged {
  const likelihoods = new Map(engine.heads.map((head) => [head, new Float64Array(texts.length)]));
  const acted = new Uint8Array(texts.length);
  for (const [row, text] of texts.entries()) {
    if (row % 64 === 0) progress.show(`${name}: judging`, row / texts.length);
    const judgement = engine.judge(text, audience);
    for (const [head, values] of likelihoods) values[row] = judgement.likelihoods[head] ?? 0;
    acted[row] = judgement.action === "allow" ? 0 : 1;
  }
  return { likelihoods, acted };
}
