import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAllowedHosts } from "../../../shared/delivery/endpoint-url.ts";
import { newAuthority } from "./certificate.ts";
import { type DeliveryWorld, openRig, type WorldRig } from "./delivery-world.ts";
import type { Asked } from "./receiver.ts";

// Each fault of a receiver, and after it that receiver well again. All that came to it is verified with the published
// library by the receiver's own clock.

const HOST = "hooks.example.com";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const authority = newAuthority();
let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig({
    good: authority.issue({ names: [HOST] }),
    expired: authority.issue({ names: [HOST], days: -1 }),
    other: authority.issue({ names: ["elsewhere.example.com"] }),
    stranger: newAuthority().issue({ names: [HOST] }),
  });
});
afterAll(() => rig?.close());

/** A subscription whose secret the receiver knows. */
async function signedAt(url: string, world: DeliveryWorld, name: string): Promise<string> {
  const { id, secret } = await world.subscribe(url);
  await rig.receiver.knows({ [name]: [secret] });
  return id;
}

const timestampOf = ({ headers }: Asked): number => Number(headers["webhook-timestamp"]);

describe("a receiver that fails once", () => {
  it.each([
    ["500", "status"],
    ["503", "status"],
    ["404", "status"],
    ["302_http%3A%2F%2F127.0.0.1%2F", "status"],
    ["429_30", "status"],
    ["reset", "connection_reset"],
    ["close", "connection_reset"],
    ["garbage", "not_http"],
    ["headers", "not_http"],
    ["upgrade", "not_http"],
  ])("%s: %s, and then it arrives, signed anew under the same id", async (answers, outcome) => {
    const { world, name } = rig.fresh();
    const message = await world.tell(await signedAt(rig.receiver.at(`${answers},verified`, name), world, name));
    await world.run({ untilMs: 2 * MINUTE });
    const { attempts, state } = await world.get(message.id);
    expect([state, attempts.map((one) => one.outcome)]).toEqual(["delivered", [outcome, "delivered"]]);
    const asked = await rig.receiver.requests(name);
    expect(asked.map(({ id, verified }) => [id, verified])).toEqual([
      [message.id, true],
      [message.id, true],
    ]);
    const [first, second] = asked.map(timestampOf);
    expect(second).toBeGreaterThan(first ?? Number.NaN);
  });

  it.each(["huge", "drip"])("with 200 and %s has taken it", async (answers) => {
    const { world, name } = rig.fresh();
    const message = await world.tell(await signedAt(rig.receiver.at(answers, name), world, name));
    await world.run({ untilMs: MINUTE });
    expect((await world.get(message.id)).state).toBe("delivered");
    expect(await rig.receiver.requests(name)).toMatchObject([{ id: message.id, verified: true }]);
  });

  it("by answering 200 too slowly for the first queue is asked again by the second", async () => {
    const { world, name } = rig.fresh();
    const message = await world.tell(await signedAt(rig.receiver.at("slow_2500", name), world, name));
    await world.run({ untilMs: MINUTE });
    expect(await world.get(message.id)).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
    const asked = await rig.receiver.requests(name);
    expect(asked.map(({ id, verified }) => [id, verified])).toEqual([
      [message.id, true],
      [message.id, true],
    ]);
  });

  it("with 410 gets nothing more", async () => {
    const { world, name } = rig.fresh();
    const id = await signedAt(rig.receiver.at("410,200", name), world, name);
    const message = await world.tell(id);
    await world.run({ untilMs: MINUTE });
    await world.tell(id);
    await world.run({ untilMs: HOUR, sweepMinutes: 15 });
    expect(await world.get(message.id)).toMatchObject({ state: "failed", reason: "gone" });
    expect(await rig.receiver.requests(name)).toMatchObject([{ verified: true }]);
  });
});

describe("Retry-After", () => {
  const inMinutes = (world: DeliveryWorld, minutes: number): string =>
    encodeURIComponent(new Date(world.now().getTime() + minutes * MINUTE).toUTCString());

  it.each([
    ["seconds", () => "600", 10],
    ["a date", (world: DeliveryWorld) => inMinutes(world, 20), 20],
    ["a date that is over", (world: DeliveryWorld) => inMinutes(world, -20), 0],
    ["no time at all", () => "soon", 0],
    ["less than nothing", () => "-5", 0],
    ["a number beyond all bounds", () => "99999999999999999999", 0],
    ["eleven days", () => "999999", 24 * 60],
    ["a date in a hundred years", () => encodeURIComponent("Mon, 23 Nov 2126 00:00:00 GMT"), 24 * 60],
  ])("of %s is honoured as far as a day", async (_, wish, minutes) => {
    const { world, name } = rig.fresh();
    const url = rig.receiver.at(`429_${wish(world)},verified`, name);
    const message = await world.tell(await signedAt(url, world, name));
    const began = world.now().getTime();
    await world.run({ untilMs: (minutes + 1) * MINUTE, sweepMinutes: 15 });
    await world.run({ untilMs: 30 * MINUTE });
    const { attempts, state } = await world.get(message.id);
    expect([state, attempts.map(({ status }) => status)]).toEqual(["delivered", [429, 200]]);
    const waited = (Date.parse(attempts[1]?.at ?? "") - began) / MINUTE;
    expect(waited).toBeGreaterThanOrEqual(minutes - 0.1);
    // The sweep comes by within a quarter of an hour here.
    expect(waited).toBeLessThanOrEqual(minutes + 16);
    expect((await rig.receiver.requests(name)).map(({ verified }) => verified)).toEqual([true, true]);
  });
});

