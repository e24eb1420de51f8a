import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Connection } from "../../local/connection.ts";
import { CloudProcess } from "./cloud-process.ts";
import { checkInvariants, type Finding } from "./invariants.ts";
import { moderate, sendLoad } from "./load.ts";
import { mishapsIn } from "./mishaps.ts";
import { observer, queuesOf } from "./observe.ts";
import { noPromises, type Promises } from "./promises.ts";
import { always, type Step, scheduleOf } from "./schedule.ts";

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly itemsPerSecond: number;
  readonly say: (line: string) => void;
}

export interface Soaked {
  readonly findings: readonly Finding[];
  readonly done: ReadonlyMap<string, number>;
  readonly mishaps: ReadonlyMap<string, number>;
}

const PAUSE = 4_000;
/** How long one request's items are sent again before they are given up, which is a violation of its own. */
const PATIENCE = 300_000;
/**
 * Four times a message that a function ran out of time with (hidden for two minutes), with which a slow machine may
 * begin: nothing is wrong with a cloud that rests late. It rests within two runs of the sweep where all goes well.
 */
const DRAIN = 600_000;
const DRAINED_LOOK = 2_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Loads a cloud of its own for `minutes`, breaks it by a seeded schedule, lets it come to rest and checks it. */
export async function soak({ minutes, seed, itemsPerSecond, say }: SoakOptions): Promise<Soaked> {
  const process_ = new CloudProcess();
  let now: Connection | undefined;
  const begin = async (): Promise<Connection> => {
    now = await process_.start();
    return now;
  };
  try {
    await process_.behave(always(seed));
    const first = await begin();
    const promises = noPromises(first.tenant);
    const done = new Map<string, number>();
    const note = (name: string) => done.set(name, (done.get(name) ?? 0) + 1);
    const reachAs = (role: string) => () => now && { url: now.url, token: now.tokens[role] ?? "" };
    const stop = new AbortController();
    const until = Date.now() + minutes * 60_000;
    const progress = setInterval(() => say(progressOf(promises, until)), 10_000);
    const load = sendLoad(
      reachAs("platform"),
      promises,
      { perSecond: itemsPerSecond, seed, signal: stop.signal },
      PATIENCE,
    );
    const moderating = moderate(reachAs("moderator"), promises, stop.signal);

    const carryOut = async (step: Step): Promise<void> => {
      if (step.kind === "kill") {
        note("kill -9 and restart");
        now = undefined;
        await process_.stop("SIGKILL");
        await begin();
      } else if (step.kind === "poison") {
        note("poison message");
        if (now) await plant(now, promises);
      } else {
        note(step.name);
        await process_.behave(step.options);
        await wait(step.seconds * 1_000);
        await process_.behave(always(seed));
      }
    };
    // All of it, and under load, also where a slow machine takes longer to start again than the schedule thinks.
    for (const step of scheduleOf(seed, minutes * 60)) {
      say(`${step.kind === "behave" ? `${step.name} for ${step.seconds} s` : step.kind}`);
      await carryOut(step);
      await wait(PAUSE);
    }
    await wait(Math.max(0, until - Date.now()));
    await process_.behave({});
    stop.abort();
    const [given] = await Promise.all([load, moderating]);
    clearInterval(progress);
    say(`load is over: ${promises.accepted.size} accepted; waiting until nothing is under way`);

    // What is hidden until its next try is seen at once by a cloud that starts.
    note("kill -9 and restart");
    await process_.stop("SIGKILL");
    const look = observer(await begin());
    const rested = await atRest(look, say);
    const findings = checkInvariants(promises, await look.all());
    look.close();
    return {
      findings: [
        ...findings,
        finding("every item was accepted in the end", promises.accepted.size, given, "requests were given up"),
        finding("the cloud comes to rest", 1, rested ? 0 : 1, "queues or owed events were left"),
      ],
      done,
      mishaps: mishapsIn(process_.dataDir),
    };
  } finally {
    await process_.end();
  }
}

const finding = (invariant: string, checked: number, broken: number, how: string): Finding => ({
  invariant,
  checked,
  violations: broken === 0 ? [] : [`${broken} ${how}`],
});

const progressOf = ({ accepted, decisions, poisons }: Promises, until: number): string =>
  `${Math.max(0, Math.round((until - Date.now()) / 1_000))} s left: ${accepted.size} accepted, ${decisions.size} decided, ${poisons.size} poisons`;

async function plant(now: Connection, { poisons }: Promises): Promise<void> {
  const queues = ["QueuePosts", "QueueReviews", "QueueAudiences", "QueueReview"];
  const QueueUrl = now.outputs[queues[poisons.size % queues.length] ?? ""];
  const body = JSON.stringify({ v: 1, poison: poisons.size });
  const sqs = queuesOf(now);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  poisons.add(body);
  sqs.destroy();
}

/** Waits until the queues are empty and no event is owed. */
async function atRest(look: ReturnType<typeof observer>, say: (line: string) => void): Promise<boolean> {
  const until = Date.now() + DRAIN;
  for (let said = 0; Date.now() < until; ) {
    const [depth, owing] = [await look.depth(), await look.owing()];
    if (depth + owing === 0) return true;
    if (Date.now() - said > 10_000) {
      said = Date.now();
      say(`${depth} messages and ${owing} owed events are left`);
    }
    await wait(DRAINED_LOOK);
  }
  return false;
}
