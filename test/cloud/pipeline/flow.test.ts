import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postItems } from "../../../local/sample/post-items.ts";
import { STORIES } from "../../../local/sample/sample.ts";
import { breakerStates } from "../../../shared/store/breaker-states.ts";
import { flowCounts } from "../../../shared/store/flow-counts.ts";
import { verdictJournal } from "../../../shared/store/verdict-journal.ts";
import { openWholeCloud, type WholeCloud } from "../security/whole-cloud.ts";
import { type Api, aPost, apiOf, eventually } from "./api.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

let whole: WholeCloud;
const apis = new Map<string, Record<"platform" | "admin", Api>>();
const as = (tenant: string): Record<"platform" | "admin", Api> => {
  const known = apis.get(tenant);
  if (!known) throw new Error(`no tenant ${tenant}`);
  return known;
};
beforeAll(async () => {
  whole = await openWholeCloud();
  for (const tenant of ["shadowed", "flooded", "calm"]) {
    await whole.addTenant(tenant);
    const api = async (role: "platform" | "admin") => apiOf(whole.cloud, await whole.keyFor(tenant, role));
    apis.set(tenant, { platform: await api("platform"), admin: await api("admin") });
  }
});
afterAll(() => whole?.end());

const send = async (tenant: string, items: readonly unknown[]): Promise<void> => {
  for (let from = 0; from < items.length; from += 100) {
    const { status, text } = await as(tenant).platform("POST", "/v1/items", { items: items.slice(from, from + 100) });
    expect(status, text).toBe(202);
  }
};
async function journalled(tenant: string): Promise<{ id: string; revision: string }[]> {
  const range = { from: new Date(Date.now() - DAY), to: new Date(Date.now() + MINUTE) };
  const entries = [];
  for await (const page of verdictJournal(whole.table("TableVerdicts")).read(tenant, range))
    entries.push(...page.entries.map(({ ref: { id, revision } }) => ({ id, revision })));
  return entries;
}

describe("a candidate beside the active policies, on the sample's posts", () => {
  it("decides nothing, and its differences are counted and shown with both rules; all verdicts are journalled", async () => {
    const { admin, platform } = as("shadowed");
    const document = {
      id: "house",
      title: "Insults are held, promotion is welcome",
      inherits: "touchstone-default",
      disable: ["promotion"],
      rules: [
        {
          name: "insult",
          when: "label.insult.severity >= 3 && label.insult.probability >= 0.5",
          action: "hold",
          reasonCode: "insult",
        },
      ],
    };
    const saved = await admin("POST", "/v1/policies/house/versions", { document, note: "stricter" });
    expect(saved.status, saved.text).toBe(200);
    const started = await admin("POST", "/v1/policies/house/shadows", { version: 1, run: true });
    expect(started.status, started.text).toBe(200);
    const before = await admin("GET", "/v1/policies/house/shadows");
    expect(before.json).toMatchObject({ version: 1, isRunning: true, evaluated: 0, different: 0, latest: [] });

    const items = postItems(STORIES, new Date());
    await send("shadowed", items);
    const { json } = await eventually(
      () => admin("GET", "/v1/policies/house/shadows"),
      (answer) => answer.json?.evaluated === items.length,
    );
    expect(json.different).toBeGreaterThan(3);
    expect(json.different).toBeLessThan(items.length / 2);
    expect(json.share.low).toBeLessThan(json.different / json.evaluated);
    expect(json.moves.reduce((sum: number, one: { items: number }) => sum + one.items, 0)).toBe(json.different);
    expect(json.moves.map(({ from, to }: { from: string; to: string }) => `${from}>${to}`)).toContain("flag>hold");
    expect(json.latest).toHaveLength(Math.min(50, json.different));
    for (const { ref, decided, candidate } of json.latest) {
      const { json: known } = await platform("GET", `/v1/verdicts/post/${ref.id}?revision=${ref.revision}`);
      // Nothing of it was done.
      expect(known.verdicts[0]).toMatchObject({ action: decided.action, policy: { id: "touchstone-default" } });
      expect(candidate.policy.id).toMatch(/house|touchstone-default/);
      expect([candidate.action, candidate.queue]).not.toEqual([decided.action, decided.queue]);
    }
    const hold = json.latest.find((one: { candidate: { action: string } }) => one.candidate.action === "hold");
    expect(hold).toMatchObject({ decided: { policy: { rule: "insult" } }, candidate: { policy: { rule: "insult" } } });

    // What comes again differs no more than once.
    await send("shadowed", items.slice(0, 50));
    expect(await whole.cloud.idle(20_000)).toBe(true);
    const again = await admin("GET", "/v1/policies/house/shadows");
    expect([again.json.evaluated, again.json.different]).toEqual([json.evaluated, json.different]);

    const entries = await journalled("shadowed");
    expect(new Set(entries.map(({ id, revision }) => `${id}#${revision}`)).size).toBe(items.length);
    expect(entries).toHaveLength(items.length);
    expect(await journalled("calm")).toEqual([]);
  });

  it("shows nothing of an author who was forgotten", async () => {
    const { admin } = as("shadowed");
    const { json } = await admin("GET", "/v1/policies/house/shadows");
    const [first] = json.latest;
    const { json: known } = await admin("GET", `/v1/verdicts/post/${first.ref.id}`);
    const author = known.verdicts[0].authorId;
    await eventually(
      () => admin("POST", `/v1/authors/${author}/erasures`, {}),
      (answer) => answer.json?.done === true,
    );
    const after = await admin("GET", "/v1/policies/house/shadows");
    expect(after.json.different).toBe(json.different);
    expect(after.text).not.toContain(first.ref.id);
    expect(after.json.latest.length).toBeGreaterThan(0);
  });
});

