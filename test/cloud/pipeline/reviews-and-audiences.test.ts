import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { type Api, apiOf, eventually } from "./api.ts";
import { operatorOf } from "./operator.ts";
import { Touchstone } from "./touchstone.ts";

const touchstone = new Touchstone();
let connection: Connection;
let platform: Api;
let moderator: Api;
beforeAll(async () => {
  connection = await touchstone.start();
  platform = apiOf(connection, connection.tokens.platform);
  moderator = apiOf(connection, connection.tokens.moderator);
});
afterAll(() => touchstone.end());

const owner = { id: "hotelier", device: "device-of-the-hotelier" };
const aReview = (id: string, more: Record<string, unknown> = {}) => ({
  kind: "review",
  id,
  createdAt: "2026-11-20T15:04:05Z",
  channel: { id: "reviews", visibility: "public", surface: "review" },
  author: { id: `of-${id}` },
  target: { id: "hotel-1", owner },
  rating: 2,
  fingerprints: { device: `device-of-${id}-0001` },
  ...more,
});
const send = async (items: readonly unknown[]) => {
  const answer = await platform("POST", "/v1/items", { items });
  expect(answer.status, answer.text).toBe(202);
  return answer.json.results as { status: string }[];
};
const verdictOf = (kind: string, id: string) =>
  eventually(
    () => platform("GET", `/v1/verdicts/${kind}/${id}`),
    ({ json }) => json?.verdicts?.length > 0,
  ).then(({ json }) => json.verdicts[0]);
/** The target once it counts so many reviews. */
const targetOf = (id: string, count: number) =>
  eventually(
    () => platform("GET", `/v1/targets/${id}`),
    ({ json }) => json?.all?.count >= count,
  ).then(({ json }) => json);

describe("reviews", () => {
  it("in a burst from the owner's device are flagged, and the target is shown with them and without", async () => {
    expect((await platform("GET", "/v1/targets/hotel-1")).status).toBe(404);
    const guests = [1, 2, 2, 1.5, 3].map((rating, n) => aReview(`guest-${n}`, { rating }));
    await send(guests);
    await targetOf("hotel-1", guests.length);
    const praise = Array.from({ length: 4 }, (_, n) =>
      aReview(`praise-${n}`, {
        rating: 5,
        createdAt: `2026-11-21T15:0${n}:05Z`,
        fingerprints: { device: owner.device },
        text: n === 0 ? "Lovely rooms and friendly staff, we shall certainly come again next year." : undefined,
      }),
    );
    await send(praise);
    for (const { id } of praise) {
      const made = await verdictOf("review", id);
      expect(made).toMatchObject({ action: "flag", targetId: "hotel-1" });
      expect(made.labels.map(({ label }: { label: string }) => label)).toContain("fake_review.insider");
      expect(made.explanation.flatMap(({ why }: { why: string[] }) => why).join(" ")).toMatch(/owner/i);
    }
    for (const { id } of guests) expect((await verdictOf("review", id)).action).toBe("allow");

    // What is sent again is not counted again.
    await send([...praise, ...guests]);
    const seen = await targetOf("hotel-1", 9);
    expect(seen).toMatchObject({
      id: "hotel-1",
      all: { count: 9, mean: 3.28, stars: [1, 3, 1, 0, 4] },
      withoutSuspected: { count: 5, mean: 1.9, stars: [1, 3, 1, 0, 0] },
      suspected: 4,
      days: [
        { day: "2026-11-20", count: 5, oneStar: 1, fiveStar: 0, suspected: 0 },
        { day: "2026-11-21", count: 4, oneStar: 0, fiveStar: 4, suspected: 4 },
      ],
      firstSeen: "2026-11-20T15:04:00.000Z",
      lastSeen: "2026-11-21T15:03:00.000Z",
    });
    const listed = await eventually(
      () => moderator("GET", "/v1/cases?limit=200"),
      ({ json }) => json.cases.filter(({ ref }: { ref: { kind: string } }) => ref.kind === "review").length >= 4,
    );
    const opened = listed.json.cases.find(({ ref }: { ref: { id: string } }) => ref.id === "praise-0");
    const shown = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(shown.json.content.text).toMatch(/^Lovely rooms/);
  });

  it("are scored at once without being counted; with store=true the stored verdict is the one answered", async () => {
    const item = aReview("scored-1", {
      target: { id: "hotel-2", owner },
      rating: 5,
      fingerprints: { device: owner.device },
      title: "You idiots",
    });
    const asked = await platform("POST", "/v1/score", { item });
    expect(asked.status, asked.text).toBe(200);
    expect(asked.json.labels.map(({ label }: { label: string }) => label)).toEqual(
      expect.arrayContaining(["fake_review.insider"]),
    );
    expect((await platform("GET", "/v1/verdicts/review/scored-1")).status).toBe(404);
    expect((await platform("GET", "/v1/targets/hotel-2")).status).toBe(404);

    const stored = await platform("POST", "/v1/score?store=true", { item });
    expect(await verdictOf("review", "scored-1")).toEqual(stored.json);
    expect(stored.json.labels).toEqual(asked.json.labels);
    expect(await targetOf("hotel-2", 1)).toMatchObject({ all: { count: 1 }, suspected: 1 });
    // Known now: asked again it is judged by what was counted, and stays counted once.
    const again = await platform("POST", "/v1/score?store=true", { item });
    expect(again.json.features.target_reviews).toBe(1);
    expect(await verdictOf("review", "scored-1")).toEqual(stored.json);
    const edited = await platform("POST", "/v1/score?store=true", { item: { ...item, revision: "r1" } });
    const conflicting = await platform("POST", "/v1/score?store=true", {
      item: { ...item, revision: "r1", rating: 1 },
    });
    expect([edited.status, conflicting.status]).toEqual([200, 409]);
  });
});

