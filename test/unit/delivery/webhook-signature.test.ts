import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signWebhook } from "../../../shared/delivery/sign-webhook.ts";
import {
  keyOfSecret,
  mintSecret,
  rotated,
  type SealedSecret,
  signing,
} from "../../../shared/delivery/webhook-secret.ts";

const ID = "msg_2KWPBgLlAfxdpx2AI54pPJ";
const BODY = '{"type":"touchstone.verdict.flagged"}';

describe("the signature", () => {
  it("is what the specification's own example says", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const signed = signWebhook("msg_p5jXN8AQM9LWM0D4loKWxJek", new Date(1614265330_000), '{"test": 2432232314}', [
      secret,
    ]);
    expect(signed).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("is verified by the published library, with either secret while two hold", () => {
    const secrets = [mintSecret(), mintSecret()];
    const headers = signWebhook(ID, new Date(), BODY, secrets);
    for (const secret of secrets) expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(() => new Webhook(mintSecret()).verify(BODY, headers)).toThrow("No matching signature");
    expect(() => new Webhook(secrets[0] ?? "").verify(`${BODY} `, headers)).toThrow("No matching signature");
    expect(() => new Webhook(secrets[0] ?? "").verify(BODY, { ...headers, "webhook-id": "msg_other" })).toThrow();
  });

  it("is of secrets with as many random bytes as the specification asks for", () => {
    const secret = mintSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(keyOfSecret(secret)).toHaveLength(32);
    expect(mintSecret()).not.toBe(secret);
  });
});

describe("rotation", () => {
  const at = (hours: number) => new Date(Date.parse("2026-11-23T00:00:00Z") + hours * 3_600_000);
  const names = (secrets: readonly SealedSecret[], hours: number) =>
    signing(secrets, at(hours)).map(({ sealed }) => sealed);
  const rotate = (secrets: readonly SealedSecret[], name: string, hours: number): SealedSecret[] => {
    const next = rotated(secrets, name, at(hours));
    if (!next) throw new Error("no more secrets");
    return next;
  };

  it("lets the former secret sign for a day", () => {
    const secrets = rotate(rotate([], "first", 0), "second", 100);
    expect(names(secrets, 100)).toEqual(["second", "first"]);
    expect(names(secrets, 123.9)).toEqual(["second", "first"]);
    expect(names(secrets, 124)).toEqual(["second"]);
  });

  it("does not make the oldest live longer where it happens twice in a day", () => {
    const secrets = rotate(rotate(rotate([], "first", 0), "second", 100), "third", 120);
    expect(names(secrets, 121)).toEqual(["third", "second", "first"]);
    expect(names(secrets, 125)).toEqual(["third", "second"]);
    expect(names(secrets, 145)).toEqual(["third"]);
  });

  it("ends where five sign, until the oldest has ended", () => {
    let secrets: SealedSecret[] = [];
    for (const name of ["a", "b", "c", "d", "e"]) secrets = rotate(secrets, name, 0);
    expect(rotated(secrets, "f", at(1))).toBeUndefined();
    expect(rotated(secrets, "f", at(25))?.map(({ sealed }) => sealed)).toEqual(["f", "e"]);
  });
});
