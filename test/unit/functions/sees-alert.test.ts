import { expect, it } from "vitest";
import { seesAlert } from "../../../functions/alerts/alert-view.ts";
import type { Alert } from "../../../shared/domain/alert.ts";

const alert = (brands: readonly string[] | undefined, visibility: string) =>
  ({ brands, first: { item: { visibility } } }) as unknown as Pick<Alert, "brands" | "first">;
const brand = { tenant: "acme", actor: "bruno", role: "brand", brands: ["b1"] } as const;
const mona = { tenant: "acme", actor: "mona", role: "moderator" } as const;

it("shows a brand what is limited to its brands and public, and others everything", () => {
  expect(seesAlert(brand, alert(["b1"], "public"))).toBe(true);
  expect(seesAlert(brand, alert(["b1"], "private"))).toBe(false);
  expect(seesAlert(brand, alert(["b1", "b2"], "public"))).toBe(false);
  expect(seesAlert(brand, alert(undefined, "public"))).toBe(false);
  expect(seesAlert(brand, alert([], "public"))).toBe(false);
  expect(seesAlert(mona, alert(undefined, "private"))).toBe(true);
});
