import { vi } from "vitest";
import { makeProblem } from "../../../shared/contracts/problem.ts";

interface SentItem {
  readonly kind: string;
  readonly id: string;
}

export interface FakeIntake {
  /** Ids in the order in which they were first taken. */
  readonly taken: string[];
  /** Ids of every request. */
  readonly requests: string[][];
}

/** What an answer is made of: `undefined` cuts the connection. */
export type Behaviour = (
  items: readonly SentItem[],
  request: number,
) => Response | undefined | Promise<Response | undefined>;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });

export const problemAnswer = (
  code: Parameters<typeof makeProblem>[0],
  errors: Parameters<typeof makeProblem>[2] = [],
  headers: Record<string, string> = {},
): Response => {
  const made = makeProblem(code, "as the test says", errors);
  return json(made.status, made, headers);
};

/** What intake answers where it takes all but those whose id begins with `bad`. */
export function takeGood(items: readonly SentItem[]): Response {
  const results = items.map(({ id }, index) =>
    id.startsWith("bad")
      ? {
          status: "refused",
          index,
          problem: makeProblem("invalid_request", "does not fit", [
            { pointer: `/items/${index}/text`, detail: "missing", fix: "send a string" },
          ]),
        }
      : { status: "accepted", id, revision: "r1" },
  );
  const refused = results.flatMap((one) => ("problem" in one && one.problem ? [one.problem] : []));
  if (refused.length < results.length || refused.length === 0) return json(202, { results });
  const [only] = refused;
  if (refused.length === 1 && only) return json(only.status, only);
  return problemAnswer(
    "none_accepted",
    refused.flatMap(({ errors = [] }) => errors),
  );
}

/** Stands for the API in place of `fetch`; the test ends it with `vi.unstubAllGlobals`. */
export function fakeIntake(behaviour: Behaviour = takeGood): FakeIntake {
  const fake: FakeIntake = { taken: [], requests: [] };
  vi.stubGlobal("fetch", async (_url: string, init: { body: string }) => {
    const { items } = JSON.parse(init.body) as { items: SentItem[] };
    fake.requests.push(items.map(({ id }) => id));
    const answer = await behaviour(items, fake.requests.length);
    if (!answer) throw new TypeError("fetch failed");
    if (answer.status === 202) {
      const { results } = (await answer.clone().json()) as { results: { status: string; id: string }[] };
      for (const { status, id } of results) if (status === "accepted" && !fake.taken.includes(id)) fake.taken.push(id);
    }
    return answer;
  });
  return fake;
}
