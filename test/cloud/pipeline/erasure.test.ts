import { spawnSync } from "node:child_process";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { type Case, caseIdOf } from "../../../shared/domain/case.ts";
import { type ItemRef, itemRef } from "../../../shared/domain/id.ts";
import { item as itemSchema } from "../../../shared/domain/item.ts";
import { authorKeys } from "../../../shared/keys/author-keys.ts";
import type { Keys } from "../../../shared/keys/keys.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { keysByKms } from "../../../shared/runtime/tenant-context.ts";
import { authorStore } from "../../../shared/store/authors.ts";
import { type Contents, contentStore } from "../../../shared/store/contents.ts";
import type { Row } from "../../../shared/store/table.ts";
import { exampleVerdict } from "../../unit/domain/examples.ts";
import { type Api, allCases, aPost, apiOf, eventually } from "./api.ts";
import { operatorOf, readable } from "./operator.ts";
import { Touchstone } from "./touchstone.ts";

const touchstone = new Touchstone();
let connection: Connection;
let platform: Api;
let moderator: Api;
let admin: Api;
let operator: ReturnType<typeof operatorOf>;
let keys: Keys;
let contents: Contents;

/** Stands in every text, title and note of this test. */
const PLANTED = "quorvexation";
const GONE = "wilhelmina-oddly";
const STAYS = "bartholomew-usual";
const ABUSE = `You are such an idiot, delete your account. ${PLANTED}`;
const POSTS = 53;

