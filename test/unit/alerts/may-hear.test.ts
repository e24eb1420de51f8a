import { expect, it } from "vitest";
import { hearsMore, mayHear } from "../../../shared/alerts/may-hear.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import { exampleSubscription, later } from "./alert-examples.ts";

const alert = (brands?: readonly string[], visibility = "public", openedAt = later(0).toISOString()) =>
  ({ brands, first: { item: { visibility } }, openedAt }) as unknown as Alert;
const bea = (...brands: string[]) => exampleSubscription({}, { owner: { actor: "bea", role: "brand", brands } });

it("a subscription hears no more of what began under limits that it has no more", () => {
  const began = alert(["hats", "shoes"]);
  expect(hearsMore(bea("hats", "shoes"), began)).toBe(true);
  expect(hearsMore(bea("hats"), began)).toBe(false);
  expect(hearsMore(bea("hats"), alert(["hats"]))).toBe(true);
  // Of the whole desk: what it names now does not hold all that the alert may have gathered.
  expect(hearsMore(exampleSubscription({ filter: { brands: ["hats"] } }), alert())).toBe(false);
  expect(hearsMore(exampleSubscription(), alert())).toBe(true);
});

it("nor of what is older than itself, while a duty may be passed on to a newer one", () => {
  const older = alert(undefined, "public", later(-1).toISOString());
  expect(hearsMore(exampleSubscription(), older)).toBe(false);
  expect(mayHear(exampleSubscription(), older)).toBe(true);
});

it("a brand hears of nothing private", () => {
  expect(mayHear(bea("hats"), alert(["hats"], "private"))).toBe(false);
  expect(mayHear(exampleSubscription(), alert(undefined, "private"))).toBe(true);
});