describe("a flood", () => {
  const card = (tenant: string, n: number) =>
    aPost(`${tenant}-card-${n}`, `take mine, ${n}: 4111 1111 1111 1111, 12/29`);
  const verdictOf = (tenant: string, id: string) =>
    eventually(
      () => as(tenant).platform("GET", `/v1/verdicts/post/${id}`),
      ({ json }) => json?.verdicts?.length > 0,
    ).then(({ json }) => json.verdicts[0]);

  it("of a rule's hits is held at flag, and of nobody else's; a person ends it", async () => {
    const flows = flowCounts(whole.table("TableSignals"));
    // Two days in which one item of two hundred showed a payment card.
    for (let slot = 1; slot <= 48; slot += 1) {
      const counts = { "post|n": 200, "post|r|payment-data": 1, "post|l|privacy.pii": 1 };
      for (const tenant of ["flooded", "calm"])
        await flows.add(tenant, counts, 0, new Date(Date.now() - slot * 60 * MINUTE));
    }
    for (const tenant of ["flooded", "calm"]) {
      await send(tenant, [card(tenant, 0)]);
      expect(await verdictOf(tenant, `${tenant}-card-0`)).toMatchObject({
        action: "hold",
        policy: { rule: "payment-data" },
      });
    }
    // It goes on: each execution environment says what it counted every ten seconds.
    const flood: { id: string }[] = [];
    const held = await eventually(
      async () => {
        const more = Array.from({ length: 40 }, (_, n) => card("flooded", flood.length + n + 1));
        flood.push(...more);
        await send("flooded", more);
        await new Promise((resolve) => setTimeout(resolve, 800));
        return as("flooded").admin("GET", "/v1/quarantines");
      },
      ({ json }) => json?.quarantines.length === 2,
      40,
    );
    expect(held.json.quarantines).toMatchObject([
      { subject: "rule", name: "payment-data", kind: "post", effect: "flag" },
      { subject: "label", name: "privacy.pii", kind: "post", effect: "flag" },
    ]);
    expect(held.json.history.map(({ type }: { type: string }) => type)).toEqual(["breaker.opened", "breaker.opened"]);
    const { owed } = await eventually(
      () => breakerStates(whole.table("TableSignals")).read("flooded", true),
      (state) => state.owed.length === 0,
    );
    expect(owed).toEqual([]);

    // Nothing is lost: each has its verdict and its case, and what comes is flagged once the breaker is known everywhere.
    expect(await whole.cloud.idle(30_000)).toBe(true);
    expect((await journalled("flooded")).map(({ id }) => id).sort()).toEqual(
      [card("flooded", 0), ...flood].map(({ id }) => id).sort(),
    );
    let n = 10_000;
    const capped = await eventually(
      async () => {
        n += 1;
        await send("flooded", [card("flooded", n)]);
        return verdictOf("flooded", `flooded-card-${n}`);
      },
      ({ action }) => action === "flag",
      45,
    );
    expect(capped.policy).toMatchObject({ rule: "payment-data", quarantined: true });
    expect(capped.explanation.at(-1)).toMatchObject({ label: "policy", title: "held by the flood breaker" });

    await send("calm", [card("calm", 1)]);
    expect(await verdictOf("calm", "calm-card-1")).toMatchObject({ action: "hold" });
    expect((await as("calm").admin("GET", "/v1/quarantines")).json).toEqual({ quarantines: [], history: [] });

    const body = { subject: "rule", name: "payment-data", note: "our own campaign" };
    const reset = await as("flooded").admin("POST", "/v1/quarantines/resets", body);
    expect(reset.json.closed).toMatchObject([{ subject: "rule", name: "payment-data" }]);
    const left = await as("flooded").admin("GET", "/v1/quarantines");
    expect(left.json.quarantines).toMatchObject([{ subject: "label", name: "privacy.pii" }]);
    expect(left.json.history[0]).toMatchObject({ type: "breaker.closed", note: "our own campaign" });
    expect(whole.logged()).not.toMatch(/our own campaign|4111/);
  });
});
