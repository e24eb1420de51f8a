import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReceiver, type Receiver } from "../delivery/receiver.ts";
import { aPost, eventually } from "../pipeline/api.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { runCli } from "./run-cli.ts";

// Subscriptions and what was sent to them, from a terminal, with a receiver in a process of its own.

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-alerts-"));
let receiver: Receiver;

const cli = (...args: string[]) => runCli(touchstone.dataDir, args);
const asked = (...args: string[]) => {
  const { status, stdout, stderr } = cli(...args, "--json");
  return { status, stderr, json: stdout === "" ? undefined : JSON.parse(stdout) };
};
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
/** A webhook by every event, as a platform has it, from a YAML file. */
const subscribe = (name: string, answers: string, more = ""): string => {
  const file = fileOf(
    `${name}.yaml`,
    `# Of a test.
name: Of ${name}
places: [verdict]
channel:
  type: webhook
  url: ${receiver.at(answers, name)}
  stream: true
${more}`,
  );
  const { status, stderr, json } = asked("subscriptions", "save", file);
  expect([status, stderr]).toEqual([0, ""]);
  return json.id;
};
const handIn = (name: string, count: number): void => {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      ...aPost(`${name}-${n}`, `You are an idiot and a loser, number ${n}.`),
      author: { id: `author-${name}` },
    }),
  );
  expect(asked("ingest", fileOf(`${name}.jsonl`, `${lines.join("\n")}\n`)).json).toMatchObject({ accepted: count });
};
/** A new subscription is followed within half a minute. */
const followed = () => wait(31_000);
const log = (id: string, ...more: string[]) =>
  asked("deliveries", "list", id, "--limit", "1000", ...more).json.deliveries;

beforeAll(async () => {
  receiver = await openReceiver();
  process.env.TOUCHSTONE_WEBHOOK_HOSTS = `127.0.0.1:${receiver.ports.http}`;
  await touchstone.start();
});
afterAll(async () => {
  await touchstone.end();
  receiver?.close();
  rmSync(folder, { recursive: true });
});

it("a fresh start has somebody who hears of something, by mail and in the inbox", () => {
  const { stdout } = cli("subscriptions");
  expect(stdout).toMatch(/^sub_demoharm0000 +Harm to life +verdict +inbox +at once +active$/m);
  expect(stdout).toMatch(/^sub_demobybrand0 .+ email bruno@\S+ +at once +active$/m);
  expect(cli("subscriptions", "test", "sub_demobybrand0").stdout).toMatch(/^msg_\S+ {2}delivered\n/);
});

