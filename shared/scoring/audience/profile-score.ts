import weights from "../../../models/profiles/weights.json" with { type: "json" };
import type { Reason } from "../../domain/label.ts";
import { ageInDays, type Profile } from "./profile-features.ts";
import { profileModel } from "./profile-model.ts";
import { FACTS, type Fact } from "./profile-points.ts";

export type { Profile };

export interface ProfileScore {
  /** That the profile is automated or fake, 0 to 1, where one follower in five is. Calibrated: models/profiles/CARD.md. */
  readonly probability: number;
  /** Share of what the model can read that the profile held: 0 to 1. */
  readonly certainty: number;
  /** What raised the probability, strongest first, at most 4. Worked out when it is asked for. */
  readonly reasons: readonly Reason[];
}

const MOST_REASONS = 4;
/** Log-odds from which a fact is named as a reason. */
const LEAST_NAMED = 0.1;

const shipped = profileModel(weights);

/** A class and not a literal with a getter: those take as long to make as the trees to walk. */
class Scored implements ProfileScore {
  readonly probability: number;
  readonly certainty: number;
  readonly #profile: Profile;
  readonly #at: number | undefined;

  constructor(profile: Profile, at: number | undefined) {
    const { probability, certainty } = shipped.score(profile, at);
    this.probability = probability;
    this.certainty = certainty;
    this.#profile = profile;
    this.#at = at;
  }

  get reasons(): readonly Reason[] {
    return reasonsOf(this.#profile, this.#at);
  }
}

/**
 * How far a profile looks automated or fake, from its facts alone: boosted trees trained on public sets beside points
 * set by hand. A missing fact counts neither way and lowers the certainty. `at`: when the profile was seen or followed,
 * milliseconds since the epoch, for its age. Pure.
 */
export const scoreProfile = (profile: Profile, at?: number): ProfileScore => new Scored(profile, at);

function reasonsOf(profile: Profile, at: number | undefined): Reason[] {
  const parts = shipped.contributions(profile, at);
  return FACTS.map((fact, place) => ({ fact, part: parts[place] ?? 0 }))
    .filter(({ part }) => part >= LEAST_NAMED)
    .toSorted((a, b) => b.part - a.part)
    .flatMap(({ fact }) => reasonOf(fact, profile, at) ?? [])
    .slice(0, MOST_REASONS);
}

/** The fact in words; undefined where it has none to say, as of an account that is not verified. */
function reasonOf(fact: Fact, profile: Profile, at: number | undefined): Reason | undefined {
  const { favourites = 0, statuses = 0, followers = 0, following = 0, handleDigits = 0, handleLength = 0 } = profile;
  switch (fact) {
    case "favourites":
      return { code: "profile.favourites", params: { count: favourites } };
    case "likes":
      return { code: "profile.never_likes", params: { statuses, favourites } };
    case "ratio":
      return { code: "profile.ratio", params: { followers, following } };
    case "followers":
      return { code: "profile.followers", params: { count: followers } };
    case "statuses":
      return { code: "profile.statuses", params: { count: statuses } };
    case "listed":
      return { code: "profile.listed", params: { count: profile.listed ?? 0 } };
    case "image":
      return { code: "profile.no_picture" };
    case "bio":
      return profile.bioLength === 0 ? { code: "profile.no_bio" } : undefined;
    case "digits":
      return { code: "profile.handle_digits", params: { percent: Math.round((100 * handleDigits) / handleLength) } };
    case "age":
      return { code: "profile.young", params: { days: Math.floor(ageInDays(profile, at)) } };
    case "design":
      return { code: "profile.default_design" };
    default:
      return undefined;
  }
}
