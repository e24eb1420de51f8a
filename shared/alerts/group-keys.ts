import type { Subject } from "../domain/alert.ts";
import { lastingRef } from "../domain/case.ts";
import { type AlertEvent, isDuty } from "./alert-event.ts";

/**
 * Subjects under which an event may join an alert that is open, the one that it opens itself first. What must be
 * acknowledged is grouped with nothing but near-duplicates of its words, not even with its storm: one answer must not stand
 * for another duty.
 */
export function groupKeysOf(event: AlertEvent): readonly [Subject, ...Subject[]] {
  const { facts, words } = event;
  const { item, breaker, place, case: current } = facts;
  if (breaker) {
    const id = `${facts.type}.${breaker.kind}.${breaker.subject}.${breaker.name}`;
    return [{ by: "breaker", id }];
  }
  const alike: Subject[] = words === undefined ? [] : [{ by: "cluster", id: words }];
  if (!item) return [{ by: "item", id: facts.id }];
  const { id, revision } = lastingRef(facts.tenant, item.ref);
  const one: Subject = { by: "item", id: `${item.kind}.${id}.${revision}` };
  // Under a subject of their own: in an alert that asks for no answer a duty would get none.
  if (isDuty(event)) return words === undefined ? [one] : [{ by: "cluster", id: `duty.${words}` }, one];
  if (item.kind === "audience") return [{ by: "account", id: lastingRef(facts.tenant, item.ref).id }];
  // A decision about a cluster, or many of them about one target, is one piece of news.
  const ofCase: Subject[] =
    current && (place === "decision" || place === "case") ? [{ by: "case", id: current.id }] : [];
  const about: Subject =
    item.target === undefined
      ? { by: "label", id: item.labels[0]?.label ?? `${item.kind}.${item.action}` }
      : { by: "target", id: item.target };
  return [about, ...alike, ...ofCase];
}
