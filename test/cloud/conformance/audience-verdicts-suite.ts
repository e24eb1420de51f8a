import { expect, it } from "vitest";
import { caseIdOf } from "../../../shared/domain/case.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { audienceVerdictStore } from "../../../shared/store/audience-verdicts.ts";
import { exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

/** What every store of audience verdicts promises. `tenant` gives a name that no other test uses. */
export function audienceVerdictsSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const made = (version: number, more: Partial<Verdict> = {}, account = "shop-1"): Verdict =>
      exampleVerdict({
        tenant: name,
        ref: { kind: "audience", id: account, revision: `v${version}` },
        authorId: account,
        audience: { account, followers: version, scored: 0, windows: [] },
        scoredAt: NOW.toISOString(),
        ...more,
      });
    return { store: audienceVerdictStore(tables().verdicts), name, made };
  };

  it("answers with the newest version, by number and not by letter", async () => {
    const { store, name, made } = open();
    expect(await store.latest(name, "shop-1", NOW)).toBeUndefined();
    for (const version of [1, 2, 9, 10, 100]) {
      expect(await store.add(made(version), version, 400)).toBe(true);
      expect(await store.latest(name, "shop-1", NOW)).toEqual({ version, verdict: made(version) });
    }
    expect(await store.latest(name, "shop-10", NOW)).toBeUndefined();
    expect(await store.latest(tenant(), "shop-1", NOW)).toBeUndefined();
  });

  it("notes that a version's action was taken back", async () => {
    const { store, name, made } = open();
    const reversal = { by: "undo:aaaaaaaa-00000000-run", at: NOW.toISOString(), from: "flag", to: "allow" } as const;
    await store.add(made(1), 1, 400);
    expect(await store.reverse(name, "shop-1", 2, reversal)).toBe(false);
    expect(await store.reverse(name, "shop-1", 1, reversal)).toBe(true);
    expect(await store.latest(name, "shop-1", NOW)).toEqual({ version: 1, verdict: made(1), reversal });
  });

  it("never changes a version", async () => {
    const { store, name, made } = open();
    await store.add(made(1), 1, 400);
    expect(await store.add(made(1, { severity: 7 }), 1, 400)).toBe(false);
    expect((await store.latest(name, "shop-1", NOW))?.verdict).toEqual(made(1));
  });

  it("lets exactly one of ten at the same time add a version", async () => {
    const { store, name, made } = open();
    const verdicts = Array.from({ length: 10 }, (_, index) =>
      made(1, { audience: { account: "shop-1", followers: index, scored: 0, windows: [] } }),
    );
    const added = await Promise.all(verdicts.map((one) => store.add(one, 1, 400)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect((await store.latest(name, "shop-1", NOW))?.verdict).toEqual(verdicts[added.indexOf(true)]);
  });

  it("says nothing of a verdict whose time is over, but goes on counting after it", async () => {
    const { store, name, made } = open();
    await store.add(made(1), 1, 10);
    await store.add(made(2), 2, 10);
    expect(await store.latest(name, "shop-1", after(9.99))).toMatchObject({ version: 2, verdict: made(2) });
    expect(await store.latest(name, "shop-1", after(10.01))).toEqual({ version: 2, verdict: undefined });
    const next = made(3, { scoredAt: after(11).toISOString() });
    expect(await store.add(next, 3, 10)).toBe(true);
    expect(await store.latest(name, "shop-1", after(11))).toEqual({ version: 3, verdict: next });
  });

  it("knows an account by its case's id until its versions are removed", async () => {
    const { store, name, made } = open();
    const caseId = (account: string) => caseIdOf(name, { kind: "audience", id: account, revision: "v1" });
    expect(await store.accountNamed(name, caseId("shop-1"))).toBeUndefined();
    for (const account of ["shop-1", "shop-10"])
      for (const version of [1, 2]) await store.add(made(version, {}, account), version, 400);
    expect(await store.accountNamed(name, caseId("shop-1"))).toBe("shop-1");
    expect(await store.accountNamed(tenant(), caseId("shop-1"))).toBeUndefined();
    await store.removeSome(name, "shop-1");
    expect(await store.accountNamed(name, caseId("shop-1"))).toBeUndefined();
    expect(await store.accountNamed(name, caseId("shop-10"))).toBe("shop-10");
    // A version that came too late leaves a name behind, which a second erasure finds though there is no version.
    await store.add(made(1), 1, 400);
    for (let round = 0; round < 2; round += 1) await store.removeSome(name, "shop-1");
    expect(await store.accountNamed(name, caseId("shop-1"))).toBeUndefined();
  });

  it("removes all versions of one account, a hundred at a time, and no other's", async () => {
    const { store, name, made } = open();
    const versions = Array.from({ length: 130 }, (_, index) => index + 1);
    await Promise.all(versions.map((version) => store.add(made(version), version, 400)));
    await store.add(made(1, {}, "shop-10"), 1, 400);
    expect(await store.removeSome(name, "shop-1")).toBe(100);
    expect(await store.removeSome(name, "shop-1")).toBe(30);
    expect(await store.removeSome(name, "shop-1")).toBe(0);
    expect(await store.latest(name, "shop-1", NOW)).toBeUndefined();
    expect(await store.latest(name, "shop-10", NOW)).toMatchObject({ version: 1 });
  });
}
