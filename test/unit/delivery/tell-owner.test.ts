import { expect, it } from "vitest";
import { tellOwner } from "../../../shared/delivery/tell-owner.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { exampleSubscription, subscriptionNo } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";

const lead = { actor: "lena", role: "lead" } as const;
const mail = { channel: { type: "email", to: "somebody@hotel-a.example" } };

async function toldOf(paused: Subscription, ...others: Subscription[]) {
  const told: Outgoing[] = [];
  const inbox: string[] = [];
  await tellOwner({
    subscriptions: { list: async () => [paused, ...others] },
    deliveries: { enqueue: async (message) => void told.push(message) },
    notePaused: async ({ id }) => void inbox.push(id),
  })(paused, "gone", NOW);
  return { told: told.map(({ subscription }) => subscription), inbox };
}

it("tells nobody of a paused subscription who hears of less than it does", async () => {
  const inquiry = exampleSubscription({ name: "Inquiry: hotel A buys reviews" }, { owner: lead });
  const hotel = exampleSubscription({ ...mail, filter: { brands: ["a"] } }, { id: subscriptionNo(2), owner: lead });
  const desk = exampleSubscription(mail, { id: subscriptionNo(3), owner: lead });
  expect(await toldOf(inquiry, hotel)).toEqual({ told: [], inbox: [inquiry.id] });
  expect(await toldOf(inquiry, hotel, desk)).toEqual({ told: [desk.id], inbox: [inquiry.id] });
  // The hotel's own is its reader's to know.
  const hotels = exampleSubscription({ filter: { brands: ["a"] } }, { owner: lead });
  expect((await toldOf(hotels, hotel)).told).toEqual([hotel.id]);
});

it("tells nobody as what its owner is no more", async () => {
  const before = { actor: "lena", role: "brand", brands: ["a"] } as const;
  const ofBrand = exampleSubscription({}, { owner: { ...before, brands: [...before.brands] } });
  const desk = exampleSubscription(mail, { id: subscriptionNo(3), owner: lead });
  expect((await toldOf(ofBrand, desk)).told).toEqual([]);
});
