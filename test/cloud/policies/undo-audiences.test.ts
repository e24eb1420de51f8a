import { afterAll, describe, expect, it } from "vitest";
import { caseIdOf, decide, eraseAuthor, openCase } from "../../../shared/domain/case.ts";
import type { UndoItem } from "../../../shared/domain/undo.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { entryOf } from "../../../shared/policy/entry-of.ts";
import { audienceVerdictStore } from "../../../shared/store/audience-verdicts.ts";
import { everyNow, TENANT } from "./job-world.ts";
import { audited, dryRun, endWorlds, freshWorld, judged, NOW, publishedBy, run } from "./undo-world.ts";

afterAll(endWorlds);

describe("an undo of verdicts on audiences", () => {
  const EXPECTED = { closed: "close", caseless: "publish", upheld: "kept_human", erased: "gone", forgotten: "gone" };
  const accounts = [...Object.keys(EXPECTED), "evolved"];
  const version = (account: string, number: number): Verdict => {
    const made = judged(account, [{ label: "fake_following.bought", source: "audience-windows" }]);
    return {
      ...made,
      ref: { kind: "audience", id: account, revision: `v${number}` },
      authorId: account,
      audience: { account, followers: 10 * number, scored: 0, windows: [] },
    };
  };
  const caseOf = (account: string): string => caseIdOf(TENANT, version(account, 1).ref);
  const asIn = (items: readonly Omit<UndoItem, "rank">[]) =>
    Object.fromEntries(
      items.map(({ ref, outcome }) => {
        const account = accounts.find((one) => caseOf(one) === ref.id);
        return [`${account ?? ref.id}${account === "evolved" ? ` ${ref.revision}` : ""}`, outcome];
      }),
    );
  const expected = { ...EXPECTED, "evolved v1": "kept_superseded", "evolved v2": "close" };

  async function audienceWorld() {
    const world = await freshWorld(async () => undefined);
    const audiences = audienceVerdictStore(world.tables.verdicts);
    for (const account of accounts)
      for (const number of account === "evolved" ? [1, 2] : [1]) {
        const made = version(account, number);
        await audiences.add(made, number, 400);
        await world.journal.append(TENANT, [entryOf(made)]);
        if (account !== "caseless") await world.cases.open(openCase(made, NOW));
      }
    const by = { id: "by-hand", outcome: "uphold", reason: "other", by: "key:1", at: NOW.toISOString() } as const;
    await world.cases.decide(decide(openCase(version("upheld", 1), NOW), by, 1).case, 1, NOW);
    // Erased: its case first, then its versions; of one an erasure was cut off between them.
    for (const account of ["erased", "forgotten"]) {
      await world.cases.replace(eraseAuthor(openCase(version(account, 1), NOW), "erased.a"), 1);
      if (account === "forgotten") await audiences.removeSome(TENANT, account);
    }
    return { ...world, audiences };
  }

  it.each([
    ["a rule", { rule: "bought-followers" }],
    ["an analyzer's version", { model: "audience-windows@7" }],
  ])(
    "takes back the latest of each account, for %s, and names none of them in what it keeps",
    async (_, cause) => {
      const world = await audienceWorld();
      const dry = await dryRun(world, cause);
      // Of what is erased nobody knows any more which analyzer said it.
      const { forgotten: __, ...known } = expected;
      const found = "model" in cause ? known : expected;
      expect(asIn([...dry.result.sample, ...dry.result.exceptions])).toEqual(found);
      const { id, state } = await run(world, dry.id, { twice: true, short: true, breaks: everyNow(12, 7) });
      expect(state).toBe("done");
      const audit = await audited(world, id);
      expect(asIn(audit)).toEqual(found);
      for (const account of accounts) expect(JSON.stringify(audit)).not.toContain(`"${account}"`);

      const by = `undo:${id}`;
      const closed = await world.cases.get(TENANT, caseOf("evolved"));
      expect(closed).toMatchObject({ state: "decided", decision: { reason: "cause_undone", by }, reversed: { by } });
      const marked = await Promise.all(
        accounts.map(async (account) => (await world.audiences.latest(TENANT, account, NOW))?.reversal?.by === by),
      );
      expect(accounts.filter((_, index) => marked[index])).toEqual(["closed", "caseless", "evolved"]);
      // Platforms hear of the account: they know it, and are to give back what they took.
      expect([...new Set(publishedBy(world, id).map(({ ref }) => ref.id))].sort()).toEqual([
        "caseless",
        "closed",
        "evolved",
      ]);
    },
    60_000,
  );
});
