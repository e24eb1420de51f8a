import { type Band, parseBand } from "../domain/band.ts";

/** What the switch says: ask Comprehend inside this band, or (undefined) never. */
export type SecondOpinion = { readonly band: Band } | undefined;

/**
 * Reads the switch from a function's environment: COMPREHEND is `on` or `off` (or absent, which is off), and where it is
 * on COMPREHEND_BAND holds the band.
 * @throws Error where either says anything else
 */
export function readSecondOpinion(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SecondOpinion {
  const { COMPREHEND = "off", COMPREHEND_BAND = "" } = environment;
  if (COMPREHEND === "off") return undefined;
  if (COMPREHEND !== "on") throw new Error("the variable COMPREHEND is neither on nor off");
  return { band: parseBand(COMPREHEND_BAND) };
}
