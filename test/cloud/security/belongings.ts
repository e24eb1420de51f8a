import { createHash } from "node:crypto";
import { CALM } from "../../../shared/domain/breaker.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import type { Member } from "../../../shared/domain/member.ts";
import { afterTrips } from "../../../shared/policy/breaker.ts";
import { breakerStates } from "../../../shared/store/breaker-states.ts";
import type { Table } from "../../../shared/store/table.ts";
import { type Api, aPost, eventually } from "../pipeline/api.ts";

/** Stands in everything that only this tenant knows of its things; never in the ids by which others ask for them. */
export const secretOf = (tenant: string): string => `${tenant}-only`;

/** What a tenant has: one thing of each kind, by the ids under which anyone may try to reach them. */
export interface Belongings {
  readonly tenant: string;
  readonly post: string;
  /** Another flagged post, for others to hand in under its id. */
  readonly handedIn: string;
  readonly caseId: string;
  readonly target: string;
  readonly account: string;
  readonly author: string;
  /** A policy with two versions, the second of which is active. */
  readonly policy: string;
  /** A finished backtest of that policy, and a finished dry run of an undo that found nothing. */
  readonly backtest: string;
  readonly undo: string;
  /** A subscription of the tenant's admin to what concerns its brand, and an alert that it has given. */
  readonly subscription: string;
  readonly alert: string;
  /** A test that was sent to it, in vain. */
  readonly delivery: string;
}

/** As far back as verdicts are journalled that anything here is about. */
const AN_HOUR = 3_600_000;

/** Seconds: the first items of a kind wait for their function to load its models, on a machine that runs other tests. */
const PATIENCE = 60;
/** The id of a tenant's case. */
export const caseOf = (tenant: string): string =>
  caseIdOf(tenant, { kind: "post", id: `post-${tenant}`, revision: "r1" });
/** What a tenant's brand keys are for, and what its post is about. */
export const brandOf = (tenant: string): string => `brand-${tenant}`;
export const colleagueOf = (tenant: string): string => `colleague-${tenant}`;
export const leaverOf = (tenant: string): string => `leaver-${tenant}`;
/** The id of a key of the tenant that nobody uses. */
export const spareKeyOf = (tenant: string): string =>
  createHash("sha256").update(`spare ${tenant}`).digest("hex").slice(0, 12);
/** Another who works at the tenant's desk. */
export const colleague = (tenant: string): Member => ({
  id: colleagueOf(tenant),
  role: "senior",
  languages: [],
  skills: [],
  queues: [],
});

const HANDED_IN = "2026-11-22T15:04:05Z";

/** A flagged post of the tenant; `id` apart, all that is in it is the tenant's own. */
export const flaggedPost = (tenant: string, id: string) => ({
  // Each says something of its own: what says the same is one case.
  ...aPost(id, `you are an idiot and a loser, ${secretOf(tenant)}, in ${id}`),
  revision: "r1",
  channel: { id: `channel-${secretOf(tenant)}`, visibility: "public", surface: "comment" },
  author: { id: `author-${tenant}` },
  brandIds: [brandOf(tenant)],
});

/** A policy that changes nothing of what is decided about the belongings. */
export const harmlessPolicy = (tenant: string, id: string, version = 1) => ({
  id,
  title: `Version ${version} of ${secretOf(tenant)}`,
  inherits: "touchstone-default",
  rules: [
    {
      name: "many-links",
      when: `features.links_total >= ${40 + version}`,
      action: "flag",
      reasonCode: "links",
      userText: { en: `Too many links for ${secretOf(tenant)}.` },
    },
  ],
});

async function givePolicy(tenant: string, id: string, admin: Api): Promise<void> {
  for (const version of [1, 2]) {
    const document = harmlessPolicy(tenant, id, version);
    const note = secretOf(tenant);
    for (const { status, text } of [
      await admin("POST", `/v1/policies/${id}/versions`, { document, note }),
      await admin("POST", `/v1/policies/${id}/activations`, { version, note }),
    ])
      if (status !== 200) throw new Error(`the policy of ${tenant} was not accepted: ${text}`);
  }
}

const lettersOf = (tenant: string): string => createHash("sha256").update(tenant).digest("hex").slice(0, 12);
export const subscriptionOf = (tenant: string): string => `sub_${lettersOf(tenant)}`;
/** What the tenant's brand wants to hear of, once a day: its receiver is nowhere, and nothing waits to be tried again. */
export const aSubscription = (tenant: string) => ({
  name: `Of ${secretOf(tenant)}`,
  places: ["verdict", "case", "decision", "target", "audience"],
  filter: { brands: [brandOf(tenant)] },
  channel: { type: "webhook", url: "https://receiver.example/hook" },
  timing: { kind: "digest", every: "day", timeZone: "UTC" },
});

