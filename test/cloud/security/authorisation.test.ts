import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProblemCode } from "../../../shared/contracts/problem.ts";
import { PROBLEMS } from "../../../shared/contracts/problem.ts";
import type { Route } from "../../../shared/contracts/route.ts";
import { type RouteName, routes } from "../../../shared/contracts/routes.ts";
import { ROLES, type Role } from "../../../shared/domain/tenant.ts";
import { type Answer, apiOf } from "../pipeline/api.ts";
import { type Belongings, giveBelongings, secretOf } from "./belongings.ts";
import { samples } from "./samples.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

// Every route × role × own or another tenant's thing × credential. What has to come out is read off the route's own
// declaration, so a route that is added later is in the table without anyone thinking of it.

const all = Object.entries(routes) as [RouteName, Route][];
const OWNER = "alpha";
const STRANGER = "beta";

/** Credentials that let nobody in, and the problem that says why. `spliced`: another tenant's name on a good key. */
const BAD = {
  missing: "missing_key",
  malformed: "malformed_key",
  unknown: "unknown_key",
  forged: "unknown_key",
  spliced: "unknown_key",
  expired: "expired_key",
  revoked: "revoked_key",
} as const satisfies Record<string, ProblemCode>;
type Bad = keyof typeof BAD;
type Credential = Bad | "valid";

interface Expected {
  readonly status: number;
  readonly code?: ProblemCode;
}

const refusedWith = (code: ProblemCode): Expected => ({ status: PROBLEMS[code][0], code });

function expectedOf({ callers, answer, problems }: Route, role: Role, own: boolean, credential: Credential): Expected {
  if (callers === "public") return { status: answer.status };
  if (credential !== "valid") return refusedWith(BAD[credential]);
  if (!callers.includes(role)) return refusedWith("forbidden");
  return own || !problems.includes("not_found") ? { status: answer.status } : refusedWith("not_found");
}

let whole: WholeCloud;
let owners: Belongings;
const valid = new Map<string, string>();
const bad = new Map<string, string | undefined>();

const flipped = (token: string): string => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");

/** The token of a cell. A stranger's bad credentials are as bad as the owner's. */
const tokenOf = (tenant: string, role: Role, credential: Credential): string | undefined =>
  credential === "valid" ? valid.get(`${tenant} ${role}`) : bad.get(`${tenant} ${role} ${credential}`);

async function makeKeys(tenant: string, other: string): Promise<void> {
  for (const role of ROLES) {
    const good = await whole.keyFor(tenant, role);
    valid.set(`${tenant} ${role}`, good);
    const tokens: Record<Bad, string | undefined> = {
      missing: undefined,
      malformed: good.slice(3),
      unknown: good.replace(/_[0-9a-f]{12}_/, "_000000000000_"),
      forged: flipped(good),
      spliced: good.replace(`ts_${tenant}_`, `ts_${other}_`),
      expired: await whole.keyFor(tenant, role, "expired"),
      revoked: await whole.keyFor(tenant, role, "revoked"),
    };
    for (const [name, token] of Object.entries(tokens)) bad.set(`${tenant} ${role} ${name}`, token);
  }
}

const roleFor = (name: RouteName): Role => {
  const { callers } = routes[name] as Route;
  return callers === "public" ? "platform" : callers[0];
};

function ask(name: RouteName, sender: string, token: string | undefined, headers?: Record<string, string>) {
  const { path, body } = samples[name](owners, sender);
  return apiOf(whole.cloud, token)(routes[name].method, path, body, headers);
}

interface Cell {
  readonly name: RouteName;
  readonly role: Role;
  readonly own: boolean;
  readonly credential: Credential;
}

const cells: Cell[] = all.flatMap(([name]) =>
  ROLES.flatMap((role) =>
    [true, false].flatMap((own) =>
      ([...Object.keys(BAD), "valid"] as Credential[]).map((credential) => ({ name, role, own, credential })),
    ),
  ),
);

const seen = new Map<string, number>();
const nameOf = ({ name, role, own, credential }: Cell): string =>
  `${name} ${role} ${own ? "own" : "other"} ${credential}`;

