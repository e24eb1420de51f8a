import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAllowedHosts } from "../../../shared/delivery/endpoint-url.ts";
import { type Guard, guardedPost, type Patience } from "../../../shared/delivery/guarded-post.ts";
import { signWebhook } from "../../../shared/delivery/sign-webhook.ts";
import { mintSecret } from "../../../shared/delivery/webhook-secret.ts";
import { newAuthority } from "./certificate.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const HOST = "hooks.example.com";
const ID = "msg_AAAAAAAAAAAAAAAAAAAAAA";
const BODY = '{"type":"touchstone.subscription.test"}';
const PATIENT: Patience = { connectMs: 3_000, totalMs: 10_000 };

const authority = newAuthority();
const secret = mintSecret();
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver({
    good: authority.issue({ names: [HOST] }),
    expired: authority.issue({ names: [HOST], days: -1 }),
    other: authority.issue({ names: ["elsewhere.example.com"] }),
    stranger: newAuthority().issue({ names: [HOST] }),
  });
});
afterAll(() => receiver?.close());

/** The name leads to this machine, as its allowlist has it. */
const guard = (over: Partial<Guard> = {}): Guard => ({
  resolve: async () => ["127.0.0.1"],
  allowed: readAllowedHosts(
    Object.values(receiver.ports)
      .flatMap((port) => [`${HOST}:${port}`, `127.0.0.1:${port}`])
      .join(),
  ),
  authorities: [authority.cert],
  ...over,
});

const post = (url: string, over: Partial<Guard> = {}, patience = PATIENT) =>
  guardedPost(guard(over))({ url, headers: signWebhook(ID, new Date(), BODY, [secret]), body: BODY, patience });

const failed = (reason: string) => ({ kind: "failed", reason });

describe("a receiver that answers", () => {
  it("over TLS by its name, with a signature that the published library verifies", async () => {
    await receiver.knows({ verified: [secret] });
    expect(await post(receiver.at("200", "verified", "good", HOST))).toEqual({ kind: "answered", status: 200 });
    const [asked] = await receiver.requests("verified");
    expect(asked).toMatchObject({ method: "POST", id: ID, verified: true, body: BODY });
    expect(asked?.host).toBe(`${HOST}:${receiver.ports.good}`);
  });

  it.each([
    ["500", { status: 500 }],
    ["204", { status: 204 }],
    ["410", { status: 410 }],
    ["429_30", { status: 429, retryAfter: "30" }],
    ["slow_300", { status: 200 }],
    ["drip", { status: 200 }],
    ["huge", { status: 200 }],
  ])("%s is an answer", async (answers, expected) => {
    expect(await post(receiver.at(answers, "answers"))).toEqual({ kind: "answered", ...expected });
  });

  it("with a redirect, which is not followed", async () => {
    const inner = encodeURIComponent(receiver.at("200", "redirected"));
    expect(await post(receiver.at(`302_${inner}`, "redirects"))).toEqual({ kind: "answered", status: 302 });
    expect(await receiver.requests("redirected")).toEqual([]);
  });
});

describe("a receiver that does not", () => {
  it.each([
    ["reset", "connection_reset"],
    ["close", "connection_reset"],
    ["headers", "not_http"],
    ["garbage", "not_http"],
    ["upgrade", "not_http"],
  ])("%s: %s", async (answers, reason) => {
    expect(await post(receiver.at(answers, "silent"))).toEqual(failed(reason));
  });

  it("in time: the whole has an end", async () => {
    expect(await post(receiver.at("hang", "hangs"), {}, { connectMs: 3_000, totalMs: 200 })).toEqual(
      failed("answer_timed_out"),
    );
    expect(await post(receiver.at("slow_5000", "hangs"), {}, { connectMs: 3_000, totalMs: 200 })).toEqual(
      failed("answer_timed_out"),
    );
  });

  it("because nothing listens", async () => {
    const closed = await openReceiver();
    const url = closed.at("200", "closed");
    closed.close();
    await expect
      .poll(() => post(url, { allowed: readAllowedHosts(new URL(url).host) }), { timeout: 10_000 })
      .toEqual(failed("connection_refused"));
  });

  it.each([
    ["expired", "certificate_expired"],
    ["other", "certificate_of_another_name"],
    ["stranger", "certificate_not_trusted"],
  ])("with a certificate that is %s", async (server, reason) => {
    expect(await post(receiver.at("200", "unsafe", server, HOST))).toEqual(failed(reason));
    expect(await receiver.requests("unsafe")).toEqual([]);
  });

  it("speaking plainly where TLS is spoken, and the other way round", async () => {
    const { http: plain, good: tls } = receiver.ports;
    expect(await post(`https://${HOST}:${plain}/do/200/unsafe`)).toEqual(failed("tls_failed"));
    expect(await post(`http://127.0.0.1:${tls}/do/200/unsafe`)).toMatchObject({ kind: "failed" });
    expect(await receiver.requests("unsafe")).toEqual([]);
  });
});

