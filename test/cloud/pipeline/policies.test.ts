import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../../shared/domain/tenant.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { type Api, aPost, apiOf, eventually } from "./api.ts";

let whole: WholeCloud;
interface Place {
  readonly line: number;
  readonly column: number;
}

const keys = new Map<string, Api>();
const as = (tenant: string, role: Role): Api => {
  const api = keys.get(`${tenant} ${role}`);
  if (!api) throw new Error(`no key of ${tenant} ${role}`);
  return api;
};

/** In everything of a policy that is words: no log may hold it. */
const PLANTED = "quorlanthic";
/** A change has to be live everywhere within these seconds. */
const LIVE = 60;

const house = (action: "flag" | "hold", more: object = {}) => ({
  id: "house",
  title: `House rules ${PLANTED}`,
  inherits: "touchstone-default",
  rules: [
    {
      name: "shouting-at-many",
      when: "features.mentions >= 2",
      action,
      reasonCode: "mentions",
      userText: { en: `Don't call everyone, ${PLANTED}.` },
    },
  ],
  ...more,
});
const save = (tenant: string, document: { id: string }, note = PLANTED) =>
  as(tenant, "admin")("POST", `/v1/policies/${document.id}/versions`, { document, note });
const activate = (tenant: string, version: number, more: object = {}) =>
  as(tenant, "admin")("POST", "/v1/policies/house/activations", { version, note: PLANTED, ...more });

const text = "thank you @anna and @ben, what a day";
let posts = 0;
const aNewPost = () => aPost(`post-${++posts}`, text);
const scored = async (tenant: string, item: object = aNewPost()) => {
  const { json } = await as(tenant, "platform")("POST", "/v1/score", { item });
  return { action: json.action, policy: json.policy.id, version: json.policy.version, rule: json.policy.rule };
};
/** Through the queue: the verdict of a post that is handed in now. */
const queued = async (tenant: string) => {
  const platform = as(tenant, "platform");
  const post = aNewPost();
  expect((await platform("POST", "/v1/items", { items: [post] })).status).toBe(202);
  const { json } = await eventually(
    () => platform("GET", `/v1/verdicts/post/${post.id}`),
    (answer) => answer.json?.verdicts?.length > 0,
  );
  const [{ action, policy }] = json.verdicts;
  return { action, policy: policy.id, version: policy.version, rule: policy.rule };
};

const byHouse = (action: string, version: number) => ({ action, policy: "house", version, rule: "shouting-at-many" });
const BUILT_IN = { action: "allow", policy: "touchstone-default", version: expect.any(Number), rule: "none" };

beforeAll(async () => {
  whole = await openWholeCloud();
  for (const tenant of ["alpha", "beta"]) {
    await whole.addTenant(tenant);
    for (const role of ["admin", "platform", "moderator", "brand"] as const)
      keys.set(`${tenant} ${role}`, apiOf(whole.cloud, await whole.keyFor(tenant, role)));
  }
});
afterAll(() => whole?.end());

describe("a tenant's own policy", () => {
  it("saved and activated judges posts, reviews and audiences, and verdicts name its version", async () => {
    expect((await save("alpha", house("hold"))).json).toMatchObject({ id: "house", version: 1, isNew: true });
    expect((await activate("alpha", 1)).json).toMatchObject({ epoch: 1, active: { version: 1 } });
    expect((await save("alpha", house("flag"))).json.version).toBe(2);
    expect((await activate("alpha", 2)).json).toMatchObject({ epoch: 2, active: { version: 2, previous: 1 } });

    expect(await scored("alpha")).toEqual(byHouse("flag", 2));
    expect(await queued("alpha")).toEqual(byHouse("flag", 2));
    const review = {
      ...aPost("review-1", text),
      kind: "review",
      channel: { id: "shop", visibility: "public", surface: "review" },
      target: { id: "kettle" },
      rating: 4,
    };
    expect(await scored("alpha", review)).toEqual(byHouse("flag", 2));
    const follow = {
      kind: "follow",
      id: "follow-1",
      createdAt: "2026-11-22T15:04:05Z",
      account: { id: "account-1" },
      followers: [{ id: "follower-1", followedAt: "2026-11-22T15:04:05Z" }],
    };
    const platform = as("alpha", "platform");
    expect((await platform("POST", "/v1/items", { items: [follow] })).status).toBe(202);
    const { json } = await eventually(
      () => platform("GET", "/v1/accounts/account-1/audience"),
      ({ status }) => status === 200,
    );
    expect(json.verdict.policy).toMatchObject({ id: "house", version: 2, rule: "none" });
  });

  it("is nobody else's: another tenant's items, lists and activations know nothing of it", async () => {
    expect(await scored("beta")).toEqual(BUILT_IN);
    expect(await queued("beta")).toEqual(BUILT_IN);
    const listed = await as("beta", "admin")("GET", "/v1/policies");
    expect(listed.json.policies.map(({ id }: { id: string }) => id)).toEqual(["touchstone-default"]);
    for (const [method, path, body] of [
      ["GET", "/v1/policies/house", undefined],
      ["GET", "/v1/policies/house/versions/1", undefined],
      ["POST", "/v1/policies/house/activations", { version: 1, note: "mine" }],
      ["POST", "/v1/policies/house/rollbacks", { note: "mine" }],
      ["POST", "/v1/policies/house/shadows", { version: 1, run: true }],
    ] as const) {
      const answer = await as("beta", "admin")(method, path, body);
      expect([path, answer.status, answer.text.includes(PLANTED)]).toEqual([path, 404, false]);
    }
    expect((await as("beta", "admin")("GET", "/v1/policy-events")).json.events).toEqual([]);
  });

  it("rolled back is live everywhere within a minute", async () => {
    const began = Date.now();
    const back = await as("alpha", "admin")("POST", "/v1/policies/house/rollbacks", { note: "too soft" });
    expect(back.json).toMatchObject({ changed: true, epoch: 3, active: { version: 1, note: "too soft" } });
    const isLive = ({ version }: { version: number }) => version === 1;
    const [direct, throughQueue] = await Promise.all([
      eventually(() => scored("alpha"), isLive, LIVE),
      eventually(() => queued("alpha"), isLive, LIVE),
    ]);
    expect([direct, throughQueue]).toEqual([byHouse("hold", 1), byHouse("hold", 1)]);
    process.stdout.write(
      `policies: a rollback was live everywhere after ${((Date.now() - began) / 1000).toFixed(0)} s\n`,
    );
  });
});

