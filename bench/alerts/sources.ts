import { routes } from "../../shared/contracts/routes.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import { defaultSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { publishVerdict } from "../../shared/queue/verdict-delivery.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import type { BenchCloud, BenchTenant } from "../bench-cloud.ts";
import { FLOOR_TOPIC } from "./floor-stack.ts";
import type { Source } from "./segment.ts";
import { type Made, postsOf, verdictsOf } from "./verdicts.ts";

/**
 * Verdicts that are published to the topic as scorers do it, with the time at which they were due as that of their making:
 * a publisher that is late makes them wait longer.
 */
export function topicSource({ cloud }: BenchCloud, made: Made): Required<Source> {
  const verdicts = topic(snsClient(), cloud.outputs.TopicVerdicts ?? "");
  const settings = {
    ...defaultSettings(made.tenant),
    alerts: { places: ["verdict" as const], allowed: ["post" as const, "review" as const] },
  };
  const next = verdictsOf(made);
  let sent: Verdict[] = [];
  return {
    isKnown: true,
    async send(due, count) {
      const some = Array.from({ length: count }, () => next(due));
      sent.push(...some);
      await Promise.all(some.map((one) => publishVerdict(verdicts, one, settings)));
    },
    async verdicts() {
      const all = sent;
      sent = [];
      return all;
    },
  };
}

const FOUND_AT_ONCE = 100;

/** Whole posts, by the API's intake: a verdict is made by the scorer. */
export function intakeSource({ cloud }: BenchCloud, { token }: BenchTenant, made: Made): Required<Source> {
  const next = postsOf(made);
  const found = verdictStore({ client: documentClient(), name: cloud.outputs.TableVerdicts ?? "" });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  let accepted: ItemRef[] = [];
  return {
    isKnown: false,
    async send(_due, count) {
      const items = Array.from({ length: count }, () => next(new Date()));
      const answer = await fetch(`${cloud.url}/v1/items`, { method: "POST", headers, body: JSON.stringify({ items }) });
      const { results } = routes.intake.answer.schema.parse(await answer.json());
      const taken = results.filter((one) => one.status === "accepted");
      if (taken.length !== count) throw new Error(`intake took ${taken.length} of ${count} posts`);
      accepted.push(...taken.map(({ id, revision }) => ({ kind: "post" as const, id, revision })));
    },
    async verdicts() {
      const refs = accepted;
      accepted = [];
      const verdicts: Verdict[] = [];
      for (let from = 0; from < refs.length; from += FOUND_AT_ONCE)
        verdicts.push(...(await found.findMany(made.tenant, refs.slice(from, from + FOUND_AT_ONCE))).verdicts);
      if (verdicts.length !== refs.length) throw new Error(`${refs.length - verdicts.length} posts have no verdict`);
      return verdicts;
    },
  };
}

/** Sends the floor's messages: as many, as large and in the same bursts as the verdicts, of which each is told so often. */
export function floorSource({ cloud }: BenchCloud, receiver: { readonly host: string }, told: number, bytes: number) {
  const messages = topic(snsClient(), cloud.outputs[FLOOR_TOPIC] ?? "");
  const padding = "x".repeat(bytes);
  let number = 0;
  let posts = 0;
  return {
    /** Posts that have to come of all that was sent. */
    posts: () => posts,
    async send(due: Date, count: number): Promise<void> {
      const sending = Array.from({ length: count }, () => {
        number += 1;
        // Evenly, so that the sum is right.
        const own = Math.floor(number * told) - Math.floor((number - 1) * told);
        posts += own;
        const url = `http://${receiver.host}/floor/${number}`;
        return messages.publish({ url, posts: own, at: due.toISOString(), padding }, { tenant: "bench" });
      });
      await Promise.all(sending);
    },
  };
}
