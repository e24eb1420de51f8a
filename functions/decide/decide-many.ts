import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import { type DecideCase, decideOne } from "./decide-case.ts";

/** Cases decided at the same time: each is some calls of DynamoDB, and the function has ten seconds. */
const AT_ONCE = 10;

type Results = Awaited<ReturnType<UseCase<(typeof routes)["decide-many"]>>>;
type Result = Extract<Results, { ok: true }>["value"]["results"][number];

/** The same judgement for many cases; each is a decision of its own, and one that is lost stops no other. */
export function decideMany(ports: DecideCase): UseCase<(typeof routes)["decide-many"]> {
  const judge = decideOne(ports);
  return async ({ caller, body: { id: bulk, cases, ...judgement }, now }) => {
    const results: Result[] = new Array(cases.length);
    const work = cases.entries();
    const worker = async (): Promise<void> => {
      for (const [index, { id, version }] of work) {
        const decision = `${bulk}-${id}`;
        // Members of clusters are the sweep's: a hundred clusters would be too many to tell in one call.
        const decided = await judge(caller, id, { ...judgement, id: decision, version }, now, 0);
        results[index] = decided.ok
          ? { status: "decided", id, version: decided.value.case.version, decision }
          : { status: "refused", id, problem: decided.problem };
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return answer({ results });
  };
}
