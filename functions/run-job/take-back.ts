import { type Case, caseIdOfLasting, reverseCase } from "../../shared/domain/case.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import type { JournalEntry } from "../../shared/domain/journal-entry.ts";
import type { Reversal } from "../../shared/domain/reversal.ts";
import type { UndoOutcome } from "../../shared/domain/undo.ts";
import type { Action, Verdict } from "../../shared/domain/verdict.ts";
import { publishDecision, publishReversal } from "../../shared/queue/decision-events.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface TakeBack {
  readonly verdicts: Pick<Verdicts, "findMany" | "reverse">;
  readonly audiences: Pick<AudienceVerdicts, "accountNamed" | "latest" | "reverse">;
  readonly cases: Pick<Cases, "get" | "getMany" | "decide" | "amend" | "settle">;
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

/** What becomes of a verdict, by what is stored of it and of its case. Pure. */
function outcomeOf(stored: Stored | undefined, found: Case | undefined, to: Action, by: string): TakenBack {
  if (!stored || found?.state === "erased") return { outcome: "gone" };
  if (stored.reversal && stored.reversal.by !== by) return { outcome: "kept_undone" };
  if (!stored.isLatest) return { outcome: "kept_superseded" };
  if (!found) return { outcome: "publish" };
  const { decision } = found;
  if (decision && decision.by !== by)
    return decision.by.startsWith("undo:")
      ? { outcome: "kept_undone" }
      : { outcome: "kept_human", decided: decision.outcome };
  return { outcome: to === "allow" ? "close" : "lower" };
}

/**
 * Takes actions back, or says what that would do. Each step can be done again, wherever it was cut off: the case with its
 * note that an event is owed, the mark on the verdict, the event; what this very undo did before counts as done by it.
 */
export function takeBack({ verdicts, audiences, cases, decisions }: TakeBack) {
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

  const change = async (
    { verdict, mark }: Stored,
    known: Case | undefined,
    made: Reversal,
    now: Date,
  ): Promise<TakenBack> => {
    const { tenant } = verdict;
    let current = known;
    let changed: Case | undefined;
    for (let attempt = 1; current && !changed; attempt += 1) {
      if (attempt > ATTEMPTS) throw new Error("a case was contended too long");
      if (current.decision && current.decision.by !== made.by)
        return { outcome: "kept_human", decided: current.decision.outcome };
      if (current.state === "erased") return { outcome: "gone" };
      const isDone = current.reversed?.by === made.by;
      const next = isDone ? current : reverseCase(current, made);
      const write = next.decision ? cases.decide : cases.amend;
      if (isDone || (await write(next, current.version, now))) changed = next;
      else current = await cases.get(tenant, current.id);
    }
    // After the case: one that a person decided in the same moment leaves no mark.
    await mark(made);
    if (!changed?.decision) {
      await publishReversal(decisions, verdict, made, changed?.version ?? 0);
      return { outcome: changed ? "lower" : "publish" };
    }
    await publishDecision(decisions, changed);
    await cases.settle(tenant, changed.id, changed.decision.id);
    return { outcome: "close" };
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
      const found = new Map((await cases.getMany(tenant, ids)).map((one) => [one.id, one]));
      return Promise.all(
        resting.map(async ({ entry, to }, index) => {
          const own = stored.get(nameOf(entry.ref));
          const known = found.get(ids[index] ?? "");
          const planned = outcomeOf(own, known, to, run?.by ?? "");
          const isKept = planned.outcome === "gone" || planned.outcome.startsWith("kept_");
          if (!run || !own || isKept) return planned;
          return change(own, known, { by: run.by, at: run.at, from: entry.action, to }, now);
        }),
      );
    },
  };
}
