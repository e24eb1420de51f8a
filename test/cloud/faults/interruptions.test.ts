import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import { CloudProcess } from "../../../bench/soak/cloud-process.ts";
import { checkInvariants } from "../../../bench/soak/invariants.ts";
import { mishapsIn } from "../../../bench/soak/mishaps.ts";
import { observer } from "../../../bench/soak/observe.ts";
import { noPromises } from "../../../bench/soak/promises.ts";
import { ask, sendItems } from "../../../bench/soak/send-items.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import type { Connection } from "../../../local/connection.ts";
import { aPost, eventually } from "../pipeline/api.ts";
import { someItems } from "./some-items.ts";

// Each with a cloud of its own, side by side: both mostly wait.

const STREAMS = 4;
const EACH = 40;
const MINUTE = 60_000;
const insult = (id: string) => aPost(id, "you are an idiot and a loser, nobody likes you");
const as = (now: Connection | undefined, role: string) => now && { url: now.url, token: now.tokens[role] ?? "" };

const killed = new CloudProcess();
const outage = new CloudProcess();
beforeAll(() => bundleFunctions());
afterAll(() => Promise.all([killed.end(), outage.end()]));

it.concurrent(
  "killed by kill -9 three times, in mid-stream and between a decision and its event, it keeps every promise",
  async ({ expect }) => {
    let now: Connection | undefined;
    const platform = () => as(now, "platform");
    const moderator = () => as(now, "moderator");
    const kill = async () => {
      now = undefined;
      await killed.stop("SIGKILL");
    };
    const start = async () => {
      now = await killed.start();
      return now;
    };
    const promises = noPromises((await start()).tenant);
    const send = (label: string) => sendItems(platform, promises, someItems(label, EACH), Date.now() + 2 * MINUTE);

    // First: after a decision's write, before its event.
    await sendItems(platform, promises, [insult("decided-1")], Date.now() + MINUTE);
    const listed = await eventually(
      () => ask(moderator, "GET", "/v1/cases?limit=5"),
      (answer) => answer?.json.cases.length === 1,
      60,
    );
    const [{ id }] = listed?.json.cases ?? [];
    await killed.behave({
      faults: [{ match: { service: "sns", resource: "Decisions" }, effect: "delay", ms: MINUTE }],
    });
    const body = { id: "decision-1", outcome: "uphold", reason: "violates_policy", version: 1 };
    const cut = ask(moderator, "POST", `/v1/cases/${id}/decisions`, body);
    const log = join(killed.dataDir, "logs", "cloud.log");
    await eventually(
      async () => readFileSync(log, "utf8"),
      (text) => text.includes("hostile: delay sns:"),
    );
    await kill();
    expect(await cut).toBeUndefined();
    promises.decisions.set(id, "decision-1");

    // Twice more: in the middle of a stream of posts, reviews and follows.
    await killed.behave({ deliveries: { twice: 0.3, late: 0.2, laterSeconds: 2 } });
    await start();
    for (const round of [1, 2]) {
      const streams = Array.from({ length: STREAMS }, (_, stream) => send(`kill-${round}-${stream}`));
      const before = promises.accepted.size;
      await eventually(
        async () => promises.accepted.size,
        (size) => size > before,
      );
      await kill();
      const accepted = promises.accepted.size;
      // Whoever got no answer sends again; the next start takes it.
      await start();
      expect(await Promise.all(streams)).toEqual(Array(STREAMS).fill(true));
      expect(promises.accepted.size).toBeGreaterThan(accepted);
    }

    const look = observer(now ?? (await start()));
    await eventually(
      async () => [await look.depth(), await look.owing()],
      (left) => left.every((one) => one === 0),
      240,
    );
    for (const { invariant, violations } of checkInvariants(promises, await look.all()))
      expect(violations, invariant).toEqual([]);
    expect(promises.accepted.size).toBe(1 + 2 * STREAMS * EACH);
    look.close();
  },
  10 * MINUTE,
);

it.concurrent(
  "a minute in which the table of verdicts throttles, then refuses, lets nothing in and costs what was accepted only time",
  async ({ expect }) => {
    // Nothing is worked on before the outage begins.
    await outage.behave({
      faults: [{ match: { service: "sqs", operations: ["ReceiveMessage"] }, effect: "refuse" }],
    });
    const now = await outage.start();
    const platform = () => as(now, "platform");
    const promises = noPromises(now.tenant);
    const items = [insult("flagged-1"), ...someItems("outage", 60)];
    expect(await sendItems(platform, promises, items, Date.now() + MINUTE)).toBe(true);
    const look = observer(now);
    expect(await look.depth()).toBe(items.length);

    const over = Date.now() + MINUTE;
    // Two tries meet the first, and one more the second.
    for (const [effect, until] of [
      ["throttle", over - (3 / 4) * MINUTE],
      ["refuse", over],
    ] as const) {
      await outage.behave({ faults: [{ match: { service: "dynamodb", resource: "Verdicts" }, effect }] });
      const during = await ask(platform, "POST", "/v1/items", { items: [insult(`during-${effect}`)] });
      expect(during?.status).toBeGreaterThanOrEqual(500);
      expect(during?.json.results).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, until - Date.now()));
    }
    // Each is still there: none was handled, none is dead.
    expect(await look.depth()).toBe(items.length);
    expect((await look.all()).dead).toEqual([]);
    await outage.behave({});

    await eventually(
      () => look.depth(),
      (depth) => depth === 0,
      240,
    );
    for (const { invariant, violations } of checkInvariants(promises, await look.all()))
      expect(violations, invariant).toEqual([]);
    look.close();

    const mishaps = mishapsIn(outage.dataDir);
    for (const kind of ["refuse", "throttle"]) expect(mishaps.get(kind), kind).toBeGreaterThan(0);
    // The waits of 5, 15 and 45 seconds outlast the minute: it took three of five tries, and no more.
    for (const name of ["score-post", "score-review", "score-audience"]) {
      const log = readFileSync(join(outage.dataDir, "logs", `${name}.log`), "utf8");
      const tries = [...log.matchAll(/"receives":(\d)/g)].map(([, count]) => Number(count));
      expect(Math.max(...tries), name).toBe(3);
    }
  },
  10 * MINUTE,
);
