import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { type Case, caseIdOf, caseId as idOfCase, needsReview } from "../../shared/domain/case.ts";
import { inWords } from "../../shared/domain/item-in-words.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import { shownLabels } from "../../shared/domain/shown-labels.ts";
import { type Caller, seesBrands } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { pseudonymOf } from "../../shared/keys/pseudonym.ts";
import { caseLinks, linkOf } from "../../shared/runtime/case-links.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Authors } from "../../shared/store/authors.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { ReviewSignals } from "../../shared/store/review-signals.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface Search {
  readonly verdicts: Pick<Verdicts, "find" | "ofAuthor" | "findMany">;
  readonly audiences: Pick<AudienceVerdicts, "latest">;
  readonly signals: Pick<ReviewSignals, "target">;
  readonly authors: Pick<Authors, "erasedAt">;
  readonly cases: Pick<Cases, "get" | "getMany">;
  readonly keys: Pick<Keys, "digest">;
  readonly audit: Pick<Audit, "append">;
}

type Match = z.infer<(typeof routes)["search"]["answer"]["schema"]>["matches"][number];
type Found = readonly Match[];

/** Latest items of an author among which a brand's own are looked for. */
const LATEST = 50;

/** What an id is: everything of that name at the tenant that the caller may see. */
export function search(ports: Search): UseCase<(typeof routes)["search"]> {
  const { verdicts, audiences, signals, authors, cases, keys, audit } = ports;

  const linkTo = async (tenant: string, made: Verdict) => {
    if (!needsReview(made)) return {};
    const id = caseIdOf(tenant, made.ref);
    const link = (await caseLinks(cases, tenant, [id])).get(id);
    return link ? { case: link } : {};
  };

  const judged = async (tenant: string, made: Verdict) => ({
    summary: inWords(made),
    at: made.receivedAt,
    action: made.action,
    labels: shownLabels(made.labels),
    ...(await linkTo(tenant, made)),
  });

  const item = async (caller: Caller, kind: "post" | "review", id: string, now: Date): Promise<Found> => {
    const { tenant } = caller;
    const all = (await verdicts.find(tenant, kind, id, now)).verdicts.filter((made) => seesItem(caller, made));
    const [latest] = all;
    if (!latest) return [];
    const { authorId, targetId, ref } = latest;
    const shared = { id, authorId, revision: ref.revision, revisions: all.length, ...(await judged(tenant, latest)) };
    if (kind === "post") return [{ kind, ...shared }];
    return [{ kind, ...shared, ...(targetId === undefined ? {} : { targetId }) }];
  };

  const audience = async (caller: Caller, id: string, now: Date): Promise<Found> => {
    const made = (await audiences.latest(caller.tenant, id, now))?.verdict;
    if (!made || !seesBrands(caller, [id])) return [];
    return [{ kind: "audience", id, ...(await judged(caller.tenant, made)) }];
  };

  const author = async (caller: Caller, id: string, now: Date): Promise<Found> => {
    const { tenant, role } = caller;
    const limit = role === "brand" ? LATEST : 1;
    const [page, erasedAt] = await Promise.all([
      verdicts.ofAuthor(tenant, id, { limit, latestFirst: true }),
      authors.erasedAt(tenant, id, now),
    ]);
    if (page.length === 0) return [];
    const { verdicts: found } = await verdicts.findMany(
      tenant,
      page.map(({ ref }) => ref),
    );
    const [lastSeen] = found
      .filter((made) => seesItem(caller, made) && !(erasedAt && new Date(made.receivedAt) < erasedAt))
      .map(({ receivedAt }) => receivedAt)
      .sort()
      .toReversed();
    if (lastSeen === undefined) return [];
    return [{ kind: "author", id, summary: `An author whose latest item came on ${lastSeen.slice(0, 10)}.`, lastSeen }];
  };

  const target = async (caller: Caller, id: string, now: Date): Promise<Found> => {
    const found = await signals.target(caller.tenant, id, now);
    if (!found || !seesBrands(caller, found.all.brands)) return [];
    const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
    const [reviews, suspected] = [sum(found.all.ratings), sum(found.suspected.ratings)];
    const some = `${reviews} ${reviews === 1 ? "review" : "reviews"}`;
    const summary = `A target of ${some}, ${suspected} of them consistent with fakery.`;
    return [{ kind: "target", id, summary, reviews, suspected }];
  };

  const oneCase = async (caller: Caller, id: string): Promise<Found> => {
    if (!idOfCase.safeParse(id).success) return [];
    const found: Case | undefined = await cases.get(caller.tenant, id);
    if (!found || !seesItem(caller, found.verdict)) return [];
    const summary = `A case, ${found.state}, in the queue ${found.queue}.`;
    return [{ kind: "case", id, summary, case: linkOf(found) }];
  };

  return async ({ caller, query: { id }, now }) => {
    const { tenant, role } = caller;
    const found = await Promise.all([
      item(caller, "post", id, now),
      item(caller, "review", id, now),
      author(caller, id, now),
      target(caller, id, now),
      audience(caller, id, now),
      oneCase(caller, id),
    ]);
    const matches = found.flat();
    const kinds = matches.map(({ kind }) => kind).join(" ");
    const facts = { of: await pseudonymOf(keys, tenant, id), found: kinds === "" ? "nothing" : kinds };
    await audit.append(tenant, [{ actor: caller.actor, role, action: "search.made", facts }], now);
    return answer({ matches });
  };
}
