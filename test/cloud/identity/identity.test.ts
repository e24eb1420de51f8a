import { statSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolUsers } from "../../../local/identity/enrol.ts";
import { LOCAL_USERS, SAMPLE_BRAND, subOf } from "../../../local/identity/users.ts";
import { type Api, allItems, aPost, apiOf, eventually } from "../pipeline/api.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { signIn, signInOf } from "./sign-in.ts";

const HOME = "alpha";
const OTHER = "beta";
let whole: WholeCloud;
beforeAll(async () => {
  whole = await openWholeCloud();
  for (const tenant of [HOME, OTHER]) await whole.addTenant(tenant);
  await enrolUsers(whole.table("TableDirectory"), HOME, signInOf(whole.cloud).issuer);
});
afterAll(() => whole?.end());

const enter = async (user: string): Promise<Api> => apiOf(whole.cloud, (await signIn(whole.cloud, user)).accessToken);
const codeOf = (answer: { json: { type: string } }): string | undefined => answer.json.type.split(":").at(-1);

describe("who signs in", () => {
  it("is who the tenant's directory says, whatever they are", async () => {
    for (const { name, role, brands } of LOCAL_USERS.filter((user) => user.role !== undefined)) {
      const { status, json } = await (await enter(name))("GET", "/v1/me");
      expect([status, json]).toEqual([200, expect.objectContaining({ tenant: HOME, id: name, role })]);
      expect(json.brands).toEqual(brands);
    }
  });

  it("may do what their role may, and no more", async () => {
    const [mona, ada] = await Promise.all([enter("mona"), enter("ada")]);
    expect((await mona("GET", "/v1/cases")).status).toBe(200);
    expect([(await mona("GET", "/v1/keys")).status, (await ada("GET", "/v1/keys")).status]).toEqual([403, 200]);
  });

  it("acts under the name that the tenant gave them", async () => {
    await (await enter("ada"))("POST", "/v1/keys", { role: "auditor", days: 1 });
    const { json } = await (await enter("aino"))("GET", "/v1/audit");
    expect(json.entries).toContainEqual(
      expect.objectContaining({ actor: "ada", action: "key.created", role: "admin" }),
    );
  });

  it("is let in by an access token only", async () => {
    const { idToken, refreshToken } = await signIn(whole.cloud, "mona");
    for (const [token, code] of [
      [idToken, "invalid_token"],
      [refreshToken, "malformed_key"],
    ] as const) {
      const answer = await apiOf(whole.cloud, token)("GET", "/v1/me");
      expect([answer.status, codeOf(answer)]).toEqual([401, code]);
    }
  });
});

describe("members", () => {
  it("are made by an admin, with the code that whoever signed in is shown", async () => {
    const [ada, nobody] = await Promise.all([enter("ada"), enter("nobody")]);
    const refused = await nobody("GET", "/v1/me");
    expect([refused.status, codeOf(refused)]).toEqual([403, "not_a_member"]);
    const { subject } = refused.json;
    const made = { id: "noor", role: "moderator", languages: ["ar"], skills: [], queues: [], subject };
    expect((await ada("POST", "/v1/members", made)).status).toBe(200);
    expect((await nobody("GET", "/v1/me")).json).toMatchObject({ id: "noor", languages: ["ar"] });

    // The same token, a moment later.
    await ada("POST", "/v1/members", { ...made, version: 1, suspended: true });
    expect(codeOf(await nobody("GET", "/v1/me"))).toBe("member_suspended");
    expect(codeOf(await ada("POST", "/v1/members", made))).toBe("member_changed");
    await ada("POST", "/v1/members", { ...made, version: 2 });
    expect((await nobody("GET", "/v1/me")).status).toBe(200);
    expect((await ada("POST", "/v1/members/noor/remove", {})).status).toBe(200);
    expect((await nobody("GET", "/v1/me")).json).toMatchObject({ subject });
  });

  it("are members of one tenant, once", async () => {
    const stranger = apiOf(whole.cloud, await whole.keyFor(OTHER, "admin"));
    const { json } = await (await enter("ada"))("GET", "/v1/members");
    const mona = json.members.find(({ id }: { id: string }) => id === "mona");
    const taken = await stranger("POST", "/v1/members", { ...mona, version: 0, role: "admin" });
    expect([taken.status, codeOf(taken)]).toEqual([409, "subject_taken"]);
    expect((await stranger("GET", "/v1/members")).text).not.toContain("mona");
    expect((await (await enter("mona"))("GET", "/v1/me")).json).toMatchObject({ tenant: HOME, role: "moderator" });
  });

  it("see, as a brand, their brands' cases and nobody else's", async () => {
    const platform = apiOf(whole.cloud, await whole.keyFor(HOME, "platform"));
    const items = [SAMPLE_BRAND, "another-brand"].map((brand) => ({
      ...aPost(`about-${brand}`, `you are an idiot and a loser, ${brand}`),
      brandIds: [brand],
    }));
    expect((await platform("POST", "/v1/items", { items })).status).toBe(202);
    const seenBy = async (api: Api) => (await allItems(api)).map(({ ref }) => ref.id).sort();
    const mona = await enter("mona");
    await eventually(
      () => seenBy(mona),
      (seen) => seen.length === items.length,
    );
    const bruno = await enter("bruno");
    expect(await seenBy(bruno)).toEqual([`about-${SAMPLE_BRAND}`]);
    expect(codeOf(await bruno("GET", "/v1/members"))).toBe("forbidden");
  });
});

describe("keys", () => {
  it("are made, used and revoked by an admin, and die at once", async () => {
    const ada = await enter("ada");
    const { status, json } = await ada("POST", "/v1/keys", { role: "moderator", days: 1 });
    expect(status).toBe(201);
    const machine = apiOf(whole.cloud, json.token);
    expect((await machine("GET", "/v1/me")).json).toMatchObject({ id: `key:${json.key.id}`, role: "moderator" });
    const listed = await ada("GET", "/v1/keys");
    expect(listed.json.keys).toContainEqual(json.key);
    expect(listed.text).not.toMatch(/secretHash|ts_/);
    await ada("POST", `/v1/keys/${json.key.id}/revoke`, {});
    expect(codeOf(await machine("GET", "/v1/me"))).toBe("revoked_key");
  });
});

describe("what is kept of people", () => {
  it("is no name at the provider, no token and no password", async () => {
    const { accessToken, refreshToken } = await signIn(whole.cloud, "mona");
    await apiOf(whole.cloud, accessToken)("GET", "/v1/cases");
    const { sub } = decodeJwt(accessToken);
    expect(sub).toBe(subOf("mona"));
    const kept = [...(await whole.rows()).values(), whole.logged()].join("\n");
    for (const secret of [String(sub), accessToken, refreshToken, signInOf(whole.cloud).password])
      expect(kept.includes(secret)).toBe(false);
  });

  it("is a file that only its owner reads", () => {
    expect(statSync(join(whole.dataDir, "identity.json")).mode & 0o777).toBe(0o600);
  });
});