/** A number in letters: items that differ by numbers alone are one case. */
const word = (n: number): string => [...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("");

const author = { id: GONE };
const posts = Array.from({ length: POSTS }, (_, n) =>
  aPost(`gone-${n}`, `${ABUSE} ${word(n)}`, { revision: "r1", author }),
);
const reviews = Array.from({ length: 3 }, (_, n) => ({
  ...aPost(`gone-review-${n}`, `${ABUSE} Never stay here again, number ${word(n)} of many.`, {
    revision: "r1",
    author,
  }),
  kind: "review",
  channel: { id: "reviews", visibility: "public", surface: "review" },
  target: { id: "hotel-1" },
  title: `What an idiot ${PLANTED}`,
  rating: 1,
}));
const whisper = aPost("gone-private", `${ABUSE} I will find you`, {
  revision: "r1",
  author,
  channel: { id: "dm-7", visibility: "private", surface: "message" },
});
const danger = aPost("gone-danger", `how old are you? add me on snap and send me a pic. you are 13? ${PLANTED}`, {
  revision: "r1",
  author,
});
const polite = aPost("gone-polite", `what a lovely day ${PLANTED}`, { revision: "r1", author });
const thin = { favourites: 0, followers: 0, following: 900, statuses: 0, bioLength: 0, defaultImage: true };
const follows = {
  kind: "follow",
  id: "gone-follows",
  revision: "r1",
  createdAt: "2026-11-22T12:00:00Z",
  account: author,
  followers: Array.from({ length: 80 }, (_, n) => ({
    id: `thin-${n}`,
    followedAt: "2026-11-22T11:00:00Z",
    profile: thin,
  })),
};
const theirs = [0, 1].map((n) =>
  aPost(`stays-${n}`, `${ABUSE} stays ${word(n)}`, { revision: "r1", author: { id: STAYS } }),
);

const refOf = ({ kind, id }: { kind: string; id: string }): ItemRef => itemRef.parse({ kind, id, revision: "r1" });
const caseIdFor = (one: { kind: string; id: string }): string => caseIdOf("demo", refOf(one));
const caseRow = async (id: string): Promise<Case | undefined> =>
  (await operator.rows("Cases")).find(({ pk, sk }) => pk === `demo#${id}` && sk === "case")?.case as Case | undefined;
const send = async (items: readonly unknown[]) => {
  for (let at = 0; at < items.length; at += 50) {
    const answer = await platform("POST", "/v1/items", { items: items.slice(at, at + 50) });
    expect(answer.status, answer.text).toBe(202);
  }
};
const quiet = () => eventually(operator.depths, (all) => Object.values(all).every((count) => count === 0));
const audienceCase = caseIdOf("demo", { kind: "audience", id: GONE, revision: "v1" });

/** Asks for a job and waits until it is done. */
const jobDone = async (path: string, body: unknown): Promise<string> => {
  const asked = await admin("POST", path, body);
  expect(asked.status, asked.text).toBe(202);
  const { json } = await eventually(
    () => admin("GET", `${path}/${asked.json.id}`),
    (answer) => answer.json?.state === "done",
  );
  return json.id;
};
/** Packed rows that hold a text, by what they are. */
const packedWith = async (text: string): Promise<string[]> =>
  (await operator.allRows())
    .filter(({ row }) => ["journal", "shadow", "job"].includes(String(row.pk).split("#")[1] ?? ""))
    .filter(({ row }) => readable(row).includes(text))
    .map(({ row }) => `${String(row.pk).split("#")[1]} ${String(row.sk).split("#")[0]}`.replace(/20.*/, "entries"));

let backup: Row[] = [];
let noted = "";
let undone = "";

beforeAll(async () => {
  connection = await touchstone.start();
  platform = apiOf(connection, connection.tokens.platform);
  moderator = apiOf(connection, connection.tokens.moderator);
  operator = operatorOf(connection);
  const made = spawnSync(
    process.execPath,
    ["cli/touchstone.ts", "keys", "create", "--tenant", "demo", "--role", "admin", "--data", touchstone.dataDir],
    { encoding: "utf8" },
  );
  admin = apiOf(connection, made.stdout.trim());
  keys = keysByKms(operator.table("Directory"), operator.output("KeyContent"), () => new Date());
  const authors = authorStore(operator.table("Authors"));
  contents = contentStore(operator.table("Content"), authorKeys(authors, keys), keys);

  const document = {
    id: "house",
    title: "Nobody minds followers",
    inherits: "touchstone-default",
    disable: ["automated-followers", "bought-followers"],
    rules: [],
  };
  for (const [path, body] of [
    ["/v1/policies/house/versions", { document, note: "as a candidate" }],
    ["/v1/policies/house/shadows", { version: 1, run: true }],
  ] as const) {
    const answer = await admin("POST", path, body);
    expect(answer.status, answer.text).toBe(200);
  }
  await send([...posts, ...reviews, whisper, danger, polite, follows, ...theirs]);
  const flagged = POSTS + reviews.length + 2 + theirs.length + 1;
  await eventually(
    () => allCases(moderator),
    (found) => found.length >= flagged,
  );
  await quiet();
  noted = caseIdFor(posts[0] ?? whisper);
  const decision = { id: "decision-0001", outcome: "uphold", reason: "violates_policy", version: 1 };
  const decided = await moderator("POST", `/v1/cases/${noted}/decisions`, { ...decision, note: `said: ${ABUSE}` });
  expect(decided.status, decided.text).toBe(200);
  backup = await operator.rows("Content");
  const since = new Date(Date.now() - 3_600_000).toISOString();
  await jobDone("/v1/backtests", { policy: { id: "house", version: 1 }, since });
  const { json } = await moderator("GET", `/v1/cases/${audienceCase}`);
  const dry = await jobDone("/v1/undos", { dryRun: true, cause: { rule: json.verdict.policy.rule }, since });
  undone = await jobDone("/v1/undos", { dryRun: false, of: dry, note: "an experiment" });
}, 120_000);
afterAll(() => touchstone.end());

it("before: everything of the author is there, and readable to a moderator", async () => {
  // The demo's tenant keeps what was allowed, too: it may stand above an answer that was not.
  expect(backup).toHaveLength(POSTS + reviews.length + [danger, polite].length + theirs.length);
  const opened = await moderator("GET", `/v1/cases/${noted}`);
  expect(opened.json.content.text).toContain(PLANTED);
  expect(opened.json.decision.note).toContain(PLANTED);
  expect((await moderator("GET", `/v1/cases/${audienceCase}`)).json.verdict.authorId).toBe(GONE);
  expect(await caseRow(caseIdFor(whisper))).toMatchObject({ state: "open", verdict: { visibility: "private" } });
  const rooms = (await operator.allRows()).filter(({ row }) => readable(row).includes(GONE)).map(({ room }) => room);
  expect(new Set(rooms)).toEqual(new Set(["Verdicts", "Cases", "Signals", "Authors"]));
});

it("before: journals, shadows, backtests and undos know the audience by its case's id, never by the account", async () => {
  const kinds = ["job audit", "job leg", "job result", "journal entries", "shadow entries"];
  expect([...new Set(await packedWith(audienceCase))].sort()).toEqual(kinds);
  expect(await packedWith(GONE)).toEqual([]);
  const byName = await platform("GET", `/v1/accounts/${audienceCase}/audience`);
  expect(byName.json.assessment.account).toBe(GONE);
  const { json } = await admin("GET", `/v1/undos/${undone}`);
  expect(json.result.sample).toMatchObject([{ ref: { kind: "audience", id: audienceCase }, outcome: "close" }]);
  const shadow = await admin("GET", "/v1/policies/house/shadows");
  expect(shadow.json.latest).toMatchObject([{ ref: { kind: "audience", id: GONE } }]);
});

it("takes an admin key, and goes page by page until it is done", async () => {
  const path = `/v1/authors/${GONE}/erasures`;
  for (const api of [platform, moderator]) expect((await api("POST", path, {})).status).toBe(403);
  const pages: { erased: number; held: number; done: boolean }[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin("POST", path, cursor ? { cursor } : {});
    expect(page.status, page.text).toBe(200);
    pages.push(page.json);
    cursor = page.json.cursor;
  } while (cursor);
  expect(pages.map(({ done }) => done)).toEqual([false, true]);
  const sum = (of: "erased" | "held") => pages.reduce((total, page) => total + page[of], 0);
  expect([sum("erased"), sum("held")]).toEqual([POSTS + reviews.length + 2, 1]);
});

it("leaves the author's name in three rows of all tables: the tombstone and what is under legal hold", async () => {
  const naming = (await operator.allRows()).filter(({ row }) => readable(row).includes(GONE));
  expect(naming.map(({ room, row }) => [room, row.pk, row.sk]).sort()).toEqual([
    ["Authors", `demo#${GONE}`, "erasure"],
    ["Cases", `demo#${caseIdFor(danger)}`, "case"],
    ["Verdicts", "demo#post#gone-danger", "r1"],
  ]);
});

it("leaves their words in no row, no queue and no dead letter", async () => {
  expect((await operator.allRows()).filter(({ row }) => readable(row).includes(PLANTED))).toEqual([]);
  expect(Object.values(await operator.depths()).filter((count) => count > 0)).toEqual([]);
  expect(await operator.peekAll()).toEqual([]);
});

it("leaves neither verdicts nor an audience to read", async () => {
  for (const { kind, id } of [...posts.slice(0, 3), ...reviews, whisper, polite])
    expect((await platform("GET", `/v1/verdicts/${kind}/${id}`)).status, id).toBe(404);
  for (const name of [GONE, audienceCase])
    expect((await platform("GET", `/v1/accounts/${name}/audience`)).status).toBe(404);
  expect((await admin("GET", "/v1/policies/house/shadows")).json.latest).toEqual([]);
});

it("makes a backup of the stored words unreadable, with every key that is left", async () => {
  const table = operator.table("Content");
  const now = new Date();
  const gone = [...posts, ...reviews];
  const rows = gone.map(({ kind, id }) => {
    const row = backup.find(({ pk }) => pk === `demo#${kind}#${id}`);
    if (!row) throw new Error("not in the backup");
    return { row, of: { tenant: "demo", author: GONE, ref: refOf({ kind, id }) } };
  });
  for (const { row } of rows) await table.client.send(new PutCommand({ TableName: table.name, Item: row }));
  // A later post gives the author a new key, which must not open the old rows either.
  await send([aPost("gone-later", ABUSE, { revision: "r1", author })]);
  await eventually(
    () => platform("GET", "/v1/verdicts/post/gone-later"),
    ({ json }) => json?.verdicts?.length > 0,
  );
  await quiet();
  const later = { tenant: "demo", author: GONE, ref: refOf({ kind: "post", id: "gone-later" }) };
  expect((await contents.get(later, now))?.text).toBe(ABUSE);
  for (const { of, row } of rows) {
    expect(await contents.get(of, now), of.ref.id).toBeUndefined();
    const context = `content#demo#${of.ref.kind}#${of.ref.id}#r1`;
    await expect(keys.open("demo", context, row.sealed as Uint8Array)).rejects.toThrow();
  }
  const shown = await moderator("GET", `/v1/cases/${caseIdFor(posts[1] ?? whisper)}`);
  expect(shown.json.content).toBeUndefined();
  for (const { row } of rows)
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk: row.pk, sk: row.sk } }));
});

