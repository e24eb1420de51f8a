import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { about, askingAt, run, TOXICITY, textItem } from "./asking.ts";
import { type FakeComprehend, startFakeComprehend } from "./fake-comprehend.ts";

let fake: FakeComprehend;
beforeAll(async () => {
  fake = await startFakeComprehend();
});
afterEach(() => {
  fake.forget();
  vi.unstubAllEnvs();
});
afterAll(() => fake.close());

const sent = (operation: string) => fake.received.filter((one) => one.operation === operation);

describe("what is sent", () => {
  it("is cut into segments of at most 1,000 bytes, none lost, whatever their characters weigh", async () => {
    const { analyze, of } = askingAt(fake.url);
    const texts = [
      "x".repeat(1_000),
      "x".repeat(1_001),
      "é".repeat(501),
      "漢".repeat(334),
      "😀".repeat(251),
      `${"a".repeat(999)}😀${"b".repeat(3)}`,
      `lone \ud83d surrogate ${"ü".repeat(700)} \udc00 here`,
    ];
    for (const [index, text] of texts.entries()) {
      fake.received.length = 0;
      const { missing } = await analyze(textItem(text, { conversation: `c${index}` }), run(), TOXICITY);
      expect(missing).toEqual([]);
      const segments = sent("DetectToxicContent").flatMap((one) => one.texts);
      expect(segments.join("")).toBe(text.toWellFormed());
      expect(Math.max(...segments.map((one) => Buffer.byteLength(one)))).toBeLessThanOrEqual(1_000);
    }
    expect(of("ComprehendFailures")).toBe(0);
  });

  it("goes ten segments at a time", async () => {
    const { analyze } = askingAt(fake.url);
    await analyze(textItem("word ".repeat(5_000)), run(), TOXICITY);
    const sizes = sent("DetectToxicContent").map((one) => one.texts.length);
    expect(sizes.sort((a, b) => b - a)).toEqual([10, 10, 5]);
  });

  it("is not sent where it would cost more than a hundred comments", async () => {
    const { analyze } = askingAt(fake.url);
    const long = "word ".repeat(7_000);
    const { missing } = await analyze(textItem(long), run(), about("toxicity", "privacy.pii"));
    expect(missing).toEqual(["text_too_long", "text_too_long"]);
    expect(fake.received).toEqual([]);
  });

  it("shares requests within a thread, in the order of writing, and with no other thread", async () => {
    const { analyze, of } = askingAt(fake.url);
    const invocation = run();
    const at = (minute: number) => ({ createdAt: `2026-11-22T12:0${minute}:00Z` });
    const answers = await Promise.all([
      analyze(textItem("third", { conversation: "a", ...at(3) }), invocation, TOXICITY),
      analyze(textItem("other", { conversation: "b", ...at(1) }), invocation, TOXICITY),
      analyze(textItem("first", { conversation: "a", ...at(1) }), invocation, TOXICITY),
      analyze(textItem("second", { conversation: "a", createdAt: "2026-11-22T13:02:00+01:00" }), invocation, TOXICITY),
    ]);
    expect(sent("DetectToxicContent").map((one) => one.texts)).toEqual([["first", "second", "third"], ["other"]]);
    expect(answers.flatMap(({ missing }) => missing)).toEqual([]);
    expect([of("ComprehendRequests"), of("ComprehendUnits")]).toEqual([2, 6]);
  });

  it("gives each text its own result", async () => {
    fake.finding({ toxicity: (text) => (text.includes("second") ? { INSULT: 0.91 } : {}) });
    const { analyze } = askingAt(fake.url);
    const invocation = run();
    const texts = ["the first", "the second", "the third"];
    const answers = await Promise.all(texts.map((text) => analyze(textItem(text), invocation, TOXICITY)));
    expect(answers.map(({ likelihoods }) => likelihoods().insult)).toEqual([0.011, 0.91, 0.011]);
  });
});

