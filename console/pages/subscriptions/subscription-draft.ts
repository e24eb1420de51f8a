import type { InputOf } from "../../api/route-types.ts";
import type { Subscription } from "../../parts/subscription-words.ts";

export type Document = Subscription["document"];
type Sent = InputOf<"save-subscription">["body"]["document"];

/** A subscription as it is being written: what is typed, before it is right. */
export interface Draft {
  readonly name: string;
  readonly places: Document["places"];
  readonly kinds: NonNullable<Document["filter"]["kinds"]>;
  readonly labels: NonNullable<Document["filter"]["labels"]>;
  readonly actions: NonNullable<Document["filter"]["actions"]>;
  /** 0: any. */
  readonly minSeverity: number;
  /** Ids or codes with commas. */
  readonly brands: string;
  readonly targets: string;
  readonly accounts: string;
  readonly languages: string;
  readonly when: string;
  readonly channel: Document["channel"]["type"];
  /** Of the webhook or the room. */
  readonly url: string;
  readonly stream: boolean;
  readonly to: string;
  readonly timing: "immediate" | "hour" | "day";
  readonly at: string;
  readonly zone: string;
  readonly isQuiet: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietZone: string;
  readonly perHour: string;
  readonly hasDuty: boolean;
  readonly ackMinutes: string;
  readonly escalateTo: string;
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const text = (all: readonly string[] | undefined): string => (all ?? []).join(", ");
const listOf = (typed: string): string[] => [...new Set(typed.split(/[\s,;]+/).filter((one) => one !== ""))];

/** @returns the draft of a document; of a new one where there is none. */
export function draftOf(document: Document | undefined): Draft {
  const { filter = {}, channel = { type: "inbox" as const }, timing, quiet, duty } = document ?? {};
  const digest = timing?.kind === "digest" ? timing : undefined;
  return {
    name: document?.name ?? "",
    places: document?.places ?? [],
    kinds: filter.kinds ?? [],
    labels: filter.labels ?? [],
    actions: filter.actions ?? [],
    minSeverity: filter.minSeverity ?? 0,
    brands: text(filter.brands),
    targets: text(filter.targets),
    accounts: text(filter.accounts),
    languages: text(filter.languages),
    when: document?.when ?? "",
    channel: channel.type,
    url: "url" in channel ? channel.url : "",
    stream: channel.type === "webhook" && channel.stream,
    to: channel.type === "email" ? channel.to : "",
    timing: digest?.every ?? "immediate",
    at: digest?.at ?? "08:00",
    zone: digest?.timeZone ?? ownZone(),
    isQuiet: quiet !== undefined,
    quietFrom: quiet?.from ?? "22:00",
    quietTo: quiet?.to ?? "07:00",
    quietZone: quiet?.timeZone ?? ownZone(),
    perHour: String(document?.perHour ?? 60),
    hasDuty: duty !== undefined,
    ackMinutes: String(duty?.ackMinutes ?? 15),
    escalateTo: duty?.escalateTo ?? "",
  };
}

/** Whether every event goes out by itself: then nothing is gathered, kept, counted or acknowledged. */
export const isStream = ({ channel, stream }: Pick<Draft, "channel" | "stream">): boolean =>
  channel === "webhook" && stream;

function channelOf({ channel, url, stream, to }: Draft): Sent["channel"] {
  switch (channel) {
    case "inbox":
      return { type: "inbox" };
    case "email":
      return { type: "email", to: to.trim() };
    case "webhook":
      return { type: "webhook", url: url.trim(), stream };
    default:
      return { type: channel, url: url.trim() };
  }
}

/** @returns the document as it is sent; what is empty is left out. */
export function documentOf(draft: Draft): Sent {
  const { name, places, kinds, labels, actions, minSeverity, when, timing, at, zone, perHour } = draft;
  const lists = Object.fromEntries(
    (["brands", "targets", "accounts", "languages"] as const).flatMap((key) => {
      const all = listOf(draft[key]);
      return all.length > 0 ? [[key, all]] : [];
    }),
  );
  return {
    name: name.trim(),
    places: [...places],
    filter: {
      ...lists,
      ...(kinds.length > 0 && { kinds: [...kinds] }),
      ...(labels.length > 0 && { labels: [...labels] }),
      ...(actions.length > 0 && { actions: [...actions] }),
      ...(minSeverity > 0 && { minSeverity }),
    },
    ...(when.trim() !== "" && { when }),
    channel: channelOf(draft),
    timing:
      timing === "immediate" || isStream(draft)
        ? { kind: "immediate" }
        : { kind: "digest", every: timing, at, timeZone: zone },
    ...(draft.isQuiet &&
      !isStream(draft) && { quiet: { from: draft.quietFrom, to: draft.quietTo, timeZone: draft.quietZone } }),
    perHour: Number(perHour),
    ...(draft.hasDuty &&
      !isStream(draft) && { duty: { ackMinutes: Number(draft.ackMinutes), escalateTo: draft.escalateTo } }),
  };
}

const isWhole = (typed: string, least: number, most: number): boolean =>
  /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const WRONG_TIME = "A time such as 08:00.";

/** What is plainly missing before anything is sent, by its field. */
export function missingIn(draft: Draft): Partial<Record<keyof Draft, string>> {
  const { channel, hasDuty, isQuiet, quietFrom, quietTo } = draft;
  const gathers = !isStream(draft);
  const checks: readonly (readonly [keyof Draft, boolean, string])[] = [
    ["name", draft.name.trim() === "", "Give it a name."],
    ["places", draft.places.length === 0, "Choose at least one."],
    ["to", channel === "email" && draft.to.trim() === "", "Write the address."],
    ["url", channel !== "email" && channel !== "inbox" && draft.url.trim() === "", "Write the address."],
    ["at", gathers && draft.timing === "day" && !TIME.test(draft.at), WRONG_TIME],
    [
      "quietFrom",
      gathers && isQuiet && !(TIME.test(quietFrom) && TIME.test(quietTo)),
      "Times such as 22:00 and 07:00.",
    ],
    ["quietTo", gathers && isQuiet && quietFrom === quietTo, "Another time than it begins."],
    ["perHour", !isWhole(draft.perHour, 1, 600), "A whole number from 1 to 600."],
    ["ackMinutes", gathers && hasDuty && !isWhole(draft.ackMinutes, 1, 1_440), "A whole number from 1 to 1,440."],
    ["escalateTo", gathers && hasDuty && draft.escalateTo === "", "Choose one."],
  ];
  return Object.fromEntries(checks.flatMap(([field, isWrong, words]) => (isWrong ? [[field, words]] : [])));
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** @returns an id for a subscription that is to be made. */
export const newSubscriptionId = (): string =>
  `sub_${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => LETTERS[byte % LETTERS.length]).join("")}`;
