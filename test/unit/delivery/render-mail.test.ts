import { describe, expect, it } from "vitest";
import { alertMessage } from "../../../shared/alerts/told-facts.ts";
import { chatBody } from "../../../shared/delivery/chat-body.ts";
import { renderMail } from "../../../shared/delivery/email/render-mail.ts";
import { languageWords } from "../../../shared/delivery/told/language-words.ts";
import { momentIn } from "../../../shared/delivery/told/moments.ts";
import { plainWords, unlinkedWords } from "../../../shared/delivery/told/plain-words.ts";
import { labelled, later, reviewEvent, verdictEvent } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";
import { byMail, everyMessage, exampleAlert, exampleStorm, LINKS, ORIGIN } from "./mail-examples.ts";

const team = byMail();
const mails = Object.entries(everyMessage(team)).map(([name, one]) => [name, renderMail(one, team, LINKS)] as const);
const mailOf = (name: string) => {
  const found = mails.find(([one]) => one === name);
  if (!found) throw new Error(`no ${name}`);
  return found[1];
};

/** Names that try to say something else than they are. */
const HOSTILE = `<b>"Mine"</b> & 'co' \u202egnp.exe\u2066 https://evil.example @channel`;
/** What programs make links of, in any script: a scheme, an address of a mailbox, a name of a host. */
const LINKS_ITSELF = /:[/\\]{2}|[^\s[]@[^\s\]]|[^\s[][.\u3002\uff0e\uff61](?:[\p{L}\p{M}]{2}|xn--)/u;

describe("every mail", () => {
  it.each(mails)(
    "%s says the same in text and HTML, fetches nothing and runs nothing",
    (_, { subject, text, html }) => {
      expect(subject).toMatch(/^\S.{5,149}$/);
      expect(text).not.toMatch(/<[a-z]|undefined|\[object|NaN/);
      expect(html).not.toMatch(/<(?:script|img|link|iframe|form|input|object|svg)\b|@import|url\(|\son\w+=|undefined/i);
      expect(html).toContain("color-scheme");
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
      expect(links.length).toBeGreaterThan(0);
      for (const url of links) {
        expect(url).toMatch(/^https:\/\/console\.example\/(?:alerts|cases|audiences|targets|subscriptions|v1\/mail)\b/);
        expect(text).toContain(url);
      }
      // The largest programs cut what is longer.
      expect(Buffer.byteLength(html)).toBeLessThan(102_000);
      for (const line of text.split("\n")) if (!/https:/.test(line)) expect(line.length).toBeLessThan(140);
    },
  );

  it.each(mails)("%s calls nobody and nothing fake", (_, { text, html }) => {
    expect(text + html).not.toMatch(/\bis (?:a )?(?:fake|fraud|bot|liar|spam)/i);
  });

  it.each(mails.filter(([name]) => name !== "confirmation"))("%s says why it came and how to stop it", (_, mail) => {
    for (const body of [mail.text, mail.html]) {
      expect(body).toMatch(/Hotels of the north/);
      expect(body).toContain(LINKS.unsubscribe);
      expect(body).not.toContain(LINKS.confirm);
    }
  });
});

describe("what mails say", () => {
  it("a storm in one line of numbers, with the first items and how many more", () => {
    const { subject, text } = mailOf("storm");
    expect(subject).toMatch(/^Growing: 214 reviews in 40 minutes, 60% with one star/);
    expect(text).toContain("Consistent with: co-ordinated group");
    expect(text).toContain("Stars: 1 star: 129, 5 stars: 85");
    expect(text).toContain("What was done: 214 shown, and flagged");
    expect(text).toContain("Languages: English 142, German 72");
    expect(text).toContain(`- all ratings of hotel-1\n  ${ORIGIN}/targets/hotel-1`);
    expect(text).toContain("- review review-0");
    expect(text).toContain("and 209 more");
    expect(text).toContain("Target: hotel-1");
  });

  it("nothing as from or to somebody that is a time", () => {
    for (const [, { text }] of mails) expect(text).not.toMatch(/^(?:From|To): /m);
  });

  it("of a storm what it looks like, apart from what was done about it", () => {
    const storm = reviewEvent(1, { labels: [labelled("fake_review.brigade", 5), labelled("rating_storm", 3)] }).facts;
    const { first, tally } = exampleAlert({}, storm);
    const alert = exampleStorm({ first, tally: { ...tally, count: 30 } });
    const told = alertMessage(team, "alert.grown", alert, { at: NOW.toISOString(), sequence: 1, from: undefined });
    const { subject, text } = renderMail(told, team, LINKS);
    expect(subject).toMatch(/: review consistent with a co-ordinated group, many ratings at once$/);
    expect(text).toContain("Consistent with: co-ordinated group, many ratings at once\n");
  });

  it("what must be acknowledged, and until when, by the reader's clock", () => {
    expect(mailOf("duty").subject).toMatch(/^To acknowledge: 1 post/);
    expect(mailOf("duty").text).toContain("Acknowledge this by Sun 22 Nov 2026, 12:30 (UTC)");
    const zurich = byMail({ quiet: { from: "22:00", to: "07:00", timeZone: "Europe/Zurich" } });
    const { duty } = everyMessage(zurich);
    if (!duty) throw new Error("no duty");
    expect(renderMail(duty, zurich, LINKS).html).toContain("Sun 22 Nov 2026, 13:30 (Europe/Zurich)");
    expect(mailOf("escalated").subject).toMatch(/^Passed on to you: /);
    expect(mailOf("escalated").text).toMatch(/Nobody of "Night shift" acknowledged this/);
    const again = alertMessage(team, "alert.escalated", exampleAlert(), {
      at: NOW.toISOString(),
      sequence: 1,
      from: team,
    });
    expect(renderMail(again, team, LINKS).subject).toMatch(/^Still to acknowledge: /);
    expect(renderMail(again, team, LINKS).text).toContain(
      "You were told of this before, and nobody has acknowledged it.",
    );
    // Where nobody is left to whom it could be passed on, its time is over when it is told.
    const late = { ...duty, at: later(31).toISOString() };
    const { html } = renderMail(late, team, LINKS);
    expect(html).toContain("Nobody acknowledged this by Sun 22 Nov 2026, 12:30 (UTC): it still has to be.");
    expect(html).not.toContain("Acknowledge this by");
  });

  it("a digest of sixty alerts: what must be acknowledged first, twenty, and how many more", () => {
    const { text } = mailOf("digest");
    expect(text.match(/^- /gm)).toHaveLength(20);
    expect(text).toContain("and 40 more in the console");
    expect(text).toMatch(/The gravest first:\n- 1 post: threat of violence author-1\n {2}Acknowledge this by/);
    expect(text).toContain("One of them has to be acknowledged.");
  });

  it("asks for a confirmation without a way to unsubscribe from what nobody gets yet", () => {
    const { text, html } = mailOf("confirmation");
    for (const body of [text, html]) {
      expect(body).toContain(LINKS.confirm);
      expect(body).not.toContain("unsubscribe");
    }
  });
});

describe("names and ids that others made up", () => {
  const hostile = byMail({ name: HOSTILE });
  const first = verdictEvent({
    ref: { kind: "post", id: "evil.example", revision: "r1" },
    authorId: "mailto:you@evil.example",
    targetId: "__proto__*_a_*",
  }).facts;
  const message = alertMessage(hostile, "alert.opened", exampleAlert({}, first), {
    at: NOW.toISOString(),
    sequence: 0,
    from: byMail({ name: HOSTILE }),
  });

  it("stand escaped, on one line, with nothing hidden in them, and lead nowhere", () => {
    const { subject, text, html } = renderMail(message, hostile, LINKS);
    for (const one of [subject, text, html]) expect(one).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(html).not.toContain("<b>");
    expect(html).toContain("&lt;b&gt;&quot;Mine&quot;&lt;/b&gt; &amp; &#39;co&#39; \ufffdgnp[.]exe\ufffd");
    expect(html).not.toContain("evil.example</bdi>");
    expect(html).toContain("evil<span>.</span>example");
    expect(text).toContain("evil[.]example");
    expect(text).not.toMatch(/^- post evil\.example/m);
    expect(html.match(/href="(?!https:\/\/console\.example)/)).toBeNull();
  });

  it("cannot mention people, make links or be Markdown in chat rooms", () => {
    const slack = JSON.stringify(chatBody(message, byMail({ name: HOSTILE, channel: room("slack") }), ORIGIN));
    const marked = [...slack.matchAll(/"type":"mrkdwn","text":"([^"]*)"/g)].map(([, text]) => text);
    expect(marked).toEqual([expect.stringMatching(/^<https:\/\/console\.example\/alerts\/[^|<>]+\|Open[^<>]*>$/)]);
    const teams = chatBody(message, byMail({ name: HOSTILE, channel: room("teams") }), ORIGIN);
    const types = [...JSON.stringify(teams).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
    // Text blocks and fact sets read Markdown.
    expect(types).not.toContain("TextBlock");
    expect(types).not.toContain("FactSet");
    expect(JSON.stringify(teams)).toContain("__proto__*_a_*");
  });

  it.each([
    ["a\u200b\u200bb", "a\ufffdb"],
    ["one\r\nBcc: x", "one\ufffdBcc: x"],
    [`z${"\u0301".repeat(40)}`, `z${"\u0301".repeat(4)}`],
    ["\u{1f600}".repeat(100), `${"\u{1f600}".repeat(79)}…`],
  ])("%j is shown as %j", (text, shown) => expect(plainWords(text)).toBe(shown));

  it.each([
    "Pay now at https://evil.example/pay?x=1",
    "evil.example/pay",
    "www.evil.example:8080",
    "ring you@evil.example",
    "mailto:you@evil.example",
    "evil\u3002example",
    "\u0431\u0430\u043d\u043a.\u0440\u0444",
    "1.bank.xn--p1ai",
    "file:\\\\evil\\share",
    "ftp://10.0.0.1/x",
  ])("no name becomes a link in any mail, chat or page: %s", (name) => {
    expect(unlinkedWords(name)).not.toMatch(LINKS_ITSELF);
    expect(unlinkedWords(unlinkedWords(name))).toBe(unlinkedWords(name));
    const one = byMail({ name });
    for (const message of Object.values(everyMessage(one))) {
      const told = JSON.parse(
        JSON.stringify(message).replaceAll("Webhook of the desk", JSON.stringify(name).slice(1, -1)),
      );
      const { subject, text } = renderMail(told, one, LINKS);
      for (const line of [subject, ...text.split("\n")])
        expect(line.replaceAll(/https:\/\/console\.example\S*/g, "")).not.toMatch(LINKS_ITSELF);
      expect(chatBody(told, byMail({ name, channel: room("slack") }), ORIGIN)).toMatchObject({
        text: expect.not.stringMatching(/evil\.example/),
      });
    }
  });

  it("a mail that asks a stranger says nothing that whoever set it up has chosen", () => {
    const of = (name: string) => {
      const one = byMail({ name });
      const { confirmation } = everyMessage(one);
      if (!confirmation) throw new Error("no confirmation");
      return renderMail(confirmation, one, LINKS);
    };
    expect(of("Pay now at https://evil.example")).toEqual(of("Hotels of the north"));
  });

  it.each([
    ["hotel-1.2", "hotel-1.2"],
    ["e.g. 1 post: a threat. More", "e.g. 1 post: a threat. More"],
    ["www.evil.example", "www[.]evil[.]example"],
    ["you@evil.example now", "you[@]evil[.]example now"],
  ])("%j in plain text is %j", (text, shown) => expect(unlinkedWords(text)).toBe(shown));
});

const room = (type: string) => ({ type, url: "https://chat.example/hook" });

describe("chat rooms", () => {
  it.each(Object.entries(everyMessage(team)))("%s fits what the services take", (_, message) => {
    const slack = chatBody(message, byMail({ channel: room("slack") }), ORIGIN) as {
      text: string;
      blocks: { type: string; text?: { text: string }; fields?: { text: string }[] }[];
    };
    expect(slack.blocks.length).toBeLessThanOrEqual(50);
    for (const { type, text, fields = [] } of slack.blocks) {
      expect(text?.text.length ?? 1).toBeLessThanOrEqual(type === "header" ? 150 : 3_000);
      expect(text?.text ?? "-").not.toBe("");
      expect(fields.length).toBeLessThanOrEqual(10);
    }
    const teams = JSON.stringify(chatBody(message, byMail({ channel: room("teams") }), ORIGIN));
    expect(Buffer.byteLength(teams)).toBeLessThan(28_000);
  });

  it("tell the same as mails", () => {
    const { duty } = everyMessage(team);
    if (!duty) throw new Error("no duty");
    for (const type of ["slack", "teams"])
      expect(JSON.stringify(chatBody(duty, byMail({ channel: room(type) }), ORIGIN))).toContain(
        "Acknowledge this by Sun 22 Nov 2026, 12:30 (UTC)",
      );
  });
});

it.each([
  ["de", "German"],
  ["zh-Hant", "Traditional Chinese"],
  ["other", "other"],
  ["no language\u202e", "no language\ufffd"],
])("the language %j is %j", (tag, words) => expect(languageWords(tag)).toBe(words));

it("tells times by the clock of the time zone, through the changes of summer time", () => {
  expect(momentIn("2026-03-29T00:30:00Z", "Europe/Zurich")).toBe("Sun 29 Mar 2026, 01:30 (Europe/Zurich)");
  expect(momentIn("2026-03-29T01:30:00Z", "Europe/Zurich")).toBe("Sun 29 Mar 2026, 03:30 (Europe/Zurich)");
  expect(momentIn("2026-11-22T23:30:00Z", "Asia/Kathmandu")).toBe("Mon 23 Nov 2026, 05:15 (Asia/Kathmandu)");
});
