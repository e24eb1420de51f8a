import { beforeAll, describe, expect, it } from "vitest";
import { billFault } from "../../../bench/bill/baseline.ts";
import { countBatched } from "../../../bench/count/count-kinds.ts";
import type { CountedRun } from "../../../bench/count/count-run.ts";
import { KINDS, type Kind } from "../../../bench/kinds.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { synthesise } from "../../../infra/synthesise.ts";

/** Of the items that the bench counts: enough for full batches. */
const SHARE = 0.4;

describe("the counted bill", () => {
  let counted: Record<Kind, CountedRun>;
  beforeAll(async () => {
    await bundleFunctions();
    counted = await countBatched(await synthesise({ nag: false }), SHARE);
  });

  it.each(KINDS)("of %s has not doubled", (kind) => {
    const { usage, items } = counted[kind];
    expect(billFault(kind, usage, items)).toBeUndefined();
  });

  it("sees every call: a post is received and judged in two writes of its row, and journalled with its batch", () => {
    const { lines, items, usage } = counted.posts;
    const puts = lines.find(({ label }) => label === "verdicts PutItem");
    expect(puts?.calls).toBeGreaterThan(2 * items);
    expect(puts?.calls).toBeLessThan(2.5 * items);
    expect(usage.writeUnits).toBeGreaterThanOrEqual(2 * items);
    expect(usage.lambdaRequests).toBeGreaterThan(items / 10);
    expect(usage.sqsRequests).toBeGreaterThanOrEqual((3 * items) / 10);
  });
});
