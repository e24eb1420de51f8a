import { createHash } from "node:crypto";
import type { Verdict } from "./verdict.ts";

/** Labels that speak of a group around one target: its members are one question to a moderator. */
const GROUPS = ["rating_storm", "fake_review.brigade"] as const;

/**
 * What flagged items have in common that are decided together: the same storm or lockstep group around a target, or
 * else the same words (`cluster` of the verdict, a keyed digest). Made of the verdict alone, so that a repeat finds it again.
 */
export function clusterKeyOf({
  ref,
  labels,
  targetId,
  cluster,
}: Pick<Verdict, "ref" | "labels" | "targetId" | "cluster">): string | undefined {
  const group = GROUPS.find((label) => labels.some((one) => one.label === label && one.probability >= 0.5));
  if (ref.kind !== "review" || !group || !targetId) return cluster;
  return createHash("sha256").update(`${group}#${targetId}`).digest("base64url").slice(0, 22);
}