it("keeps evidence of harm to a child readable for a moderator, though its author's key is gone", async () => {
  const shown = await moderator("GET", `/v1/cases/${caseIdFor(danger)}`);
  expect(shown.json).toMatchObject({ state: "open", content: { text: danger.text }, verdict: { authorId: GONE } });
});

it("keeps what was decided, without the note, and takes open cases out of every lane, under one pseudonym", async () => {
  const decided = await moderator("GET", `/v1/cases/${noted}`);
  expect(decided.json).toMatchObject({ state: "erased", decision: { outcome: "uphold", reason: "violates_policy" } });
  expect(decided.json.decision.note).toBeUndefined();
  expect(decided.text).not.toContain(PLANTED);
  const erased = [...posts, ...reviews, whisper].map(caseIdFor).concat(audienceCase);
  const names = new Set<string>();
  for (const id of erased) {
    const found = await caseRow(id);
    expect(found?.state).toBe("erased");
    names.add(found?.verdict.authorId ?? "");
  }
  expect([...names]).toEqual([expect.stringMatching(/^erased\.[A-Za-z0-9_-]{22}$/)]);
  const open = new Set((await allCases(moderator)).map(({ id }) => id));
  expect(erased.filter((id) => open.has(id))).toEqual([]);
  const late = { id: "decision-0002", outcome: "overturn", reason: "other", version: 2 };
  expect((await moderator("POST", `/v1/cases/${caseIdFor(whisper)}/decisions`, late)).status).toBe(409);
});

