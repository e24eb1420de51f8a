import type { AudienceAssessment, FollowWindow } from "../domain/audience.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { AudienceState } from "../scoring/audience/audience-state.ts";
import { scoreAudience } from "../scoring/audience/score-audience.ts";
import { TOLD_GROWTH } from "../scoring/audience/window-facts.ts";
import type { PolicySet } from "./compiled-policies.ts";
import type { VerdictBasis } from "./policy-facts.ts";
import { decided, storedFeatures } from "./verdict-of.ts";

/** An account's audience as far as it is known, and the version that its next verdict would have. */
export interface AudienceToJudge {
  readonly tenant: string;
  readonly policies: PolicySet;
  readonly account: string;
  readonly version: number;
  /** The digest of the message that brought the latest evidence. */
  readonly digest: string;
  readonly state: AudienceState;
  readonly receivedAt: Date;
  readonly now: Date;
}

export type AudienceJudge = (question: AudienceToJudge) => Verdict;

/** The revision of an audience verdict is its version: `v1`, `v2`, … */
export const revisionOf = (version: number): string => `v${version}`;

/** An account's audience in, its verdict out. Pure. */
export const audienceJudge =
  (): AudienceJudge =>
  ({ tenant, policies, account, version, digest, state, receivedAt, now }) => {
    const { score, assessment } = scoreAudience(state);
    const audience: AudienceAssessment = { account, ...assessment };
    const basis: VerdictBasis = {
      tenant,
      ref: { kind: "audience", id: account, revision: revisionOf(version) },
      digest,
      labels: [...score.labels],
      features: storedFeatures(score.features),
      models: [...score.models],
      status: score.degraded ? "degraded" : "complete",
      authorId: account,
      audience,
      visibility: "public",
      surface: "profile",
      brandIds: [],
      receivedAt: receivedAt.toISOString(),
    };
    return decided(policies, basis, now);
  };

/** Shares within a twentieth and counts within a tenth say the same of an audience. */
const SHARE_STEP = 0.05;
const GROWTH = 1.1;

const step = (count: number, growth: number): number => Math.round(Math.log(Math.max(1, count)) / Math.log(growth));
const isBought = (kind: FollowWindow["kind"]): boolean => kind === "bought" || kind === "drip";

const isMoved = (one: number | undefined, other: number | undefined): boolean =>
  (one === undefined) !== (other === undefined) || Math.abs((one ?? 0) - (other ?? 0)) >= SHARE_STEP;

/** Ten minutes are told of the latest day only: that they are not told any more is no news. */
const hourOf = (time: string): string => time.slice(0, 13);

/**
 * Would a reader learn something new? Another action, label or certainty, another window or one that has grown, a share
 * moved by a twentieth, an audience grown or shrunk by a tenth, or a note that was not there: then a new version is due.
 * What stays the same keeps its version, and so does what only a note less tells apart: notes come and go at their limits.
 */
export function saysSomethingNew(before: Verdict | undefined, now: Verdict): boolean {
  if (!before) return true;
  const gist = ({ action, labels, audience }: Verdict): string =>
    JSON.stringify([
      action,
      labels.map(({ label, probability, severity }) => [label, Math.round(probability * 10), severity]),
      audience?.windows.map(({ start, end, followers, kind, signals }) => [
        hourOf(start),
        hourOf(end),
        step(followers, isBought(kind) ? TOLD_GROWTH : GROWTH),
        kind,
        signals?.toSorted(),
      ]),
    ]);
  if (gist(before) !== gist(now)) return true;
  const [old, next] = [before.audience, now.audience];
  if (isMoved(old?.fakeShare?.estimate, next?.fakeShare?.estimate)) return true;
  const [was, is] = [old?.followers ?? 0, next?.followers ?? 0];
  if (is > was * GROWTH || is * GROWTH < was) return true;
  if (isMoved(old?.lost?.days7, next?.lost?.days7) || isMoved(old?.lost?.days30, next?.lost?.days30)) return true;
  const told = new Set(old?.notes?.map(({ code }) => code));
  return next?.notes?.some(({ code }) => !told.has(code)) ?? false;
}
