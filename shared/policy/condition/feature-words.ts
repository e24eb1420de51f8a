/** What a feature of a verdict means to the writer of a policy, and between what bounds it lies. */
export interface FeatureWord {
  readonly meaning: string;
  /** Whole numbers are counts. */
  readonly type: "int" | "double";
  readonly max?: number;
  /** Not known of every item: then no comparison holds. Others count 0 where they were not found. */
  readonly optional?: true;
}

const count = (meaning: string): FeatureWord => ({ meaning, type: "int" });
const share = (meaning: string): FeatureWord => ({ meaning, type: "double", max: 1 });
const flag = (meaning: string): FeatureWord => ({ meaning: `1 where ${meaning}, else 0`, type: "int", max: 1 });
const amount = (meaning: string): FeatureWord => ({ meaning, type: "double" });
const known = (word: FeatureWord): FeatureWord => ({ ...word, optional: true });

/** Features of a text, by the text scorers. A review's are those of its text, not of its title. */
const OF_TEXT = {
  toxicity: share("probability that the text as a whole reads as toxic, by the model"),
  characters: count("characters"),
  words: count("words"),
  letters_ratio: share("share of letters among the characters"),
  uppercase_ratio: share("share of capitals among the letters"),
  digits_ratio: share("share of digits among the characters"),
  exclamations: count("exclamation marks"),
  emoji: count("emoji"),
  mentions: count("people mentioned by @name"),
  disguised_words: count("words written to get past a filter"),
  media: count("pictures, sounds and films"),
  substance: share("how much a brief text says: 0 nothing, 1 enough"),
  promotion: share("how much of a pitch the text is"),
  links_total: count("links"),
  links_domains: count("different domains linked to, where there are several"),
  links_promoting: count("links to shops and fundraisers, or with a code that pays the sender"),
  links_shortened: count("links through a shortener"),
  links_ip: count("links to a bare network address"),
  links_lookalike: count("links to a name that looks like a known one"),
  links_punycode: count("links to a name in disguised letters"),
  links_credential: count("links that look like a sign-in page"),
  links_mismatch: count("links that show one address and lead to another"),
  links_redirect: count("links that lead on to another site"),
  links_defanged: count("links written so that filters miss them"),
  links_script: count("links that would run a program"),
  link_risk: share("risk of the riskiest link"),
  emails: count("e-mail addresses"),
  hotlines: count("phone numbers of companies"),
  pii_email: count("private e-mail addresses"),
  pii_phone: count("private phone numbers"),
  pii_ip: count("network addresses of people"),
  pii_birth_date: count("dates of birth"),
  pii_address: count("postal addresses"),
  pii_licence: count("numbers of driving licences"),
  pii_card: count("numbers of payment cards"),
  pii_iban: count("bank account numbers"),
  pii_national_id: count("national identity numbers"),
  pii_passport: count("passport numbers"),
} satisfies Record<string, FeatureWord>;

/** Features of a review: its target, its author's reviews, what it shares with others. */
const OF_REVIEW = {
  ranking: share("how consistent the review is with fakery, for ranking"),
  target_reviews: count("earlier reviews of the target"),
  target_mean: known(amount("mean rating of the target before this review")),
  deviation: amount("stars between this rating and the target's mean"),
  target_day: count("reviews of the target within a day"),
  target_usual_day: amount("reviews of the target on a usual day"),
  target_day_one_star: share("share of one star among that day's reviews"),
  target_day_five_star: share("share of five stars among that day's reviews"),
  target_day_first: share("share of authors without an earlier review among that day's"),
  target_again: flag("the author reviewed this target before"),
  author_first: flag("it is the author's first review"),
  author_hour: count("reviews by the author within an hour, this one included"),
  author_day: count("reviews by the author within a day, this one included"),
  author_shortest_gap: known(amount("least minutes between this review and another of the author")),
  account_days: known(amount("days from the account's creation to the review")),
  lockstep_authors: count("authors who reviewed the same targets at the same times"),
  device_authors: count("authors on the same device"),
  payment_authors: count("authors with the same payment instrument"),
  text_by_others: count("reviews by others in almost the same words"),
  text_elsewhere: count("almost the same words at other targets"),
  text_likeness: share("likeness to the most similar earlier review"),
  incentive_disclosed: flag("the review says that its author got something for it"),
  rewards_reported: count("offers of a reward for reviews that the text reports"),
  owner_fingerprints: count("device, payment and network shared with the target's owner"),
} satisfies Record<string, FeatureWord>;

/** Features of an account's audience: quality and sudden growth, never size. */
const OF_AUDIENCE = {
  fake_share: known(share("estimated share of followers consistent with automation")),
  fake_share_low: known(share("lower end of that estimate's interval")),
  fake_share_high: known(share("upper end of that estimate's interval")),
  windows_bought: count("spikes of follows consistent with purchase"),
  windows_drip: count("stretches of follows that drip in too evenly"),
  windows_viral: count("spikes of follows with usual profiles"),
  windows_unclear: count("spikes of follows of which too little is known"),
} satisfies Record<string, FeatureWord>;

/** Every feature that a condition may ask for, as `features.NAME`. */
export const FEATURES: Readonly<Record<string, FeatureWord>> = { ...OF_TEXT, ...OF_REVIEW, ...OF_AUDIENCE };

/** Features that scorers emit and no condition sees: how many follow somebody. The sample's size goes with it. */
export const REACH_FEATURES: readonly string[] = [
  "followers",
  "follows_seen",
  "profiles_judged",
  "profiles_suspicious",
  "sampled",
  "sampled_suspicious",
];
