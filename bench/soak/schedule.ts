import type { HostileInput } from "../../local/hostile/options.ts";
import { pick, seeded } from "../../local/sample/seeded.ts";

/** What is done to the cloud for some seconds. */
export type Step =
  | { readonly kind: "kill"; readonly seconds: number }
  | { readonly kind: "poison"; readonly seconds: number }
  | { readonly kind: "behave"; readonly name: string; readonly seconds: number; readonly options: HostileInput };

/** Never kind, even between two faults. */
export const always = (seed: number): HostileInput => ({
  seed,
  staleIndex: { share: 0.3, ageMs: 500 },
  unprocessed: 0.1,
  failedEntries: 0.03,
  outages: 0.005,
  lostAnswers: 0.005,
  deliveries: { twice: 0.05, late: 0.05, laterSeconds: 3 },
});

const TABLES = ["Verdicts", "Content", "Cases", "Directory", "Signals", "Authors"] as const;
const PAUSE = 4;

/** Every kind of fault once in a random order, then again, until `seconds` are full; the same for the same seed. */
export function scheduleOf(seed: number, seconds: number): Step[] {
  const random = seeded(seed);
  const base = always(seed);
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const faulty = (name: string, from: number, to: number, faults: NonNullable<HostileInput["faults"]>): Step => ({
    kind: "behave",
    name,
    seconds: between(from, to),
    options: { ...base, faults },
  });
  const table = (): string => pick(TABLES, random);
  const makers: (() => Step)[] = [
    () => ({ kind: "kill", seconds: 0 }),
    () => ({ kind: "kill", seconds: 0 }),
    () => ({ kind: "poison", seconds: 1 }),
    () => {
      const resource = table();
      return faulty(`table ${resource} throttles`, 3, 8, [
        { match: { service: "dynamodb", resource }, effect: "throttle" },
      ]);
    },
    () => {
      const resource = table();
      return faulty(`table ${resource} refuses`, 3, 8, [
        { match: { service: "dynamodb", resource }, effect: "refuse" },
      ]);
    },
    () => faulty("topics refuse", 3, 8, [{ match: { service: "sns" }, effect: "refuse" }]),
    () => faulty("queues reset connections", 2, 4, [{ match: { service: "sqs" }, effect: "reset" }]),
    () => faulty("disks are full", 2, 5, [{ match: {}, effect: "disk-full" }]),
    () => faulty("keys are slow", 3, 6, [{ match: { service: "kms" }, effect: "delay", ms: 1_500 }]),
    () => ({
      kind: "behave",
      name: "everything twice",
      seconds: between(5, 10),
      options: { ...base, deliveries: { twice: 0.8, late: 0.2, laterSeconds: 4 } },
    }),
    () => ({
      kind: "behave",
      name: "answers are lost",
      seconds: between(5, 10),
      options: { ...base, outages: 0.03, lostAnswers: 0.03 },
    }),
  ];
  const steps: Step[] = [];
  for (let full = 0; full < seconds; ) {
    const order = makers.map((make) => ({ make, place: random() })).sort((a, b) => a.place - b.place);
    for (const { make } of order) {
      const step = make();
      full += step.seconds + PAUSE + (step.kind === "kill" ? 8 : 0);
      if (full > seconds) break;
      steps.push(step);
    }
  }
  return steps;
}
