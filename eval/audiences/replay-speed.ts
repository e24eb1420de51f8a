import { emptyAudience, type Follower, observeFollows } from "../../shared/scoring/audience/audience-state.ts";
import { scoreAudience } from "../../shared/scoring/audience/score-audience.ts";
import { boughtBlock } from "./bought-block.ts";
import { chance } from "./chance.ts";
import { deliver, MINUTE, STEADY } from "./deliver.ts";
import { extrasOf, makeAccount } from "./made-account.ts";
import { DAY } from "./organic-growth.ts";

/** Processor time of this thread for the same follows, in seconds. */
export interface ReplaySpeed {
  readonly follows: number;
  readonly messages: number;
  /** Reading the messages' JSON and nothing else: what no implementation here can do without. */
  readonly parsed: number;
  /** That, and the state with every profile scored. */
  readonly observed: number;
  /** That, and the verdict after every message. */
  readonly judged: number;
}

const BLOCK = 60_000;

/** Processor seconds of this thread. */
function secondsOf(work: () => void): number {
  const begun = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1e6;
}

/** Messages of one account that buys 60,000 followers within the hour or two, after three weeks of its own. */
export function replaySpeed(begins: number, seed: number): ReplaySpeed {
  const draw = chance(seed);
  const block = boughtBlock("fast", begins + 21 * DAY, BLOCK, draw);
  const plan = {
    id: "busy",
    begins,
    days: 23,
    before: 200_000,
    rate: 0.004,
    facts: "all",
    seller: block.seller,
  } as const;
  const account = makeAccount(plan, extrasOf(block), draw);
  const lines: { readonly at: number; readonly json: string }[] = [];
  for (const message of deliver(account, { ...STEADY, gathers: 60 * MINUTE }, draw))
    if ("followers" in message) lines.push({ at: message.at, json: JSON.stringify(message.followers) });
  const read = (json: string): Follower[] => JSON.parse(json) as Follower[];

  const observe = (judge: boolean): void => {
    let state = emptyAudience();
    for (const { at, json } of lines) {
      state = observeFollows(state, read(json), account.id);
      if (judge) scoreAudience(state, at);
    }
  };
  // Once without a clock, so that compiling is no part of it.
  observe(true);
  return {
    follows: account.times.length,
    messages: lines.length,
    parsed: secondsOf(() => {
      for (const { json } of lines) read(json);
    }),
    observed: secondsOf(() => observe(false)),
    judged: secondsOf(() => observe(true)),
  };
}
