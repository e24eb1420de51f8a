import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeAndObserve } from "../../../functions/score-review/judge-and-observe.ts";
import type { Review } from "../../../shared/domain/item.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { reviewJudge } from "../../../shared/policy/judge-review.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { verdictNotes } from "../../../shared/queue/verdict-notes.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { reviewSignals } from "../../../shared/store/review-signals.ts";
import { shadowDifferenceStore } from "../../../shared/store/shadow-differences.ts";
import { textBandStore } from "../../../shared/store/text-bands.ts";
import { verdictJournal } from "../../../shared/store/verdict-journal.ts";
import { verdictStore } from "../../../shared/store/verdicts.ts";
import { exampleReview } from "../../unit/domain/example-items.ts";
import { exampleKeys } from "../../unit/domain/examples.ts";
import { memoryAuthors, memoryContents, memoryTopic, settingsOf } from "../../unit/functions/ports.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { countedWrites } from "../counted-writes.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const keys = exampleKeys();
const COPIED =
  "Parcel came two days late, the box was torn at one corner and the shop never answered either of my letters";
const NEW =
  "Breakfast was served on the roof until eleven, with figs, warm bread and a view over both rivers and the old mill";
const WORDS =
  "The lift was out of order for the whole of our stay, and nobody at the desk could tell us when it would be";

describe("write units of a review, its receipt and its index rows included", () => {
  let tables: Tables;
  let stop: () => Promise<void>;
  let spent = new Map<string, number>();
  let step: ReturnType<typeof judgeAndObserve>;
  let verdicts: ReturnType<typeof verdictStore>;
  beforeAll(async () => {
    const dynalite = await startDynalite();
    stop = dynalite.stop;
    tables = await createTables(dynalite.config);
    const add = (what: string, units: number) => spent.set(what, (spent.get(what) ?? 0) + units);
    const signals = countedWrites(tables.signals, (what, units) => add(`signals ${what}`, units));
    const verdictTable = countedWrites(tables.verdicts, (what, units) => add(`verdicts ${what}`, units));
    verdicts = verdictStore(verdictTable);
    const notes = verdictNotes({
      journal: verdictJournal(verdictTable),
      shadows: shadowDifferenceStore(verdictTable, signals),
      // Written each ten seconds, whatever the number of reviews.
      flow: { count: async () => undefined },
      clock: () => NOW,
    });
    step = judgeAndObserve({
      settingsOf: settingsOf(),
      keys,
      authors: memoryAuthors(),
      verdicts,
      contents: memoryContents(),
      signals: reviewSignals(countedStates(signals), textBandStore(signals)),
      topic: memoryTopic(),
      notes,
      judge: reviewJudge(() => ({ labels: [], features: { toxicity: 0.01 }, models: ["text@1"], degraded: false })),
      policiesOf: async () => builtInPolicies,
      clock: () => NOW,
    });
  });
  afterAll(async () => {
    await tables?.remove();
    await stop?.();
  });

  /** Units of a review from intake to its states. */
  const unitsOf = async (review: Review): Promise<number> => {
    const prepared = await prepareItem(keys, "acme", review);
    const message = await toMessage(keys, "acme", prepared, NOW);
    spent = new Map();
    await verdicts.receive({ tenant: "acme", ref: message.ref, digest: message.digest, receivedAt: NOW });
    await step(message);
    return [...spent.values()].reduce((sum, units) => sum + units, 0);
  };
  const print = (what: string, units: number): void => {
    const parts = [...spent].map(([name, amount]) => `${name} ${amount}`).join(", ");
    process.stdout.write(`${what}: ${units} write units (${parts})\n`);
  };
  const long = (index: number, more: Record<string, unknown> = {}): Review =>
    exampleReview({
      id: `long-${index}`,
      revision: undefined,
      author: { id: "regular", createdAt: "2020-01-01T00:00:00Z" },
      target: { id: `hotel-${index}` },
      rating: 2,
      title: `Stay number ${index}`,
      text: `${WORDS} mended, or what the ${index} of us should do. `.repeat(1 + (index % 2)),
      verifiedPurchase: true,
      fingerprints: { device: "device-0000-0000-01", payment: "payment-0000-0001", ipPrefix: "prefix-0000-00001" },
      ...more,
    });

  it("is about 6 for a short one by a newcomer", async () => {
    const units = await unitsOf(exampleReview({ id: "short-1", revision: undefined, text: "Very good." }));
    print("a short review", units);
    expect(units).toBeLessThanOrEqual(7);
  });

  it("is at most 24 for a long one with everything: text, device, payment, network, and an author who may go in step", async () => {
    for (let index = 0; index < 5; index += 1) await unitsOf(long(index));
    // A target with a past: as large as its state gets.
    for (let day = 1; day < 28; day += 1) {
      const at = { createdAt: `2026-10-${String(day).padStart(2, "0")}T10:00:00Z` };
      const author = { id: `guest-${day}` };
      await unitsOf(long(9, { id: `old-${day}`, author, rating: 1 + (day % 5), text: undefined, ...at }));
    }
    const fresh = { device: "device-0000-0000-02", payment: "payment-0000-0002", ipPrefix: "prefix-0000-00002" };
    const units = await unitsOf(long(9, { fingerprints: fresh, text: NEW }));
    print("a long review with everything", units);
    expect([...spent.keys()]).toContain("signals BatchWriteCommand");
    expect(units).toBeGreaterThan(14);
    expect(units).toBeLessThanOrEqual(24);
  });

  it("is nothing for bands that hold the text already, or are full", async () => {
    const texts: number[] = [];
    for (let index = 0; index < 16; index += 1) {
      const author = { id: `copier-${index}` };
      await unitsOf(exampleReview({ id: `copy-${index}`, author, target: { id: `shop-${index}` }, text: COPIED }));
      texts.push((spent.get("signals BatchWriteCommand") ?? 0) + (spent.get("signals UpdateCommand") ?? 0));
    }
    expect(texts.slice(0, 12).every((units) => units >= 6)).toBe(true);
    expect(texts.slice(12)).toEqual([0, 0, 0, 0]);
  });

  it("is shared by reviews of one target that come together", async () => {
    const prepared = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        prepareItem(
          keys,
          "acme",
          exampleReview({
            id: `joint-${index}`,
            author: { id: `joint-${index}` },
            target: { id: "joint" },
            text: undefined,
          }),
        ),
      ),
    );
    const messages = await Promise.all(prepared.map((one) => toMessage(keys, "acme", one, NOW)));
    spent = new Map();
    await Promise.all(messages.map((message) => step(message)));
    // Ten authors, one target, and perhaps the sample of the site.
    expect(spent.get("signals PutCommand")).toBeGreaterThanOrEqual(11);
    expect(spent.get("signals PutCommand")).toBeLessThanOrEqual(12);
  });
});