describe("reviews that are edited", () => {
  it("count once, as what was sent last, though their revisions come together; times and ratings out of range are refused", async () => {
    const revision = (rating: number, id: string) =>
      aReview(id, { rating, target: { id: "hotel-3" }, revision: `r${rating}` });
    await send([revision(5, "edited-1"), revision(4, "edited-2")]);
    await Promise.all([verdictOf("review", "edited-1"), verdictOf("review", "edited-2")]);
    await send([revision(1, "edited-1"), revision(2, "edited-2"), revision(3, "edited-2")]);
    const { json } = await eventually(
      () => platform("GET", "/v1/targets/hotel-3"),
      (answer) => answer.json?.all?.mean === 2,
    );
    expect(json.all).toMatchObject({ count: 2, stars: [1, 0, 1, 0, 0] });
    const known = await eventually(
      () => platform("GET", "/v1/verdicts/review/edited-2"),
      (answer) => answer.json?.verdicts?.length === 3,
    );
    expect(known.json.pending).toEqual([]);

    const wrong = [{ rating: 6 }, { createdAt: "1994-12-31T00:00:00Z" }, { createdAt: "2199-01-01T00:00:00Z" }];
    for (const more of wrong) {
      const refused = await platform("POST", "/v1/items", { items: [aReview("wrong-1", more)] });
      const [place] = Object.keys(more);
      expect([refused.status, refused.json.errors[0].pointer]).toEqual([422, `/items/0/${place}`]);
    }
  });
});

