import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { type Api, aPost, apiOf, eventually } from "./api.ts";
import { Touchstone } from "./touchstone.ts";

const touchstone = new Touchstone();
let connection: Connection;
let platform: Api;
let moderator: Api;

/** Words that stand in what people wrote and may stand nowhere else. */
const PLANTED = "zephyrquill";

const cli = (...args: string[]) =>
  spawnSync(process.execPath, ["cli/touchstone.ts", ...args, "--data", touchstone.dataDir], { encoding: "utf8" });

beforeAll(async () => {
  connection = await touchstone.start();
  platform = apiOf(connection, connection.tokens.platform);
  moderator = apiOf(connection, connection.tokens.moderator);
});
afterAll(() => touchstone.end());

const verdictOf = (id: string) =>
  eventually(
    () => platform("GET", `/v1/verdicts/post/${id}`),
    ({ json }) => json?.verdicts?.length > 0 && json.pending.length === 0,
  ).then(({ json }) => json.verdicts);

const caseOf = (id: string) =>
  eventually(
    () => moderator("GET", "/v1/cases?limit=200"),
    ({ json }) => json.cases.some((one: { ref: { id: string } }) => one.ref.id === id),
  ).then(({ json }) => json.cases.find((one: { ref: { id: string } }) => one.ref.id === id));