/** Subscribes before anything happens: what settings say of it is remembered for half a minute. */
async function giveSubscription(tenant: string, admin: Api): Promise<string> {
  const id = subscriptionOf(tenant);
  const saved = await admin("POST", `/v1/subscriptions/${id}`, { version: 0, document: aSubscription(tenant) });
  if (saved.status !== 200) throw new Error(`the subscription of ${tenant} was not accepted: ${saved.text}`);
  return id;
}

/** Begins a job and waits until it is done. */
async function giveJob(family: "backtests" | "undos", body: object, admin: Api): Promise<string> {
  const since = new Date(Date.now() - AN_HOUR).toISOString();
  const begun = await admin("POST", `/v1/${family}`, { ...body, since });
  if (begun.status !== 202) throw new Error(`${family}: ${begun.text}`);
  await eventually(
    () => admin("GET", `/v1/${family}/${begun.json.id}`),
    ({ json }) => json?.state === "done",
  );
  return begun.json.id;
}

/** A rule that the flood breaker holds at this tenant. */
export const heldRule = (tenant: string): string => `flooded-${secretOf(tenant)}`;

/** Lets the breaker hold the tenant's rule, whose event is owed since two minutes. */
export async function holdRule(signals: Table, tenant: string): Promise<void> {
  const store = breakerStates(signals);
  const { version } = await store.read(tenant, true);
  const trip = { subject: "rule", name: heldRule(tenant), kind: "post", effect: "flag" } as const;
  const share = { usual: 0.01, factor: 5, seen: 0.4, hits: 40, items: 100 };
  const ago = new Date(Date.now() - 120_000);
  const held = afterTrips({ ...CALM, version }, [{ ...trip, ...share }], ago, () => `held-${version}`);
  if (!(await store.change(tenant, held))) throw new Error("the breaker's state was changed in between");
}

/** Hands in one thing of each kind and waits until all of them can be read. */
export async function giveBelongings(tenant: string, platform: Api, moderator: Api, admin: Api): Promise<Belongings> {
  const secret = secretOf(tenant);
  const has: Omit<Belongings, "backtest" | "undo" | "alert" | "delivery"> = {
    tenant,
    post: `post-${tenant}`,
    handedIn: `handed-in-${tenant}`,
    caseId: caseOf(tenant),
    target: `target-${tenant}`,
    account: brandOf(tenant),
    author: `author-${tenant}`,
    policy: `policy-${tenant}`,
    subscription: await giveSubscription(tenant, admin),
  };
  await givePolicy(tenant, has.policy, admin);
  const jobs = {
    backtest: await giveJob("backtests", { policy: { id: has.policy, version: 1 } }, admin),
    undo: await giveJob("undos", { dryRun: true, cause: { rule: "many-links" } }, admin),
  };
  const { channel } = flaggedPost(tenant, has.post);
  const items = [
    flaggedPost(tenant, has.post),
    flaggedPost(tenant, has.handedIn),
    {
      kind: "review",
      id: `review-${tenant}`,
      createdAt: HANDED_IN,
      channel: { ...channel, surface: "review" },
      author: { id: has.author },
      target: { id: has.target, title: secret },
      brandIds: [brandOf(tenant)],
      rating: 4,
      text: `A fine kettle that boils fast, ${secret}.`,
    },
    {
      kind: "follow",
      id: `follow-${tenant}`,
      createdAt: HANDED_IN,
      account: { id: has.account },
      followers: [{ id: `follower-${secret}`, followedAt: HANDED_IN }],
    },
  ];
  const sent = await platform("POST", "/v1/items", { items });
  if (sent.status !== 202) throw new Error(`the belongings of ${tenant} were not accepted: ${sent.text}`);
  for (const path of [`/v1/targets/${has.target}`, `/v1/accounts/${has.account}/audience`])
    await eventually(
      () => platform("GET", path),
      ({ status }) => status === 200,
      PATIENCE,
    );
  await eventually(
    () => moderator("GET", `/v1/cases/${has.caseId}`),
    ({ status }) => status === 200,
    PATIENCE,
  );
  const { json } = await eventually(
    () => moderator("GET", `/v1/alerts?subscription=${has.subscription}`),
    (answer) => answer.json?.alerts?.length > 0,
    PATIENCE,
  );
  const { json: test } = await admin("POST", `/v1/subscriptions/${has.subscription}/tests`, {});
  return { ...has, ...jobs, alert: json.alerts[0].id, delivery: test.id };
}
