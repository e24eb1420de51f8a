import { describe, expect, it } from "vitest";
import type { PostRequest } from "../../../shared/delivery/guarded-post.ts";
import { webhookSender } from "../../../shared/delivery/webhook-sender.ts";
import { exampleSubscription } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { everyMessage } from "./mail-examples.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

async function send(url: string, sealed?: string) {
  const asked: PostRequest[] = [];
  const sender = webhookSender({
    post: async (request) => {
      asked.push(request);
      return { kind: "answered", status: 204 };
    },
    addressOf: async () => sealed,
  });
  const subscription = exampleSubscription({ channel: { type: "webhook", url } });
  const { event } = everyMessage(subscription);
  if (!event) throw new Error("no event");
  const patience = { connectMs: 1_000, totalMs: 1_500 };
  const result = await sender({ outgoing: event, subscription, secrets: [SECRET], now: NOW, patience });
  return { result, urls: asked.map((one) => one.url) };
}

describe("a webhook", () => {
  it("goes to its address, whose sealed part nobody else sees", async () => {
    expect((await send("https://receiver.example/hook", "https://former.example/")).urls).toEqual([
      "https://receiver.example/hook",
    ]);
    const whole = "https://receiver.example/hook?token=t";
    expect((await send("https://receiver.example/hook?…", whole)).urls).toEqual([whole]);
  });

  it("goes nowhere where the sealed part is gone", async () => {
    expect(await send("https://receiver.example/hook?…")).toEqual({
      result: { kind: "refused", reason: "address_missing" },
      urls: [],
    });
  });
});
