import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { aPost, eventually } from "../pipeline/api.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { runCli, startCli } from "./run-cli.ts";

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-cli-"));
let connection: Connection;

const cli = (...args: string[]) => runCli(touchstone.dataDir, args);
const asked = (...args: string[]) => {
  const { status, stdout, stderr } = cli(...args, "--json");
  return { status, stderr, json: stdout === "" ? undefined : JSON.parse(stdout) };
};
const fileOf = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  return file;
};

beforeAll(async () => {
  connection = await touchstone.start();
});
afterAll(async () => {
  await touchstone.end();
  rmSync(folder, { recursive: true });
});

describe("ingest", () => {
  const LINES = 1_500;
  const isBroken = (line: number) => line % 250 === 0;
  const isRefused = (line: number) => line % 100 === 1;
  const lines = Array.from({ length: LINES }, (_, index) => index + 1).map((line) => {
    if (isBroken(line)) return '{"kind":"post",';
    const text = line % 50 === 2 ? `you are an idiot and a loser, number ${line}` : `what a day, number ${line}`;
    return JSON.stringify(aPost(`in-${line}`, text, isRefused(line) ? { zephyrquill: 1 } : {}));
  });
  const good = lines.flatMap((_, index) => (isBroken(index + 1) || isRefused(index + 1) ? [] : [`in-${index + 1}`]));

  it("killed by kill -9 in the middle goes on and loses nothing; bad lines are named by number and place", async () => {
    const file = fileOf("items.jsonl", lines);
    const refused = join(folder, "refused.jsonl");
    const args = ["ingest", file, "--refused", refused];
    const child = startCli(touchstone.dataDir, args);
    const ended = new Promise<string | null>((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
    const states = join(touchstone.dataDir, "ingest");
    await eventually(
      async () => (existsSync(states) ? readdirSync(states) : []).filter((name) => name.endsWith(".json")),
      (found) => found.some((name) => JSON.parse(readFileSync(join(states, name), "utf8")).line > 0),
    );
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");

    const again = asked(...args);
    expect(again.status).toBe(1);
    expect(again.json.resumedAfter).toBeGreaterThan(0);
    expect(again.json).toMatchObject({ accepted: good.length, refused: LINES - good.length });
    const named = readFileSync(refused, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(named.map(({ line }) => line)).toEqual(
      lines.flatMap((_, index) => (isBroken(index + 1) || isRefused(index + 1) ? [index + 1] : [])),
    );
    expect(named.find(({ line }) => line === 101).why).toMatch(/^\/: one field is not part of the schema/);
    expect(named.find(({ line }) => line === 250).why).toMatch(/^not JSON at column 16/);
    expect(again.stderr + JSON.stringify(named)).not.toContain("zephyrquill");
    expect(readdirSync(states)).toEqual([]);

    const all = await eventually(
      async () => Promise.all(good.slice(-20).map(async (id) => asked("verdict", id).json?.verdicts?.length ?? 0)),
      (counts) => counts.every((count) => count === 1),
      60,
    );
    expect(all).toHaveLength(20);
  });

  it("of what was handed in before accepts it again and makes nothing twice", () => {
    const file = fileOf("again.jsonl", lines.slice(1, 20));
    expect(asked("ingest", file)).toMatchObject({ status: 0, json: { accepted: 19, refused: 0, resumedAfter: 0 } });
    expect(asked("verdict", "in-2").json.verdicts).toHaveLength(1);
  });

  it("says in one line what is wrong and how to mend it", () => {
    expect(cli("ingest", join(folder, "missing.jsonl"))).toEqual({
      status: 2,
      stdout: "",
      stderr: "touchstone: ingest: there is no such input file; check its path\n",
    });
    const file = fileOf("one.jsonl", [lines[1] ?? ""]);
    const unreachable = runCli(touchstone.dataDir, ["ingest", file, "--url", "http://127.0.0.1:1"], {
      TOUCHSTONE_KEY: connection.tokens.platform,
    });
    expect(unreachable.status).toBe(2);
    expect(unreachable.stderr).toMatch(/^touchstone: nothing answers at http:\/\/127\.0\.0\.1:1: is it running\?.*\n$/);
    const other = cli("ingest", file, "--tenant", "neighbour");
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining("the key belongs to the tenant demo")]);
    const wrongRole = runCli(touchstone.dataDir, ["ingest", file], { TOUCHSTONE_KEY: connection.tokens.moderator });
    expect([wrongRole.status, wrongRole.stderr]).toEqual([2, expect.stringContaining("intake answered 403")]);
  });
});

describe("a person at the terminal", () => {
  it("sees a verdict, its case with its words made safe, and decides it once", async () => {
    const text = "You are such an idiot \u001b[2J\u202e delete your account";
    const file = fileOf("abuse.jsonl", [JSON.stringify(aPost("=cli-1", text))]);
    expect(cli("ingest", file).stdout).toMatch(/^1 item accepted, 0 refused; /);
    const found = await eventually(
      async () =>
        asked("cases", "--limit", "1000").json.cases.find((one: { ref: { id: string } }) => one.ref.id === "=cli-1"),
      (one) => one !== undefined,
    );
    expect(cli("verdict", "=cli-1").stdout).toMatch(/^flag {2}post =cli-1, revision /);
    expect(cli("verdict", "=cli-1", "--csv").stdout.split("\n")[1]).toMatch(/^post,'=cli-1,/);
    expect(cli("cases", "--lane", found.lane, "--limit", "500").stdout).toContain(found.id);
    const seen = cli("case", found.id).stdout;
    expect(seen).toContain("  | You are such an idiot <U+001B>[2J<U+202E> delete your account\n");
    for (const hidden of ["\u001b", "\u202e"]) expect(cli("case", found.id, "--json").stdout).not.toContain(hidden);
    const decided = asked("decide", found.id, "uphold", "--reason", "violates_policy", "--note", "clear");
    expect(decided).toMatchObject({
      status: 0,
      json: { state: "decided", decision: { outcome: "uphold", note: "clear" } },
    });
    const late = cli("decide", found.id, "overturn", "--reason", "other");
    expect([late.status, late.stdout]).toEqual([1, ""]);
    expect(cli("case", found.id).stdout).toContain("  upheld ");
  });

  it("is told that nothing was found with exit code 1", () => {
    for (const command of ["verdict", "target", "audience"]) {
      const { status, stderr } = cli(command, "nobody");
      expect([command, status, stderr.split("\n").length]).toEqual([command, 1, 2]);
    }
  });

  it("makes, lists and revokes a key", () => {
    expect(asked("tenants", "create", "cli-tenant").json).toEqual({ tenant: "cli-tenant", created: true });
    expect(asked("tenants", "create", "cli-tenant").json.created).toBe(false);
    const { id, token } = asked("keys", "create", "--tenant", "cli-tenant", "--role", "platform", "--days", "2").json;
    const own = fileOf("own.jsonl", [JSON.stringify(aPost("own-1", "hello"))]);
    const withKey = (...args: string[]) => runCli(touchstone.dataDir, args, { TOUCHSTONE_KEY: token });
    expect(withKey("ingest", own, "--tenant", "cli-tenant").status).toBe(0);
    expect(cli("keys", "list", "--tenant", "cli-tenant").stdout).toMatch(new RegExp(`${id} +platform .* until `));
    expect(cli("keys", "list", "--tenant", "cli-tenant").stdout).not.toContain(token.split("_").at(-1));
    expect(cli("keys", "revoke", id, "--tenant", "cli-tenant").stdout).toBe(`revoked ${id}\n`);
    expect(cli("keys", "list", "--tenant", "cli-tenant").stdout).toContain("revoked 20");
    const revoked = withKey("ingest", own);
    expect([revoked.status, revoked.stderr]).toEqual([2, expect.stringContaining("intake answered 401")]);
    expect(cli("keys", "revoke", "000000000000", "--tenant", "cli-tenant").status).toBe(1);
  });
});

describe("dead letters", () => {
  const PLANTED = "quorlanthic";
  const lettersOf = (queue: string, ...more: string[]) =>
    asked("dead-letters", queue, ...more).json.queues[0] as { count: number; letters: Record<string, unknown>[] };

  it("are listed with their reason and without what people wrote, sent again, and deleted when told to", async () => {
    Object.assign(process.env, connection.environment);
    const sqs = new SQSClient({});
    const poison = (id: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: connection.outputs.QueuePosts,
          MessageBody: JSON.stringify({
            v: 1,
            tenant: "demo",
            ref: { kind: "post", id, revision: "r1" },
            item: { text: PLANTED },
          }),
        }),
      );
    expect(cli("dead-letters").stdout).toMatch(/^posts: no dead letter\n/);
    await Promise.all([poison("poison-1"), poison("poison-2")]);
    const dead = await eventually(
      async () => lettersOf("posts"),
      ({ count }) => count === 2,
      120,
    );
    expect(dead.letters.map(({ id }) => id).sort()).toEqual(["poison-1", "poison-2"]);
    expect(dead.letters[0]).toMatchObject({
      tenant: "demo",
      kind: "post",
      revision: "r1",
      reason: "message_does_not_fit_schema",
      receives: 5,
    });
    const shown = cli("dead-letters", "posts").stdout;
    expect(shown).toContain("post poison-1, revision r1: message_does_not_fit_schema");
    expect(shown).not.toContain(PLANTED);
    expect(cli("dead-letters", "posts", "--show-content").stdout).toContain(`    | ${PLANTED}\n`);

    await eventually(
      async () => lettersOf("posts").letters.length,
      (count) => count === 2,
    );
    expect(asked("redrive", "posts", "--max", "1").json).toEqual({ queue: "posts", redriven: 1, left: 0 });
    expect(lettersOf("posts").count).toBe(1);
    // It is as wrong as before and comes back, with the count of its new deliveries.
    await eventually(
      async () => lettersOf("posts").count,
      (count) => count === 2,
      120,
    );

    expect(cli("redrive", "posts", "--discard").status).toBe(2);
    await eventually(
      async () => asked("redrive", "posts", "--discard", "--yes").json.discarded,
      (count) => count > 0,
    );
    await eventually(
      async () => lettersOf("posts").count,
      (count) => count === 0,
    );
  }, 300_000);

  it("that SQS itself moved, since no function ever ended with them, say that nothing recorded a reason", async () => {
    const ref = { kind: "follow", id: "stuck-1", revision: "r1" };
    const MessageBody = JSON.stringify({ v: 1, tenant: "demo", ref });
    await new SQSClient({}).send(
      new SendMessageCommand({ QueueUrl: connection.outputs.QueueAudiencesDead, MessageBody }),
    );
    expect(cli("dead-letters", "audiences").stdout).toContain("follow stuck-1, revision r1: no reason recorded: ");
    expect(lettersOf("audiences").letters[0]).not.toHaveProperty("reason");
    await eventually(
      async () => asked("redrive", "audiences", "--discard", "--yes").json.discarded,
      (count) => count === 1,
    );
  });
});