describe("follows", () => {
  const MESSAGES = 90;
  const followsOf = (n: number, account: string) => ({
    kind: "follow",
    id: `${account}-m${n}`,
    revision: "r1",
    createdAt: "2026-11-22T12:00:00Z",
    account: { id: account },
    followers: Array.from({ length: 1 + (n % 3) }, (_, f) => ({
      id: `f-${n}-${f}`,
      followedAt: `2026-11-22T${String(n % 12).padStart(2, "0")}:30:00Z`,
    })),
  });
  const audienceOf = (account: string) => platform("GET", `/v1/accounts/${account}/audience`);
  const reflected = (kind: string, id: string) =>
    eventually(
      () => platform("GET", `/v1/verdicts/${kind}/${id}`),
      ({ json }) => json?.reflected?.length > 0,
    ).then(({ json }) => json);

  it("sent twice each, shuffled and at the same time, are reflected once each, in versions that only grow", async () => {
    expect((await audienceOf("shop-1")).status).toBe(404);
    const messages = Array.from({ length: MESSAGES }, (_, n) => followsOf(n, "shop-1"));
    // The same shuffle in every run: 37 has no factor in common with 180.
    const twice = Array.from({ length: 2 * MESSAGES }, (_, n) => messages[((n * 37) % (2 * MESSAGES)) % MESSAGES]);
    const seen: { version: number; followers: number }[] = [];
    let sending = true;
    const watch = (async () => {
      while (sending) {
        const { status, json } = await audienceOf("shop-1");
        if (status === 200) seen.push({ version: json.version, followers: json.assessment.followers });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await Promise.all(Array.from({ length: 18 }, (_, n) => send(twice.slice(n * 10, n * 10 + 10))));
    for (const { id } of messages) {
      const found = await reflected("follow", id);
      expect(found).toEqual({ verdicts: [], pending: [], reflected: ["r1"] });
    }
    sending = false;
    await watch;
    const follows = messages.reduce((sum, { followers }) => sum + followers.length, 0);
    // What its pictures are drawn from is the state itself, whatever the newest verdict rests on.
    const { history } = (await audienceOf("shop-1")).json;
    for (const slots of [history.hours, history.days])
      expect(slots.reduce((sum: number, slot: { follows: number }) => sum + slot.follows, 0)).toBe(follows);

    // The verdict follows once there is something new to say: at last a message that grows it by more than a tenth.
    const last = { ...followsOf(0, "shop-1"), id: "shop-1-last" };
    const many = Array.from({ length: follows }, (_, f) => ({ id: `late-${f}`, followedAt: "2026-11-22T12:00:00Z" }));
    await send([{ ...last, followers: many }]);
    await reflected("follow", "shop-1-last");
    const { json } = await audienceOf("shop-1");
    expect(json.assessment).toMatchObject({ account: "shop-1", followers: 2 * follows, scored: 0 });
    expect(json.verdict).toMatchObject({ action: "allow", ref: { id: "shop-1", revision: `v${json.version}` } });
    seen.push({ version: json.version, followers: json.assessment.followers });
    for (const [index, one] of seen.entries()) {
      const before = seen[index - 1] ?? { version: 0, followers: 0 };
      expect(one.version).toBeGreaterThanOrEqual(before.version);
      expect(one.followers).toBeGreaterThanOrEqual(before.followers);
    }
    expect(new Set(seen.map(({ version }) => version)).size).toBeGreaterThan(1);
  });

  it("are held against the platform's own count once it sends one", async () => {
    await send([followsOf(1, "shop-2")]);
    await reflected("follow", "shop-2-m1");
    const snapshot = {
      kind: "audience",
      id: "shop-2-count",
      revision: "r1",
      createdAt: "2026-11-22T13:00:00Z",
      account: { id: "shop-2" },
      followerCount: 5_000,
    };
    await Promise.all([send([snapshot]), send([snapshot])]);
    await reflected("audience", "shop-2-count");
    expect((await audienceOf("shop-2")).json.assessment.followers).toBe(5_000);
    expect((await platform("GET", "/v1/verdicts/audience/shop-2-count")).json.verdicts).toEqual([]);
  });

  it("are refused where one item is scored at once, and where the same revision says something else", async () => {
    const item = followsOf(5, "shop-3");
    const refused = await platform("POST", "/v1/score", { item });
    expect([refused.status, refused.json.errors[0].pointer]).toEqual([422, "/item/kind"]);
    await send([item]);
    const other = await platform("POST", "/v1/items", { items: [{ ...item, followers: followsOf(6, "x").followers }] });
    expect([other.status, other.json.type]).toEqual([409, "urn:touchstone:problem:revision_conflict"]);
  });

  it("of blocks that a program delivered flag the account, and its case shows why", async () => {
    const thin = { favourites: 0, followers: 0, following: 900, statuses: 0, bioLength: 0, defaultImage: true };
    const followers = Array.from({ length: 80 }, (_, f) => ({
      id: `thin-${f}`,
      followedAt: "2026-11-22T12:00:00Z",
      profile: thin,
    }));
    await send([{ ...followsOf(0, "shop-4"), followers }]);
    const { json } = await eventually(
      () => audienceOf("shop-4"),
      ({ status }) => status === 200,
    );
    expect(json.verdict).toMatchObject({ action: "flag", authorId: "shop-4" });
    expect(json.assessment).toMatchObject({ followers: 80, scored: 80 });
    expect(json.assessment.fakeShare.low).toBeGreaterThan(0.3);
    const listed = await eventually(
      () => moderator("GET", "/v1/cases?limit=200"),
      (page) => page.json.cases.some(({ ref }: { ref: { id: string } }) => ref.id === "shop-4"),
    );
    const opened = listed.json.cases.find(({ ref }: { ref: { id: string } }) => ref.id === "shop-4");
    const shown = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(shown.json.verdict.explanation[0].why.join(" ")).toMatch(/consistent with automation/);
  });

  it("leave nothing in any queue, and no dead letter", async () => {
    const { depths } = operatorOf(connection);
    const left = await eventually(depths, (all) => Object.values(all).every((count) => count === 0));
    expect(Object.keys(left).length).toBeGreaterThanOrEqual(8);
  });
});
