import * as z from "zod";
import { moderationCase } from "../domain/case.ts";
import { subject } from "../domain/subject.ts";

/** One fault of a request: where (a JSON pointer, `query:` or `header:` place), what, and how to mend it. Never a value that was sent. */
export const fault = z.strictObject({ pointer: z.string(), detail: z.string(), fix: z.string().optional() });
export type Fault = z.infer<typeof fault>;

/** What a case is now, told to whoever lost a race for it. `heldBy` while somebody's lease lasts. */
export const currentState = moderationCase
  .pick({ id: true, state: true, version: true })
  .extend({ heldBy: z.string().optional(), heldUntil: z.string().optional(), decidedBy: z.string().optional() });
export type CurrentState = z.infer<typeof currentState>;

/** RFC 9457 problem details; served as `application/problem+json`. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(fault).optional(),
    /** Of a lost race: the case as it is. */
    current: currentState.optional(),
    /** Of `not_a_member`: by what an admin can make whoever signed in a member. */
    subject: subject.optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;

/** Every kind of problem that the API answers with: status and title. */
export const PROBLEMS = {
  malformed_json: [400, "The body is not JSON"],
  invalid_request: [422, "The request does not fit its schema"],
  wrong_origin: [403, "The request did not come through the front door"],
  missing_key: [401, "No API key"],
  malformed_key: [401, "The API key is malformed"],
  unknown_key: [401, "The API key is not known"],
  revoked_key: [401, "The API key was revoked"],
  expired_key: [401, "The API key has expired"],
  invalid_token: [401, "The access token is not accepted"],
  expired_token: [401, "The access token has expired"],
  not_a_member: [403, "You are signed in, but not a member"],
  member_suspended: [403, "Your membership is suspended"],
  forbidden: [403, "Your role may not do that"],
  not_found: [404, "Not found"],
  revision_conflict: [409, "This revision was sent before with other content"],
  case_decided: [409, "The case was already decided"],
  case_claimed: [409, "Somebody else holds the case"],
  case_joined: [409, "The item is decided with its cluster"],
  case_escalated: [409, "The case was escalated already"],
  undo_over: [409, "The time to undo is over"],
  queues_changed: [409, "The queues have changed since you saw them"],
  case_changed: [409, "The case has changed since you saw it"],
  subscription_changed: [409, "The subscription has changed since you saw it"],
  too_many_subscriptions: [409, "There is no room for another subscription"],
  undo_not_ready: [409, "The dry run is not finished"],
  undo_differs: [409, "The dry run looked for something else"],
  subject_taken: [409, "Whoever signs in with this code is a member already"],
  member_changed: [409, "The member has changed since you saw them"],
  own_membership: [409, "Your own membership is changed by somebody else"],
  policy_changed: [409, "The policies have changed since you saw them"],
  policy_in_use: [409, "Another active policy needs this one as it is"],
  policy_limit: [409, "As many policies as can be are active or in shadow"],
  subscription_paused: [409, "The subscription is paused"],
  subscription_needed: [409, "Other subscriptions pass their duties on to it"],
  nothing_to_deliver_to: [409, "The subscription's channel has no such thing"],
  feed_off: [409, "The feed of events is off"],
  secret_limit: [409, "As many secrets as can be sign already"],
  cursor_expired: [410, "Events after that place are gone"],
  too_large: [413, "The body is too large"],
  wrong_content_type: [415, "The content type is not application/json"],
  none_accepted: [422, "None of the items was accepted"],
  policy_invalid: [422, "The policy does not pass its checks"],
  no_such_member: [422, "No member who can take the case"],
  job_invalid: [422, "That cannot be looked through or taken back"],
  asked_too_often: [429, "The address was asked often enough"],
  replayed_too_often: [429, "The subscription was sent enough again"],
  tested_too_often: [429, "The subscription was tested often enough"],
  over_quota: [429, "The quota of items a minute is used up"],
  unexpected: [500, "Something went wrong on our side"],
  sign_in_unavailable: [503, "Who signed in cannot be checked just now"],
  unavailable: [503, "A part that this needs does not answer"],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof PROBLEMS;

/** @returns the problem document of a code, with what happened and, field by field, where and how to mend it. */
export function makeProblem(code: ProblemCode, detail: string, errors?: readonly Fault[]): Problem {
  const [status, title] = PROBLEMS[code];
  return {
    type: `urn:touchstone:problem:${code}`,
    title,
    status,
    detail,
    ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
  };
}
