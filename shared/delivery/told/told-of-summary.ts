import type { AlertFacts, GatheredFacts } from "../../domain/alert.ts";
import { momentIn } from "./moments.ts";
import { unlinkedWords } from "./plain-words.ts";
import type { Entry, Reader, Told } from "./told.ts";
import { dutyOf } from "./told-of-alert.ts";

/** Alerts that one message lists: mail programs cut what is over 100 KB. */
const MOST_ALERTS = 20;

const LEADS: Readonly<Record<GatheredFacts["reason"], string>> = {
  digest: "This is what came together since the last digest.",
  quiet: "This is what came while you wanted quiet.",
  rate: "More came than you want in an hour. This is what was held back; nothing of it was dropped.",
};

function entryOf(alert: AlertFacts, at: string, reader: Reader): Entry {
  const { origin, timeZone } = reader;
  const duty = dutyOf(alert, reader, at);
  const named = ["target", "account"].includes(alert.subject.by);
  return {
    words: unlinkedWords(alert.headline, 200),
    ...(named ? { id: alert.subject.id } : {}),
    detail: duty ?? momentIn(alert.tally.lastAt, timeZone),
    url: `${origin}/alerts/${alert.id}`,
  };
}

/** Several alerts in one message: a digest, the end of quiet hours, or what the rate limit held back. */
export function toldOfSummary(gathered: GatheredFacts, at: string, reader: Reader): Told {
  const { reason, shown, alerts, events, from, to, headline } = gathered;
  const owed = shown.filter(({ mustAcknowledge }) => mustAcknowledge);
  // What somebody has to do comes first, however large the rest is.
  const ordered = [...owed, ...shown.filter(({ mustAcknowledge }) => !mustAcknowledge)];
  const listed = ordered.slice(0, MOST_ALERTS);
  const more = alerts - listed.length;
  return {
    title: unlinkedWords(headline, 200),
    lead: [LEADS[reason]],
    ...(owed.length === 0
      ? {}
      : { duty: `${owed.length === 1 ? "One of them has" : `${owed.length} of them have`} to be acknowledged.` }),
    facts: [
      { name: "Alerts", words: String(alerts) },
      { name: "Events", words: String(events) },
      { name: "Since", words: momentIn(from, reader.timeZone) },
      { name: "Until", words: momentIn(to, reader.timeZone) },
    ],
    ...(listed.length === 0
      ? {}
      : {
          list: {
            title: "The gravest first",
            entries: listed.map((one) => entryOf(one, at, reader)),
            ...(more > 0 ? { more: `and ${more} more in the console` } : {}),
          },
        }),
    action: { words: "Open the alerts", url: `${reader.origin}/alerts` },
  };
}
