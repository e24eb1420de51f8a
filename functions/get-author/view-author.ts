import type * as z from "zod";
import { MOST_HISTORY } from "../../shared/contracts/lookup-routes.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { caseIdOf, needsReview, OUTCOMES } from "../../shared/domain/case.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import { LABELS, type LabelName } from "../../shared/domain/label.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import { shownLabels } from "../../shared/domain/shown-labels.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { ACTIONS } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { pseudonymOf } from "../../shared/keys/pseudonym.ts";
import { readPosition, writePosition } from "../../shared/runtime/author-cursor.ts";
import { caseLinks } from "../../shared/runtime/case-links.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound, refuse } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Authors } from "../../shared/store/authors.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { OfAuthor, Verdicts } from "../../shared/store/verdicts.ts";

export interface ViewAuthor {
  readonly verdicts: Pick<Verdicts, "ofAuthor" | "findMany">;
  readonly audiences: Pick<AudienceVerdicts, "latest">;
  readonly authors: Pick<Authors, "erasedAt">;
  readonly cases: Pick<Cases, "getMany">;
  readonly keys: Pick<Keys, "digest">;
  readonly audit: Pick<Audit, "append">;
}

type AuthorView = z.infer<(typeof routes)["get-author"]["answer"]["schema"]>;
type HistoryItem = AuthorView["items"][number];

/** Pages that are looked through for somebody who sees few of an author's items. */
const MOST_PAGES = 8;

const keyOf = ({ kind, id, revision }: ItemRef): string => `${kind}#${id}#${revision}`;

const noAuthor = () =>
  notFound("This tenant has no items of this author.", "use the author id of an item that was handed in");

function countedOf(items: readonly HistoryItem[]): AuthorView["counted"] {
  const labels = new Map<LabelName, number>();
  for (const { label } of items.flatMap((one) => one.labels)) labels.set(label, (labels.get(label) ?? 0) + 1);
  const count = <Name extends string>(names: readonly Name[], of: (one: HistoryItem) => Name | undefined) =>
    Object.fromEntries(names.map((name) => [name, items.filter((one) => of(one) === name).length])) as Record<
      Name,
      number
    >;
  return {
    items: items.length,
    actions: count(ACTIONS, ({ action }) => action),
    labels: [...labels]
      .sort(([, a], [, b]) => b - a)
      .map(([label, of]) => ({ label, title: LABELS[label], items: of })),
    decisions: count(OUTCOMES, (one) => one.case?.outcome),
    open: items.filter((one) => one.case?.state === "open" || (one.case?.joined && !one.case.outcome)).length,
  };
}

/**
 * An author's history, the latest items first. No words: those are in the cases. No reach: it is nothing that a person is
 * judged by. Whoever was erased is nobody.
 */
export function viewAuthor(ports: ViewAuthor): UseCase<(typeof routes)["get-author"]> {
  const { verdicts, audiences, authors, cases, keys, audit } = ports;

  /** The verdicts of a page in its order, with their reversals, as far as the caller may see them. */
  const verdictsOf = async (caller: Caller, page: readonly OfAuthor[], notBefore: Date | undefined) => {
    const { tenant } = caller;
    const { verdicts: found, reversals = [] } = page.length
      ? await verdicts.findMany(
          tenant,
          page.map(({ ref }) => ref),
        )
      : { verdicts: [] };
    const byRef = new Map(found.map((made) => [keyOf(made.ref), made]));
    const reversed = new Set(reversals.map(({ ref }) => keyOf(ref)));
    return page.flatMap((one) => {
      const made = byRef.get(keyOf(one.ref));
      if (!made || !seesItem(caller, made) || (notBefore && new Date(made.receivedAt) < notBefore)) return [];
      return [{ made, position: one.position, isReversed: reversed.has(keyOf(one.ref)) }];
    });
  };

  /** Up to `limit` items before a position, and the position from which there may be more. */
  const look = async (
    caller: Caller,
    id: string,
    { limit, from, erasedAt }: { limit: number; from: string | undefined; erasedAt: Date | undefined },
  ) => {
    // Who sees few of them is not answered with as many empty pages.
    const size = caller.role === "brand" ? MOST_HISTORY : limit;
    const shown: Awaited<ReturnType<typeof verdictsOf>> = [];
    let position = from;
    for (let pages = 0; pages < MOST_PAGES && shown.length < limit; pages += 1) {
      const page = await verdicts.ofAuthor(caller.tenant, id, { limit: size, after: position, latestFirst: true });
      shown.push(...(await verdictsOf(caller, page, erasedAt)));
      position = page.length === size ? page.at(-1)?.position : undefined;
      if (position === undefined) break;
    }
    const cut = shown.slice(0, limit);
    return { shown: cut, position: cut.length < shown.length ? cut.at(-1)?.position : position };
  };

  const audienceOf = async (tenant: string, id: string, now: Date): Promise<Pick<AuthorView, "audience">> => {
    const latest = await audiences.latest(tenant, id, now);
    if (!latest?.verdict) return {};
    const { ref, action, labels, scoredAt } = latest.verdict;
    const caseId = caseIdOf(tenant, ref);
    const link = (await caseLinks(cases, tenant, [caseId])).get(caseId);
    return {
      audience: {
        version: latest.version,
        at: scoredAt,
        action,
        labels: shownLabels(labels),
        ...(link ? { case: link } : {}),
      },
    };
  };

  return async ({ caller, params: { id }, query, now }) => {
    const { tenant, role } = caller;
    const isBrand = role === "brand";
    const limit = Math.min(MOST_HISTORY, Number(query.limit));
    const from = readPosition(query.cursor);
    if (from === "bad")
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const [erasedAt, [first]] = await Promise.all([
      authors.erasedAt(tenant, id, now),
      isBrand ? [] : verdicts.ofAuthor(tenant, id, { limit: 1 }),
    ]);
    const { shown, position } = await look(caller, id, { limit, from, erasedAt });
    const audience = isBrand || from ? {} : await audienceOf(tenant, id, now);
    if (shown.length === 0 && !from && !audience.audience) return noAuthor();
    const pseudonym = await pseudonymOf(keys, tenant, id);
    await audit.append(
      tenant,
      [{ actor: caller.actor, role, action: "author.read", facts: { author: pseudonym } }],
      now,
    );
    const flagged = shown.filter(({ made }) => needsReview(made)).map(({ made }) => caseIdOf(tenant, made.ref));
    const [links, [earliest]] = await Promise.all([
      caseLinks(cases, tenant, flagged),
      verdictsOf(caller, first ? [first] : [], erasedAt),
    ]);
    const items = shown.map(({ made, isReversed }): HistoryItem => {
      const link = links.get(caseIdOf(tenant, made.ref));
      const { ref, receivedAt: at, action, severity, surface, visibility, language, targetId } = made;
      return {
        ...{ ref, at, action, severity, surface, visibility },
        labels: shownLabels(made.labels),
        ...(language === undefined ? {} : { language }),
        ...(targetId === undefined ? {} : { targetId }),
        ...(isReversed ? { reversed: true } : {}),
        ...(link ? { case: link } : {}),
      };
    });
    const [latest] = shown;
    return answer({
      id,
      ...(earliest ? { firstSeen: earliest.made.receivedAt } : {}),
      ...(latest && !from && !isBrand ? { lastSeen: latest.made.receivedAt } : {}),
      ...(latest?.made.about?.author ? { about: latest.made.about.author } : {}),
      counted: countedOf(items),
      items,
      ...audience,
      ...(position === undefined ? {} : { cursor: writePosition(position) }),
    });
  };
}