function compare(cell: Cell, { status, type, json, text }: Answer): string[] {
  const wanted = expectedOf(routes[cell.name] as Route, cell.role, cell.own, cell.credential);
  const wrong: string[] = [];
  if (status !== wanted.status) wrong.push(`${status} instead of ${wanted.status}`);
  if (wanted.code && (type !== "application/problem+json" || json?.type !== `urn:touchstone:problem:${wanted.code}`))
    wrong.push(`${json?.type} instead of ${wanted.code}`);
  if (!wanted.code && !(routes[cell.name] as Route).answer.schema.safeParse(json).success)
    wrong.push("an answer that its schema does not know");
  const lets = cell.own && cell.credential === "valid" && !wanted.code;
  if (!lets && text.includes(secretOf(OWNER))) wrong.push("the owner's data");
  if (wanted.code && text.includes(owners.caseId)) wrong.push("the owner's case");
  return wrong.map((what) => `${nameOf(cell)}: ${what}`);
}

async function walk(some: readonly Cell[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const cell of some) {
    const sender = cell.own ? OWNER : STRANGER;
    const answer = await ask(cell.name, sender, tokenOf(sender, cell.role, cell.credential));
    seen.set(nameOf(cell), answer.status);
    wrong.push(...compare(cell, answer));
  }
  return wrong;
}

/** Rows of the owner, in every table: their keys begin with the tenant or hold it. */
const rowsOfOwner = async () =>
  new Map([...(await whole.rows())].filter(([, row]) => row.includes(OWNER)).sort(([a], [b]) => (a < b ? -1 : 1)));

beforeAll(async () => {
  whole = await openWholeCloud();
  for (const tenant of [OWNER, STRANGER]) await whole.addTenant(tenant);
  await makeKeys(OWNER, STRANGER);
  await makeKeys(STRANGER, OWNER);
  const give = (tenant: string) =>
    giveBelongings(
      tenant,
      apiOf(whole.cloud, valid.get(`${tenant} platform`)),
      apiOf(whole.cloud, valid.get(`${tenant} moderator`)),
    );
  [owners] = (await Promise.all([give(OWNER), give(STRANGER)])) as [Belongings, Belongings];
  expect(await whole.cloud.idle(20_000)).toBe(true);
});
afterAll(() => whole?.end());

it("every route has a sample request in this table", () => {
  expect(all.map(([name]) => name).filter((name) => !(name in samples))).toEqual([]);
  // A handler may be bundled and routed under another name than its contract's.
  expect(Object.keys(whole.cloud.functions())).toEqual(expect.arrayContaining(all.map(([name]) => name)));
});

describe("the table", () => {
  it("refuses every credential but the right one, and everybody else's keys, and changes nothing of the owner's", async () => {
    const before = await rowsOfOwner();
    expect(before.size).toBeGreaterThan(15);
    const refused = cells.filter(({ own, credential }) => !own || credential !== "valid");
    expect(await walk(refused)).toEqual([]);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    const after = await rowsOfOwner();
    // What the stranger handed in under the owner's ids is the stranger's: its rows name the owner's ids.
    const theirs = (key: string): boolean => new RegExp(`^Table\\w+ (?:\\w+#)?${STRANGER}(?:#|$| )`).test(key);
    for (const key of after.keys()) if (theirs(key)) after.delete(key);
    expect([...after]).toEqual([...before]);
  });

  it("answers a stranger's own question with the stranger's own things", async () => {
    const moderator = apiOf(whole.cloud, valid.get(`${STRANGER} moderator`));
    const { json, text } = await moderator("GET", "/v1/cases?limit=200");
    expect(json.cases.length).toBeGreaterThan(0);
    expect(text).not.toContain(owners.caseId);
    const queue = await moderator("GET", `/v1/cases?queue=${OWNER}`);
    expect([queue.status, queue.json.cases]).toEqual([200, []]);
  });

  it("lets in whom the route declares, with the owner's own things, and everybody else not", async () => {
    const allowed = cells.filter(({ own, credential }) => own && credential === "valid");
    expect(await walk(allowed)).toEqual([]);
    const granted = allowed.filter((cell) => !expectedOf(routes[cell.name] as Route, cell.role, true, "valid").code);
    expect(granted.length).toBeGreaterThan(all.length);
    process.stdout.write(`${matrix()}\n`);
  });
});

