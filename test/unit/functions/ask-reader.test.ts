import { describe, expect, it } from "vitest";
import { exampleSubscription, later, subscriptionNo } from "../alerts/alert-examples.ts";
import { ADMIN, BRAND, codeOf, editor, ID, pointersOf } from "./subscription-editor.ts";

const to = (address: string) => ({ channel: { type: "email", to: address } });
const HOURS = 60;

describe("how often an address is asked", () => {
  it("there and back again is one mail to each within ten minutes, whose links both work", async () => {
    const it = editor();
    for (const [version, address] of ["a@x.example", "b@x.example", "a@x.example", "b@x.example"].entries())
      expect((await it.save(ADMIN, version, to(address))).ok).toBe(true);
    expect(it.asked()).toHaveLength(2);
    expect(it.rows.get(ID)?.paused?.why).toBe("unconfirmed");
  });

  it("is five times a day and ten in thirty days, whatever subscription it is for, and however it is written", async () => {
    const it = editor();
    const written = ["a@x.example", "A@X.example", "a+1@x.example", "a+2@x.example", "a@x.EXAMPLE", "a+z@x.example"];
    const made = [];
    for (const [n, address] of written.entries()) made.push(await it.save(ADMIN, 0, to(address), subscriptionNo(n)));
    expect(made.map(codeOf)).toEqual([...Array(5).fill(undefined), "asked_too_often"]);
    expect(pointersOf(made[5] ?? {})).toEqual(["/document/channel/to"]);
    expect(it.rows.has(subscriptionNo(5))).toBe(false);
    expect(it.asked()).toHaveLength(5);
    // Others are asked meanwhile.
    expect((await it.save(ADMIN, 0, to("other@x.example"), subscriptionNo(50))).ok).toBe(true);

    const days: (string | undefined)[] = [];
    for (let n = 10; n < 16; n += 1)
      days.push(codeOf(await it.save(ADMIN, 0, to("a@x.example"), subscriptionNo(n), later(24 * HOURS * (n - 8)))));
    expect(days).toEqual([...Array(5).fill(undefined), "asked_too_often"]);
    expect(codeOf(await it.save(ADMIN, 0, to("a@x.example"), subscriptionNo(20), later(31 * 24 * HOURS)))).toBe(
      undefined,
    );
  });

  it("is once more where it is spelled anew, since links hold for one spelling", async () => {
    const it = editor();
    for (const [version, address] of ["A@x.example", "a@x.example", "a+1@x.example", "A@x.example"].entries())
      expect((await it.save(ADMIN, version, to(address))).ok).toBe(true);
    expect(it.asked()).toHaveLength(3);
  });

  it("counts those that were deleted and made again under other ids", async () => {
    const it = editor();
    for (let n = 0; n < 5; n += 1) {
      const at = later(11 * n);
      expect((await it.save(ADMIN, 0, to("a@x.example"), subscriptionNo(n), at)).ok).toBe(true);
      await it.remove(ADMIN, 1, subscriptionNo(n));
    }
    expect(it.asked()).toHaveLength(5);
    expect(codeOf(await it.save(ADMIN, 0, to("a@x.example"), ID, later(60)))).toBe("asked_too_often");
  });

  it("is bounded when it is enabled, too", async () => {
    const it = editor();
    await it.save(ADMIN, 0, to("a@x.example"));
    const turns = [];
    for (let n = 1; n <= 5; n += 1) turns.push(codeOf(await it.turn("enabled", ADMIN, n, later(11 * n))));
    expect(turns).toEqual([...Array(4).fill(undefined), "asked_too_often"]);
    expect(it.asked()).toHaveLength(5);
  });

  it("is fifty a day of a tenant, all addresses together", async () => {
    const it = editor();
    const made = [];
    for (let n = 0; n < 51; n += 1)
      made.push(codeOf(await it.save(ADMIN, 0, to(`a${n}@x.example`), subscriptionNo(n))));
    expect(made).toEqual([...Array(50).fill(undefined), "asked_too_often"]);
    expect(codeOf(await it.save(ADMIN, 0, to("z@x.example"), subscriptionNo(60), later(25 * HOURS)))).toBe(undefined);
  });

  it("is twenty a day of a brand, so that the desk's addresses are asked all the same", async () => {
    const it = editor();
    const made = [];
    for (let n = 0; n < 21; n += 1)
      made.push(codeOf(await it.save(BRAND, 0, to(`a${n}@x.example`), subscriptionNo(n))));
    expect(made).toEqual([...Array(20).fill(undefined), "asked_too_often"]);
    expect(codeOf(await it.save(ADMIN, 0, to("z@x.example"), subscriptionNo(60)))).toBe(undefined);
  });

  it("is counted under no address that anybody can read", async () => {
    const it = editor();
    await it.save(ADMIN, 0, to("stranger@x.example"));
    expect(it.allowances.names()).toHaveLength(2);
    expect(it.allowances.names().join()).not.toMatch(/stranger|x\.example/);
  });

  it("is once where the handing over failed and was repeated", async () => {
    const it = editor();
    it.loseMessage();
    await expect(it.save(ADMIN, 0, to("a@x.example"))).rejects.toThrow("the queue is down");
    expect(it.asked()).toEqual([]);
    expect((await it.save(ADMIN, 0, to("a@x.example"))).ok).toBe(true);
    expect(it.asked()).toHaveLength(1);
  });

  it("is at once for one who unsubscribed, if they are asked back", async () => {
    const it = editor();
    await it.save(ADMIN, 0, to("a@x.example"));
    const standing = it.rows.get(ID) ?? exampleSubscription();
    it.rows.set(ID, { ...standing, paused: { why: "unsubscribed", at: later(1).toISOString() } });
    expect(await it.turn("enabled", ADMIN, 1, later(2))).toMatchObject({ value: { paused: { why: "unconfirmed" } } });
    expect(it.asked()).toHaveLength(2);
  });
});
