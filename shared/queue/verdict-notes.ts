import { lastingRef } from "../domain/case.ts";
import type { ShadowDifference } from "../domain/shadow.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { PolicySet, Shadow } from "../policy/compiled-policies.ts";
import type { PolicyDecision } from "../policy/deciding.ts";
import { entryOf } from "../policy/entry-of.ts";
import { type ShadowDifference as CandidateDecision, shadowDifferences } from "../policy/shadow-differences.ts";
import { allSettled } from "../runtime/all-settled.ts";
import type { Clock } from "../runtime/clock.ts";
import { gathering } from "../runtime/gathering.ts";
import type { ShadowDifferences } from "../store/shadow-differences.ts";
import type { VerdictJournal } from "../store/verdict-journal.ts";
import type { FlowWatch } from "./flow-watch.ts";

/** A recorded verdict. `isFirst`: not by a repeat of its message, so that counts may count it. */
export interface Noted {
  readonly made: Verdict;
  readonly isFirst: boolean;
}

/** What a tenant's verdicts are held against. */
export interface NotedBy {
  readonly policies: PolicySet;
  readonly breakerFactor: number;
}

export interface VerdictNotes {
  /**
   * Notes recorded verdicts of one tenant: each in the journal, and where a candidate would have done otherwise.
   * @throws where that could not be written; their messages have to come again
   */
  note(tenant: string, noted: readonly Noted[], by: NotedBy): Promise<void>;
}

export interface VerdictNotesPorts {
  readonly journal: Pick<VerdictJournal, "append">;
  readonly shadows: Pick<ShadowDifferences, "keep" | "count">;
  readonly flow: FlowWatch;
  readonly clock: Clock;
}

const MOST_LABELS = 3;

const opinionOf = ({ action, queue, policy }: PolicyDecision | Verdict): ShadowDifference["decided"] => {
  const { id, version, rule, reasonCode, matched } = policy;
  const values = matched?.find((one) => one.rule === rule)?.values;
  return {
    action,
    queue,
    policy: { id, version, rule, reasonCode },
    ...(values && Object.keys(values).length > 0 ? { values: { ...values } } : {}),
  };
};

const differenceOf = (made: Verdict, decision: PolicyDecision): ShadowDifference => ({
  ref: lastingRef(made.tenant, made.ref),
  scoredAt: made.scoredAt,
  surface: made.surface,
  ...(made.language ? { language: made.language } : {}),
  labels: made.labels.slice(0, MOST_LABELS).map(({ label, probability }) => ({ label, probability })),
  decided: opinionOf(made),
  candidate: opinionOf(decision),
});

/** Notes verdicts once they are recorded: the journal, the candidates beside, the flow. */
export function verdictNotes({ journal, shadows, flow, clock }: VerdictNotesPorts): VerdictNotes {
  /** What one candidate makes of verdicts; `decisions` are all candidates' that differ, a list for each verdict. */
  const compare = async (
    tenant: string,
    { id, version }: Shadow,
    noted: readonly Noted[],
    decisions: readonly (readonly CandidateDecision[])[],
  ): Promise<void> => {
    const moves: Record<string, number> = {};
    const differing: ShadowDifference[] = [];
    for (const [index, { made, isFirst }] of noted.entries()) {
      const found = decisions[index]?.find((one) => one.id === id && one.version === version);
      if (!found) continue;
      differing.push(differenceOf(made, found.decision));
      const move = `${made.action}>${found.decision.action}`;
      if (isFirst) moves[move] = (moves[move] ?? 0) + 1;
    }
    if (differing.length > 0) await shadows.keep(tenant, { id, version }, differing);
    const evaluated = noted.filter(({ isFirst }) => isFirst).length;
    if (evaluated > 0) await shadows.count(tenant, { id, version }, { evaluated, moves }, clock());
  };

  return {
    async note(tenant, noted, { policies, breakerFactor }) {
      if (noted.length === 0) return;
      const decisions = noted.map(({ made }) => shadowDifferences(policies, made));
      await allSettled([
        journal.append(
          tenant,
          noted.map(({ made }) => entryOf(made)),
        ),
        ...policies.shadows.map((shadow) => compare(tenant, shadow, noted, decisions)),
      ]);
      const first = noted.filter(({ isFirst }) => isFirst).map(({ made }) => made);
      await flow.count(tenant, first, policies.epoch, breakerFactor);
    },
  };
}

/** Milliseconds that a verdict's note waits for those of the other messages of its batch. */
const LINGER_MS = 15;

/**
 * Notes of verdicts that come one by one, from messages of one batch: gathered, so that the batch costs one row.
 * @returns a function of one verdict and of the number of messages in its batch
 */
export function gatheredNotes(
  notes: VerdictNotes,
): (tenant: string, noted: Noted, by: NotedBy, messages: number) => Promise<void> {
  const gather = gathering<{ readonly tenant: string; readonly noted: Noted; readonly by: NotedBy }>(async (inputs) => {
    const groups = Map.groupBy(inputs, ({ tenant }) => tenant);
    await allSettled(
      [...groups].map(async ([tenant, own]) => {
        const [first] = own;
        const noted = own.map((one) => one.noted);
        // Those of one batch were judged within milliseconds of each other: by the same policies.
        if (first) await notes.note(tenant, noted, first.by);
      }),
    );
  }, LINGER_MS);
  return (tenant, noted, by, messages) => gather({ tenant, noted, by }, messages);
}
