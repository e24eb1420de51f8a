import { caseIdOf } from "../../../shared/domain/case.ts";
import type { Member } from "../../../shared/domain/member.ts";
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
}

/** The id of a tenant's case. */
export const caseOf = (tenant: string): string =>
  caseIdOf(tenant, { kind: "post", id: `post-${tenant}`, revision: "r1" });
/** What a tenant's brand keys are for, and what its post is about. */
export const brandOf = (tenant: string): string => `brand-${tenant}`;
export const colleagueOf = (tenant: string): string => `colleague-${tenant}`;
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

/** Hands in one thing of each kind and waits until all of them can be read. */
export async function giveBelongings(tenant: string, platform: Api, moderator: Api): Promise<Belongings> {
  const secret = secretOf(tenant);
  const has: Belongings = {
    tenant,
    post: `post-${tenant}`,
    handedIn: `handed-in-${tenant}`,
    caseId: caseOf(tenant),
    target: `target-${tenant}`,
    account: `account-${tenant}`,
    author: `author-${tenant}`,
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
    );
  await eventually(
    () => moderator("GET", `/v1/cases/${has.caseId}`),
    ({ status }) => status === 200,
  );
  return has;
}
