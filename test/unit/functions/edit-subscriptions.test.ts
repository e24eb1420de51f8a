import { describe, expect, it } from "vitest";
import { wantsOf } from "../../../functions/edit-subscriptions/announce-change.ts";
import { exampleSubscription, later, subscriptionNo } from "../alerts/alert-examples.ts";
import { ADMIN, BRAND, codeOf, editor, ID, MODERATOR, pointersOf } from "./subscription-editor.ts";

describe("saving a subscription", () => {
  it("makes it, then changes the version that was seen; the same request twice does it once", async () => {
    const it = editor();
    expect(await it.save(ADMIN, 0)).toMatchObject({ ok: true, value: { id: ID, version: 1, state: "active" } });
    expect(await it.save(ADMIN, 0)).toMatchObject({ ok: true, value: { version: 1 } });
    expect(codeOf(await it.save(ADMIN, 0, { name: "Other" }))).toBe("subscription_changed");
    expect(await it.save(ADMIN, 1, { name: "Other" })).toMatchObject({ value: { version: 2 } });
    expect(codeOf(await it.save(ADMIN, 1, { name: "Third" }))).toBe("subscription_changed");
    expect(it.audit.entries.map(({ action, facts }) => [action, facts?.version])).toEqual([
      ["subscription.saved", "1"],
      ["subscription.saved", "2"],
    ]);
    expect(it.wants.at(-1)).toEqual({ places: ["verdict"], allowed: [] });
  });

  it("lets a brand's member hear of its brand, whoever changes it later", async () => {
    const it = editor();
    expect(pointersOf(await it.save(BRAND, 0, { filter: { brands: ["hats"] } }))).toEqual([
      "/document/filter/brands/0",
    ]);
    expect(await it.save(BRAND, 0)).toMatchObject({ value: { owner: { role: "brand", brands: ["shoes"] } } });
    expect(pointersOf(await it.save(ADMIN, 1, { filter: { brands: ["hats"] } }))).toEqual([
      "/document/filter/brands/0",
    ]);
    expect(await it.save(ADMIN, 1)).toMatchObject({ value: { owner: { actor: "key:b", brands: ["shoes"] } } });
    expect(codeOf(await it.save({ ...BRAND, brands: ["hats"] }, 2))).toBe("not_found");
    expect(codeOf(await it.save(MODERATOR, 2))).toBe("forbidden");
  });

  it("shows a chat room's address to nobody again, and keeps it where it comes back hidden", async () => {
    const it = editor();
    const whole = { type: "slack", url: "https://chat.example/services/T0/secret" };
    const saved = await it.save(ADMIN, 0, { channel: whole });
    expect(JSON.stringify([saved, ...it.rows.values()])).not.toContain("secret");
    expect(it.addresses.get(ID)).toBe("sealed https://chat.example/services/T0/secret");
    const hidden = { type: "slack", url: "https://chat.example/…" };
    expect(await it.save(ADMIN, 1, { channel: hidden, name: "Renamed" })).toMatchObject({ ok: true });
    expect(it.addresses.get(ID)).toBe("sealed https://chat.example/services/T0/secret");
    const other = { type: "teams", url: "https://chat.example/…" };
    expect(pointersOf(await it.save(ADMIN, 2, { channel: other }))).toEqual(["/document/channel/url"]);
  });

  it("shows no query of a webhook's address, and keeps it where it comes back hidden", async () => {
    const it = editor();
    const webhook = (url: string) => ({ channel: { type: "webhook", url } });
    const whole = "https://receiver.example/hook?token=secret";
    const hidden = "https://receiver.example/hook?…";
    expect(await it.save(ADMIN, 0, webhook(whole))).toMatchObject({
      value: { document: { channel: { url: hidden } } },
    });
    expect(await it.save(ADMIN, 0, webhook(whole))).toMatchObject({ ok: true, value: { version: 1 } });
    expect(JSON.stringify([...it.rows.values()])).not.toContain("secret");
    expect(it.addresses.get(ID)).toBe(`sealed ${whole}`);
    it.addresses.clear();
    expect(await it.save(ADMIN, 1, { ...webhook(encodeURI(hidden)), name: "Renamed" })).toMatchObject({
      value: { version: 2, document: { channel: { url: hidden } } },
    });
    expect(it.addresses.size).toBe(0);
    for (const other of ["https://receiver.example/other?…", "https://evil.example/hook?…"])
      expect(pointersOf(await it.save(ADMIN, 2, webhook(other)))).toEqual(["/document/channel/url"]);
    expect(await it.save(ADMIN, 2, webhook("https://receiver.example/hook"))).toMatchObject({
      value: { document: { channel: { url: "https://receiver.example/hook" } } },
    });
  });

  it.each(["http://receiver.example/x", "https://127.0.0.1/x", "https://localhost/x", "https://receiver.example:25/x"])(
    "sends nothing to %s",
    async (url) => {
      expect(pointersOf(await editor().save(ADMIN, 0, { channel: { type: "webhook", url } }))).toEqual([
        "/document/channel/url",
      ]);
    },
  );

  it("passes a duty on to somebody who is there and may know of it", async () => {
    const admins = exampleSubscription({}, { id: subscriptionNo(2) });
    const stream = { channel: { type: "webhook", url: "https://platform.example/x", stream: true } };
    const it = editor(admins, exampleSubscription(stream, { id: subscriptionNo(3) }));
    const duty = (to: string) => ({ duty: { ackMinutes: 15, escalateTo: to } });
    const wrong = ["/document/duty/escalateTo"];
    expect(pointersOf(await it.save(ADMIN, 0, duty(ID)))).toEqual(wrong);
    expect(pointersOf(await it.save(ADMIN, 0, duty(subscriptionNo(9))))).toEqual(wrong);
    expect(pointersOf(await it.save(ADMIN, 0, duty(subscriptionNo(3))))).toEqual(wrong);
    expect(pointersOf(await it.save(BRAND, 0, duty(admins.id)))).toEqual(wrong);
    expect(await it.save(ADMIN, 0, duty(admins.id))).toMatchObject({ ok: true });
  });

  it("waits until an e-mail address is confirmed, again where it becomes another", async () => {
    const it = editor();
    const to = (address: string) => ({ channel: { type: "email", to: address } });
    expect(await it.save(ADMIN, 0, to("a@brand.example"))).toMatchObject({ value: { paused: { why: "unconfirmed" } } });
    expect(it.asked()).toEqual([["subscription.confirmation", ID]]);
    // Sent again because its answer was late: the same mail.
    await it.save(ADMIN, 0, to("a@brand.example"));
    expect(it.asked()).toHaveLength(1);
    const { paused: _, ...confirmed } = it.rows.get(ID) ?? exampleSubscription();
    it.rows.set(ID, confirmed);
    expect((await it.save(ADMIN, 1, { ...to("a@brand.example"), name: "Renamed" })).ok).toBe(true);
    expect(it.rows.get(ID)?.paused).toBeUndefined();
    await it.save(ADMIN, 2, to("b@brand.example"));
    expect(it.rows.get(ID)?.paused?.why).toBe("unconfirmed");
    expect(it.asked()).toHaveLength(2);
    await it.save(ADMIN, 3);
    expect(it.rows.get(ID)?.paused).toBeUndefined();
  });

  it("refuses more than a tenant can have", async () => {
    const full = Array.from({ length: 1_000 }, (_, n) => exampleSubscription({}, { id: subscriptionNo(100 + n) }));
    expect(codeOf(await editor(...full).save(ADMIN, 0))).toBe("too_many_subscriptions");
  });

  it("refuses a brand more than is a brand's, and leaves room for the others", async () => {
    const owner = { actor: "key:b", role: "brand" as const, brands: ["shoes"] };
    const theirs = Array.from({ length: 100 }, (_, n) =>
      exampleSubscription({}, { id: subscriptionNo(100 + n), owner }),
    );
    const it = editor(...theirs);
    expect(codeOf(await it.save(BRAND, 0))).toBe("too_many_subscriptions");
    expect(codeOf(await it.save({ ...BRAND, actor: "key:h", brands: ["hats"] }, 0))).toBeUndefined();
    expect(codeOf(await it.save(ADMIN, 0, {}, subscriptionNo(8)))).toBeUndefined();
  });

  it("refuses a platform's key more conditions than are one key's, and no other key", async () => {
    const platform = { tenant: "acme", actor: "key:p", role: "platform" as const };
    const when = (n: number) => `item.brands.exists(a, a == "${"b".repeat(100)}${n}")`;
    const it = editor();
    const made = [];
    for (let n = 0; n < 99; n += 1)
      made.push(codeOf(await it.save(platform, 0, { when: when(n) }, subscriptionNo(n + 100))));
    expect(made).toContain("invalid_request");
    expect(codeOf(await it.save({ ...platform, actor: "key:q" }, 0, { when: when(500) }))).toBeUndefined();
  });
});

