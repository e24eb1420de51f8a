import { describe, expect, it } from "vitest";
import { endOwnership, ownerAfter } from "../../../shared/alerts/end-ownership.ts";
import { notePaused } from "../../../shared/alerts/note-paused.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import { asOf, type Subscription } from "../../../shared/domain/subscription.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import { exampleSubscription, later, subscriptionNo } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { memoryAudit } from "./desk-ports.ts";
import { ADMIN, BRAND, codeOf, editor, ID, MODERATOR, pointersOf } from "./subscription-editor.ts";

const at = NOW.toISOString();
const bea = { actor: "bea", role: "brand", brands: ["hats", "shoes"] } as const;
const ownedBy = (owner: Subscription["owner"], document: Record<string, unknown> = {}, id = ID) =>
  exampleSubscription(document, { id, owner });
const beas = (document: Record<string, unknown> = {}, id = ID) =>
  ownedBy({ ...bea, brands: [...bea.brands] }, document, id);

describe("an owner whose rights change", () => {
  const becomes = (of: Subscription, rights: Parameters<typeof ownerAfter>[1]) => ownerAfter(of, rights, NOW);

  it("is gone with the membership, and stays gone since then", () => {
    expect(becomes(beas(), undefined)).toEqual({ ...bea, until: at });
    const gone = beas();
    expect(becomes({ ...gone, owner: { ...gone.owner, until: later(-5).toISOString() } }, undefined)).toBeUndefined();
    // A key that would have ended later.
    const key = ownedBy({ actor: "key:1", role: "platform", until: later(500).toISOString() });
    expect(becomes(key, undefined)).toMatchObject({ until: at });
  });

  it("keeps the brands that are left, and is gone where none is that it wants to hear of", () => {
    expect(becomes(beas(), { role: "brand", brands: ["shoes", "coats"] })).toEqual({ ...bea, brands: ["shoes"] });
    expect(becomes(beas(), { role: "brand", brands: ["coats", "shoes", "hats"] })).toBeUndefined();
    expect(becomes(beas(), { role: "brand", brands: ["coats"] })).toMatchObject({ until: at, brands: bea.brands });
    const hats = beas({ filter: { brands: ["hats"] } });
    expect(becomes(hats, { role: "brand", brands: ["shoes"] })).toMatchObject({ until: at, brands: bea.brands });
  });

  it("hears no more as somebody of the desk, and is gone where the desk's becomes a brand's", () => {
    expect(becomes(beas(), { role: "lead" })).toBeUndefined();
    const desk = ownedBy({ actor: "mona", role: "moderator" });
    expect(becomes(desk, { role: "senior" })).toBeUndefined();
    expect(becomes(desk, { role: "brand", brands: ["hats"] })).toMatchObject({ until: at });
    expect(becomes(desk, { role: "auditor" })).toMatchObject({ until: at });
  });
});

function house(...initial: Subscription[]) {
  const rows = new Map(initial.map((one) => [one.id, one]));
  const inbox = new Map<string, Alert>();
  const audit = memoryAudit();
  let meanwhile = () => {};
  const end = endOwnership({
    subscriptions: {
      list: async () => [...rows.values()].map((one) => asOf(one, later(1))),
      async own(_, id, version, owner, hearsSince) {
        meanwhile();
        const row = rows.get(id);
        if (row?.version !== version) return false;
        rows.set(id, { ...row, owner, version: version + 1, ...(hearsSince ? { hearsSince } : {}) });
        return true;
      },
    },
    audit,
    notePaused: notePaused({
      alerts: {
        async add(made) {
          if (inbox.has(made.id)) return false;
          inbox.set(made.id, made);
          return true;
        },
      },
    }),
  });
  return {
    rows,
    inbox,
    audit,
    /** What happens before the next writing, once. */
    before: (what: () => void) => {
      meanwhile = () => {
        meanwhile = () => {};
        what();
      };
    },
    remove: (actor: string, now = NOW) => end({ ...ADMIN, actor: "ada" }, actor, undefined, now),
    narrow: (actor: string, brands: string[]) => end({ ...ADMIN, actor: "ada" }, actor, { role: "brand", brands }, NOW),
  };
}

describe("somebody who loses one of several brands", () => {
  it("has a subscription of the others that has no past: whoever shares those brands had no right to it", async () => {
    const it = house(beas());
    await it.narrow("bea", ["shoes"]);
    const narrowed = it.rows.get(ID);
    expect(narrowed).toMatchObject({ version: 2, owner: { brands: ["shoes"] } });
    // What the old limits still match for half a minute is not sent either.
    expect(narrowed?.hearsSince).toBe(later(1).toISOString());
    await it.narrow("bea", ["shoes"]);
    expect(it.rows.get(ID)).toEqual(narrowed);
  });
});

