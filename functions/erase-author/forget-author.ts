import { isDeepStrictEqual } from "node:util";
import type { routes } from "../../shared/contracts/routes.ts";
import { type Case, caseIdOf, eraseAuthor, isUnderLegalHold } from "../../shared/domain/case.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { pseudonymOf } from "../../shared/keys/pseudonym.ts";
import { readPosition, writePosition } from "../../shared/runtime/author-cursor.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { AudienceStates } from "../../shared/store/audience-states.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Authors } from "../../shared/store/authors.ts";
import type { CaseNotes } from "../../shared/store/case-notes.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Clusters } from "../../shared/store/clusters.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { CountedStates } from "../../shared/store/counted-states.ts";
import type { Depths } from "../../shared/store/depths.ts";
import { AUTHOR } from "../../shared/store/review-kinds.ts";
import type { SharedCohorts } from "../../shared/store/shared-cohorts.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ForgetAuthor {
  readonly authors: Pick<Authors, "noteErasure" | "destroyKey">;
  readonly verdicts: Pick<Verdicts, "ofAuthor" | "findMany" | "remove">;
  readonly contents: Pick<Contents, "hold" | "remove">;
  readonly cases: Pick<Cases, "get" | "replace">;
  readonly states: Pick<CountedStates, "forget">;
  readonly followings: Pick<AudienceStates, "read" | "forget">;
  readonly cohorts: Pick<SharedCohorts, "leave">;
  readonly clusters: Pick<Clusters, "leave" | "members">;
  readonly notes: Pick<CaseNotes, "forget">;
  readonly audit: Pick<Audit, "append">;
  readonly depths: Pick<Depths, "add">;
  readonly audiences: Pick<AudienceVerdicts, "removeSome">;
  readonly keys: Pick<Keys, "digest">;
}

/** Items in one call: well within the time that an API function has. */
const PAGE = 50;
const ATTEMPTS = 5;

/**
 * Forgets an author, page by page; each page can be done again. What is still in a queue is dropped by its scorer. The
 * content key goes last, when words under legal hold have been sealed anew: with it go the words in every backup. The log
 * says of each page who had it erased, before anything of it is; of the author it has the pseudonym that outlives them.
 */
export function forgetAuthor(ports: ForgetAuthor): UseCase<(typeof routes)["erase-author"]> {
  const { authors, verdicts, contents, cases, clusters, notes, depths } = ports;
  const { states, followings, cohorts, audiences, keys, audit } = ports;

  const hasMembers = async ({ tenant, id, cluster }: Case): Promise<boolean> =>
    cluster !== undefined && (await clusters.members(tenant, id, 1)).length > 0;

  /** Out of its cluster; the last to go takes the case of an erased first item with it. */
  const leave = async (tenant: string, leader: string, id: string): Promise<void> => {
    await clusters.leave(tenant, leader, id);
    const left = await cases.get(tenant, leader);
    if (left?.state !== "open" || !left.verdict.authorId.startsWith("erased.") || (await hasMembers(left))) return;
    if (await cases.replace(eraseAuthor(left, left.verdict.authorId), left.version, left.cluster?.size))
      await depths.add(left, -1);
  };

  const forgetCase = async (tenant: string, ref: ItemRef, pseudonym: string): Promise<void> => {
    const id = caseIdOf(tenant, ref);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const current = await cases.get(tenant, id);
      if (!current || current.state === "erased") return;
      await notes.forget(tenant, id);
      const erased = eraseAuthor(current, pseudonym, await hasMembers(current));
      if (!(await cases.replace(erased, current.version, erased.state === "open" ? undefined : current.cluster?.size)))
        continue;
      if (current.state === "open" && erased.state !== "open") await depths.add(current, -1);
      if (current.joined) await leave(tenant, current.joined, id);
      return;
    }
    throw new Error("the case was contended too long");
  };

  return async ({ caller: { tenant, actor, role }, params: { id: author }, body, now }) => {
    const after = readPosition(body.cursor);
    if (after === "bad")
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "/cursor", detail: "not a cursor", fix: "send the cursor of the answer before, unchanged" },
      ]);
    if (!after) await authors.noteErasure(tenant, author, now);
    const named = await pseudonymOf(keys, tenant, author);
    const pseudonym = `erased.${named}`;
    const page = await verdicts.ofAuthor(tenant, author, { limit: PAGE, after });
    const refs = page.map(({ ref }) => ref);
    const { verdicts: found } = refs.length > 0 ? await verdicts.findMany(tenant, refs) : { verdicts: [] };
    const held = found.filter(isUnderLegalHold);
    const isFree = (ref: ItemRef): boolean => !held.some((one) => isDeepStrictEqual(one.ref, ref));
    const free = refs.filter(isFree);
    const isLast = refs.length < PAGE;
    const counts = { erased: free.length, held: held.length };
    const facts = { author: named, erased: `${free.length}`, held: `${held.length}`, last: isLast ? "yes" : "no" };
    await audit.append(tenant, [{ actor, role, action: "author.erased", facts }], now);
    await Promise.all(held.map(({ ref }) => contents.hold({ tenant, author, ref }, now)));
    for (const ref of free) {
      await contents.remove({ tenant, author, ref });
      await forgetCase(tenant, ref, pseudonym);
      // Last: while the verdict stands, a broken-off page finds the item again.
      await verdicts.remove(tenant, ref);
    }
    const last = page.at(-1);
    if (last && !isLast) return answer({ ...counts, done: false, cursor: writePosition(last.position) });
    await states.forget(tenant, { kind: AUTHOR, id: author });
    const following = await followings.read(tenant, author, now);
    const stands = following?.sample.cohorts.flatMap(({ hashes }) => hashes) ?? [];
    // While the sketches are there, a broken-off page finds where else the account stands.
    await cohorts.leave(tenant, author, stands);
    await followings.forget(tenant, author);
    while ((await audiences.removeSome(tenant, author)) > 0);
    await forgetCase(tenant, { kind: "audience", id: author, revision: "v1" }, pseudonym);
    await authors.destroyKey(tenant, author);
    return answer({ ...counts, done: true });
  };
}