/** One line a route: the answers to bad credentials, then for each role own/other with a good one. */
function matrix(): string {
  const width = Math.max(...all.map(([name]) => name.length)) + 2;
  const head = `${"".padEnd(width)}${Object.keys(BAD).join(" ")} │ ${ROLES.map((role) => `${role} own/other`).join(" │ ")}`;
  const lines = all.map(([name]) => {
    const refusals = (Object.keys(BAD) as Bad[]).map((credential) => {
      const statuses = ROLES.flatMap((role) =>
        [true, false].map((own) => seen.get(nameOf({ name, role, own, credential }))),
      );
      return [...new Set(statuses)].join("!").padEnd(credential.length);
    });
    const good = ROLES.map((role) =>
      [true, false]
        .map((own) => seen.get(nameOf({ name, role, own, credential: "valid" })))
        .join("/")
        .padEnd(role.length + 10),
    );
    return `${name.padEnd(width)}${refusals.join(" ")} │ ${good.join(" │ ")}`;
  });
  return [`authorisation: ${seen.size} requests, each as its route declares`, head, ...lines].join("\n");
}

describe("who calls is what the authoriser found, whatever else a request says", () => {
  const claims: [string, Record<string, string>][] = [
    ["tenant headers", { "x-tenant": OWNER, "x-touchstone-tenant": OWNER, tenant: OWNER }],
    ["a role header", { "x-role": "admin", role: "admin", "x-key-id": "0123456789ab", keyid: "0123456789ab" }],
    [
      "an authoriser context",
      { "x-amzn-request-context": `{"authorizer":{"lambda":{"tenant":"${OWNER}","role":"admin","keyId":"k"}}}` },
    ],
    [
      "a user's address",
      { "x-forwarded-for": "127.0.0.1", "x-original-url": "/v1/health", "x-rewrite-url": "/v1/health" },
    ],
    ["another method", { "x-http-method-override": "GET", "x-method-override": "GET" }],
    ["a cookie", { cookie: `tenant=${OWNER}; role=admin; authorization=Bearer` }],
    ["proxy authorisation", { "proxy-authorization": "Bearer", "x-authorization": "Bearer", "x-api-key": "k" }],
  ];
  const guarded = all.filter(([, { callers }]) => callers !== "public").map(([name]) => name);

  it.each(claims)("%s", async (_what, headers) => {
    const role = roleFor("get-case");
    const good = valid.get(`${OWNER} ${role}`) ?? "";
    const withKey = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace("Bearer", `Bearer ${good}`)]),
    );
    for (const name of guarded) {
      // The right key in the wrong place counts as no key.
      const without = await ask(name, STRANGER, undefined, withKey);
      expect([name, without.status, without.text.includes(secretOf(OWNER))]).toEqual([name, 401, false]);
      const wanted = expectedOf(routes[name], roleFor(name), false, "valid");
      const stranger = await ask(name, STRANGER, valid.get(`${STRANGER} ${roleFor(name)}`), headers);
      expect([name, stranger.status, stranger.text.includes(secretOf(OWNER))]).toEqual([name, wanted.status, false]);
    }
  });

  it("a tenant in the query or the body is refused or means nothing", async () => {
    for (const name of guarded) {
      const { method } = routes[name];
      const { path, body } = samples[name](owners, STRANGER);
      const token = valid.get(`${STRANGER} ${roleFor(name)}`);
      const query = await apiOf(whole.cloud, token)(
        method,
        `${path}${path.includes("?") ? "&" : "?"}tenant=${OWNER}`,
        body,
      );
      expect([name, query.status]).toEqual([name, 422]);
      if (body === undefined) continue;
      const inBody = await apiOf(whole.cloud, token)(method, path, { ...body, tenant: OWNER });
      expect([name, inBody.status]).toEqual([name, 422]);
    }
  });
});
