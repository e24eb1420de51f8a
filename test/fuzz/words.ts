import fc from "fast-check";

/** Stands in what people might have written, and may stand in no log, refusal or dead letter's attribute. */
export const PLANTED = "vexilquorn";

/** What breaks software that pastes strings into something else, or believes that a character is one thing. */
export const STRANGE: readonly string[] = [
  `' OR 1=1 -- ${PLANTED}`,
  `"; DROP TABLE cases; -- ${PLANTED}`,
  `<script>alert("${PLANTED}")</script>`,
  `%s%n%d%x {0} {{7*7}} $\{${PLANTED}}`,
  `../../../../etc/${PLANTED}`,
  `#tenant#${PLANTED}#`,
  `\u0000${PLANTED}\u0007\u001b[31m`,
  `\ud800${PLANTED}`,
  `${PLANTED}\udfff`,
  `\u202e${PLANTED}\u202c \u2066x\u2069`,
  `مرحبا ${PLANTED} שלום`,
  `Z\u0351\u0362a\u0300\u0301l\u0334g\u0335o ${PLANTED}`,
  `👩‍👩‍👧‍👦🏳️‍🌈${PLANTED}`,
  `ﬁ ǆ İ ı ß ${PLANTED}`,
  `\u2028${PLANTED}\u2029\ufeff`,
  `${PLANTED}\n    at Object.<anonymous> (/a.js:1:1)`,
  `=cmd|' /C ${PLANTED}'!A0`,
  `you are an idiot and a loser, ${PLANTED}, delete your account`,
  `call me on +44 20 7946 0958 or mail ${PLANTED}@example.org, see http://${PLANTED}.example/x`,
];

/** What people write: plain, strange, abusive, in any script; never only white space. */
export const aText: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
    fc.lorem({ maxCount: 12 }).map((text) => `${text} ${PLANTED}`),
    fc.constantFrom(...STRANGE),
  )
  .filter((text) => /\S/u.test(text));
