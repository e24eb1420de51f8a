import type { EventFacts } from "../domain/alert-event.ts";
import type { AlertFilter, Subscription } from "../domain/subscription.ts";
import { type Test, testOf } from "../policy/condition/compile-term.ts";
import { emptyView, fillView, type UsedFeature, usedFeatures } from "../policy/condition/fact-view.ts";
import { readCondition } from "../policy/condition/read-condition.ts";
import { slotsOf } from "../policy/condition/witness.ts";
import { isTagged } from "../policy/policy-scope.ts";
import type { AlertEvent } from "./alert-event.ts";

/** A tenant's subscriptions, ready to be asked; cached by whoever loads them. */
export interface SubscriptionSet {
  /** Subscriptions that want to hear of an event, in no order. Never throws. */
  match(event: AlertEvent): readonly Subscription[];
  readonly byId: ReadonlyMap<string, Subscription>;
  /** Subscriptions whose condition could not be read: what passed `checkSubscription` is never among them. */
  readonly unreadable: readonly string[];
}

/** A condition that several subscriptions may share: tried once an event. */
interface Condition {
  readonly test: Test;
  triedAt: number;
  holds: boolean;
}

interface Compiled {
  readonly subscription: Subscription;
  readonly filter: AlertFilter;
  readonly brands?: ReadonlySet<string>;
  readonly condition?: Condition;
  /** The event at which it was looked at last: it may be found by several of its values. */
  seenAt: number;
}

/** Something an event has several of, or one; the fewer subscriptions share a value, the better it finds them. */
const ANCHORS = ["targets", "accounts", "brands", "labels", "languages", "kinds"] as const;
type Anchor = (typeof ANCHORS)[number];

const primary = (tag: string): string => (tag.split("-")[0] ?? "").toLowerCase();

/** The values of an event by which subscriptions are found. */
function valuesOf({ item, breaker }: EventFacts, anchor: Anchor): readonly string[] {
  switch (anchor) {
    case "targets":
      return item?.target === undefined ? [] : [item.target];
    case "accounts":
      return item?.account === undefined ? [] : [item.account];
    case "brands":
      return item?.brands ?? [];
    case "labels":
      return item?.labels.map(({ label }) => label) ?? (breaker?.subject === "label" ? [breaker.name] : []);
    case "languages":
      return item?.language === undefined ? [] : [primary(item.language)];
    case "kinds":
      return item ? [item.kind] : breaker ? [breaker.kind] : [];
  }
}

const wantedBy = ({ filter, brands }: Pick<Compiled, "filter" | "brands">, anchor: Anchor): readonly string[] => {
  if (anchor === "brands") return brands ? [...brands] : [];
  const wanted = filter[anchor] ?? [];
  return anchor === "languages" ? wanted.map(primary) : wanted;
};

/** Brands that a subscription is limited to: what it names, and of a brand's own no others than its. */
export function brandsOf({
  document,
  owner,
}: Pick<Subscription, "document" | "owner">): ReadonlySet<string> | undefined {
  const { brands: named } = document.filter;
  const own = owner.role === "brand" ? (owner.brands ?? []) : undefined;
  if (!named) return own && new Set(own);
  return new Set(own ? named.filter((brand) => own.includes(brand)) : named);
}

function passesFilter(
  { subscription: { owner }, filter, brands }: Compiled,
  { item, breaker, place }: EventFacts,
): boolean {
  const { kinds, targets, accounts, labels, minSeverity = 0, actions, languages } = filter;
  if (breaker) {
    if (brands || (kinds && !kinds.includes(breaker.kind))) return false;
    return !labels || (breaker.subject === "label" && (labels as readonly string[]).includes(breaker.name));
  }
  if (!item) return false;
  // What is private is between those who wrote and read it: no brand is told of it, as it can look up none of it.
  if (owner.role === "brand" && item.visibility !== "public") return false;
  if (kinds && !kinds.includes(item.kind)) return false;
  if (brands && !item.brands.some((brand) => brands.has(brand))) return false;
  if (targets && (item.target === undefined || !targets.includes(item.target))) return false;
  if (accounts && (item.account === undefined || !accounts.includes(item.account))) return false;
  if (actions ? !actions.includes(item.action) : item.action === "allow" && place !== "decision" && place !== "case")
    return false;
  if (labels) {
    if (!item.labels.some(({ label, severity }) => severity >= minSeverity && labels.includes(label))) return false;
  } else if (item.severity < minSeverity) return false;
  if (!languages) return true;
  const language = item.language?.toLowerCase();
  return language !== undefined && languages.some((tag) => isTagged(language, tag));
}

