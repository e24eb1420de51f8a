import { type BacktestTally, backtestTally } from "../../shared/domain/backtest.ts";
import { type Answer, backtestCounter, isAnswerOf } from "../../shared/policy/backtest-counter.ts";
import type { PolicyFacts } from "../../shared/policy/policy-facts.ts";
import type { DecisionJournal } from "../../shared/store/decision-journal.ts";
import type { VerdictJournal } from "../../shared/store/verdict-journal.ts";
import { readAhead } from "./read-ahead.ts";
import type { Stretch, Work } from "./run-part.ts";

/** The policies that a backtest holds against each other, compiled. */
export interface Compared {
  /** The candidate's policy. */
  readonly id: string;
  active(facts: PolicyFacts): Answer;
  candidate(facts: PolicyFacts): Answer;
}

export interface BacktestWork {
  readonly journal: Pick<VerdictJournal, "read">;
  readonly decisions: Pick<DecisionJournal, "read">;
  /** The same policies for the same job, whatever is active by now. */
  compared(stretch: Pick<Stretch, "job" | "spec">): Promise<Compared>;
}

/** Counts a part's verdicts under three policies: what was done then, what is active, and the candidate. */
export function backtestWork({ journal, decisions, compared }: BacktestWork): Work {
  return {
    async run(stretch) {
      const { job, range, after, isOver } = stretch;
      const { id, active, candidate } = await compared(stretch);
      const counter = backtestCounter();
      let reads = 0;
      let items = 0;
      let next: string | undefined;
      // People are slow: a day's decisions are few, and counted with the first stretch.
      if (after === undefined)
        for await (const { entries } of decisions.read(job.tenant, range)) {
          reads += 1;
          // Whoever corrects the labels lets the action stand.
          for (const { facts, action, outcome } of entries)
            counter.countDecision(outcome !== "overturn", {
              before: action !== "allow",
              active: active(facts).action !== "allow",
              candidate: candidate(facts).action !== "allow",
            });
        }
      for await (const page of readAhead(journal.read(job.tenant, range, after))) {
        for (const entry of page.entries) {
          const answer = candidate(entry.facts);
          counter.count(entry, entry, active(entry.facts), answer, isAnswerOf(id, answer));
        }
        items += page.entries.length;
        reads += 1;
        if (await isOver()) {
          next = page.after;
          break;
        }
      }
      return { tally: counter.tally(), items, reads, writes: 0, messages: 0, next };
    },
    async merge(_, tallies): Promise<BacktestTally> {
      const counter = backtestCounter();
      for await (const tally of tallies) counter.add(backtestTally.parse(tally));
      return counter.tally();
    },
  };
}
