import { afterAll, beforeAll, expect, it } from "vitest";
import { runFuzz, summaryOf } from "../../fuzz/run-fuzz.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

// The same every time; `npm run fuzz` goes on for as long as one likes with other seeds.
const options = { runs: 6, seed: 4 };
let whole: WholeCloud;

beforeAll(async () => {
  whole = await openWholeCloud();
});
afterAll(() => whole?.end());

it("no request and no message made from the schemas breaks, hangs, leaks or gets lost", async () => {
  const report = await runFuzz(whole, options);
  process.stdout.write(`${summaryOf(report, options)}\n`);
  expect(report.faults).toEqual([]);
  expect(report.requests.requests).toBeGreaterThan(200);
  // Each kind of end was seen: a fuzz that reaches nothing finds nothing.
  expect(Object.keys(report.requests.byStatus)).toEqual(
    expect.arrayContaining(["200", "202", "400", "404", "413", "415", "422"]),
  );
  expect(Object.keys(report.messages.byEnd)).toEqual(
    expect.arrayContaining([
      "verdict",
      "reflected",
      "case",
      "dead: message_not_json",
      "dead: message_does_not_fit_schema",
    ]),
  );
  // Every route is asked dozens of times, one request after the other.
}, 300_000);