describe("a clock that is wrong", () => {
  it.each([
    ["behind", -10 * MINUTE, "Message timestamp too old"],
    ["ahead", 10 * MINUTE, "Message timestamp too new"],
  ])("ten minutes %s: refused, and taken when it is right", async (_, skewMs, fault) => {
    const { world, name } = rig.fresh();
    const message = await world.tell(await signedAt(rig.receiver.at("verified", name), world, name));
    await world.run({ skewMs });
    expect(await rig.receiver.requests(name)).toMatchObject([{ verified: false, fault }]);
    expect(await world.get(message.id)).toMatchObject({ state: "waiting", attempts: [{ status: 400 }] });
    await world.run({ untilMs: HOUR });
    expect((await world.get(message.id)).state).toBe("delivered");
    expect((await rig.receiver.requests(name)).at(-1)).toMatchObject({ verified: true, id: message.id });
  });

  it.each([-4 * MINUTE, 4 * MINUTE])("by %i ms makes no difference", async (skewMs) => {
    const { world, name } = rig.fresh();
    const message = await world.tell(await signedAt(rig.receiver.at("verified", name), world, name));
    await world.run({ skewMs });
    expect((await world.get(message.id)).state).toBe("delivered");
  });
});

describe("TLS", () => {
  it.each([
    ["expired", "certificate_expired"],
    ["other", "certificate_of_another_name"],
    ["stranger", "certificate_not_trusted"],
  ])(
    "with a certificate that is %s nothing is sent, and it says why; with a good one it arrives",
    async (server, outcome) => {
      const { world, name } = rig.fresh();
      const url = rig.receiver.at("verified", name, server, HOST);
      const good = rig.receiver.at("verified", name, "good", HOST);
      const allowed = readAllowedHosts([url, good].map((one) => new URL(one).host).join());
      world.guard({ allowed, authorities: [authority.cert] });
      const id = await signedAt(url, world, name);
      const message = await world.tell(id);
      await world.run();
      expect(await world.get(message.id)).toMatchObject({ state: "waiting", attempts: [{ outcome }] });
      expect(await rig.receiver.requests(name)).toEqual([]);
      await world.move(id, good);
      await world.run({ untilMs: MINUTE });
      expect(await world.get(message.id)).toMatchObject({ state: "delivered" });
      expect(await rig.receiver.requests(name)).toMatchObject([{ id: message.id, verified: true }]);
    },
  );

  it("is not spoken by who answers plainly", async () => {
    const { world, name } = rig.fresh();
    const url = `https://127.0.0.1:${rig.receiver.ports.http}/do/200/${name}`;
    const message = await world.tell(await signedAt(url, world, name));
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ attempts: [{ outcome: "tls_failed" }] });
    expect(await rig.receiver.requests(name)).toEqual([]);
  });
});

describe("a name that leads inside", () => {
  const PUBLIC = "93.184.216.34";

  it.each([
    ["this machine", ["127.0.0.1"]],
    ["metadata", ["169.254.169.254"]],
    ["this machine by IPv6", ["::1"]],
    ["this machine, mapped", ["::ffff:127.0.0.1"]],
    ["this machine, mapped and in hexadecimal", ["::ffff:7f00:1"]],
    ["this machine, translated", ["64:ff9b::7f00:1"]],
    ["this machine, by 6to4", ["2002:7f00:1::"]],
    ["a private network by IPv6", ["fd00:ec2::254"]],
    ["a neighbour", ["fe80::1"]],
    ["a public address and this machine", [PUBLIC, "127.0.0.1"]],
    ["this machine and a public address", ["127.0.0.1", PUBLIC]],
    ["a public address and this machine by IPv6", [PUBLIC, "::1"]],
    ["nothing at all", []],
  ])("to %s is never called", async (_, addresses) => {
    const { world, name } = rig.fresh();
    let asked = 0;
    world.guard({
      allowed: readAllowedHosts(""),
      async resolve() {
        asked += 1;
        return addresses;
      },
    });
    const message = await world.tell(await signedAt(`https://${HOST}:8443/do/200/${name}`, world, name));
    await world.run();
    const outcome = addresses.length === 0 ? "name_not_resolved" : "address_not_public";
    const { attempts } = await world.get(message.id);
    // A name that nobody resolves may only be slow to be: that is left to the second queue.
    expect(attempts.map((one) => one.outcome)).toEqual([outcome]);
    expect(asked).toBe(addresses.length === 0 ? 2 : 1);
    expect(await rig.receiver.requests(name)).toEqual([]);
  });

  it("a moment after it led elsewhere gets nothing: each request looks once, and goes where it looked", async () => {
    const { world, name } = rig.fresh();
    const { good: port } = rig.receiver.ports;
    // The receiver listens at 127.0.0.1, on the very port: whoever looked twice would find it. 127.0.0.2 stands for a public
    // address here, where nobody listens.
    const leads = ["127.0.0.2", "127.0.0.1", "127.0.0.2", "127.0.0.1"];
    let asked = 0;
    world.guard({
      allowed: readAllowedHosts(`${HOST}:${port}`),
      authorities: [authority.cert],
      resolve: async () => leads.slice(asked, ++asked),
    });
    const message = await world.tell(await signedAt(rig.receiver.at("200", name, "good", HOST), world, name));
    await world.run();
    expect(asked).toBe(1);
    expect(await world.get(message.id)).toMatchObject({ attempts: [{ outcome: "connection_refused" }] });
    expect(await rig.receiver.requests(name)).toEqual([]);
  });
});
