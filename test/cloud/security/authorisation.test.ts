import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionOf } from "../../../shared/contracts/route.ts";
import type { RouteName } from "../../../shared/contracts/routes.ts";
import { ROLES, type Role } from "../../../shared/domain/tenant.ts";
import { apiOf } from "../pipeline/api.ts";
import {
  type Bad,
  type Cell,
  type Credential,
  cells,
  declared,
  expectedOf,
  faultsOf,
  matrixOf,
  nameOf,
  routeOf,
} from "./authorisation-table.ts";
import { type Belongings, giveBelongings, holdRule, secretOf } from "./belongings.ts";
import { type DeskStates, openDeskStates } from "./desk-states.ts";
import { rawRequest } from "./raw-request.ts";
import { samples } from "./samples.ts";
import { messagesTo } from "./walk-deliveries.ts";
import { openWholeCloud, type WholeCloud } from "./whole-cloud.ts";

const OWNER = "alpha";
const STRANGER = "beta";

let whole: WholeCloud;
let owners: Belongings;
let secrets: string[];
let desk: DeskStates;
const tokens = new Map<string, string | undefined>();
const tokenOf = (tenant: string, role: Role, credential: Credential = "valid") =>
  tokens.get(`${tenant} ${role} ${credential}`);

const flipped = (token: string): string => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");

async function makeKeys(tenant: string, other: string): Promise<void> {
  for (const role of ROLES) {
    const valid = await whole.keyFor(tenant, role);
    const made: Record<Bad | "valid", string | undefined> = {
      valid,
      missing: undefined,
      malformed: valid.slice(3),
      unknown: valid.replace(/_[0-9a-f]{12}_/, "_000000000000_"),
      forged: flipped(valid),
      spliced: valid.replace(`ts_${tenant}_`, `ts_${other}_`),
      expired: await whole.keyFor(tenant, role, "expired"),
      revoked: await whole.keyFor(tenant, role, "revoked"),
    };
    for (const [credential, token] of Object.entries(made)) tokens.set(`${tenant} ${role} ${credential}`, token);
  }
}

/** Asks about the owner's thing. */
function ask(name: RouteName, sender: string, token: string | undefined, headers?: Record<string, string>) {
  const { path, body } = samples[name](owners, sender);
  return apiOf(whole.cloud, token)(routeOf(name).method, path, body, headers);
}

const statuses = new Map<string, number>();

async function walk(some: readonly Cell[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const cell of some) {
    const sender = cell.own ? OWNER : STRANGER;
    const token = tokenOf(sender, cell.role, cell.credential);
    if (cell.credential === "valid") await desk.makeReady(cell, owners, apiOf(whole.cloud, token));
    const answer = await ask(cell.name, sender, token);
    statuses.set(nameOf(cell), answer.status);
    wrong.push(...faultsOf(cell, answer, secrets));
  }
  return wrong;
}

/** A stranger's row may name the owner's ids; its key begins with the stranger, or holds it in an index's shape. */
const isStrangers = (key: string): boolean => new RegExp(`^Table\\w+ (?:\\w+#)?${STRANGER}(?:#|$| )`).test(key);
const rowsOfOwner = async () =>
  [...(await whole.rows())].filter(([key, row]) => row.includes(OWNER) && !isStrangers(key)).sort();

beforeAll(async () => {
  whole = await openWholeCloud();
  for (const tenant of [OWNER, STRANGER]) await whole.addTenant(tenant, { eventFeed: true });
  await makeKeys(OWNER, STRANGER);
  await makeKeys(STRANGER, OWNER);
  const give = (tenant: string) => {
    const api = (role: Role) => apiOf(whole.cloud, tokenOf(tenant, role));
    return giveBelongings(tenant, api("platform"), api("moderator"), api("admin"));
  };
  const [given] = await Promise.all([give(OWNER), give(STRANGER)]);
  // Of what nobody sends: a test is never sent again, and its receiver is nowhere.
  const delivery = await messagesTo(whole, OWNER).tell(given.subscription, { send: async () => {} });
  owners = { ...given, delivery };
  for (const tenant of [OWNER, STRANGER]) await holdRule(whole.table("TableSignals"), tenant);
  secrets = [secretOf(OWNER), owners.caseId];
  expect(await whole.cloud.idle(20_000)).toBe(true);
  desk = await openDeskStates(whole, owners);
});
afterAll(() => whole?.end());