describe("a subscription's file", () => {
  it("with faults is refused at their places, and nothing is saved", () => {
    const wrong = fileOf(
      "wrong.yaml",
      `name: Wrong
places: [verdict]
filter:
  kinds: [review]
  minSeverity: 9
when: item.reach > 5
channel: { type: webhook, url: "https://10.0.0.1/x" }
`,
    );
    const { status, stdout, stderr } = cli("subscriptions", "save", wrong);
    expect([status, stderr]).toEqual([1, "touchstone: subscriptions save: nothing was saved: 1 fault\n"]);
    expect(stdout).toMatch(new RegExp(`^${wrong}:5:16 /filter/minSeverity: .+\n  5 \\|   minSeverity: 9\n +\\^\n`));
    const further = fileOf(
      "further.yaml",
      'name: W\nplaces: [verdict]\nwhen: item.reach > 5\nchannel: { type: webhook, url: "https://10.0.0.1/x" }\n',
    );
    const shown = cli("subscriptions", "save", further);
    expect([shown.status, shown.stderr]).toEqual([1, expect.stringContaining("nothing was saved: 2 faults")]);
    expect(shown.stdout).toMatch(/further\.yaml:3:7 \/when: /);
    expect(shown.stdout).toMatch(/further\.yaml:4:32 \/channel\/url: /);
    expect(asked("subscriptions", "save", further).json).toMatchObject({
      ok: false,
      faults: [{ line: 3 }, { line: 4 }],
    });
    expect(cli("subscriptions").stdout).not.toContain("Wrong");
    expect(cli("subscriptions", "save", fileOf("broken.yaml", "name: [")).stderr).toMatch(
      /neither YAML nor JSON at line \d, column \d/,
    );
  });

  it("is changed under its id, from the version that was seen", () => {
    const id = subscribe("changed", "200");
    const other = fileOf("other.json", JSON.stringify({ name: "Other", places: ["case"], channel: { type: "inbox" } }));
    expect(asked("subscriptions", "save", other, "--id", id).json).toMatchObject({ id, version: 2 });
    const third = fileOf("third.json", JSON.stringify({ name: "3", places: ["case"], channel: { type: "inbox" } }));
    const late = cli("subscriptions", "save", third, "--id", id, "--version", "1");
    expect([late.status, late.stdout]).toEqual([1, ""]);
    expect(late.stderr).toContain("Somebody changed the subscription meanwhile");
    expect(cli("subscriptions", "save", other, "--id", id, "--version", "first").stderr).toBe(
      "touchstone: subscriptions save: --version takes a whole number from 1 on\n",
    );
    expect(cli("subscriptions", "test", id).stderr).toContain("goes to the inbox");
    expect(cli("subscriptions", "delete", id).stdout).toBe(`${id} is gone\n`);
    expect(cli("subscriptions", "delete", id).status).toBe(1);
  });
});

