import type { Answered } from "../../api/answered.ts";
import type { Call } from "../../api/call.ts";
import type { AnswerOf } from "../../api/route-types.ts";
import type { Judgement } from "./case-record.ts";

export type Decided = AnswerOf<"decide">;

/** A decision that could not be sent yet. */
interface Unsent {
  readonly caseId: string;
  readonly body: Judgement;
  /** How often it was tried. */
  readonly tries: number;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
const TRANSIENT = new Set<string>(["offline", "timeout", "broken_answer", "unavailable", "unexpected", "over_quota"]);

let waiting: readonly Unsent[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Unsent[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

export const unsent = (): readonly Unsent[] => waiting;

export function listenToOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Resolves when the connection is said to be back, or after a time that grows with each try. */
const calmDown = (tries: number): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      done();
    };
    const timer = setTimeout(end, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)));
    addEventListener("online", end);
  });

/**
 * Sends a decision until somebody answers: while there is no connection it is kept, and sent again with the same id, so
 * that it is made once even where only its answer was lost.
 */
export async function sendDecision(call: Call, caseId: string, body: Judgement): Promise<Answered<Decided>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await call("decide", { params: { id: caseId }, body });
    if (answer.ok || !TRANSIENT.has(answer.code)) {
      set(waiting.filter((one) => one.body.id !== body.id));
      return answer;
    }
    set([...waiting.filter((one) => one.body.id !== body.id), { caseId, body, tries }]);
    await calmDown(tries);
  }
}

/** Leaving the page would lose what waits: the browser asks first. */
addEventListener("beforeunload", (event) => {
  if (waiting.length > 0) event.preventDefault();
});