it("every route has a sample request for the table, and a function", () => {
  expect(declared.map(([name]) => name).filter((name) => !(name in samples))).toEqual([]);
  expect(Object.keys(whole.cloud.functions())).toEqual(
    expect.arrayContaining(declared.map(([, route]) => functionOf(route))),
  );
});

describe("the table", () => {
  it("refuses all but the right credential, role and tenant, and changes nothing of the owner's", async () => {
    const before = await rowsOfOwner();
    expect(before.length).toBeGreaterThan(15);
    expect(await walk(cells.filter(({ own, credential }) => !own || credential !== "valid"))).toEqual([]);
    expect(await whole.cloud.idle(20_000)).toBe(true);
    expect(await rowsOfOwner()).toEqual(before);
  });

  it("answers a stranger's own question with the stranger's own things", async () => {
    const moderator = apiOf(whole.cloud, tokenOf(STRANGER, "moderator"));
    const { json, text } = await moderator("GET", "/v1/cases?limit=200");
    expect(json.cases.length).toBeGreaterThan(0);
    expect(text).not.toContain(owners.caseId);
    const queue = await moderator("GET", `/v1/cases?queue=${OWNER}`);
    expect([queue.status, queue.json.cases]).toEqual([200, []]);
  });
});

const guarded = declared.filter(([, { callers }]) => callers !== "public").map(([name]) => name);
const roleFor = (name: RouteName): Role => {
  const { callers } = routeOf(name);
  return callers === "public" ? "platform" : callers[0];
};
const holdsSecret = (text: string): boolean => secrets.some((secret) => text.includes(secret));

describe("who calls is what the authoriser found, whatever else a request claims", () => {
  const context = JSON.stringify({ authorizer: { lambda: { tenant: OWNER, role: "admin", actor: "key:k" } } });
  const claims: [string, Record<string, string>][] = [
    ["tenant headers", { "x-tenant": OWNER, "x-touchstone-tenant": OWNER, tenant: OWNER }],
    ["role and key headers", { "x-role": "admin", role: "admin", "x-key-id": "0123456789ab" }],
    [
      "an authoriser's context",
      { "x-amzn-request-context": context, "x-amz-authorizer": context, authorizer: context },
    ],
    [
      "another address",
      { "x-forwarded-for": "127.0.0.1", "x-original-url": "/v1/health", "x-rewrite-url": "/v1/health" },
    ],
    ["another method", { "x-http-method-override": "GET", "x-method-override": "GET" }],
    ["cookies", { cookie: `tenant=${OWNER}; role=admin; authorization=Bearer KEY` }],
    [
      "the key in the wrong place",
      { "proxy-authorization": "Bearer KEY", "x-authorization": "Bearer KEY", "x-api-key": "KEY" },
    ],
  ];

  it.each(claims)("%s", async (_what, claimed) => {
    for (const name of guarded) {
      const key = tokenOf(OWNER, roleFor(name)) ?? "";
      const headers = Object.fromEntries(
        Object.entries(claimed).map(([header, value]) => [header, value.replace("KEY", key)]),
      );
      const without = await ask(name, STRANGER, undefined, headers);
      expect([name, without.status, holdsSecret(without.text)]).toEqual([name, 401, false]);
      const cell: Cell = { name, role: roleFor(name), own: false, credential: "valid" };
      expect(faultsOf(cell, await ask(name, STRANGER, tokenOf(STRANGER, cell.role), headers), secrets)).toEqual([]);
    }
  });

  it("a tenant in the query or in the body is refused", async () => {
    for (const name of guarded) {
      const { path, body } = samples[name](owners, STRANGER);
      const stranger = apiOf(whole.cloud, tokenOf(STRANGER, roleFor(name)));
      const asked = await stranger(
        routeOf(name).method,
        `${path}${path.includes("?") ? "&" : "?"}tenant=${OWNER}`,
        body,
      );
      expect([name, asked.status]).toEqual([name, 422]);
      if (body === undefined) continue;
      const told = await stranger(routeOf(name).method, path, { ...body, tenant: OWNER });
      expect([name, told.status]).toEqual([name, 422]);
    }
  });
});

