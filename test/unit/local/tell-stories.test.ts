import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { tellStories } from "../../../local/tell-stories.ts";
import type { AudienceAssessment } from "../../../shared/domain/audience.ts";
import { explainVerdict } from "../../../shared/domain/explain-verdict.ts";
import type { ItemRef } from "../../../shared/domain/id.ts";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { TargetView } from "../../../shared/domain/target.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { exampleVerdict } from "../domain/examples.ts";

const TOKEN = "a-token";
let server: Server | undefined;
afterEach(() => server?.close());

/** An API that answers these paths, and 404 for all else. */
async function serve(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const problem = {
    type: "urn:touchstone:problem:not_found",
    title: "Not found",
    status: 404,
    detail: "Nothing known.",
  };
  server = createServer((request, response) => {
    const found = request.headers.authorization === `Bearer ${TOKEN}` ? answers[request.url ?? ""] : undefined;
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? problem));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const target = (id: string, more: Partial<TargetView>): TargetView => ({
  id,
  all: { count: 4, mean: 3, stars: [2, 0, 0, 0, 2] },
  withoutSuspected: { count: 4, mean: 3, stars: [2, 0, 0, 0, 2] },
  suspected: 0,
  days: [],
  windows: [],
  sharedReviewers: [],
  ...more,
});

function audience(account: string, assessment: Partial<AudienceAssessment>): unknown {
  const { tenant: _, ...made } = exampleVerdict({ ref: { kind: "audience", id: account, revision: "v3" } });
  return {
    version: 3,
    assessment: { account, followers: 1_000, scored: 900, windows: [], ...assessment },
    verdict: { ...made, explanation: explainVerdict(made) },
    notes: [],
  };
}

const window = {
  start: "2025-11-03T13:00:00.000Z",
  end: "2025-11-03T15:00:00.000Z",
  followers: 2_013,
  suspicious: 1_900,
};
const ANSWERS = {
  "/v1/targets/quayside-hotel": target("quayside-hotel", {
    suspected: 2,
    withoutSuspected: { count: 2, mean: 1, stars: [2, 0, 0, 0, 0] },
  }),
  "/v1/targets/spoke-and-chain": target("spoke-and-chain", {}),
  "/v1/accounts/glow-by-gia/audience": audience("glow-by-gia", {
    fakeShare: { estimate: 0.6, low: 0.44, high: 0.8 },
    windows: [{ ...window, kind: "bought" }],
  }),
  "/v1/accounts/harbour-herons/audience": audience("harbour-herons", { windows: [{ ...window, kind: "viral" }] }),
};

const ref = (kind: ItemRef["kind"], id: string): ItemRef => ({ kind, id, revision: "1" });

function suspect(id: string, label: LabelName): Verdict {
  const [example] = exampleVerdict().labels;
  const labels = example ? [{ ...example, label, spans: [] }] : [];
  return exampleVerdict({ ref: ref("review", id), action: "flag", labels });
}

const MADE = [
  exampleVerdict({ ref: ref("post", "troll-pile-on.01.x"), action: "hold" }),
  exampleVerdict({ ref: ref("post", "troll-pile-on.02.x"), action: "allow" }),
  exampleVerdict({ ref: ref("post", "angry-customer.01.x"), action: "allow" }),
  suspect("hotel-building-site.01", "fake_review.insider"),
  suspect("hotel-building-site.02", "fake_review.insider"),
];
const stores = {
  verdicts: {
    findMany: async (_: string, refs: readonly ItemRef[]) => ({
      verdicts: MADE.filter(({ ref: own }) => refs.some(({ kind, id }) => kind === own.kind && id === own.id)),
      reflected: [],
    }),
  },
};
const accepted = MADE.map(({ ref: own }) => own);

describe("the outcome of the sample's stories", () => {
  it("is told in words, from what the API and the verdicts say", async () => {
    const url = await serve(ANSWERS);
    expect(await tellStories({ api: { url, token: TOKEN }, tenant: "acme", accepted, ...stores })).toEqual([
      "the stories:",
      "  the pile-on: of 2 posts 1 held back, 0 flagged, 1 left alone",
      "  angry customers: of 1 posts 0 held back, 0 flagged, 1 left alone",
      "  Quayside Hotel: rating 3.0 of 4 reviews, 1.0 without 2: 2 consistent with a conflict of interest",
      "  Spoke & Chain: rating 3.0 of 4 reviews, none of them suspicious",
      "  glow-by-gia: 1,000 followers; 2,013 on 3 Nov 2025 between 13:00 and 15:00 UTC consistent with purchase; 44% to 80% of all consistent with automation",
      "  harbour-herons: 1,000 followers; 2,013 on 3 Nov 2025 between 13:00 and 15:00 UTC whose profiles are as usual (viral, organic-looking)",
    ]);
  });

  it("is not made up where the API does not answer for a story", async () => {
    const { "/v1/targets/spoke-and-chain": _, ...others } = ANSWERS;
    const url = await serve(others);
    const telling = tellStories({ api: { url, token: TOKEN }, tenant: "acme", accepted, ...stores });
    await expect(telling).rejects.toThrow("Nothing known.");
  });
});
