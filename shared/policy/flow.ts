import { FLOW_KINDS, type FlowKind, type Quarantine } from "../domain/breaker.ts";
import type { Verdict } from "../domain/verdict.ts";

/** From here on a label is taken as found. */
const FOUND_FROM = 0.5;

const SIGNS = { rule: "r", label: "l" } as const;

export type Subject = Pick<Quarantine, "subject" | "name">;

/** Names of counters. Rules' and labels' names hold no `|`. */
export const itemsOf = (kind: FlowKind): string => `${kind}|n`;
const actionOf = (kind: FlowKind, action: string): string => `${kind}|a|${action}`;
const hitsOf = (kind: FlowKind, { subject, name }: Subject): string => `${kind}|${SIGNS[subject]}|${name}`;

/** The kind and subject of a counter; undefined of one that counts something else. */
export function subjectIn(counter: string): (Subject & { readonly kind: FlowKind }) | undefined {
  const [kind, sign, ...rest] = counter.split("|");
  const known = FLOW_KINDS.find((one) => one === kind);
  const subject = sign === SIGNS.rule ? "rule" : sign === SIGNS.label ? "label" : undefined;
  return known && subject ? { kind: known, subject, name: rest.join("|") } : undefined;
}

const isWatched = (kind: string): kind is FlowKind => (FLOW_KINDS as readonly string[]).includes(kind);

/**
 * The counters that a verdict adds one to: its kind's items, its action, each rule that applied and each label that was
 * found. Not the rules of a verdict in the lane of severe safety: these are not the breaker's to hold.
 */
export function countersOf({ ref: { kind }, action, lane, policy, labels }: Verdict): string[] {
  if (!isWatched(kind)) return [];
  const applied = lane === "severe_safety" ? [] : (policy.matched?.map(({ rule }) => rule) ?? [policy.rule]);
  const rules = new Set(applied.filter((rule) => rule !== "none"));
  const found = new Set(labels.filter(({ probability }) => probability >= FOUND_FROM).map(({ label }) => label));
  return [
    itemsOf(kind),
    actionOf(kind, action),
    ...[...rules].map((name) => hitsOf(kind, { subject: "rule", name })),
    ...[...found].map((name) => hitsOf(kind, { subject: "label", name })),
  ];
}