describe("another way of writing a route opens no other door", () => {
  const upper = (path: string) => path.replace("/v1", "/V1");
  const tricks: [string, (path: string) => string][] = [
    ["a trailing slash", (path) => path.replace(/(\?|$)/, "/$1")],
    ["a double slash", (path) => path.replaceAll("/", "//")],
    ["a leading double slash", (path) => `/${path}`],
    ["an encoded letter", (path) => path.replace("v1", "%76%31")],
    ["encoded slashes", (path) => `/${path.slice(1).replaceAll("/", "%2f")}`],
    ["encoded twice", (path) => path.replaceAll("/", "%252f").replace("%252f", "/")],
    ["upper case", upper],
    ["a way through health", (path) => `/v1/health/..${path}`],
    ["an encoded way through health", (path) => `/v1/health/%2e%2e${path.replace("/v1", "")}`],
    ["a path parameter", (path) => path.replace("/v1", "/v1;x=/v1/health")],
    ["a NUL", (path) => `${path.split("?")[0]}%00`],
    ["an encoded question mark", (path) => `${path.split("?")[0]}%3Fx=1`],
    ["a fragment", (path) => `/v1/health#${path}`],
    ["an absolute address", (path) => `http://127.0.0.1${path}`],
    ["a back slash", (path) => path.replaceAll("/", "\\").replace("\\", "/")],
  ];

  it.each(tricks)("%s", async (_what, rewrite) => {
    for (const name of guarded) {
      const { path, body } = samples[name](owners, STRANGER);
      for (const token of [undefined, tokenOf(STRANGER, roleFor(name))]) {
        const { status, text } = await rawRequest(whole.cloud.url, {
          method: routeOf(name).method,
          path: rewrite(path),
          headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        expect([name, rewrite(path), holdsSecret(text)]).toEqual([name, rewrite(path), false]);
        // Without a key nothing but health may be answered; no trick may be a surprise.
        if (token === undefined) expect([name, status >= 400 || text.includes('"status":"ok"')]).toEqual([name, true]);
        expect([name, status < 500]).toEqual([name, true]);
      }
    }
  });

  it.each(["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "GET", "POST"])("%s", async (method) => {
    const before = await rowsOfOwner();
    for (const name of guarded.filter((one) => routeOf(one).method !== method)) {
      const { path } = samples[name](owners, STRANGER);
      const known = declared.some(([, route]) => route.method === method && route.path === routeOf(name).path);
      for (const token of [undefined, tokenOf(STRANGER, roleFor(name)), tokenOf(OWNER, roleFor(name))]) {
        const headers = token ? { authorization: `Bearer ${token}` } : {};
        const { status, text } = await rawRequest(whole.cloud.url, { method, path, headers });
        // What another route of this path shows its owner is for its owner.
        const isOwn = known && token === tokenOf(OWNER, roleFor(name));
        expect([name, holdsSecret(text) && !isOwn, known || status === 404]).toEqual([name, false, true]);
      }
    }
    expect(await rowsOfOwner()).toEqual(before);
  });
});

// Last: what is let in here decides the owner's case and erases its author.
it("lets in whom the route declares, and nobody else", async () => {
  const allowed = cells.filter(({ own, credential }) => own && credential === "valid");
  expect(await walk(allowed)).toEqual([]);
  expect(allowed.filter((cell) => !expectedOf(cell).code).length).toBeGreaterThan(declared.length);
  process.stdout.write(`${matrixOf(statuses)}\n`);
});
