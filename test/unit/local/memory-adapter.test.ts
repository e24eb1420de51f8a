import { describe, expect, it } from "vitest";
import { memoryAdapters } from "../../../local/identity/memory-adapter.ts";

describe("what the embedded provider remembers", () => {
  it("ends when it said, or never", async () => {
    let now = 0;
    const sessions = memoryAdapters(() => now)("Session");
    await sessions.upsert("short", { uid: "s" }, 60);
    await sessions.upsert("long", { uid: "l" });
    now = 60_000;
    expect([await sessions.find("short"), await sessions.findByUid("s")]).toEqual([undefined, undefined]);
    expect(await sessions.findByUid("l")).toEqual({ uid: "l" });
  });

  it("does not grow with pages that nobody finishes, and forgets the oldest first", async () => {
    const interactions = memoryAdapters(() => 0)("Interaction");
    for (let n = 0; n < 5_000; n++) await interactions.upsert(`i${n}`, {}, 600);
    const kept = [];
    for (let n = 0; n < 5_000; n++) if (await interactions.find(`i${n}`)) kept.push(n);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_000, 4_000, 4_999]);
  });

  it("goes with its grant, of whatever kind it is", async () => {
    const open = memoryAdapters(() => 0);
    const [codes, tokens] = [open("AuthorizationCode"), open("RefreshToken")];
    await codes.upsert("c", { grantId: "g" }, 60);
    await tokens.upsert("r", { grantId: "g" }, 60);
    await tokens.upsert("other", { grantId: "h" }, 60);
    await codes.revokeByGrantId("g");
    expect([await codes.find("c"), await tokens.find("r")]).toEqual([undefined, undefined]);
    expect(await tokens.find("other")).toBeDefined();
  });
});
