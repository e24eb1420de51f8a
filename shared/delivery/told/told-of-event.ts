import { headlineOf } from "../../alerts/headline.ts";
import { tallyOf } from "../../alerts/tally.ts";
import type { EventFacts } from "../../domain/alert-event.ts";
import { eventDetails, happened, itemEntry } from "./item-words.ts";
import { unlinkedWords } from "./plain-words.ts";
import type { Reader, Told } from "./told.ts";

/** One event by itself. */
export function toldOfEvent(event: EventFacts, reader: Reader): Told {
  const { item, tenant } = event;
  const of = item && itemEntry(tenant, item.ref, item.account, reader);
  return {
    title: unlinkedWords(headlineOf({ first: event, tally: tallyOf({ facts: event }) }), 200),
    lead: [happened(event)],
    facts: [...(of?.id === undefined ? [] : [{ name: "Item", ids: [of.id] }]), ...eventDetails(event, reader)],
    action: of
      ? { words: item?.kind === "audience" ? "Open the audience" : "Open the case", url: of.url }
      : { words: "Open the console", url: `${reader.origin}/alerts` },
  };
}
