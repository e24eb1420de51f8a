import type * as z from "zod";
import type { changedCase, claimView } from "../contracts/case-view.ts";
import type { CurrentState } from "../contracts/problem.ts";
import type { Case } from "../domain/case.ts";
import { living } from "../domain/claim.ts";
import { lostRace, notFound, type Result } from "./result.ts";

/** The claim on a case while its lease lasts. */
export function claimOf(current: Pick<Case, "claim">, me: string, now: Date): { claim?: z.infer<typeof claimView> } {
  const held = living(current.claim, now);
  if (!held) return {};
  const { id: _, ...shown } = held;
  return { claim: { ...shown, mine: held.by === me } };
}

/** What a change of a case answers with. */
export const changedCaseOf = (current: Case, me: string, now: Date): z.infer<typeof changedCase> => ({
  id: current.id,
  state: current.state,
  queue: current.queue,
  version: current.version,
  ...claimOf(current, me, now),
});

export const noSuchCase = (): Result<never> =>
  notFound("This tenant has no such case.", "use the id of a case that GET /v1/cases lists");

const stateOf = (current: Case, now: Date): CurrentState => {
  const held = living(current.claim, now);
  return {
    id: current.id,
    state: current.state,
    version: current.version,
    ...(held ? { heldBy: held.by, heldUntil: held.until } : {}),
    ...(current.state === "decided" && current.decision ? { decidedBy: current.decision.by } : {}),
  };
};

/** Why a change of a case did not happen: what became of it meanwhile, and what to do. */
export function lostCase(current: Case, me: string, now: Date): Result<never> {
  const state = stateOf(current, now);
  const lost = (code: Parameters<typeof lostRace>[0], pointer: string, detail: string, fix: string) =>
    lostRace(code, state, { pointer, detail, fix });
  if (current.state === "joined")
    return lost("case_joined", "path:/id", "it is decided with its cluster", `decide ${current.joined} instead`);
  if (current.state !== "open")
    return lost("case_decided", "/version", "somebody was faster", "read the case again before you decide");
  const held = living(current.claim, now);
  if (held && held.by !== me)
    return lost(
      "case_claimed",
      "path:/id",
      "somebody else holds it",
      "take another, or wait until their lease is over",
    );
  return lost("case_changed", "/version", "somebody was faster", "read the case again before you decide");
}

/** As `lostCase`, for a code that the state alone does not tell. */
export const refusedCase = (
  code: "case_escalated" | "undo_over" | "case_changed",
  current: Case,
  now: Date,
  detail: string,
  fix: string,
): Result<never> => lostRace(code, stateOf(current, now), { pointer: "path:/id", detail, fix });
