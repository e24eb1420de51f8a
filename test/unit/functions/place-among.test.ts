import { describe, expect, it } from "vitest";
import { placeAmong } from "../../../functions/score-review/place-among.ts";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import type { Told } from "../../../shared/store/review-changes.ts";
import type { Revision } from "../../../shared/store/verdicts.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";

const DIGEST = "d".repeat(43);
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const told = (revision: string, replaces?: Told): Told => ({
  id: `review-1#${revision}`,
  targetId: "hotel-1",
  authorId: "author-1",
  suspected: false,
  target: { at: 1, rating: 5, firstReview: true },
  author: { at: 1, rating: 5, targetId: "h" },
  ...(replaces ? { replaces } : {}),
});
const message = (revision: string, seconds = 0): ItemMessage => ({
  v: 1,
  tenant: "acme",
  ref: { kind: "review", id: "review-1", revision },
  digest: DIGEST,
  receivedAt: at(seconds).toISOString(),
});
const waiting = (revision: string, seconds: number): Revision => ({
  revision,
  digest: DIGEST,
  receivedAt: at(seconds),
  owing: false,
});
const scored = (revision: string, seconds: number, more: Partial<Revision> = {}): Revision => ({
  ...waiting(revision, seconds),
  verdict: exampleVerdict({ scoredAt: at(seconds + 1).toISOString() }),
  counted: told(revision),
  ...more,
});
const now = at(100);

describe("a revision among the revisions of its review", () => {
  it("counts where it is the only one, with a receipt or straight from the queue", () => {
    expect(placeAmong([], message("r1"), now)).toEqual({ counts: true });
    expect(placeAmong([waiting("r1", 0)], message("r1"), now)).toEqual({ counts: true });
  });

  it("takes the place of the one that counted last", () => {
    const known = [scored("r2", 2), scored("r1", 1), scored("r0", 3, { counted: undefined }), waiting("r9", 90)];
    const place = placeAmong(known, message("r9", 95), now);
    expect(place).toEqual({ counts: true, replaces: { told: told("r2") } });
  });

  it("says since when what it replaces may have been counted, where that is not sure", () => {
    const place = placeAmong([scored("r1", 1, { owing: true })], message("r2", 50), now);
    expect(place).toEqual({ counts: true, replaces: { told: told("r1"), owed: at(2) } });
  });

  it("does not count where a newer one was received, scored or not; of two received at once the greater name is newer", () => {
    for (const newer of [scored("r2", 60), waiting("r2", 60), waiting("r2", 50)])
      expect(placeAmong([newer], message("r1", 50), now)).toEqual({ counts: false });
    expect(placeAmong([waiting("r0", 50)], message("r1", 50), now)).toEqual({ counts: true });
  });

  it("waits for an earlier one that may be under way, and for none that must have ended", () => {
    expect(() => placeAmong([waiting("r1", 80)], message("r2", 90), now)).toThrow(/under way/);
    expect(placeAmong([waiting("r1", 10)], message("r2", 20), now)).toEqual({ counts: true });
  });

  it("that has its verdict is done, or owes what was said then", () => {
    const own = scored("r1", 1);
    expect(placeAmong([own], message("r1"), now)).toEqual({ done: own.verdict, counts: false });
    expect(placeAmong([{ ...own, owing: true }], message("r1"), now)).toEqual({ counts: true });
    const second = scored("r2", 2, { owing: true, counted: told("r2", told("r1")) });
    expect(placeAmong([own, second], message("r2"), now)).toEqual({ counts: true, replaces: { told: told("r1") } });
    const both = placeAmong([{ ...own, owing: true }, second], message("r2"), now);
    expect(both).toEqual({ counts: true, replaces: { told: told("r1"), owed: at(2) } });
  });

  it("with other content than its verdict is a conflict", () => {
    expect(() => placeAmong([scored("r1", 1, { digest: "e".repeat(43) })], message("r1"), now)).toThrow(
      expect.objectContaining({ code: "revision_conflict" }),
    );
  });
});
