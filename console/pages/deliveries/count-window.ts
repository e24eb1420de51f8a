import { isReplayable } from "../../../shared/domain/replayable.ts";
import type { Answered } from "../../api/answered.ts";
import type { Call } from "../../api/call.ts";

/** States from which a delivery can be sent again. */
export type Replayable = "failed" | "cancelled" | "delivered";

export interface Window {
  readonly since: string;
  readonly until: string;
}

export interface Counts {
  readonly failed: number;
  readonly cancelled: number;
  readonly delivered: number;
  /** The log went on: there are more of each than is said. */
  readonly isCut: boolean;
}

/** Pages of a hundred that are looked through before it is enough to say "more than". */
const MOST_PAGES = 10;

/** @returns how many deliveries of a window could be sent again. Tests are not: one of long ago tells nobody anything. */
export async function countWindow(
  call: Call,
  id: string,
  window: Window,
  signal: AbortSignal,
): Promise<Answered<Counts>> {
  const counts = { failed: 0, cancelled: 0, delivered: 0, isCut: false };
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { ...window, limit: "100", ...(cursor !== undefined && { cursor }) };
    const answer = await call("list-deliveries", { params: { id }, query }, { signal });
    if (!answer.ok) return answer;
    for (const { state, type } of answer.value.deliveries)
      if (state !== "waiting" && isReplayable({ type })) counts[state] += 1;
    cursor = answer.value.cursor;
    if (cursor === undefined) return { ok: true, value: counts };
  }
  return { ok: true, value: { ...counts, isCut: true } };
}