describe("a post goes in", () => {
  it("and an abusive one comes out as a verdict with reasons and as one case with its text", async () => {
    const text = `😀 You are such an idiot, delete your account. ${PLANTED}`;
    const sent = await platform("POST", "/v1/items", { items: [aPost("abuse-1", text)] });
    expect(sent.status).toBe(202);
    const [made] = await verdictOf("abuse-1");
    expect(made.action).toBe("flag");
    const insult = made.labels.find(({ label }: { label: string }) => label === "insult");
    const [start, end] = insult.spans[0];
    expect(text.slice(start, end)).toContain("idiot");
    expect(made.explanation.flatMap(({ why }: { why: string[] }) => why).join(" ")).toMatch(/insult/i);
    expect(made.policy).toMatchObject({ id: "touchstone-default", version: 3 });
    const opened = await caseOf("abuse-1");
    const seen = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(seen.json.content).toEqual({ text, excerpt: false });
  });

  it("and a reply stands under what it answers, with its pictures where the platform shows them", async () => {
    const thread = { id: "cakes" };
    const parent = { ...aPost("cake-1", "Look at my cake."), thread, media: [{ id: "cake-1.jpg", type: "image" }] };
    await platform("POST", "/v1/items", { items: [parent] });
    await verdictOf("cake-1");
    const reply = {
      ...aPost("cake-2", "You are such an idiot, nobody wants your cake."),
      thread: { ...thread, parentId: "cake-1" },
      media: [{ id: "cake-2.png", type: "image", mimeType: "image/png" }],
    };
    await platform("POST", "/v1/items", { items: [reply] });
    const { id } = await caseOf("cake-2");
    const { json } = await moderator("GET", `/v1/cases/${id}`);
    expect(json).toMatchObject({
      content: { media: [{ id: "cake-2.png", type: "image", mimeType: "image/png", url: "/sample-media/cake-2.png" }] },
      thread: { id: "cakes", parent: { id: "cake-1", text: "Look at my cake.", media: [{ id: "cake-1.jpg" }] } },
      links: { item: "/sample-items/post/cake-2" },
      guidance: {
        policy: { id: "touchstone-default" },
        rules: [{ rule: "harassment", action: "flag" }, { rule: "insult" }, { rule: "toxic" }],
      },
    });
    const picture = await fetch(new URL("/sample-media/cake-2.png", connection.url));
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(picture.headers.get("content-security-policy")).toContain("default-src 'none'");
    const author = (await moderator("GET", `/v1/authors/${reply.author.id}`)).json;
    expect(author.items[0]).toMatchObject({ ref: { id: "cake-2" }, case: { id, state: "open" } });
    expect((await moderator("GET", "/v1/search?id=cake-1")).json.matches).toMatchObject([
      { kind: "post", action: "allow" },
    ]);
  });

  it("and an angry customer's is allowed and opens no case", async () => {
    await platform("POST", "/v1/items", {
      items: [aPost("angry-1", "Five hours late again, worst airline ever, I want a refund.")],
    });
    const [made] = await verdictOf("angry-1");
    expect(made.action).toBe("allow");
    const { json } = await moderator("GET", "/v1/cases?limit=200");
    expect(json.cases.some((one: { ref: { id: string } }) => one.ref.id === "angry-1")).toBe(false);
  });

  it("twice and keeps one verdict; changed under the same revision it is refused; edited it gets a second verdict", async () => {
    const item = aPost("edit-1", "what a lovely day", { revision: "r1" });
    expect((await platform("POST", "/v1/items", { items: [item] })).status).toBe(202);
    expect((await platform("POST", "/v1/items", { items: [item] })).status).toBe(202);
    const changed = await platform("POST", "/v1/items", {
      items: [{ ...item, text: "you are an idiot, kill yourself" }],
    });
    expect(changed.status).toBe(409);
    expect(changed.json.type).toBe("urn:touchstone:problem:revision_conflict");
    await verdictOf("edit-1");
    const edited = { ...item, revision: "r2", text: "you are an idiot, kill yourself" };
    expect((await platform("POST", "/v1/items", { items: [edited] })).status).toBe(202);
    const both = await eventually(
      () => verdictOf("edit-1"),
      (made) => made.length === 2,
    );
    expect(
      both.map(({ ref, action }: { ref: { revision: string }; action: string }) => [ref.revision, action !== "allow"]),
    ).toEqual([
      ["r2", true],
      ["r1", false],
    ]);
  });

  it("with control characters and a lone surrogate and arrives unchanged", async () => {
    const text = "You are an idiot \u0000\u0007\ud83d and \u{1f600}";
    await platform("POST", "/v1/items", { items: [aPost("strange-1", text)] });
    const opened = await caseOf("strange-1");
    const seen = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(seen.json.content.text).toBe(text);
  });

  it("through /v1/score, and with store=true the stored verdict is the one answered", async () => {
    const item = aPost("scored-1", "You are such an idiot, nobody likes you");
    const asked = await platform("POST", "/v1/score", { item });
    expect(asked.status).toBe(200);
    expect((await platform("GET", "/v1/verdicts/post/scored-1")).status).toBe(404);
    const stored = await platform("POST", "/v1/score?store=true", { item });
    const [made] = await verdictOf("scored-1");
    expect(made).toEqual(stored.json);
    expect(made.labels).toEqual(asked.json.labels);
    await caseOf("scored-1");
  });
});

