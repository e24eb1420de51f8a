import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemMessage, verdictMessage } from "../../../shared/contracts/messages.ts";
import { item } from "../../../shared/domain/item.ts";
import { readJson } from "../../../shared/runtime/read-json.ts";
import { messagePlans } from "../../fuzz/message-plans.ts";
import { nearValid } from "../../fuzz/near-valid.ts";
import { requestPlans } from "../../fuzz/request-plans.ts";
import { validOf } from "../../fuzz/schema-arbitrary.ts";

const seed = { numRuns: 60, seed: 1 };

it.each([
  ["items", item],
  ["item messages", itemMessage],
  ["verdict messages", verdictMessage],
])("validOf makes %s that fit", (_what, schema) => {
  for (const value of fc.sample(validOf(schema), seed)) expect(schema.safeParse(value).success).toBe(true);
});

it("validOf makes items of every kind", () => {
  expect(new Set(fc.sample(validOf(item), seed).map(({ kind }) => kind)).size).toBe(4);
});

describe("nearValid", () => {
  it("makes texts of which most are refused, some for not being JSON", () => {
    const texts = fc.sample(nearValid(validOf(item)), { numRuns: 200, seed: 1 });
    const read = texts.map(readJson);
    const broken = read.filter(({ ok }) => !ok).length;
    const fitting = read.filter((one) => one.ok && item.safeParse(one.value).success).length;
    expect([broken > 10, fitting > 0, fitting < 100]).toEqual([true, true, true]);
  });
});

it("the same seed gives the same requests and messages, another seed others", () => {
  // By digest: some bodies have five megabytes.
  const requests = (seed: number) =>
    requestPlans(2, seed, ["a"]).map(({ body = "", ...plan }) => [
      plan,
      createHash("sha256").update(body).digest("hex"),
    ]);
  const messages = (seed: number) => messagePlans(2, seed, "t", "o", new Date(0));
  expect(requests(5)).toEqual(requests(5));
  expect(requests(5)).not.toEqual(requests(6));
  expect(messages(5)).toEqual(messages(5));
}, 60_000);
