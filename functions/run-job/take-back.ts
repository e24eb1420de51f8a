import { type Case, caseIdOfLasting, type Decision, eraseAuthor, reverseCase } from "../../shared/domain/case.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import type { JournalEntry } from "../../shared/domain/journal-entry.ts";
import type { Reversal } from "../../shared/domain/reversal.ts";
import type { UndoOutcome } from "../../shared/domain/undo.ts";
import type { Action, Verdict } from "../../shared/domain/verdict.ts";
import type { Conclude } from "../../shared/queue/conclude.ts";
import { publishReversal } from "../../shared/queue/decision-events.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Clusters } from "../../shared/store/clusters.ts";
import type { Depths } from "../../shared/store/depths.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface TakeBack {
  readonly verdicts: Pick<Verdicts, "findMany" | "reverse">;
  readonly audiences: Pick<AudienceVerdicts, "accountNamed" | "latest" | "reverse">;
  readonly cases: Pick<Cases, "get" | "getMany" | "decide" | "amend" | "replace" | "owed">;
  readonly clusters: Pick<Clusters, "leave" | "members">;
  readonly depths: Pick<Depths, "add">;
  readonly conclude: Conclude;
  readonly decisions: Topic;
}

/** A verdict that rests on the cause, and the action that it would have without it. */
export interface Resting {
  readonly entry: JournalEntry;
  readonly to: Action;
}

export interface TakenBack {
  readonly outcome: UndoOutcome;
  readonly decided?: "uphold" | "overturn";
}

/** What is stored of a verdict now. */
interface Stored {
  readonly verdict: Verdict;
  readonly reversal: Reversal | undefined;
  readonly isLatest: boolean;
  readonly mark: (made: Reversal) => Promise<boolean>;
}

const ATTEMPTS = 5;

const nameOf = ({ kind, id, revision }: ItemRef): string => `${kind}#${id}#${revision}`;

/** An item's own case and, where it joined a cluster, the case that it is decided with. */
interface Standing {
  readonly own: Case;
  readonly leader?: Case | undefined;
}

/** The decision that holds of an item. */
function decisionOn({ own, leader }: Standing): Pick<Decision, "by" | "outcome"> | undefined {
  const { decision } = own.state === "joined" && leader ? leader : own;
  if (!decision) return undefined;
  const other = decision.exceptions?.find((one) => one.case === own.id);
  return { by: decision.by, outcome: other?.outcome ?? decision.outcome };
}

/** Whoever corrects the labels lets the action stand. */
const keptBy = ({ outcome }: Pick<Decision, "outcome">): TakenBack => ({
  outcome: "kept_human",
  decided: outcome === "overturn" ? "overturn" : "uphold",
});

/** What becomes of a verdict, by what is stored of it and of its case. Pure. */
function outcomeOf(stored: Stored | undefined, found: Standing | undefined, to: Action, by: string): TakenBack {
  if (!stored || found?.own.state === "erased") return { outcome: "gone" };
  if (stored.reversal && stored.reversal.by !== by) return { outcome: "kept_undone" };
  if (!stored.isLatest) return { outcome: "kept_superseded" };
  if (!found) return { outcome: "publish" };
  const decision = decisionOn(found);
  if (decision && decision.by !== by)
    return decision.by.startsWith("undo:") ? { outcome: "kept_undone" } : keptBy(decision);
  return { outcome: to === "allow" ? "close" : "lower" };
}

/**
 * Takes actions back, or says what that would do. Each step can be done again, wherever it was cut off: the case with its
 * note that an event is owed, the mark on the verdict, the event; what this very undo did before counts as done by it.
 */