describe("what is found", () => {
  it("is in our labels: the highest of all segments, with the segments it stands in", async () => {
    fake.finding({
      toxicity: (text) =>
        text.includes("venom") ? { HATE_SPEECH: 0.82, VIOLENCE_OR_THREAT: 0.41, toxicity: 0.9 } : {},
    });
    const text = `${"calm words. ".repeat(90)}Here is venom. ${"calm words. ".repeat(90)}`;
    const { score, likelihoods } = await askingAt(fake.url).analyze(textItem(text), run(), TOXICITY);
    expect(score.labels).toMatchObject([
      { label: "threat", probability: 0.41, severity: 4 },
      { label: "hate", probability: 0.82, severity: 4, source: "comprehend-toxicity", version: "2017-11-27" },
    ]);
    for (const { spans } of score.labels) {
      expect(spans).toHaveLength(1);
      expect(text.slice(...(spans[0] ?? [0, 0]))).toContain("Here is venom.");
    }
    expect(likelihoods()).toMatchObject({ toxicity: 0.9, hate: 0.82, insult: 0.011, profanity: 0.011 });
    expect(score.models).toEqual(["comprehend-toxicity@2017-11-27"]);
  });

  it("of personal data points into the text as JavaScript counts it", async () => {
    const text = "😀 née 漢字: write to kim@example.org, PIN 4711 😀";
    const characters = Array.from(text);
    const place = (words: string) => {
      const begin = Array.from(text.slice(0, text.indexOf(words))).length;
      return { begin, end: begin + Array.from(words).length };
    };
    expect(characters.length).toBeLessThan(text.length);
    fake.finding({
      personalData: () => [
        { type: "EMAIL", score: 0.99, ...place("kim@example.org") },
        { type: "PIN", score: 0.7, ...place("4711") },
        { type: "NAME", score: 0.99, ...place("née") },
        { type: "PHONE", score: 0.1, ...place("漢字") },
      ],
    });
    const { score } = await askingAt(fake.url).analyze(textItem(text), run(), about("privacy.pii"));
    expect(score.labels).toMatchObject([{ label: "privacy.pii", probability: 0.99, severity: 4 }]);
    const words = score.labels.flatMap(({ spans }) => spans.map((span) => text.slice(...span)));
    expect(words).toEqual(["kim@example.org", "4711"]);
    expect(sent("DetectToxicContent")).toEqual([]);
  });

  it("is asked in Spanish where the text is, and toxicity is not asked then", async () => {
    const { analyze } = askingAt(fake.url);
    const item = textItem("mi correo es ana@example.es", { language: "es" });
    await analyze(item, run(), about("toxicity", "privacy.pii"));
    expect(fake.received.map((one) => [one.operation, one.languageCode])).toEqual([["DetectPiiEntities", "es"]]);
  });

  it("depends on the language where nobody knows it", async () => {
    const { analyze } = askingAt(fake.url);
    const unknown = textItem("neka mi lepo kaže", { language: undefined });
    const questions = about("toxicity", "insult", "unsupported_language");
    fake.finding({ languages: () => ({ en: 0.06, hr: 0.91 }) });
    const foreign = await analyze(unknown, run(), questions);
    expect(fake.received.map((one) => one.operation)).toEqual(["DetectDominantLanguage"]);
    expect(foreign.likelihoods()).toEqual({ unsupported_language: 0.94 });
    expect(foreign.score.labels).toMatchObject([{ label: "unsupported_language", probability: 0.94 }]);
    fake.finding({ languages: () => ({ en: 0.97 }) });
    const english = await analyze(unknown, run(), questions);
    expect(sent("DetectToxicContent")).toHaveLength(1);
    expect(english.score.labels).toEqual([]);
    expect(english.likelihoods()).toMatchObject({ unsupported_language: 0.03, toxicity: 0.043 });
  });
});