/**
 * Reads a tenant's subscriptions: those that stand still by somebody's hand are left out. Each is filed under the values
 * of one thing that it asks for, so that an event meets only those that may want it. Costs some microseconds each: keep it.
 */
export function compileSubscriptions(subscriptions: readonly Subscription[]): SubscriptionSet {
  const unreadable: string[] = [];
  const conditions = new Map<string, Condition>();
  const slots = new Set<number>();
  const files = new Map<string, Compiled[]>();
  const file = (name: string, compiled: Compiled): void => {
    const others = files.get(name);
    if (others) others.push(compiled);
    else files.set(name, [compiled]);
  };

  const conditionOf = (when: string): Condition | undefined => {
    const known = conditions.get(when);
    if (known) return known;
    const read = readCondition(when);
    if (!read.ok) return undefined;
    for (const slot of slotsOf(read.term)) slots.add(slot);
    const made: Condition = { test: testOf(read.term), triedAt: -1, holds: false };
    conditions.set(when, made);
    return made;
  };

  const wanted = subscriptions.filter(({ paused }) => paused?.why !== "by_hand");
  for (const subscription of wanted) {
    const { filter, when, places } = subscription.document;
    const condition = when === undefined ? undefined : conditionOf(when);
    if (when !== undefined && !condition) {
      unreadable.push(subscription.id);
      continue;
    }
    const brands = brandsOf(subscription);
    const compiled: Compiled = {
      subscription,
      filter,
      ...(brands ? { brands } : {}),
      ...(condition ? { condition } : {}),
      seenAt: -1,
    };
    // One that is limited to no brand at all is filed nowhere: it may hear of nothing.
    if (brands?.size === 0) continue;
    const anchor = ANCHORS.find((name) => wantedBy(compiled, name).length > 0);
    for (const place of places) {
      if (!anchor) file(place, compiled);
      else for (const value of new Set(wantedBy(compiled, anchor))) file(`${place} ${anchor} ${value}`, compiled);
    }
  }

  const features: readonly UsedFeature[] = usedFeatures(slots);
  // One event at a time: nothing waits between filling the view and asking it.
  const view = emptyView();
  let turn = 0;
  let filledAt = -1;

  const holds = (condition: Condition, { conditions: facts }: AlertEvent): boolean => {
    if (!facts) return false;
    if (condition.triedAt === turn) return condition.holds;
    if (filledAt !== turn) fillView(view, facts, features);
    filledAt = turn;
    condition.triedAt = turn;
    condition.holds = condition.test(view);
    return condition.holds;
  };

  return {
    unreadable,
    byId: new Map(subscriptions.map((one) => [one.id, one])),
    match(event) {
      turn += 1;
      const found: Subscription[] = [];
      const look = (name: string): void => {
        for (const compiled of files.get(name) ?? []) {
          if (compiled.seenAt === turn) continue;
          compiled.seenAt = turn;
          if (!passesFilter(compiled, event.facts)) continue;
          if (compiled.condition && !holds(compiled.condition, event)) continue;
          found.push(compiled.subscription);
        }
      };
      const { place } = event.facts;
      look(place);
      for (const anchor of ANCHORS)
        for (const value of valuesOf(event.facts, anchor)) look(`${place} ${anchor} ${value}`);
      return found;
    },
  };
}