it("touches no other author", async () => {
  for (const { kind, id, text } of theirs) {
    const { json } = await platform("GET", `/v1/verdicts/${kind}/${id}`);
    expect(json.verdicts).toMatchObject([{ authorId: STAYS, action: "flag" }]);
    const shown = await moderator("GET", `/v1/cases/${caseIdFor({ kind, id })}`);
    expect(shown.json).toMatchObject({ state: "open", content: { text } });
  }
  expect((await platform("GET", "/v1/targets/hotel-1")).json.all.count).toBe(reviews.length);
});

it("drops what the author sent before and what arrives only now", async () => {
  const before = new Date(Date.now() - 3_600_000);
  const queues = { post: "QueuePosts", review: "QueueReviews", follow: "QueueAudiences" } as const;
  const late = [
    aPost("late-post", ABUSE, { revision: "r1", author }),
    { ...whisper, id: "late-private" },
    { ...reviews[0], id: "late-review", target: { id: "hotel-2" } },
    { ...follows, id: "late-follows" },
  ];
  const namedIn = async () =>
    (await operator.allRows())
      .filter(({ row }) => readable(row).includes(GONE))
      .map(({ row }) => `${row.pk} ${row.sk}`);
  const names = await namedIn();
  for (const wire of late) {
    const parsed = itemSchema.parse(wire);
    const message = await toMessage(keys, "demo", await prepareItem(keys, "demo", parsed), before);
    const QueueUrl = operator.output(queues[parsed.kind as keyof typeof queues]);
    await operator.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  }
  // A verdict, too, that waited for its case while its author was erased.
  const waited = exampleVerdict({ tenant: "demo", authorId: GONE, receivedAt: before.toISOString() });
  const QueueUrl = operator.output("QueueReview");
  await operator.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ v: 1, verdict: waited }) }));
  await quiet();
  for (const { kind, id } of [...late] as { kind: string; id: string }[])
    expect((await platform("GET", `/v1/verdicts/${kind}/${id}`)).status, id).toBe(404);
  expect((await platform("GET", "/v1/targets/hotel-2")).status).toBe(404);
  expect(await namedIn()).toEqual(names);
});

it("can be asked for again, and is done at once", async () => {
  const again = await admin("POST", `/v1/authors/${GONE}/erasures`, {});
  expect(again.json).toEqual({ erased: 1, held: 1, done: true });
  const shown = await moderator("GET", `/v1/cases/${caseIdFor(danger)}`);
  expect(shown.json.content.text).toBe(danger.text);
  const bad = await admin("POST", `/v1/authors/${GONE}/erasures`, { cursor: "nonsense" });
  expect([bad.status, bad.json.errors[0].pointer]).toEqual([422, "/cursor"]);
});