describe("somebody who is removed", () => {
  it("leaves subscriptions that stand still, say so in the inbox and in the log; others' go on", async () => {
    const others = ownedBy({ actor: "mona", role: "moderator" }, {}, subscriptionNo(2));
    const it = house(beas(), others, beas({ channel: { type: "inbox" } }, subscriptionNo(3)));
    await it.remove("bea");
    const states = [...it.rows.values()].map((one) => asOf(one, NOW).paused?.why);
    expect(states).toEqual(["owner_gone", undefined, "owner_gone"]);
    expect(
      [...it.inbox.values()].map(({ subscription, brands, first }) => [subscription, brands, first.paused?.why]),
    ).toEqual([
      [ID, ["hats", "shoes"], "owner_gone"],
      [subscriptionNo(3), ["hats", "shoes"], "owner_gone"],
    ]);
    expect(it.audit.entries).toMatchObject([
      { actor: "ada", action: "subscription.orphaned", facts: { subscription: ID, owner: "bea" } },
      { actor: "ada", action: "subscription.orphaned", facts: { subscription: subscriptionNo(3), owner: "bea" } },
    ]);
    // Removed once more, nothing is done twice.
    await it.remove("bea", later(9));
    expect([it.inbox.size, it.audit.entries.length]).toEqual([2, 2]);
    expect(it.rows.get(ID)?.version).toBe(2);
  });

  it("is removed from what somebody changes at that moment, too", async () => {
    const it = house(beas());
    it.before(() => it.rows.set(ID, { ...beas({ name: "Renamed" }), version: 2 }));
    await it.remove("bea");
    expect(it.rows.get(ID)).toMatchObject({ version: 3, owner: { until: at }, document: { name: "Renamed" } });
    expect(it.inbox.size).toBe(1);
  });

  it("is removed by the repeat of a removal that died in between", async () => {
    const it = house(beas(), beas({}, subscriptionNo(3)));
    let writes = 0;
    const die = () => {
      writes += 1;
      if (writes === 2) throw new Error("killed");
      it.before(die);
    };
    it.before(die);
    await expect(it.remove("bea")).rejects.toThrow("killed");
    expect(it.inbox.size).toBe(0);
    await it.remove("bea", later(2));
    expect([...it.rows.values()].map(({ owner }) => owner.until)).toEqual([at, later(2).toISOString()]);
    expect(it.inbox.size).toBe(2);
  });

  it("does not hide that its reader has said no", () => {
    const paused = { why: "unsubscribed", at } as const;
    expect(asOf({ ...beas(), owner: { ...bea, brands: ["hats"], until: at }, paused }, NOW).paused).toEqual(paused);
  });
});

describe("a subscription whose owner is gone", () => {
  const gone = (document: Record<string, unknown> = {}, more: Partial<Subscription> = {}) =>
    asOf({ ...beas(document), owner: { ...bea, brands: ["shoes"], until: at }, ...more }, NOW);

  it("is taken over by somebody of the same brands, or by an admin, and hears of that brand alone", async () => {
    for (const [caller, actor] of [
      [BRAND, "key:b"],
      [ADMIN, "key:a"],
    ] as const) {
      const it = editor(gone());
      expect(await it.turn("enabled", caller, 1, later(1))).toMatchObject({
        value: { state: "active", owner: { actor, role: "brand", brands: ["shoes"] } },
      });
      expect(it.rows.get(ID)?.owner.until).toBeUndefined();
    }
    const it = editor(gone());
    expect(codeOf(await it.turn("enabled", MODERATOR, 1, later(1)))).toBe("forbidden");
    expect(codeOf(await it.turn("enabled", { ...BRAND, brands: ["hats"] }, 1, later(1)))).toBe("not_found");
  });

  it("leads nowhere where whoever left may read: its mails are asked for again, its secret is another", async () => {
    const mail = editor(gone({ channel: { type: "email", to: "bea@brand.example" } }));
    expect(await mail.turn("enabled", ADMIN, 1, later(1))).toMatchObject({
      value: { state: "paused", paused: { why: "unconfirmed" }, owner: { actor: "key:a" } },
    });
    expect(mail.asked()).toHaveLength(1);
    const hook = editor(gone());
    expect(await hook.turn("enabled", ADMIN, 1, later(1))).toMatchObject({ value: { state: "active" } });
    expect(hook.forgotten).toEqual([ID]);
  });

  it("has a hidden address given whole again before it is taken over", async () => {
    const shown = { channel: { type: "slack", url: "https://hooks.slack.example/…" } };
    const it = editor(gone(shown, { changedAt: later(-5).toISOString() }));
    expect(pointersOf(await it.turn("enabled", ADMIN, 1, later(1)))).toEqual(["/document/channel/url"]);
    expect(pointersOf(await it.save(ADMIN, 1, shown, ID, later(2)))).toEqual(["/document/channel/url"]);
    const whole = { channel: { type: "slack", url: "https://hooks.slack.example/services/T/B/new" } };
    expect(await it.save(ADMIN, 1, whole, ID, later(3))).toMatchObject({ ok: true });
    expect(await it.turn("enabled", ADMIN, 2, later(4))).toMatchObject({
      value: { state: "active", owner: { actor: "key:a" } },
    });
  });

  it("still asks a reader who has not agreed", async () => {
    const paused = { why: "unsubscribed", at } as const;
    const it = editor(gone({ channel: { type: "email", to: "a@x.example" } }, { paused }));
    expect(await it.turn("enabled", ADMIN, 1, later(1))).toMatchObject({
      value: { paused: { why: "unconfirmed" }, owner: { actor: "key:a" } },
    });
    expect(it.asked()).toHaveLength(1);
  });

  it("is what a key leaves behind when it ends", async () => {
    const it = editor();
    const caller: Caller = { tenant: "acme", actor: "key:0123456789ab", role: "platform" };
    const expiresAt = later(60).toISOString();
    it.apiKeys.set("0123456789ab", {
      tenant: "acme",
      id: "0123456789ab",
      role: "platform",
      secretHash: "0".repeat(64),
      createdAt: at,
      expiresAt,
    });
    expect(await it.save(caller, 0)).toMatchObject({ value: { state: "active", owner: { until: expiresAt } } });
    const made = it.rows.get(ID) ?? exampleSubscription();
    expect(asOf(made, later(59)).paused).toBeUndefined();
    expect(asOf(made, later(60)).paused).toEqual({ why: "owner_gone", at: expiresAt });
  });
});
