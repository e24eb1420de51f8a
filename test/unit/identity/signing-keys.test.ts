import { errors, exportJWK, generateKeyPair, type JSONWebKeySet } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { KeysUnavailable, signingKeys } from "../../../shared/identity/signing-keys.ts";

const START = Date.parse("2026-11-23T01:00:00Z");
const MINUTE = 60_000;
let sets: Record<"first" | "second", JSONWebKeySet>;

async function keyNamed(kid: string): Promise<JSONWebKeySet> {
  const { publicKey } = await generateKeyPair("RS256");
  return { keys: [{ ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" }] };
}

beforeAll(async () => {
  sets = { first: await keyNamed("first"), second: await keyNamed("second") };
});

/** An issuer, the time, and how often it was asked. */
let world: { now: number; asked: number; answer: () => Promise<JSONWebKeySet> };
let find: (kid: string) => Promise<unknown>;
beforeEach(() => {
  world = { now: START, asked: 0, answer: async () => sets.first };
  const keys = signingKeys(
    () => {
      world.asked++;
      return world.answer();
    },
    () => new Date(world.now),
  );
  const token = { payload: "", signature: "" };
  find = async (kid) => keys({ alg: "RS256", kid }, token);
});

describe("the issuer is asked", () => {
  it("once for all who come at the same time, and not again for an hour", async () => {
    await Promise.all([find("first"), find("first"), find("first")]);
    world.now += 59 * MINUTE;
    await find("first");
    expect(world.asked).toBe(1);
    world.now += 2 * MINUTE;
    await find("first");
    expect(world.asked).toBe(2);
  });

  it("once a minute at most for keys that nobody knows", async () => {
    await find("first");
    for (let n = 0; n < 200; n++) {
      world.now += 1_000;
      await expect(find(`made-up-${n}`)).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
    }
    expect(world.asked).toBe(4);
  });

  it("for the key with which it signs from now on, at the first token that names it", async () => {
    await find("first");
    world.answer = async () => sets.second;
    world.now += 2 * MINUTE;
    await expect(find("second")).resolves.toBeDefined();
    await expect(find("first")).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
  });
});

describe("an issuer that does not answer", () => {
  const down = async (): Promise<never> => {
    throw new TypeError("fetch failed");
  };

  it("is no fault of the token, and is asked again after five seconds and not before", async () => {
    world.answer = down;
    for (const later of [0, 1_000, 1_000]) {
      world.now += later;
      await expect(find("first")).rejects.toBeInstanceOf(KeysUnavailable);
    }
    expect(world.asked).toBe(1);
    world.answer = async () => sets.first;
    world.now += 4_000;
    await expect(find("first")).resolves.toBeDefined();
  });

  it("shuts nobody out for a day who has a key that is known", async () => {
    await find("first");
    world.answer = down;
    world.now += 23 * 60 * MINUTE;
    await expect(find("first")).resolves.toBeDefined();
    world.now += 61 * MINUTE;
    await expect(find("first")).rejects.toBeInstanceOf(KeysUnavailable);
  });

  it("may have new keys: a token that names one is not called wrong", async () => {
    await find("first");
    world.answer = down;
    world.now += 2 * MINUTE;
    await expect(find("second")).rejects.toBeInstanceOf(KeysUnavailable);
  });

  it("nor does one answer that says something else", async () => {
    world.answer = async () => ({ error: "none" }) as unknown as JSONWebKeySet;
    await expect(find("first")).rejects.toBeInstanceOf(KeysUnavailable);
  });
});