describe("a webhook", () => {
  it("gets a secret that can be piped, verifies with it, and is tested", async () => {
    const id = subscribe("tested", "verified");
    expect(cli("subscriptions", "endpoint", id).stdout).toMatch(/^well: .+\nnobody has asked for its secret: /);
    // Nobody knows its secret: the receiver refuses what it cannot verify.
    const refused = cli("subscriptions", "test", id);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toMatch(/^msg_\S+ {2}failed\ntells of: subscription test\n/);
    expect(refused.stdout).toContain("The receiver found the request wrong (400).");
    expect(refused.stdout).toContain(`\`subscriptions test ${id}\` sends another`);

    const first = cli("subscriptions", "rotate-secret", id);
    expect(first.stdout).toMatch(/^whsec_[A-Za-z0-9+/]{43}=\n$/);
    expect(first.stderr).toMatch(/^Messages are signed with this secret from now on, .*\n$/);
    await receiver.knows({ tested: [first.stdout.trim()] });
    const passed = cli("subscriptions", "test", id);
    expect([passed.status, passed.stdout]).toEqual([0, expect.stringMatching(/^msg_\S+ {2}delivered\n/)]);

    const second = cli("subscriptions", "rotate-secret", id);
    expect(second.stdout).not.toBe(first.stdout);
    expect(second.stderr).toMatch(/with the one before until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    // The receiver still knows the one before only.
    expect(cli("subscriptions", "test", id).status).toBe(0);
    expect(cli("subscriptions", "endpoint", id).stdout).toMatch(
      /a secret signs since .+\nthe one before signs beside it until /,
    );
    expect(
      cli("audit", "--action", "secret.rotated")
        .stdout.split("\n")
        .filter((line) => line.includes(id)),
    ).toHaveLength(2);
  });

  it("that failed is told so with the reason, and what it missed is sent again by hand", async () => {
    const id = subscribe("failing", "500");
    expect(cli("subscriptions", "rotate-secret", id).stderr).toBe(
      "This is the secret that its messages are signed with; it is not shown again.\n",
    );
    await followed();
    handIn("failing", 1);
    const [failed] = await eventually(
      async () => log(id),
      (found) => found.length === 1 && found[0].attempts.length > 0,
    );
    cli("subscriptions", "disable", id);
    expect(cli("deliveries", "show", failed.id).stdout).toContain("  500 after ");
    await eventually(
      async () => log(id, "--state", "cancelled"),
      (found) => found.length === 1,
      60,
    );
    expect(cli("deliveries", "list", id).stdout).toMatch(
      new RegExp(`${failed.id} +verdict flagged +cancelled +\\d +paused by hand: 500\n`),
    );
    const shown = cli("deliveries", "show", failed.id).stdout;
    expect(shown).toContain("why: The subscription was paused before it was sent.");
    expect(shown).toContain(`\`subscriptions enable ${id}\`, then \`deliveries replay ${failed.id}\` sends it again`);
    expect(shown).not.toContain("idiot");
    const paused = cli("deliveries", "replay", failed.id);
    expect([paused.status, paused.stdout]).toEqual([1, ""]);
    expect(paused.stderr).toContain("The subscription is paused");

    await receiver.answers("failing", "200");
    cli("subscriptions", "enable", id);
    expect(cli("deliveries", "replay", "--subscription", id, "--since", "1h").stdout).toBe(
      "1 delivery is on its way again\n",
    );
    await eventually(
      async () => log(id, "--state", "delivered"),
      (found) => found.length === 1,
    );
    const got = await receiver.requests("failing");
    expect(got.length).toBeGreaterThan(1);
    expect(new Set(got.map((one) => one.id))).toEqual(new Set([failed.id]));
    expect(cli("deliveries", "replay", "--subscription", id, "--since", "1h").stdout).toBe(
      "nothing in that window is failed or cancelled\n",
    );
    expect(log(id, "--until", "1h")).toEqual([]);
  }, 120_000);

  it("that lost what it had is sent a whole window, page by page, without repeats in a page", async () => {
    const MANY = 130;
    const id = subscribe("many", "200");
    await followed();
    handIn("many", MANY);
    await eventually(
      async () => log(id, "--state", "delivered").length,
      (count) => count === MANY,
      120,
    );
    const replayed = asked("deliveries", "replay", "--subscription", id, "--since", "1h", "--state", "delivered");
    expect(replayed.json).toEqual({ replayed: MANY });
    const got = await eventually(
      () => receiver.requests("many"),
      (found) => found.length >= 2 * MANY,
      120,
    );
    const times = Map.groupBy(got, (one) => one.id);
    expect(times.size).toBe(MANY);
    expect([...times.values()].every((of) => of.length === 2)).toBe(true);
    const short = cli("deliveries", "list", id, "--limit", "2").stdout.trimEnd().split("\n");
    expect(short).toHaveLength(4);
    expect(short.at(-1)).toContain("there may be more");
  }, 240_000);
});

describe("what is asked", () => {
  it.each([
    [["deliveries", "list", "sub_aaaaaaaaaaaa"]],
    [["deliveries", "show", `msg_${"a".repeat(22)}`]],
    [["deliveries", "replay", `msg_${"a".repeat(22)}`]],
    [["subscriptions", "endpoint", "sub_aaaaaaaaaaaa"]],
    [["subscriptions", "rotate-secret", "sub_aaaaaaaaaaaa"]],
    [["subscriptions", "test", "nonsense"]],
  ])("%j: what is not there is one line and exit code 1", (args) => {
    const { status, stdout, stderr } = cli(...args);
    expect([status, stdout, stderr.split("\n").length]).toEqual([1, "", 2]);
  });

  it("audit is narrowed by who and by what", () => {
    const { json } = asked("audit", "--action", "subscription.saved", "--limit", "500");
    expect(json.entries.length).toBeGreaterThan(3);
    expect(new Set(json.entries.map(({ action }: { action: string }) => action))).toEqual(
      new Set(["subscription.saved"]),
    );
    const [{ actor }] = json.entries;
    expect(asked("audit", "--actor", actor, "--action", "subscription.saved", "--limit", "500").json.entries).toEqual(
      json.entries,
    );
    expect(cli("audit", "--actor", "nobody").stdout).toBe("no entry\n");
    expect(cli("audit", "--action", "case.eaten").stderr).toContain("audit: --action takes one of: case.read, ");
  });
});