describe("a decision", () => {
  it("is published once, with who and why and without the note; a second one loses", async () => {
    const { outputs, environment } = connection;
    Object.assign(process.env, environment);
    // The queue is the test's own: its URL names a host that only the embedded part knows.
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "test-decisions" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    await new SNSClient({}).send(
      new SubscribeCommand({
        TopicArn: outputs.TopicDecisions,
        Protocol: "sqs",
        Endpoint: Attributes?.QueueArn,
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    await platform("POST", "/v1/items", { items: [aPost("decide-1", "you are an idiot and a loser")] });
    const opened = await caseOf("decide-1");
    const body = {
      id: "decision-0001",
      outcome: "overturn",
      reason: "quoted_or_reported",
      version: 1,
      note: `see ${PLANTED}`,
    };
    const [first, second] = await Promise.all([
      moderator("POST", `/v1/cases/${opened.id}/decisions`, body),
      moderator("POST", `/v1/cases/${opened.id}/decisions`, { ...body, id: "decision-0002", outcome: "uphold" }),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const won = first.status === 200 ? first : second;
    const again = await moderator("POST", `/v1/cases/${opened.id}/decisions`, { ...body, id: won.json.decision.id });
    expect(again.json).toEqual(won.json);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(Messages).toHaveLength(1);
    const event = JSON.parse(Messages[0]?.Body ?? "");
    expect(event).toMatchObject({
      tenant: "demo",
      caseId: opened.id,
      decision: { outcome: won.json.decision.outcome },
    });
    expect(Messages[0]?.Body).not.toContain(PLANTED);
    const listed = await moderator("GET", "/v1/cases?limit=200");
    expect(listed.json.cases.some(({ id }: { id: string }) => id === opened.id)).toBe(false);
    const seen = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(seen.json.decision.note).toBe(won.json.decision.note);
  });
});

describe("bad input", () => {
  const item = aPost("bad-1", "fine");
  const cases: [string, unknown, number, string, string][] = [
    ["broken JSON", `{"items":[{"${PLANTED}":"${PLANTED}"`, 400, "malformed_json", ""],
    ["an unknown kind", { items: [{ ...item, kind: PLANTED }] }, 422, "invalid_request", "/items/0/kind"],
    ["an unknown field", { items: [{ ...item, [PLANTED]: PLANTED }] }, 422, "invalid_request", "/items/0"],
    [
      "an unknown inner field",
      { items: [{ ...item, author: { id: "a", [PLANTED]: 1 } }] },
      422,
      "invalid_request",
      "/items/0/author",
    ],
    ["an empty text", { items: [{ ...item, text: "" }] }, 422, "invalid_request", "/items/0/text"],
    ["white space", { items: [{ ...item, text: " \n\t" }] }, 422, "invalid_request", "/items/0/text"],
    ["1 MB of text", { items: [{ ...item, text: PLANTED.repeat(100_000) }] }, 422, "invalid_request", "/items/0/text"],
    ["a separator in the id", { items: [{ ...item, id: `${PLANTED}#1` }] }, 422, "invalid_request", "/items/0/id"],
    ["a path in the id", { items: [{ ...item, id: `../${PLANTED}` }] }, 422, "invalid_request", "/items/0/id"],
    [
      "a control character in the id",
      { items: [{ ...item, id: `${PLANTED}\u0000` }] },
      422,
      "invalid_request",
      "/items/0/id",
    ],
    [
      "a lone surrogate in the id",
      { items: [{ ...item, id: `${PLANTED}\ud800` }] },
      422,
      "invalid_request",
      "/items/0/id",
    ],
    [
      "a time without an offset",
      { items: [{ ...item, createdAt: "2026-11-22T15:04:05" }] },
      422,
      "invalid_request",
      "/items/0/createdAt",
    ],
    [
      "101 items",
      { items: Array.from({ length: 101 }, (_, n) => ({ ...item, id: `bad-${n}` })) },
      422,
      "invalid_request",
      "/items",
    ],
    ["no items", { items: [] }, 422, "invalid_request", "/items"],
    ["a list", [PLANTED], 422, "invalid_request", ""],
  ];
  it.each(cases)("%s is a problem that names the place and the fix", async (_name, body, status, code, pointer) => {
    const answer = await platform("POST", "/v1/items", body);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.json.type).toBe(`urn:touchstone:problem:${code}`);
    expect(answer.json.errors[0].pointer).toBe(pointer);
    expect(answer.json.errors[0].fix).toBeTruthy();
    expect(answer.text).not.toContain(PLANTED);
  });

  it("a wrong content type", async () => {
    const wrongType = await platform("POST", "/v1/items", "a=b", { "content-type": "text/plain" });
    expect([wrongType.status, wrongType.json.errors[0].pointer]).toEqual([415, "header:content-type"]);
  });

  it("one bad item does not refuse the others", async () => {
    const answer = await platform("POST", "/v1/items", {
      items: [aPost("mixed-1", "hi there"), { kind: "post" }, aPost("mixed-2", "hello")],
    });
    expect(answer.status).toBe(202);
    expect(answer.json.results.map(({ status }: { status: string }) => status)).toEqual([
      "accepted",
      "refused",
      "accepted",
    ]);
  });
});

describe("a credential", () => {
  it("is needed, must be known, must not be revoked, and must have the route's role", async () => {
    const body = { items: [aPost("cred-1", "x y z")] };
    const made = cli("keys", "create", "--tenant", "demo", "--role", "platform", "--json");
    expect(made.status).toBe(0);
    const { id, token } = JSON.parse(made.stdout);
    expect((await apiOf(connection, token)("POST", "/v1/items", body)).status).toBe(202);
    expect(cli("keys", "revoke", id, "--tenant", "demo").status).toBe(0);
    const answers = [
      await apiOf(connection, token)("POST", "/v1/items", body),
      await apiOf(connection, undefined)("POST", "/v1/items", body),
      await apiOf(connection, `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)("POST", "/v1/items", body),
      await apiOf(connection, "nonsense")("POST", "/v1/items", body),
      await moderator("POST", "/v1/items", body),
    ];
    expect(answers.map(({ status, type, json }) => [status, type, json.type.split(":").at(-1)])).toEqual([
      [401, "application/problem+json", "revoked_key"],
      [401, "application/problem+json", "missing_key"],
      [401, "application/problem+json", "unknown_key"],
      [401, "application/problem+json", "malformed_key"],
      [403, "application/problem+json", "forbidden"],
    ]);
  });

  it("of another tenant sees nothing of this one", async () => {
    expect(cli("tenants", "create", "neighbour").status).toBe(0);
    const tokenOf = (role: string) => cli("keys", "create", "--tenant", "neighbour", "--role", role).stdout.trim();
    const theirs = apiOf(connection, tokenOf("platform"));
    const theirModerator = apiOf(connection, tokenOf("moderator"));
    await platform("POST", "/v1/items", { items: [aPost("ours-1", "you are an idiot and a loser")] });
    const ours = await caseOf("ours-1");
    expect((await theirs("GET", "/v1/verdicts/post/ours-1")).status).toBe(404);
    expect((await theirModerator("GET", "/v1/cases")).json.cases).toEqual([]);
    expect((await theirModerator("GET", `/v1/cases/${ours.id}`)).status).toBe(404);
    const decision = { id: "decision-9999", outcome: "overturn", reason: "other", version: 1 };
    expect((await theirModerator("POST", `/v1/cases/${ours.id}/decisions`, decision)).status).toBe(404);
  });
});

describe("people's words", () => {
  const filesBelow = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });

  it("of a private message are nowhere on the disk in the clear, though it was flagged", async () => {
    const secret = "quorlanthic";
    const item = aPost("private-1", `${secret}: you are an idiot, I will find you and hurt you`, {
      channel: { id: "dm-7", visibility: "private", surface: "message" },
    });
    await platform("POST", "/v1/items", { items: [item] });
    const opened = await caseOf("private-1");
    const seen = await moderator("GET", `/v1/cases/${opened.id}`);
    expect(seen.json.contentWithheld).toBe("private");
    expect(seen.text).not.toContain(secret);
    const holding = filesBelow(touchstone.dataDir).filter((file) => readFileSync(file).includes(secret));
    expect(holding).toEqual([]);
  });

  it("are in no log, whatever was sent, and nothing is logged as a surprise", async () => {
    // Decisions, refusals, broken JSON and flagged posts with the planted word have all been sent by now.
    const logs = filesBelow(join(touchstone.dataDir, "logs"));
    expect(logs.length).toBeGreaterThan(5);
    const all = logs.map((file) => readFileSync(file, "utf8")).join("\n") + touchstone.printed;
    expect(all.length).toBeGreaterThan(100);
    expect(all).not.toContain(PLANTED);
    expect(all).not.toContain('"surprise"');
  });
});
