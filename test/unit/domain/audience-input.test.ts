import { describe, expect, it } from "vitest";
import { item } from "../../../shared/domain/item.ts";

const fromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const account = { id: "account-1" };
const follow = (followedAt: string) => ({
  kind: "follow",
  id: "f-1",
  createdAt: fromNow(0),
  account,
  followers: [
    { id: "user-1", followedAt: fromNow(0) },
    { id: "user-2", followedAt },
  ],
});
const snapshot = (more: Record<string, unknown>) => ({
  kind: "audience",
  id: "a-1",
  createdAt: fromNow(0),
  account,
  followerCount: 10,
  ...more,
});
const faults = (value: unknown): unknown[] => {
  const { error } = item.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => [path.join("/"), message]);
};

describe("an audience that cannot be", () => {
  it("is one with a follow from before 2000, or more than a day ahead of our clock", () => {
    for (const at of ["2000-01-01T00:00:00Z", fromNow(0), fromNow(23)]) expect(faults(follow(at))).toEqual([]);
    expect(faults(follow("1999-12-31T23:59:59Z"))).toEqual([["followers/1/followedAt", expect.stringMatching(/2000/)]]);
    for (const at of [fromNow(25), "2100-01-01T00:00:00Z"])
      expect(faults(follow(at))).toEqual([["followers/1/followedAt", expect.stringMatching(/one day ahead/)]]);
  });

  it("is a snapshot of such a time, or with a count below 0", () => {
    expect(faults(snapshot({}))).toEqual([]);
    expect(faults(snapshot({ createdAt: "2100-01-01T00:00:00Z" }))).toEqual([
      ["createdAt", expect.stringMatching(/one day ahead/)],
    ]);
    expect(faults(snapshot({ followerCount: -1 }))).toEqual([["followerCount", "not negative"]]);
    expect(faults(snapshot({ engagement: { likes: -1 } }))).toEqual([["engagement/likes", "not negative"]]);
  });
});
