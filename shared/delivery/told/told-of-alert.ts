import { largest } from "../../alerts/tally.ts";
import type { AlertFacts } from "../../domain/alert.ts";
import type { MessageType } from "../../domain/outgoing.ts";
import { eventDetails, findings, happened, itemEntry } from "./item-words.ts";
import { languageWords } from "./language-words.ts";
import { momentIn } from "./moments.ts";
import { unlinkedWords } from "./plain-words.ts";
import type { Entry, Fact, Reader, Told } from "./told.ts";

/** Items that one message lists: of many the numbers say more. */
const MOST_ITEMS = 5;

const STEPS: Partial<Readonly<Record<MessageType, readonly [prefix: string, sentence: string]>>> = {
  "alert.grown": ["Growing: ", "More has come since you were last told."],
  "alert.ended": ["Over: ", "Nothing more has come for an hour, or a day is over: this is the last message on it."],
};

const SUBJECTS: Readonly<Record<AlertFacts["subject"]["by"], string | undefined>> = {
  target: "Target",
  account: "Account",
  cluster: "Near-duplicates",
  label: "Label",
  case: "Case",
  item: "Item",
  breaker: undefined,
  subscription: undefined,
};

const DONE: Readonly<Record<string, string>> = {
  allow: "allowed",
  flag: "shown, and flagged",
  hold: "held back",
  block: "blocked",
};

/** `1 star: 128, 5 stars: 86`; undefined where nothing has stars. */
function starsOf({ stars }: AlertFacts["tally"]): string | undefined {
  const rated = stars.flatMap((count, index) =>
    count === 0 ? [] : [`${index + 1} ${index === 0 ? "star" : "stars"}: ${count}`],
  );
  return rated.length === 0 ? undefined : rated.join(", ");
}

/** What an alert of several events has gathered. */
function gatheredDetails(alert: AlertFacts, { timeZone }: Reader): readonly Fact[] {
  const { tally, subject, first } = alert;
  const seen = findings(largest(tally.labels).map(([name]) => name));
  const languages = largest(tally.languages).slice(0, 4);
  const name = SUBJECTS[subject.by];
  const brands = first.item?.brands ?? [];
  const stars = starsOf(tally);
  const done = largest(tally.actions).flatMap(([action, count]) => (DONE[action] ? [`${count} ${DONE[action]}`] : []));
  return [
    ...(seen === undefined ? [] : [{ name: "Consistent with", words: seen }]),
    ...(stars === undefined ? [] : [{ name: "Stars", words: stars }]),
    ...(done.length === 0 ? [] : [{ name: "What was done", words: done.join("; ") }]),
    { name: "Worst severity", words: `${tally.worst} of 7` },
    ...(name === undefined ? [] : [{ name, ids: [subject.id] }]),
    ...(brands.length === 0 ? [] : [{ name: "Brand", ids: brands }]),
    ...(languages.length === 0
      ? []
      : [{ name: "Languages", words: languages.map(([tag, count]) => `${languageWords(tag)} ${count}`).join(", ") }]),
    { name: "First", words: momentIn(tally.firstAt, timeZone) },
    { name: "Latest", words: momentIn(tally.lastAt, timeZone) },
  ];
}

/** The page of what many reviews are about says more than each of them. */
const targetEntries = ({ subject, tally }: AlertFacts, { origin }: Reader): readonly Entry[] =>
  subject.by === "target" && tally.count > 1
    ? [{ words: "all ratings of", id: subject.id, url: `${origin}/targets/${encodeURIComponent(subject.id)}` }]
    : [];

/** What has to be done, and until when, as it stands at a time (RFC 3339). */
export function dutyOf(
  { mustAcknowledge, acknowledgeBy }: AlertFacts,
  { timeZone }: Reader,
  at: string,
): string | undefined {
  if (!mustAcknowledge) return undefined;
  if (acknowledgeBy === undefined) return "This has to be acknowledged in the console.";
  const by = momentIn(acknowledgeBy, timeZone);
  return Date.parse(acknowledgeBy) > Date.parse(at)
    ? `Acknowledge this by ${by}; if nobody does, others are told, or you once more.`
    : `Nobody acknowledged this by ${by}: it still has to be.`;
}

/** One alert: that it began, grew, ended, or was passed on because nobody acknowledged it. */
export function toldOfAlert(type: MessageType, alert: AlertFacts, at: string, reader: Reader): Told {
  const { first, tally, samples, tenant, mustAcknowledge, escalatedFrom, headline, id } = alert;
  const [step, sentence] = STEPS[type] ?? ["", undefined];
  // Where nobody else is named or can be told, a duty comes to its own subscription again.
  const isAgain = escalatedFrom?.id === alert.subscription.id;
  const passed = isAgain ? "Still to acknowledge: " : "Passed on to you: ";
  const prefix = escalatedFrom ? passed : mustAcknowledge ? `To acknowledge: ${step}` : step;
  const duty = dutyOf(alert, reader, at);
  const single = tally.count === 1;
  const more = tally.count - Math.min(samples.length, MOST_ITEMS);
  return {
    title: unlinkedWords(`${prefix}${headline}`, 200),
    lead: [
      ...(escalatedFrom
        ? [
            isAgain
              ? "You were told of this before, and nobody has acknowledged it."
              : `Nobody of "${unlinkedWords(escalatedFrom.name)}" acknowledged this in time, so that it comes to you.`,
          ]
        : []),
      ...(single ? [happened(first)] : []),
      ...(sentence === undefined
        ? single
          ? []
          : ["These belong together, so that you are told of them once."]
        : [sentence]),
    ],
    ...(duty === undefined ? {} : { duty }),
    facts: single ? eventDetails(first, reader) : gatheredDetails(alert, reader),
    ...(samples.length === 0
      ? {}
      : {
          list: {
            title: single ? "The item" : "Where to look",
            entries: [
              ...targetEntries(alert, reader),
              ...samples.slice(0, MOST_ITEMS).map((ref) => itemEntry(tenant, ref, first.item?.account, reader)),
            ],
            ...(more > 0 ? { more: `and ${more} more` } : {}),
          },
        }),
    action: {
      words: mustAcknowledge ? "Open and acknowledge" : "Open the alert",
      url: `${reader.origin}/alerts/${id}`,
    },
  };
}
