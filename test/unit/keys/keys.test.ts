import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { openNote, sealNote } from "../../../shared/keys/notes.ts";
import { exampleKeys, NOW, PLANTED } from "../domain/examples.ts";

const keys = exampleKeys();

describe("sealing", () => {
  it("opens to what was sealed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string(), async (plain, context) => {
        const sealed = await keys.seal("acme", context, plain);
        expect(await keys.open("acme", context, sealed)).toBe(plain);
      }),
      { numRuns: 50 },
    );
  });

  it("shows nothing of the words and is never twice the same", async () => {
    const [one, two] = [await keys.seal("acme", "c", PLANTED), await keys.seal("acme", "c", PLANTED)];
    expect(Buffer.from(one).toString("latin1")).not.toContain(PLANTED);
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  });

  it("opens for no other context and no other tenant", async () => {
    const sealed = await keys.seal("acme", "content#post#1", PLANTED);
    await expect(keys.open("acme", "content#post#2", sealed)).rejects.toThrow();
    await expect(keys.open("other", "content#post#1", sealed)).rejects.toThrow();
  });

  it("does not open with any one bit changed, nor cut short or made longer", async () => {
    const sealed = await keys.seal("acme", "c", "some words");
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bent = Uint8Array.from(sealed);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(keys.open("acme", "c", bent), `bit ${bit}`).rejects.toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1)
      await expect(keys.open("acme", "c", sealed.slice(0, length)), `${length} bytes`).rejects.toThrow();
    await expect(keys.open("acme", "c", Buffer.concat([sealed, Buffer.of(0)]))).rejects.toThrow();
  });

  it("keeps the longest text within a table's row", async () => {
    const han = new Uint16Array(randomBytes(200_000).buffer).map((unit) => 0x4e00 + (unit % 20_000));
    const sealed = await keys.seal("acme", "c", JSON.stringify({ text: String.fromCharCode(...han), excerpt: false }));
    expect(sealed.length).toBeLessThan(390_000);
  });

  it("says nothing of the words where it fails", async () => {
    const sealed = await keys.seal("acme", "c", PLANTED);
    const error = await keys.open("acme", "d", sealed).catch((failure: Error) => failure);
    expect(String(error)).not.toContain(PLANTED);
  });
});

describe("keyed digests", () => {
  it("are the same for the same words only", async () => {
    const digest = await keys.digest("acme", "content", "a");
    expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await exampleKeys().digest("acme", "content", "a")).toBe(digest);
    expect(await keys.digest("acme", "content", "b")).not.toBe(digest);
    expect(await keys.digest("other", "content", "a")).not.toBe(digest);
  });

  it("keep purposes apart, wherever purpose and value are cut", async () => {
    const cuts = [
      ["content", "abc"],
      ["contenta", "bc"],
      ["conten", "tabc"],
      ["", "contentabc"],
      ["contentabc", ""],
      ["1", ":x"],
      ["1:", "x"],
    ] as const;
    const digests = await Promise.all(cuts.map(([purpose, value]) => keys.digest("acme", purpose, value)));
    expect(new Set(digests).size).toBe(cuts.length);
  });
});

describe("a tenant's data key", () => {
  it("is unwrapped once, however much is sealed and digested, and again when its time is over", async () => {
    let now = NOW.getTime();
    const unwrap = vi.fn(async () => randomBytes(32));
    const cached = tenantKeys(unwrap, () => new Date(now));
    const sealed = await Promise.all(Array.from({ length: 50 }, () => cached.seal("acme", "c", "x")));
    await cached.open("acme", "c", sealed[0] ?? Buffer.of());
    await cached.digest("acme", "p", "x");
    expect(unwrap.mock.calls).toEqual([["acme"]]);
    await cached.digest("other", "p", "x");
    expect(unwrap).toHaveBeenCalledTimes(2);
    now += 300_000;
    await cached.digest("acme", "p", "x");
    expect(unwrap).toHaveBeenCalledTimes(3);
  });

  it("that KMS could not open is asked for again", async () => {
    const unwrap = vi.fn().mockRejectedValueOnce(new Error("throttled")).mockResolvedValue(randomBytes(32));
    const cached = tenantKeys(unwrap, () => NOW);
    await expect(cached.digest("acme", "p", "x")).rejects.toThrow("throttled");
    await expect(cached.digest("acme", "p", "x")).resolves.toHaveLength(43);
  });
});

describe("a moderator's note", () => {
  const decision = {
    id: "decision-1",
    outcome: "uphold",
    reason: "other",
    by: "key:1",
    at: NOW.toISOString(),
  } as const;
  const noted = { ...decision, note: `he wrote ${PLANTED} \ud800 😀 \u0000` };

  it("is sealed with its decision and opens to itself", async () => {
    const stored = await sealNote(keys, "acme", "case-1", noted);
    expect(JSON.stringify(stored)).not.toContain(PLANTED);
    expect(stored).toEqual({ ...decision, note: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) });
    expect(await openNote(keys, "acme", "case-1", stored)).toEqual(noted);
  });

  it("opens for no other case or decision", async () => {
    const stored = await sealNote(keys, "acme", "case-1", noted);
    await expect(openNote(keys, "acme", "case-2", stored)).rejects.toThrow();
    await expect(openNote(keys, "acme", "case-1", { ...stored, id: "decision-2" })).rejects.toThrow();
  });

  it("may be missing or empty", async () => {
    expect(await sealNote(keys, "acme", "case-1", decision)).toEqual(decision);
    const stored = await sealNote(keys, "acme", "case-1", { ...decision, note: "" });
    expect((await openNote(keys, "acme", "case-1", stored)).note).toBe("");
  });
});
