import { describe, expect, it } from "vitest";
import { endpointSlots } from "../../../shared/delivery/endpoint-slots.ts";

describe("slots of an endpoint", () => {
  it("never lets more in than there are, in the order of asking, and knows endpoints apart", async () => {
    const slots = endpointSlots(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const work = async (index: number): Promise<void> => {
      const leave = await slots.enter("one", 10_000);
      order.push(index);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside -= 1;
      leave?.();
    };
    const works = Array.from({ length: 7 }, (_, index) => work(index));
    // Another endpoint does not wait for them.
    expect(await slots.enter("other", 0)).toBeDefined();
    await Promise.all(works);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("gives up waiting, and who gave up takes no slot", async () => {
    const slots = endpointSlots(1);
    const leave = await slots.enter("one", 0);
    expect(await slots.enter("one", 1)).toBeUndefined();
    leave?.();
    leave?.();
    const next = await slots.enter("one", 0);
    expect(next).toBeDefined();
    expect(await slots.enter("one", 1)).toBeUndefined();
  });
});
