import type { Reason } from "./label.ts";

type Params = NonNullable<Reason["params"]>;

const percentOf = (params: Params): number => (typeof params.percent === "number" ? params.percent : 0);

/** Reasons of the trained text model. */
export const MODEL_REASONS: Readonly<Record<string, (params: Params) => string>> = {
  "model.words": (p) =>
    `${p.count === 1 ? "The marked place holds" : "The marked places together hold"} ${percentOf(p)}% of what the text model counts towards this label.`,
  "model.whole": () => "The text as a whole reads like others with this label; no single word decides.",
};
