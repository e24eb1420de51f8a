import { describe, expect, it } from "vitest";
import { mailReports } from "../../../local/parts/mail-events.ts";
import { mailEvent } from "../../../shared/contracts/mail-event.ts";
import { noteMailEvent } from "../../../shared/delivery/email/note-mail-event.ts";
import { concluded, newDelivery } from "../../../shared/domain/delivery.ts";
import { explainDelivery } from "../../../shared/domain/explain-delivery.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { later } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { byMail, everyMessage } from "./mail-examples.ts";

const { opened } = everyMessage(byMail());
if (!opened) throw new Error("no message");
const TAGS = [
  { Name: "tenant", Value: "acme" },
  { Name: "subscription", Value: byMail().id },
  { Name: "delivery", Value: opened.id },
];

/** What SES would say of a mail; `kind` is an address of its simulator, `to` whom the report names. */
function report(kind: "bounce" | "complaint", { to = "team@brand.example", type = "Permanent" } = {}) {
  const sent = {
    ConfigurationSetName: "rules",
    Destination: { ToAddresses: [`${kind}@simulator.amazonses.com`] },
    EmailTags: TAGS,
  };
  const [one] = mailReports(sent, "0100-ses", NOW);
  const text = JSON.stringify(one?.event)
    .replace(`${kind}@simulator.amazonses.com`, to)
    .replace('"Permanent"', JSON.stringify(type));
  return mailEvent.parse(JSON.parse(text));
}

function post(first: Subscription = byMail()) {
  let standing: Subscription | undefined = first;
  let delivery = concluded(newDelivery(opened ?? never(), NOW), "delivered");
  const told: [string, string][] = [];
  let meanwhile = () => {};
  const note = noteMailEvent({
    subscriptions: {
      get: async () => standing,
      async unsubscribe(_, __, version, paused) {
        meanwhile();
        if (standing?.version !== version) return false;
        standing = { ...standing, version: version + 1, paused };
        return true;
      },
    },
    deliveries: {
      get: async () => ({ delivery, sealed: Buffer.of() }),
      async change(next) {
        if (next.version !== delivery.version + 1) return false;
        delivery = next;
        return true;
      },
    },
    tellOwner: async (_, why, at) => void told.push([why, at.toISOString()]),
  });
  return {
    told,
    note: (event: ReturnType<typeof report>) => note(event, later(1)),
    delivery: () => delivery,
    paused: () => standing?.paused,
    before: (what: (now: Subscription) => Subscription | undefined) => {
      meanwhile = () => {
        meanwhile = () => {};
        standing = standing && what(standing);
      };
    },
  };
}

function never(): never {
  throw new Error("no message");
}

const at = NOW.toISOString();

describe("what SES says of a mail", () => {
  it.each([
    ["bounce", "bounced", "mail_bounced"],
    ["complaint", "unsubscribed", "mail_complained"],
  ] as const)("a %s stops the subscription as %s, and its delivery says so", async (kind, why, reason) => {
    const it = post();
    await it.note(report(kind));
    expect(it.paused()).toEqual({ why, at });
    expect(it.delivery()).toMatchObject({ state: "failed", reason });
    expect(explainDelivery(it.delivery())).not.toContain(reason);
    expect(it.told).toEqual([[why, at]]);
    // Said again, it is told again under the same time, which is the same alert.
    await it.note(report(kind));
    expect(it.told).toEqual([
      [why, at],
      [why, at],
    ]);
    expect(it.delivery().version).toBe(3);
  });

  it("also where nobody had confirmed the address yet, and after others' changes", async () => {
    const it = post(byMail({}, { paused: { why: "unconfirmed", at: later(-9).toISOString() } }));
    it.before((now) => ({ ...now, version: 7 }));
    await it.note(report("bounce", { to: "Team@Brand.example" }));
    expect(it.paused()?.why).toBe("bounced");
  });

  it("means nothing where a mailbox was full, or the address is another by now, or it is gone", async () => {
    const full = post();
    await full.note(report("bounce", { type: "Transient" }));
    expect([full.paused(), full.delivery().state]).toEqual([undefined, "delivered"]);
    const moved = post();
    await moved.note(report("bounce", { to: "former@brand.example" }));
    expect([moved.paused(), moved.told, moved.delivery().state]).toEqual([undefined, [], "failed"]);
    const gone = post();
    gone.before(() => undefined);
    await gone.note(report("complaint"));
    expect(gone.told).toEqual([]);
  });

  it("is kept of one that was paused by hand: letting it go on asks its reader", async () => {
    const it = post(byMail({}, { paused: { why: "by_hand", at: later(-9).toISOString() } }));
    await it.note(report("complaint"));
    expect(it.paused()).toEqual({ why: "unsubscribed", at });
  });

  it.each(["unsubscribed", "bounced"] as const)("leaves one alone that is %s", async (why) => {
    const paused = { why, at: later(-9).toISOString() };
    const it = post(byMail({}, { paused }));
    await it.note(report("complaint"));
    await it.note(report("bounce"));
    expect([it.paused(), it.told]).toEqual([paused, []]);
  });

  it("is read no further than it has to be, and is ours by its tags", () => {
    expect(mailEvent.safeParse({ eventType: "Delivery", mail: {} }).success).toBe(false);
    const { mail: _, ...untagged } = report("bounce");
    expect(mailEvent.safeParse(untagged).success).toBe(false);
    expect(mailReports({ Destination: { ToAddresses: ["bounce@simulator.amazonses.com"] } }, "1", NOW)).toEqual([]);
    expect(
      mailReports({ ConfigurationSetName: "r", Destination: { ToAddresses: ["bounce@brand.example"] } }, "1", NOW),
    ).toEqual([]);
  });
});
