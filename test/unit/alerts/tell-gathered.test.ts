import { expect, it } from "vitest";
import { messagesOf } from "../../../shared/alerts/tell-gathered.ts";
import type { GatheringKey } from "../../../shared/store/gatherings.ts";
import { later, subscriptionNo } from "./alert-examples.ts";

const part = (n: number, more: Partial<GatheringKey> = {}): GatheringKey => ({
  tenant: "acme",
  subscription: subscriptionNo(1),
  reason: "digest",
  due: later(60).toISOString(),
  part: n,
  ...more,
});

it("puts the rows of one digest into one message, and what is of others apart", () => {
  const others = [
    part(1, { subscription: subscriptionNo(2) }),
    part(1, { reason: "rate" }),
    part(1, { due: later(120).toISOString() }),
    part(1, { tenant: "beta" }),
  ];
  const messages = messagesOf([part(1), ...others, part(2), part(3)]);
  expect(messages.map(({ parts }) => parts.length)).toEqual([3, 1, 1, 1, 1]);
  expect(messages[0]).toEqual({ tenant: "acme", parts: [part(1), part(2), part(3)] });
});

it("bounds what one message tells of, and leaves out none", () => {
  const parts = Array.from({ length: 34 }, (_, n) => part(n + 1));
  const messages = messagesOf(parts);
  expect(messages.map(({ parts: { length } }) => length)).toEqual([10, 10, 10, 4]);
  expect(messages.flatMap((message) => message.parts)).toEqual(parts);
});