describe("what goes wrong", () => {
  it("once is tried again", async () => {
    for (const fault of ["throttled", "fault", "reset", "not_json", "wrong_shape", "too_few_results"] as const) {
      fake.forget();
      fake.failing((index) => (index === 0 ? fault : undefined));
      const { analyze, of } = askingAt(fake.url);
      const { missing } = await analyze(textItem("hello"), run(), TOXICITY);
      expect([fault, missing, fake.received.length]).toEqual([fault, [], 2]);
      expect([fault, of("ComprehendUnits")]).toEqual([fault, fake.units()]);
      expect([fault, of("ComprehendUnitsUnsettled")]).toEqual([fault, fake.unsettledUnits()]);
    }
  });

  it("again and again comes out of one budget for the whole invocation", async () => {
    fake.failing(() => "throttled");
    const { analyze, of } = askingAt(fake.url, { circuit: { failures: 99, openMs: 1, longestOpenMs: 1, probeMs: 1 } });
    const invocation = run();
    const ask = (thread: number) => analyze(textItem("hello", { conversation: `t${thread}` }), invocation, TOXICITY);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
    expect(answers.flatMap(({ missing }) => missing)).toEqual(Array(6).fill("throttled"));
    expect(fake.received.length).toBe(6 + 3);
    expect([of("ComprehendRequests"), of("ComprehendFailures"), of("ComprehendUnits")]).toEqual([9, 9, 0]);
    await analyze(textItem("hello"), run(), TOXICITY);
    expect(fake.received.length).toBe(9 + 4);
  });

  it("opens the circuit, which asks nothing more, and closes it by one probe when its time has come", async () => {
    fake.failing(() => "fault");
    const { analyze, later, failures } = askingAt(fake.url, { retries: 0 });
    const ask = () => analyze(textItem("hello"), run(), TOXICITY).then(({ missing }) => missing[0]);
    for (let n = 0; n < 5; n++) expect(await ask()).toBe("server_fault");
    expect(failures.map(({ circuitOpened }) => circuitOpened)).toEqual([false, false, false, false, true]);
    expect(await ask()).toBe("circuit_open");
    expect(fake.received).toHaveLength(5);
    later(1_000);
    expect(await ask()).toBe("server_fault");
    later(1_000);
    expect(await ask()).toBe("circuit_open");
    fake.failing(() => undefined);
    later(1_000);
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBeUndefined();
    expect(fake.received).toHaveLength(8);
  });

  it("by being slow ends in time, and what may be charged is counted apart", async () => {
    fake.failing(() => ({ slowMs: 600 }));
    const { analyze, of } = askingAt(fake.url, { attemptMs: 60, retries: 1 });
    const { missing } = await analyze(textItem("hello"), run(), TOXICITY);
    expect(missing).toEqual(["timed_out"]);
    expect([of("ComprehendUnits"), of("ComprehendUnitsUnsettled")]).toEqual([0, fake.unsettledUnits()]);
  });

  it("leaves the invocation the time that it needs for the rest", async () => {
    const { analyze } = askingAt(fake.url, { reserveMs: 4_990 });
    const { missing } = await analyze(textItem("hello"), run(5_000), TOXICITY);
    expect(missing).toEqual(["out_of_time"]);
    expect(fake.received).toEqual([]);
  });

  it("where nobody listens is an answer that is missing, too", async () => {
    const { analyze } = askingAt("http://127.0.0.1:9", { retries: 1 });
    const { missing, score } = await analyze(textItem("hello"), run(), TOXICITY);
    expect([missing, score.degraded, score.labels]).toEqual([["unreachable"], true, []]);
  });

  it("for want of rights is not tried again", async () => {
    fake.failing(() => "denied");
    const { missing } = await askingAt(fake.url).analyze(textItem("hello"), run(), TOXICITY);
    expect([missing, fake.received.length]).toEqual([["access_denied"], 1]);
  });

  it("in one of the calls leaves the other's answer", async () => {
    fake.finding({ toxicity: () => ({ INSULT: 0.8 }) });
    fake.failing((_, { operation }) => (operation === "DetectPiiEntities" ? "fault" : undefined));
    const { analyze } = askingAt(fake.url);
    const { score, missing } = await analyze(textItem("hello"), run(), about("toxicity", "privacy.pii"));
    expect(missing).toEqual(["server_fault"]);
    expect(score).toMatchObject({
      degraded: true,
      labels: [{ label: "insult" }],
      models: ["comprehend-toxicity@2017-11-27"],
    });
  });

  it("with the language, asks nothing that depends on it", async () => {
    fake.failing(() => "denied");
    const { analyze } = askingAt(fake.url);
    const unknown = textItem("neka mi lepo kaže", { language: undefined });
    const { missing } = await analyze(unknown, run(), about("toxicity", "privacy.pii", "unsupported_language"));
    expect(missing).toEqual(["access_denied"]);
    expect(fake.received.map((one) => one.operation)).toEqual(["DetectDominantLanguage"]);
  });

  it("with one text does not take the others of its thread along", async () => {
    const { analyze, failures } = askingAt(fake.url);
    const invocation = run();
    fake.finding({ toxicity: () => ({ INSULT: 0.7 }) });
    fake.failing((_, { texts }) => (texts.includes("refused") ? "too_large" : undefined));
    const [good, bad, fine] = await Promise.all(
      ["good", "refused", "fine"].map((text) => analyze(textItem(text), invocation, TOXICITY)),
    );
    expect(bad?.missing).toEqual(["text_refused"]);
    expect([good?.likelihoods().insult, fine?.likelihoods().insult]).toEqual([0.7, 0.7]);
    expect(failures.every(({ circuitOpened }) => !circuitOpened)).toBe(true);
  });
});
