import type { Outgoing } from "../../domain/outgoing.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { toldOfAlert } from "./told-of-alert.ts";
import { toldOfEvent } from "./told-of-event.ts";
import { toldOfNotice } from "./told-of-notice.ts";
import { toldOfSummary } from "./told-of-summary.ts";

/** A name and what there is of it; `ids` were made up by others and are shown apart from our words. */
export type Fact =
  | { readonly name: string; readonly words: string }
  | { readonly name: string; readonly ids: readonly string[] };

/** One line of a list, with where it leads. */
export interface Entry {
  readonly words: string;
  /** What others made up, after the words. */
  readonly id?: string;
  readonly detail?: string;
  readonly url: string;
}

/** A message in our own words, before it is drawn for a channel. Nothing in it is escaped yet. */
export interface Told {
  /** One line: a mail's subject and its heading. */
  readonly title: string;
  readonly lead: readonly string[];
  /** What somebody has to do, and until when. */
  readonly duty?: string;
  readonly facts: readonly Fact[];
  readonly list?: { readonly title: string; readonly entries: readonly Entry[]; readonly more?: string };
  readonly action: { readonly words: string; readonly url: string };
}

/** Where links lead and by which clock times are told. */
export interface Reader {
  /** Of the console, `https://…` without a slash at the end. */
  readonly origin: string;
  /** IANA. */
  readonly timeZone: string;
}

/** The subscriber's own clock, as far as it is known. */
export const timeZoneOf = ({ document: { timing, quiet } }: Pick<Subscription, "document">): string =>
  (timing.kind === "digest" ? timing.timeZone : undefined) ?? quiet?.timeZone ?? "UTC";

/** What a message says to people, whichever channel it goes by. */
export function toldOf({ type, at, data }: Outgoing, subscription: Subscription, origin: string): Told {
  const reader = { origin, timeZone: timeZoneOf(subscription) };
  switch (data.about) {
    case "alert":
      return toldOfAlert(type, data.alert, at, reader);
    case "alerts":
      return toldOfSummary(data.alerts, at, reader);
    case "event":
      return toldOfEvent(data.event, reader);
    case "subscription":
      return toldOfNotice(type, data.notice, at, reader);
  }
}
