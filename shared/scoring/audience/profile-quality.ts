import type { TestQuality } from "../statistics.ts";

/**
 * How well a chance over 50% by `scoreProfile` tells fake followers from genuine ones, as `npm run eval:audiences --
 * --data ../shared/data` measures it on three sources that the trees never saw: sensitivity .843 (.717 to .993) and
 * specificity .959 (.898 to .991).
 *
 * Within a source these shares are known to a percent or so; the next source lies as far from the mean as these lie from
 * each other. Lang and Reiczigel's interval takes the uncertainty of a share m from the number of profiles n on which it
 * was counted, as m(1 − m)/n. So n is set to m(1 − m)/s², s² being the variance between sources: 6.8 and 14.2 profiles.
 * Each estimate of a share of fakes is then as wide as not knowing the seller makes it.
 */
export const PROFILE_QUALITY: TestQuality = {
  hits: 0.843 * 6.8,
  positives: 6.8,
  passes: 0.959 * 14.2,
  negatives: 14.2,
};
