import Icon from "@cloudscape-design/components/icon";
import type { AnswerOf } from "../../api/route-types.ts";

export type PolicyView = AnswerOf<"get-policy">;
export type PolicyDocument = PolicyView["shown"]["document"];
export type Rule = PolicyDocument["rules"][number];
export type Action = Rule["action"];
type Event = PolicyView["history"][number];

/** What an action does, as the sentence after "it": short enough for a table. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  allow: "goes up, nobody looks",
  flag: "goes up, a person looks",
  hold: "waits until a person has looked",
  block: "is refused",
};

/** An action by its name, with what it does on pointing at it. */
export const ActionName = ({ action }: { readonly action: Action }) => (
  <span className="policy-action" data-action={action} title={`It ${ACTION_WORDS[action]}`}>
    {action}
  </span>
);

/** From one action to another: "flag → hold". Where both are alike only the queue is another. */
export const Move = ({ from, to }: { readonly from: Action; readonly to: Action }) => (
  <span className="policy-move">
    <ActionName action={from} /> <Icon name="angle-right" size="small" ariaLabel="to" /> <ActionName action={to} />
    {from === to && <span className="quiet"> (another queue)</span>}
  </span>
);

const EVENTS: Readonly<Record<Event["event"], string>> = {
  activated: "activated",
  rolled_back: "rolled back",
  deactivated: "deactivated",
  shadow_started: "began to run in shadow",
  shadow_stopped: "ended in shadow",
};

/** What happened to a policy: "activated: version 3 instead of 2". */
export function eventWords({ event, version, from }: Event): string {
  const now = version === undefined ? "no version" : `version ${version}`;
  return `${EVENTS[event]}: ${now}${from === undefined ? "" : ` instead of ${from}`}`;
}

/** What a policy is for: "surfaces comment, post; languages en". */
export function scopeWords(appliesTo: PolicyDocument["appliesTo"]): string {
  const named = Object.entries(appliesTo ?? {}).map(
    ([name, wanted]) =>
      `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${[wanted].flat().join(", ")}`,
  );
  return named.length === 0 ? "everything" : named.join("; ");
}

const ONE_DIGIT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** "6.2 %" of a share from 0 to 1. */
export const shareText = (share: number): string => `${ONE_DIGIT.format(share * 100)} %`;

/** "6.2 % (4.2–8.5 %)": a share with its 95% interval. */
export const shareWithRange = ({
  estimate,
  low,
  high,
}: {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}): string => `${shareText(estimate)} (${ONE_DIGIT.format(low * 100)}–${shareText(high)})`;

/** "+4.2", "−3", "±0": more or fewer. */
export const signed = (amount: number): string => {
  const sign = amount > 0 ? "+" : amount < 0 ? "−" : "±";
  return `${sign}${ONE_DIGIT.format(Math.abs(amount))}`;
};