export function takeBack({ verdicts, audiences, cases, clusters, depths, conclude, decisions }: TakeBack) {
  const findAll = async (tenant: string, resting: readonly Resting[], now: Date): Promise<Map<string, Stored>> => {
    const refs = resting.map(({ entry }) => entry.ref);
    const items = refs.filter(({ kind }) => kind !== "audience");
    const names = [...new Set(refs.filter(({ kind }) => kind === "audience").map(({ id }) => id))];
    const all = new Map<string, Stored>();
    const { verdicts: found, reversals = [] } =
      items.length > 0 ? await verdicts.findMany(tenant, items) : { verdicts: [] };
    const reversed = new Map(reversals.map(({ ref, reversal }) => [nameOf(ref), reversal]));
    for (const verdict of found)
      all.set(nameOf(verdict.ref), {
        verdict,
        reversal: reversed.get(nameOf(verdict.ref)),
        isLatest: true,
        mark: (made) => verdicts.reverse(tenant, verdict.ref, made),
      });
    for (const name of names) {
      const account = await audiences.accountNamed(tenant, name);
      const latest = account === undefined ? undefined : await audiences.latest(tenant, account, now);
      if (account === undefined || !latest?.verdict) continue;
      const { version, verdict, reversal } = latest;
      for (const { kind, id, revision } of refs)
        if (kind === "audience" && id === name)
          all.set(nameOf({ kind, id, revision }), {
            verdict,
            reversal,
            isLatest: revision === verdict.ref.revision,
            mark: (made) => audiences.reverse(tenant, account, version, made),
          });
    }
    return all;
  };

  const hasMembers = async ({ tenant, id, cluster }: Case): Promise<boolean> =>
    cluster !== undefined && (await clusters.members(tenant, id, 1)).length > 0;

  /** Writes a changed case. Who holds it is in nobody's way: their decision then finds it decided. */
  const write = (next: Case, { version, claim, cluster }: Case, made: Reversal, now: Date): Promise<boolean> =>
    next.state === "decided"
      ? // An item that joined since would be decided with it, though nothing of it rests on the cause.
        cases.decide(next, version, now, claim?.by ?? made.by, cluster?.size)
      : cases.amend(next, version);

  /** What an item that left leaves behind: the case of a first item that was taken back, or erased, goes with the last. */
  const closeEmpty = async (tenant: string, id: string, now: Date): Promise<void> => {
    const left = await cases.get(tenant, id);
    if (left?.state !== "open" || (await hasMembers(left))) return;
    const { reversed, verdict } = left;
    if (reversed?.to === "allow") {
      const next = reverseCase(left, reversed);
      if (await write(next, left, reversed, now)) await conclude(left, next, {}, now);
    } else if (verdict.authorId.startsWith("erased.")) {
      if (await cases.replace(eraseAuthor(left, verdict.authorId), left.version, left.cluster?.size))
        await depths.add(left, -1);
    }
  };

  const standingOf = async (own: Case): Promise<Standing> =>
    own.joined === undefined ? { own } : { own, leader: await cases.get(own.tenant, own.joined) };

  /** An item on its way out of the cluster that it joined is not decided with the others any more. */
  const reversed = async ({ own, leader }: Standing, made: Reversal): Promise<Case> => {
    const { tenant, id, joined } = own;
    if (joined === undefined) return reverseCase(own, made, await hasMembers(own));
    if (made.to === "allow") await clusters.leave(tenant, joined, id);
    // Of the events about an item the one with the greatest version holds, and those so far had the cluster's.
    return reverseCase({ ...own, version: Math.max(own.version, leader?.version ?? 0) }, made);
  };

  const change = async (
    { verdict, mark }: Stored,
    known: Standing | undefined,
    made: Reversal,
    now: Date,
  ): Promise<TakenBack> => {
    const { tenant } = verdict;
    let current = known;
    let changed: Case | undefined;
    for (let attempt = 1; current && !changed; attempt += 1) {
      if (attempt > ATTEMPTS) throw new Error("a case was contended too long");
      const { own } = current;
      const decision = decisionOn(current);
      if (decision && decision.by !== made.by) return keptBy(decision);
      if (own.state === "erased") return { outcome: "gone" };
      const isDone = own.reversed?.by === made.by;
      const next = isDone ? own : await reversed(current, made);
      if (isDone || (await write(next, own, made, now))) {
        changed = next;
        // Where it is done already, its event may be owed still.
        const owes = next.decision && (!isDone || (await cases.owed(tenant, next.id)) !== undefined);
        if (owes) await conclude(own, next, {}, now);
      } else {
        const again = await cases.get(tenant, own.id);
        current = again && (await standingOf(again));
      }
    }
    // After the case: one that a person decided in the same moment leaves no mark.
    await mark(made);
    if (!changed?.decision) await publishReversal(decisions, verdict, made, changed?.version ?? 0);
    if (changed && made.to === "allow") await closeEmpty(tenant, known?.leader?.id ?? changed.id, now);
    if (!changed) return { outcome: "publish" };
    return { outcome: made.to === "allow" ? "close" : "lower" };
  };

  return {
    /** The stored verdicts of entries, for who has to look into their labels. */
    async storedVerdicts(tenant: string, entries: readonly JournalEntry[], now: Date): Promise<Map<string, Verdict>> {
      const found = await findAll(
        tenant,
        entries.map((entry) => ({ entry, to: "allow" })),
        now,
      );
      return new Map([...found].map(([name, { verdict }]) => [name, verdict]));
    },
    /**
     * What becomes, or would become, of verdicts that rest on the cause; one answer for each, in order.
     * @param run who takes them back and when; undefined for a dry run
     */
    async takeBack(
      tenant: string,
      resting: readonly Resting[],
      run: { readonly by: string; readonly at: string } | undefined,
      now: Date,
    ): Promise<TakenBack[]> {
      const stored = await findAll(tenant, resting, now);
      const ids = resting.map(({ entry }) => caseIdOfLasting(tenant, entry.ref));
      const own = await cases.getMany(tenant, ids);
      const joined = own.flatMap((one) => one.joined ?? []);
      const leaders = new Map((await cases.getMany(tenant, joined)).map((one) => [one.id, one]));
      const found = new Map(own.map((one) => [one.id, { own: one, leader: leaders.get(one.joined ?? "") }]));
      return Promise.all(
        resting.map(async ({ entry, to }, index) => {
          const made = stored.get(nameOf(entry.ref));
          const known = found.get(ids[index] ?? "");
          const planned = outcomeOf(made, known, to, run?.by ?? "");
          const isKept = planned.outcome === "gone" || planned.outcome.startsWith("kept_");
          if (!run || !made || isKept) return planned;
          return change(made, known, { by: run.by, at: run.at, from: entry.action, to }, now);
        }),
      );
    },
  };
}