describe("the guard", () => {
  const public8443 = `https://${HOST}:8443/`;
  const counted = (answers: readonly (readonly string[])[]) => {
    let asked = 0;
    const resolve = async () => answers[Math.min(asked++, answers.length - 1)] ?? [];
    return { resolve, asked: () => asked };
  };

  it.each(["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1", "fd00:ec2::254"])(
    "does not go where the name leads to %s",
    async (address) => {
      expect(await post(public8443, { resolve: async () => [address] })).toEqual(failed("address_not_public"));
    },
  );

  it("does not go there either where only one of several addresses is an inner one", async () => {
    const resolve = async () => ["93.184.216.34", "127.0.0.1"];
    expect(await post(public8443, { resolve })).toEqual(failed("address_not_public"));
  });

  it("asks once: a name that is re-bound to 127.0.0.1 a moment later leads nowhere", async () => {
    // The receiver listens on this very port of 127.0.0.1: a second look at the name would find it.
    const port = receiver.ports.good ?? 0;
    const rebinding = counted([["192.0.2.1"], ["127.0.0.1"]]);
    const first = await post(`https://${HOST}:8443/`, { resolve: rebinding.resolve });
    expect([first, rebinding.asked()]).toEqual([failed("address_not_public"), 1]);

    // As long as the first answer is good, the connection goes there and nowhere else: 127.0.0.2 stands for it here.
    const elsewhere = counted([["127.0.0.2"], ["127.0.0.1"]]);
    const second = await post(`https://${HOST}:${port}/do/200/rebound`, { resolve: elsewhere.resolve });
    expect([second, elsewhere.asked()]).toEqual([failed("connection_refused"), 1]);
    expect(await receiver.requests("rebound")).toEqual([]);
  });

  it("does not call this machine by number, whatever way it is written", async () => {
    const { http: port } = receiver.ports;
    const none = { allowed: readAllowedHosts("") };
    for (const host of ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost"])
      expect(await post(`http://${host}:${port}/do/200/inner`, none)).toMatchObject({ kind: "failed" });
    // Allowed is one port of one host.
    const one = { allowed: readAllowedHosts(`127.0.0.1:${(port ?? 0) + 1}`) };
    expect(await post(`http://127.0.0.1:${port}/do/200/inner`, one)).toEqual(failed("not_https"));
    expect(await receiver.requests("inner")).toEqual([]);
  });

  it("has an end where nobody answers for a name, and says so where it is not known", async () => {
    const short = { connectMs: 100, totalMs: 200 };
    const silent = { resolve: () => new Promise<readonly string[]>(() => {}) };
    expect(await post(public8443, silent, short)).toEqual(failed("name_not_resolved"));
    const unknown = { resolve: () => Promise.reject(new Error("of a name")) };
    expect(await post(public8443, unknown)).toEqual(failed("name_not_resolved"));
  });

  it("sends nothing that would split a request", async () => {
    const headers = { ...signWebhook(ID, new Date(), BODY, [secret]), "x-bad": "a\r\nx: y" };
    const asked = { url: receiver.at("200", "split"), headers, body: BODY, patience: PATIENT };
    expect(await guardedPost(guard())(asked)).toEqual(failed("request_not_writable"));
    expect(await receiver.requests("split")).toEqual([]);
  });
});