describe("the API of policies", () => {
  it("refuses a document with mistakes and says each with its place and its fix", async () => {
    const [rule] = house("flag").rules;
    const wrong = house("flag", {
      rules: [{ ...rule, when: "features.mentions >= 2 &&\n  features.mention_count < 3" }],
      disable: ["child-safety"],
    });
    const { status, type, json } = await save("alpha", wrong);
    expect([status, type, json.type]).toEqual([
      422,
      "application/problem+json",
      "urn:touchstone:problem:policy_invalid",
    ]);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      "/document/disable/0",
      "/document/rules/0/when",
    ]);
    for (const { detail, fix } of json.errors) expect([detail, fix]).toEqual([expect.any(String), expect.any(String)]);
    expect(JSON.stringify(json.errors)).toMatch(/line 2, column 3/);
    // A check says the place as numbers, for an editor; a refusal in words.
    const checked = (await as("alpha", "admin")("POST", "/v1/policy-checks", { document: wrong })).json;
    const inWords = checked.errors.map(({ place, detail, ...rest }: { place?: Place; detail: string }) => ({
      ...rest,
      detail: place ? `${detail} (line ${place.line}, column ${place.column})` : detail,
    }));
    expect({ ...checked, errors: inWords }).toEqual({ ok: false, errors: json.errors, warnings: [] });
    expect(checked.errors.find(({ place }: { place?: Place }) => place)?.place).toEqual({
      line: 2,
      column: 3,
      length: 22,
    });
  });

  it("lets one of two activations at once win and tells the other how things stand", async () => {
    const { json } = await as("alpha", "admin")("GET", "/v1/policies");
    const { epoch: expectedEpoch } = json;
    await save("alpha", house("flag", { description: "Another one." }));
    const both = await Promise.all([2, 3].map((version) => activate("alpha", version, { expectedEpoch })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.json.active.version;
    const lost = both.find(({ status }) => status === 409)?.json;
    expect(lost.type).toBe("urn:touchstone:problem:policy_changed");
    expect(lost.detail).toContain(`epoch ${expectedEpoch + 1}: house is active in version ${winner}`);
  });

  it("shows who did what and why, to those who may know", async () => {
    const { json } = await as("alpha", "moderator")("GET", "/v1/policies/house");
    expect(json.versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
    const { events } = (await as("alpha", "admin")("GET", "/v1/policy-events")).json;
    expect(events.map(({ event }: { event: string }) => event)).toEqual([
      "activated",
      "rolled_back",
      "activated",
      "activated",
    ]);
    expect(json.history).toEqual(events);
    expect(events[0].by).toMatch(/^key:[0-9a-f]{12}$/);
    expect((await as("alpha", "brand")("GET", "/v1/policies")).status).toBe(200);
    expect((await as("alpha", "platform")("GET", "/v1/policies")).status).toBe(403);
    expect((await as("alpha", "moderator")("POST", "/v1/policies/house/rollbacks", { note: "x" })).status).toBe(403);
  });

  it("and logs hold nothing that stands in a policy", () => {
    const logged = whole.logged();
    expect(logged.length).toBeGreaterThan(0);
    expect(logged).not.toContain(PLANTED);
    expect(logged).not.toContain("shouting-at-many");
  });
});
