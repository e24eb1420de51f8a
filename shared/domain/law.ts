import type { LabelName } from "./label.ts";

const FTC = "US 16 CFR";
const DMCC = "UK DMCC Act 2024 Sch. 20 para. 13";
const UCPD = "EU UCPD art. 7(6)";

/**
 * Rules that what a label is about may fall under: where to look, not a finding of law. US Trade Regulation Rule on
 * reviews and testimonials (16 CFR part 465), UK Digital Markets, Competition and Consumers Act 2024, EU Directive
 * 2005/29/EC as amended.
 */
const LAWS: Partial<Record<LabelName, readonly string[]>> = {
  "fake_review.fabricated": [`${FTC} 465.2`, DMCC, UCPD],
  "fake_review.paid": [`${FTC} 465.4`, DMCC, UCPD],
  "fake_review.insider": [`${FTC} 465.5`, DMCC, UCPD],
  "fake_review.undisclosed": [`${FTC} 465.4`, DMCC, UCPD],
  "fake_review.brigade": [`${FTC} 465.2`, DMCC, UCPD],
  hijacked_listing: [`${FTC} 465.2`, UCPD],
  "fake_following.bot": [`${FTC} 465.8`],
  "fake_following.bought": [`${FTC} 465.8`],
};

/** Rules to look at for a label; none for most. */
export const lawsOf = (label: LabelName): readonly string[] => LAWS[label] ?? [];
