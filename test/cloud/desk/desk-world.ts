import { claimCase, extendClaim, releaseCase, transferCase } from "../../../functions/claim-case/hold-case.ts";
import { nextCase } from "../../../functions/claim-case/next-case.ts";
import { decideCase } from "../../../functions/decide/decide-case.ts";
import { decideMany } from "../../../functions/decide/decide-many.ts";
import { reopen, undo } from "../../../functions/decide/withdraw.ts";
import { openCase } from "../../../functions/open-case/open-case.ts";
import { publishOwed } from "../../../functions/sweep/publish-owed.ts";
import type { DecisionMessage } from "../../../shared/contracts/messages.ts";
import { decisionMessage } from "../../../shared/contracts/messages.ts";
import type { Case } from "../../../shared/domain/case.ts";
import type { Member } from "../../../shared/domain/member.ts";
import { NO_ROUTING, type Routing } from "../../../shared/domain/routing.ts";
import type { Caller, Role } from "../../../shared/domain/tenant.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { conclude } from "../../../shared/queue/conclude.ts";
import { auditStore } from "../../../shared/store/audit.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { claimStore } from "../../../shared/store/claims.ts";
import { type Clusters, clusterStore } from "../../../shared/store/clusters.ts";
import { decisionJournal } from "../../../shared/store/decision-journal.ts";
import { depthStore } from "../../../shared/store/depths.ts";
import { memberStore } from "../../../shared/store/members.ts";
import type { Table } from "../../../shared/store/table.ts";
import { exampleCase, exampleKeys, exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import { memoryAuthors, memoryTopic, settingsOf } from "../../unit/functions/ports.ts";

export const minutesLater = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

interface Options {
  readonly routing?: Routing;
  readonly topicFails?: () => boolean;
  /** Awaited when a page of a cluster's members was read, before they are told. */
  readonly membersRead?: () => Promise<void>;
}

type Outcome = "uphold" | "overturn" | "correct" | "escalate";

/** The desk of one tenant: its use cases over the stores on these tables, with callers of any role and time as told. */
export function deskWorld(
  tables: { readonly cases: Table; readonly directory: Table },
  tenant: string,
  options: Options = {},
) {
  const cases = caseStore(tables.cases);
  const claims = claimStore(tables.cases);
  const clusters = clusterStore(tables.cases);
  const depths = depthStore(tables.cases);
  const audit = auditStore(tables.cases);
  const members = memberStore(tables.directory);
  const decisions = memoryTopic(options.topicFails);
  const routingOf = async (): Promise<Routing> => options.routing ?? NO_ROUTING;
  const journal = decisionJournal(tables.cases);
  const slowly: Pick<Clusters, "members"> = {
    async members(...asked) {
      const page = await clusters.members(...asked);
      await options.membersRead?.();
      return page;
    },
  };
  const told = { cases, clusters: slowly, audit, journal, decisions };
  const ports = {
    ...{ cases, claims, clusters, members, audit, routingOf, random: Math.random, keys: exampleKeys() },
    conclude: conclude({ ...told, depths }),
  };
  const use = {
    next: nextCase(ports),
    claim: claimCase(ports),
    extend: extendClaim(ports),
    release: releaseCase(ports),
    transfer: transferCase(ports),
    decide: decideCase(ports),
    many: decideMany(ports),
    undo: undo(ports),
    reopen: reopen(ports),
  };
  const caller = (name: string, role: Role = "moderator"): Caller => ({ tenant, actor: `key:${name}`, role });
  const asked = { params: {}, query: {} };
  const events = memoryTopic();
  const opening = { cases, clusters, depths, authors: memoryAuthors(), routingOf, settingsOf: settingsOf(), events };
  let ids = 0;
  return {
    ...{ cases, claims, clusters, depths, audit, journal, members, decisions, caller },
    waiting: (id: string, made: Partial<Verdict> = {}, openedAt = NOW): Case =>
      exampleCase(id, { tenant, ...made }, openedAt),
    verdict: (id: string, made: Partial<Verdict> = {}): Verdict =>
      exampleVerdict({ tenant, ref: { kind: "post", id, revision: "r1" }, ...made }),
    flag: (verdict: Verdict, now = NOW) => openCase({ ...opening, clock: () => now })({ v: 1, verdict }),
    member: (name: string, more: Partial<Member> = {}) =>
      members.set(tenant, { id: `key:${name}`, role: "moderator", languages: [], skills: [], queues: [], ...more }),
    next: (who: Caller, now = NOW, queue?: string) =>
      use.next({ ...asked, caller: who, body: { minutes: 10, ...(queue ? { queue } : {}) }, now }),
    claim: (who: Caller, id: string, now = NOW) =>
      use.claim({ ...asked, caller: who, params: { id }, body: { minutes: 10 }, now }),
    extend: (who: Caller, id: string, now = NOW) =>
      use.extend({ ...asked, caller: who, params: { id }, body: { minutes: 10 }, now }),
    release: (who: Caller, id: string, now = NOW) =>
      use.release({ ...asked, caller: who, params: { id }, body: {}, now }),
    transfer: (who: Caller, id: string, to: string, now = NOW) =>
      use.transfer({ ...asked, caller: who, params: { id }, body: { to }, now }),
    decide: (
      who: Caller,
      id: string,
      version: number,
      more: {
        readonly id?: string;
        readonly outcome?: Outcome;
        readonly exceptions?: { case: string; outcome: "uphold" | "overturn"; reason: "other" }[];
        readonly labels?: "insult"[];
      } = {},
      now = NOW,
    ) => {
      ids += 1;
      const body = { id: `decision-${ids}`, outcome: "uphold", reason: "violates_policy", version, ...more } as const;
      return use.decide({ ...asked, caller: who, params: { id }, body, now });
    },
    many: (
      who: Caller,
      chosen: readonly { readonly id: string; readonly version: number }[],
      more: { readonly outcome?: Outcome; readonly labels?: "insult"[] } = {},
    ) =>
      use.many({
        ...asked,
        caller: who,
        body: { id: "bulk-0001", outcome: "uphold", reason: "violates_policy", cases: [...chosen], ...more },
        now: NOW,
      }),
    undo: (who: Caller, id: string, decision: string, now = NOW) =>
      use.undo({ ...asked, caller: who, params: { id }, body: { decision }, now }),
    reopen: (who: Caller, id: string, version: number, now = NOW) =>
      use.reopen({ ...asked, caller: who, params: { id }, body: { reason: "appeal", version }, now }),
    sweep: (now: Date) => publishOwed(told)(now),
    /** What subscribers were sent, in order. */
    messages: (): readonly DecisionMessage[] =>
      decisions.published.map(({ message }) => decisionMessage.parse(message)),
  };
}
export type DeskWorld = ReturnType<typeof deskWorld>;
