import { describe, expect, it } from "vitest";
import { emailSender } from "../../../shared/delivery/email/email-sender.ts";
import { isMailToken, mailToken, readMailToken } from "../../../shared/delivery/email/mail-token.ts";
import { exampleKeys, NOW } from "../domain/examples.ts";
import { byMail, everyMessage, ORIGIN } from "./mail-examples.ts";

const keys = exampleKeys();
const PATIENCE = { connectMs: 1_000, totalMs: 1_500 };

/** Sends one message through an SES that answers as told. */
async function send(name: string, answers: () => Promise<unknown>, to = byMail()) {
  const asked: { input: Record<string, unknown> }[] = [];
  const ses = {
    send: async (command: never) => {
      asked.push(command);
      return answers();
    },
  };
  const sender = emailSender({
    ses: ses as never,
    keys,
    from: "alerts@x.example",
    configurationSet: "rules",
    origin: ORIGIN,
  });
  const outgoing = everyMessage(to)[name];
  if (!outgoing) throw new Error(`no ${name}`);
  return { result: await sender({ outgoing, subscription: to, secrets: [], now: NOW, patience: PATIENCE }), asked };
}

const failing = (name: string) => async () => {
  throw Object.assign(new Error("with the address you@brand.example in it"), { name });
};

describe("sending a mail", () => {
  it("goes to the one address, from ours, by our rules", async () => {
    const { result, asked } = await send("opened", async () => ({}));
    expect(result).toEqual({ kind: "sent" });
    expect(asked[0]?.input).toMatchObject({
      FromEmailAddress: "Touchstone <alerts@x.example>",
      ConfigurationSetName: "rules",
      Destination: { ToAddresses: ["team@brand.example"] },
      // By these SES's reports lead back to what was sent.
      EmailTags: [
        { Name: "tenant", Value: "acme" },
        { Name: "subscription", Value: "sub_aaaaaaaaaaaa" },
        { Name: "delivery", Value: everyMessage(byMail()).opened?.id },
      ],
    });
  });

  it.each([
    ["TooManyRequestsException", { kind: "failed", reason: "mail_throttled" }],
    ["LimitExceededException", { kind: "failed", reason: "mail_throttled" }],
    ["SendingPausedException", { kind: "failed", reason: "mail_paused" }],
    ["MailFromDomainNotVerifiedException", { kind: "failed", reason: "mail_not_set_up" }],
    // The first queue leaves what timed out to the other one by this ending.
    ["AbortError", { kind: "failed", reason: "mail_timed_out" }],
    ["ECONNREFUSED", { kind: "failed", reason: "mail_failed" }],
    ["MessageRejected", { kind: "refused", reason: "mail_refused" }],
    ["BadRequestException", { kind: "refused", reason: "mail_refused" }],
  ])("%s is %j", async (name, result) => expect((await send("opened", failing(name))).result).toEqual(result));

  it("is refused where the channel has become another", async () => {
    const { result, asked } = await send("opened", async () => ({}), byMail({ channel: { type: "inbox" } }));
    expect([result, asked]).toEqual([{ kind: "refused", reason: "not_a_mailbox" }, []]);
  });
});

describe("the token of a link", () => {
  const of = { tenant: "acme", subscription: "sub_aaaaaaaaaaaa", to: "team@brand.example" };
  it("holds for its purpose, its address and its tenant, and says until when", async () => {
    const token = await mailToken(keys, "confirm", of, NOW);
    const claims = readMailToken(token);
    if (!claims) throw new Error("not read");
    expect(token).not.toContain("brand");
    expect(claims.expires.toISOString()).toBe("2026-11-25T12:00:00.000Z");
    expect(await isMailToken(keys, "confirm", claims, of.to)).toBe(true);
    expect(await isMailToken(keys, "unsubscribe", claims, of.to)).toBe(false);
    expect(await isMailToken(keys, "confirm", claims, "other@brand.example")).toBe(false);
    expect(await isMailToken(keys, "confirm", { ...claims, tenant: "other" }, of.to)).toBe(false);
    expect(await isMailToken(keys, "confirm", { ...claims, subscription: "sub_bbbbbbbbbbbb" }, of.to)).toBe(false);
    const later = { ...claims, expires: new Date(claims.expires.getTime() + 1_000) };
    expect(await isMailToken(keys, "confirm", later, of.to)).toBe(false);
  });

  it.each([undefined, "", ".", "a.b.c.d", "acme.sub_aaaaaaaaaaaa.zzzzzz", `acme.sub_x.zzzzzz.${"A".repeat(43)}`])(
    "%j is none",
    (text) => expect(readMailToken(text)).toBeUndefined(),
  );
});