describe("the conditions of a tenant", () => {
  it("are bounded together, and equal ones count once", async () => {
    const asking = (n: number) => ({ when: `item.brands.exists(a, a == "brand-${n}")` });
    const full = (when: (n: number) => number) =>
      editor(
        ...Array.from({ length: 990 }, (_, n) => exampleSubscription(asking(when(n)), { id: subscriptionNo(100 + n) })),
      );
    expect(pointersOf(await full((n) => n).save(ADMIN, 0, asking(5_000)))).toEqual(["/document/when"]);
    expect(await full(() => 1).save(ADMIN, 0, asking(5_000))).toMatchObject({ ok: true });
  });
});

describe("switching a subscription", () => {
  it("lets it stand still and go on, and says what is so already", async () => {
    const it = editor(exampleSubscription({}, { id: ID }));
    expect(await it.turn("disabled", ADMIN, 1)).toMatchObject({ value: { state: "paused", version: 2 } });
    expect(it.wants.at(-1)).toEqual({ places: [], allowed: [] });
    expect(await it.turn("disabled", ADMIN, 1)).toMatchObject({ value: { version: 2 } });
    expect(codeOf(await it.turn("enabled", ADMIN, 1))).toBe("subscription_changed");
    expect(await it.turn("enabled", ADMIN, 2)).toMatchObject({ value: { state: "active", version: 3 } });
    expect(it.wants.at(-1)?.places).toEqual(["verdict"]);
  });

  it("lets one go on whose receiver had failed", async () => {
    const paused = { why: "gone", at: later(0).toISOString() } as const;
    const it = editor(exampleSubscription({}, { id: ID, paused }));
    expect(await it.turn("enabled", ADMIN, 1)).toMatchObject({ value: { state: "active" } });
  });

  it.each(["unconfirmed", "unsubscribed"] as const)(
    "asks the address of one that is %s, instead of letting it go on; not again within ten minutes",
    async (why) => {
      const paused = { why, at: later(0).toISOString() };
      const email = { channel: { type: "email", to: "a@brand.example" } };
      const it = editor(exampleSubscription(email, { id: ID, paused }));
      const waits = { value: { state: "paused", paused: { why: "unconfirmed" } } };
      expect(codeOf(await it.turn("enabled", ADMIN, 9, later(11)))).toBe("subscription_changed");
      expect(await it.turn("enabled", ADMIN, 1, later(11))).toMatchObject(waits);
      expect(await it.turn("enabled", ADMIN, 2, later(12))).toMatchObject(waits);
      expect(it.asked()).toEqual([["subscription.confirmation", ID]]);
      expect(await it.turn("enabled", ADMIN, 2, later(22))).toMatchObject(waits);
      expect(it.asked()).toHaveLength(2);
      // By standing still by hand nobody gets around the reader.
      expect(await it.turn("disabled", ADMIN, 3, later(23))).toMatchObject(waits);
    },
  );

  it("removes it, if nobody changed it", async () => {
    const it = editor(exampleSubscription({}, { id: ID, version: 4 }));
    expect(codeOf(await it.remove(MODERATOR, 4))).toBe("forbidden");
    expect(codeOf(await it.remove(ADMIN, 3))).toBe("subscription_changed");
    expect(it.forgotten).toEqual([]);
    expect(await it.remove(ADMIN, 4)).toMatchObject({ ok: true });
    expect(it.forgotten).toEqual([ID]);
    expect(it.rows.size).toBe(0);
    expect(it.audit.entries.map(({ action }) => action)).toEqual(["subscription.deleted"]);
    // What was kept under its id is nobody else's.
    expect(await it.save(BRAND, 0)).toMatchObject({ problem: { detail: expect.stringContaining("deleted") } });
    expect(it.rows.size).toBe(0);
  });

  it("keeps no address that its channel has no more", async () => {
    const it = editor();
    await it.save(ADMIN, 0, { channel: { type: "slack", url: "https://hooks.slack.example/services/T/B/x" } });
    expect(it.addresses.size).toBe(1);
    await it.save(ADMIN, 1, { name: "Other", channel: { type: "slack", url: "https://hooks.slack.example/…" } });
    expect(it.addresses.size).toBe(1);
    await it.save(ADMIN, 2, { channel: { type: "inbox" } });
    expect(it.addresses.size).toBe(0);
  });

  it("hears of brands of its own only, also where a member of more brands changes it", async () => {
    const owner = { actor: "key:b", role: "brand", brands: ["shoes"] } as const;
    const it = editor(exampleSubscription({}, { id: ID, owner: { ...owner, brands: [...owner.brands] } }));
    const both = { ...BRAND, brands: ["shoes", "hats"] };
    const saved = await it.save(both, 1, { filter: { brands: ["hats"] } });
    expect(pointersOf(saved)).toEqual(["/document/filter/brands/0"]);
  });

  it("has no past where it hears of fewer brands, and keeps it where it hears of more", async () => {
    const it = editor(exampleSubscription({ filter: { brands: ["hats", "shoes"] } }, { id: ID }));
    await it.save(ADMIN, 1, { filter: { brands: ["hats", "shoes", "coats"] } }, ID, later(1));
    expect(it.rows.get(ID)?.hearsSince).toBeUndefined();
    await it.save(ADMIN, 2, { filter: { brands: ["coats"] } }, ID, later(2));
    expect(it.rows.get(ID)?.hearsSince).toBe(later(2).toISOString());
    await it.save(ADMIN, 3, {}, ID, later(3));
    expect(it.rows.get(ID)?.hearsSince).toBe(later(2).toISOString());
  });
});

describe("what subscriptions want of the topics", () => {
  const wanting = (...documents: Record<string, unknown>[]) =>
    wantsOf(documents.map((one) => exampleSubscription(one)));
  it("is what one of them at least is for, and allowed verdicts only where one asks for them", () => {
    expect(wanting()).toEqual({ places: [], allowed: [] });
    expect(wanting({}, { places: ["case", "verdict"] })).toEqual({ places: ["case", "verdict"], allowed: [] });
    expect(wanting({ filter: { actions: ["allow"], kinds: ["review"] } }).allowed).toEqual(["review"]);
    expect(wanting({ filter: { actions: ["allow", "flag"] } }).allowed).toEqual(["post", "review"]);
    expect(wanting({ places: ["audience"], filter: { actions: ["allow"] } }).allowed).toEqual(["audience"]);
    expect(wanting({ places: ["case"], filter: { actions: ["allow"] } }).allowed).toEqual([]);
  });
});
