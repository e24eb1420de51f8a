import type { Invoked } from "../../local/lambda/function.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Expected } from "./expected.ts";
import { type Invocations, invocationsOf, type Way, waysOf } from "./hops.ts";
import { type MachineUse, watchMachine } from "./machine.ts";
import { keepPace, type Pace } from "./pace.ts";
import type { Arrival, WebhookReceiver } from "./webhook-receiver.ts";

/** What was seen while messages were sent at an even pace; milliseconds. */
export interface Segment {
  readonly pace: Pace;
  /** From the verdict's making until the first attempt arrived, of each message; ascending. */
  readonly waits: readonly number[];
  /** The same from intake. */
  readonly sinceIntake: readonly number[];
  readonly ways: readonly Way[];
  readonly expected: Expected | undefined;
  /** Messages that had to come and did not, that came and had not to, repeats of an id, and signatures that do not hold. */
  readonly missing: number;
  readonly unexpected: number;
  readonly repeats: number;
  readonly unsigned: number;
  readonly invocations: readonly Invocations[];
  /** While messages were sent. */
  readonly machine: MachineUse;
  /** Processor time of cloud and bench until all was done, in milliseconds: what a busy machine changes least. */
  readonly cpuMs: number;
}

export interface SegmentOptions {
  readonly rate: number;
  readonly seconds: number;
  /** Verdicts of one request: what a scorer's batch publishes together. */
  readonly burst: number;
}

export interface Source {
  /** Verdicts are known as soon as they are sent. */
  readonly isKnown?: boolean;
  /** Sends so many at once, due at this time. */
  send(due: Date, count: number): Promise<void>;
  /** The verdicts of all that was sent since this was asked last. */
  verdicts?(): Promise<readonly Verdict[]>;
}

/** What a segment watches, and waits for. */
export interface Watched {
  readonly receiver: WebhookReceiver;
  /** What functions did since this was asked last. */
  readonly invoked: () => readonly Invoked[];
  /** Waits until nothing is under way any more, or, of what is known beforehand, until so many messages have come. */
  readonly settle: (messages: number | undefined) => Promise<void>;
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/**
 * Sends at an even pace, waits for what follows, and accounts for it.
 * @param expect says what has to come of the verdicts; where it is left out, whatever comes is counted
 */
export async function runSegment(
  source: Source,
  options: SegmentOptions,
  { receiver, invoked, settle }: Watched,
  expect?: (verdicts: readonly Verdict[]) => Expected,
): Promise<Segment> {
  invoked();
  await receiver.take();
  const use = watchMachine((await receiver.count()).cpuMs);
  const before = process.cpuUsage();
  const pace = await keepPace(options, source.send);
  const machine = use((await receiver.count()).cpuMs);
  const account = async () => source.verdicts && expect?.(await source.verdicts());
  const known = source.isKnown ? await account() : undefined;
  await settle(known?.messages.size);
  const { user, system } = process.cpuUsage(before);
  const all = await receiver.take();
  const seen = invoked();
  const first = new Map<string, Arrival>();
  for (const one of all) {
    const before = first.get(one.id);
    if (one.how !== "dead" && (!before || one.at < before.at)) first.set(one.id, one);
  }
  const living = [...first.values()];
  const came = new Set(living.map(({ name, about }) => `${name} ${about}`));
  const expected = known ?? (await account());
  const wanted = expected?.messages ?? came;
  return {
    pace,
    waits: ascending(living.map(({ at, since }) => at - since)),
    sinceIntake: ascending(living.map(({ at, receivedAt }) => at - receivedAt)),
    ways: waysOf(living, seen),
    expected,
    missing: [...wanted].filter((one) => !came.has(one)).length,
    unexpected: [...came].filter((one) => !wanted.has(one)).length,
    repeats: all.filter(({ how }) => how !== "dead").length - living.length,
    unsigned: all.filter(({ signed }) => !signed).length,
    invocations: invocationsOf(seen),
    machine,
    cpuMs: (user + system) / 1000,
  };
}

/** Several segments as one. */
export function joined(segments: readonly Segment[]): Pick<Segment, "waits" | "sinceIntake" | "ways"> {
  return {
    waits: ascending(segments.flatMap(({ waits }) => waits)),
    sinceIntake: ascending(segments.flatMap(({ sinceIntake }) => sinceIntake)),
    ways: segments.flatMap(({ ways }) => ways),
  };
}
