import { routes } from "../../shared/contracts/routes.ts";
import { type RawAnswer, rawRequest } from "../cloud/security/raw-request.ts";
import { judgeAnswer } from "./judge-answer.ts";
import type { RequestPlan } from "./request-plans.ts";

export interface RequestReport {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly slowest: { readonly ms: number; readonly place: string };
  /** One line each: route, sort and what is wrong; nothing of what was sent. */
  readonly faults: readonly string[];
}

/** Milliseconds within which every request has its answer, however busy the machine. */
const LONGEST = 10_000;
const AT_ONCE = 4;

/** Sends every plan and judges its answer. @param tokenOf the key that a route's own callers have */
export async function fuzzRequests(
  url: string,
  plans: readonly RequestPlan[],
  tokenOf: (plan: RequestPlan) => string | undefined,
): Promise<RequestReport> {
  const byStatus: Record<string, number> = {};
  const faults: string[] = [];
  let slowest = { ms: 0, place: "" };
  const send = async (plan: RequestPlan, index: number): Promise<void> => {
    const token = tokenOf(plan);
    const place = `request ${index} (${plan.name}, ${plan.sort})`;
    const began = performance.now();
    let answer: RawAnswer;
    try {
      const headers = { ...(token && { authorization: `Bearer ${token}` }), ...plan.headers };
      const { path, body } = plan;
      answer = await rawRequest(
        url,
        { method: routes[plan.name].method, path, headers, ...(body && { body }) },
        LONGEST,
      );
    } catch (error) {
      faults.push(`${place}: ${error instanceof Error ? error.message : "no answer"}`);
      return;
    }
    const ms = Math.round(performance.now() - began);
    if (ms > slowest.ms) slowest = { ms, place };
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
    for (const what of judgeAnswer(plan, answer)) faults.push(`${place}: ${answer.status}, ${what}`);
  };
  const waiting = [...plans.entries()];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await send(next[1], next[0]);
    }),
  );
  return { requests: plans.length, byStatus, slowest, faults };
}
