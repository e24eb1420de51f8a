import { expect } from "vitest";
import type { Api } from "../pipeline/api.ts";
import type { Belongings } from "./belongings.ts";

/**
 * Looks up everything beside a case: an author, ids, what waits, what was decided, colleagues.
 * @param flooded a target with a case that waits, whose reviews come through logs
 * @param audience the open case of an audience; it is decided
 */
export async function walkLookups(
  moderator: Api,
  { author, post }: Pick<Belongings, "author" | "post">,
  { flooded, audience }: { readonly flooded: string; readonly audience: string },
): Promise<void> {
  const get = async (path: string) => {
    const { status, json, text } = await moderator("GET", path);
    expect([path, status, text.slice(0, 300)]).toEqual([path, 200, expect.anything()]);
    return json;
  };
  expect((await get(`/v1/authors/${author}`)).items.length).toBeGreaterThan(1);
  for (const [id, kind] of [
    [post, "post"],
    [flooded, "target"],
    [audience, "case"],
  ])
    expect((await get(`/v1/search?id=${id}`)).matches).toMatchObject([{ kind }]);
  const decision = { id: "decision-of-lookups", outcome: "uphold", reason: "other", version: 1 };
  expect((await moderator("POST", `/v1/cases/${audience}/decisions`, decision)).status).toBe(200);
  expect((await get("/v1/decisions")).decisions[0]).toMatchObject({ id: audience, mine: true });
  expect((await get("/v1/audiences")).audiences).toMatchObject([{ decided: 1, cases: [{ id: audience }] }]);
  expect((await get("/v1/targets")).targets.map(({ id }: { id: string }) => id)).toContain(flooded);
  await get("/v1/colleagues");
}
