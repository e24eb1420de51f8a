import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countedStates, ROLL_UP_MS } from "../../../shared/store/counted-states.ts";
import { TARGET } from "../../../shared/store/review-kinds.ts";
import { NOW } from "../../unit/domain/examples.ts";
import { type HostileService, startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, type Tables } from "../conformance/tables.ts";

// The embedded tables do a few hundred writes a second, so a key is throttled here from far fewer than AWS's thousand.
const UNITS_A_SECOND = 25;
const WRITERS = 6;
const BATCHES = 30;
const BATCH = 10;
const REVIEWS = WRITERS * BATCHES * BATCH;

let service: HostileService;
let tables: Tables;
beforeAll(async () => {
  service = await startHostileTables({
    seed: 5,
    writeUnitsPerKey: UNITS_A_SECOND,
    outages: 0.02,
    lostAnswers: 0.02,
    unprocessed: 0.2,
  });
  tables = await createTables({ ...service.config, maxAttempts: 10 });
});
afterAll(() => service?.stop());

it("is counted to the last review by writers who are throttled, lose answers and repeat themselves", async () => {
  const subject = { kind: TARGET, id: "bombed" };
  // Each writer is an environment of its own; a second of event time passes with each of its batches.
  const writers = Array.from({ length: WRITERS }, () => countedStates(tables.signals));
  const at = Math.floor(NOW.getTime() / 60_000);
  const write = async (writer: number): Promise<void> => {
    const states = writers[writer];
    for (let batch = 0; states && batch < BATCHES; batch += 1) {
      const now = new Date(NOW.getTime() + batch * 1_000);
      const [known] = await states.read("acme", [subject], now);
      const ready = known && (await states.ready("acme", subject, known, now));
      const happenings = Array.from({ length: BATCH }, (_, index) => ({
        id: `review-${writer}-${batch}-${index}`,
        event: { event: { at, rating: 1, firstReview: true }, suspected: index % 2 === 0 },
      }));
      await again(() => states.count("acme", subject, happenings, now, ready));
      // What a message does whose first delivery died: it may have been counted at any time since.
      const repeated = happenings.slice(0, 2).map((one) => ({ ...one, since: now }));
      if (batch % 3 === 0) await again(() => writers[(writer + 1) % WRITERS]?.count("acme", subject, repeated, now));
    }
  };
  await Promise.all(writers.map((_, writer) => write(writer)));

  const later = new Date(NOW.getTime() + BATCHES * 1_000 + ROLL_UP_MS);
  const record = TARGET.parse(await writers[0]?.exact("acme", subject, later));
  expect(record.all).toMatchObject({ ratings: [REVIEWS, 0, 0, 0, 0], ratingSum: 100 * REVIEWS, firstTime: REVIEWS });
  expect(record.suspected.ratings[0]).toBe(REVIEWS / 2);
  const { Items = [] } = await tables.signals.client.send(new ScanCommand({ TableName: tables.signals.name }));
  const entries = Items.filter(({ sk }) => sk !== "state");
  const logs = new Set(entries.map(({ pk }) => pk));
  const mishaps = [...service.mishaps].map(([kind, times]) => `${times} × ${kind}`).join(", ");
  process.stdout.write(`${REVIEWS} reviews, ${entries.length} entries in ${logs.size} logs; ${mishaps}\n`);
  expect(logs.size).toBe(4);
  // A writer brings a batch of ten in at most one entry a log.
  expect(entries.length).toBeLessThan(REVIEWS / 2);
  expect(service.mishaps.get("hot key")).toBeGreaterThan(0);
  expect(service.mishaps.get("lost answer")).toBeGreaterThan(0);
}, 240_000);

/** A message that fails comes again. */
async function again(job: () => Promise<void> | undefined): Promise<void> {
  for (let delivery = 1; ; delivery += 1) {
    try {
      await job();
      return;
    } catch (error) {
      if (delivery === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
