import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { CloudProcess } from "../../../bench/soak/cloud-process.ts";
import { checkInvariants } from "../../../bench/soak/invariants.ts";
import { observer } from "../../../bench/soak/observe.ts";
import { noPromises } from "../../../bench/soak/promises.ts";
import { ask, sendItems } from "../../../bench/soak/send-items.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import type { Connection } from "../../../local/connection.ts";
import { aPost, eventually } from "../pipeline/api.ts";
import { someItems } from "./some-items.ts";

const STREAMS = 4;
const EACH = 40;

const cloud = new CloudProcess();
afterAll(() => cloud.end());

let now: Connection | undefined;
const reachAs = (role: string) => () => now && { url: now.url, token: now.tokens[role] ?? "" };
const kill = async () => {
  now = undefined;
  await cloud.stop("SIGKILL");
};
const start = async () => {
  now = await cloud.start();
  return now;
};

it("killed by kill -9 three times, in mid-stream and between a decision and its event, it keeps every promise", async () => {
  await bundleFunctions();
  const first = await start();
  const promises = noPromises(first.tenant);
  const [platform, moderator] = [reachAs("platform"), reachAs("moderator")];
  const send = (label: string) => sendItems(platform, promises, someItems(label, EACH), Date.now() + 60_000);

  // First: after a decision's write, before its event.
  const insult = aPost("decided-1", "you are an idiot and a loser, nobody likes you");
  await sendItems(platform, promises, [insult], Date.now() + 20_000);
  const listed = await eventually(
    () => ask(moderator, "GET", "/v1/cases?limit=5"),
    (answer) => answer?.json.cases.length === 1,
  );
  const [{ id }] = listed?.json.cases ?? [];
  await cloud.behave({ faults: [{ match: { service: "sns", resource: "Decisions" }, effect: "delay", ms: 60_000 }] });
  const body = { id: "decision-1", outcome: "uphold", reason: "violates_policy", version: 1 };
  const cut = ask(moderator, "POST", `/v1/cases/${id}/decisions`, body);
  const log = join(cloud.dataDir, "logs", "cloud.log");
  await eventually(
    async () => readFileSync(log, "utf8"),
    (text) => text.includes("hostile: delay sns:"),
  );
  await kill();
  expect(await cut).toBeUndefined();
  promises.decisions.set(id, "decision-1");

  // Twice more: in the middle of a stream of posts, reviews and follows.
  await cloud.behave({ deliveries: { twice: 0.3, late: 0.2, laterSeconds: 2 } });
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

  Object.assign(process.env, now?.environment);
  const look = observer(now?.outputs ?? {});
  await eventually(
    async () => [await look.depth(), await look.owing()],
    (left) => left.every((one) => one === 0),
    100,
  );
  for (const { invariant, violations } of checkInvariants(promises, await look.all()))
    expect(violations, invariant).toEqual([]);
  expect(promises.accepted.size).toBe(1 + 2 * STREAMS * EACH);
  look.close();
}, 200_000);
