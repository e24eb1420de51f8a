import type { JournalEntry } from "../../shared/domain/journal-entry.ts";
import type { LabelName } from "../../shared/domain/label.ts";
import type { VersionOf } from "../../shared/domain/policy-state.ts";
import { type UndoItem, type UndoTally, undoTally } from "../../shared/domain/undo.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { ActivePolicy } from "../../shared/policy/inherited-rules.ts";
import { undoSpec } from "../../shared/policy/job-specs.ts";
import { undoCounter } from "../../shared/policy/undo-counter.ts";
import { type UndoEffect, undoEffect } from "../../shared/policy/undo-effect.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { hash42 } from "../../shared/scoring/hash.ts";
import type { Jobs } from "../../shared/store/jobs.ts";
import type { VerdictJournal } from "../../shared/store/verdict-journal.ts";
import { readAhead } from "./read-ahead.ts";
import type { Stretch, Work } from "./run-part.ts";
import type { Resting, takeBack } from "./take-back.ts";

export interface UndoWork {
  readonly journal: Pick<VerdictJournal, "read">;
  readonly jobs: Pick<Jobs, "addAudit">;
  readonly cases: ReturnType<typeof takeBack>;
  /** The documents of versions, all of them. */
  policies(tenant: string, versions: readonly VersionOf[]): Promise<readonly ActivePolicy[]>;
  readonly clock: Clock;
}

/** Verdicts that are taken back, and written down, together. */
const BATCH = 50;
const DIGITS = 4;

const nameOf = ({ ref }: JournalEntry): string => `${ref.kind}#${ref.id}#${ref.revision}`;
const pad = (number: number): string => String(number).padStart(DIGITS, "0");

/** Finds a part's verdicts that rest on a cause, and takes them back where the job is no dry run. */
export function undoWork({ journal, jobs, cases, policies, clock }: UndoWork): Work {
  /** What verdicts were decided by, for the effects that need it; loaded once a stretch. */
  const loading = (tenant: string, effect: UndoEffect) => {
    const known = new Map<string, Promise<ActivePolicy | undefined>>();
    return (entry: JournalEntry): Promise<ActivePolicy | undefined> => {
      const version = effect.decidedBy(entry);
      if (!version) return Promise.resolve(undefined);
      const key = `${version.id}@${version.version}`;
      // What decided may be of the built-in policy's past, or gone: then the active policies alone are asked.
      const loaded =
        known.get(key) ??
        policies(tenant, [version]).then(
          ([one]) => one,
          () => undefined,
        );
      known.set(key, loaded);
      return loaded;
    };
  };

  const givenBy = (model: string | undefined, stored: Verdict | undefined): ReadonlySet<LabelName> =>
    new Set(
      stored?.labels.filter(({ source, version }) => `${source}@${version}` === model).map(({ label }) => label) ?? [],
    );

  return {
    async run({ job, spec, range, part, leg, after, isOver }: Stretch) {
      const { active, cause, run } = undoSpec.parse(spec);
      const { tenant } = job;
      const effect = undoEffect(cause, await policies(tenant, active));
      const versionOf = loading(tenant, effect);
      const by = run && { by: `undo:${job.id}`, at: job.at };
      const counter = undoCounter();
      let items = 0;
      let reads = 0;
      let writes = 0;
      let messages = 0;
      let batches = 0;
      let next: string | undefined;

      const finish = async (batch: readonly Resting[]): Promise<void> => {
        const now = clock();
        const outcomes = await cases.takeBack(tenant, batch, by, now);
        reads += 2;
        const done = batch.map(({ entry, to }, index): UndoItem => {
          const { outcome = "gone", decided } = outcomes[index] ?? {};
          const { ref, scoredAt, action: from } = entry;
          const rank = hash42(nameOf(entry));
          const rule = `${entry.policy.id}/${entry.policy.rule}`;
          return { ref, scoredAt, rule, from, to, outcome, ...(decided ? { decided } : {}), rank };
        });
        for (const item of done) counter.count(item);
        if (!run) return;
        // What an item costs at most: its mark, its case, the note that its event is out, the event.
        writes += 3 * batch.length + 1;
        messages += batch.length;
        const record = { at: now.toISOString(), items: done.map(({ rank: _, ...item }) => item) };
        await jobs.addAudit(job, `${pad(part)}#${pad(leg)}#${pad(batches)}`, record, now);
        batches += 1;
      };

      for await (const page of readAhead(journal.read(tenant, range, after))) {
        const concerned = page.entries.filter(effect.concerns);
        for (let rest = page.entries.length - concerned.length; rest > 0; rest -= 1) counter.pass(false);
        const resting: Resting[] = [];
        for (let from = 0; from < concerned.length; from += BATCH) {
          const some = concerned.slice(from, from + BATCH);
          const stored = cause.model === undefined ? undefined : await cases.storedVerdicts(tenant, some, clock());
          for (const entry of some) {
            const given = givenBy(cause.model, stored?.get(nameOf(entry)));
            const found = effect.of(entry, await versionOf(entry), given);
            if (found.kind === "rests") resting.push({ entry, to: found.to });
            else counter.pass(found.kind === "stands");
          }
        }
        for (let from = 0; from < resting.length; from += BATCH) await finish(resting.slice(from, from + BATCH));
        items += page.entries.length;
        reads += 1;
        if (await isOver()) {
          next = page.after;
          break;
        }
      }
      return { tally: counter.tally(), items, reads, writes, messages, next };
    },
    async merge(_, tallies): Promise<UndoTally> {
      const counter = undoCounter();
      for await (const tally of tallies) counter.add(undoTally.parse(tally));
      return counter.tally();
    },
  };
}
