import type { SQSEvent } from "aws-lambda";
import type { Invoked } from "../../local/lambda/function.ts";
import type { Arrival } from "./webhook-receiver.ts";

/** The way of one message, in milliseconds. */
export interface Way {
  /** From the verdict's making until the queue of alerts had it. */
  readonly topic: number;
  /** Until a function began with it, until the delivery was queued, until a function began with that, until it arrived. */
  readonly alertsQueue: number;
  readonly matching: number;
  readonly deliveriesQueue: number;
  readonly delivering: number;
}
export const HOPS: readonly (keyof Way)[] = ["topic", "alertsQueue", "matching", "deliveriesQueue", "delivering"];

interface Passed {
  /** When its queue took the message, and when the function began with it; since 1970. */
  readonly queued: number;
  readonly began: number;
}

/** What went through a function, by what `nameOf` reads in the body; the first time of each. */
function passedBy(invoked: readonly Invoked[], name: string, nameOf: (body: string) => string): Map<string, Passed> {
  const passed = new Map<string, Passed>();
  for (const one of invoked) {
    if (one.name !== name) continue;
    for (const { body, attributes } of (JSON.parse(one.event) as SQSEvent).Records) {
      const key = nameOf(body);
      if (!passed.has(key)) passed.set(key, { queued: Number(attributes.SentTimestamp), began: one.began });
    }
  }
  return passed;
}

/** The ways of messages that a first attempt brought to the receiver. */
export function waysOf(arrivals: readonly Arrival[], invoked: readonly Invoked[]): readonly Way[] {
  const matched = passedBy(invoked, "match-alerts", (body) => JSON.parse(body).verdict?.ref.id ?? "");
  const delivered = passedBy(invoked, "deliver", (body) => JSON.parse(body).delivery);
  return arrivals.flatMap(({ item, id, since, at }) => {
    const [match, delivery] = [matched.get(item), delivered.get(id)];
    if (!match || !delivery) return [];
    return {
      topic: match.queued - since,
      alertsQueue: match.began - match.queued,
      matching: delivery.queued - match.began,
      deliveriesQueue: delivery.began - delivery.queued,
      delivering: at - delivery.began,
    };
  });
}

/** Invocations of a function, messages in each on average, and what an invocation took. */
export interface Invocations {
  readonly name: string;
  readonly count: number;
  readonly messages: number;
  readonly meanMs: number;
}

export function invocationsOf(invoked: readonly Invoked[]): readonly Invocations[] {
  return [...Map.groupBy(invoked, ({ name }) => name)]
    .map(([name, own]) => ({
      name,
      count: own.length,
      messages: own.reduce(
        (sum, { event }) => sum + ((JSON.parse(event) as Partial<SQSEvent>).Records?.length ?? 0),
        0,
      ),
      meanMs: own.reduce((sum, { began, ended }) => sum + ended - began, 0) / own.length,
    }))
    .sort((a, b) => b.count * b.meanMs - a.count * a.meanMs);
}
